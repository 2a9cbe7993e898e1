"""The tiny site with every string of its YAML turned against the page that shows it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import yaml

from factbound.library import Entry
from factbound.model import (
    COLLECTIONS,
    Accepted,
    Evidence,
    Guilt,
    IgnoredLink,
    Language,
    Measure,
    Original,
    Page,
    Record,
    Site,
    Source,
    Term,
    Titled,
    Word,
)
from factbound.model.readers import Help
from factbound.settings import Strict
from factbound.values import Count
from helpers import copy_site, library_of

LABEL = """</title><script>alert(document)</script><img src=x onerror=alert(document)> "q" 'a' &amp; &lt; | `c` *b* _u_ ~s~ {: onclick=x } ](javascript:x) \\ #"""
FREE = LABEL + " {{ x }} {% x %} [[y]] [@z] [^n]"
QUOTE = '<script>alert(document)</script> "q" &amp; |`c` {{x}} [[y]]'
STARTS = ("", "# ", "1. ", "!!! note ", "> ", "- ", "[x]: ", "| ", ": ")
"""What would begin a heading, a list, a quote, a definition or a box of Markdown."""

SHOWN: dict[type[Strict], set[str]] = {
    Source: {"title", "title_translated", "author", "publisher", "container_title", "agency", "because"},
    Original: {"title"},
    Help: {"phone"},
    Evidence: {"locator", "quote"},
    Term: {"reading", "aliases", "forms"},
    Site: {"units", "currencies"},
}
NOT_SHOWN: dict[type[Strict], set[str]] = {
    Term: {"not_in"},
    Measure: {"by"},
    Language: {"name"},
    Accepted: {"because"},
    IgnoredLink: {"because", "owner"},
    Word: {"use", "because", "except_in"},
    Guilt: {"words", "people", "except_in"},
    Count: {"unit"},
    **{model: {"keywords"} for model in (Titled, Record, Page)},
}
"""Fields of any text that no page prints, and keys of other fields."""
for _model in COLLECTIONS.values():
    if "keywords" in _model.model_fields:
        NOT_SHOWN[_model] = NOT_SHOWN.get(_model, set()) | {"keywords"}


def plain_text_fields(model: type[Strict]) -> set[str]:
    """Fields that take any text, as words of prose do not; a quote takes any that is short."""
    return {
        name
        for name, field in model.model_fields.items()
        if (model, name) == (Evidence, "quote")
        or (_takes_any(field.annotation) and not (field.annotation is str and field.metadata))
    }


def _takes_any(annotation: Any) -> bool:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return arguments[0] is not str and _takes_any(arguments[0])
    return annotation is str or any(map(_takes_any, arguments[1:] if origin is dict else arguments))


def write_hostile_site(to: Path, offset: int) -> tuple[Path, list[str]]:
    """A copy of the tiny site with hostile texts, and the texts as a reader must see them.

    `offset` decides which text begins with which of STARTS.
    """
    root, expected = copy_site(to), []
    letters = map("".join, itertools.product("abcdefghijklmnopqrstuvwxyz", repeat=3))
    starts = itertools.cycle(STARTS[offset:] + STARTS[:offset])

    def hostile(text: str, figures: bool = True) -> str:
        start = next(starts)
        expected.append(f"{start if figures or not start[:1].isdigit() else ''}zq{next(letters)} {text}")
        return expected[-1]

    library = library_of(root)
    for entry in library.all:
        data = _changeable(entry.document.data)
        for keys, old, new in [*_words(entry, hostile), *_plain(entry, hostile)]:
            _put(data, keys, old, new)
        body = data.pop("body", None)
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
        (root / entry.document.path).write_text(text if body is None else f"---\n{text}---\n{body}", "utf-8")
    return root, expected


def _words(entry: Entry, hostile: Callable[..., str]) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    for passage in entry.survey.passages:
        if passage.words.mode == "label":
            yield passage.keys, passage.text, hostile(LABEL)
        elif passage.lang in ("", "en"):
            # Within prose each sign can be escaped. A figure would ask for a citation.
            words = re.sub(r"[\\`*_\[\]{}()<>#+\-.!|@&:~\"']", r"\\\g<0>", hostile(LABEL, False))
            yield passage.keys, passage.text, f"{passage.text.rstrip()} {words}\n"


def _plain(entry: Entry, hostile: Callable[..., str]) -> Iterator[tuple[tuple[Any, ...], Any, Any]]:
    for keys, part in entry.survey.parts:
        for name in sorted(SHOWN.get(type(part), ())):
            value, alias = getattr(part, name), type(part).model_fields[name].alias or name
            if value and value != "unknown":
                yield (*keys, alias), value, _each(value, hostile, QUOTE if name == "quote" else FREE, name)


def _each(value: Any, hostile: Callable[..., str], text: str, name: str) -> Any:
    if isinstance(value, dict):
        # English forms stay: the definition of a term is a hover wherever a text mentions one. No page is in Japanese.
        kept = {"forms": "en", "units": "ja"}.get(name)
        return {key: one if key == kept else _each(one, hostile, text, name) for key, one in value.items()}
    return [_each(one, hostile, text, name) for one in value] if isinstance(value, tuple) else hostile(text)


def _changeable(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _changeable(value) for key, value in data.items()}
    return [_changeable(value) for value in data] if isinstance(data, tuple) else data


def _put(data: Any, keys: tuple[Any, ...], old: Any, new: Any) -> None:
    for key in keys[:-1]:
        data = data[key]
    assert _changeable(old) == data[keys[-1]] or isinstance(old, dict)
    data[keys[-1]] = _changeable(new)
