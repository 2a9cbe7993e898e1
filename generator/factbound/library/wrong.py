"""A value that a field does not take and the validation's complaint in; what is wrong and what to do, in an editor's words, out."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, get_args

from ..problems import hidden, nearest
from ..settings import Strict
from ..values import HOW_TO_DATE, VALUE_KINDS, likely_currency
from . import meant
from .fields import example, fields_of, guideline
from .naming import likely_id


class Place(NamedTuple):
    """A value that is wrong, and what its field wants."""

    name: str
    """The key under which it stands, or in whose list."""
    given: Any
    field: Any
    """None for an entry of a list or of a free mapping."""
    help: str
    """The field's help text."""
    model: type[Strict] | None
    """What a mapping here would be."""
    refers: str = ""
    """The collection of which it names a record; empty for other values."""

    @property
    def is_empty(self) -> bool:
        given = self.given
        return given is None or given in ({}, ()) or (isinstance(given, str) and not given.strip())


_TODO = {
    "string_type": "write text, in quotes if it is a number",
    "int_type": "write a whole number without quotes",
    "bool_type": "write true or false without quotes",
    "dict_type": "write a mapping: lines of 'name: …' below it, indented",
    "tuple_type": "write a list: lines that begin with '- ' below it",
}
_NUMBER = "write a number in plain digits"
_ONE_KIND = "write a mapping with exactly one of"


def wrong(place: Place, kind: str, context: dict[str, Any], said: str) -> tuple[str, str]:
    """What is wrong with a value, and what to do."""
    given = place.given
    what = "is empty" if place.is_empty else f"cannot be {_shown(given)}"
    if isinstance(given, str) and kind != "string_too_long" and (found := _hidden(given, kind)):
        return f"holds a character that cannot be seen: {found}", HOW_TO_SEE
    if kind == "literal_error":
        allowed = _allowed(context)
        if isinstance(given, bool) and "yes" in allowed:
            return f"is {_flow(given)}, a switch", 'write "yes" or "no" in quotes'
        return what, _choose(given, allowed)
    if kind == "string_pattern_mismatch":
        pattern = _pattern_kind(str(context["pattern"]))
        what, todo = _PATTERNS[pattern]
        if pattern == "currency":
            todo = likely_currency(given) or todo
        return f"is not {what}: {_shown(given)}", _as_id(todo, given, in_list=place.field is None)
    if kind == "too_short":
        least = context["min_length"]
        return what, "add at least one" if least == 1 else f"give at least {least}"
    if kind in ("greater_than_equal", "less_than_equal"):
        return what, f"use at {'least' if 'ge' in context else 'most'} {context.get('ge', context.get('le'))}"
    if kind == "string_too_long":
        limit = context["max_length"]
        return f"has {len(given)} characters", f"use at most {limit} characters"
    if given is None:
        return what, _how_to_fill(place, _generally(place, kind, said))
    if isinstance(given, str) and _is_quoted(given, kind, said):
        return f"is in quotes: {_shown(given)}", f"take them off: {place.name}: {given}"
    return what, _precisely(place, kind, said) or _generally(place, kind, said)


def _hidden(given: str, kind: str) -> str:
    # Other spaces than the plain one may part thousands, and words.
    whole = kind in ("literal_error", "string_pattern_mismatch")
    return hidden(given if whole else given.replace(given.strip(), re.sub(r"\s", "", given)))


HOW_TO_SEE = "remove it, or write a plain space for it"


def _is_quoted(given: str, kind: str, said: str) -> bool:
    """Whether a text would be right if it were none."""
    if kind == "bool_type":
        return given in ("true", "false")
    return (kind == "int_type" or said.startswith(_NUMBER)) and given == meant.number(given)


def _generally(place: Place, kind: str, said: str) -> str:
    """What a field wants, whatever stands there."""
    if kind.startswith("model_") and place.model:
        required = [key for key, field in fields_of(place.model).items() if field.is_required()]
        needed = f", with {', '.join(required)}" if required else ""
        return f"write a mapping: lines of 'key: value' below it, indented{needed}"
    if kind == "string_type" and (pattern := _pattern_of(place.field)):
        what, todo = _PATTERNS[_pattern_kind(pattern)]
        if place.refers:
            return f"write the id of a record: the name of a file in content/{place.refers}/, without .yml"
        return f"write {what}: {todo}"
    return _TODO.get(kind, said)


