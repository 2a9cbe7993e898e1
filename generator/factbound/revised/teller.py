"""A value of any field in; the words in which the site shows it out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from ..glossary import Matcher
from ..library import Entry, Library
from ..model import Applied, Coverage, Derive, Party, Penalty, Words
from ..prose import Ref, ValueRef, parse, plain
from ..settings import Strict
from ..strings import Strings
from ..values import VALUE_KINDS, Date
from ..writer import Writer

_VOCABULARY = {
    ("Supported", "standing"): "standing", ("Account", "relation"): "relation", ("Party", "final"): "final",
    ("Status", "value"): "regulation.status", ("Coverage", "answer"): "coverage", ("Penalty", "kind"): "penalty", ("Penalty", "with"): "with",
    ("Case", "kind"): "case.kind", ("Regulation", "kind"): "regulation.kind", ("Jurisdiction", "kind"): "jurisdiction.kind",
    ("Source", "type"): "source.type", ("Source", "read"): "source.read", ("Source", "status"): "source.status",
}  # fmt: skip
"""Where a field of a model takes one of a few words: the prefix under which the site's strings hold what the page says."""
_DAYS = ("checked", "accessed", "issued", "published", "period")
"""Fields that hold a day or the word `unknown`."""
_OWN_PARTS = {
    ("Penalty", "since"): "history", ("Penalty", "until"): "history", ("Coverage", "since"): "history", ("Fact", "about"): "parties",
}  # fmt: skip
"""Where a field names a part of its own record: the mapping that holds that part."""


class Teller:
    """What one state of the content calls its records, their parts and their values. Nothing here fails on a reference
    that leads nowhere: what is changed may still be wrong."""

    def __init__(self, library: Library, say: Strings, today: datetime.date) -> None:
        self.library, self.say = library, say
        self.writer = Writer(library, say, Matcher({}, say.lang), "index.md", None, today)

    def record(self, id: str) -> str:
        """What a record is called."""
        entry = self.library.entries.get(id)
        return self.writer.title(entry) if entry else id

    def kind(self, entry: Entry) -> str:
        """What sort of record it is: case, source, law."""
        return self.say(f"kind.{entry.collection}")

    def part(self, entry: Entry, keys: tuple[str, ...]) -> str:
        """What a part of a record is called; where another is called the same, with what tells the two apart."""
        called, alike = self._called(entry, keys), self._alike(entry, keys)
        if not alike:
            return called
        apart, *others = (self._for(entry, one) for one in (keys, *alike))
        return f"{called} ({apart if apart and apart not in others else keys[-1].replace('-', ' ')})"

    def _alike(self, entry: Entry, keys: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The other parts of the same sort that are called the same."""
        siblings = getattr(entry.record, keys[0].replace("-", "_"), None) if len(keys) == 2 else None
        others = (
            [(keys[0], slug) for slug in siblings if slug != keys[1]] if isinstance(siblings, Mapping) else []
        )
        return [one for one in others if self._called(entry, one) == self._called(entry, keys)]

    def _for(self, entry: Entry, keys: tuple[str, ...]) -> str:
        """For which conduct a penalty is."""
        part = entry.at(keys)
        return self._plain(part.for_) if isinstance(part, Penalty) else ""

    def _called(self, entry: Entry, keys: tuple[str, ...]) -> str:
        part = entry.at(keys)
        if isinstance(part, Applied):
            return self.record(part.regulation)
        if isinstance(part, Coverage):
            named = [self._dimension(part, name) for name in ("conduct", "subject")]
            return " – ".join(named)
        title = self.writer.part_title(entry, keys)
        nameless = (self.writer.title(entry), self.say.words.get(f"heading.{keys[0]}"))
        return keys[-1].replace("-", " ") if title in nameless and len(keys) > 1 else title

    def path(self, path: str) -> str:
        """What a record, or the part of it to which a path leads, is called."""
        found = self.library.resolve(path)
        if not found:
            return path
        entry, keys = found
        return f"{self.writer.title(entry)}: {self.part(entry, keys)}" if keys else self.writer.title(entry)

    def field(self, entry: Entry, holder: Strict, key: str, value: Any) -> str:
        """What a field of a part holds, as a page says it."""
        if value is None or value == () or value == {}:
            return "nothing"
        if value == "unknown" and key in _DAYS:
            return self.writer.date("unknown")
        for kind in (kind.__name__ for kind in type(holder).__mro__):
            prefix = _VOCABULARY.get((kind, key))
            if prefix and (words := self.say.words.get(f"{prefix}.{value}")):
                return words
            if (within := _OWN_PARTS.get((kind, key))) and entry.at((within, value)) is not None:
                return self.part(entry, (within, value))
        if isinstance(holder, Party | Coverage) and key in ("stage", "conduct", "subject"):
            return self._dimension(holder, key)
        if isinstance(holder, Applied) and key == "version":
            law = self.library.entries.get(holder.regulation)
            return self.part(law, ("history", value)) if law and law.at(("history", value)) else str(value)
        if key.replace("-", "_") in getattr(holder, "refers", {}):
            return ", ".join(map(self.path, [value] if isinstance(value, str) else value))
        return self._plain(value)

    def _dimension(self, holder: Strict, key: str) -> str:
        site = self.library.site
        assert site is not None
        slug = getattr(holder, key)
        table: Any = {"stage": site.stages, "conduct": site.conducts, "subject": site.subjects}[key]
        return self.writer.label(table[slug].label) if slug in table else str(slug)

    def _plain(self, value: Any) -> str:
        if isinstance(value, Words):
            return self.text(value, value.in_(self.say.lang, self.writer.first)[0])
        if type(value) in VALUE_KINDS.values():
            return self.writer.value(value)
        if isinstance(value, Date):
            return self.writer.date(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Derive):
            worked_out = self.say(f"derived.{value.op}")
            return f"{worked_out} {', '.join(map(self.path, value.of))}"
        if isinstance(value, Strict):
            fields = ((name, getattr(value, name)) for name in type(value).model_fields)
            return ", ".join(self._plain(one) for _name, one in fields if one not in (None, (), {}))
        if isinstance(value, Mapping):
            return "; ".join(f"{key}: {self._plain(one)}" for key, one in value.items())
        return ", ".join(map(self._plain, value)) if isinstance(value, tuple) else str(value)

    def text(self, words: Words, text: str) -> str:
        """Prose in plain words, with its values set and its citations left out."""
        # Plain text asks a voice for nothing but `words_of`.
        return plain(parse(text, words.mode).blocks, self)  # type: ignore[arg-type]

    def words_of(self, node: Ref | ValueRef) -> str:
        """The words of a reference or a value in prose; see `prose.Voice`."""
        if isinstance(node, Ref):
            return node.words or self._name(node.target)
        valued = self.library.valued(node.path)
        return self.writer.value(valued.value) if valued else node.path

    def _name(self, target: str) -> str:
        found = self.library.resolve(target)
        if not found:
            return target
        return self.part(*found) if found[1] else self.writer.title(found[0])
