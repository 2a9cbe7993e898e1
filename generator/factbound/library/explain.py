"""The validation's complaints in; problems in an editor's words out, at the keys or the values that are wrong."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin

from pydantic import ValidationError

from ..problems import Mend, Problem, suggest
from ..settings import Strict, docstrings
from ..values import HOW_TO_DATE, TAG, likely_date
from ..yamlfile import Document, Keys


def explain(document: Document, model: type[Strict], error: ValidationError) -> Iterator[Problem]:
    """What pydantic says of a record of a model, for an editor."""
    for one in error.errors(include_url=False):
        context = one.get("ctx") or {}
        # pydantic counts only the valid entries of a list; what is wrong with the others is said already.
        if one["type"] != "too_short" or len(one["input"]) < context["min_length"]:
            yield _problem(document, model, dict(one))


def _problem(document: Document, model: type[Strict], error: dict[str, Any]) -> Problem:
    keys: Keys = tuple(part for part in error["loc"] if not str(part).startswith(TAG))
    kind, context = error["type"], error.get("ctx") or {}
    if kind == "extra_forbidden":
        known = _known_keys(_model_at(model, error["loc"][:-1]))
        name = str(keys[-1])
        if name.isdigit() and error["input"] is None:
            todo = "a comma ends a value here: write a number without separators, such as 1234"
            return document.problem(keys, "unknown-key", f"unknown key '{name}'", todo, at_key=True)
        return document.problem(
            keys, "unknown-key", f"unknown key '{name}'", suggest(name, known), at_key=True
        )
    if kind == "missing":
        todo = f"add it{_help(model, error['loc'])}"
        return document.problem(keys[:-1], "missing-key", f"'{keys[-1]}' is missing", todo, at_key=True)
    if keys[-1] == "[key]":
        return document.problem(
            keys[:-1],
            "wrong-value",
            f"'{keys[-2]}' cannot be a key here",
            _right_key(keys[-2], context),
            at_key=True,
        )
    given = error["input"]
    if lang := context.get("lang"):
        keys, given = (*keys, lang), given[lang]
    wanted = _model_at(model, error["loc"]) if kind in _MAPPINGS else None
    what, todo = _wrong(kind, given, context, error["msg"], wanted)
    name = next(str(key) for key in reversed(keys) if isinstance(key, str))
    mend = None
    if todo == HOW_TO_DATE and isinstance(given, str) and (date := likely_date(given)):
        todo, mend = f"write {date}", Mend(*document.span(keys), date)
    return document.problem(keys, "wrong-value", f"'{name}' {what}", todo, at_key=given is None, mend=mend)


_MAPPINGS = ("model_type", "model_attributes_type")
_TODO = {
    "string_type": "write text, in quotes if it is a number",
    "int_type": "write a whole number without quotes",
    "bool_type": "write true or false without quotes",
    "dict_type": "write a mapping: lines of 'name: …' below it, indented",
    "tuple_type": "write a list: lines that begin with '- ' below it",
}


def _wrong(
    kind: str, given: Any, context: dict[str, Any], said: str, wanted: type[Strict] | None
) -> tuple[str, str]:
    """What is wrong with a value, and what to do."""
    empty = given is None or given in ({}, ()) or (isinstance(given, str) and not given.strip())
    what = "is empty" if empty else f"cannot be {_shown(given)}"
    if kind == "literal_error":
        allowed = _allowed(context)
        if isinstance(given, bool) and "yes" in allowed:
            return f"is {_flow(given)}, a switch", 'write "yes" or "no" in quotes'
        return what, _choose(given, allowed)
    if kind == "string_pattern_mismatch":
        what, todo = _PATTERNS[_pattern_kind(str(context["pattern"]))]
        return f"is not {what}: {_shown(given)}", todo
    if kind == "too_short":
        least = context["min_length"]
        return what, "add at least one" if least == 1 else f"give at least {least}"
    if kind in ("greater_than_equal", "less_than_equal"):
        return what, f"use at {'least' if 'ge' in context else 'most'} {context.get('ge', context.get('le'))}"
    if kind == "string_too_long":
        limit = context["max_length"]
        return f"has {len(given)} characters", f"use at most {limit} characters"
    if wanted is not None:
        required = [key for key, field in _fields(wanted).items() if field.is_required()]
        needed = f", with {', '.join(required)}" if required else ""
        return what, f"write a mapping: lines of 'key: value' below it, indented{needed}"
    return what, _TODO.get(kind, said)


_PATTERNS = {
    "address": ("an address", "begin it with http:// or https:// and leave no spaces"),
    "currency": ("a currency", "use its code of three capital letters, such as EUR"),
    "language": ("a language", "use a tag such as en, fr or zh-Hant"),
    "days": ("a number of days", "write it as 180d"),
    "path": ("an id or path", "use lowercase letters, digits and single hyphens, parts joined by dots"),
    "id": ("an id", "use lowercase letters, digits and single hyphens"),
}


def _pattern_kind(pattern: str) -> str:
    for mark, kind in (
        ("^https", "address"),
        ("[A-Z]{3}", "currency"),
        ("A-Z", "language"),
        ("d$", "days"),
        (r"\.", "path"),
    ):
        if mark in pattern:
            return kind
    return "id"


def _right_key(given: object, context: dict[str, Any]) -> str:
    if "expected" in context:
        return _choose(given, _allowed(context))
    return _PATTERNS[_pattern_kind(str(context["pattern"]))][1]


def _allowed(context: dict[str, Any]) -> list[str]:
    return re.findall(r"'([^']*)'", context["expected"])


def _choose(given: object, allowed: list[str]) -> str:
    return suggest(given, allowed) if isinstance(given, str) else f"use one of: {', '.join(allowed)}"


def _shown(value: Any) -> str:
    text = _flow(value)
    return f"'{text if len(text) <= 60 else text[:57] + '…'}'"


def _flow(value: Any) -> str:
    """A value as an editor would write it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


