"""Which pages a change can reach: no page reads a record that it is not said to read, and none that differs is left out."""

from __future__ import annotations

import datetime
import shutil
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from factbound.library import Entry, Library, load
from factbound.model import COLLECTIONS
from factbound.pages import Maker
from factbound.paths import path_of
from factbound.revised.reading import Both, Made, compare_pages
from factbound.revised.reads import Reads, may_differ
from factbound.settings import Addresses, Project
from helpers import ROOT, SITE, copy_site, edit, lay

DAY = datetime.date(2031, 10, 1)
BOTH = [pytest.param(SITE, id="invented"), pytest.param(ROOT, id="real")]


def maker(library: Library) -> Maker:
    assert library.site is not None
    return Maker(library, library.site.languages[0].lang, Addresses(), DAY)


@cache
def as_it_was(root: Path) -> Library:
    return load(Project(root))


def made(library: Library) -> dict[str, Made]:
    pages = maker(library).pages(lambda path: path != "editing/")
    return {page.path: Made(page.title, page.source, page.markdown) for page in pages if page.about}


@cache
def pages_as_they_were(root: Path) -> dict[str, Made]:
    return made(as_it_was(root))


# ----- what pages read -----


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The ids of all records of which something was looked at."""
    found: set[str] = set()

    def look(entry: Entry, name: str) -> Any:
        if name in ("record", "survey", "document"):
            found.add(object.__getattribute__(entry, "id"))
        return object.__getattribute__(entry, name)

    monkeypatch.setattr(Entry, "__getattribute__", look, raising=False)
    return found


@pytest.mark.parametrize("root", BOTH)
def test_no_page_reads_more_than_it_is_said_to(root: Path, touched: set[str]) -> None:
    library = load(Project(root))
    pages = maker(library)
    reads = Reads(pages)
    # What is made once for all pages is made before; the front matter, which nobody reads, is left out.
    assert library.backlinks and library.copies is not None and library.terms is not None
    pages.__dict__["describer"] = SimpleNamespace(record=lambda entry, writer, about: {})
    count = 0
    for entry in library.entries.values():
        said = {*reads.of(entry), "site"}
        library._valued.clear()
        library._evidence.clear()
        touched.clear()
        page = pages.record_page(entry)
        assert touched - said == set(), page.path
        count += len(touched)
    assert count > 2 * len(library.entries)


# ----- what differs -----


def paths_that_differ(now: Library, before: dict[str, Made], after: dict[str, Made]) -> set[str]:
    found = compare_pages(Both(before, after), maker(now).say, Addresses())
    return {reading.path for reading in found}


def missed(root: Path, instead: dict[str, str | None]) -> tuple[set[str], set[str]]:
    """The pages that read differently after a change, and those of them that are not told to."""
    then = as_it_was(root)
    now = load(Project(root), instead, like=then)
    assert now.unread == frozenset(), now.problems
    wanted = may_differ(maker(then), maker(now))
    differ = paths_that_differ(now, pages_as_they_were(root), made(now))
    return differ, {path for path in differ if not wanted(path)}


def changed(root: Path, file: str, old: str, new: str) -> dict[str, str | None]:
    text = (root / "content" / file).read_text("utf-8")
    assert old in text
    return {f"content/{file}": text.replace(old, new, 1)}


SITE_FILES = sorted(
    file.relative_to(SITE / "content").as_posix()
    for file in (SITE / "content").rglob("*.*")
    if file.suffix in (".yml", ".md") and len(file.relative_to(SITE / "content").parts) == 2
)


@pytest.mark.parametrize("file", SITE_FILES)
def test_no_page_is_missed_after_another_title(file: str) -> None:
    differ, left_out = missed(SITE, changed(SITE, file, "title: ", "title: Anew, "))
    assert differ
    assert left_out == set()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("cases/lantern-quay.yml", "{number: 40, unit: lanterns", "{number: 44, unit: lanterns"),
        ("cases/lantern-quay.yml", "value: {date: 2031-08-14}", "value: {date: 2031-08-15}"),
        ("cases/lantern-quay.yml", "stage: warned", "stage: convicted"),
        ("cases/lantern-quay.yml", "occurred: 2031-08-14", "occurred: 2021-08-14"),
        ("cases/lantern-quay.yml", "related: [festival-count]", "related: []"),
        ("cases/lantern-quay.yml", "quote: burnt on the first night", "quote: the first night"),
        ("cases/lantern-quay.yml", "[@example-courier]. The [[harbour-by-law-7|by-law]]", "[@example-courier]. The by-law"),
        ("cases/lantern-quay.yml", "evidence: [{source: example-gazette}, {source: example-courier}]", "evidence: [{source: example-gazette}]"),
        ("cases/lantern-quay.yml", "speaker: The harbour master", "speaker: The lighthouse keeper"),
        ("glossary/harbour-master.yml", "link: manual\n", ""),
        ("glossary/harbour-master.yml", "{en: [harbour master]}", "{en: [harbour master], ja: [灯籠]}"),
        ("glossary/harbour-master.yml", "The person who says", "Whoever says"),
        ("glossary/lighthouse-keeper.yml", "not-in: [", "not-in: [keeper of the lighthouse put, "),
        ("sources/example-wire.yml", "agency: ", "agency: Other "),
        ("sources/example-gazette.yml", "read: publisher", "read: copy"),
        ("statistics/festival-count.yml", "label: ", "label: New "),
        ("jurisdictions/saltmouth.yml", "checked: ", "summary: A town.\nchecked: "),
    ],
)  # fmt: skip
def test_no_page_is_missed_after_a_change(file: str, old: str, new: str) -> None:
    differ, left_out = missed(SITE, changed(SITE, file, old, new))
    assert differ
    assert left_out == set()


QUAY = "title: The quay\nforms: {en: [quay]}\ndefinition: Where ships lie.\nchecked: unknown\n"
LETTER = (SITE / "content" / "sources" / "harbour-letter.yml").read_text("utf-8")


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"content/glossary/quay.yml": QUAY}, id="a term"),
        pytest.param({"content/sources/another-letter.yml": LETTER}, id="a source"),
        pytest.param(
            {"content/sources/another-letter.yml": LETTER + "derives-from: example-courier\n"}, id="a copy"
        ),
    ],
)
def test_no_page_is_missed_where_a_record_comes_or_goes(files: dict[str, str | None], tmp_path: Path) -> None:
    without, root = as_it_was(SITE), copy_site(tmp_path / "project")
    for path, text in files.items():
        assert text is not None
        (root / path).write_text(text, "utf-8")
    with_it = load(Project(root), like=without)
    assert len(with_it.entries) == len(without.entries) + 1
    pages = {False: pages_as_they_were(SITE), True: made(with_it)}
    for then, now in ((without, with_it), (with_it, without)):
        wanted = may_differ(maker(then), maker(now))
        differ = paths_that_differ(now, pages[then is with_it], pages[now is with_it])
        assert differ
        assert {path for path in differ if not wanted(path)} == set()


@pytest.mark.parametrize("collection", list(COLLECTIONS))
def test_no_page_of_the_real_site_is_missed(collection: str) -> None:
    """After another title, and other words for a term, of the record that most others name."""
    library = as_it_was(ROOT)
    entry = max(library.collection(collection), key=lambda one: len(library.backlinks.get(one.id, ())))
    opening = 'title: "' if 'title: "' in entry.document.text else "title: "
    text = entry.document.text.replace(opening, f"{opening}Anew, ", 1)
    text = text.replace("forms: {en: [", "forms: {en: [police, ", 1)
    differ, left_out = missed(ROOT, {entry.document.path: text})
    assert len(differ) > 1
    assert left_out == set()


HARBOUR = "title: Harbour\nforms: {en: [harbour]}\ndefinition: Where ships lie.\nchecked: unknown\n"
LANTERN = "title: Lantern\nforms: {en: [lantern, lanterns]}\ndefinition: A lamp.\nchecked: unknown\n"
FACTS = """\
evidence: [{source: example-gazette}]
facts:
  sum: {derive: {op: sum, of: [lantern-quay.facts.takings, lantern-quay.facts.takings]}, standing: inferred}
  one: {value: {amount: 1, currency: EUR}}
