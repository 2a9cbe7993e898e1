"""Every fixed word of the site in one language: `theme/strings/<lang>.yml`, a flat file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .model import SCRIPTS, Language, Site
from .prose import escape, escape_inline
from .values import Setting
from .yamlfile import read_file


class MissingString(Exception):
    """The program asks for a word that the language's file does not have."""


@dataclass(frozen=True)
class Strings:
    """The words of one language, and how it sets values."""

    lang: str
    words: Mapping[str, str]
    setting: Setting
    foreign: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    """Language -> what its words look like in texts of this one: runs of a script that this one does not use."""

    def phrases(self, markdown: str) -> str:
        """Markdown in which phrases of another language are marked as such, for voices and fonts."""
        if markdown.isascii():
            return markdown
        for lang, pattern in self.foreign.items():
            markdown = pattern.sub(rf'<span lang="{lang}">\g<0></span>', markdown)
        return markdown

    def foreign_in(self, text: str) -> list[tuple[str, str]]:
        """Each phrase of another language in plain words, in their order, with its language before it."""
        if text.isascii():
            return []
        found = [
            (one.start(), lang, one[0]) for lang, form in self.foreign.items() for one in form.finditer(text)
        ]
        return [(lang, phrase) for _at, lang, phrase in sorted(found)]

    def escaped(self, text: object) -> str:
        """Plain words as Markdown, with those of another language marked as such; at the start of a line too."""
        return self.phrases(escape(text))

    def escaped_inline(self, text: object) -> str:
        """The same for words that stand inside a line."""
        return self.phrases(escape_inline(text))

    def __call__(self, key: str, **values: object) -> str:
        """A fixed word, with its blanks filled.

        Raises MissingString where the language's file lacks it.
        """
        try:
            return self.words[key].format(**values)
        except KeyError as error:
            raise MissingString(
                f"theme/strings/{self.lang}.yml lacks '{key}' or one of its blanks ({error})"
            ) from None


def read_strings(folder: Path, language: Language, site: Site) -> Strings:
    """The strings of a language of the site.

    Raises MissingString where there is no such file, it is not understood, or the locale is not known.
    """
    _check_locale(language)
    file = folder / f"{language.lang}.yml"
    if not file.is_file():
        raise MissingString(
            f"theme/strings/{language.lang}.yml does not exist (copy en.yml and translate it)"
        )
    document = read_file(file, f"theme/strings/{file.name}")
    if document.problems or document.data is None:
        raise MissingString("\n".join(map(str, document.problems)))
    words = _Words({key: str(text) for key, text in document.data.items()}, language.lang)
    names = {
        key: forms[language.lang]
        for table in (site.units, site.currencies)
        for key, forms in table.items()
        if language.lang in forms
    }
    foreign = {
        lang: _runs(SCRIPTS[script])
        for script, lang in site.scripts.items()
        if not _same(lang, language.lang)
    }
    return Strings(language.lang, words, Setting(language.locale, words, names), foreign)


_SIGNS = r"0-9\u3000-\u303f\uff00-\uff65・"
_INNER = rf"(?:[{_SIGNS}A-Za-z]*|[{_SIGNS}\s]*)"
"""What may stand inside a phrase without ending it: letters of names, and gaps, but no words between gaps."""


def _runs(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}](?:{_INNER}[{characters}])*")


def _same(one: str, other: str) -> bool:
    return one.partition("-")[0] == other.partition("-")[0]


def _check_locale(language: Language) -> None:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(language.locale, sep="-")
    except (UnknownLocaleError, ValueError):
        todo = "use one that Unicode CLDR has, such as en-GB or ja-JP"
        raise MissingString(
            f"content/site.yml: no dates and numbers are known for the locale '{language.locale}' ({todo})"
        ) from None


class _Words(dict[str, str]):
    def __init__(self, words: dict[str, str], lang: str) -> None:
        super().__init__(words)
        self.lang = lang

    def __missing__(self, key: str) -> str:
        raise MissingString(f"theme/strings/{self.lang}.yml lacks '{key}'")