# ----- where in the model a place of the data is -----


def _fields(model: type[Strict]) -> dict[str, Any]:
    """YAML key -> field."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _known_keys(model: type[Strict] | None) -> list[str]:
    return list(_fields(model)) if model else []


def _help(model: type[Strict], loc: tuple[Any, ...]) -> str:
    """The first sentence of a field's help text, as the end of an order."""
    owner = _model_at(model, loc[:-1])
    fields = owner.model_fields.items() if owner else ()
    name = next((name for name, field in fields if (field.alias or name) == loc[-1]), None)
    text = " ".join(docstrings(owner).get(name, "").split()) if owner and name else ""
    sentence = re.split(r"[.;](?:\s|$)", text)[0]
    if not sentence:
        return ""
    return f": {sentence}" if sentence[1:2].isupper() else f": {sentence[0].lower()}{sentence[1:]}"


def _model_at(model: Any, loc: tuple[Any, ...]) -> type[Strict] | None:
    """The model to which the keys at a place belong."""
    here: Any = model
    for part in loc:
        if isinstance(part, str) and part.startswith(TAG):
            here = next((one.__origin__ for one in _choices(here) if _tag(one) == part), None)
        elif isinstance(here, type) and issubclass(here, Strict):
            field = _fields(here).get(str(part))
            here = field.rebuild_annotation() if field else None
        else:
            here = next(
                (
                    get_args(one)[1 if get_origin(one) is dict else 0]
                    for one in _choices(here)
                    if get_origin(one) in (dict, tuple)
                ),
                None,
            )
        plain = [one for one in _choices(here) if isinstance(one, type) and issubclass(one, Strict)]
        if len(plain) == 1:
            here = plain[0]
    return here if isinstance(here, type) and issubclass(here, Strict) else None


def _choices(annotation: Any) -> list[Any]:
    """The alternatives of an annotation, with `Annotated` kept only where it names a kind."""
    if hasattr(annotation, "__metadata__"):
        return [annotation] if _tag(annotation) else _choices(annotation.__origin__)
    if get_origin(annotation) in (Union, types.UnionType):
        return [choice for one in get_args(annotation) for choice in _choices(one)]
    return [annotation]


def _tag(annotation: Any) -> str | None:
    return next((one.tag for one in getattr(annotation, "__metadata__", ()) if hasattr(one, "tag")), None)
