"""A kind of file in; the JSON Schema of what it may hold out, made by pydantic from the model and put into the shape in
which editors' programs help most."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from typing import Any, get_args

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from ..model import COLLECTIONS, Line, Page, Site, WordList
from ..settings import Strict, docstrings
from ..values import EdtfDate, KnownOrNot
from .described import help_of, read_example

KINDS: dict[str, type[Strict]] = {**COLLECTIONS, "site": Site, "words": WordList}
"""What has a schema: each collection, site.yml and words.yml."""
FILES: dict[str, type[Strict]] = {**KINDS, "pages": Page}
"""All that an editor writes; a page is Markdown below its keys, and has no schema of its own."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
OFFERED = {
    ("Accepted", "rule"): "advice",
    ("Count", "unit"): "units",
    ("Coverage", "conduct"): "conducts",
    ("Coverage", "subject"): "subjects",
    ("Derive", "of"): "values",
    ("Explainer", "key_facts"): "values",
    ("Party", "stage"): "stages",
    ("Site", "front"): "explainers",
    ("Site", "pages"): "pages",
}
"""Model and field -> the list that it takes a name from, where its model does not say in `refers` that it takes the id of
a record."""
_EMPTY: tuple[object, ...] = ([], {}, None)


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of the files of one kind, with those of its parts."""
    top, *parts = (part.__name__ for part in models_in(KINDS[kind]))
    known = definitions()
    named = set(parts) | {
        name
        for name in _shared_fields()
        if f'"#/$defs/{name}"' in json.dumps([known[one] for one in (top, *parts)])
    }
    made = f"Written by Factbound {version('factbound')}"
    return {
        "$schema": DIALECT,
        "$comment": made,
        **known[top],
        "$defs": {name: known[name] for name in sorted(named)},
    }


@cache
def definitions() -> dict[str, Any]:
    """Name of a model -> the schema of what it describes, for all that an editor writes, by name."""
    models = [(model, "validation") for model in FILES.values()]
    _places, made = models_json_schema(models, schema_generator=_Generator)  # type: ignore[arg-type]
    parts = {part for model in FILES.values() for part in models_in(model)}
    for part in parts:
        for name, text in docstrings(part).items():
            made["$defs"][part.__name__]["properties"][part.model_fields[name].alias or name][
                "description"
            ] = text
    known = {name: _with_shared(_tidied(schema)) for name, schema in made["$defs"].items()}
    for part in parts:
        for name, field in part.model_fields.items():
            if to := _takes(part, name):
                _offer(known[part.__name__]["properties"][field.alias or name], to)
    return {**known, **_shared_fields()}


class _Generator(GenerateJsonSchema):
    """What pydantic says of the model, but for two things."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        # The program takes a key without a value for one that is left out; beside an editor's cursor, `null` would be
        # the first thing that is offered.
        return self.generate_inner(schema["schema"])

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        # No value fits two kinds; of `oneOf`, programs tell first how many fit, of `anyOf` what is wrong.
        return {"anyOf": super().tagged_union_schema(schema)["oneOf"]}


# ----- shape -----


def _tidied(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema without what helps nobody, and with the examples that descriptions hold."""
    made = {key: value for key, value in schema.items() if key not in ("title", "description")}
    for key, value in made.items():
        if key in ("properties", "patternProperties"):
            made[key] = {name: _tidied(inner) for name, inner in value.items()}
        elif key == "anyOf":
            made[key] = [_tidied(inner) for inner in value]
        elif isinstance(value, dict) and key in ("items", "additionalProperties", "propertyNames"):
            made[key] = _tidied(value)
    if made.get("default", 0) in _EMPTY:
        del made["default"]
    if "patternProperties" in made:
        made["additionalProperties"] = False
    if "enum" in made.get("propertyNames", {}) and "required" not in made:
        # Keys of a closed list, each with its value, so that programs offer them.
        made["properties"] = dict.fromkeys(made.pop("propertyNames")["enum"], made["additionalProperties"])
        made["additionalProperties"] = False
    return _described(made, schema.get("description"))


def _described(schema: dict[str, Any], docstring: str | None) -> dict[str, Any]:
    if not docstring:
        return schema
    help = help_of(docstring)
    examples = [read_example(one) for one in help.examples]
    if len(examples) == 1 and "items" not in schema:
        # A sole example beside the description would be written into the file as soon as the key is completed.
        return {
            "description": help.text,
            **{key: schema.pop(key) for key in ("default",) if key in schema},
            "anyOf": [{**schema, "examples": examples}],
        }
    more = {"examples": examples} if examples else {}
    return {"description": help.text, **schema, **more}


@cache
def _shared_fields() -> dict[str, Any]:
    """What many fields hold: name -> schema."""
    shared: dict[str, Any] = {"Date": EdtfDate, "DateOrUnknown": KnownOrNot, "Words": Line}
    return {name: TypeAdapter(one).json_schema() for name, one in shared.items()}


def _with_shared(node: Any) -> Any:
    """The same schema, in which what many fields hold is named instead of described."""
    if isinstance(node, list):
        return [_with_shared(one) for one in node]
    if not isinstance(node, dict):
        return node
    for name, one in _shared_fields().items():
        if node.get("anyOf") == one["anyOf"]:
            rest = {key: value for key, value in node.items() if value != one.get(key)}
            return {**rest, "$ref": f"#/$defs/{name}"}
    return {key: _with_shared(value) for key, value in node.items()}


# ----- what a field takes -----


def models_in(annotation: Any, found: set[Any] | None = None) -> Iterator[type[Strict]]:
    """A model and all that stand within it, each once."""
    found = set() if found is None else found
    if isinstance(annotation, type) and issubclass(annotation, Strict) and annotation not in found:
        found.add(annotation)
        yield annotation
        for field in annotation.model_fields.values():
            yield from models_in(field.annotation, found)
    for inner in get_args(annotation):
        yield from models_in(inner, found)


def _takes(model: type[Strict], name: str) -> str | Mapping[str, str]:
    """The list that a field takes a name from, or key -> list for the keys of a mapping; empty where it takes none."""
    for one in model.__mro__:
        if listed := OFFERED.get((one.__name__, name)):
            return listed
    refers: Mapping[str, Any] = getattr(model, "refers", {})
    return (refers[name] or "records") if name in refers else ""


def _offer(schema: dict[str, Any], to: str | Mapping[str, str]) -> None:
    """Let a field's schema offer the ids of a list, and take every other one as before: a list may be out of date."""
    holder = schema.get("anyOf", [schema])[
        0
    ]  # where a field has one example, that stands in its only alternative
    if isinstance(to, Mapping):
        value = holder["additionalProperties"]
        holder["properties"] = {key: {"anyOf": [_ids(name), value]} for key, name in to.items()}
    elif "patternProperties" in holder:
        ((pattern, value),) = holder.pop("patternProperties").items()
        holder |= {
            "propertyNames": {"anyOf": [_ids(to), {"pattern": pattern}]},
            "additionalProperties": value,
        }
    else:
        leaf = schema.get("items", schema)
        plain = {key: leaf.pop(key) for key in ("type", "pattern") if key in leaf}
        leaf["anyOf"] = [_ids(to), *leaf.get("anyOf", [plain])]


def _ids(name: str) -> dict[str, str]:
    return {"$ref": f"ids.json#/$defs/{name}"}
