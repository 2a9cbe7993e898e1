"""Rules about evidence: no value, no figure and no claim without a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from ..library import Entry, Library, Passage
from ..model import (
    Account,
    Block,
    Body,
    Derive,
    Evidence,
    Fact,
    Penalty,
    Question,
    Record,
    Source,
    Supported,
    Version,
)
from ..problems import Problem
from ..prose import Block as AnyBlock
from ..prose import (
    Cite,
    Heading,
    Inline,
    Paragraph,
    Ref,
    Table,
    Text,
    ValueRef,
    paragraphs,
    sentences,
    states_a_figure,
    walk,
)
from ..values import same_kind
from ..yamlfile import Keys
from .amounts import is_unlisted
from .rule import Rule

MAX_QUOTE_WORDS = 12
_UNSPACED = re.compile(
    r"[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Characters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, kanji."""
_SPACED = re.compile(r"[^\s\u200b/–—…]*\w[^\s\u200b/–—…]*")
_UNSPACED_IN_WORDS = 2 / 5
"""A text in Japanese has about five characters where its English translation has two words."""


def missing_evidence(library: Library) -> Iterator[Problem]:
    """Whatever is asserted and has no evidence of its own, nor its record's."""
    for entry, keys, part in library.parts(Supported):
        if part.evidence or part.standing == "unsourced" or _has_evidence(entry):
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


def lone_copies(library: Library) -> Iterator[Problem]:
    """Parts that are called established on the strength of one source of which only a copy was read."""
    for entry, keys, part in library.parts(Supported):
        if part.standing != "established" or not keys:
            continue
        sources = {one.source for one in library.evidence(entry, tuple(map(str, keys)))}
        source = library.source(next(iter(sources))) if len(sources) == 1 else None
        if source is not None and source.read == "copy":
            yield entry.problem(
                keys,
                "lone-copy",
                f"'{_name(keys)}' is established on one source, of which only a copy was read",
                "write 'standing: alleged', or add a source that was read itself",
                at_key=True,
            )


def drafts(library: Library) -> Iterator[Problem]:
    """Facts that wait for a source."""
    for entry, keys, part in library.parts(Supported):
        if part.standing == "unsourced":
            yield entry.problem(
                (*keys, "standing"),
                "unsourced",
                f"'{_name(keys)}' waits for a source, and no site is built with it",
                "add 'evidence' and another standing, or remove it",
                advice=True,
            )


_EDITORS_SENTENCES = {"sections", "body", "note"}


def uncited_heads(library: Library) -> Iterator[Problem]:
    """A summary, definition or other sentence of the record itself with a figure, and nothing that carries it."""
    for entry in library.entries.values():
        # What an editor says of the site itself, at the head of a hand-written page, has no source.
        if not isinstance(entry.record, Record | Source) or _has_evidence(entry):
            continue
        for passage in entry.survey.passages:
            if passage.holder is entry.record and passage.keys[0] not in _EDITORS_SENTENCES:
                yield from _uncited_figures(entry, passage)


def uncited_figures(library: Library) -> Iterator[Problem]:
    """Sentences of a page's passages with a figure, a date or a penalty and no citation or value."""
    for entry in library.entries.values():
        for passage in entry.survey.passages:
            if isinstance(passage.holder, Block | Question) or isinstance(passage.words, Body):
                yield from _uncited_figures(entry, passage)


def _uncited_figures(entry: Entry, passage: Passage) -> Iterator[Problem]:
    if passage.words.mode == "label":
        return
    for inlines in _statements(passage.parsed.blocks):
        # Most paragraphs have no figure at all, and need not be cut into sentences.
        for sentence in sentences(inlines) if states_a_figure(walk(inlines)) else ():
            if any(isinstance(node, Cite | ValueRef) for node in sentence):
                continue
            if figure := states_a_figure(sentence):
                yield entry.problem(
                    passage.keys, "figure-uncited", f"the sentence with '{_whole(figure, sentence)}' has a figure, a date or a penalty and no citation",
                    "add [@source-id] to it, or show the value of a record with {{ id.path }}", offset=figure.at, snippet=figure.text,
                )  # fmt: skip


def _whole(figure: Text, sentence: list[Inline]) -> str:
    """A figure with the characters around it up to the next spaces: 2024 rather than 2."""
    for node in sentence:
        if isinstance(node, Text) and 0 <= (at := figure.at - node.at) < len(node.text):
            end = at + len(figure.text)
            before = re.search(r"\S*$", node.text[:at])
            after = re.match(r"\S*", node.text[end:])
            whole = f"{before[0] if before else ''}{figure.text}{after[0] if after else ''}"
            return whole.strip(".,;:!?()[]\"'“”‘’") if whole.isascii() else figure.text
    return figure.text


