"""A passage in; how its language reads and writes values out."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ...library import Library, Passage
from ...strings import MissingString, read_strings
from ...values import Reader, Setting, Typed
from .held import NUMBERS


class Language(NamedTuple):
    """How one language reads and writes values."""

    find: Callable[[str], tuple[Typed, ...]]
    """The values of a text. Several rules ask for one text in turn, so the last ones are kept."""
    setting: Setting


def _language(reader: Reader, setting: Setting) -> Language:
    @lru_cache(maxsize=64)
    def find(text: str) -> tuple[Typed, ...]:
        return tuple(reader.find(text)) if NUMBERS.search(text) else ()

    return Language(find, setting)


class Languages:
    """The languages of a site, each made when a text in it is first read: it waits for Unicode's data."""

    def __init__(self, library: Library, currencies: set[str]) -> None:
        self.library = library
        self.currencies = currencies
        self.made: dict[str, Language | None] = {}

    def of(self, passage: Passage) -> Language | None:
        """That of a passage; None for one that the site, or its theme, does not have."""
        site = self.library.site
        assert site is not None
        lang = passage.lang or site.languages[0].lang
        if lang not in self.made:
            self.made[lang] = self._make(lang)
        return self.made[lang]

    def _make(self, lang: str) -> Language | None:
        site = self.library.site
        assert site is not None
        language = next((one for one in site.languages if one.lang == lang), None)
        if language is None:
            return None
        try:
            setting = read_strings(self.library.project.theme / "strings", language, site).setting
            return _language(Reader(setting, self.currencies), setting)
        except MissingString:
            return None  # the build says so
