"""The model and the rules in; the editors' reference out, as plain data that templates set: a page for each kind of file,
one for the parts that many of them share, one for the rules, and one that leads to all of these."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from .model import COLLECTIONS, Path, Slug
from .model.record import Day
from .model.words import Days, Lang, Web
from .prose import escape_inline
from .rules import RULES
from .schema import FILES, definitions, help_of, models_in
from .settings import Strict, docstrings
from .strings import Strings
from .templates import Md
from .values.quantities import Currency

FOLDER = "editing"
SHARED, RULES_PAGE = "parts", "rules"
_LISTS = {
    "records": "id-any", "values": "path-value", "advice": "id-rule",
    **dict.fromkeys(("stages", "conducts", "subjects", "units"), "key-site"),
}  # fmt: skip
"""Lists of names that are no collection -> the words that say what is taken from them."""


class Takes(NamedTuple):
    """What may stand in a field."""

    kind: str
    """Names the fixed words that say it."""
    names: tuple[str, ...] = ()
    """The words of a choice, the collection or the list that an id is from, or the parts that may stand there."""
    inner: tuple[Takes, ...] = ()
    """What a list or a mapping holds; the alternatives where there are several."""


class Field(NamedTuple):
    """One key of a part."""

    key: str
    takes: Takes
    required: bool
    default: str
    """As YAML; empty where leaving the key out says nothing."""
    about: Md
    examples: tuple[str, ...]


class Part(NamedTuple):
    """What stands in a file, or in a mapping within it."""

    name: str
    """As the model calls it; its anchor is the same in lowercase."""
    title: str
    about: Md
    fields: tuple[Field, ...]


class Reference(NamedTuple):
    """One page of the reference, before its template sets it."""

    path: str
    title: str
    meta: dict[str, object]
    template: str
    context: dict[str, Any]


def editing_pages(say: Strings) -> Iterator[Reference]:
    """The whole reference. Its titles are in the language of the site, the rest is what the program says, in English."""
    front, about = say("editing.title"), say("editing.about")

    def page(name: str, title: str, template: str, **context: Any) -> Reference:
        above: dict[str, object] = {"section": FOLDER, "section_title": front} if name != "index" else {}
        meta: dict[str, object] = {
            "title": html.escape(title),
            "description": html.escape(about),
            "kind": "editing",
            **above,
        }
        return Reference(
            f"{FOLDER}/{name}.md", title, meta, template, {**context, "marked": marked, "stands": _stands}
        )

    files, others = _named(FILES, say), _named((SHARED, RULES_PAGE), say)
    yield page("index", front, "editing", files=files, others=others)
    for name, called in {**files, SHARED: others[SHARED]}.items():
        title, parts = say("editing.page", name=called), _parts_of(name)
        yield page(name, title, "editing-file", file=name, parts=parts, address=_address)
    title = say("editing.page", name=others[RULES_PAGE])
    yield page(RULES_PAGE, title, "editing-rules", rules=tuple(RULES.values()))


def _named(names: Iterable[str], say: Strings) -> dict[str, str]:
    return {
        name: say(f"collection.{name}" if name in COLLECTIONS else f"editing.file.{name}") for name in names
    }


def _stands(name: str) -> Md:
    """Where a file of a kind stands."""
    end = "/<id>.yml" if name in COLLECTIONS else "/<id>.md" if name == "pages" else ".yml"
    return Md(f"`content/{name}{end}`")


def marked(text: str) -> Md:
    """Plain words as Markdown, with what stands between backticks as code."""
    pieces = re.split(r"(`[^`]+`|\s+)", text)
    return Md("".join(one if one[:1] in ("`", " ") else escape_inline(one) for one in pieces))


# ----- which part stands where -----


@cache
def _homes() -> dict[str, str]:
    """Model -> the page on which it stands: that of the only kind of file that has it, else the one of shared parts."""
    used = Counter(part.__name__ for model in FILES.values() for part in models_in(model))
    return {
        part.__name__: name if used[part.__name__] == 1 else SHARED
        for name, model in FILES.items()
        for part in models_in(model)
    }


def _address(part: str, page: str) -> Md:
    """A part's place as seen from a page of the reference."""
    home = _homes()[part]
    return Md(f"#{part.lower()}" if home == page else f"{home}.md#{part.lower()}")


