"""A model and a place in its data in; the field that belongs there, its keys and its help out."""

from __future__ import annotations

import re
import types
from functools import cache
from typing import Any, Union, get_args, get_origin

from ..settings import Strict, docstrings
from ..values import TAG


def fields_of(model: type[Strict] | None) -> dict[str, Any]:
    """YAML key -> field."""
    return {field.alias or name: field for name, field in model.model_fields.items()} if model else {}


@cache
def attributes_of(model: type[Strict]) -> dict[str, str]:
    """YAML key -> attribute."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


def field_at(model: type[Strict], loc: tuple[Any, ...]) -> Any:
    """The field that a key at a place belongs to; None where there is none, as for the keys of a free mapping."""
    return fields_of(model_at(model, loc[:-1])).get(loc[-1])


def model_at(model: Any, loc: tuple[Any, ...]) -> type[Strict] | None:
    """The model to which the keys at a place belong."""
    here: Any = model
    for part in loc:
        if isinstance(part, str) and part.startswith(TAG):
            here = next((one.__origin__ for one in choices_of(here) if _tag(one) == part), None)
        elif isinstance(here, type) and issubclass(here, Strict):
            field = fields_of(here).get(str(part))
            here = field.rebuild_annotation() if field else None
        else:
            here = next(
                (
                    get_args(one)[1 if get_origin(one) is dict else 0]
                    for one in choices_of(here)
                    if get_origin(one) in (dict, tuple)
                ),
                None,
            )
        plain = [one for one in choices_of(here) if isinstance(one, type) and issubclass(one, Strict)]
        if len(plain) == 1:
            here = plain[0]
    return here if isinstance(here, type) and issubclass(here, Strict) else None


def choices_of(annotation: Any) -> list[Any]:
    """The alternatives of an annotation, with `Annotated` kept only where it names a kind."""
    if hasattr(annotation, "__metadata__"):
        return [annotation] if _tag(annotation) else choices_of(annotation.__origin__)
    if get_origin(annotation) in (Union, types.UnionType):
        return [choice for one in get_args(annotation) for choice in choices_of(one)]
    return [annotation]


def help_at(model: type[Strict], loc: tuple[Any, ...]) -> str:
    """The help text of the field that a key at a place belongs to, in one line; empty where there is none."""
    owner, name = _attribute_at(model, loc)
    return " ".join(docstrings(owner).get(name, "").split()) if owner else ""


def refers_at(model: type[Strict], loc: tuple[Any, ...]) -> str:
    """The collection of which the field at a place names a record; empty where it names none, or one of any."""
    owner, name = _attribute_at(model, loc)
    refers = getattr(owner, "refers", {}).get(name, "")
    return refers if isinstance(refers, str) else ""


def _attribute_at(model: type[Strict], loc: tuple[Any, ...]) -> tuple[type[Strict] | None, str]:
    """The model to which a key at a place belongs, and what it calls the key; empty where it does not know it."""
    owner = model_at(model, loc[:-1])
    return owner, attributes_of(owner).get(str(loc[-1]), "") if owner else ""


def guideline(text: str) -> str:
    """The first sentence of a help text, as the end of an order."""
    sentence = re.split(r"\.(?:\s|$)", text)[0]
    if "`unknown`" not in sentence:
        sentence = sentence.partition("; ")[0]
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def example(text: str) -> str:
    """The first example of a help text, as YAML; empty where it has none."""
    examples = re.split(r"\s+Example: ", text)[1:]
    return examples[0] if examples else ""


def _tag(annotation: Any) -> str | None:
    return next((one.tag for one in getattr(annotation, "__metadata__", ()) if hasattr(one, "tag")), None)
