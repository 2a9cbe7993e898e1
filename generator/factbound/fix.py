"""Problems that have one right answer in; edits of exactly those characters out, checked before a file is replaced."""

from __future__ import annotations

import difflib
import os
import re
import shutil
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from .library import Library, load
from .model import COLLECTIONS
from .outgoing import outgoing, problems_of_visits
from .problems import Mend, Problem
from .rules import check, not_accepted
from .settings import Project
from .visited import UnreadableVisits, read_visits
from .yamlfile import Document, index_of, read_text

USUALLY_MENDED = ("typed-number",)
"""Rules whose problems count as left where one of them has no mend; those of others are for an editor anyway."""
MODELINE = "modeline"
"""Stands for a rule's id where a file does not say in its first line where its schema is; no check asks for that."""
_MODELINE = re.compile("^# yaml-language-server:", re.MULTILINE)


class Edit(NamedTuple):
    """Characters of one file, from 0, and what stands there afterwards."""

    path: str
    start: int
    end: int
    text: str
    problem: Problem


class Left(NamedTuple):
    """A problem that was not mended, and why."""

    problem: Problem
    why: str


@dataclass
class Fixes:
    """What is to be written."""

    edits: list[Edit] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    """Path -> text of each file that is edited, with \\n at the ends of lines, as it was read."""
    after: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    """Files of which nothing can be told, since they are no record yet, and that have no edit either."""
    for_a_person: int = 0
    """Errors that stay when the edits are made, besides those of `left` and of `again`."""
    again: int = 0
    """Errors that have an edit of their own once the edits are made: those of a file that could not be read before."""

    def diff(self) -> str:
        """All changes as a unified diff."""
        return "".join(diff(path, path, self.before[path], text) for path, text in sorted(self.after.items()))


def diff(old: str, new: str, before: str, after: str) -> str:
    """The change of one file, from the path that it had to the one that it has, as a unified diff."""
    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), f"a/{old}", f"b/{new}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def find_fixes(
    project: Project, rules: Collection[str] = (), ask: Callable[[Edit], bool] | None = None
) -> Fixes:
    """The edits that mend what has one right answer, by the rules of these ids or by all; nothing is written.

    `ask` decides about what is only likely; without it such problems are passed over.
    """
    library = load(project)
    problems = check(library)
    found = (*problems, *_modelines(library), *_moved(library))
    wanted = _of(rules, found)
    fixes = Fixes()
    for path, of_file in _by_path(wanted).items():
        text = library.text_of(path)
        if text is not None:
            fixes.before[path] = text
            _find(path, text, [_likely(one, text) for one in of_file] if ask else of_file, fixes, ask)
    unread = {one.path for one in library.problems if one.level == "error"}
    stays = _drop_what_breaks(project, problems, unread, fixes)
    fixes.after = _edited(fixes)
    said = {_told(one.problem) for one in fixes.left}
    errors = {one for one in _of(rules, stays) if one.level == "error" and _told(one) not in said}
    fixes.again = sum(one.path in fixes.after and one.mend is not None and one.mend.sure for one in errors)
    fixes.for_a_person = len(errors) - fixes.again
    fixes.unread = tuple(sorted(unread - set(fixes.after)))
    return fixes


def _of(rules: Collection[str], found: Iterable[Problem]) -> list[Problem]:
    return [one for one in found if not rules or one.rule in rules]


def _told(one: Problem) -> tuple[str, str, str]:
    """What a problem is known by when the lines around it have moved."""
    return one.path, one.rule, one.message


def write(project: Project, fixes: Fixes) -> list[str]:
    """Replace each file as a whole. Returns the paths of those that were not: they have changed since they were read.

    Raises OSError where a file cannot be written.
    """
    changed = []
    for path in fixes.after:
        file = (project.root / path).resolve()
        raw = file.read_bytes().decode("utf-8", "replace")
        if raw.replace("\r\n", "\n") != fixes.before[path]:
            changed.append(path)
            continue
        text = edited_as_is(raw, [one for one in fixes.edits if one.path == path])
        beside = file.with_name(f".{file.name}.new")
        try:
            beside.write_bytes(text.encode("utf-8"))
            shutil.copymode(file, beside)
            os.replace(beside, file)
        finally:
            beside.unlink(missing_ok=True)
    return changed


def edited(text: str, edits: Iterable[Edit | Mend]) -> str:
    """A text with all edits made at once, from its end, so that none moves another."""
    for one in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text


def edited_as_is(raw: str, edits: Iterable[Edit | Mend]) -> str:
    """The same for a text as it stands in the file, whose lines may end in two characters."""
    return edited(raw, [_with_its_line_ends(one, raw) for one in edits])


# ----- what is to be edited -----


def _moved(library: Library) -> list[Problem]:
    """Links of which the last `factbound links --external` on this machine found that they have moved for good. Nothing
    is asked for here."""
    try:
        visits = read_visits(library.project.root)
    except UnreadableVisits:
        return []
    found = not_accepted(problems_of_visits(outgoing(library), visits), library)
    return [one for one in found if one.rule == "link-moved"]


def _modelines(library: Library) -> Iterator[Problem]:
    """Files that do not say where their schema is, so that an editor's program cannot help."""
    records = {
        entry.document.path: f"../_schema/{entry.collection}.json"
        for entry in library.entries.values()
        if entry.collection in COLLECTIONS
    }
    site = {f"content/{name}.yml": f"_schema/{name}.json" for name in ("site", "words")}
    for path, schema in {**records, **site}.items():
        text = library.text_of(path)
        if text is not None and not _MODELINE.search(text):
            line = f"# yaml-language-server: $schema={schema}"
            what, todo = "the file does not say where its schema is", f"begin it with '{line}'"
            yield Problem(path, 1, 1, "advice", MODELINE, what, todo, Mend(0, 0, f"{line}\n"))


