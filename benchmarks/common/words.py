"""Invented words: places, newspapers, terms and sentences about harbours and lighthouses. Nothing here is real."""

from __future__ import annotations

from itertools import product

_HEADS = (
    "Vel",
    "Or",
    "Hask",
    "Brin",
    "Tol",
    "Mar",
    "Eld",
    "Sund",
    "Kver",
    "Ras",
    "Lin",
    "Ost",
    "Fal",
    "Gren",
    "Ulv",
    "Nor",
)
_TAILS = ("mar", "strand", "ness", "holm", "vik", "by", "mouth", "haven", "skerry", "dal", "wick", "ford")  # fmt: skip
PLACES = tuple(head + tail for tail, head in product(_TAILS, _HEADS))

PAPERS = (
    "Example Gazette", "Example Tide Times", "Example Evening Lamp", "Example Coast Herald", "Example Harbour Post",
    "Example Mariners' Weekly", "Example Quay Courier", "Example Beacon",
)  # fmt: skip
OFFICES = (
    "the Example Harbour Board", "the Example Lighthouse Office", "the Example Pilots' Council", "the Example Survey of Tides",
    "the Example Institute for Ropes", "the Example Coast Watch",
)  # fmt: skip
AGENCY = "Example Press Agency"

_KINDS = (
    "tidal", "outer", "leading", "seaward", "drying", "sheltered", "moored", "sunken", "raised", "double", "hooded", "fixed",
    "swinging", "northern", "shoaling", "dredged", "quiet", "hollow", "lower", "landward", "notched", "braided", "tarred",
    "slack", "barred", "flashing", "occulting", "weighted", "capped", "ringed",
)  # fmt: skip
_THINGS = (
    "mark", "lamp", "quay", "buoy", "berth", "gauge", "horn", "beam", "mole", "sill", "chain", "basin", "bell", "lens", "warp",
    "fender", "sluice", "groyne", "capstan", "bollard", "slip", "spit", "daymark", "tower", "rung", "pintle", "hawser", "cairn",
    "lock", "hatch",
)  # fmt: skip
TERMS = tuple(f"{kind} {thing}" for thing, kind in product(_THINGS, _KINDS))
"""Words of the glossary; a plural is made with an s."""

OBJECTS = (
    "pier", "lighthouse", "breakwater", "ferry", "fog signal", "harbour light", "tide table", "pilot boat", "slipway",
    "mooring", "channel", "signal mast",
)  # fmt: skip

LABELS = (
    "Who ordered it", "What was seen", "Where it stood", "Why it was moved", "What the keeper wrote", "How it was lit",
    "What the crew said", "Who looked after it", "What was left behind", "How it was found",
)  # fmt: skip
HEADINGS = (
    "What happened at the quay", "Why the light was moved", "What the board decided", "How the count was made",
    "What changed afterwards", "Who keeps the signal", "What the survey looked at", "How ships find the entrance",
)  # fmt: skip

STATEMENTS = (
    "The keeper of {place} wrote in the log that the {term} could be seen from the ferry all through the night watch",
    "According to {office}, the {object} stood where it had always been, and nobody had thought of moving it before",
    "Pilots who came in from {place} said that the {term} was hidden by the new sheds whenever the water was low",
    "The crew made the boat fast to the {object} and waited there until the tide turned and the wind went round to the west",
    "A notice on the door of the harbour office named the {object} and asked ships to keep well clear of it",
    "{place} and its neighbours had shared the cost of the {object}, and each of them kept a key to the lamp room",
    "The report says that the chain of the {term} had worn thin, and that the storm did no more than finish the work",
    "Divers looked at the foundations of the {object} and found the stone sound, apart from some loose joints on the side of {place}",
    "The people of {place} had asked for a better {object} for as long as anybody at the quay could remember",
    "In the view of {office}, a {term} is of little use where the channel moves as often as it does off {place}",
    "The board kept the {object} open for the ferry alone, and sent every other ship round by way of {place}",
    "What the fishermen remember is the sound: a low note from {place}, and after it nothing at all from the {object}",
)  # fmt: skip
"""Sentences without a figure and without a full stop."""
ASIDES = (
    "Nobody was hurt, and the boats went out again on the next tide",
    "The lamp itself was hardly damaged, but the gallery around it had to be closed to visitors",
    "Whether a brighter light would have helped is a question that the log does not answer",
    "The old chart shows the channel further to the north, where there is only sand today",
    "Those who live by the water see it differently from those who look after the budget",
    "It is a small thing, and yet it decides whether a ship can enter after dark",
    "The wording is careful, because the survey had not been finished when it was printed",
    "Most of what is known comes from the log, and the log was kept by several hands",
    "The stone came from the quarry above the town and was brought down on sledges",
    "Later visitors describe the place as it is now and say little of what stood there before",
)  # fmt: skip
LINKS = (
    "The same question came up again with {link}, and was answered in another way",
    "Compare {link}, where the keeper did the opposite",
    "It is told in full under {link}",
    "The board pointed to {link} as its model",
    "Much the same had been said of {link} by those who worked there",
)  # fmt: skip
QUOTES = (
    "the lamp was relit at dusk", "no vessel was turned away", "the sill had been under water since morning",
    "the board will look at it again", "as the keeper noted in the log", "the channel has moved to the south",
    "every berth was taken that evening", "nobody had asked the pilots",
)  # fmt: skip
HEADLINES = (
    "Light at {place} goes dark for a night", "Board promises a new {object} for {place}", "{place}: what the survey found",
    "Ferry turned back off {place}", "How {place} keeps its {object}", "Count of ships at {place} rises again",
    "Letter: the {object} of {place}", "{place} marks the year of the {object}",
)  # fmt: skip
JAPANESE_HEADLINES = (
    "架空港の灯台、夜通し点灯",
    "架空の防波堤で点検始まる",
    "架空町の渡し船、運航を再開",
    "霧笛の音、架空湾に戻る",
)
REFUSED = (
    ("landlubber", "visitor"), ("old salt", "keeper"), ("shipshape", "in order"), ("doomed vessel", "ship"),
    ("watery grave", "sea"), ("utilise", "use"), ("prior to", "before"), ("plucky", "brave"),
)  # fmt: skip
"""Words that the invented site does not use, with the word to use instead."""
STAGES = {
    "reported": "has been reported", "referred": "was referred to prosecutors", "charged": "was charged",
    "convicted": "was convicted", "dropped": "will not be prosecuted", "unknown": "faces an outcome that is not known",
}  # fmt: skip
"""How far the law has gone with a party -> how a sentence says it."""
