"""An id and the one that is to take its place in; the edits that change it everywhere, tried before any is written, out."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .fix import diff, edited, edited_as_is
from .library import Entry, Library, Mention, load, why_taken, why_unknown
from .problems import Mend, Problem
from .rules import check
from .settings import Project
from .verified import FILE, Verified, as_text
from .yamlfile import Document, Keys

_IN_PROSE = {
    "cite": r"(?:\[|;)\s*@({id})(?![a-z0-9-])",
    "reference": r"\A\[\[\s*({id})(?![a-z0-9-])",
    "value": r"\A\{{\{{\s*({id})(?![a-z0-9-])",
}
"""How a mention names a record -> where in what is written there its id stands."""
_NEXT_TO = ("checked", "accessed")
"""Keys below which `formerly` is written where a record has none."""


_HIDES = ("\\", "\0")
"""Signs of escapes, and of a file in another encoding, behind which an id may stand."""


class CannotRename(ValueError):
    """Nothing is changed; the message says why and what to do."""


class WrongId(CannotRename):
    """One of the two ids cannot be."""


@dataclass(frozen=True)
class Renaming:
    """What is to be written."""

    old: str
    """Path of the record's file before."""
    new: str
    """Path of it afterwards."""
    edits: Mapping[str, tuple[Mend, ...]]
    """Path before -> its edits; of each file that changes."""
    before: Mapping[str, str]
    """Path before -> its text, with \\n at the ends of lines."""

    def path_after(self, path: str) -> str:
        return self.new if path == self.old else path

    @property
    def after(self) -> dict[str, str]:
        """Path before -> its text afterwards."""
        return {path: edited(self.before[path], edits) for path, edits in self.edits.items()}

    def diff(self) -> str:
        """All changes as a unified diff."""
        return "".join(
            diff(path, self.path_after(path), self.before[path], text)
            for path, text in sorted(self.after.items())
        )


def find_renaming(project: Project, old: str, new: str) -> Renaming:
    """All edits that give a record another id; nothing is written.

    Raises WrongId, or CannotRename where they would not leave the content as sound as it is.
    """
    library = load(project)
    _refuse_ids(library, old, new)
    _refuse_unread(library, old)
    entry = library.entries[old]
    edits: dict[str, set[Mend]] = {}
    for one in library.all:
        mentions = library.of_site if one is library.about else one.survey.mentions
        if found := set(_edits(one, mentions, old, new)):
            edits[one.document.path] = found
    edits.setdefault(entry.document.path, set()).update(_former(entry, old, new))
    before = {path: library.text_of(path) or "" for path in edits}
    if results := _results(library, old, new):
        before[FILE] = (project.root / FILE).read_text("utf-8")
        edits[FILE] = {Mend(0, len(before[FILE]), results)}
    path = entry.document.path
    renaming = Renaming(
        path,
        str(Path(path).with_stem(new).as_posix()),
        {path: tuple(sorted(found)) for path, found in edits.items()},
        before,
    )
    _refuse_what_breaks(library, renaming, old, new)
    return renaming


def _refuse_ids(library: Library, old: str, new: str) -> None:
    if why := why_unknown(library, old):
        raise WrongId(why)
    if old == new:
        raise WrongId(f"'{old}' is its id already (give another)")
    if why := why_taken(library, new, but=old):
        raise WrongId(why)


def _refuse_unread(library: Library, old: str) -> None:
    """What a file names that cannot be read is not known, unless the letters of the id do not stand in it."""
    for path in sorted({one.path for one in library.problems}):
        text = library.text_of(path)
        unseen = text is None and (library.project.root / path).is_file()
        if library.site is None or unseen or any(one in (text or "") for one in (old, *_HIDES)):
            raise CannotRename(
                f"{path} cannot be read, and may name '{old}' (mend it first: factbound check says how)"
            )


# ----- edits -----


def _edits(entry: Entry, mentions: Iterable[Mention], old: str, new: str) -> Iterator[Mend]:
    """Where a record, or site.yml, names the old id."""
    for mention in mentions:
        if mention.target.partition(".")[0] == old:
            yield from _places(entry.document, mention, old, new)


def _places(document: Document, mention: Mention, old: str, new: str) -> Iterator[Mend]:
    if mention.how in _IN_PROSE:
        start, end = _literal(document, mention.keys, mention.at or 0, mention.snippet, old)
        pattern = _IN_PROSE[mention.how].format(id=re.escape(old))
        for found in re.finditer(pattern, document.text[start:end]):
            yield Mend(start + found.start(1), start + found.end(1), new)
    elif document.value(mention.keys) == mention.target:
        yield _at_value(document, mention.keys, mention.target, old, new)
    else:
        # The key itself is the id.
        start = document.key_start(mention.keys)
        start += document.text[start] in "\"'"
        yield Mend(start, start + len(old), new)


def _at_value(document: Document, keys: Keys, target: str, old: str, new: str) -> Mend:
    start, _end = _literal(document, keys, 0, target, old)
    return Mend(start, start + len(old), new)


def _literal(document: Document, keys: Keys, offset: int, snippet: str, old: str) -> tuple[int, int]:
    span = document.literal(keys, offset, snippet)
    if span is None:
        line, column = document.place(keys, offset=offset, snippet=snippet)
        raise CannotRename(
            f"{document.path}:{line}:{column}: '{old}' does not stand here letter by letter"
            " (write it without escapes and on one line, then run this again)"
        )
    return span


