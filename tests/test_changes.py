"""What changed since a revision of git: a change without a note is found at its line, and so is a source that is gone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factbound.cli import main
from factbound.pages import make_pages
from helpers import DAY, EPOCH, FAIR, FAIR_CASE, REGISTER, commit, git, lay

CASE = FAIR_CASE
FILES = {FAIR: CASE, "content/sources/example-register.yml": REGISTER}
NOTE = "changes:\n  later: {date: 2025-06-01, kind: KIND, says: Something changed.}\n"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def committed(root: Path, files: Mapping[str, str] = FILES) -> Path:
    lay(root, files)
    return commit(root)


def since(root: Path, revision: str = "HEAD", *more: str) -> Result:
    command = ["--project", str(root), "check", "--base", revision, *more]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def found(root: Path) -> list[str]:
    return [line for line in since(root).stderr.splitlines() if line.startswith("content/")]


def changed(root: Path, old: str, new: str, more: str = "") -> list[str]:
    """What is found after one change of the case."""
    assert CASE.count(old) == 1
    (committed(root) / "content/cases/the-fair.yml").write_text(CASE.replace(old, new) + more, "utf-8")
    return found(root)


def test_a_name_that_was_taken_out_is_not_told_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "names.txt").write_text("Ada Example\n")
    monkeypatch.setenv("FACTBOUND_WITHHELD", str(tmp_path / "names.txt"))
    root = committed(
        tmp_path / "project",
        {
            **FILES,
            "content/cases/ada-example.yml": CASE,
            "content/cases/the-fair.yml": CASE.replace("takings:", "ada-example:"),
        },
    )
    (root / "content/cases/ada-example.yml").unlink()
    (root / "content/cases/the-fair.yml").write_text(CASE.replace("stage: charged", "stage: convicted"))
    result = since(root)
    assert "[change-unnoted]" in result.stderr
    assert "ada" not in result.output.lower()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("stage: charged", "stage: convicted", "8:37: error[change-unnoted]: 'parties.keeper.stage' was charged and is convicted"),
        ("stage: charged", 'stage: charged, final: "no"', "8:53: error[change-unnoted]: 'parties.keeper.final' was unknown and is no"),
        ("amount: 10000", "amount: 12000", "12:12: error[change-unnoted]: 'facts.takings.value' was {amount: 10000, currency: EUR} and is {amount: 12000, currency: EUR}"),
        ("standing: alleged", "standing: disputed", "13:15: error[change-unnoted]: 'facts.takings.standing' was alleged and is disputed"),
        ("    standing: alleged\n", "", "10:3: error[change-unnoted]: 'facts.takings.standing' was alleged and is established"),
    ],
)  # fmt: skip
def test_a_change_without_a_note_is_an_error(old: str, new: str, line: str, tmp_path: Path) -> None:
    found = [one.partition(", and no note tells readers (")[0] for one in changed(tmp_path, old, new)]
    assert found == [f"content/cases/the-fair.yml:{line}"]


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("stage: charged", "stage: convicted", "keeper-2031-10-01: {date: 2031-10-01, kind: update, says: \"Keeper, stage: it was charged and is convicted.\"}"),
        ("amount: 10000", "amount: 12000", "takings-2031-10-01: {date: 2031-10-01, kind: update, says: \"Takings, value: it was 10000 EUR and is 12000 EUR.\"}"),
        ("occurred: 2025-04-14", "occurred: {after: 2025-04, before: 2025-06}", "occurred-2031-10-01: {date: 2031-10-01, kind: update, says: \"Occurred: it was 2025-04-14 and is after 2025-04 before 2025-06.\"}"),
    ],
)  # fmt: skip
def test_the_note_that_is_missing_is_shown_ready_to_be_put_in(
    old: str, new: str, note: str, tmp_path: Path
) -> None:
    told = changed(tmp_path, old, new)
    assert [one.partition(", and no note tells readers ")[2] for one in told] == [
        f"(tell them at the end of the file, in your own words: changes: {{{note}}}; "
        "'kind: correction' where the site was wrong)"
    ]
    file = tmp_path / "content/cases/the-fair.yml"
    file.write_text(f"{file.read_text('utf-8')}changes: {{{note}}}\n", "utf-8")
    assert found(tmp_path) == []


def test_a_note_is_added_to_those_that_stand_there(tmp_path: Path) -> None:
    before = CASE + NOTE.replace("KIND", "update")
    committed(tmp_path, {**FILES, "content/cases/the-fair.yml": before})
    (tmp_path / "content/cases/the-fair.yml").write_text(before.replace("charged", "convicted"), "utf-8")
    assert [one.partition(", and no note tells readers ")[2] for one in found(tmp_path)] == [
        "(tell them under 'changes:', in your own words: keeper-2031-10-01: {date: 2031-10-01, kind: update, "
        "says: \"Keeper, stage: it was charged and is convicted.\"}; 'kind: correction' where the site was wrong)"
    ]


@pytest.mark.parametrize("kind", ["update", "correction"])
def test_a_note_tells_readers(kind: str, tmp_path: Path) -> None:
    assert changed(tmp_path, "stage: charged", "stage: convicted", NOTE.replace("KIND", kind)) == []


def test_an_old_note_tells_nothing_of_a_new_change(tmp_path: Path) -> None:
    before = CASE + NOTE.replace("KIND", "update")
    committed(tmp_path, {**FILES, "content/cases/the-fair.yml": before})
    (tmp_path / "content/cases/the-fair.yml").write_text(before.replace("charged", "convicted"), "utf-8")
    assert [line.split(": ")[1] for line in found(tmp_path)] == ["error[change-unnoted]"]


def test_the_status_of_a_law_is_watched(tmp_path: Path) -> None:
    committed(tmp_path)
    law = tmp_path / "content/regulations/harbour-act.yml"
    law.write_text(
        law.read_text("utf-8").replace(
            "value: in-force, as-of: 2025-05-01", "value: repealed, as-of: 2025-06-01"
        ),
        "utf-8",
    )
    assert [line.split("[change-unnoted]: ")[1].split(",")[0] for line in found(tmp_path)] == [
        "'status.value' was in-force and is repealed", "'status.as-of' was 2025-05-01 and is 2025-06-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("occurred: 2025-04-14", "occurred: 2025-04-15", "4:11: error[change-unnoted]: 'occurred' was 2025-04-14 and is 2025-04-15"),
        ("    standing: alleged", "    about: keeper\n    standing: alleged", "13:12: error[change-unnoted]: 'facts.takings.about' was nothing and is keeper"),
    ],
)  # fmt: skip
def test_the_day_of_a_case_and_whom_a_fact_is_about_are_watched(
    old: str, new: str, line: str, tmp_path: Path
) -> None:
    assert [one.partition(", and no note")[0] for one in changed(tmp_path, old, new)] == [
        f"content/cases/the-fair.yml:{line}"
    ]


def test_better_words_and_another_order_need_no_note(tmp_path: Path) -> None:
    old = "    says: About ten thousand.\n    value: {amount: 10000, currency: EUR}\n"
    new = "    value: {currency: EUR, amount: 10000}\n    says: About ten thousand, they say.\n"
    assert changed(tmp_path, old, new) == []


def test_a_part_with_another_key_is_known_again(tmp_path: Path) -> None:
    lines = changed(
        tmp_path,
        "keeper: {role: The keeper, stage: charged, evidence: [{source: example-gazette}]}",
        "buyer: {role: The keeper, stage: convicted, evidence: [{source: example-register}]}",
    )
    assert [line.partition("fair.yml:")[2].partition(", and no")[0].partition(" (")[0] for line in lines] == [
        "7:1: advice[address-removed]: 'the-fair.parties.keeper' is gone, and readers may have linked to it",
        "8:3: error[evidence-removed]: 'parties.buyer' stays and no longer stands on 'example-gazette'",
        "8:36: error[change-unnoted]: 'parties.buyer.stage' was charged and is convicted",
    ]


def test_a_new_record_needs_no_note(tmp_path: Path) -> None:
    committed(tmp_path)
    (tmp_path / "content/cases/the-market.yml").write_text(CASE, "utf-8")
    assert found(tmp_path) == []


GONE = "(restore the source, remove what stood on it, or say why in a note of kind 'correction')"


def test_a_source_removed_under_a_fact_that_stays_is_an_error(tmp_path: Path) -> None:
    assert changed(tmp_path, ", {source: example-register}", "") == [
        f"content/cases/the-fair.yml:10:3: error[evidence-removed]: 'facts.takings' stays and no longer stands on 'example-register' {GONE}",
        "content/sources/example-register.yml:1:1: advice[source-unused]: nothing cites the source 'example-register' (cite it, or remove the file)",
    ]  # fmt: skip


def test_a_correction_says_why_a_source_no_longer_counts(tmp_path: Path) -> None:
    lines = changed(tmp_path, ", {source: example-register}", "", NOTE.replace("KIND", "correction"))
    assert [line for line in lines if "evidence-removed" in line] == []
    (tmp_path / "content/cases/the-fair.yml").write_text(
        CASE.replace(", {source: example-register}", "") + NOTE.replace("KIND", "update"), "utf-8"
    )
    assert len([line for line in found(tmp_path) if "evidence-removed" in line]) == 1


def test_a_source_under_the_whole_record_counts_too(tmp_path: Path) -> None:
    old = "evidence: [{source: example-gazette}]\nparties"
    lines = changed(tmp_path, old, "evidence: [{source: example-register}]\nparties")
    assert lines == [
        f"content/cases/the-fair.yml:1:1: error[evidence-removed]: the record stays and no longer stands on 'example-gazette' {GONE}"
    ]


@pytest.mark.parametrize("now", ["[{source: example-register}]", "[]"])
def test_a_source_that_a_part_had_from_its_record_counts_too(now: str, tmp_path: Path) -> None:
    """A part that gets evidence of its own no longer stands on its record's."""
    old = "keeper: {role: The keeper, stage: charged, evidence: [{source: example-gazette}]}"
    before = CASE.replace(old, "keeper: {role: The keeper, stage: charged}")
    committed(tmp_path, {**FILES, "content/cases/the-fair.yml": before})
    after = before.replace("stage: charged}", f"stage: charged, evidence: {now}}}")
    (tmp_path / "content/cases/the-fair.yml").write_text(after, "utf-8")
    lost = f"content/cases/the-fair.yml:8:3: error[evidence-removed]: 'parties.keeper' stays and no longer stands on 'example-gazette' {GONE}"
    assert found(tmp_path) == ([] if now == "[]" else [lost])


