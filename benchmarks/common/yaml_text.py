"""Plain data in, YAML as an editor writes it out: folded prose, flow mappings for evidence and values."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 116
_SAFE = re.compile(r"[A-Za-z][A-Za-z ,.()/'-]*[A-Za-z.)]|[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*|https?://\S+")
_WORDS_OF_YAML = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


class Flow(dict[str, Any]):
    """A mapping that stands on one line."""


class Plain(str):
    """A scalar that needs no quotes: a date, a slug."""


def to_yaml(record: Mapping[str, Any], collection: str) -> str:
    """A content file."""
    schema = f"{'../' if collection else ''}_schema/{collection or 'site'}.json"
    return "\n".join([f"# yaml-language-server: $schema={schema}", *_mapping(record, 0)]) + "\n"


def _mapping(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, value in data.items():
        if value is None or value == {} or value == []:
            continue
        head = f"{' ' * indent}{_scalar(key)}:"
        if isinstance(value, dict) and not isinstance(value, Flow):
            yield head
            yield from _mapping(value, indent + 2)
        elif isinstance(value, list) and isinstance(value[0], dict):
            yield head
            yield from (f"{' ' * indent}  - {_scalar(item)}" for item in value)
        elif isinstance(value, str) and "\n" in value:
            yield f"{head} |"
            yield from _wrapped(value, indent + 2)
        elif isinstance(value, str) and len(head) + len(value) > WIDTH and not isinstance(value, Plain):
            yield f"{head} >-"
            yield from _wrapped(value, indent + 2)
        else:
            yield f"{head} {_scalar(value)}"


def _wrapped(text: str, indent: int) -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        for line in textwrap.wrap(paragraph, WIDTH - indent, break_long_words=False, break_on_hyphens=False):
            yield " " * indent + line


def _scalar(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{key}: {_scalar(item)}" for key, item in value.items() if item is not None)
            + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_scalar(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Plain):
        return str(value)
    if _SAFE.fullmatch(value) and ", " not in value and value.lower() not in _WORDS_OF_YAML:
        return str(value)
    return json.dumps(value, ensure_ascii=False)
