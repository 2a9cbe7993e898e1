"""The table of all rules, and the one loop over it."""

from __future__ import annotations

from collections.abc import Iterable

from ..library import Entry, Library, collector_paused
from ..model import Accepted
from ..problems import Problem
from . import (
    amounts,
    dates,
    evidence,
    figures,
    guilt,
    laws,
    markup,
    privacy,
    reading,
    references,
    texts,
    typed,
)
from .rule import Rule

_OTHER = (
    Rule("accepted-unused", "advice", "An accepted piece of advice still exists.", "accepted: [{rule: term-unused, …}] on a term that is used", "(the entry removed)"),
    Rule("name-withheld", "error", "No name of the list that FACTBOUND_WITHHELD leads to stands in a YAML or Markdown file of the project, in the name of a file, or in what was built; found where that variable is set.", "says: A. Keeper was there.", "says: The keeper was there."),
    Rule("verified-file", "error", "The results of `factbound verify` can be read.", "content/_verified.json, cut in the middle by a merge", "content/_verified.json as `factbound verify` wrote it"),
    Rule("quote-gone", "advice", "A quote still stands on the page that it is from; found by `factbound verify`, never by a check.", "quote: lit by forty keepers   # the page answers 404, or holds nothing like it", "quote: lit by forty keepers   # under a source whose page holds it"),
    Rule("quote-reworded", "advice", "A quote stands on its page word for word; found by `factbound verify`, never by a check.", "quote: lit by forty keepers   # the page has: lit by forty-two keepers", "quote: lit by forty-two keepers"),
    Rule("quote-repeated", "advice", "A quote leads to one passage of its page; found by `factbound verify`, never by a check.", "quote: the lanterns   # stands there twice", "quote: the lanterns\nprefix: before dawn\nsuffix: were put out"),
    Rule("quote-moved", "advice", "A source has the address to which its page has moved for good; found by `factbound verify`, never by a check.", "URL: https://example.org/lanterns   # leads on for good", "URL: https://example.org/harbour/lanterns"),
    Rule("change-unnoted", "error", "Where a stage, a value, a status or a standing changed, a note tells readers; found by `factbound check --base REV`.", "stage: charged   # it was: arrested", "stage: charged\nchanges: {charged: {date: 2026-01-05, kind: update, says: The keeper was charged.}}"),
    Rule("evidence-removed", "error", "What stays keeps the sources that it stood on, or a correction says why not; found by `factbound check --base REV`.", "evidence: [{source: example-gazette}]   # it had example-register too", "evidence: [{source: example-gazette}, {source: example-register}]"),
    Rule("address-removed", "advice", "What readers may have linked to keeps its name; found by `factbound check --base REV`.", "facts: {takings-in-may: …}   # it was: takings", "facts: {takings: …}"),
    Rule("due-review", "advice", "A record is held against its sources again, and a source's page looked at again, within the review period; found by `factbound due`, never by a check.", "checked: 2025-01-15   # in a collection with review: 180d, a year later", "checked: 2026-01-12"),
    Rule("due-outcome", "advice", "A year after an arrest, a charge or an allegation somebody asks what became of it; found by `factbound due`, never by a check.", "stage: arrested\nstage-on: 2025-01-15   # a year later", "stage: dropped\nstage-on: 2025-06-02"),
    Rule("due-law", "advice", "When the day of a law has come, its status is looked at again; found by `factbound due`, never by a check.", "status: {value: passed, as-of: 2025-06-01}\nhistory: {first: {in-force: 2026-01-01, …}}   # in 2026", "status: {value: in-force, as-of: 2026-01-05}"),
    Rule("due-privacy", "advice", "After its privacy review a record holds no ages and occupations; found by `factbound due`, never by a check.", "privacy-review: 2026-01-01\nparties: {keeper: {age: 40, …}}   # in 2026", "parties: {keeper: {…}}"),
    Rule("due-acceptance", "advice", "Advice is accepted, and a link left unasked, until a day; found by `factbound due`, never by a check.", "accepted: [{rule: term-unused, because: …, until: 2026-01-01}]   # in 2026", "(the advice followed, and the entry removed)"),
    Rule("due-quote", "advice", "A quote that `factbound verify` did not find is looked at; found by `factbound due`, never by a check.", "quote: lit by forty keepers   # gone since the last run", "quote: lit by forty-two keepers"),
    Rule("link-broken", "error", "Every link of the built site leads somewhere, and no address stands twice on a page; found by `factbound build` and `factbound links`.", "![A map](images/mapp.png)", "![A map](images/map.png)"),
    Rule("link-gone", "advice", "A page outside the site to which the content links is still there; found by `factbound links --external`, never by a check.", "URL: https://example.org/lanterns   # answers 404", "URL: https://example.org/harbour/lanterns"),
    Rule("link-moved", "advice", "A link outside the site has the address to which its page has moved for good; found by `factbound links --external`, never by a check.", "url: http://example.org/help   # leads on for good", "url: https://example.org/help"),
    Rule("link-ignored-ended", "error", "A link is left unasked until a day; found by `factbound links --external`, never by a check.", "links-ignored: {gazette: {address: https://example.org/, because: …, owner: …, until: 2026-01-01}}   # in 2026", "(the link looked at, and the entry removed)"),
    Rule("link-ignored-unused", "advice", "A link that is left unasked still exists; found by `factbound links --external`, never by a check.", "links-ignored: {gazette: …}   # of an address that nothing links to", "(the entry removed)"),
    Rule("page-unlinked", "advice", "Links lead from the front page to every page; found by `factbound build` and `factbound links`.", "content/pages/visiting.md, which is in no menu and named nowhere", "The harbour is open [[visiting|to visitors]].   # on another page"),
)  # fmt: skip

