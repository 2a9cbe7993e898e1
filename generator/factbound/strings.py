"""Every fixed word of the site in one language: `theme/strings/<lang>.yml`, a flat file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .model import Language, Site
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
    return Strings(language.lang, words, Setting(language.locale, words, names))


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