"""
COPY = """\
type: article-newspaper
title: The copy
language: en
publisher: Example Courier
issued: 2025-04-16
accessed: unknown
read: copy
"""
FAIR = """\
title: The fair
kind: event
jurisdiction: example-land
occurred: 2025
checked: unknown
evidence: [{source: example-copy}, {source: example-gazette}]
"""


def page(text: str) -> dict[str, str]:
    return {"content/pages/about.md": f"---\ntitle: About\nchecked: unknown\n---\n{text}\n"}


def fair(more: str) -> dict[str, str]:
    return {"content/cases/the-fair.yml": FAIR + more, "content/sources/example-copy.yml": COPY}


TAKINGS = ("content/cases/lantern-quay.yml", "amount: 10000", "amount: 12000")


@pytest.mark.parametrize(
    ("files", "change", "path"),
    [
        pytest.param(
            {"content/glossary/lantern.yml": LANTERN.replace("A lamp.", "It cost {{ lantern-quay.facts.takings }}."), **page("A lantern.")},
            TAKINGS, "about.md", id="a value in the definition of a term",
        ),
        pytest.param(
            {"content/glossary/lantern.yml": LANTERN.replace("A lamp.", "A lamp of [[lantern-quay]]."), **page("A lantern.")},
            ("content/cases/lantern-quay.yml", "title: The", "title: All the"), "about.md", id="a title in the definition of a term",
        ),
        pytest.param(
            {"content/glossary/lantern.yml": LANTERN, "content/glossary/harbour.yml": HARBOUR, **page("The harbour master.")},
            ("content/glossary/lantern.yml", "definition: ", "not-in: [harbour master]\ndefinition: "), "about.md",
            id="a word that hides another term",
        ),
        pytest.param(
            {"content/glossary/lantern.yml": LANTERN, **fair("")},
            ("content/glossary/lantern.yml", "A lamp.", "A light."), "cases/the-fair.md", id="a term in what site.yml says of help",
        ),
        pytest.param(
            fair("facts: {half: {derive: {op: ratio, of: [lantern.facts.sum, lantern.facts.one]}, standing: inferred}}\n")
            | {"content/glossary/lantern.yml": LANTERN + FACTS} | page("It is {{ the-fair.facts.half }}."),
            TAKINGS, "about.md", id="what a value is worked out of by way of another",
        ),
        pytest.param(
            fair("facts: {one: {says: One.}}\n"),
            ("content/sources/example-copy.yml", "title: ", "derives-from: example-gazette\ntitle: "), "cases/the-fair.md",
            id="a source that repeats another",
        ),
        pytest.param(
            fair("summary: Each cost {{ lantern.facts.one }}.\n") | {"content/glossary/lantern.yml": LANTERN + FACTS},
            ("content/glossary/lantern.yml", "amount: 1,", "amount: 2,"), "jurisdictions/example-land.md",
            id="a value in the summary of a record in a list",
        ),
        pytest.param(
            fair("law: {act: {regulation: harbour-act, acts: 2025, version: first, evidence: [{source: example-copy}]}}\n"),
            ("content/regulations/harbour-act.yml", "title: The", "title: All the"), "sources/example-copy.md",
            id="what a part is called that stands on a source",
        ),
    ],
)  # fmt: skip
def test_no_page_is_missed_that_reads_by_way_of_another(
    files: dict[str, str], change: tuple[str, str, str], path: str, tmp_path: Path
) -> None:
    lay(tmp_path, files)
    edit(tmp_path / "content/site.yml", "front: ", 'help-note: "Look for the lantern."\nfront: ')
    file, old, new = change
    then = load(Project(tmp_path))
    now = load(Project(tmp_path), {file: then.text_of(file).replace(old, new, 1)}, like=then)  # type: ignore[union-attr]
    assert now.problems == []
    wanted = may_differ(maker(then), maker(now))
    differ = paths_that_differ(now, made(then), made(now))
    assert path in differ
    assert {path for path in differ if not wanted(path)} == set()


# ----- what is told of the change -----


def reached(then: Library, now: Library) -> set[str]:
    wanted = may_differ(maker(then), maker(now))
    return {path for library in (then, now) for path in made(library) if wanted(path)}


def test_pages_that_have_nothing_to_do_with_a_change_are_not_made() -> None:
    then = as_it_was(SITE)
    now = load(Project(SITE), changed(SITE, "help/harbour-office.yml", "title: ", "title: Anew, "), like=then)
    not_reached = set(made(then)) - reached(then, now)
    assert {
        "cases/lantern-quay.md",
        "glossary/harbour-master.md",
        "sources/example-courier.md",
    } <= not_reached
    assert "help/harbour-office.md" in reached(then, now)


def test_nothing_changed() -> None:
    then = as_it_was(SITE)
    records = {path_of(entry, "harbour-lanterns") for entry in then.entries.values()}
    assert reached(then, load(Project(SITE), like=then)) & records == set()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/site.yml", "title: ", "title: Anew, "),
        ("theme/pages/help.md.j2", "record.phone", "record.url"),
        ("theme/strings/en.yml", "Sources", "Our sources"),
    ],
)
def test_what_stands_around_the_records_reaches_all_pages(
    file: str, old: str, new: str, tmp_path: Path
) -> None:
    root = copy_site(tmp_path / "project")
    shutil.copytree(ROOT / "theme", root / "theme")
    then = load(Project(root))
    shutil.copytree(root, tmp_path / "now")
    path = tmp_path / "now" / file
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    now = load(Project(tmp_path / "now"), like=then)
    assert reached(then, now) == set(made(now))


def test_a_theme_of_which_nothing_is_known_reaches_all_pages(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "project")
    shutil.copytree(ROOT / "theme", root / "theme")
    edit(
        root / "theme/pages/page.md.j2",
        "{{ p.prose(record.body) }}",
        "{{ p.prose(record.body) }} {{ p.link(site.front) }}",
    )
    library = load(Project(root))
    assert reached(library, library) == set(made(library))