ACCOUNT = "    accounts:\n      over: {says: Over ten thousand., relation: compatible, evidence: [{source: example-office}]}\n"


@pytest.mark.parametrize(
    ("now", "gone"),
    [
        ("", True),
        (ACCOUNT.replace("over:", "more:"), False),
        (ACCOUNT.replace("example-office", "example-register"), True),
    ],
    ids=["removed", "renamed", "on another source"],
)
def test_an_account_removed_under_a_fact_that_stays_is_an_error(now: str, gone: bool, tmp_path: Path) -> None:
    files = {
        **FILES,
        "content/sources/example-office.yml": REGISTER,
        "content/cases/the-fair.yml": CASE + ACCOUNT,
    }
    committed(tmp_path, files)
    (tmp_path / "content/cases/the-fair.yml").write_text(CASE + now, "utf-8")
    lines = [line for line in found(tmp_path) if "evidence-removed" in line]
    assert len(lines) == gone
    if not now:
        assert lines == [
            f"content/cases/the-fair.yml:10:3: error[evidence-removed]: 'facts.takings' stays and its account 'over' of 'example-office' is gone {GONE}"
        ]


def test_a_source_with_a_new_id_is_the_same_source(tmp_path: Path) -> None:
    committed(tmp_path)
    (tmp_path / "content/sources/example-register.yml").unlink()
    (tmp_path / "content/sources/harbour-register.yml").write_text(
        REGISTER + "formerly: [example-register]\n", "utf-8"
    )
    (tmp_path / "content/cases/the-fair.yml").write_text(
        CASE.replace("example-register", "harbour-register"), "utf-8"
    )
    assert found(tmp_path) == []