def _statements(blocks: Iterable[AnyBlock]) -> Iterator[tuple[Inline, ...]]:
    """Runs of nodes that assert something: no headings, and a table's rows as one each, without its head."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows[1:]:
                yield tuple(node for cell in row for node in cell)
        elif not isinstance(block, Heading):
            yield from paragraphs((block,))


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
    for entry, keys, fact in library.parts(Fact):
        if fact.derive is None:
            continue
        if fact.standing != "inferred":
            yield entry.problem(
                (*keys, "standing"),
                "derived",
                f"'{_name(keys)}' is worked out but its standing is '{fact.standing}'",
                "write 'standing: inferred'",
                at_key=True,
            )
        if fact.value is not None:
            yield entry.problem(
                (*keys, "value"),
                "derived",
                f"'{_name(keys)}' has a value and is worked out",
                "remove 'value': it is worked out from 'derive'",
            )
        elif all(map(library.resolve, fact.derive.of)) and library.value_of(fact) is None:
            path = ".".join((entry.id, *map(str, keys)))
            if not _leads_to(library, path, fact.derive) and _is_told_below(library, fact.derive):
                continue
            what, todo = _why_underived(library, path, fact.derive)
            yield entry.problem((*keys, "derive"), "derived", what, todo)


def _is_told_below(library: Library, derive: Derive) -> bool:
    """Whether one of the values that another is worked out of is told to be wrong itself."""
    assert library.site is not None
    for path in derive.of:
        held, found = library.valued(path), library.resolve(path)
        part = found[0].at(found[1]) if found else None
        if is_unlisted(held.value, library.site) if held else isinstance(part, Fact) and part.derive:
            return True
    return False


def _why_underived(library: Library, path: str, derive: Derive) -> tuple[str, str]:
    """Why a value cannot be worked out, and what to do."""
    if _leads_to(library, path, derive):
        return f"'{path}' is worked out of itself", "use values that do not rest on it"
    below = library.valued(derive.of[1])
    if derive.op in ("ratio", "percent-change") and below and getattr(below.value, "figure", None) == 0:
        return (
            f"'{derive.op}' divides by {derive.of[1]}, which is zero",
            "use another value, or remove the fact",
        )
    return f"'{derive.op}' cannot be worked out of {', '.join(derive.of)}", _how_to_derive(derive.op)


def _leads_to(library: Library, path: str, derive: Derive) -> bool:
    """Whether a value is reached again by the values that it is worked out of."""
    seen: set[str] = set()
    left = list(derive.of)
    while left:
        if (one := left.pop()) in seen or not (found := library.resolve(one)):
            continue
        seen.add(one)
        part = found[0].at(found[1])
        left += part.derive.of if isinstance(part, Fact) and part.derive else ()
    return path in seen


def _how_to_derive(op: str) -> str:
    if op == "convert":
        return "use the path of an amount, not of 'several', then that of a rate from or to its currency"
    return "use paths of plain figures of one kind, none of 'several'"


def accounts(library: Library) -> Iterator[Problem]:
    """Accounts that say nothing, or differ in kind from what they stand beside."""
    assert library.site is not None
    for entry, keys, part, slug, account in _accounts(library):
        here = (*keys, "accounts", slug)
        if account.says is None and account.value is None:
            yield entry.problem(
                here, "account", f"the account '{slug}' says nothing", "add 'says' or 'value'", at_key=True
            )
        own = library.value_of(part)
        if account.value is None or any(is_unlisted(value, library.site) for value in (own, account.value)):
            continue  # what is wrong with one of the two is told there
        if own is not None and not same_kind(own, account.value):
            yield entry.problem(
                (*here, "value"),
                "account",
                f"the account '{slug}' counts something else than '{_name(keys)}'",
                "use the same kind, unit or currency, or make it a fact of its own",
            )


def contradictions(library: Library) -> Iterator[Problem]:
    """What is contradicted, without a reason for leading with it."""
    for entry, keys, part, slug, account in _accounts(library):
        if account.relation == "contradicts" and part.because is None:
            yield entry.problem(
                keys,
                "because-missing",
                f"'{_name(keys)}' is contradicted by '{slug}' and does not say why the site leads with its own",
                "add 'because: …'",
                at_key=True,
            )


def _accounts(library: Library) -> Iterator[tuple[Entry, Keys, Fact | Version | Penalty, str, Account]]:
    for kind in (Fact, Version, Penalty):
        holder: type[Any] = kind
        for entry, keys, part in library.parts(holder):
            for slug, account in part.accounts.items():
                yield entry, keys, part, slug, account


def unexplained_refusals(library: Library) -> Iterator[Problem]:
    """Sources that are not linked, without a reason."""
    for entry in library.collection("sources"):
        if isinstance(entry.record, Source) and entry.record.link == "no" and not entry.record.because:
            yield entry.problem(
                ("link",),
                "because-missing",
                "the source is not linked and does not say why",
                "add 'because: …'",
                at_key=True,
            )


def empty_facts(library: Library) -> Iterator[Problem]:
    """Facts that say nothing."""
    for entry, keys, fact in library.parts(Fact):
        if fact.says is None and fact.value is None and fact.derive is None:
            yield entry.problem(
                keys,
                "fact-empty",
                f"'{_name(keys)}' says nothing",
                "add 'says', 'value' or 'derive'",
                at_key=True,
            )


def long_quotes(library: Library) -> Iterator[Problem]:
    """Quotes that copy more than they point."""
    for entry, keys, evidence in library.parts(Evidence):
        if not evidence.quote:
            continue
        unspaced = sum(unicodedata.category(sign) != "Mn" for sign in _UNSPACED.findall(evidence.quote))
        spaced = _SPACED.findall(_UNSPACED.sub(" ", evidence.quote))
        if len(spaced) + unspaced * _UNSPACED_IN_WORDS <= MAX_QUOTE_WORDS:
            continue
        how = ", where five characters of a script without spaces count as two" if unspaced else ""
        yield entry.problem(
            (*keys, "quote"),
            "quote-long",
            f"the quote has more than {MAX_QUOTE_WORDS} words{how}",
            "keep the few words that lead to the passage",
        )


def lone_contexts(library: Library) -> Iterator[Problem]:
    """Words beside a quote, without a quote."""
    for entry, keys, evidence in library.parts(Evidence):
        for name in ("prefix", "suffix"):
            if getattr(evidence, name) and not evidence.quote:
                todo = "add the 'quote' that it stands beside, or remove it"
                yield entry.problem((*keys, name), "quote-context", f"'{name}' stands beside no quote", todo)


def _has_evidence(entry: Entry) -> bool:
    return bool(getattr(entry.record, "evidence", ()))


def _name(keys: Keys) -> str:
    return ".".join(map(str, keys))


RULES = (
    Rule("evidence-missing", "error", "Everything asserted has evidence of its own or stands on its record's.", "takings: {says: About ten thousand.}", "takings: {says: About ten thousand., evidence: [{source: example-gazette}]}", (missing_evidence,)),
    Rule("lone-copy", "error", "What only one source carries, and that one read in a copy, is alleged.", "evidence: [{source: example-copy}]", "evidence: [{source: example-copy}]\nstanding: alleged", (lone_copies,)),
    Rule("unsourced", "advice", "A fact that waits for a source keeps the site from being built.", "standing: unsourced", "standing: established\nevidence: [{source: example-gazette}]", (drafts,)),
    Rule("figure-uncited", "error", "A sentence with a figure, a date or a penalty has a citation or a value of a record; a record's own summary can stand on the record's evidence.", "Sales began in 2024.", "Sales began in 2024 [@example-gazette].", (uncited_figures, uncited_heads)),
    Rule("paragraph-uncited", "error", "A paragraph has a citation, or its block says that it only explains.", "sections: {why: {says: They did it.}}", "sections: {why: {says: 'They did it [@example-gazette].'}}", (uncited_paragraphs,)),
    Rule("derived", "error", "A value that is worked out is marked as inferred and can be worked out.", "derive: {op: ratio, of: [a.facts.x, b.facts.zero]}", "derive: {op: ratio, of: [a.facts.x, b.facts.y]}\nstanding: inferred", (derived_values,)),
    Rule("account", "error", "An account says something, in the same kind of value as its fact.", "value: {percent: 5} beside a fact in euros", "value: {amount: 5000, currency: EUR}", (accounts,)),
    Rule("because-missing", "error", "A fact that another source contradicts says why the site leads with its own; a source that is not linked says why.", "accounts: {other: {relation: contradicts, …}}", "because: The survey's owner is the better witness.\naccounts: {other: {relation: contradicts, …}}", (contradictions, unexplained_refusals)),
    Rule("fact-empty", "error", "A fact says something or has a value.", "first: {standing: alleged}", "first: {says: It is the first., standing: alleged}", (empty_facts,)),
    Rule("quote-context", "error", "`prefix` and `suffix` are the words beside a quote.", "prefix: before dawn", "prefix: before dawn\nquote: the lanterns", (lone_contexts,)),
    Rule("quote-long", "error", f"A quote is a pointer of at most {MAX_QUOTE_WORDS} words, or 30 characters of a script without spaces, never a copy.", "quote: (a whole paragraph)", "quote: the lamp was lit at dusk", (long_quotes,)),
)  # fmt: skip
