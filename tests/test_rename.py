"""`factbound rename`: an id changes wherever it is one, to the character, or nothing changes."""

from __future__ import annotations

import datetime
import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import factbound.schema
from factbound.cli import main
from factbound.fix import edited
from factbound.library import Entry, Library
from factbound.model import Case
from factbound.rename import CannotRename, _edits, find_renaming, write
from factbound.rules import check
from factbound.schema import IDS as IDS_FILE
from factbound.schema import write_schemas
from factbound.settings import Project
from factbound.verified import Quoted, Verified, read_verified, write_verified
from factbound.verified import Result as Kept
from factbound.yamlfile import read_text
from helpers import ROOT, lay, library_of, tree

CASE = "content/cases/{id}.yml"
FAIR = """\
# A case about lantern-quay, not about lantern-quay-2.
title: "The fair, after lantern-quay"   # lantern-quay
kind: incident
jurisdiction: 'example-land'
occurred: 2025-04-14
evidence:
  - source:   "example-gazette"   # example-gazette
    quote: example-gazette says so
related: [lantern-quay-2,lantern-quay]
sections:
  about:
    says: >-
      As [[lantern-quay]] and
      [[ lantern-quay.facts.takings|lantern-quay]] show, {{lantern-quay.facts.takings}} [@example-register;
      @example-gazette, p. 3; @example-gazette-2]. Not `lantern-quay`, \\[[lantern-quay]], and
      not [[lantern-quay-2|example-gazette]].
  more:
    editorial: true
    says: "\\u201cSee\\u201d [[lantern-quay|it]] [@example-gazette]."
facts:
  both:
    derive: {op: sum, of: [lantern-quay.facts.takings, the-fair.facts.one]}
    standing: inferred
  one: {label: lantern-quay, value: {amount: 1, currency: EUR}}
changes:
  lantern-quay: {date: 2025-05-01, kind: update, says: "See [[lantern-quay]]."}
checked: unknown
"""
SOURCE = (
    "type: report\ntitle: A report\nlanguage: en\nissued: unknown\naccessed: 2025-05-01\nread: publisher\n"
)
FILES = {
    CASE.format(id="the-fair"): FAIR,
    CASE.format(id="lantern-quay-2"): (
        "title: The second\nkind: event\njurisdiction: example-land\noccurred: 2025\nevidence: [{source: example-gazette-2}]\n"
        "checked: unknown\nformerly:\n  - quay-again   # once\nrelated: [the-fair]\n"
    ),
    "content/sources/example-gazette-2.yml": SOURCE + "derives-from: example-gazette\n",
    "content/sources/example-register.yml": SOURCE,
    "content/pages/about.md": (
        "---\ntitle: About\nchecked: unknown\nrelated:\n- lantern-quay\n---\n"
        "| Case | Where |\n| --- | --- |\n| [[lantern-quay|The case]] lantern-quay | {{ lantern-quay.facts.takings }} [@example-gazette] |\n"
    ),
    "content/glossary/quay.yml": (
        "title: Quay\nforms: {en: [quay]}\ndefinition: A wall for ships.\nnot-the-same-as:\n  \"lantern\": A lantern hangs.\nchecked: unknown\n"
    ),
}  # fmt: skip


def rename(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(root), "rename", *arguments], catch_exceptions=False)


def changed(root: Path, before: dict[str, bytes]) -> list[str]:
    """The lines that are not as they were, as `path: line`, by what they are now."""
    lines = []
    for path, text in tree(root).items():
        was = before.get(path, b"").decode().splitlines()
        lines += [f"{path}: {line.strip()}" for line in text.decode().splitlines() if line not in was]
    return lines