RULES: dict[str, Rule] = {
    rule.id: rule
    for rules in (
        reading.RULES,
        markup.RULES,
        references.RULES,
        evidence.RULES,
        texts.RULES,
        guilt.RULES,
        dates.RULES,
        laws.RULES,
        amounts.RULES,
        privacy.RULES,
        figures.RULES,
        typed.RULES,
        _OTHER,
    )
    for rule in rules
}
"""Every rule by its id, in the order of the docs. All ids that any problem carries stand here."""

BLOCKS_A_SITE = {"unsourced"}
"""Advice while a draft is written, but no build that writes a site accepts it."""

FOUND_ELSEWHERE = {"address-removed", "page-unlinked", "link-gone", "link-moved"}
"""Advice that a record may accept although no check finds it."""


def errors(library: Library) -> list[Problem]:
    """The errors of a project alone, in no order: without a rule that gives advice only, which takes longest."""
    rules = (rule for rule in RULES.values() if rule.level == "error")
    found = [*library.problems]
    if library.site is not None:
        with collector_paused():
            for finder in dict.fromkeys(finder for rule in rules for finder in rule.finds):
                found.extend(finder(library))
    return [problem for problem in found if problem.level == "error"]


def check(library: Library) -> list[Problem]:
    """All problems of a project, sorted; advice that a record accepts is left out."""
    problems = list(library.problems)
    if library.site is not None:
        with collector_paused():
            for finder in dict.fromkeys(finder for rule in RULES.values() for finder in rule.finds):
                problems.extend(finder(library))
    return sorted(set(_without_accepted(problems, library)))


def is_blocking(problem: Problem, *, strict: bool = False, writes_site: bool = False) -> bool:
    """Whether a problem stops a check or a build."""
    return problem.level == "error" or strict or (writes_site and problem.rule in BLOCKS_A_SITE)


def not_accepted(problems: Iterable[Problem], library: Library) -> list[Problem]:
    """Problems without the advice that a record accepts."""
    accepted = {
        (entry.document.path, one.rule) for entry in library.entries.values() for one in _accepted(entry)
    }
    return [one for one in problems if one.level == "error" or (one.path, one.rule) not in accepted]


def _accepted(entry: Entry) -> tuple[Accepted, ...]:
    return getattr(entry.record, "accepted", ())


def _without_accepted(problems: Iterable[Problem], library: Library) -> Iterable[Problem]:
    # `until` is looked at by the command that lists what is due: `check` never depends on the day.
    accepting = {entry.document.path: entry for entry in library.entries.values() if _accepted(entry)}
    used: set[tuple[str, int]] = set()
    for problem in problems:
        entry = accepting.get(problem.path)
        for index, one in enumerate(_accepted(entry) if entry else ()):
            if problem.level == "advice" and one.rule == problem.rule:
                used.add((problem.path, index))
                break
        else:
            yield problem
    for path, entry in accepting.items():
        for index, one in enumerate(_accepted(entry)):
            # What another command finds, that command leaves out where it is accepted.
            is_elsewhere = one.rule.startswith("due-") or one.rule in FOUND_ELSEWHERE
            if (path, index) not in used and not (one.rule in RULES and is_elsewhere):
                yield entry.problem(
                    ("accepted", index, "rule"),
                    "accepted-unused",
                    _why_unused(one.rule),
                    "remove the entry",
                    advice=True,
                )


def _why_unused(id: str) -> str:
    rule = RULES.get(id)
    if rule is None:
        return f"there is no rule '{id}'"
    if rule.level == "error":
        return f"'{id}' is an error, and only advice can be accepted"
    return f"no advice of '{id}' is left to accept"
