"""A record with every field of a model filled in, made from the model's types alone: what it holds is known without
asking the program."""

from __future__ import annotations

import datetime
import itertools
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import StringConstraints

from factbound.model import Words
from factbound.settings import Strict
from factbound.values import VALUE_KINDS, Date
from factbound.yamlfile import Keys


@dataclass
class Sample:
    """The data of one record, as a file would give it, and what stands in it."""

    model: type[Strict]
    data: dict[str, Any] = field(default_factory=dict)
    words: dict[Keys, str] = field(default_factory=dict)
    references: dict[Keys, str] = field(default_factory=dict)
    parts: list[Keys] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.data = self.part(self.model, ())

    def part(self, model: type[Strict], keys: Keys) -> dict[str, Any]:
        self.parts.append(keys)
        data = {}
        for name, one in model.model_fields.items():
            key = one.alias or name
            data[key] = self.value(one.rebuild_annotation(), (*keys, key))
            if name in getattr(model, "refers", {}):
                self.refer(model.refers[name], data, (*keys, key))  # type: ignore[attr-defined]
        return data

    def refer(self, to: object, data: dict[str, Any], keys: Keys) -> None:
        value = data[str(keys[-1])]
        if isinstance(to, Mapping):
            # The keys of a breakdown are free; one of them names a record.
            value.update(dict.fromkeys(to, "a-place"))
            self.references.update({(*keys, key): "a-place" for key in to})
        elif isinstance(value, str):
            self.references[keys] = value
        else:
            named = enumerate(value) if isinstance(value, tuple) else zip(value, value, strict=True)
            self.references.update({(*keys, key): target for key, target in named})

    def value(self, annotation: Any, keys: Keys) -> Any:
        number = next(self._numbers)
        if get_origin(annotation) is Annotated:
            pattern = next(
                (one.pattern for one in annotation.__metadata__ if isinstance(one, StringConstraints)), None
            )
            return _matching(str(pattern), number) if pattern else self.value(annotation.__origin__, keys)
        if get_origin(annotation) in (Union, types.UnionType):
            return self.value(next(one for one in get_args(annotation) if one is not type(None)), keys)
        if get_origin(annotation) is Literal:
            return get_args(annotation)[0]
        if get_origin(annotation) is dict:
            inner = get_args(annotation)
            key = "other" if inner[0] is str else self.value(inner[0], keys)
            return {key: self.value(inner[1], (*keys, key))}
        if get_origin(annotation) is tuple:
            inner = get_args(annotation)
            entries = 1 if get_origin(inner[0]) is Literal else 2
            return tuple(self.value(inner[0], (*keys, index)) for index in range(entries))
        if annotation in VALUE_KINDS.values():
            return {"number": number}
        if issubclass(annotation, Words):
            self.words[keys] = f"words {number}"
            return self.words[keys]
        if issubclass(annotation, Strict):
            return self.part(annotation, keys)
        plain = {
            str: f"text {number}",
            int: 1,
            Decimal: number,
            bool: True,
            Date: "2025",
            datetime.date: "2025-01-31",
        }
        return plain[annotation]


def _matching(pattern: str, number: int) -> str:
    """Text that fits one of the patterns of the model."""
    lang = chr(97 + number // 26 % 26) + chr(97 + number % 26)
    for mark, text in (
        ("https", f"https://example.org/{number}"),
        ("[A-Z]{3}", f"X{lang.upper()}"),
        ("A-Z", lang),
        ("d$", f"{number}d"),
    ):
        if mark in pattern:
            return text
    return f"name-{number}"