def _pattern_of(field: Any) -> str:
    """The pattern of a field that holds one text; empty for another field."""
    kinds = (
        [more for one in get_args(field.annotation) for more in getattr(one, "__metadata__", ())]
        if field is not None
        else []
    )
    given = (*getattr(field, "metadata", ()), *kinds)
    return next((one.pattern for one in given if isinstance(getattr(one, "pattern", None), str)), "")


def _how_to_fill(place: Place, generally: str) -> str:
    """What to write where nothing stands."""
    what, such = guideline(place.help), example(place.help)
    if generally.startswith(HOW_TO_DATE):
        todo = f"write it: {what}; a day as 2025-04-14, a month as 2025-04" if what else generally
    elif what and such and not re.match(r"write a (?:list|mapping)", generally):
        todo = f"write it: {what}, such as: {such.removesuffix('.')}"
    else:
        todo = generally
    return todo if place.field is None or place.field.is_required() else f"{todo}, or remove the line"


def _precisely(place: Place, kind: str, said: str) -> str:
    """What to write, where it is plain what is meant."""
    name, given = place.name, place.given
    if (
        kind in ("string_type", "value")
        and isinstance(given, int | float)
        and "in quotes if it is" in _generally(place, kind, said)
    ):
        return f'put it in quotes: "{_flow(given)}"'
    if kind == "bool_type" and given in ("yes", "no"):
        return f"write {name}: {'true' if given == 'yes' else 'false'}"
    if isinstance(given, str) and (kind == "int_type" or said.startswith(_NUMBER)):
        likely = meant.quantity(name, given)
        return f"write {likely}" if likely else ""
    if kind == "tuple_type":
        return _as_list(place)
    if kind == "dict_type" and isinstance(given, tuple):
        return "give each entry a name of its own: 'name:' in place of '- ', and its keys below it, indented"
    if isinstance(given, tuple) and len(given) == 1 and isinstance(given[0], dict) and given[0]:
        return f"take the '-' before '{next(iter(given[0]))}' away"
    if kind.startswith("model_"):
        return _as_mapping(place)
    if said.startswith(_ONE_KIND) and (likely := meant.value(given)):
        others = ", ".join(kind for kind in VALUE_KINDS if kind != "number")
        return (
            f"write {likely}, or another of: {others}" if likely.startswith("{number") else f"write {likely}"
        )
    return ""


def _as_list(place: Place) -> str:
    given = place.given
    if isinstance(given, str) and re.fullmatch(r"[\w ,.'-]+", given):
        return f"write a list: {place.name}: [{given}]"
    if isinstance(given, dict) and given:
        return f"write a list: put '- ' before '{next(iter(given))}', and two spaces before the lines that belong to it"
    return ""


def _as_mapping(place: Place) -> str:
    given = place.given
    known = fields_of(place.model)
    if isinstance(given, str) and (found := re.match(r"([a-z-]+):(?=\S)", given)) and found[1] in known:
        return f"put a space after the colon: {found[1]}: {given[found.end() :]}"
    required = [key for key, field in known.items() if field.is_required()]
    likely = meant.mapping(given, required or ["says"] if "says" in known else required)
    return f"write {likely}" if likely else ""


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


def right_key(given: object, context: dict[str, Any]) -> str:
    if isinstance(given, str) and (found := hidden(given)):
        return f"it holds a character that cannot be seen, {found}: {HOW_TO_SEE}"
    if "expected" in context:
        return _choose(given, _allowed(context))
    return _as_id(_PATTERNS[_pattern_kind(str(context["pattern"]))][1], given)


def _as_id(todo: str, given: object, *, in_list: bool = False) -> str:
    """What to do about an id that is none, with the one that it is likely to stand for."""
    if todo != _PATTERNS["id"][1] or not isinstance(given, str):
        return todo
    if re.search("[,;、，]", given):
        return (
            "list them within [ ], with a comma and a space between two" if in_list else "give one id alone"
        )
    likely = likely_id(given)
    return f"{todo}: {likely}" if likely else todo


def _allowed(context: dict[str, Any]) -> list[str]:
    return re.findall(r"'([^']*)'", context["expected"])


def _choose(given: object, allowed: list[str]) -> str:
    if not isinstance(given, str):
        return one_of(allowed)
    return nearest(given, allowed) or one_of(allowed).replace("use one of", "known", 1)


def one_of(allowed: list[str]) -> str:
    """The words from which one is to be chosen, as they are written in YAML."""
    written = (f'"{word}"' if word in ("yes", "no") else word for word in allowed)
    return f"use one of: {', '.join(written)}"


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
