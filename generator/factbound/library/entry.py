"""One record with its file, and a survey of it: its prose, its references and all that it asserts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

from ..model import AnyRecord, Label, Words
from ..problems import Problem
from ..prose import Cite, Parsed, Ref, ValueRef, paragraphs, parse, walk
from ..settings import Strict
from ..yamlfile import Document, Keys


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

    def at(self, path: tuple[str, ...]) -> Any:
        """What stands at a path of keys in the record, or None."""
        found: Any = self.record
        for key in path:
            if isinstance(found, Strict):
                found = getattr(found, _attributes(type(found)).get(key, ""), None)
            else:
                found = found.get(key) if isinstance(found, dict) else None
            if found is None:
                return None
        return found


@cache
def _attributes(model: type[Strict]) -> dict[str, str]:
    """YAML key -> attribute."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


@cache
def _plan(model: type[Strict]) -> tuple[tuple[str, str, str | None], ...]:
    """The fields that may hold prose, parts or references: attribute, YAML key, collection referred to."""
    refers: dict[str, str] = getattr(model, "refers", {})
    simple = {
        "str",
        "int",
        "bool",
        "None",
        "Slug",
        "Lang",
        "Web",
        "Path",
        "Date",
        "EdtfDate",
        "KnownOrNot",
        "YesNo",
        "AnyValue",
        "Day",
    }
    plan = []
    for name, field in model.model_fields.items():
        if (
            name in refers
            or not set(str(model.__annotations__.get(name, "Any")).replace("|", " ").split()) <= simple
        ):
            plan.append((name, field.alias or name, refers.get(name)))
    return tuple(plan)


def _survey(record: AnyRecord) -> Survey:
    passages: list[Passage] = []
    mentions: list[Mention] = []
    parts: list[tuple[Keys, Strict]] = []
    for keys, holder, value, collection in _fields(record, (), parts):
        if isinstance(value, Words):
            for lang, text in value.by_lang.items():
                here = (*keys, lang) if lang else keys
                parsed = parse(text, value.mode)
                passages.append(Passage(here, value, lang, text, parsed, holder))
                if not isinstance(value, Label):
                    mentions.extend(_mentions(here, parsed))
        else:
            mentions.append(
                Mention(value, keys, "evidence" if keys[-1] == "source" else "field", collection or "")
            )
    return Survey(tuple(passages), tuple(mentions), tuple(parts))


def _fields(
    part: Strict, keys: Keys, parts: list[tuple[Keys, Strict]]
) -> Iterator[tuple[Keys, Strict, Any, str | None]]:
    """Every text and every reference below a part, with the part that it belongs to."""
    parts.append((keys, part))
    data = part.__dict__
    for name, alias, collection in _plan(type(part)):
        value = data[name]
        if not value:
            continue
        here = (*keys, alias)
        if collection is not None:
            targets = (
                enumerate(value)
                if isinstance(value, tuple)
                else ((key, key) for key in value)
                if isinstance(value, dict)
                else [(None, value)]
            )
            for key, target in targets:
                yield (here if key is None else (*here, key)), part, target, collection
        if isinstance(value, Words):
            yield here, part, value, None
        elif isinstance(value, Strict):
            yield from _fields(value, here, parts)
        elif isinstance(value, dict | tuple):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                if isinstance(item, Words):
                    yield (*here, key), part, item, None
                elif isinstance(item, Strict):
                    yield from _fields(item, (*here, key), parts)


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
