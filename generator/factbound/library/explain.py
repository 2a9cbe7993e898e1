"""The validation's complaints in; problems in an editor's words out, at the keys or the values that are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from ..problems import Mend, Problem, closest, hidden, suggest
from ..settings import Strict
from ..values import HOW_TO_DATE, TAG, VALUE_KINDS
from ..yamlfile import Document, Keys
from . import meant
from .fields import field_at, fields_of, guideline, help_at, model_at, refers_at
from .levels import Astray, find_astray
from .wrong import HOW_TO_SEE, Place, right_key, wrong


def explain(document: Document, model: type[Strict], error: ValidationError) -> Iterator[Problem]:
    """What pydantic says of a record of a model, for an editor."""
    errors = [dict(one) for one in error.errors(include_url=False) if _counts(dict(one))]
    astray = _astray(document, model, errors)
    for keys, one in astray.items():
        if one.what:
            yield document.problem(keys, "unknown-key", one.what, one.todo, at_key=True)
    at_home = {keys for one in astray.values() for keys in (one.home, (*one.home, one.keys[-1]))}
    problems = [
        (keys, _problem(document, model, told))
        for told in errors
        for keys in [_keys_of(told)]
        if not any(keys[: len(at)] == at for at in astray) and keys not in at_home
    ]
    yield from _without_misspelt(problems)


def _without_misspelt(problems: list[tuple[Keys, Problem]]) -> Iterator[Problem]:
    """All but the keys that are missing since they are misspelt, which is told of the word that stands there."""
    meant = {
        (*keys[:-1], found[1] if (found := _MEANT.match(problem.todo)) else _NO_LETTER.sub("", str(keys[-1])))
        for keys, problem in problems
        if problem.rule == "unknown-key"
    }
    for keys, problem in problems:
        if problem.rule != "missing-key" or keys not in meant:
            yield problem


_NO_LETTER = re.compile("[^a-z-]")
"""What no key has, such as a character that cannot be seen."""
_MEANT = re.compile(
    "(?:did you mean '|put a space after the colon: |take the quotation marks off: )([a-z-]+)"
)


def _counts(error: dict[str, Any]) -> bool:
    # pydantic counts only the valid entries of a list; what is wrong with the others is said already.
    return bool(error["type"] != "too_short" or len(error["input"]) < error["ctx"]["min_length"])


def _keys_of(error: dict[str, Any]) -> Keys:
    return tuple(part for part in error["loc"] if not str(part).startswith(TAG))


def _astray(document: Document, model: type[Strict], errors: list[dict[str, Any]]) -> dict[Keys, Astray]:
    """Keys that stand at a wrong level."""
    found = {}
    for error in errors:
        keys = _keys_of(error)
        if (
            error["type"] in _LEVEL
            and keys[-1:] != ("[key]",)
            and (one := find_astray(document, model, keys))
        ):
            found[one.keys] = one
    return found


_LEVEL = (
    "extra_forbidden",
    "model_type",
    "model_attributes_type",
    "tuple_type",
    "dict_type",
    "string_type",
    "value",
)
"""What pydantic says of a value that stands at another key's place."""


def _problem(document: Document, model: type[Strict], error: dict[str, Any]) -> Problem:
    loc = error["loc"]
    keys = _keys_of(error)
    kind, context, given = error["type"], error.get("ctx") or {}, error["input"]
    if kind == "extra_forbidden":
        return _unknown_key(document, keys, given, list(fields_of(model_at(model, loc[:-1]))))
    if kind == "missing":
        help_text = guideline(help_at(model, loc))
        todo = f"add it: {help_text}" if help_text else "add it"
        return document.problem(keys[:-1], "missing-key", f"'{keys[-1]}' is missing", todo, at_key=True)
    if keys[-1] == "[key]":
        what, todo = f"'{keys[-2]}' cannot be a key here", right_key(keys[-2], context)
        return document.problem(keys[:-1], "wrong-value", what, todo, at_key=True)
    if kind == "value" and isinstance(given, dict) and (slip := _misspelt_kind(given, error["msg"])):
        return _unknown_key(document, (*keys, slip), given[slip], list(VALUE_KINDS))
    if lang := context.get("lang"):
        keys, given = (*keys, lang), given[lang]
    return _wrong_value(document, model, keys, given, error)


