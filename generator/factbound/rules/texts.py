"""Rules about words: markup, languages, lengths, and words that the site does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..library import Library
from ..model import Label, Source, Term
from ..problems import Problem, suggest
from ..prose import Code, Text, Unlinked, paragraphs, walk
from .rule import Rule

MAX_DEFINITION = 300
"""Characters that a hover can show without covering what is read."""


def markup(library: Library) -> Iterator[Problem]:
    """Mistakes of markup that parsing found."""
    for entry in library.all:
        for passage in entry.survey.passages:
            for trouble in passage.parsed.troubles:
                yield entry.problem(
                    passage.keys,
                    trouble.rule,
                    trouble.message,
                    trouble.todo,
                    offset=trouble.at,
                    snippet=trouble.snippet,
                )


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


def refused_words(library: Library) -> Iterator[Problem]:
    """Words of content/words.yml in any prose, unless they stand in an expression that is excepted."""
    if library.words is None or not library.words.words:
        return
    listed = {word.casefold(): rule for word, rule in library.words.words.items()}
    excepted = sorted(
        {longer for rule in library.words.words.values() for longer in rule.except_in}, key=len, reverse=True
    )
    pattern = re.compile(
        "|".join(_whole(word) for word in (*excepted, *sorted(library.words.words, key=len, reverse=True))),
        re.IGNORECASE,
    )
    for entry in library.all:
        if isinstance(entry.record, Source):
            continue  # titles of sources are printed as they are
        for passage in entry.survey.passages:
            if not pattern.search(passage.text):
                continue
            for inlines in paragraphs(passage.parsed.blocks):
                for node in walk(inlines):
                    for found in (
                        pattern.finditer(node.text)
                        if isinstance(node, Text | Unlinked) and not isinstance(node, Code)
                        else ()
                    ):
                        if rule := listed.get(found[0].casefold()):
                            yield entry.problem(
                                passage.keys,
                                "word-refused",
                                f"'{found[0]}' is a word that this site does not use: {rule.because.rstrip('.')}",
                                f"write {rule.use}",
                                offset=node.at + found.start(),
                                snippet=found[0],
                            )


def _whole(word: str) -> str:
    escaped = re.escape(word)
    return (
        (r"\b" if word[0].isascii() and word[0].isalnum() else "")
        + escaped
        + (r"\b" if word[-1].isascii() and word[-1].isalnum() else "")
    )


RULES = (
    Rule("markup", "error", "Prose keeps to the inline syntax; reported under the rules whose names begin with 'prose-'.", "says: see [[deepfake", 'says: "see [[deepfake]]"', markup),
    Rule("language", "error", "A text in several languages has the site's first one, and only languages of the site.", "title: {fr: Exemple}", "title: {en: Example}", languages),
    Rule("definition-long", "error", f"A definition has at most {MAX_DEFINITION} characters, so that a hover can show it.", "definition: (a whole page)", "definition: One sentence.", long_definitions),
    Rule("word-refused", "error", "Words listed in words.yml are not used.", "says: the perpetrator", "says: the suspect", refused_words),
)  # fmt: skip