def test_addresses_that_are_gone_are_advice(tmp_path: Path) -> None:
    assert changed(tmp_path, "  takings:", "  earnings:") == [
        "content/cases/the-fair.yml:9:1: advice[address-removed]: 'the-fair.facts.takings' is gone, and readers may have linked to it "
        "(keep the name and say what is so now, or accept that old links lead to the page only)"
    ]
    (tmp_path / "content/cases/the-fair.yml").unlink()
    (tmp_path / "content/sources/example-register.yml").unlink()
    todo = "(name it in 'formerly' of the record that takes its place: formerly: [the-fair])"
    assert (
        found(tmp_path)[0]
        == f"content/cases/the-fair.yml:1:1: advice[address-removed]: 'the-fair' is gone, and readers may have linked to it {todo}"
    )


def test_an_address_that_is_gone_can_be_accepted(tmp_path: Path) -> None:
    accepted = "accepted: [{rule: address-removed, because: Nobody linked to it., until: 2031-01-01}]\n"
    assert changed(tmp_path, "  takings:", "  earnings:", accepted) == []
    # Without an earlier state it cannot be known whether something is left to accept.
    without = CliRunner().invoke(main, ["--project", str(tmp_path), "check"], catch_exceptions=False)
    assert "accepted-unused" not in without.stderr


