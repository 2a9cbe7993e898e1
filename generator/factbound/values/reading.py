"""Fields that are read by functions of our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import GetPydanticSchema
from pydantic_core import PydanticCustomError, core_schema

TAG = "kind:"
"""Begins each part of a pydantic error's location that names a kind and is no key of the data."""


def _validator(parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def validate(value: Any) -> Any:
        try:
            return parse(value)
        except ValueError as error:
            raise PydanticCustomError("value", "{todo}", {"todo": str(error)}) from None

    return validate


def plain_schema(parse: Callable[[Any], Any], json_schema: dict[str, Any]) -> core_schema.CoreSchema:
    """A pydantic field read by a function of our own that raises ValueError with what to do."""
    # pydantic describes nothing that a function reads, so the schema is given.
    return core_schema.no_info_plain_validator_function(
        _validator(parse),
        json_schema_input_schema=core_schema.any_schema(),
        metadata={"pydantic_js_updates": json_schema},
    )


def plain_type(parse: Callable[[Any], Any], json_schema: dict[str, Any]) -> GetPydanticSchema:
    """The same as an annotation."""
    return GetPydanticSchema(lambda _source, _handler: plain_schema(parse, json_schema))
