"""Invented records, one function per collection: a rank and a world of ids in, the data of one file out."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from . import words
from .yaml_text import Flow, Plain

Data = dict[str, Any]

_NAMED_PARTS = {
    "cases": ("facts.opened", "facts.cost", "facts.ships"),
    "statistics": ("measures.total", "measures.share", "facts.growth"),
    "regulations": ("penalties.fine", "history.second", "facts.reach"),
    "jurisdictions": ("facts.harbours",),
}
"""What every record of a collection has, so that any other record can name it by its path."""
_FIRST, _LAST = datetime.date(2001, 1, 1), datetime.date(2024, 12, 31)


@dataclass
class World:
    """All ids there are, and a die that always falls in the same way."""

    ids: Mapping[str, list[str]]
    die: random.Random
    _turns: dict[str, int] = field(default_factory=dict)

    def pick(self, collection: str, other_than: str = "") -> str:
        """Any record of a collection."""
        ids = self.ids[collection]
        found = self.die.choice(ids)
        return found if found != other_than or len(ids) == 1 else ids[(ids.index(found) + 1) % len(ids)]

    def source(self) -> str:
        """The next source: each has its turn, so that none stays unused."""
        return self.ids["sources"][self._turn("sources")]

    def term(self) -> str:
        """The words of the next term."""
        return _words_of_term(self._turn("glossary"))

    def _turn(self, collection: str) -> int:
        turn = self._turns.get(collection, 0)
        self._turns[collection] = turn + 1
        # A stride of a large prime, so that what one page names does not stand side by side.
        return turn * 7919 % len(self.ids[collection])

    def place(self) -> str:
        return self.die.choice(words.PLACES)

    def day(self, first: datetime.date = _FIRST, last: datetime.date = _LAST) -> Plain:
        """A day within a period."""
        return Plain(first + datetime.timedelta(self.die.randrange((last - first).days + 1)))


def _words_of_term(rank: int) -> str:
    turn, rank = divmod(rank, len(words.TERMS))
    return words.TERMS[rank] if not turn else f"{words.PLACES[turn % len(words.PLACES)]} {words.TERMS[rank]}"


class _Page:
    """What one record leans on: a few sources, which its prose and its facts cite in turn."""

    def __init__(self, world: World, id: str, sources: int) -> None:
        self.world, self.id, self.die = world, id, world.die
        self._sources = cycle([world.source() for _ in range(sources)])

    def evidence(self, count: int = 1, *, quote: bool = False) -> list[Flow]:
        return [
            Flow(source=next(self._sources), quote=self.die.choice(words.QUOTES) if quote else None)
            for _ in range(count)
        ]

    def cite(self) -> str:
        return f"[@{next(self._sources)}]"

    def fill(self, template: str, **more: str) -> str:
        """A sentence without its full stop."""
        made = template.format(
            place=self.world.place(), office=self.die.choice(words.OFFICES), object=self.die.choice(words.OBJECTS),
            term=self.world.term() if "{term}" in template else "", **more,
        )  # fmt: skip
        return made[0].upper() + made[1:]

    def statement(self) -> str:
        return f"{self.fill(self.die.choice(words.STATEMENTS))}."

    def link(self) -> str:
        """A sentence that leads to a part of another record."""
        collection = self.die.choice(tuple(_NAMED_PARTS))
        path = f"{self.world.pick(collection, self.id)}.{self.die.choice(_NAMED_PARTS[collection])}"
        shown = f"the {self.die.choice(words.OBJECTS)} of {self.world.place()}"
        return f"{self.fill(self.die.choice(words.LINKS), link=f'[[{path}|{shown}]]')}."

    def paragraph(self, value: str = "") -> str:
        """About sixty words: a statement with its citation, an aside, a link or a value."""
        cited = f"{self.fill(self.die.choice(words.STATEMENTS))} {self.cite()}."
        rest = [f"{self.die.choice(words.ASIDES)}.", self.link()]
        if value:
            rest[0] = f"By that count it came to {{{{ {value} }}}} in all."
        return " ".join([cited, *rest])

    def sections(self, count: int, *values: str) -> Data:
        headings = self.die.sample(words.HEADINGS, count)
        paths = [*(f"{self.id}.{value}" for value in values), *([""] * (2 * count))]
        return {
            f"part-{number + 1}": {
                "heading": heading,
                "says": f"{self.paragraph(paths[2 * number])}\n\n{self.paragraph(paths[2 * number + 1])}",
            }
            for number, heading in enumerate(headings)
        }

    def fact(self, label: str, value: Flow | None = None, **more: Any) -> Data:
        return {
            "label": label, "says": self.statement(), "value": value, **more, "evidence": self.evidence(quote=self.die.random() < 0.3),
        }  # fmt: skip

    def account(self, relation: str, value: Flow | None = None) -> Data:
        return {"says": self.statement(), "value": value, "relation": relation, "evidence": self.evidence()}

    def related(self, *collections: str) -> list[str]:
        return list(
            dict.fromkeys(
                self.world.pick(one, self.id) for one in collections if self.world.ids[one] != [self.id]
            )
        )

    def checked(self) -> Plain:
        return Plain(self.world.day(datetime.date(2025, 7, 1), datetime.date(2026, 6, 30)))


def case(world: World, id: str, rank: int) -> Data:
    """An incident in a harbour."""
    page, die = _Page(world, id, 5), world.die
    place, thing = world.place(), die.choice(words.OBJECTS)
    day, cost, ships = world.day(), die.randrange(20, 900) * 1000, die.randrange(3, 400)
    return {
        "title": f"{place}: the night the {thing} failed", "kind": "incident",
        "summary": f"{page.statement()} The board put the damage at {{{{ {id}.facts.cost }}}}.",
        "jurisdiction": world.pick("jurisdictions"), "occurred": day, "checked": page.checked(),
        "evidence": page.evidence(2), "sections": page.sections(1, "facts.cost", "facts.ships"),
        "parties": {
            "keeper": {
                "role": "The keeper", "says": page.statement(), "stage": die.choice(tuple(words.STAGES)), "final": "unknown", "evidence": page.evidence(),
            }
        },
        "law": {
            "duty": {
                "regulation": world.pick("regulations"), "acts": day, "version": "second",
                "says": f"{page.fill(die.choice(words.STATEMENTS))} {page.cite()}.", "evidence": page.evidence(),
            }
        },
        "facts": {
            "opened": page.fact("Day of it", Flow(date=day)),
            "cost": page.fact(
                "Damage", Flow(amount=cost, currency="EUR", qualifier="about"), standing="alleged", because=page.statement(),
                accounts={"insurers": page.account("contradicts", Flow(amount=cost * 2, currency="EUR", qualifier="over"))},
            ),
            "ships": page.fact(
                "Ships that waited", Flow(number=ships, unit="ships"),
                accounts={"pilots": page.account("compatible", Flow(number=ships, unit="ships", qualifier="at-least"))},
            ),
            "order": page.fact(die.choice(words.LABELS)),
        },
        "timeline": {
            "warning": {"date": day, "says": page.statement(), "evidence": page.evidence()},
        },
        "unknown": {"cause": "Why the lamp went out. None of the reports that were read says so."},
        "related": page.related("cases", "statistics", "glossary"),
    }  # fmt: skip


def statistic(world: World, id: str, rank: int) -> Data:
    """A count of ships, lamps or visitors."""
    page, die = _Page(world, id, 5), world.die
    total = die.randrange(1000, 90000)
    first, second = die.sample(world.ids["jurisdictions"], 2)
    return {
        "title": f"Ships counted off {world.place()}, {die.choice(words.OBJECTS)} survey",
        "summary": f"{page.statement()} The count came to {{{{ {id}.measures.total }}}}.",
        "evidence": page.evidence(2), "checked": page.checked(), "measured-by": die.choice(words.OFFICES).removeprefix("the "),
        "published": world.day(), "population": f"{page.statement()} Boats without a lamp were left out.",
        "period": Plain(f"{die.randrange(2001, 2012)}/{die.randrange(2012, 2025)}"), "method": page.statement(),
        "measures": {
            "total": page.fact("Ships in all", Flow(number=total, unit="ships"), by=Flow(jurisdiction=first)),
            "before": page.fact("Ships in the year before", Flow(number=total - die.randrange(900), unit="ships"), by=Flow(year="2000")),
            "other": page.fact("Ships of the neighbour", Flow(number=die.randrange(900, 9000), unit="ships"), by=Flow(jurisdiction=second)),
            "share": page.fact(
                "Share that came by night", Flow(percent=die.randrange(2, 60), qualifier="nearly"),
                accounts={"log": page.account("more-exact", Flow(percent=die.randrange(2, 60) + 0.5))},
            ),
        },
        "facts": {
            "growth": {
                "label": "Growth", "says": page.statement(), "standing": "inferred", "evidence": page.evidence(),
                "derive": Flow(op="percent-change", of=[f"{id}.measures.total", f"{id}.measures.before"]),
            },
        },
        "caveats": {"one-quay": page.fact("One quay only")},
        "does-not-show": {"cause": "Why the ships came, or where they went.", "size": "How large any of them was."},
        "sections": page.sections(1, "measures.total", "measures.share"),
        "related": page.related("cases", "statistics", "glossary"),
    }  # fmt: skip


def regulation(world: World, id: str, rank: int) -> Data:
    """An act on lights and harbours, or a provision of the act before it."""
    page, die = _Page(world, id, 4), world.die
    provision, limit = rank % 2 == 1, die.randrange(1, 90) * 1000

    def covers(conduct: str, subject: str, answer: str) -> Data:
        return {
            "conduct": conduct, "subject": subject, "answer": answer, "since": "second",
            "says": page.statement(), "evidence": page.evidence(),
        }  # fmt: skip

    return {
        "title": f"{'Section 1' if provision else 'Act'} on the {die.choice(words.OBJECTS)}s of {world.place()}",
        "level": "provision" if provision else "instrument",
        "part-of": world.ids["regulations"][rank - 1] if provision else None,
        "kind": "act", "jurisdiction": world.pick("jurisdictions"), "summary": page.statement(), "evidence": page.evidence(2),
        "status": {"value": "in-force", "as-of": Plain("2026-06"), "evidence": page.evidence()},
        "protects": page.fact("Ships at night"),
        "history": {
            "first": {"label": "As first made", "says": page.statement(), "in-force": Plain(die.randrange(1950, 1990)), "evidence": page.evidence()},
            "second": {
                "label": "As amended", "says": page.statement(), "passed": Plain("1999-11-30"), "in-force": Plain("2000-01-01"),
                "evidence": page.evidence(),
            },
        },
        "coverage": {
            "dark": covers("showing-no-light", "ship", "punished"),
            "dark-pier": covers("showing-no-light", "pier", "partly"),
            "moving": covers("moving-a-mark", "ship", "not-punished"),
        },
        "penalties": {
            "fine": {
                "kind": "fine", "for": "Showing no light after dark", "max": Flow(amount=limit, currency="EUR"), "since": "second",
                "says": page.statement(), "evidence": page.evidence(quote=True),
            },
            "order": {"kind": "order", "for": "Moving a mark", "says": page.statement(), "evidence": page.evidence()},
        },
        "exceptions": {"rowing": page.fact("Rowing boats")},
        "facts": {"reach": page.fact("Reach", Flow(duration=die.randrange(2, 30), unit="days"))},
        "sections": page.sections(1, "penalties.fine", "history.second"),
        "related": page.related("regulations", "cases", "glossary"), "checked": page.checked(),
    }  # fmt: skip


def jurisdiction(world: World, id: str, rank: int) -> Data:
    """A coast with laws of its own, or a part of one."""
    page, die = _Page(world, id, 4), world.die
    countries = max(1, len(world.ids["jurisdictions"]) // 4)
    return {
        "title": _title(id), "kind": "country" if rank < countries else "subnational",
        "part-of": None if rank < countries else world.ids["jurisdictions"][rank % countries],
        "summary": f"{page.statement()} It has {{{{ {id}.facts.harbours }}}}.", "evidence": page.evidence(2),
        "facts": {
            "harbours": page.fact("Harbours", Flow(number=die.randrange(2, 60), unit="harbours")),
            "office": page.fact(die.choice(words.LABELS)),
        },
        "sections": page.sections(1, "facts.harbours"),
        "related": page.related("cases", "regulations", "statistics"), "checked": page.checked(),
    }  # fmt: skip


def term(world: World, id: str, rank: int) -> Data:
    """A word of the glossary."""
    page, die = _Page(world, id, 2), world.die
    name = _words_of_term(rank)
    return {
        "title": name.capitalize(), "forms": {"en": [name, f"{name}s"]},
        "definition": f"A thing by which ships find their way near a {die.choice(words.OBJECTS)}: it stands where the water changes and is told from others by its shape.",
        "evidence": page.evidence(1), "sections": page.sections(1),
        "not-the-same-as": {world.pick("glossary", id): "It floats, and is taken in when the ice comes."} if len(world.ids["glossary"]) > 1 else {},
        "related": page.related("cases", "regulations"), "checked": page.checked(),
    }  # fmt: skip


def explainer(world: World, id: str, rank: int) -> Data:
    """A story in questions and answers."""
    page, die = _Page(world, id, 5), world.die
    main = world.pick("cases")
    asked = (
        "What happened?",
        "Was it the lamp?",
        "Who looks after it?",
        "How common is it?",
        "What is the rule?",
    )
    return {
        "title": f"The dark nights of {world.place()}", "summary": page.statement(), "evidence": page.evidence(2), "main": main,
        "key-facts": [f"{main}.{path}" for path in _NAMED_PARTS["cases"]],
        "questions": {
            f"question-{number + 1}": {
                "question": question, "answer": f"{page.fill(die.choice(words.STATEMENTS))} {page.cite()}.",
                "says": page.paragraph(f"{main}.facts.cost" if number == 0 else ""), "see": page.related("cases", "glossary"),
            }
            for number, question in enumerate(asked)
        },
        "related": page.related("regulations", "statistics"), "checked": page.checked(),
    }  # fmt: skip


def service(world: World, id: str, rank: int) -> Data:
    """A service for people at sea."""
    page, place = _Page(world, id, 2), world.place()
    return {
        "title": f"Example Harbour Line of {place}", "summary": f"Answers questions about lights and moorings around {place}.",
        "for": page.statement(), "who": "Anybody who keeps a boat, or waits for one.", "jurisdiction": world.pick("jurisdictions"),
        "provider": world.die.choice(words.OFFICES).removeprefix("the "), "phone": f"+00 555 {rank:04}", "url": f"https://line.example.org/{id}",
        "evidence": page.evidence(2), "order": rank % 50, "related": page.related("help", "cases"), "checked": page.checked(),
    }  # fmt: skip


def source(world: World, id: str, rank: int) -> Data:
    """A report in an invented newspaper."""
    die, issued = world.die, world.day()
    japanese, refused = rank % 8 == 3, rank % 40 == 9
    headline = die.choice(words.HEADLINES).format(place=world.place(), object=die.choice(words.OBJECTS))
    paper = die.choice(words.PAPERS)
    return {
        "type": die.choice(("article-newspaper", "article-newspaper", "report", "webpage", "legislation", "broadcast")),
        "title": f"{die.choice(words.JAPANESE_HEADLINES)} {rank}" if japanese else headline,
        "title-translated": headline if japanese else None, "language": "ja" if japanese else "en",
        "author": [f"{die.choice(words.PLACES)} Sampleson"] if rank % 3 == 0 else None, "publisher": f"{paper} Company",
        "container-title": paper, "issued": issued, "URL": f"https://news.example.org/{issued[:4]}/{id}",
        "agency": words.AGENCY if rank % 6 == 0 else None,
        "derives-from": world.ids["sources"][rank - 1] if rank % 10 == 4 else None,
        "accessed": Plain(world.day(datetime.date(2025, 7, 1), datetime.date(2026, 6, 30))),
        "archive": {"url": f"https://archive.example.org/{id}", "date": Plain("2026-06-30")} if rank % 4 == 0 else None,
        "status": "live", "read": "publisher", "link": "no" if refused else None,
        "because": "The page names people who have nothing to do with the matter." if refused else None,
        "note": f"{die.choice(words.ASIDES)}. Only the part about the harbour was read, and the page gives no author for the tables below the text.",
    }  # fmt: skip


def _title(id: str) -> str:
    return id.rpartition("-")[0].replace("-", " ").title()