def test_an_id_changes_wherever_it_is_one_and_nowhere_else(tmp_path: Path) -> None:
    library = lay(tmp_path, FILES)
    assert [str(one) for one in check(library)] == []
    before = tree(tmp_path)
    result = rename(tmp_path, "lantern-quay", "lantern-sale")
    assert (result.exit_code, result.stderr) == (
        0,
        "'lantern-quay' renamed to 'lantern-sale'; its old address leads to the new one\n",
    )
    assert result.stdout.splitlines() == [
        "content/cases/lantern-quay.yml -> content/cases/lantern-sale.yml",
        "content/cases/lantern-sale.yml: 1 place",
        "content/cases/the-fair.yml: 7 places",
        "content/explainers/the-story.yml: 2 places",
        "content/pages/about.md: 3 places",
    ]
    case = CASE.format(id="the-fair")
    new = FAIR
    for old, now in (
        ("[lantern-quay-2,lantern-quay]", "[lantern-quay-2,lantern-sale]"),
        ("As [[lantern-quay]] and", "As [[lantern-sale]] and"),
        ("[[ lantern-quay.facts.takings|lantern-quay]] show, {{lantern-quay.", "[[ lantern-sale.facts.takings|lantern-quay]] show, {{lantern-sale."),
        ("[[lantern-quay|it]]", "[[lantern-sale|it]]"),
        ("of: [lantern-quay.", "of: [lantern-sale."),
        ("See [[lantern-quay]].", "See [[lantern-sale]]."),
    ):  # fmt: skip
        assert new.count(old) == 1, old
        new = new.replace(old, now)
    assert (tmp_path / case).read_text("utf-8") == new
    assert (tmp_path / "content/pages/about.md").read_text("utf-8") == (
        "---\ntitle: About\nchecked: unknown\nrelated:\n- lantern-sale\n---\n"
        "| Case | Where |\n| --- | --- |\n| [[lantern-sale|The case]] lantern-quay | {{ lantern-sale.facts.takings }} [@example-gazette] |\n"
    )
    assert not (tmp_path / "content/cases/lantern-quay.yml").exists()
    assert (tmp_path / "content/cases/lantern-sale.yml").read_bytes() == before[
        "content/cases/lantern-quay.yml"
    ] + b"formerly: [lantern-quay]\n"
    assert check(library_of(tmp_path)) == []


def test_a_source_changes_in_all_evidence_and_citations(tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    before = tree(tmp_path)
    assert rename(tmp_path, "example-gazette", "gazette").exit_code == 0
    assert changed(tmp_path, before) == [
        "content/cases/lantern-quay.yml: evidence: [{source: gazette}]",
        'content/cases/the-fair.yml: - source:   "gazette"   # example-gazette',
        "content/cases/the-fair.yml: @gazette, p. 3; @example-gazette-2]. Not `lantern-quay`, \\[[lantern-quay]], and",
        'content/cases/the-fair.yml: says: "\\u201cSee\\u201d [[lantern-quay|it]] [@gazette]."',
        "content/pages/about.md: | [[lantern-quay|The case]] lantern-quay | {{ lantern-quay.facts.takings }} [@gazette] |",
        "content/regulations/harbour-act.yml: evidence: [{source: gazette}]",
        "content/sources/example-gazette-2.yml: derives-from: gazette",
        *[f"content/sources/gazette.yml: {line}" for line in (
            "type: article-newspaper", "title: Lanterns in the harbour", "language: en", "container-title: Example Gazette",
            "issued: 2025-04-15", "URL: https://example.org/lanterns", "accessed: 2025-05-01", "formerly: [example-gazette]", "read: publisher",
        )],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "path", "line"),
    [
        ("example-land", "content/cases/the-fair.yml", "jurisdiction: 'new-one'"),
        ("lantern", "content/glossary/quay.yml", '"new-one": A lantern hangs.'),
        ("the-story", "content/site.yml", "front: new-one"),
        ("about", "content/site.yml", "pages: [new-one]"),
        ("about", "content/pages/new-one.md", "formerly: [about]"),
        ("the-fair", "content/cases/new-one.yml", "derive: {op: sum, of: [lantern-quay.facts.takings, new-one.facts.one]}"),
        ("lantern-quay-2", "content/cases/new-one.yml", "- lantern-quay-2"),
    ],
)  # fmt: skip
def test_each_kind_of_reference_changes(old: str, path: str, line: str, tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    before = tree(tmp_path)
    result = rename(tmp_path, old, "new-one")
    assert result.exit_code == 0, result.output
    assert f"{path}: {line}" in changed(tmp_path, before)
    assert check(library_of(tmp_path)) == []


@pytest.mark.parametrize(
    ("formerly", "after"),
    [
        ("", "checked: unknown   # not yet\nformerly: [lantern]\n"),
        ("formerly: [lamp]\n", "checked: unknown   # not yet\nformerly: [lamp, lantern]\n"),
        ("formerly: [lamp , ] # once\n", "checked: unknown   # not yet\nformerly: [lamp ,lantern ] # once\n"),
        ("formerly: []\n", "checked: unknown   # not yet\nformerly: [lantern]\n"),
        ("formerly:\n- lamp # once\n- light\n", "checked: unknown   # not yet\nformerly:\n- lamp # once\n- light\n- lantern\n"),
        ("formerly: [lamp, new-one]\n", "checked: unknown   # not yet\nformerly: [lamp, lantern]\n"),
    ],
)  # fmt: skip
def test_the_old_id_is_kept_among_the_former_ones(formerly: str, after: str, tmp_path: Path) -> None:
    head = "title: Lantern\nforms: {en: [lantern]}\ndefinition: A lamp.\n"
    lay(tmp_path, {"content/glossary/lantern.yml": f"{head}checked: unknown   # not yet\n{formerly}"})
    result = rename(tmp_path, "lantern", "new-one")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "content/glossary/new-one.yml").read_text("utf-8") == head + after


