"""`factbound fix`: what has one right answer is written, to the character, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factbound.cli import main
from factbound.fix import Edit, edited, find_fixes, write
from factbound.problems import Problem
from factbound.rules import check
from factbound.settings import Project
from helpers import lay, library_of

STORY = "content/explainers/the-fair-story.yml"
HEAD = "# yaml-language-server: $schema=../_schema/explainers.json\n"
LEFT = "1 error is left for a person (factbound check says what to do)"
TAKINGS = "{{ lantern-quay.facts.takings }}"


def story(answer: str) -> str:
    """An explainer whose answer is given as YAML."""
    return f"""{HEAD}title: The fair's story   # as told
questions:

    how:
        question: "How much?"
        answer: {answer}
checked: unknown  # not yet
"""


def fix(root: Path, *arguments: str) -> Result:
    # Lines that name the schema are a matter of their own.
    rules = () if "--rule" in arguments else ("--rule", "typed-number", "--rule", "yaml")
    return CliRunner().invoke(
        main, ["--project", str(root), "fix", *rules, *arguments], catch_exceptions=False
    )


@pytest.mark.parametrize(
    ("answer", "mended"),
    [
        ("The [[lantern-quay|sellers]] took about 10,000 euros.", f"The [[lantern-quay|sellers]] took {TAKINGS}."),
        ("'The [[lantern-quay|sellers'']] took about 10,000 euros.'", f"'The [[lantern-quay|sellers'']] took {TAKINGS}.'"),
        ('"The [[lantern-quay|sellers]] t\\u00f6ok about 10,000 euros.\\n"', f'"The [[lantern-quay|sellers]] t\\u00f6ok {TAKINGS}.\\n"'),
        (">-\n          The [[lantern-quay|sellers]] took about\n          10,000 euros, they say.", f">-\n          The [[lantern-quay|sellers]] took {TAKINGS}, they say."),
        ("|\n          The [[lantern-quay|sellers]]\n          took about 10,000 euros.", f"|\n          The [[lantern-quay|sellers]]\n          took {TAKINGS}."),
        ("The [[lantern-quay]] took\n          about 10,000 euros.", f"The [[lantern-quay]] took\n          {TAKINGS}."),
        ("about 10,000 euros were taken at [[lantern-quay]].", f'"{TAKINGS} were taken at [[lantern-quay]]."'),
        ("It \\*was\\* about 10,000 euros at [[lantern-quay]].", f"It \\*was\\* {TAKINGS} at [[lantern-quay]]."),
    ],
)  # fmt: skip
def test_only_the_typed_words_change(answer: str, mended: str, tmp_path: Path) -> None:
    lay(tmp_path, {STORY: story(answer)})
    result = fix(tmp_path)
    assert (tmp_path / STORY).read_text("utf-8") == story(mended)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "1 mended, 0 left")
    assert check(library_of(tmp_path)) == []


def test_what_was_written_is_listed(tmp_path: Path) -> None:
    lay(tmp_path, {STORY: story("The [[lantern-quay|sellers]] took about 10,000 euros.")})
    assert fix(tmp_path).stdout == f"{STORY}:7:51: typed-number: 'about 10,000 euros' -> '{TAKINGS}'\n"
    assert fix(tmp_path).stderr == "0 mended, 0 left\n"


def test_a_diff_writes_nothing(tmp_path: Path) -> None:
    before = story("The [[lantern-quay|sellers]] took about 10,000 euros.")
    lay(tmp_path, {STORY: before})
    result = fix(tmp_path, "--diff")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"--- a/{STORY}",
        f"+++ b/{STORY}",
        "@@ -4,5 +4,5 @@",
        " ",
        "     how:",
        '         question: "How much?"',
        "-        answer: The [[lantern-quay|sellers]] took about 10,000 euros.",
        f"+        answer: The [[lantern-quay|sellers]] took {TAKINGS}.",
        " checked: unknown  # not yet",
    ]
    assert (tmp_path / STORY).read_text("utf-8") == before


@pytest.mark.parametrize(
    "answer",
    [
        '"The [[lantern-quay|sellers]] took about 10\\u002c000 euros."',
        "about 10,000 euros\n          were taken at [[lantern-quay]].",
        'about 10,000 euros were "taken" at [[lantern-quay]].',
    ],
)
def test_what_cannot_be_written_in_place_is_left(answer: str, tmp_path: Path) -> None:
    lay(tmp_path, {STORY: story(answer)})
    result = fix(tmp_path)
    assert (tmp_path / STORY).read_text("utf-8") == story(answer)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "0 mended, 1 left")


def test_a_text_within_braces_is_put_in_quotes(tmp_path: Path) -> None:
    facts = "facts: {{sum: {{value: {{percent: 96}}}}, when: {{says: {says}, standing: alleged}}}}\n"
    case = PARTY.format(final="unknown", locator="p. 3")
    lay(tmp_path, {FAIR: case + facts.format(says="They lit 96 per cent.")})
    assert fix(tmp_path).exit_code == 0
    mended = facts.format(says='"They lit {{ the-fair.facts.sum }}."')
    assert (tmp_path / FAIR).read_text("utf-8") == case + mended


def test_line_ends_stay(tmp_path: Path) -> None:
    lay(tmp_path, {})
    text = story(">-\n          The [[lantern-quay|sellers]] took about\n          10,000 euros.").replace(
        "\n", "\r\n"
    )
    (tmp_path / STORY).write_bytes(text.encode())
    assert fix(tmp_path).exit_code == 0
    assert (tmp_path / STORY).read_bytes().decode() == text.replace(
        "about\r\n          10,000 euros", TAKINGS
    )


def test_a_page_is_mended_too(tmp_path: Path) -> None:
    page = "---\ntitle: About\nchecked: unknown\n---\n## What {#what}\n\n| Sum |\n| --- |\n| about 10,000 euros at [[lantern-quay]] |\n"
    lay(tmp_path, {"content/pages/about.md": page})
    assert fix(tmp_path).exit_code == 0
    assert (tmp_path / "content/pages/about.md").read_text("utf-8") == page.replace(
        "about 10,000 euros", TAKINGS
    )


# ----- traps of YAML -----

PARTY = """\
# yaml-language-server: $schema=../_schema/cases.json
title: The fair
kind: incident
jurisdiction: example-land
occurred: 2025-04-14
parties:
  keeper: {{role: The keeper, stage: charged, final: {final}}}   # so far
