"""Rules about evidence: no value, no figure and no claim without a source."""

from __future__ import annotations

from collections.abc import Iterator

from ..library import Entry, Library, Passage
from ..model import Block, Fact, Page, Question, Supported
from ..problems import Problem
from ..prose import Cite, Inline, Paragraph, Ref, Text, ValueRef, paragraphs, sentences, states_a_figure, walk
from ..values import same_kind
from ..yamlfile import Keys
from .rule import Rule

MAX_QUOTE_WORDS = 12
MAX_QUOTE_CHARACTERS = 60
"""Of a quote in a language without spaces."""


def missing_evidence(library: Library) -> Iterator[Problem]:
    """Whatever is asserted and has no evidence of its own, nor its record's."""
    for entry in library.entries.values():
        covered = bool(getattr(entry.record, "evidence", ()))
        for keys, part in entry.survey.parts:
            if not isinstance(part, Supported) or part.evidence or covered or part.standing == "unsourced":
                continue
            if isinstance(part, Fact) and part.derive:
                continue
            yield entry.problem(
                keys,
                "evidence-missing",
                f"'{_name(keys)}' has no evidence",
                "add 'evidence: [{source: …}]' to it or to the record, or 'standing: unsourced' in a draft",
                at_key=True,
            )


def missing_summary_evidence(library: Library) -> Iterator[Problem]:
    """A summary or definition with a figure, and nothing that carries it."""
    for entry in library.entries.values():
        if getattr(entry.record, "evidence", ()):
            continue
        for passage in entry.survey.passages:
            if (
                passage.keys[0] not in _EDITORS_SENTENCES
                and passage.holder is entry.record
                and not isinstance(entry.record, Page)
            ):
                yield from _uncited_figures(entry, passage)


_EDITORS_SENTENCES = {"sections", "body", "note"}


def drafts(library: Library) -> Iterator[Problem]:
    """Facts that wait for a source."""
    for entry in library.entries.values():
        for keys, part in entry.survey.parts:
            if isinstance(part, Supported) and part.standing == "unsourced":
                yield entry.problem(
                    (*keys, "standing"),
                    "unsourced",
                    f"'{_name(keys)}' waits for a source, and no site is built with it",
                    "add 'evidence' and another standing, or remove it",
                    advice=True,
                )


def uncited_figures(library: Library) -> Iterator[Problem]:
    """Sentences with a figure, a date or a penalty and no citation or value."""
    for entry in library.entries.values():
        for passage in entry.survey.passages:
            if isinstance(passage.holder, Block | Question) or (
                isinstance(entry.record, Page) and passage.keys[0] == "body"
            ):
                yield from _uncited_figures(entry, passage)


def _uncited_figures(entry: Entry, passage: Passage) -> Iterator[Problem]:
    if passage.words.mode == "label":
        return
    for inlines in paragraphs(passage.parsed.blocks):
        for sentence in sentences(inlines):
            if any(isinstance(node, Cite | ValueRef) for node in sentence):
                continue
            if figure := states_a_figure(sentence):
                yield entry.problem(
                    passage.keys, "figure-uncited", f"the sentence with '{figure.text}' has a figure, a date or a penalty and no citation",
                    "add [@source-id] to it, or show the value of a record with {{ id.path }}", offset=figure.at, snippet=figure.text,
                )  # fmt: skip


def uncited_paragraphs(library: Library) -> Iterator[Problem]:
    """Paragraphs without a citation, in blocks that do not say that they are editorial."""
    for entry in library.entries.values():
        for passage in entry.survey.passages:
            if not isinstance(passage.holder, Block | Question) or passage.words.mode == "label":
                continue
            if passage.holder.editorial and (
                isinstance(passage.holder, Block) or passage.keys[-1] == "says" or "says" in passage.keys
            ):
                continue
            for block in passage.parsed.blocks:
                inlines = [node for run in paragraphs((block,)) for node in walk(run)]
                if not any(_carries(node) for node in inlines) and (first := _first_text(inlines)):
                    todo = "add [@source-id] or {{ id.path }}, or 'editorial: true' to a block that only explains"
                    yield entry.problem(
                        passage.keys,
                        "paragraph-uncited",
                        f"the {_kind(block)} that begins '{first.text.strip()[:30].strip()}' has no citation",
                        todo,
                        offset=first.at,
                        snippet=first.text.split("\n")[0][:30].strip(),
                    )


def _carries(node: Inline) -> bool:
    return isinstance(node, Cite | ValueRef) or (isinstance(node, Ref) and "." in node.target)


def _first_text(inlines: list[Inline]) -> Text | None:
    return next((node for node in inlines if isinstance(node, Text) and node.text.strip()), None)


def _kind(block: object) -> str:
    return (
        "paragraph" if isinstance(block, Paragraph) else type(block).__name__.lower().replace("items", "list")
    )


