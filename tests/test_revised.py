"""`factbound changes`: the change in the words of the pages, and the pages that read differently, for somebody who has
never seen YAML."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from factbound import model
from factbound.cli import main
from factbound.revised import teller
from factbound.revised.reading import side_by_side
from helpers import FAIR, FAIR_CASE, REGISTER, ROOT, TODAY, commit, copy_site, edit, git, lay

CASE = FAIR_CASE.replace("    says: About", "    label: Takings\n    says: About")
FILES = {FAIR: CASE, "content/sources/example-register.yml": REGISTER}


def changes(root: Path, *more: str, base: str = "HEAD", **variables: str) -> Result:
    command = ["--project", str(root), "changes", "--base", base, "--today", TODAY, *more]
    return CliRunner(env=variables).invoke(main, command, catch_exceptions=False)


def committed(root: Path, files: Mapping[str, str] = FILES) -> Path:
    lay(root, files)
    return commit(root)


def block(text: str, heading: str) -> list[str]:
    """The lines below a heading, without empty ones."""
    after = text.partition(f"### {heading}\n")[2]
    return [line for line in re.split(r"^#", after, flags=re.MULTILINE)[0].splitlines() if line]


def told(
    root: Path, old: str, new: str, more: str = "", heading: str = "The fair (case, changed)"
) -> list[str]:
    """What is told of the case after one change of it."""
    committed(root)
    edit(root / FAIR, old, new)
    if more:
        (root / FAIR).write_text((root / FAIR).read_text("utf-8") + more, "utf-8")
    return block(changes(root).stdout, heading)


# ----- facts, in words -----


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("amount: 10000", "amount: 12000, qualifier: over", "- **Takings**, value: 10,000 euros → over 12,000 euros"),
        ("standing: alleged", "standing: disputed", "- **Takings**, how sure it is: Alleged → Disputed"),
        ("    standing: alleged\n", "", "- **Takings**, how sure it is: Alleged → Established"),
        ("About ten thousand.", "Some ten thousand.", "- **Takings**, words: About ten thousand. → Some ten thousand."),
        ("label: Takings", "label: Earnings", "- **Earnings**, label: Takings → Earnings"),
        ("occurred: 2025-04-14", "occurred: 2025-04~", "- **When it happened**: 14 April 2025 → about April 2025"),
        ("checked: unknown", "checked: 2031-05-02", "- **Last checked**: not recorded → 2 May 2031"),
        ("kind: incident", "kind: event", "- **Kind**: Incident → Event"),
        ("stage: charged", "stage: convicted", "- **The keeper**, stage: Charged → Convicted"),
        ("stage: charged", 'stage: charged, final: "no"', "- **The keeper**, whether it is final: Whether the outcome is final is not known. → The outcome is not final."),
        ("title: The fair\n", "title: The fair\nsummary: It was loud.\n", "- **Summary**: nothing → It was loud."),
        ("value: {amount: 10000, currency: EUR}", "value: {amount: 10000, currency: EUR}\n    about: keeper", "- **Takings**, about: nothing → The keeper"),
        ("About ten thousand.", "About ten thousand [@example-gazette].", "- **Takings**, words: other links, citations or emphasis"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_the_words_of_the_page(old: str, new: str, line: str, tmp_path: Path) -> None:
    assert told(tmp_path, old, new) == [line]


def test_a_stage_or_a_status_that_moved_stands_first(tmp_path: Path) -> None:
    committed(tmp_path)
    edit(tmp_path / FAIR, "About ten", "Some ten")
    edit(tmp_path / FAIR, "stage: charged", "stage: convicted")
    edit(
        tmp_path / "content/regulations/harbour-act.yml",
        "in-force, as-of: 2025-05-01",
        "repealed, as-of: 2025-06-01",
    )
    text = changes(tmp_path).stdout
    assert (
        text.splitlines()[2]
        == "- **The fair:** The keeper Charged → Convicted; **The Harbour Act:** Status In force → Repealed"
    )
    assert [line.split(",")[0] for line in block(text, "The fair (case, changed)")] == [
        "- **The keeper**",
        "- **Takings**",
    ]
    assert block(text, "The Harbour Act (law, changed)") == [
        "- **Status**, value: In force → Repealed", "- **Status**, as of: 1 May 2025 → 1 June 2025",
    ]  # fmt: skip


def test_facts_that_come_and_go(tmp_path: Path) -> None:
    more = "  noise:\n    says: It was loud [@example-gazette].\n    standing: alleged\n    evidence: [{source: example-register}]\n"
    assert told(tmp_path, "kind: incident", "kind: incident", more) == [
        "- Fact added: **noise**: It was loud. (Alleged; from The register)"
    ]
    git(tmp_path, "commit", "-q", "-a", "-m", "More")
    (tmp_path / FAIR).write_text(CASE, "utf-8")
    assert block(changes(tmp_path).stdout, "The fair (case, changed)") == [
        "- Fact removed: **noise**: It was loud. (Alleged; from The register)"
    ]


def test_a_part_of_a_fact_is_told_with_the_fact(tmp_path: Path) -> None:
    more = "    accounts:\n      wire: {value: {amount: 9000, currency: EUR}, relation: differs, evidence: [{source: example-gazette}]}\n"
    assert told(tmp_path, "kind: incident", "kind: incident", more) == [
        "- Fact added: **Takings**, other account, “wire”: (9,000 euros; Another account differs; from Lanterns in the harbour)"
    ]  # fmt: skip


def test_a_value_that_is_worked_out_changes_with_what_went_in(tmp_path: Path) -> None:
    derived = "  twice:\n    label: Together\n    derive: {op: sum, of: [the-fair.facts.takings, lantern-quay.facts.takings]}\n    standing: inferred\n"
    committed(tmp_path, {**FILES, FAIR: CASE + derived})
    edit(tmp_path / "content/cases/lantern-quay.yml", "amount: 10000", "amount: 15000")
    text = changes(tmp_path).stdout
    assert block(text, "The fair (case, changed)") == [
        "- **Together**, value: about 20,000 euros → about 25,000 euros"
    ]


def test_another_way_of_working_out_is_told_in_words(tmp_path: Path) -> None:
    derived = "  twice:\n    label: Together\n    derive: {op: sum, of: [the-fair.facts.takings, lantern-quay.facts.takings]}\n    standing: inferred\n"
    committed(tmp_path, {**FILES, FAIR: CASE + derived})
    edit(tmp_path / FAIR, "op: sum", "op: ratio")
    paths = "The fair: Takings, The lanterns of the quay: takings"
    line = f"Together, how it is worked out: Worked out as the sum of: {paths} → Worked out as the first by the second of: {paths}"
    assert any(line in one for one in block(changes(tmp_path).stdout, "What readers are not told yet"))


def test_each_language_is_told_by_itself(tmp_path: Path) -> None:
    committed(tmp_path)
    edit(tmp_path / FAIR, "says: About ten thousand.", "says: {en: About ten thousand., ja: 約一万。}")
    assert block(changes(tmp_path).stdout, "The fair (case, changed)") == [
        "- **Takings**, words: About ten thousand. → nothing",
        "- **Takings**, words in English: nothing → About ten thousand.",
        "- **Takings**, words in Japanese: nothing → 約一万。",
    ]


def test_of_a_long_text_only_what_changed_is_shown(tmp_path: Path) -> None:
    sentences = [f"Sentence number {n} is about the harbour." for n in "abcdefghij"]
    said = " ".join(sentences)
    committed(tmp_path, {**FILES, FAIR: CASE + f"summary: {said}\n"})
    edit(tmp_path / FAIR, "number c is", "number c was")
    assert block(changes(tmp_path).stdout, "The fair (case, changed)") == [
        "- **Summary**: … Sentence number c is about the harbour. … → … Sentence number c was about the harbour. …"
    ]


def test_two_parts_that_are_called_the_same_are_told_apart(tmp_path: Path) -> None:
    law = "content/regulations/harbour-by-law-7.yml"
    root = copy_site(tmp_path / "project")
    edit(root / law, "  closing: {kind: order, label: Closing of the stall", "  second-fine: {kind: fine")
    edit(root / law, "kind: prison, for: setting fire to the pier", "kind: fine, for: doing so again")
    commit(root)
    edit(root / law, "min: {amount: 10,", "min: {amount: 20,")
    edit(root / law, "says: For one night.", "says: For two nights.")
    edit(root / law, "duration: 2", "duration: 3")
    lines = [line for line in changes(root).stdout.splitlines() if line.startswith("- **Fine")]
    assert [line.partition(":")[0] for line in lines] == [
        "- **Fine (lighting an open flame)**, at least", "- **Fine (second fine)**, words", "- **Fine (pier)**, at most",
    ]  # fmt: skip


def test_two_parties_with_one_role_are_told_apart(tmp_path: Path) -> None:
    keeper = "  keeper: {role: The keeper, stage: charged, evidence: [{source: example-gazette}]}\n"
    two = "".join(
        keeper.replace("keeper", name).replace("The " + name, "A seller") for name in ("one", "two")
    )
    case = CASE.replace(keeper, two)
    committed(tmp_path, {**FILES, FAIR: case})
    edit(tmp_path / FAIR, "two: {role: A seller, stage: charged", "two: {role: A seller, stage: convicted")
    assert changes(tmp_path).stdout.splitlines()[2] == "- **The fair:** A seller (two) Charged → Convicted"


# ----- sources -----


def test_sources_gained_and_lost(tmp_path: Path) -> None:
    committed(tmp_path)
    edit(tmp_path / FAIR, ", {source: example-register}", "")
    edit(tmp_path / FAIR, "kind: incident", "summary: It was loud [@example-register].\nkind: incident")
    text = changes(tmp_path).stdout
    assert block(text, "The fair (case, changed)") == [
        "- **Summary**: nothing → It was loud.",
        "- Source gained: **The register**",
        "- Source lost: **The register**, for Takings",
    ]
    assert "- Sources under statements: 1 gained, 1 lost\n" in text
    assert block(text, "What readers are not told yet")[0] == (
        "- **The fair**: Takings no longer stands on The register. Restore the source, remove what stood on it, "
        "or say why in a note of the kind “correction”. `content/cases/the-fair.yml:11`"
    )


def test_a_renamed_source_is_the_same_source(tmp_path: Path) -> None:
    committed(tmp_path)
    (tmp_path / "content/sources/example-register.yml").rename(
        tmp_path / "content/sources/harbour-register.yml"
    )
    with (tmp_path / "content/sources/harbour-register.yml").open("a", encoding="utf-8") as file:
        file.write("formerly: [example-register]\n")
    edit(tmp_path / FAIR, "example-register", "harbour-register")
    text = changes(tmp_path).stdout
    assert "Source gained" not in text and "Source lost" not in text
    assert block(text, "The register (source, renamed)") == [
        "- It was called `example-register` and is called `harbour-register` now; the old address leads on.",
        "- **Former addresses**: nothing → example-register",
    ]


# ----- records and notes -----


def test_records_that_come_and_go(tmp_path: Path) -> None:
    committed(tmp_path)
    (tmp_path / FAIR).unlink()
    (tmp_path / "content/cases/the-market.yml").write_text(CASE.replace("The fair", "The market"), "utf-8")
    text = changes(tmp_path).stdout
    assert text.splitlines()[2] == "- Records: 1 added, 1 removed"
    added = block(text, "The market (case, new)")
    assert added == [
        "- (Incident; jurisdiction: Example Land; when it happened: 14 April 2025)",
        "- Fact added: **Takings**: About ten thousand. (Alleged; 10,000 euros; from Lanterns in the harbour; The register)",
        "- Party added: **The keeper**: (Established; Charged; from Lanterns in the harbour)",
        "- Source gained: **Lanterns in the harbour**, for Takings, The keeper",
        "- Source gained: **The register**, for Takings",
    ]
    assert block(text, "The fair (case, removed)")[0] == added[0]
    assert "**The fair**: the page is gone." in block(text, "What readers are not told yet")[0]


def test_a_change_without_a_note_is_told_with_its_line(tmp_path: Path) -> None:
    committed(tmp_path)
    edit(tmp_path / FAIR, "amount: 10000", "amount: 12000")
    assert block(changes(tmp_path).stdout, "What readers are not told yet") == [
        "- **The fair**: Takings, value: 10,000 euros → 12,000 euros. Add a note that says what changed, as an update or "
        "as a correction. `content/cases/the-fair.yml:13`"
    ]


def test_a_note_is_shown_and_nothing_is_missing(tmp_path: Path) -> None:
    note = "changes:\n  later: {date: 2025-06-01, kind: correction, says: It was twelve thousand.}\n"
    lines = told(tmp_path, "amount: 10000", "amount: 12000", note)
    assert lines == [
        "- **Takings**, value: 10,000 euros → 12,000 euros",
        "- Note for readers: correction, 1 June 2025: It was twelve thousand.",
    ]
    assert "not told yet" not in changes(tmp_path).stdout


def test_an_address_that_is_gone_is_told(tmp_path: Path) -> None:
    committed(tmp_path)
    edit(tmp_path / FAIR, "  takings:", "  earnings:")
    assert block(changes(tmp_path).stdout, "What readers are not told yet") == [
        "- **The fair**: Takings (fact) is gone. Links that readers have kept lead nowhere now: keep its name, or accept that. "
        "`content/cases/the-fair.yml:9`"
    ]


# ----- pages -----


def pages(root: Path, **variables: str) -> dict[str, dict[str, Any]]:
    made = json.loads(changes(root, "--format", "json", **variables).stdout)
    return {page["path"]: page for page in made["pages"]}


def test_every_page_that_reads_differently_is_named(tmp_path: Path) -> None:
    committed(tmp_path)
    edit(tmp_path / "content/cases/lantern-quay.yml", "amount: 10000", "amount: 12000")
    found = pages(tmp_path)
    assert set(found) == {"index.md", "cases/lantern-quay.md"}
    assert found["index.md"] == {
        "path": "index.md", "address": "/", "title": "The story", "group": "Explainers", "how": "changed", "aside": False,
    }  # fmt: skip
    assert block(changes(tmp_path).stdout, "Pages that read differently (2)") == [
        "**Cases** (1)", "- The lanterns of the quay `/cases/lantern-quay/`", "**Explainers** (1)", "- The story `/`",
    ]  # fmt: skip
    text = changes(tmp_path, FACTBOUND_SITE_URL="https://site.example/lamps/").stdout
    assert "- [The story](https://site.example/lamps/)\n" in text


def rendered(root: Path) -> dict[str, str]:
    """All pages as `build --pages-only` writes them, by their paths."""
    folder = root.parent / f"{root.name}-pages"
    command = ["--project", str(root), "build", "--pages-only", str(folder), "--today", TODAY]
    assert CliRunner().invoke(main, command, catch_exceptions=False).exit_code == 0
    return {
        file.relative_to(folder / "docs").as_posix(): file.read_text("utf-8")
        for file in (folder / "docs").rglob("*.md")
    }


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("cases/lantern-quay.yml", "title: ", "title: All of "),
        ("glossary/harbour-master.yml", "title: ", "keywords: [boss]\ntitle: "),
        ("sources/example-gazette.yml", "title: ", "title: The "),
        ("jurisdictions/saltmouth.yml", "title: ", "title: New "),
        ("statistics/festival-count.yml", "title: ", "title: New "),
    ],
)
def test_the_pages_are_those_whose_files_differ(file: str, old: str, new: str, tmp_path: Path) -> None:
    root = commit(copy_site(tmp_path / "project"))
    before = rendered(root)
    path = root / "content" / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    after = rendered(root)
    body = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
    differ = {name for name in after if body.sub("", before[name]) != body.sub("", after[name])}
    differ -= {name for name in differ if '\nkind: "moved"\n' in after[name]}
    assert set(pages(root)) == differ


def test_a_long_list_is_folded(tmp_path: Path) -> None:
    cases = {f"content/cases/fair-{n:02}.yml": CASE.replace("The fair", f"Fair {n:02}") for n in range(14)}
    committed(tmp_path, {**FILES, **cases})
    edit(tmp_path / "content/jurisdictions/example-land.yml", "Example Land", "Land of Examples")
    lines = changes(tmp_path).stdout.splitlines()
    listed = lines[lines.index("**Cases** (16)") + 2 :]
    assert [line for line in listed[:12] if line.startswith("- ")] == listed[:10]
    assert listed[11] == "<details><summary>6 more</summary>"
    assert len(pages(tmp_path)) > 16


def test_what_only_opens_beside_a_word_is_told_apart(tmp_path: Path) -> None:
    committed(tmp_path)
    edit(tmp_path / "content/glossary/lantern.yml", "A lamp with a case", "A light with a case")
    found = pages(tmp_path)
    assert {path for path, page in found.items() if not page["aside"]} == {
        "glossary/lantern.md",
        "glossary/index.md",
    }
    aside = sum(page["aside"] for page in found.values())
    assert aside >= 2
    assert (
        f"On {aside} more pages only what opens beside a word, or the way to the page before or after, is different.\n"
        in changes(tmp_path).stdout
    )


def with_theme(root: Path) -> Path:
    """The tiny site with a theme of its own."""
    copy_site(root)
    for folder in ("pages", "strings"):
        shutil.copytree(ROOT / "theme" / folder, root / "theme" / folder)
    return root


def test_the_theme_changes_pages_too(tmp_path: Path) -> None:
    root = commit(with_theme(tmp_path / "project"))
    edit(
        root / "theme/strings/en.yml", 'parties.reported: "As reported:"', 'parties.reported: "Reported so:"'
    )
    assert set(pages(root)) == {"cases/lantern-quay.md"}


def test_an_earlier_theme_that_does_not_work_is_left_out(tmp_path: Path) -> None:
    root = with_theme(tmp_path / "project")
    words = (root / "theme/strings/en.yml").read_text("utf-8")
    edit(root / "theme/strings/en.yml", "standing.alleged: Alleged\n", "")
    commit(root)
    (root / "theme/strings/en.yml").write_text(words, "utf-8")
    edit(root / "content/help/harbour-office.yml", "Day and night.", "By day.")
    result = json.loads(changes(root, "--format", "json").stdout)
    assert result["remarks"] == [
        "What the theme changes is left out: the earlier one does not work with this program."
    ]
    assert [page["path"] for page in result["pages"]] == ["help/harbour-office.md"]


def test_content_that_is_wrong_is_told_without_its_pages(tmp_path: Path) -> None:
    committed(tmp_path)
    edit(tmp_path / FAIR, "amount: 10000", "amount: 12000")
    edit(tmp_path / FAIR, "jurisdiction: example-land", "jurisdiction: nowhere")
    (tmp_path / "content/glossary/lantern.yml").write_text("title: [\n", "utf-8")
    result = changes(tmp_path)
    assert (result.exit_code, result.stderr) == (
        1,
        "not everything was compared: the report says why, and factbound check what is wrong\n",
    )
    assert "- Not compared, since it cannot be read now: lantern.\n" in result.stdout
    assert (
        "- Pages are not compared: the present content has 2 errors (factbound check lists them).\n"
        in result.stdout
    )
    assert "- **Jurisdiction**: Example Land → nowhere\n" in result.stdout


def test_what_was_not_compared_is_not_called_nothing(tmp_path: Path) -> None:
    committed(tmp_path)
    (tmp_path / FAIR).write_text(f"<<<<<<< HEAD\n{CASE}", "utf-8")
    result = changes(tmp_path)
    assert result.exit_code == 1
    assert result.stdout == (
        "## What changes since `HEAD`\n\n"
        "Not everything was compared, and nothing is found in what was.\n\n"
        "- Not compared, since it cannot be read now: the-fair.\n"
        "- Pages are not compared: the present content has 1 error (factbound check lists them).\n"
    )


@pytest.mark.parametrize("name", ["The-fair", "the fair"])
def test_a_file_whose_name_is_no_id_any_more_is_not_gone(name: str, tmp_path: Path) -> None:
    committed(tmp_path)
    (tmp_path / FAIR).rename(tmp_path / f"content/cases/{name}.yml")
    result = changes(tmp_path)
    assert result.exit_code == 1
    assert result.stdout == (
        "## What changes since `HEAD`\n\n"
        "Not everything was compared, and nothing is found in what was.\n\n"
        f"- Not taken in now because of the file's name: {name} (factbound check says how to name it).\n"
        "- Pages are not compared: the present content has 1 error (factbound check lists them).\n"
    )


def test_a_mistake_that_is_mended_is_no_failure(tmp_path: Path) -> None:
    committed(tmp_path, {**FILES, FAIR: f"<<<<<<< HEAD\n{CASE}"})
    (tmp_path / FAIR).write_text(CASE, "utf-8")
    result = changes(tmp_path)
    assert result.exit_code == 0
    assert result.stdout == (
        "## What changes since `HEAD`\n\n"
        "Not everything was compared, and nothing is found in what was.\n\n"
        "- Not compared, since it cannot be read at HEAD: the-fair.\n"
        "- Pages are not compared: the earlier content has 1 error.\n"
    )


def test_what_stands_on_every_page_is_told(tmp_path: Path) -> None:
    root = commit(copy_site(tmp_path / "project"))
    site = root / "content/site.yml"
    edit(site, "title: The Saltmouth lanterns", "title: Lanterns of Saltmouth")
    edit(site, "licence: Text under CC BY 4.0\n", "")
    edit(site, "differences, unknown, changes", "unknown, changes")
    assert changes(root).stdout.startswith(
        "## What changes since `HEAD`\n\n"
        "- Every page reads differently: what changed around its text is the site's title, licence and navigation\n\n"
        "### Every page (`content/site.yml`)\n\n"
        "- **Title**: The Saltmouth lanterns → Lanterns of Saltmouth\n"
        "- **Licence**: Text under CC BY 4.0 → nothing\n"
        "- **Navigation**: Cases, Law, Statistics, Glossary, Help, Places, Explainers, Sources, About these pages, Timeline, "
        "Laws compared, Where accounts differ, What is not known, Changes, Data → Cases, Law, Statistics, Glossary, Help, "
        "Places, Explainers, Sources, About these pages, Timeline, Laws compared, What is not known, Changes, Data\n"
    )


def test_the_description_is_told_in_each_language(tmp_path: Path) -> None:
    root = commit(copy_site(tmp_path / "project"))
    old = "What happened at an invented harbour festival, and what the invented by-laws say."
    edit(root / "content/site.yml", f"description: {old}", "description: {en: A festival., ja: 祭り。}")
    made = json.loads(changes(root, "--format", "json").stdout)
    assert [(one["field"], one["old"], one["new"]) for one in made["settings"]] == [
        ("description", old, "nothing"),
        ("description in English", "nothing", "A festival."),
        ("description in Japanese", "nothing", "祭り。"),
    ]


def test_settings_of_which_no_page_tells_are_named(tmp_path: Path) -> None:
    root = commit(copy_site(tmp_path / "project"))
    with (root / "content/site.yml").open("a", encoding="utf-8") as file:
        file.write("scripts: {Grek: el}\n")
    assert changes(root).stdout == (
        "## What changes since `HEAD`\n\nNothing that a reader would notice.\n\n"
        "- The site's settings have changed (content/site.yml): scripts.\n"
    )


def test_nothing_changed(tmp_path: Path) -> None:
    assert (
        changes(committed(tmp_path)).stdout
        == "## What changes since `HEAD`\n\nNothing that a reader would notice.\n"
    )


# ----- how it is printed -----


def test_json_says_the_same(tmp_path: Path) -> None:
    committed(tmp_path)
    edit(tmp_path / FAIR, "stage: charged", "stage: convicted")
    made = json.loads(changes(tmp_path, "--format", "json").stdout)
    assert made["records"] == [
        {
            "id": "the-fair", "kind": "case", "title": "The fair", "file": FAIR, "how": "changed", "formerly": "",
            "told": [
                {
                    "how": "changed", "path": "the-fair.parties.keeper", "sort": "party", "part": "The keeper", "field": "stage",
                    "old": "Charged", "new": "Convicted", "moved": True,
                }
            ],
            "sources": [], "notes": [],
        }
    ]  # fmt: skip
    assert made["unnoted"] == [
        {
            "record": "The fair", "what": "The keeper, stage: Charged → Convicted", "todo": "add a note that says what changed, as an update or as a correction",
            "path": FAIR, "line": 8, "blocks": True,
        }
    ]  # fmt: skip
    assert (made["version"], made["base"], made["remarks"]) == (1, "HEAD", [])


def test_nothing_of_the_content_is_markup_or_calls_anybody(tmp_path: Path) -> None:
    said = "a | `b` \\<script> [[example-land|c]] @team *e* f_f_ #12 www.a.example http://d.example &amp;"
    committed(tmp_path)
    edit(tmp_path / FAIR, "says: About ten thousand.", f"says: '{said}'")
    line = next(line for line in changes(tmp_path).stdout.splitlines() if "script" in line)
    assert line == (
        "- **Takings**, words: About ten thousand. → a \\| b \\<script\\> c @\N{ZERO WIDTH SPACE}team e f\\_f\\_ #\N{ZERO WIDTH SPACE}12 "
        "www\\.a.example http:\\//d.example \\&amp;"
    )


def test_a_withheld_name_is_not_repeated(tmp_path: Path) -> None:
    names = tmp_path / "names"
    names.write_text("Ada Keeper\n", "utf-8")
    root = committed(tmp_path / "project")
    edit(root / FAIR, "About ten thousand.", "Ada Keeper took ten thousand.")
    for form in ("markdown", "json"):
        said = changes(root, "--format", form, FACTBOUND_WITHHELD=str(names)).stdout
        assert "Keeper took" not in said
        assert "(left out: it holds a name that is withheld)" in said.replace("\\", "")


# ----- what goes in -----


def test_what_came_to_the_base_since_is_no_change(tmp_path: Path) -> None:
    root = committed(tmp_path)
    git(root, "checkout", "-q", "-b", "change")
    edit(root / FAIR, "stage: charged", "stage: convicted")
    git(root, "commit", "-q", "-a", "-m", "Change")
    git(root, "checkout", "-q", "main")
    edit(root / "content/glossary/lantern.yml", "A lamp", "A light")
    git(root, "commit", "-q", "-a", "-m", "Since")
    git(root, "checkout", "-q", "change")
    text = changes(root, base="main").stdout
    assert re.findall("^### (.*)", text, re.MULTILINE)[1:] == [
        "The fair (case, changed)",
        "Pages that read differently (1)",
    ]


def test_nothing_of_the_work_tree_is_touched(tmp_path: Path) -> None:
    root = committed(tmp_path)
    edit(root / FAIR, "stage: charged", "stage: convicted")
    before = git(root, "status", "--porcelain", "--ignored"), git(root, "stash", "list")
    changes(root)
    assert (git(root, "status", "--porcelain", "--ignored"), git(root, "stash", "list")) == before


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    root = committed(tmp_path)
    (root / "content/site.yml").write_text("title: [\n", "utf-8")
    result = changes(root)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "content/site.yml cannot be read now (factbound check says why)\n"


def test_a_base_is_needed(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--project", str(committed(tmp_path)), "changes"])
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, "Error: Missing option '--base'.")


def test_the_words_of_fields_are_those_of_the_model() -> None:
    for kind, key in (*teller._VOCABULARY, *teller._OWN_PARTS):
        fields = getattr(model, kind).model_fields
        assert key in {field.alias or name for name, field in fields.items()}, f"{kind}.{key}"


def fails() -> int:
    raise RuntimeError("a mistake of the program")


@pytest.mark.parametrize(("one", "other"), [(fails, lambda: 2), (lambda: 1, fails)])
def test_a_mistake_of_either_process_shows(one: Callable[[], int], other: Callable[[], int]) -> None:
    with pytest.raises(RuntimeError, match="a mistake of the program"):
        side_by_side(one, other)
    assert side_by_side(lambda: 1, lambda: 2) == (1, 2)
