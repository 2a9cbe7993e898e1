"""Two states of one record in; what is added, changed and removed in it out, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..library import Entry
from ..model import Change, Derive, Evidence, Fact, Words
from ..settings import Strict
from ..values import VALUE_KINDS
from .teller import Teller
from .told import How, Leaning, Told

Keys = tuple[str, ...]

_SORTS = {
    "facts": "fact", "measures": "figure", "parties": "party", "timeline": "event", "law": "law that applies", "penalties": "penalty",
    "history": "version", "coverage": "answer of the comparison", "exceptions": "exception", "caveats": "limit", "questions": "question",
    "sections": "passage", "unknown": "what is not known", "does-not-show": "what it does not show", "charts": "chart",
    "not-the-same-as": "difference from another term", "accounts": "other account",
}  # fmt: skip
"""What holds parts -> what one of them is."""
_FIELDS = {
    "says": "words", "value": "value", "derive": "how it is worked out", "standing": "how sure it is", "final": "whether it is final",
    "stage-on": "since when", "as-of": "as of", "since": "since which version", "until": "until which version", "checked": "last checked",
    "accessed": "page last seen", "occurred": "when it happened", "issued": "published", "in-force": "in force from", "said-on": "when it was said",
    "speaker": "who said it", "because": "why", "min": "at least", "max": "at most", "for": "for which conduct", "with": "how it joins the one before",
    "URL": "address on the web", "url": "address on the web", "read": "how it was read", "link": "whether it is linked", "relation": "how it stands to ours",
    "forms": "forms of the word", "not-in": "longer words in which it is not meant", "formerly": "former addresses", "accepted": "advice that is accepted",
    "keywords": "words under which it is found", "related": "related pages", "evidence": "where in the source", "part-of": "part of", "see": "where more is told",
    "title-translated": "title in our translation", "derives-from": "whose story it repeats", "body": "text",
}  # fmt: skip
"""A field whose key says little by itself -> what it is."""


def told(old: Entry, new: Entry, then: Teller, now: Teller) -> Iterator[Told]:
    """What is otherwise in a record, in the order of its fields; its sources and its notes apart."""
    walk = _Walk(old, new, then, now)
    yield from walk.strict(old.record, new.record, ())
    yield from walk.worked_out()


def listed(entry: Entry, teller: Teller) -> Iterator[Told]:
    """What a record that is new says, and each of its parts."""
    if said := _gist(entry, entry.record, teller, _OF_A_RECORD):
        yield Told("added", entry.id, "", "", "", "", said)
    for key, value in entry.fields():
        if isinstance(value, Mapping) and key != "changes":
            for slug, part in value.items():
                if isinstance(part, Strict | Words):
                    yield _whole("added", entry, (key, slug), part, teller)
        elif isinstance(value, Fact):
            yield _whole("added", entry, (key,), value, teller)


def leanings(entry: Entry, teller: Teller) -> set[tuple[Keys, str]]:
    """The sources that each part of a record stands on or cites: the part's address, and the source's id."""
    found = set()
    for mention in entry.survey.mentions:
        if mention.collection == "sources" and mention.how in ("evidence", "cite"):
            found.add((teller.library.place(entry, mention.keys), mention.target))
    return found


def leaning(entry: Entry, teller: Teller, keys: Keys, source: str, *, gained: bool) -> Leaning:
    """A source that a part has gained or lost, in words."""
    part = teller.part(entry, keys) if keys else ""
    return Leaning(".".join((entry.id, *keys)), part, source, teller.record(source), gained)


def sort_of(keys: Keys) -> str:
    """What sort of part has an address: `fact`, `party`."""
    return _SORTS.get(keys[0], keys[0].replace("-", " ")) if keys else ""


class _Walk:
    """Both states of a record, walked side by side."""

    def __init__(self, old: Entry, new: Entry, then: Teller, now: Teller) -> None:
        self.old, self.new, self.then, self.now = old, new, then, now

    def strict(self, old: Strict, new: Strict, keys: Keys) -> Iterator[Told]:
        attributes = {field.alias or name: name for name, field in type(new).model_fields.items()}
        for key, name in attributes.items():
            before, after = getattr(old, name, None), getattr(new, name)
            if (keys, key) == ((), "changes"):
                continue
            if before != after:
                yield from self.value(before, after, old, new, (*keys, key))

    def value(self, before: Any, after: Any, old: Strict, new: Strict, keys: Keys) -> Iterator[Told]:
        if isinstance(before, Mapping) and isinstance(after, Mapping) and _holds_parts(before, after):
            for slug in dict.fromkeys((*before, *after)):
                yield from self.part(before.get(slug), after.get(slug), (*keys, slug))
        elif _is_part(before) and _is_part(after) and type(before) is type(after):
            yield from self.strict(before, after, keys)
        elif keys[-1] == "evidence":
            yield from self.passages(before, after, keys)
        elif isinstance(before, Words) and isinstance(after, Words):
            yield from self.words(before, after, keys)
        else:
            # A path of a value may show as its record does: what is written the same is told nowhere.
            was = self.then.field(self.old, old, keys[-1], before)
            now = self.now.field(self.new, new, keys[-1], after)
            if was != now:
                yield self.changed(keys, was, now)

    def part(self, before: Any, after: Any, keys: Keys) -> Iterator[Told]:
        if before is None or after is None:
            teller, entry = (self.now, self.new) if before is None else (self.then, self.old)
            how: How = "added" if before is None else "removed"
            yield _whole(how, entry, keys, after if before is None else before, teller)
        elif before != after and isinstance(after, Words):
            yield from self.words(before, after, keys)
        elif before != after:
            yield from self.strict(before, after, keys)

    def words(self, before: Words, after: Words, keys: Keys) -> Iterator[Told]:
        """Prose, language by language: what reads otherwise, or has other links and citations only."""
        for lang in dict.fromkeys((*before.by_lang, *after.by_lang)):
            one, other = before.by_lang.get(lang), after.by_lang.get(lang)
            if one == other:
                continue
            was = "nothing" if one is None else self.then.text(before, one)
            now = "nothing" if other is None else self.now.text(after, other)
            of = f" in {self.now.writer.language(lang)}" if lang else ""
            if was == now:
                yield self.changed(keys, "", "other links, citations or emphasis", of)
            else:
                yield self.changed(keys, was, now, of)

    def worked_out(self) -> Iterator[Told]:
        """Values that are worked out from others, where these have changed."""
        for places, new in self.new.survey.parts:
            keys = tuple(map(str, places))
            old = self.old.at(keys) if isinstance(new, Fact) and new.derive else None
            if isinstance(new, Fact) and isinstance(old, Fact) and old.derive == new.derive:
                before, after = self.then.library.fact_value(old), self.now.library.fact_value(new)
                if before != after:
                    was, now = self.then.writer.value(before), self.now.writer.value(after)
                    yield self.changed((*keys, "value"), was or "nothing", now or "nothing")

    def passages(self, before: Any, after: Any, keys: Keys) -> Iterator[Told]:
        """The same sources with another page, quote or order; other sources are told apart."""
        sources = [sorted({one.source for one in side}) for side in (before, after)]
        if sources[0] == sources[1]:
            yield self.changed(keys, _pointers(before), _pointers(after))

    def changed(self, keys: Keys, was: str, now: str, of: str = "") -> Told:
        library = self.now.library
        place = library.place(self.new, keys)
        inside = keys[len(place) :]
        moved = (
            (place[:1] == ("parties",) and inside == ("stage",)) or (place == ("status",) and inside == ("value",))
        )  # fmt: skip
        return Told(
            "changed", ".".join((self.new.id, *place)), sort_of(place), self.now.part(self.new, place) if place else "",
            ", ".join(_named(inside)) + of, was, now, moved, keys,
        )  # fmt: skip


def _named(inside: Keys) -> Iterator[str]:
    """The steps from a part to one of its fields, in words."""
    for before, key in zip(("", *inside), inside, strict=False):
        if before in _SORTS:
            yield f"“{key.replace('-', ' ')}”"
        else:
            yield _SORTS.get(key, _FIELDS.get(key, key.replace("-", " ")))


def _is_part(value: Any) -> bool:
    return isinstance(value, Strict) and type(value) not in (*VALUE_KINDS.values(), Derive)


def _holds_parts(*sides: Mapping[str, Any]) -> bool:
    return any(isinstance(one, Strict | Words) for side in sides for one in side.values())


def _whole(how: How, entry: Entry, keys: Keys, part: Strict | Words, teller: Teller) -> Told:
    """A part as a whole, with what it says."""
    place = teller.library.place(entry, keys)
    inside = keys[len(place) :]
    text = _gist(entry, part, teller)
    return Told(
        how, ".".join((entry.id, *place)), sort_of(place or keys), teller.part(entry, place or keys),
        ", ".join(_named(inside)) if place else "", text if how == "removed" else "", "" if how == "removed" else text,
    )  # fmt: skip


_OF_A_RECORD = (
    "summary", "definition", "for", "who", "kind", "occurred", "jurisdiction", "measured-by", "published", "type", "container-title",
    "publisher", "issued", "read", "link", "provider", "phone", "url",
)  # fmt: skip
"""Fields that say what a record is, before its parts do."""
_NOT_IN_A_GIST = {"evidence", "label", "role", "heading", "title", "accounts", "editorial", "because"}


def _gist(entry: Entry, part: Strict | Words, teller: Teller, only: tuple[str, ...] = ()) -> str:
    """What a part says, in one line: its words, then its other fields."""
    if isinstance(part, Words):
        return teller.text(part, part.in_(teller.say.lang, teller.writer.first)[0])
    first, rest = [], []
    for name, model_field in type(part).model_fields.items():
        key, value = model_field.alias or name, getattr(part, name)
        unsaid = value in (None, (), {}) or (value == model_field.default and key != "standing")
        if unsaid or key in _NOT_IN_A_GIST or (only and key not in only):
            continue
        said = teller.field(entry, part, key, value)
        if key in ("says", "question", "answer", "summary", "definition"):
            first.append(said)
        elif key in ("stage", "standing", "value", "date", "kind", "conduct", "subject", "relation"):
            rest.append(said)
        else:
            rest.append(f"{_FIELDS.get(key, key.replace('-', ' '))}: {said}")
    sources = dict.fromkeys(teller.record(one.source) for one in getattr(part, "evidence", ()))
    if sources and not only:
        rest.append(f"from {'; '.join(sources)}")
    return " ".join([*first, f"({'; '.join(rest)})" if rest else ""]).strip()


def _pointers(evidence: tuple[Evidence, ...]) -> str:
    pointers = []
    for one in evidence:
        quote = f"“{one.quote}”" if one.quote else ""
        pointers.append(", ".join(part for part in (one.locator, one.prefix, quote, one.suffix) if part))
    return "; ".join(filter(None, pointers)) or "nothing"


def note_of(change: Change, teller: Teller) -> str:
    """A note for readers, as it stands on the page."""
    kind, day = teller.say(f"change.{change.kind}"), teller.writer.date(change.date)
    return (
        f"{kind}, {day}: {teller.text(change.says, change.says.in_(teller.say.lang, teller.writer.first)[0])}"
    )
