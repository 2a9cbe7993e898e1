"""Rules about words: languages, lengths, and words that the site does not use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..library import Entry, Library
from ..model import AnyRecord, Label, Site, Source, Term, Word, WordList
from ..problems import Problem, suggest
from ..prose import (
    Block,
    Cite,
    Emphasis,
    Image,
    Inline,
    Link,
    Paragraph,
    Ref,
    Strong,
    Text,
    Unlinked,
    paragraphs,
    walk,
)
from ..yamlfile import Keys
from .rule import Rule
from .wording import HIDDEN, Wording, folded, place_of

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


_NAMES_A_RECORD = re.compile(
    r"(?<![\w@])@([a-z0-9]+(?:-[a-z0-9]+)*)|(?<!\[)\[([a-z0-9]+(?:-[a-z0-9]+)*)\](?!\])"
)


def unmarked_citations(library: Library) -> Iterator[Problem]:
    """The id of a record in words: `(@id)` or `[id]` cites nothing and links nowhere, and readers see it."""
    for entry in library.all:
        for passage in entry.survey.passages:
            # A label holds no citation, which its own rule says.
            if passage.words.mode == "label" or ("@" not in passage.text and "[" not in passage.text):
                continue
            for node in (node for run in paragraphs(passage.parsed.blocks) for node in walk(run)):
                for found in _NAMES_A_RECORD.finditer(node.text) if isinstance(node, Text) else ():
                    if told := _unmarked(library, found[1] or found[2], in_brackets=not found[1]):
                        what, todo = told
                        yield entry.problem(
                            passage.keys,
                            "citation-unmarked",
                            f"'{found[0]}' names {what}",
                            f"write {todo}",
                            offset=node.at + found.start(),
                            snippet=found[0],
                            advice=True,
                        )


def _unmarked(library: Library, id: str, *, in_brackets: bool) -> tuple[str, str] | None:
    """What the id of a record does not do, and how it is written so that it does; None for other words."""
    if library.source(id) is not None:
        return "a source and cites nothing", f"[@{id}]"
    # A single word may be one that was put into a quotation.
    if in_brackets and "-" in id and id in library.entries:
        return "a record and links nowhere", f"[[{id}]]"
    return None


def refused_words(library: Library) -> Iterator[Problem]:
    """Words of content/words.yml in prose of their language, unless they stand in an expression that is excepted."""
    site, lists = library.site, _refused(library.words)
    assert site is not None
    first = site.languages[0].lang
    for entry in library.all if lists else ():
        for passage in entry.survey.passages:
            if refused := lists.get(passage.lang or first):
                yield from refused.problems(entry, passage.keys, passage.text, passage.parsed.blocks)
        for keys, lang, text in _plain_texts(entry.record, first):
            if refused := lists.get(lang):
                yield from refused.problems(entry, keys, text, (Paragraph((Text(text, 0),)),))


class _Refused:
    """The refused words of one language."""

    def __init__(self, words: dict[str, Word]) -> None:
        self.rules = {folded(word): rule for word, rule in words.items()}
        self.wording = Wording(words, [longer for rule in words.values() for longer in rule.except_in])

    def problems(self, entry: Entry, keys: Keys, text: str, blocks: Iterable[Block]) -> Iterator[Problem]:
        """Those of one text, given as it is written and as it was read."""
        for inlines in paragraphs(blocks) if self.wording.may_stand_in(text) else ():
            nodes = list(walk(inlines))
            pieces = list(map(_words_of, nodes))
            for found in self.wording.find("".join(pieces)):
                word = self.rules[folded(found.words)]
                yield entry.problem(
                    keys,
                    "word-refused",
                    f"'{found.words}' is a word that this site does not use: {word.because.strip().rstrip('.')}",
                    f"write {word.use.strip()}",
                    offset=place_of(found, nodes, pieces),
                    snippet=found.words.split()[0],
                )


def _refused(listed: WordList | None) -> dict[str, _Refused]:
    by_lang: dict[str, dict[str, Word]] = {}
    for word, rule in listed.words.items() if listed else ():
        by_lang.setdefault(rule.lang, {})[word] = rule
    return {lang: _Refused(words) for lang, words in by_lang.items()}


def _words_of(node: Inline) -> str:
    """The words that a node itself adds to its paragraph. What is set as code is quoted, not said."""
    if isinstance(node, Text | Unlinked):
        return node.text
    if isinstance(node, Emphasis | Strong | Link | Cite):
        return ""  # What stands within it comes next; a mark parts no words.
    if isinstance(node, Image):
        return node.alt + HIDDEN
    return (node.words if isinstance(node, Ref) else "") or HIDDEN


def _plain_texts(record: AnyRecord, first: str) -> Iterator[tuple[Keys, str, str]]:
    """What an editor writes for readers outside of prose, with its language. Titles of sources are not the editor's."""
    if isinstance(record, Source) and record.because:
        yield ("because",), first, record.because
    elif isinstance(record, Site):
        for key, table in (("units", record.units), ("currencies", record.currencies)):
            for counted, names in table.items():
                for lang, forms in names.items():
                    for number, name in forms.items():
                        yield (key, counted, lang, number), lang, name


RULES = (
    Rule("citation-unmarked", "advice", "A source is cited as [@id], and another record linked as [[id]]; an id in other brackets is words.", "It burnt (@example-gazette).", "It burnt [@example-gazette].", (unmarked_citations,)),
    Rule("language", "error", "A text in several languages has the site's first one, and only languages of the site; a unit has a name in each.", "title: {fr: Exemple}", "title: {en: Example}", (languages, unnamed_units)),
    Rule("definition-long", "error", f"A definition has at most {MAX_DEFINITION} characters, so that a hover can show it.", "definition: (a whole page)", "definition: One sentence.", (long_definitions,)),
    Rule("word-refused", "error", "Words listed in words.yml are not used in any text of their language that an editor writes for readers.", "says: prior to the storm", "says: before the storm", (refused_words,)),
)  # fmt: skip
