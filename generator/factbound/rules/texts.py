"""Rules about words: languages, lengths, and words that the site does not use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..library import Library
from ..model import Label, Term, Word, WordList
from ..problems import Problem, suggest
from ..prose import Text, Unlinked, paragraphs, walk
from .rule import Rule

MAX_DEFINITION = 300
"""Characters that a hover can show without covering what is read."""


def languages(library: Library) -> Iterator[Problem]:
    """Texts in languages that the site does not have, and texts that its first language lacks."""
    site = library.site
    assert site is not None
    known = [language.lang for language in site.languages]
    for entry in library.all:
        for passage in entry.survey.passages:
            if (
                passage.lang
                and passage.lang not in known
                and not (isinstance(passage.words, Label) and known[0] in passage.words.by_lang)
            ):
                yield entry.problem(
                    passage.keys,
                    "language",
                    f"'{passage.lang}' is not a language of this site",
                    suggest(passage.lang, known),
                    at_key=True,
                )
            elif passage.lang and known[0] not in passage.words.by_lang:
                yield entry.problem(
                    passage.keys[:-1],
                    "language",
                    f"the text has no '{known[0]}', the site's first language",
                    f"add '{known[0]}: …'",
                    at_key=True,
                )


def long_definitions(library: Library) -> Iterator[Problem]:
    """Definitions too long for a hover."""
    for entry in library.collection("glossary"):
        assert isinstance(entry.record, Term)
        for lang, text in entry.record.definition.by_lang.items():
            if len(" ".join(text.split())) > MAX_DEFINITION:
                keys = ("definition", lang) if lang else ("definition",)
                yield entry.problem(
                    keys,
                    "definition-long",
                    f"the definition has {len(' '.join(text.split()))} characters, more than {MAX_DEFINITION}",
                    "say it shorter, and move the rest to 'sections'",
                )


def unnamed_units(library: Library) -> Iterator[Problem]:
    """Units without a name in a language of the site."""
    site, about = library.site, library.about
    assert site is not None and about is not None
    for unit, names in site.units.items():
        for language in site.languages:
            if language.lang not in names:
                yield about.problem(
                    ("units", unit),
                    "language",
                    f"the unit '{unit}' has no name in '{language.lang}'",
                    f"add '{language.lang}: {{other: …}}'",
                    at_key=True,
                )


def refused_words(library: Library) -> Iterator[Problem]:
    """Words of content/words.yml in prose of their language, unless they stand in an expression that is excepted."""
    site = library.site
    assert site is not None
    lists = _refused(library.words)
    first = site.languages[0].lang
    for entry in library.all if lists else ():
        for passage in entry.survey.passages:
            refused = lists.get(passage.lang or first)
            if refused is None or not refused.may_stand_in(passage.text):
                continue
            for inlines in paragraphs(passage.parsed.blocks):
                for node in walk(inlines):
                    if not isinstance(node, Text | Unlinked):
                        continue
                    for word, found in refused.find(node.text):
                        yield entry.problem(
                            passage.keys,
                            "word-refused",
                            f"'{found[0]}' is a word that this site does not use: {word.because.strip().rstrip('.')}",
                            f"write {word.use.strip()}",
                            offset=node.at + found.start(),
                            snippet=found[0].split()[0],
                        )


class _Refused:
    """The refused words of one language."""

    def __init__(self, words: dict[str, Word]) -> None:
        self.words = {_folded(word): rule for word, rule in words.items()}
        excepted = {longer for rule in words.values() for longer in rule.except_in}
        ordered = (*_longest_first(excepted), *_longest_first(words))
        self.pattern = re.compile("|".join(map(_whole, ordered)), re.IGNORECASE)
        self.beginnings = {word.split(" ")[0] for word in self.words}

    def may_stand_in(self, text: str) -> bool:
        """A quick look that spares most texts the search; in the text as written a word can be wrapped or escaped."""
        text = text.casefold().replace("\\", "")
        if "\n" in text:
            text += text.replace("\n", "")
        return any(word in text for word in self.beginnings)

    def find(self, text: str) -> Iterator[tuple[Word, re.Match[str]]]:
        for found in self.pattern.finditer(text):
            if word := self.words.get(_folded(found[0])):
                yield word, found


def _refused(listed: WordList | None) -> dict[str, _Refused]:
    by_lang: dict[str, dict[str, Word]] = {}
    for word, rule in listed.words.items() if listed else ():
        by_lang.setdefault(rule.lang, {})[word] = rule
    return {lang: _Refused(words) for lang, words in by_lang.items()}


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _whole(word: str) -> str:
    # A word boundary means nothing between kanji.
    start, end = (r"\b" if one.isascii() and one.isalnum() else "" for one in (word[0], word[-1]))
    return start + r"\s+".join(map(re.escape, word.split())) + end


RULES = (
    Rule("language", "error", "A text in several languages has the site's first one, and only languages of the site; a unit has a name in each.", "title: {fr: Exemple}", "title: {en: Example}", (languages, unnamed_units)),
    Rule("definition-long", "error", f"A definition has at most {MAX_DEFINITION} characters, so that a hover can show it.", "definition: (a whole page)", "definition: One sentence.", (long_definitions,)),
    Rule("word-refused", "error", "Words listed in words.yml are not used in texts of their language.", "says: prior to the storm", "says: before the storm", (refused_words,)),
)  # fmt: skip