def test_a_project_in_a_folder_of_the_repository_with_any_name(tmp_path: Path) -> None:
    root = tmp_path / "two words 灯台"
    lay(root, FILES)
    commit(tmp_path)
    (root / "content/cases/the-fair.yml").write_text(CASE.replace("charged", "convicted"), "utf-8")
    assert len(found(root)) == 1


def test_what_others_changed_on_the_base_since_is_no_change_of_ours(tmp_path: Path) -> None:
    committed(tmp_path)
    git(tmp_path, "branch", "-M", "main")
    git(tmp_path, "switch", "-q", "-c", "ours")
    git(tmp_path, "switch", "-q", "main")
    case = tmp_path / "content/cases/the-fair.yml"
    case.write_text(CASE.replace("amount: 10000", "amount: 12000"), "utf-8")
    git(tmp_path, "commit", "-q", "-a", "-m", "Theirs")
    git(tmp_path, "switch", "-q", "ours")
    assert "change-unnoted" not in since(tmp_path, "main").stderr
    case.write_text(CASE.replace("charged", "convicted"), "utf-8")
    assert since(tmp_path, "main").stderr.count("[change-unnoted]") == 1


def test_files_that_were_broken_then_are_not_compared(tmp_path: Path) -> None:
    committed(tmp_path, {**FILES, "content/cases/the-fair.yml": "title: [\n"})
    (tmp_path / "content/cases/the-fair.yml").write_text(CASE, "utf-8")
    result = since(tmp_path)
    assert "not compared, since HEAD cannot be read there: the-fair\n" in result.stderr
    assert "change-unnoted" not in result.stderr


def test_what_cannot_be_compared_is_said_plainly(tmp_path: Path) -> None:
    lay(tmp_path / "plain", {})
    said = {
        "plain": since(tmp_path / "plain").stderr.splitlines()[-1],
        "revision": since(committed(tmp_path / "kept"), "no-such").stderr.splitlines()[-1],
    }
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path / 'kept'}", "shallow")
    said["shallow"] = since(tmp_path / "shallow", "HEAD~1").stderr.splitlines()[-1]
    assert said == {
        "plain": "Error: --base: plain/ is in no git repository (run git init, or work in a clone)",
        "revision": "Error: --base: git knows no revision 'no-such' (name a branch, a tag or a commit that git log knows)",
        "shallow": "Error: --base: git knows no revision 'HEAD~1' (this clone is shallow: run git fetch --unshallow, or in CI set fetch-depth: 0)",
    }  # fmt: skip


def test_a_revision_without_content(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("Empty.", "utf-8")
    commit(tmp_path)
    lay(tmp_path, FILES)
    result = since(tmp_path)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2, "Error: --base: 'HEAD' has no content/ (name a revision that has it)",
    )  # fmt: skip


def test_git_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    last = since(tmp_path).stderr.splitlines()[-1]
    assert last == "Error: --base: git is not installed (install it: an earlier state is read from it)"


def test_corrections_are_marked_newest_first_on_every_kind_of_page(tmp_path: Path) -> None:
    notes = (
        "changes:\n  first: {date: 2025-06-01, kind: update, says: The day is known.}\n"
        "  second: {date: 2025-07-01, kind: correction, says: The day was wrong.}\n"
    )
    files = {
        "content/cases/the-fair.yml": CASE + notes,
        "content/sources/example-register.yml": REGISTER + notes,
        "content/pages/about.md": f"---\ntitle: About\nchecked: unknown\n{notes}---\nThis site is about the harbour.\n",
    }
    pages = {page.path: page.markdown for page in make_pages(lay(tmp_path, files), "en", today=DAY)}
    told = [
        '-   <span id="changes-second"></span>1 July 2025 · <strong class="fb-correction">correction</strong>: The day was wrong.',
        '-   <span id="changes-first"></span>1 June 2025 · update: The day is known.',
    ]
    for path in ("cases/the-fair.md", "sources/example-register.md", "about.md"):
        assert [
            line for line in pages[path].splitlines() if line.startswith('-   <span id="changes-')
        ] == told


def test_a_day_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    result = since(tmp_path)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: SOURCE_DATE_EPOCH is 'today' (give it whole seconds since 1970)"
    )