def _unknown_key(document: Document, keys: Keys, given: object, known: list[str]) -> Problem:
    name = str(keys[-1])
    todo = _after_a_comma(document, keys, given) or _tight(name, given, known) or suggest(name, known)
    return document.problem(keys, "unknown-key", f"unknown key '{name}'", todo, at_key=True)


def _after_a_comma(document: Document, keys: Keys, given: object) -> str:
    """What to do about the rest of a value within { } that a comma has made a key of."""
    name = str(keys[-1])
    if given is not None or document.text[document.key_start(keys) + len(name) :].lstrip()[:1] not in (
        ",",
        "}",
    ):
        return ""
    siblings = document.value(keys[:-1])
    names = list(siblings)
    before = next((one for one in reversed(names[: names.index(name)]) if siblings[one] is not None), "")
    if not before:
        return ""
    if name.isdigit() and isinstance(siblings[before], int):
        digits = "".join(one for one in names[names.index(before) + 1 :] if one.isdigit())
        return f"a comma ends a value here: write {before}: {siblings[before]}{digits}, without separators"
    return f"a comma ends a value within {{ }}: put the whole text of '{before}' in double quotes"


def _tight(name: str, given: object, known: list[str]) -> str:
    """What to do about a key that holds its value too, since no space stands after its colon, or that has curly quotes."""
    key, colon, value = name.partition(":")
    if colon and key in known:
        return f"put a space after the colon: {key}: {value or '…'}"
    if (found := hidden(name)) and not name[:1].isspace() and not name[-1:].isspace():
        return f"it holds a character that cannot be seen, {found}: {HOW_TO_SEE}"
    if name.strip() != name:
        return "the spaces at its ends are none to YAML: write plain ones"
    plain = name.strip("“”„‘’'\"")
    return f"take the quotation marks off: {plain}" if plain != name and plain in known else ""


def _misspelt_kind(given: dict[str, Any], said: str) -> str:
    """The one key of a mapping that is likely to be meant for a kind of value."""
    if not said.startswith("write a mapping with exactly one of") or set(given) & set(VALUE_KINDS):
        return ""
    others = {key for kind in VALUE_KINDS.values() for key in fields_of(kind)}
    likely = [key for key in given if key not in others and closest(key.partition(":")[0], VALUE_KINDS)]
    return likely[0] if len(likely) == 1 else ""


def _wrong_value(
    document: Document, model: type[Strict], keys: Keys, given: Any, error: dict[str, Any]
) -> Problem:
    name = next(str(key) for key in reversed(keys) if isinstance(key, str))
    at = _without_kind(error["loc"])
    place = Place(
        name,
        given,
        field_at(model, at),
        help_at(model, at),
        model_at(model, error["loc"]),
        refers_at(model, at),
    )
    what, todo = wrong(place, error["type"], error.get("ctx") or {}, error["msg"])
    mend = None
    if todo.startswith(HOW_TO_DATE) and (day := meant.date(given)):
        todo = f"write {day}"
        mend = Mend(*document.span(keys), day)
    elif todo.startswith(HOW_TO_DATE) and (days := meant.two_dates(given)):
        todo = f"write {days[0]} or {days[1]}, whichever is meant"
    return document.problem(keys, "wrong-value", f"'{name}' {what}", todo, at_key=given is None, mend=mend)


def _without_kind(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """The place of the value whose kind was picked."""
    return _without_kind(loc[:-1]) if str(loc[-1]).startswith(TAG) else loc