_OFFERED = re.compile(r"did you mean '([^']+)'\?")


def _likely(problem: Problem, text: str) -> Problem:
    """A problem that offers one word, with the edit that puts it in the place of the one that is wrong."""
    offered = _OFFERED.fullmatch(problem.todo)
    if problem.mend or not offered:
        return problem
    start = index_of(text, problem.line, problem.column)
    start += text[start : start + 1] in ("'", '"')
    for wrong in re.findall("'([^']+)'", problem.message):
        if re.match(rf"{re.escape(wrong)}(?![\w-])", text[start:]):
            return replace(problem, mend=Mend(start, start + len(wrong), offered[1], sure=False))
    return problem


def _find(
    path: str, text: str, problems: list[Problem], fixes: Fixes, ask: Callable[[Edit], bool] | None
) -> None:
    """Add the edits of one file, none of which overlaps another, and what is left."""
    document = read_text(text, path)
    taken: list[Edit] = []
    for problem in sorted(problems, key=lambda one: one.mend.start if one.mend else -1):
        if problem.mend is None:
            if problem.rule in USUALLY_MENDED:
                fixes.left.append(
                    Left(problem, "a person has to choose the value, or to change the words around it")
                )
            continue
        if not (problem.mend.sure or ask):
            continue
        edit = _as_yaml(document, Edit(path, *problem.mend[:3], problem))
        if edit is None:
            fixes.left.append(Left(problem, "the text around it must be put in quotes first"))
        elif any(edit.start < other.end and other.start < edit.end for other in taken):
            fixes.left.append(Left(problem, "another edit touches the same text: run this again"))
        elif problem.mend.sure or (ask and ask(edit)):
            taken.append(edit)
    fixes.edits += taken


def _as_yaml(document: Document, edit: Edit) -> Edit | None:
    """The edit, if the file is then read as before; else with quotes around the whole text, if that helps."""
    if _is_read_as_before(document, edit):
        return edit
    span = document.plain_text_around(edit.start, edit.end)
    if span is None:
        return None
    start, end = span
    words = f"{document.text[start : edit.start]}{edit.text}{document.text[edit.end : end]}"
    quoted = edit._replace(start=start, end=end, text=f'"{words}"')
    simple = not re.search(r'["\\\n]', words)
    return quoted if simple and _is_read_as_before(document, quoted) else None


def _is_read_as_before(document: Document, edit: Edit) -> bool:
    then = read_text(edited(document.text, [edit]), document.path)
    if document.data is None and edit.problem.rule == "yaml" and edit.problem in document.problems:
        # The parser gave up here: all that it had read stays, and it comes further.
        further = all(one.line > edit.problem.line for one in then.problems)
        if further and document.places() <= then.places():
            return True
    known = {one.message for one in document.problems}
    places, were = then.places(), document.places()
    # A misspelt key moves what is below it.
    same = len(places) == len(were) if edit.problem.rule == "unknown-key" else places == were
    return same and all(one.message in known for one in then.problems)


# ----- what would break -----


def _drop_what_breaks(
    project: Project, problems: list[Problem], unread: set[str], fixes: Fixes
) -> list[Problem]:
    """Leave a file out whose edits would bring a problem that it did not have. Returns the problems that then stay."""
    before = set(map(_told, problems))
    while fixes.edits:
        library = load(project, _edited(fixes))
        found, of_reading = check(library), set(library.problems)
        new = [one for one in found if _told(one) not in before]
        broken: dict[str, Problem] = {}
        for path, edits in _by_path(fixes.edits).items():
            # Where the file was no record yet, what else is wrong in it could not be known: only its edits count, and
            # whether they are read.
            lines = _lines(edits, fixes.before[path]) if path in unread else None
            for one in new:
                if one.path == path and (lines is None or (one.line in lines and one in of_reading)):
                    broken.setdefault(path, one)
        if not broken:
            return found
        for edit in fixes.edits:
            if problem := broken.get(edit.path):
                fixes.left.append(Left(edit.problem, f"the file would then have another problem: {problem}"))
        fixes.edits = [edit for edit in fixes.edits if edit.path not in broken]
    return problems


def _lines(edits: Iterable[Edit], text: str) -> set[int]:
    """The lines on which edits begin, once they are made."""
    lines, moved = set(), 0
    for one in sorted(edits, key=lambda edit: edit.start):
        lines.add(text.count("\n", 0, one.start) + 1 + moved)
        moved += one.text.count("\n") - text.count("\n", one.start, one.end)
    return lines


# ----- files -----


Of = TypeVar("Of", Problem, Edit)


def _by_path(found: Iterable[Of]) -> dict[str, list[Of]]:
    by_path: dict[str, list[Of]] = {}
    for one in found:
        by_path.setdefault(one.path, []).append(one)
    return by_path


def _edited(fixes: Fixes) -> dict[str, str]:
    return {path: edited(fixes.before[path], edits) for path, edits in _by_path(fixes.edits).items()}


def _with_its_line_ends(edit: Edit | Mend, raw: str) -> Edit | Mend:
    ends = [found.start() - number for number, found in enumerate(re.finditer("\r\n", raw))]
    if not ends:
        return edit
    start, end = (at + bisect_left(ends, at) for at in (edit.start, edit.end))
    return edit._replace(start=start, end=end, text=edit.text.replace("\n", "\r\n"))