evidence: [{{source: example-gazette, locator: {locator}}}]
checked: unknown
"""
FAIR = "content/cases/the-fair.yml"


def test_unquoted_traps_are_put_in_quotes(tmp_path: Path) -> None:
    lay(tmp_path, {FAIR: PARTY.format(final="no", locator="12:30")})
    result = fix(tmp_path)
    assert (tmp_path / FAIR).read_text("utf-8") == PARTY.format(final='"no"', locator='"12:30"')
    assert result.stdout.splitlines() == [
        f"{FAIR}:7:53: yaml: 'no' -> '\"no\"'",
        f"{FAIR}:8:47: yaml: '12:30' -> '\"12:30\"'",
    ]
    assert check(library_of(tmp_path)) == []


def test_a_zero_at_the_end_is_kept(tmp_path: Path) -> None:
    lay(tmp_path, {FAIR: PARTY.format(final="unknown", locator="1.10")})
    assert fix(tmp_path, "--rule", "yaml").exit_code == 0
    assert 'locator: "1.10"}' in (tmp_path / FAIR).read_text("utf-8")


def test_what_would_then_be_wrong_is_not_written(tmp_path: Path) -> None:
    text = PARTY.format(final="no", locator="p. 3") + "facts: {one: {says: Lamps., value: {number: no}}}\n"
    lay(tmp_path, {FAIR: text})
    result = fix(tmp_path)
    assert (tmp_path / FAIR).read_text("utf-8") == text
    assert result.exit_code == 1
    assert result.stderr.splitlines()[1] == (
        f"    the file would then have another problem: {FAIR}:10:45: error[wrong-value]: 'number' cannot be 'no' "
        "(write a number in plain digits, without separators or units: 10000000)"
    )


def test_a_switch_is_written_as_its_field_wants_it(tmp_path: Path) -> None:
    text = PARTY.format(final="no", locator="p. 3") + "sections: {one: {says: Lamps., editorial: yes}}\n"
    lay(tmp_path, {FAIR: text})
    assert fix(tmp_path).exit_code == 0
    mended = (tmp_path / FAIR).read_text("utf-8")
    assert 'final: "no"' in mended
    assert "editorial: true" in mended


def test_what_else_is_wrong_in_the_file_does_not_matter(tmp_path: Path) -> None:
    text = PARTY.format(final="no", locator="p. 3") + "colour: red\n"
    lay(tmp_path, {FAIR: text})
    assert fix(tmp_path).exit_code == 0
    assert (tmp_path / FAIR).read_text("utf-8") == text.replace("final: no", 'final: "no"')


# ----- the rest -----


def test_the_line_that_names_the_schema_is_added(tmp_path: Path) -> None:
    library = lay(tmp_path, {"content/words.yml": "words: {}\n", STORY: story("So.")})
    assert fix(tmp_path, "--rule", "modeline").exit_code == 0
    for path, line in {
        "content/site.yml": "# yaml-language-server: $schema=_schema/site.json\n",
        "content/words.yml": "# yaml-language-server: $schema=_schema/words.json\n",
        "content/glossary/lantern.yml": "# yaml-language-server: $schema=../_schema/glossary.json\n",
        STORY: "",
        "content/pages/about.md": "",
    }.items():
        old = library.text_of(path)
        assert old is not None
        if path == "content/words.yml":
            old = "words: {}\n"
        assert (tmp_path / path).read_text("utf-8") == line + old
    assert fix(tmp_path, "--rule", "modeline").stderr == "0 mended, 0 left\n"


def test_a_likely_id_is_written_only_when_asked_for(tmp_path: Path) -> None:
    lay(tmp_path, {STORY: story("The sellers [@example-gazete] of [[lantern-quai|the quay]].")})
    project = Project(tmp_path)
    assert find_fixes(project, ["source-unknown", "reference-unknown"]).edits == []

    asked: list[str] = []

    def only_sources(edit: Edit) -> bool:
        asked.append(edit.text)
        return edit.problem.rule == "source-unknown"

    fixes = find_fixes(project, ["source-unknown", "reference-unknown"], only_sources)
    assert asked == ["example-gazette", "lantern-quay"]
    assert write(project, fixes) == []
    assert (tmp_path / STORY).read_text("utf-8") == story(
        "The sellers [@example-gazette] of [[lantern-quai|the quay]]."
    )


def test_a_likely_id_of_a_field_is_written_too(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {FAIR: PARTY.format(final="unknown", locator="p. 3").replace("example-land", "exampel-land")},
    )
    fixes = find_fixes(Project(tmp_path), ["reference-unknown"], lambda edit: True)
    assert "jurisdiction: example-land\n" in fixes.after[FAIR]


def test_a_file_that_has_changed_is_left(tmp_path: Path) -> None:
    lay(tmp_path, {STORY: story("The [[lantern-quay|sellers]] took about 10,000 euros.")})
    project = Project(tmp_path)
    fixes = find_fixes(project)
    (tmp_path / STORY).write_text(story("So."), "utf-8")
    assert write(project, fixes) == [STORY]
    assert (tmp_path / STORY).read_text("utf-8") == story("So.")
    assert [name for name in os.listdir((tmp_path / STORY).parent) if name.endswith(".new")] == []


def test_edits_of_a_text_do_not_move_each_other() -> None:
    problem = Problem("x", 1, 1, "advice", "yaml", "a", "b")
    assert (
        edited(
            "one two",
            [Edit("x", 0, 3, "three", problem), Edit("x", 4, 7, "", problem), Edit("x", 0, 0, ">", problem)],
        )
        == ">three "
    )


def test_an_unknown_rule_and_a_question_without_a_terminal_are_wrong(tmp_path: Path) -> None:
    lay(tmp_path, {})
    result = fix(tmp_path, "--rule", "typed-numbr")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: Invalid value for '--rule': there is no rule 'typed-numbr' (did you mean 'typed-number'?)",
    )
    result = fix(tmp_path, "--ask")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "Error: --ask needs a terminal (leave it out, or run this by hand)",
    )


def test_a_file_that_is_no_record_yet_is_told(tmp_path: Path) -> None:
    lay(tmp_path, {STORY: story("About [[lantern-quay") + "chekced: [\n"})
    result = fix(tmp_path)
    assert (result.exit_code, result.stderr.splitlines()) == (
        1,
        [f"{STORY} cannot be read as a record yet (factbound check says why)", "0 mended, 1 left", LEFT],
    )


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("2025/4/14", "2025-04-14"), ("2025.04.14", "2025-04-14"), ("2025-4-1", "2025-04-01"), ("2025年4月14日", "2025-04-14"),
        ("14/4/2025", "2025-04-14"), ("April 2025", "2025-04"), ("14 April 2025", "2025-04-14"), ("20250414", "2025-04-14"),
        ("2025年4月", "2025-04"), ("'2025/4/14'", "2025-04-14"),
    ],
)  # fmt: skip
def test_a_day_that_can_only_be_one_is_written_as_edtf(written: str, mended: str, tmp_path: Path) -> None:
    lay(tmp_path, {STORY: story("A lamp.").replace("checked: unknown", f"checked: {written}")})
    result = fix(tmp_path, "--rule", "wrong-value")
    assert (tmp_path / STORY).read_text("utf-8") == story("A lamp.").replace("unknown", mended)
    assert result.exit_code == 0


@pytest.mark.parametrize("written", ["4/5/2025", "2025/14/4", "2025/4-14", "2025/2/30"])
def test_a_day_that_may_be_another_is_left(written: str, tmp_path: Path) -> None:
    text = story("A lamp.").replace("checked: unknown", f"checked: {written}")
    lay(tmp_path, {STORY: text})
    assert fix(tmp_path, "--rule", "wrong-value").exit_code == 1
    assert (tmp_path / STORY).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("title", "mended"),
    [
        ("Codifying: Lamps", '"Codifying: Lamps"'),
        ("“Codifying: Lamps”", '"Codifying: Lamps"'),
        ("“Codifying: Lamps”  ", '"Codifying: Lamps"  '),
    ],
)
def test_a_text_because_of_which_the_file_cannot_be_read_is_quoted(
    title: str, mended: str, tmp_path: Path
) -> None:
    text = story("So.").replace("The fair's story   # as told", title)
    lay(tmp_path, {STORY: text})
    result = fix(tmp_path)
    assert (tmp_path / STORY).read_text("utf-8") == text.replace(f"title: {title}", f"title: {mended}")
    assert (result.exit_code, result.stderr) == (0, "1 mended, 0 left\n")
    assert library_of(tmp_path).problems == []


def test_curly_quotes_of_which_one_is_missing_are_left(tmp_path: Path) -> None:
    text = story("So.").replace("The fair's story   # as told", "“Codifying: “Lamps”")
    lay(tmp_path, {STORY: text})
    result = fix(tmp_path)
    assert (tmp_path / STORY).read_text("utf-8") == text
    assert result.stderr.splitlines()[1:] == ["0 mended, 1 left", LEFT]


def test_after_one_text_is_quoted_the_next_mistake_is_left(tmp_path: Path) -> None:
    text = story("So: so.").replace("The fair's story   # as told", "Codifying: Lamps")
    lay(tmp_path, {STORY: text})
    assert (fix(tmp_path).stderr, fix(tmp_path).stderr) == (
        "1 mended, 1 left\n1 of these can be mended next: run this again\n",
        "1 mended, 0 left\n",
    )


def test_every_word_that_a_check_offers_is_asked_about(tmp_path: Path) -> None:
    case = PARTY.format(final="unknown", locator="p. 3")
    wrong = case.replace("stage: charged", "stage: chraged")
    lay(tmp_path, {FAIR: wrong})
    asked: list[str] = []

    def yes(edit: Edit) -> bool:
        asked.append(edit.text)
        return True

    fixes = find_fixes(Project(tmp_path), ["key-unknown"], yes)
    assert (asked, fixes.after, fixes.for_a_person) == (["charged"], {FAIR: case}, 0)
    fixes = find_fixes(Project(tmp_path), ["key-unknown"], lambda edit: False)
    assert (fixes.after, fixes.for_a_person) == ({}, 1)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("kind: incident", "kind: incidnet"), ("title: The", "titel: The"), ("role:", "rol:")],
)
def test_a_misspelt_key_or_word_is_asked_about(right: str, wrong: str, tmp_path: Path) -> None:
    case = PARTY.format(final="unknown", locator="p. 3")
    lay(tmp_path, {FAIR: case.replace(right, wrong)})
    fixes = find_fixes(Project(tmp_path), (), lambda edit: edit.path == FAIR)
    assert (fixes.after.get(FAIR), fixes.left) == (case, [])


def test_what_a_person_has_to_mend_is_counted(tmp_path: Path) -> None:
    case = PARTY.format(final="unknown", locator="p. 3").replace("stage: charged", "stage: chraged")
    lay(tmp_path, {FAIR: case})
    result = fix(tmp_path, "--rule", "key-unknown")
    assert (result.exit_code, result.stderr) == (1, f"0 mended, 1 left\n{LEFT}\n")
