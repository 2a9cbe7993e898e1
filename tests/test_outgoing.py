"""Where the content links out, and what `factbound fix` writes where a page has moved for good."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factbound.cli import main
from factbound.outgoing import outgoing
from factbound.visited import FILE, Visit, write_visits
from helpers import edit, lay

DAY = datetime.date(2031, 10, 1)
GAZETTE = "content/sources/example-gazette.yml"
ABOUT = "content/pages/about.md"
OLD, NEW = "https://example.org/lanterns", "https://example.org/harbour/lanterns"


def page(text: str) -> str:
    return f"---\ntitle: About\nchecked: unknown\n---\n{text}\n"


def fix(root: Path, *options: str, moved: str = OLD, to: str = NEW) -> Result:
    """What `fix` does after a run of `links --external` that found an address moved."""
    write_visits(root, {moved: Visit("moved", DAY, DAY, to=to)})
    command = ["--project", str(root), "fix", "--rule", "link-moved", *options]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def test_every_place_that_gives_an_address_is_known(tmp_path: Path) -> None:
    text = "A [page](https://a.example/x), *the [page](https://a.example/x)*,\n\n- [mail](mailto:a@site.example) and [[lantern-quay]]"
    library = lay(
        tmp_path,
        {
            ABOUT: page(f"{text}\n- See ![a quay](images/quay.svg)."),
            GAZETTE: f"type: webpage\ntitle: A\nlanguage: en\nissued: 2025\nURL: {OLD}\naccessed: unknown\nread: publisher\n"
            "archive: {url: 'https://archive.example/1', date: 2025}\n",
            "content/help/office.yml": "title: Office\nfor: Help.\nwho: All.\nprovider: Town\nurl: https://help.example/\nlanguages: [en]\nchecked: unknown\n",
        },
    )
    assert not library.problems
    assert {
        address: [(place.entry.id, place.what, place.keys[-1]) for place in places]
        for address, places in outgoing(library).items()
    } == {
        "https://a.example/x": [("about", "prose", "body"), ("about", "prose", "body")],
        OLD: [("example-gazette", "source", "URL")],
        "https://archive.example/1": [("example-gazette", "copy", "url")],
        "https://help.example/": [("office", "help", "url")],
    }


def test_a_permanent_redirect_is_mended_without_a_network(tmp_path: Path) -> None:
    lay(tmp_path, {})
    before = (tmp_path / GAZETTE).read_text("utf-8")
    result = fix(tmp_path)
    assert (result.exit_code, result.stdout) == (0, f"{GAZETTE}:6:6: link-moved: '{OLD}' -> '{NEW}'\n")
    assert (tmp_path / GAZETTE).read_text("utf-8") == before.replace(OLD, NEW)
    assert fix(tmp_path).stderr == "0 mended, 0 left\n"


@pytest.mark.parametrize("given", ['"{}"  # as printed', "'{}'", "{}   # as printed"])
def test_only_the_address_changes(given: str, tmp_path: Path) -> None:
    lay(tmp_path, {})
    edit(tmp_path / GAZETTE, f"URL: {OLD}", f"URL: {given.format(OLD)}")
    fix(tmp_path)
    assert f"URL: {given.format(NEW)}\n" in (tmp_path / GAZETTE).read_text("utf-8")


def test_in_a_text_each_place_is_mended(tmp_path: Path) -> None:
    link = "https://a.example/x"
    lay(tmp_path, {ABOUT: page(f"A [page]({link}) and\n[the same]({link}) and [more]({link}/y).")})
    result = fix(tmp_path, moved=link, to="https://b.example/z")
    assert result.stderr == "2 mended, 0 left\n"
    text = "A [page](https://b.example/z) and\n[the same](https://b.example/z) and [more](https://a.example/x/y)."
    assert (tmp_path / ABOUT).read_text("utf-8") == page(text)


@pytest.mark.parametrize(
    "to", ["https://me:pass@example.org/", "https://example.org/a)b", "https://example.org/[a]", "https://example.org/\u202e"]
)  # fmt: skip
def test_an_address_that_could_do_harm_is_left_to_an_editor(to: str, tmp_path: Path) -> None:
    lay(tmp_path, {})
    assert fix(tmp_path, to=to).stderr == "0 mended, 0 left\n"


def test_what_a_record_accepts_is_not_mended(tmp_path: Path) -> None:
    lay(tmp_path, {})
    file = tmp_path / GAZETTE
    accepted = "accepted: [{rule: link-moved, because: The old address is printed., until: 2032-01-01}]\n"
    file.write_text(file.read_text("utf-8") + accepted, "utf-8")
    assert fix(tmp_path).stderr == "0 mended, 0 left\n"
    assert "accepted-unused" not in CliRunner().invoke(main, ["--project", str(tmp_path), "check"]).output


def test_kept_answers_that_cannot_be_read_mend_nothing(tmp_path: Path) -> None:
    lay(tmp_path, {})
    fix(tmp_path, moved="https://none.example/")
    (tmp_path / FILE).write_text("{", "utf-8")
    result = CliRunner().invoke(main, ["--project", str(tmp_path), "fix", "--rule", "link-moved"])
    assert result.stderr == "0 mended, 0 left\n"


def test_the_end_of_an_entry_that_leaves_a_link_unasked_is_due(tmp_path: Path) -> None:
    library = lay(tmp_path, {})
    assert library.site is not None
    edit(
        tmp_path / "content/site.yml",
        "pages: [about]",
        "pages: [about]\nlinks-ignored: {gazette: {address: https://example.org/, because: It refuses programs., owner: the desk, until: 2031-10-05}}",
    )
    command = ["--project", str(tmp_path), "due", "--today", "2031-10-01", "--within"]
    said = "links to https://example.org/ are left unasked until 2031-10-05 (look at them, and remove the entry or give it a later day)"
    assert [said in CliRunner().invoke(main, [*command, time]).stdout for time in ("4d", "5d")] == [
        False,
        True,
    ]