@pytest.mark.parametrize(("one", "other"), [("quay", "old-quay"), ("quay", "quay-old"), ("quay", "mole")])
def test_it_goes_there_and_back_although_nothing_mentions_it(one: str, other: str, tmp_path: Path) -> None:
    term = "title: Quay\nforms: {en: [quay wall]}\ndefinition: A wall.\nchecked: unknown\n"
    lay(tmp_path, {f"content/glossary/{one}.yml": term})
    assert rename(tmp_path, one, other).exit_code == 0
    back = rename(tmp_path, other, one)
    assert (back.exit_code, back.stderr.splitlines()[-1]) == (
        0,
        f"'{other}' renamed to '{one}'; its old address leads to the new one",
    )


def test_what_verify_found_goes_along(tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    kept = Kept("there", datetime.date(2031, 10, 1), datetime.date(2031, 10, 1))
    of_other = Kept("gone", datetime.date(2031, 10, 1))
    found = {Quoted("example-gazette", "lit"): kept, Quoted("example-gazette-2", "lit"): of_other}
    write_verified(tmp_path, Verified(found))
    result = rename(tmp_path, "example-gazette", "zeitung")
    assert "content/_verified.json: 1 place" in result.stdout.splitlines()
    then = {Quoted("example-gazette-2", "lit"): of_other, Quoted("zeitung", "lit"): kept}
    assert read_verified(tmp_path).results == then
    text = (tmp_path / "content/_verified.json").read_text("utf-8")
    write_verified(tmp_path, Verified(then))
    assert (tmp_path / "content/_verified.json").read_text("utf-8") == text


def test_line_ends_stay(tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    for file in tmp_path.rglob("*.*"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert rename(tmp_path, "lantern-quay", "lantern-sale").exit_code == 0
    for path, text in tree(tmp_path).items():
        assert text.count(b"\n") == text.count(b"\r\n"), path
    assert (
        b"checked: unknown\r\nformerly: [lantern-quay]\r\n"
        in (tmp_path / "content/cases/lantern-sale.yml").read_bytes()
    )


def test_the_ids_that_programs_offer_are_renewed_and_that_is_said(tmp_path: Path) -> None:
    library = lay(tmp_path, {})
    write_schemas(library)
    assert rename(tmp_path, "lantern", "lamp", "--dry-run").stdout.splitlines()[-1] == (
        "content/_schema/ids.json: the ids that editors' programs offer"
    )
    assert '"lamp"' not in (tmp_path / IDS_FILE).read_text("utf-8")
    assert rename(tmp_path, "lantern", "lamp").stdout.splitlines()[-1] == (
        "content/_schema/ids.json written: the ids that editors' programs offer"
    )
    assert '"lamp"' in (tmp_path / IDS_FILE).read_text("utf-8")


def test_what_was_renamed_stays_so_where_the_ids_cannot_be_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_schemas(lay(tmp_path, {}))

    def full(*_arguments: object) -> list[str]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(factbound.schema, "renew_ids", full)
    result = rename(tmp_path, "lantern", "lamp")
    assert (result.exit_code, result.stderr.splitlines()) == (
        0,
        [
            "content/_schema/ids.json cannot be written: No space left on device (factbound schema writes it)",
            "'lantern' renamed to 'lamp'; its old address leads to the new one",
        ],
    )


def test_a_diff_and_a_dry_run_write_nothing(tmp_path: Path) -> None:
    lay(tmp_path, {})
    before = tree(tmp_path)
    result = rename(tmp_path, "lantern", "lamp", "--diff")
    assert (result.exit_code, result.stderr) == (
        0,
        "'lantern' would be renamed to 'lamp'; its old address leads to the new one\n",
    )
    assert result.stdout == (
        "--- a/content/glossary/lantern.yml\n+++ b/content/glossary/lamp.yml\n@@ -2,3 +2,4 @@\n"
        " forms: {en: [lantern, lanterns]}\n definition: A lamp with a case around it.\n checked: unknown\n+formerly: [lantern]\n"
    )
    assert rename(tmp_path, "lantern", "lamp", "--dry-run").stdout == (
        "content/glossary/lantern.yml -> content/glossary/lamp.yml\ncontent/glossary/lamp.yml: 1 place\n"
    )
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("lantern-quai", "x", "there is no record 'lantern-quai' (did you mean 'lantern-quay'?)"),
        ("site", "x", "there is no record 'site' (an id is the name of a file in content/, without .yml)"),
        ("quay-again", "x", "'quay-again' is 'lantern-quay-2' now (give that id)"),
        ("lantern", "lantern", "'lantern' is its id already (give another)"),
        ("lantern", "Lamp", "'Lamp' cannot be an id (use lowercase letters, digits and single hyphens: 'lamp')"),
        ("lantern", "help", "'help' is the name of a collection (choose another file name)"),
        ("lantern", "about", "'about' is already the id of content/pages/about.md (choose another: an id is unique across all collections)"),
        ("lantern", "quay-again", "'quay-again' is a former id of content/cases/lantern-quay-2.yml, and its address leads there (choose another, or take it out of 'formerly')"),
    ],
)  # fmt: skip
def test_an_id_that_cannot_be_is_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    before = tree(tmp_path)
    result = rename(tmp_path, old, new)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {told}")
    assert tree(tmp_path) == before


BROKEN = "content/glossary/pier.yml"


@pytest.mark.parametrize(
    ("files", "old", "code", "told"),
    [
        ({BROKEN: "title: [lantern\n"}, "lantern", 1, f"{BROKEN} cannot be read, and may name 'lantern' (mend it first: factbound check says how)"),
        ({BROKEN: 'title: ["l\\u0061ntern"\n'}, "lantern", 1, f"{BROKEN} cannot be read, and may name 'lantern' (mend it first: factbound check says how)"),
        ({"content/site.yml": "title: [\n"}, "lantern", 1, "content/site.yml cannot be read, and may name 'lantern' (mend it first: factbound check says how)"),
        ({"content/_verified.json": '{"lantern": '}, "lantern", 1, "content/_verified.json cannot be read, and may name 'lantern' (mend it first: factbound check says how)"),
        ({BROKEN: "title: [\n"}, "pier", 2, "Error: the file of 'pier' cannot be read (factbound check says what to mend first)"),
        (
            {"content/cases/the-fair.yml": FAIR.replace("[[lantern-quay|it]]", "[[lantern\\u002dquay|it]]")}, "lantern-quay", 1,
            "content/cases/the-fair.yml:19:28: 'lantern-quay' does not stand here letter by letter (write it without escapes and on one line, then run this again)",
        ),
        (
            {"content/glossary/lantern.yml": "{title: Lantern, forms: {en: [lantern, lanterns]}, definition: A lamp., checked: unknown}\n"}, "lantern", 1,
            "there would be another problem: content/glossary/new-one.yml:2:1: error[yaml]: a second document begins here (keep one record in one file)",
        ),
    ],
)  # fmt: skip
def test_where_it_cannot_be_whole_nothing_changes(
    files: dict[str, str], old: str, code: int, told: str, tmp_path: Path
) -> None:
    lay(tmp_path, {**FILES, **files})
    before = tree(tmp_path)
    result = rename(tmp_path, old, "new-one")
    assert result.exit_code == code
    said = result.stderr.splitlines()
    assert said[0 if code == 1 else -1] == told
    assert code == 2 or said[-1] == "not renamed; nothing was changed"
    assert tree(tmp_path) == before


def test_a_draft_that_does_not_hold_the_letters_is_no_hindrance(tmp_path: Path) -> None:
    lay(tmp_path, {**FILES, BROKEN: "title:\nforms: {en: [pier]}\n"})
    assert rename(tmp_path, "lantern-quay", "lantern-sale").exit_code == 0


def test_a_file_that_changes_meanwhile_stops_it(tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    renaming = find_renaming(Project(tmp_path), "lantern-quay", "lantern-sale")
    with (tmp_path / "content/cases/the-fair.yml").open("a") as file:
        file.write("# more\n")
    before = tree(tmp_path)
    with pytest.raises(CannotRename) as error:
        write(Project(tmp_path), renaming)
    assert str(error.value) == "content/cases/the-fair.yml was changed in the meantime (run this again)"
    assert tree(tmp_path) == before


@pytest.mark.parametrize("after", range(5))
@pytest.mark.parametrize("error", [OSError(28, "No space left on device", "x"), KeyboardInterrupt()])
def test_what_fails_half_way_is_put_back(
    after: int, error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, FILES)
    before = tree(tmp_path)
    renaming = find_renaming(Project(tmp_path), "lantern-quay", "lantern-sale")
    left = [after]

    def replace(source: Path, target: Path) -> None:
        if not left[0]:
            raise error
        left[0] -= 1
        os.rename(source, target)

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self.name == "lantern-quay.yml":
            raise error
        if self.exists():
            os.remove(self)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(type(error)):
        write(Project(tmp_path), renaming)
    assert tree(tmp_path) == before


def test_every_record_of_this_site_can_be_renamed() -> None:
    """All that its id stands for is found: a sample, since each reads the whole content."""
    library = library_of(ROOT)
    for id in list(library.entries)[::60]:
        renaming = find_renaming(Project(ROOT), id, f"{id}-anew")
        assert renaming.path_after(renaming.old).split("/")[-1].startswith(f"{id}-anew.")


IDS = st.sampled_from(["a", "b", "a-b", "b-a", "a-a", "aa"])


@given(
    st.lists(
        st.tuples(IDS, st.sampled_from(["[@{}]", "[[{}]]", "[[{}|a]]", "{}", "[@a-b; @{}, p. a]", "`{}`"])),
        min_size=1,
        max_size=6,
    )
)
def test_only_the_id_itself_changes_in_prose(parts: list[tuple[str, str]]) -> None:
    text = " ".join(form.format(id) for id, form in parts)
    expected = " ".join(
        form.format("new" if id == "a" and form not in ("{}", "`{}`") else id) for id, form in parts
    )
    library = prose(text)
    edits = [edit for one in library.all for edit in _edits(one, one.survey.mentions, "a", "new")]
    assert edited(library.entries["x"].document.text, set(edits)).partition("says: ")[2] == f"'{expected}'\n"


def prose(text: str) -> Library:
    document = read_text(
        "title: X\nkind: event\njurisdiction: j\noccurred: 2025\nchecked: unknown\n"
        f"sections:\n  x:\n    says: '{text}'\n",
        "content/cases/x.yml",
    )
    record = Case.model_validate(document.data)
    return Library(Project(ROOT), None, None, {"x": Entry("x", "cases", record, document)})