def derived_values(library: Library) -> Iterator[Problem]:
    """Values that are worked out say so, and can be worked out."""
    for entry in library.entries.values():
        for keys, part in entry.survey.parts:
            if not isinstance(part, Fact) or part.derive is None:
                continue
            if part.standing != "inferred":
                yield entry.problem(
                    (*keys, "standing"),
                    "derived",
                    f"'{_name(keys)}' is worked out but its standing is '{part.standing}'",
                    "write 'standing: inferred'",
                    at_key=True,
                )
            if part.value is not None:
                yield entry.problem(
                    (*keys, "value"),
                    "derived",
                    f"'{_name(keys)}' has a value and is worked out",
                    "remove 'value': it is worked out from 'derive'",
                )
            elif all(library.resolve(path) for path in part.derive.of) and library.fact_value(part) is None:
                yield entry.problem(
                    (*keys, "derive"),
                    "derived",
                    f"'{part.derive.op}' cannot be worked out of {', '.join(part.derive.of)}",
                    "use paths of plain figures of one kind, none zero below a fraction, and no circle",
                )


def accounts(library: Library) -> Iterator[Problem]:
    """Accounts that differ in kind from their fact, and contradictions without a reason."""
    for entry in library.entries.values():
        for keys, part in entry.survey.parts:
            found = getattr(part, "accounts", None)
            if not found:
                continue
            own = library.fact_value(part) if isinstance(part, Fact) else None
            for slug, account in found.items():
                here = (*keys, "accounts", slug)
                if account.says is None and account.value is None:
                    yield entry.problem(
                        here,
                        "account",
                        f"the account '{slug}' says nothing",
                        "add 'says' or 'value'",
                        at_key=True,
                    )
                if account.value is not None and own is not None and not same_kind(own, account.value):
                    yield entry.problem(
                        (*here, "value"),
                        "account",
                        f"the account '{slug}' counts something else than the fact",
                        "use the same kind, unit or currency, or make it a fact of its own",
                    )
                if (
                    account.relation == "contradicts"
                    and getattr(part, "because", None) is None
                    and isinstance(part, Fact)
                ):
                    yield entry.problem(
                        keys,
                        "because-missing",
                        f"'{_name(keys)}' is contradicted by '{slug}' and does not say why the site leads with its own",
                        "add 'because: …'",
                        at_key=True,
                    )


def empty_facts(library: Library) -> Iterator[Problem]:
    """Facts that say nothing."""
    for entry in library.entries.values():
        for keys, part in entry.survey.parts:
            if isinstance(part, Fact) and part.says is None and part.value is None and part.derive is None:
                yield entry.problem(
                    keys,
                    "fact-empty",
                    f"'{_name(keys)}' says nothing",
                    "add 'says', 'value' or 'derive'",
                    at_key=True,
                )


def long_quotes(library: Library) -> Iterator[Problem]:
    """Quotes that copy more than they point."""
    for entry in library.entries.values():
        for keys, part in entry.survey.parts:
            for index, evidence in enumerate(getattr(part, "evidence", ())):
                if evidence.quote and (
                    len(evidence.quote.split()) > MAX_QUOTE_WORDS
                    or (" " not in evidence.quote and len(evidence.quote) > MAX_QUOTE_CHARACTERS)
                ):
                    yield entry.problem(
                        (*keys, "evidence", index, "quote"),
                        "quote-long",
                        f"the quote has more than {MAX_QUOTE_WORDS} words",
                        "keep the few words that lead to the passage",
                    )


def _name(keys: Keys) -> str:
    return ".".join(map(str, keys))


RULES = (
    Rule("evidence-missing", "error", "Everything asserted has evidence of its own or stands on its record's.", "takings: {says: About ten million.}", "takings: {says: About ten million., evidence: [{source: example-gazette}]}", missing_evidence),
    Rule("summary-uncited", "error", "A record's own sentences with a figure stand on the record's evidence or a citation; reported as figure-uncited.", "summary: Four were arrested in 2025.", "summary: Four were arrested in 2025 [@example-gazette].", missing_summary_evidence),
    Rule("unsourced", "advice", "A fact that waits for a source keeps the site from being built.", "standing: unsourced", "standing: established\nevidence: [{source: example-gazette}]", drafts),
    Rule("figure-uncited", "error", "A sentence with a figure, a date or a penalty has a citation or a value of a record.", "Sales began in 2024.", "Sales began in 2024 [@example-gazette].", uncited_figures),
    Rule("paragraph-uncited", "error", "A paragraph has a citation, or its block says that it only explains.", "sections: {why: {says: They did it.}}", "sections: {why: {says: 'They did it [@example-gazette].'}}", uncited_paragraphs),
    Rule("derived", "error", "A value that is worked out is marked as inferred and can be worked out.", "derive: {op: ratio, of: [a.facts.x, b.facts.zero]}", "derive: {op: ratio, of: [a.facts.x, b.facts.y]}\nstanding: inferred", derived_values),
    Rule("account", "error", "An account says something, in the same kind of value as its fact.", "value: {percent: 5} beside a fact in yen", "value: {amount: 5000, currency: JPY}", accounts),
    Rule("because-missing", "error", "A fact that another source contradicts says why the site leads with its own.", "accounts: {other: {relation: contradicts, …}}", "because: The survey's owner is the better witness.\naccounts: {other: {relation: contradicts, …}}"),
    Rule("fact-empty", "error", "A fact says something or has a value.", "first: {standing: alleged}", "first: {says: It is the first., standing: alleged}", empty_facts),
    Rule("quote-long", "error", "A quote is a pointer of at most 12 words, never a copy.", "quote: (a whole paragraph)", "quote: was among those arrested Monday", long_quotes),
)  # fmt: skip