def _parts_of(name: str) -> tuple[Part, ...]:
    """The parts that stand on a page: a file's own first and then as they follow in it, shared ones by name."""
    models = {part.__name__: part for model in FILES.values() for part in models_in(model)}
    here = [part for part in models if _homes()[part] == name]
    return tuple(part_of(models[part]) for part in (sorted(here) if name == SHARED else here))


# ----- what a field takes -----


@cache
def part_of(model: type[Strict]) -> Part:
    """What a model describes, for an editor; the keys that it needs first."""
    schema = definitions()[model.__name__]
    fields = []
    for name, field in model.model_fields.items():
        key = field.alias or name
        one = schema["properties"][key]
        default = _yaml(one["default"]) if "default" in one else ""
        about, examples = marked(one["description"]), help_of(docstrings(model).get(name)).examples
        fields.append(Field(key, _takes(one), field.is_required(), default, about, examples))
    fields.sort(key=lambda field: not field.required)
    title = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize()
    return Part(model.__name__, title, marked(" ".join(schema["description"].split())), tuple(fields))


def _yaml(value: object) -> str:
    # Words that YAML would take for switches are written in quotes, and in the content too.
    return json.dumps(value) if value in ("yes", "no") or not isinstance(value, str) else value


def _takes(schema: Any) -> Takes:
    """What a schema lets stand there."""
    if "$ref" in schema:
        file, _, name = schema["$ref"].rpartition("#/$defs/")
        kinds = {"Words": "words", "Date": "date", "DateOrUnknown": "known-or-not"}
        if file:
            return Takes(_LISTS.get(name, "id"), (name,))
        return Takes(kinds.get(name, "part"), () if name in kinds else (name,))
    if "anyOf" in schema:
        return _either([_takes(one) for one in schema["anyOf"]])
    if "enum" in schema:
        return Takes("choice", tuple(map(_yaml, schema["enum"])))
    if schema.get("type") == "array":
        return Takes("list", inner=(_takes(schema["items"]),))
    if schema.get("type") == "object":
        return _mapping(schema)
    return Takes(_patterns().get(schema.get("pattern", ""), schema.get("type", "string")))


def _either(found: list[Takes]) -> Takes:
    if len(found) == 1:
        return found[0]
    if found[0].kind in ("id", *_LISTS.values()):
        return found[0]  # the other alternative is an id that is not listed yet
    if all(one.kind == "part" for one in found):
        return Takes("part", tuple(name for one in found for name in one.names))
    return Takes("either", inner=tuple(found))


def _mapping(schema: Mapping[str, Any]) -> Takes:
    patterns = schema.get("patternProperties", {})
    value = next(iter(patterns.values()), None) or schema.get("additionalProperties") or {}
    if not value:  # a closed list of keys, all with the same kind of value
        value = next(iter(schema["properties"].values()))
        return Takes("mapping-choice", tuple(schema["properties"]), (_takes(value),))
    if "anyOf" in schema.get("propertyNames", {}):
        return Takes("mapping-id", _takes(schema["propertyNames"]).names, (_takes(value),))
    is_by_language = _patterns().get(next(iter(patterns), "")) == "language"
    return Takes("mapping-language" if is_by_language else "mapping", inner=(_takes(value),))


@cache
def _patterns() -> dict[str, str]:
    """Pattern of a text -> what it is."""
    kinds: dict[str, Any] = {
        "slug": Slug, "path": Path, "language": Lang, "address": Web, "days": Days, "day": Day, "currency": Currency,
    }  # fmt: skip
    return {TypeAdapter(one).json_schema()["pattern"]: name for name, one in kinds.items()}
