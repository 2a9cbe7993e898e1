"""Ids, languages and the words of editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import StringConstraints
from pydantic_core import PydanticCustomError, core_schema

from ..prose import Mode

_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=_SLUG)]
"""Lowercase Latin letters, digits and single hyphens: an id, an anchor, part of an address."""
Path = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$")]
"""`id` of a record, or `id.facts.name`, the path of something in it."""
Lang = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
"""BCP 47 language tag, such as en, ja, zh-Hant, en-GB."""
Web = Annotated[str, StringConstraints(pattern=r'^https?://[^\s<>"\\^`{|}]+$')]
"""An address that begins with http:// or https://."""
Days = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,3}d$")]
"""A number of days, such as 180d."""
YesNo = Literal["yes", "no", "unknown"]


class Words:
    """Words of an editor in one or more languages; which markup they may hold depends on the class."""

    __slots__ = ("by_lang",)
    mode: ClassVar[Mode] = "block"

    def __init__(self, by_lang: Mapping[str, str]) -> None:
        self.by_lang = by_lang
        """Language -> text; the key is empty where the YAML has plain text, which is in the site's first language."""

    def in_(self, lang: str, first: str) -> tuple[str, str]:
        """The text in a language, else in the site's first one, and the language that it is in."""
        for key, tag in ((lang, lang), ("", first), (first, first)):
            if key in self.by_lang and (key or lang == first or lang not in self.by_lang):
                return self.by_lang[key], tag
        key, text = next(iter(self.by_lang.items()))
        return text, key

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self.by_lang)!r})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.by_lang == getattr(other, "by_lang", None)

    def __hash__(self) -> int:
        return hash(tuple(self.by_lang.items()))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return core_schema.no_info_plain_validator_function(
            cls._read,
            json_schema_input_schema=core_schema.any_schema(),
            metadata={"pydantic_js_updates": cls._json_schema()},
        )

    @classmethod
    def _read(cls, value: object) -> Words:
        if isinstance(value, cls):
            return value
        by_lang = {"": value} if isinstance(value, str) else value
        if not isinstance(by_lang, dict) or not by_lang:
            raise _mistake(
                "write text, in quotes if it is a number, or a mapping of languages: {en: …, fr: …}"
            )
        for lang, text in by_lang.items():
            if not isinstance(text, str):
                raise _mistake("write text, in quotes if it is a number", lang)
            if not text.strip():
                raise _mistake("write the text, or remove the key", lang)
        return cls(dict(by_lang))

    @classmethod
    def _json_schema(cls) -> dict[str, Any]:
        text = {"type": "string", "pattern": r"\S"}
        by_lang = {"type": "object", "minProperties": 1, "additionalProperties": text}
        return {"anyOf": [text, by_lang]}


def _mistake(todo: str, lang: str = "") -> PydanticCustomError:
    # Where one language is wrong, `lang` leads to its line.
    return PydanticCustomError("value", "{todo}", {"todo": todo, "lang": lang})


class Label(Words):
    """A title, name or label: plain words."""

    mode = "label"


class Line(Words):
    """One paragraph of prose."""

    mode = "line"


class Prose(Words):
    """Paragraphs, lists and quotes."""

    mode = "block"
