"""One record with its file, and a survey of it: its prose, its references and all that it asserts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple, get_args

from ..model import AnyRecord, Words
from ..problems import Problem
from ..prose import Cite, Parsed, Ref, ValueRef, paragraphs, parse, walk
from ..settings import Strict
from ..values import VALUE_KINDS
from ..yamlfile import Document, Keys
from .fields import attributes_of


class Passage(NamedTuple):
    """The text of one field in one language."""

    keys: Keys
    words: Words
    lang: str
    """Empty where the YAML has plain text, in the site's first language."""
    text: str
    parsed: Parsed
    holder: Strict
    """What the field belongs to: a fact, a block, the record itself."""


class Mention(NamedTuple):
    """One place that names another record, or a path in it."""

    target: str
    keys: Keys
    how: str
    """`field`, `evidence`, `cite`, `reference` or `value`."""
    collection: str
    """The collection that the target must be in; empty for any."""
    at: int | None = None
    snippet: str = ""


@dataclass(frozen=True)
class Survey:
    """All that one walk over a record finds."""

    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    parts: tuple[tuple[Keys, Strict], ...]
    """Every mapping of the record that has a model of its own, the record itself first."""

    def passage(self, words: Words, text: str) -> Passage:
        """The passage of a field in the language whose text is given."""
        return self._by_field[id(words), text]

    @cached_property
    def _by_field(self) -> dict[tuple[int, str], Passage]:
        return {(id(passage.words), passage.text): passage for passage in self.passages}


@dataclass(frozen=True)
class Entry:
    """A record and the file that it came from."""

    id: str
    collection: str
    record: AnyRecord
    document: Document

    @cached_property
    def survey(self) -> Survey:
        """Made when first asked for, kept afterwards."""
        return _survey(self.record)

    def problem(self, keys: Keys, rule: str, message: str, todo: str, **where: Any) -> Problem:
        """A problem in this record's file; see `Document.problem`."""
        return self.document.problem(keys, rule, message, todo, **where)

    def fields(self) -> Iterator[tuple[str, Any]]:
        """The record's own keys, as they stand in YAML, with their values."""
        for key, name in attributes_of(type(self.record)).items():
            yield key, getattr(self.record, name)

    def at(self, path: tuple[str, ...]) -> Any:
        """What stands at a path of keys in the record, or None."""
        found: Any = self.record
        for key in path:
            if isinstance(found, Strict):
                found = getattr(found, attributes_of(type(found)).get(key, ""), None)
            else:
                found = found.get(key) if isinstance(found, dict) else None
            if found is None:
                return None
        return found


@cache
def _plan(model: type[Strict]) -> tuple[tuple[str, str, Any], ...]:
    """The fields that hold prose, parts or references: attribute, YAML key, and what it refers to."""
    refers: Mapping[str, Any] = getattr(model, "refers", {})
    return tuple(
        (name, field.alias or name, refers.get(name))
        for name, field in model.model_fields.items()
        if name in refers or _holds_parts(field.annotation)
    )


def _holds_parts(annotation: Any) -> bool:
    """Whether prose or a part of the record may stand in a field; values are no parts."""
    if isinstance(annotation, type) and issubclass(annotation, Words | Strict):
        return annotation not in VALUE_KINDS.values()
    return any(map(_holds_parts, get_args(annotation)))


def _survey(record: AnyRecord) -> Survey:
    walk = _Walk()
    walk.part(record, ())
    return Survey(tuple(walk.passages), tuple(walk.mentions), tuple(walk.parts))


class _Walk:
    """One walk over a record, which fills three lists."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.mentions: list[Mention] = []
        self.parts: list[tuple[Keys, Strict]] = []

    def part(self, part: Strict, keys: Keys) -> None:
        self.parts.append((keys, part))
        data = part.__dict__
        for name, key, refers in _plan(type(part)):
            if value := data[name]:
                here = (*keys, key)
                if refers is not None:
                    self.references(value, refers, here)
                self.below(value, here, part)

    def below(self, value: Any, keys: Keys, holder: Strict) -> None:
        if isinstance(value, Words):
            self.words(value, keys, holder)
        elif isinstance(value, Strict):
            self.part(value, keys)
        elif isinstance(value, dict | tuple):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                if not isinstance(item, str):
                    self.below(item, (*keys, key), holder)

    def references(self, value: Any, refers: str | Mapping[str, str], keys: Keys) -> None:
        how = "evidence" if keys[-1] == "source" else "field"
        if isinstance(refers, Mapping):
            for key, to in refers.items():
                if key in value:
                    self.mentions.append(Mention(value[key], (*keys, key), how, to))
        elif isinstance(value, str):
            self.mentions.append(Mention(value, keys, how, refers))
        else:
            # The keys of a mapping are targets themselves.
            places = enumerate(value) if isinstance(value, tuple) else zip(value, value, strict=True)
            for place, target in places:
                self.mentions.append(Mention(target, (*keys, place), how, refers))

    def words(self, words: Words, keys: Keys, holder: Strict) -> None:
        for lang, text in words.by_lang.items():
            here = (*keys, lang) if lang else keys
            parsed = parse(text, words.mode)
            self.passages.append(Passage(here, words, lang, text, parsed, holder))
            if words.mode != "label" and ("[" in text or "{" in text):
                self.mentions.extend(_mentions(here, parsed))


def _mentions(keys: Keys, parsed: Parsed) -> Iterator[Mention]:
    for inlines in paragraphs(parsed.blocks):
        for node in walk(inlines):
            if isinstance(node, Cite):
                for item in node.items:
                    yield Mention(item.source, keys, "cite", "sources", node.at, node.raw)
            elif isinstance(node, Ref):
                yield Mention(node.target, keys, "reference", "", node.at, node.raw)
            elif isinstance(node, ValueRef):
                yield Mention(node.path, keys, "value", "", node.at, node.raw)
