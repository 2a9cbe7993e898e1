"""Rules about numbers in prose: what a record holds is shown from there, and words do not differ from it."""

from __future__ import annotations

from collections.abc import Iterator

from ...library import Library
from ...problems import Problem
from ..rule import Rule
from .contrary import contrary
from .differing import differing
from .held import NUMBERS, HeldValues
from .languages import Languages
from .repeated import repeated


def numbers(library: Library) -> Iterator[Problem]:
    """Figures and days in prose that a record holds as a value, and those that differ from theirs."""
    held = HeldValues(library)
    languages = Languages(library, held.currencies)
    for entry in library.all:
        for passage in entry.survey.passages:
            # A dated note tells what was so; a value that changes again must not rewrite it.
            if passage.keys[:1] == ("changes",) or passage.words.mode == "label":
                continue
            if NUMBERS.search(passage.text):
                yield from repeated(entry, passage, held, languages)
                yield from differing(entry, passage, library, languages)
                yield from contrary(entry, passage, held, languages)


RULES = (
    Rule("typed-number", "advice", "An amount, a share, a day, or a number of three digits or more that a record holds is shown from there, where the sentence names that record, cites its source or stands in it; `factbound fix` can write it.", "They took 10,000 euros [[harbour-case|in all]].", "They took {{ harbour-case.facts.takings }} [[harbour-case|in all]].", (numbers,)),
    Rule("number-contradicts", "advice", "The words of a link to a value, and those of a fact with a value, say no other figure than that value; nor does a sentence say one that is near to a value of the record that it links to or of the source that it cites, and is another.", "[[harbour-case.facts.takings|12,000 euros]]", "[[harbour-case.facts.takings|10,000 euros]]", (numbers,)),
)  # fmt: skip
