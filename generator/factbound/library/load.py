"""A project's folders in; the Library out, with a problem for every file that could not become a record."""

from __future__ import annotations

import gc
import re
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from pydantic import ValidationError

from ..model import COLLECTIONS, Page, Site, WordList
from ..problems import Problem, suggest
from ..settings import Project, Strict
from ..values import TAG
from ..yamlfile import Document, Keys, read_file
from .entry import Entry
from .library import Library

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load(project: Project) -> Library:
    """Read and validate all content. What is wrong with single files is in the library's `problems`."""
    with _collector_paused():
        problems: list[Problem] = []
        site_file = read_file(project.content / "site.yml", "content/site.yml")
        site = _single(site_file, Site, problems)
        words_file = project.content / "words.yml"
        words = (
            _single(read_file(words_file, "content/words.yml"), WordList, problems)
            if words_file.is_file()
            else None
        )
        entries: dict[str, Entry] = {}
        for file, collection in _files(project, problems):
            _add(file, collection, project, entries, problems)
    about = Entry("site", "site", site, site_file) if site else None
    return Library(project, about, words, entries, problems)


@contextmanager
def _collector_paused() -> Iterator[None]:
    # Reading makes many small objects and no cycles; the collector would search them again and again.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _files(project: Project, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """Every record and hand-written page, in the order of the collections and then of the names."""
    for collection in (*COLLECTIONS, "pages"):
        folder, ending = project.content / collection, ".md" if collection == "pages" else ".yml"
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            if file.suffix == ending and not file.name.startswith("."):
                yield file, collection
            elif file.suffix in (".yml", ".yaml", ".md") and not file.name.startswith("."):
                problems.append(
                    Problem(
                        project.shown(file),
                        1,
                        1,
                        "error",
                        "file-name",
                        f"'{file.name}' is not read here",
                        f"name it {file.stem}{ending}",
                    )
                )
            elif file.is_dir() and collection != "pages":
                problems.append(
                    Problem(
                        project.shown(file),
                        1,
                        1,
                        "error",
                        "file-name",
                        f"the folder '{file.name}' is not read",
                        f"put its records into content/{collection}/ itself",
                    )
                )


def _single(document: Document, model: type[Any], problems: list[Problem]) -> Any:
    problems.extend(document.problems)
    return None if document.data is None or document.problems else _validate(document, model, problems)


def _add(
    file: Path, collection: str, project: Project, entries: dict[str, Entry], problems: list[Problem]
) -> None:
    document = read_file(file, project.shown(file))
    problems.extend(document.problems)
    id = file.stem
    if not _ID.fullmatch(id):
        todo = (
            "use lowercase letters, digits and single hyphens: the file name is the record's id and address"
        )
        problems.append(Problem(document.path, 1, 1, "error", "file-name", f"'{id}' cannot be an id", todo))
    elif id in (*COLLECTIONS, "pages", "index"):
        problems.append(
            Problem(
                document.path,
                1,
                1,
                "error",
                "id-unique",
                f"'{id}' is the name of a collection",
                "choose another file name",
            )
        )
    elif id in entries:
        other = entries[id].document.path
        problems.append(
            Problem(
                document.path,
                1,
                1,
                "error",
                "id-unique",
                f"'{id}' is already the id of {other}",
                "choose another file name: an id is unique across all collections",
            )
        )
    if document.data is None or document.problems:
        return
    record = _validate(document, Page if collection == "pages" else COLLECTIONS[collection], problems)
    if record is not None and id not in entries:
        entries[id] = Entry(id, collection, record, document)


def _validate(document: Document, model: type[Any], problems: list[Problem]) -> Any:
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        problems.extend(_problem(document, model, dict(one)) for one in error.errors(include_url=False))
        return None