# ----- formerly -----


def _former(entry: Entry, old: str, new: str) -> Iterator[Mend]:
    """The old id among the former ones; where the new one stands there, since the record had it before, in its place."""
    document = entry.document
    formerly: tuple[str, ...] = getattr(entry.record, "formerly", ())
    if new in formerly:
        yield _at_value(document, ("formerly", formerly.index(new)), new, new, old)
    elif "formerly" not in (document.data or {}):
        yield _new_key(document, old)
    else:
        yield _new_item(document, formerly, old)


def _new_key(document: Document, old: str) -> Mend:
    """`formerly` on a line of its own."""
    key = next(one for one in (*_NEXT_TO, "title") if one in (document.data or {}))
    end = _line_end(document.text, document.span((key,))[1])
    start = document.key_start((key,))
    indent = document.text[document.text.rfind("\n", 0, start) + 1 : start]
    return Mend(end, end, f"\n{indent}formerly: [{old}]")


def _new_item(document: Document, formerly: tuple[str, ...], old: str) -> Mend:
    """One more in a list, as the list is written."""
    start, end = document.span(("formerly",))
    if document.text[start] == "[":
        inside = document.text[start + 1 : end - 1].rstrip()
        comma = "" if not inside or inside.endswith(",") else ", "
        at = start + 1 + len(inside)
        return Mend(at, at, f"{comma}{old}")
    at, last = document.span(("formerly", len(formerly) - 1))
    before = document.text[document.text.rfind("\n", 0, at) + 1 : at]
    end = _line_end(document.text, last)
    return Mend(end, end, f"\n{before}{old}")


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


# ----- what verify found -----


def _results(library: Library, old: str, new: str) -> str:
    """The results of `factbound verify` under the new id; empty where there are none of this source."""
    results = library.verified.results
    if not any(quoted.source == old for quoted in results):
        return ""
    kept = {quoted: result for quoted, result in results.items() if quoted.source not in (old, new)}
    moved = {
        quoted._replace(source=new): result for quoted, result in results.items() if quoted.source == old
    }
    return as_text(Verified({**kept, **moved}))


# ----- trying and writing -----


def _refuse_what_breaks(library: Library, renaming: Renaming, old: str, new: str) -> None:
    """Read and check the project as it would be."""
    texts: dict[str, str | None] = {renaming.old: None}
    texts |= {renaming.path_after(path): text for path, text in renaming.after.items()}
    then = load(library.project, texts)
    known = {_without_id(one, old, new) for one in check(library)}
    for problem in check(then):
        if _without_id(problem, old, new) not in known:
            raise CannotRename(f"there would be another problem: {problem}")
    if _named(library, old, new) != _named(then, old, new):
        raise CannotRename(
            f"records would no longer name what they name now (report this as a fault of the program, with the two ids '{old}' and '{new}')"
        )


def _without_id(problem: Problem, old: str, new: str) -> tuple[str, str, str]:
    """A problem without its place, alike for both ids."""
    # One may be a part of the other: quay, old-quay.
    either = re.compile(rf"(?<![a-z0-9-])(?:{old}|{new})(?![a-z0-9-])")
    path, message = (either.sub("*", text) for text in (problem.path, problem.message))
    return path, problem.rule, message


def _named(library: Library, old: str, new: str) -> set[tuple[str, Keys, str]]:
    """Who names what, as if the new id were the old one."""

    def as_old(name: str) -> str:
        id, dot, rest = name.partition(".")
        return f"{old if id == new else id}{dot}{rest}"

    return {
        (as_old(entry.id), tuple(as_old(str(key)) for key in mention.keys), as_old(mention.target))
        for entry in library.all
        for mention in (library.of_site if entry is library.about else entry.survey.mentions)
    }


def write(project: Project, renaming: Renaming) -> None:
    """Write all files or none: each is written beside itself first; when one cannot take its place, all go back.

    Raises CannotRename where a file has changed since it was read, OSError where one cannot be written.
    """
    files = {path: (project.root / path).resolve() for path in renaming.edits}
    target = files[renaming.old].with_name(Path(renaming.new).name)
    raw = {path: file.read_bytes() for path, file in files.items()}
    if target.exists():
        raise CannotRename(f"{renaming.new} is there already (run this again)")
    for path, found in raw.items():
        if found.decode("utf-8", "replace").replace("\r\n", "\n") != renaming.before[path]:
            raise CannotRename(f"{path} was changed in the meantime (run this again)")
    beside = {path: file.with_name(f".{file.name}.new") for path, file in files.items()}
    done: list[Path] = []
    try:
        for path, file in files.items():
            text = edited_as_is(raw[path].decode("utf-8"), renaming.edits[path])
            beside[path].write_bytes(text.encode("utf-8"))
            shutil.copymode(file, beside[path])
        # From here on nothing is slow: names of files change, one after the other.
        for path, file in files.items():
            place = target if path == renaming.old else file
            done.append(place)
            os.replace(beside[path], place)
        files[renaming.old].unlink()
    except BaseException:
        _put_back(done, target, files, raw)
        raise
    finally:
        _remove(beside.values())


def _put_back(
    done: Iterable[Path], target: Path, files: Mapping[str, Path], raw: Mapping[str, bytes]
) -> None:
    for path, file in files.items():
        if file in done or not file.exists():
            file.write_bytes(raw[path])
    if target in done:
        _remove([target])


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink(missing_ok=True)
