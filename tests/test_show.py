"""`factbound show`: a record as its page has it, in a terminal of any width, and who names it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from factbound.cli import main
from factbound.copies import make_copies
from factbound.pages import make_pages
from factbound.problems import cells
from factbound.settings import Addresses
from factbound.show import as_text, plain_words
from helpers import DAY, SITE, TODAY, lay, library_of


def show(root: Path, *arguments: str, columns: int = 80) -> Result:
    command = ["--project", str(root), "show", *arguments, "--today", TODAY]
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(main, command, catch_exceptions=False)


def test_a_record_is_shown_with_who_names_it() -> None:
    result = show(SITE, "lighthouse-keeper", columns=60)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout
        == """\
content/glossary/lighthouse-keeper.yml

Lighthouse keeper
=================

The person who lives by the lamp and keeps it burning.

- In other languages: 灯台守 (とうだいもり, Japanese)
- Also called: lamp warden
- Rests on: our own words
- Last checked: 30 September 2031

A lighthouse keeper is also called by the name of the lamp.

Not the same as
---------------

- Harbour master: The harbour master works by day.

What links here
---------------

- The lanterns on the north quay (2031) (case)
- Harbour master (glossary)
- The lanterns of Saltmouth (explainer)

Last checked against its sources: 30 September 2031.

Nothing names it.
"""
    )


def test_every_place_that_names_a_record_is_listed() -> None:
    assert show(SITE, "lantern-quay").stdout.partition("\nNamed at ")[2] == (
        "5 places:\n"
        "content/explainers/harbour-lanterns.yml:3:13: key-facts.0\n"
        "content/explainers/harbour-lanterns.yml:4:7: main\n"
        "content/explainers/harbour-lanterns.yml:8:28: questions.what.answer\n"
        "content/explainers/harbour-lanterns.yml:10:11: questions.what.see.0\n"
        "content/pages/about.md:15:5: body\n"
    )
    assert show(SITE, "harbour-lanterns").stdout.endswith(
        "\nNamed at 1 place:\ncontent/site.yml:6:8: front\n"
    )
    assert show(SITE, "about").stdout.endswith("\ncontent/site.yml:8:9: pages.0\n")
    assert show(SITE, "harbour-master").stdout.endswith(
        "\nNamed at 1 place:\ncontent/glossary/lighthouse-keeper.yml:8:19: not-the-same-as.harbour-master\n"
    )


def test_as_markdown_it_is_the_copy_on_the_site() -> None:
    library = library_of(SITE)
    copies = make_copies(make_pages(library, "en", today=DAY), library, "en", Addresses())
    assert show(SITE, "lantern-quay", "--markdown").stdout == copies["cases/lantern-quay.md"]


def test_no_line_is_wider_than_the_terminal() -> None:
    for id in ("lantern-quay", "festival-count", "harbour-by-law-7", "example-gazette", "about"):
        page = show(SITE, id, columns=40).stdout.partition("\nNamed at ")[0]
        wide = [line for line in page.splitlines()[1:] if cells(line) > 40]
        assert [line for line in wide if not re.search(r"\S{34}", line)] == []
        assert "\x1b" not in page


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# A title", "A title\n======="),
        ("## 灯籠", "灯籠\n----"),
        ("[https://a.example/](https://a.example/)", "https://a.example/"),
        ("Lit[^1][^2].", "Lit[1][2]."),
        ("-   one two three four\n    -   five six seven eight", "- one two three four\n  - five six seven\n    eight"),
        ("10. one two three four five", "10. one two three\n    four five"),
        ("> **Note**\n>\n> one two three four five", "| Note\n|\n| one two three four\n| five"),
        ("| Of | Is |\n| --- | --- |\n| a \\| b | **c** |\n\n| A | B | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |", "- a | b: c\n\n- 1\n  B: 2\n  C: 3"),
        ("港の灯籠四十二基、岸壁で燃える", "港の灯籠四十二基、岸\n壁で燃える"),
        ("港の灯籠四十二基は今、岸壁で", "港の灯籠四十二基は\n今、岸壁で"),
    ],
)  # fmt: skip
def test_markdown_is_set_for_a_terminal(markdown: str, text: str) -> None:
    assert as_text(markdown, 20) == f"{text}\n"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("One *two* **three** `four` [five](../x.md).", "One two three four five."),
        (r"\*No\* \[mark\] &lt;here&gt; &amp;amp; \`", "*No* [mark] <here> &amp; `"),
        (r"[“Words” \[ours\]](https://a.example/b_(c)#:~:text=d), p. 3", "“Words” [ours] <https://a.example/b_(c)>, p. 3"),
        ("[^12]: *Gazette*, 2025. [About this source](../sources/example-gazette.md)", "[12] Gazette, 2025. [@example-gazette]"),
    ],
)  # fmt: skip
def test_marks_of_markdown_are_taken_away(markdown: str, text: str) -> None:
    assert as_text(markdown, 80) == f"{text}\n"


@given(st.text("ab 灯、。[]()*\\`&<|#->1.^:\n", max_size=60), st.integers(1, 60))
def test_whatever_the_words_they_are_set(text: str, width: int) -> None:
    lines = as_text(text, width).split("\n")
    for line in lines:
        pieces = line.split()
        assert cells(line) <= max(width, 20) or len(pieces) <= 3


@given(st.text("ab灯 ", max_size=40))
def test_plain_words_stay(text: str) -> None:
    assert plain_words(text) == text
    assert "".join(as_text(text, 20).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("id", "told"),
    [
        ("lantern-quai", "there is no record 'lantern-quai' (did you mean 'lantern-quay'?)"),
        ("quay-fire", "'quay-fire' is 'lantern-quay' now (give that id)"),
        ("lantern-quay.facts.takings", "there is no record 'lantern-quay.facts.takings' (give the id alone: 'lantern-quay')"),
        ("Lantern-Quay", "there is no record 'Lantern-Quay' (give the id as it is: 'lantern-quay')"),
    ],
)  # fmt: skip
def test_a_record_that_is_not_there_is_told(id: str, told: str) -> None:
    result = show(SITE, id)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        f"Error: Invalid value for ID: {told}",
    )


def test_while_there_are_errors_there_is_no_page(tmp_path: Path) -> None:
    lay(tmp_path, {"content/cases/x.yml": "title: X\n"})
    result = show(tmp_path, "lantern")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[0] == (
        "content/cases/x.yml:1:1: error[missing-key]: 'checked' is missing (add it: the day on which an editor last held the record against its sources, or `unknown`)"
    )
    assert result.stderr.splitlines()[-1] == "not shown: mend what is listed here first"