def _problem(document: Document, model: type[Strict], error: dict[str, Any]) -> Problem:
    """One complaint of the validation in an editor's words, at the key or the value that is wrong."""
    keys: Keys = tuple(part for part in error["loc"] if not str(part).startswith(TAG))
    kind, name, given = error["type"], keys[-1] if keys else "", error.get("input")
    context = error.get("ctx") or {}
    if kind == "extra_forbidden":
        known = _known_keys(_model_at(model, error["loc"][:-1]))
        return document.problem(
            keys, "unknown-key", f"unknown key '{name}'", suggest(str(name), known), at_key=True
        )
    if kind == "missing":
        field = _field_at(model, error["loc"])
        says = (field.description or "").split(". ")[0].split("\n")[0].rstrip(".") if field else ""
        return document.problem(
            keys[:-1],
            "missing-key",
            f"'{name}' is missing",
            f"add it{': ' + says[:1].lower() + says[1:] if says else ''}",
            at_key=True,
        )
    if name == "[key]":
        keys = keys[:-1]
        what = (
            "a language tag such as en or ja"
            if "A-Z" in str(context.get("pattern"))
            else "lowercase letters, digits and single hyphens"
        )
        return document.problem(
            keys, "wrong-value", f"'{keys[-1]}' cannot be a key here", f"use {what}", at_key=True
        )
    message, todo = _wrong_value(kind, given, context, error["msg"])
    return document.problem(
        keys, "wrong-value", f"'{name}' {message}" if name != "" else message, todo, at_key=given is None
    )


def _wrong_value(kind: str, given: Any, context: dict[str, Any], said: str) -> tuple[str, str]:
    shown = f"'{_short(given)}'"
    if kind == "value":
        return ("is empty" if given is None else f"cannot be {shown}"), said
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context["expected"])
        if isinstance(given, bool) and "yes" in allowed:
            return f"is {str(given).lower()}, a switch", 'write "yes" or "no" in quotes'
        return ("is empty" if given is None else f"cannot be {shown}"), suggest(
            str(given), allowed
        ) if isinstance(given, str) else f"use one of: {', '.join(allowed)}"
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern"))
        if pattern.startswith("^https"):
            return f"is not an address: {shown}", "begin it with http:// or https:// and leave no spaces"
        if "A-Z]{3}" in pattern:
            return f"is not a currency: {shown}", "use its code of three capital letters, such as JPY"
        if "A-Z" in pattern:
            return f"is not a language: {shown}", "use a tag such as en, ja or zh-Hant"
        return f"is not an id: {shown}", "use lowercase letters, digits and single hyphens" + (
            ", parts joined by dots" if r"\." in pattern else ""
        )
    if kind in ("too_short", "string_too_short"):
        return "is empty", "add at least one" if kind == "too_short" and context.get(
            "min_length"
        ) == 1 else f"give at least {context.get('min_length', 1)}"
    if kind in ("greater_than_equal", "less_than_equal", "string_too_long"):
        limit = context.get("ge", context.get("le", context.get("max_length")))
        return (
            f"cannot be {shown}",
            f"use at {'least' if kind.startswith('greater') else 'most'} {limit}{' characters' if kind == 'string_too_long' else ''}",
        )
    wanted = {
        "string_type": "write text, in quotes if it is a number",
        "int_type": "write a whole number without quotes",
        "bool_type": "write true or false without quotes",
        "dict_type": "write a mapping: lines of 'name: …' below it, indented",
        "tuple_type": "write a list: lines that begin with '- ' below it",
        "model_type": "write a mapping: lines of 'key: value' below it, indented",
        "model_attributes_type": "write a mapping: lines of 'key: value' below it, indented",
    }.get(kind, said)
    what = {dict: "is a mapping", tuple: "is a list", type(None): "is empty"}.get(
        type(given), f"cannot be {shown}"
    )
    return what, wanted


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _known_keys(model: type[Strict] | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _field_at(model: type[Strict], loc: tuple[Any, ...]) -> Any:
    owner = _model_at(model, loc[:-1])
    return (
        next((field for name, field in owner.model_fields.items() if (field.alias or name) == loc[-1]), None)
        if owner
        else None
    )


def _model_at(model: Any, loc: tuple[Any, ...]) -> type[Strict] | None:
    """The model to which the keys at a place belong."""
    here: Any = model
    for part in loc:
        if isinstance(part, str) and part.startswith(TAG):
            here = next((one for one in _choices(here) if _tag(one) == part), None)
        elif isinstance(here, type) and issubclass(here, Strict):
            here = next(
                (
                    field.rebuild_annotation()
                    for name, field in here.model_fields.items()
                    if (field.alias or name) == part
                ),
                None,
            )
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
        if _tag(annotation):
            return [annotation, *_choices(annotation.__origin__)]
        return _choices(annotation.__origin__)
    if get_origin(annotation) in (Union, types.UnionType):
        return [choice for one in get_args(annotation) for choice in _choices(one)]
    return [annotation]


def _tag(annotation: Any) -> str | None:
    return next((one.tag for one in getattr(annotation, "__metadata__", ()) if hasattr(one, "tag")), None)
