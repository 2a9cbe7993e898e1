"""Two states of the content in; the pages that can read differently out, told without making them: those of the records that
changed, and of all whose page shows something of these.

A record's page reads what its texts and fields name, what names it, and its neighbours in lists. Of a value that it shows it
reads what that stands on and is worked out of, of a term what the definition says, of a source those whose story it
repeats. tests/test_revised_reads.py makes all pages and holds this to what each has read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..library import Entry, Library
from ..model import Explainer
from ..pages import Maker
from ..paths import path_of
from ..settings import shipped_theme


def may_differ(then: Maker, now: Maker) -> Callable[[str], bool]:
    """Whether the page at a path can read differently in two states. Pages over many records always can."""
    if not _same_around(then.library, now.library) or then.places["site"] != now.places["site"]:
        return lambda path: True
    old, new = then.library.entries, now.library.entries
    # A record that did not change reads differently where other words of it are terms now.
    altered = {
        id
        for id in {*old, *new}
        if old.get(id) is not new.get(id) or then.places.get(id) != now.places.get(id)
    }
    both = Reads(then), Reads(now)
    moved = {id for id in {*old, *new} if both[0].beside.get(id) != both[1].beside.get(id)}
    known, differ = set(), set()
    for reads in both:
        for id, entry in reads.library.entries.items():
            path = path_of(entry, now.site.front)
            known.add(path)
            if id in moved or not altered.isdisjoint(reads.of(entry)):
                differ.add(path)
    return lambda path: path not in known or path in differ


def _same_around(then: Library, now: Library) -> bool:
    """Whether only records differ, and the theme is the one whose pages are known to read what is said above."""
    files = ("content/site.yml", "content/words.yml")
    return (
        all(then.text_of(file) == now.text_of(file) for file in files)
        and then.verified == now.verified
        and _files(then.project.theme) == _files(now.project.theme) == _files(shipped_theme())
    )


def _files(theme: Path) -> dict[str, bytes]:
    """What of a theme pages are made with."""
    files = (file for name in ("pages", "strings") for file in (theme / name).glob("*") if file.is_file())
    return {file.relative_to(theme).as_posix(): file.read_bytes() for file in files}


class Reads:
    """What the pages of a library read."""

    def __init__(self, maker: Maker) -> None:
        self.maker, self.library = maker, maker.library
        self.beside = {entry.id: self._beside(entry) for entry in self.library.entries.values()}
        """Record -> the ones before and after it, and those that are near it, with the reason."""
        self._seen: dict[tuple[str, bool], set[str]] = {}

    def _beside(self, entry: Entry) -> tuple[tuple[str, ...], tuple[tuple[str, object], ...]]:
        near = self.maker.nearness.shown(entry, self.maker.site.front)
        row = self.maker.beside.get(entry.id, ())
        return tuple(one.id for one in row if one), tuple((one.entry.id, one.shared) for one in near)

    def of(self, entry: Entry) -> set[str]:
        """The records that a record's page reads."""
        library = self.library
        backlinks = [one for one, _mention in library.backlinks.get(entry.id, ())]
        named_by = (*backlinks, *self.maker.mentioning.get(entry.id, ()))
        found = {entry.id, *self._told(entry), *(one.id for one in named_by)}
        row, near = self.beside[entry.id]
        found.update((*row, *(id for id, _shared in near)))
        if entry.collection == "jurisdictions":  # what they are, in a sentence of their own
            found.update(*(self._told(one, "summary") for one in backlinks))
        elif entry.collection == "sources":
            found |= self._leaning(entry)
        elif entry.collection in ("cases", "explainers"):  # what site.yml says of stages and of help
            found |= self._told(library.about) if library.about else set()
        if isinstance(entry.record, Explainer) and (story := library.entries.get(entry.record.main or "")):
            found |= self._told(story)
        return found.union(*(library.origins(id) for id in found if library.source(id)))

    def _told(self, entry: Entry, field: str = "") -> set[str]:
        """What the texts and fields of a record name, or one of them, with what comes along."""
        found: set[str] = set()
        for mention in entry.survey.mentions:
            if not field or mention.keys[0] == field:
                id, _, path = mention.target.partition(".")
                if id in self.library.entries:
                    found |= self._behind(id) if path else {id}
        for term in {place.term for place in self.maker.places[entry.id]} if not field else ():
            found |= {term, *self._told(self.library.entries[term], "definition")}
        return found

    def _leaning(self, source: Entry) -> set[str]:
        """Who stands on a source or on one that repeats its story, and who works values out of theirs."""
        fallen = {source.id, *self.library.copies.get(source.id, ())}
        found, left = set(fallen), list(fallen)
        while left:
            id = left.pop()
            for one, mention in self.library.backlinks.get(id, ()):
                if one.id not in found and (id in fallen or "derive" in mention.keys):
                    found.add(one.id)
                    left.append(one.id)
        return found.union(*(self._behind(id, evidence=False) for id in found))

    def _behind(self, id: str, *, evidence: bool = True) -> set[str]:
        """A record of which a part is shown: with what its values are worked out of and stand on, and its parts are called."""
        if (id, evidence) not in self._seen:
            found, worked_out, left = {id}, {id}, [id]
            while left:
                for mention in self.library.entries[left.pop()].survey.mentions:
                    to = mention.target.partition(".")[0]
                    if to not in self.library.entries:
                        continue
                    if "derive" in mention.keys and to not in worked_out:
                        worked_out.add(to)
                        left.append(to)
                    if mention.keys[-1] == "regulation" or (evidence and mention.how == "evidence"):
                        found.add(to)
            self._seen[id, evidence] = found | worked_out
        return self._seen[id, evidence]
