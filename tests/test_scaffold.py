"""`factbound new`: a record from its starter, filled in or asked for, and a whole site on another subject."""

from __future__ import annotations

import datetime
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml
from click.testing import CliRunner, Result
from pydantic import ValidationError

from factbound.cli import main
from factbound.due import refuse_a_clock_behind
from factbound.model import COLLECTIONS
from factbound.rules import check
from factbound.scaffold import KINDS, Filling, Starter, Unfit, path_for, shipped_starters, write_new
from factbound.schema import write_schemas
from factbound.settings import Project, Strict
from factbound.yamlfile import read_text
from helpers import EPOCH, ROOT, environment, lay, library_of, run, tree

REQUIRED = {
    "case": {
        "title": "The fair: one evening", "kind": "incident", "jurisdiction": "example-land", "occurred": "2025-04",
        "evidence.source": "example-gazette",
    },
    "statistic": {
        "title": "2025", "measured-by": "Example office", "published": "unknown", "population": "All [[lantern|lanterns]] of the quay.",
        "period": "2025", "method": "Counted # by hand.", "measures.lit.label": "Lit", "measures.lit.value": "{percent: 96}",
        "does-not-show.where": "Where they hung.", "evidence.source": "example-gazette",
    },
    "regulation": {
        "title": "The Fair Act", "level": "instrument", "kind": "act", "jurisdiction": "example-land", "status.value": "bill",
        "status.as-of": "2025-05-01", "protects.says": "{{ lantern-quay.facts.takings }} of fairs", "history.first.label": "As proposed",
        "evidence.source": "example-gazette",
    },
    "jurisdiction": {"title": "Example Isle", "kind": "country"},
    "term": {"title": "Fair", "forms": "{en: [fair, fairs]}", "definition": "A market with lamps."},
    "source": {
        "type": "report", "title": "\"No\" – a report", "language": "en", "issued": "2025-04-14", "accessed": "unknown", "read": "publisher",
    },
    "explainer": {
        "title": "How it began", "questions.how.question": "How did it begin?", "questions.how.answer": "With a lamp [@example-gazette].",
    },
    "help": {"title": "Example office", "for": "Burns.", "who": "Everybody."},
}  # fmt: skip
"""What an editor gives for each kind: whatever its starter requires."""


def new(root: Path, *arguments: str, **given: str) -> Result:
    sets = [f"--set={key}={value}" for key, value in given.items()]
    return CliRunner().invoke(
        main, ["--project", str(root), "new", *arguments, *sets], catch_exceptions=False
    )


def starter(kind: str) -> Starter:
    return Starter((shipped_starters() / f"{kind}.yml").read_text("utf-8"), COLLECTIONS[KINDS[kind]])


# ----- starters -----


@pytest.mark.parametrize("kind", KINDS)
def test_a_starter_passes_the_check_once_its_blanks_are_filled(kind: str, tmp_path: Path) -> None:
    lay(tmp_path, {})
    result = new(tmp_path, kind, "the-new-one", **REQUIRED[kind])
    path = path_for(kind, "the-new-one")
    assert result.stdout == f"{path} written\n"
    assert result.exit_code == 0
    assert [str(one) for one in check(library_of(tmp_path)) if one.level == "error"] == []
    data = yaml.safe_load((tmp_path / path).read_text("utf-8"))
    assert data["title"] == REQUIRED[kind]["title"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_required_is_all_that_is_blank(kind: str) -> None:
    blank = {
        slot.path.replace("NAME", "*")
        for slot in starter(kind).blanks
        if not slot.is_name or slot.end == slot.start + 1
    }
    given = {
        re.sub(r"(measures|does-not-show|history|questions)\.[a-z-]+", r"\1.*", key) for key in REQUIRED[kind]
    }
    assert blank == given


@pytest.mark.parametrize("kind", KINDS)
def test_a_starter_has_every_key_of_its_model(kind: str) -> None:
    model = COLLECTIONS[KINDS[kind]]
    slots = {slot.keys[0]: slot for slot in starter(kind).slots if len(slot.keys) == 1}
    assert set(slots) == {field.alias or name for name, field in model.model_fields.items()}
    for name, field in model.model_fields.items():
        slot = slots[field.alias or name]
        if field.is_required():
            assert not slot.is_example and "(required" in slot.about, slot.path
        else:
            assert slot.is_example or "(required)" in slot.about, slot.path
            if slot.is_example:
                said = re.search(r"\(optional, default:? ([^()]*)\)$", slot.about)
                assert said, slot.path
                assert (
                    said[1] == ("none" if field.default in (None, (), {}) else str(field.default))
                    or name == "review"
                )


@pytest.mark.parametrize("kind", KINDS)
def test_a_starter_names_every_choice(kind: str) -> None:
    for keys, slot in ((slot.keys, slot) for slot in starter(kind).slots if "NAME" not in slot.keys):
        for choice in _choices(COLLECTIONS[KINDS[kind]], keys):
            assert re.search(rf"\b{choice}\b", slot.about), (slot.path, choice)


def _choices(model: type[Strict], keys: tuple[str, ...]) -> tuple[str, ...]:
    field = next(field for name, field in model.model_fields.items() if (field.alias or name) == keys[0])
    kinds = [field.annotation, *get_args(field.annotation)]
    if len(keys) > 1:
        inner = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Strict)), None)
        return _choices(inner, keys[1:]) if inner else ()
    return next((get_args(kind) for kind in kinds if get_origin(kind) is Literal), ())


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_a_starter_hold(kind: str) -> None:
    one = starter(kind)
    text = re.sub(r"^( *)#(?! )", r"\1", one.text, flags=re.MULTILINE)
    text = re.sub(r"^( *)#(?=  )", r"\1", text, flags=re.MULTILINE)
    for slot in reversed(one.blanks):
        lines = text.split("\n")
        example = re.search(r"Example: (.*)$", slot.about)
        value = example[1] if example else "where"
        key = "lanterns" if slot.is_name else slot.keys[-1]
        if slot.end == slot.start + 1:
            value = "where" if slot.is_name else value
            lines[slot.start] = f"{slot.before}{key}: " + (value if value[0] == "{" else repr(value))
        else:
            lines[slot.start] = f"{slot.before}{key}:"
        text = "\n".join(lines)
    document = read_text(text, f"{kind}.yml")
    assert [str(problem) for problem in document.problems] == []
    try:
        COLLECTIONS[KINDS[kind]].model_validate(document.data)
    except ValidationError as error:
        pytest.fail(str(error))


def test_the_first_line_of_a_starter_names_its_schema() -> None:
    for kind, collection in KINDS.items():
        line = f"# yaml-language-server: $schema=../_schema/{collection}.json\n"
        assert starter(kind).text.startswith(line)
    assert {file.stem for file in shipped_starters().iterdir()} == set(KINDS)
    assert set(KINDS.values()) == set(COLLECTIONS)


def test_the_projects_own_starter_counts(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "content/_starters/term.yml": "title:\nforms: {en: [fair]}\ndefinition: A fair.\nchecked: unknown\n"
        },
    )
    assert new(tmp_path, "term", "fair", title="Fair").stdout == "content/glossary/fair.yml written\n"
    assert (tmp_path / "content/glossary/fair.yml").read_text("utf-8") == (
        "title: Fair\nforms: {en: [fair]}\ndefinition: A fair.\nchecked: unknown\n"
    )


@pytest.mark.parametrize(
    ("starter", "told"),
    [
        (b"title: [\n", "content/_starters/term.yml:1:9: error[yaml]: a value is missing here, or a bracket is not closed (write or close it, or quote the text if it begins with a bracket or a comma)"),
        (b"title: \xff\n", "content/_starters/term.yml:1:8: error[yaml]: byte 0xff is not UTF-8 (save the file as UTF-8)"),
        (b"", "content/_starters/term.yml:1:1: error[yaml]: the file is empty (write a record: lines of 'key: value')"),
    ],
)  # fmt: skip
def test_a_starter_that_cannot_be_read_is_told(starter: bytes, told: str, tmp_path: Path) -> None:
    lay(tmp_path, {"content/_starters/term.yml": ""})
    (tmp_path / "content/_starters/term.yml").write_bytes(starter)
    result = new(tmp_path, "term", "fair", title="Fair")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {told}")


# ----- values -----


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("title", "Lanterns", "title: Lanterns"),
        ("title", " 2031 ", 'title: "2031"'),
        ("title", "no", 'title: "no"'),
        ("title", "a: b", 'title: "a: b"'),
        ("title", "a #b", 'title: "a #b"'),
        ("title", "[[x]] and {{ y.z }}", 'title: "[[x]] and {{ y.z }}"'),
        ("title", "[lantern]", 'title: "[lantern]"'),
        ("title", 'Say "so"', 'title: Say "so"'),
        ("title", '"So," they say', 'title: "\\"So,\\" they say"'),
        ("title", "one\ntwo", 'title: "one\\ntwo"'),
        ("title", "{en: Lanterns, fr: Lampes}", "title: {en: Lanterns, fr: Lampes}"),
        ("phone", "#777", 'phone: "#777"'),
        ("phone", "110", 'phone: "110"'),
        ("order", "5", "order: 5"),
        ("languages", "[en, ja]", "languages: [en, ja]"),
        ("evidence", "[{source: example-gazette}]", "evidence: [{source: example-gazette}]"),
        ("checked", "2031-09-30", "checked: 2031-09-30"),
    ],
)  # fmt: skip
def test_a_value_is_written_so_that_it_is_read_as_it_was_given(path: str, value: str, line: str) -> None:
    filling = Filling(starter("help"))
    filling.set(path, value)
    assert line in filling.text().split("\n")


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("titel", "x", "there is no key 'titel' here (did you mean 'title'?)"),
        ("title", " ", "'title' is empty (give it a value, or leave it out)"),
        ("kind", "fiction", "'kind' cannot be 'fiction' (known: code, act, ordinance, directive, regulation, measure, bill, guideline)"),
        ("status.as-of", "soon", "'as-of' cannot be 'soon' (write 2025, 2025-04, 2025-04-14, 2025-04~ for about, 2023-12/2024-11 for a period, 2024-10/.. for an open one)"),
        ("history.NAME", "The First", "'The First' cannot be a name (use lowercase letters, digits and single hyphens: it is part of an address)"),
        ("history.The First.label", "x", "'The First' cannot be a name (use lowercase letters, digits and single hyphens: it is part of an address)"),
        ("coverage", "{a: {answer: maybe", "a bracket is opened here and not closed (close it, or quote the text if it begins with [ or {)"),
        ("related", "one, two", "'related' cannot be 'one, two' (write a list: related: [one, two])"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_stand_there_is_refused(path: str, value: str, told: str) -> None:
    filling = Filling(starter("regulation"))
    before = filling.text()
    with pytest.raises(Unfit) as error:
        filling.set(path, value)
    assert str(error.value) == told
    assert filling.text() == before


def test_a_name_is_chosen_once() -> None:
    filling = Filling(starter("statistic"))
    filling.set("measures.lit.label", "Lit")
    with pytest.raises(Unfit) as error:
        filling.set("measures.lost.value", "{number: 3}")
    assert str(error.value) == "'measures.NAME' is 'lit' already (add 'lost' to the file afterwards)"
    with pytest.raises(Unfit) as error:
        filling.set("measures", "{lost: {value: {number: 3}}}")
    assert str(error.value) == "'measures' and 'measures.NAME.label' hold each other (give one of them)"


def test_what_is_given_as_a_whole_leaves_nothing_blank_in_it() -> None:
    filling = Filling(starter("statistic"))
    filling.set("measures", "{lost: {value: {number: 3}}}")
    assert [slot.path for slot in filling.blanks if slot.path.startswith("measures")] == []
    assert "\nmeasures: {lost: {value: {number: 3}}}\n" in filling.text()


# ----- the command -----


def test_what_is_left_blank_is_named(tmp_path: Path) -> None:
    lay(tmp_path, {})
    result = new(tmp_path, "explainer", "how-it-began", title="How it began")
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "content/explainers/how-it-began.yml written\n",
        "still blank: questions.NAME, questions.NAME.question, questions.NAME.answer\n"
        "Fill them in, then run: factbound check\n",
    )
    assert (tmp_path / "content/explainers/how-it-began.yml").is_file()


def test_every_file_that_is_written_is_named(tmp_path: Path) -> None:
    write_schemas(lay(tmp_path, {}))
    assert new(tmp_path, "term", "lamp", **REQUIRED["term"]).stdout == (
        "content/glossary/lamp.yml written\n"
        "content/_schema/ids.json written: the ids that editors' programs offer\n"
    )


def test_a_mistake_that_only_the_project_shows_is_told(tmp_path: Path) -> None:
    lay(tmp_path, {})
    given = {**REQUIRED["case"], "jurisdiction": "exampel-land"}
    result = new(tmp_path, "case", "the-fair", **given)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        "content/cases/the-fair.yml:14:15: error[reference-unknown]: record 'exampel-land' does not exist"
        " (did you mean 'example-land'?)"
    )


@pytest.mark.parametrize(
    ("id", "told"),
    [
        ("Deep Lamp", "'Deep Lamp' cannot be an id (use lowercase letters, digits and single hyphens: 'deep-lamp')"),
        ("灯籠", "'灯籠' cannot be an id (use lowercase letters, digits and single hyphens: the file name is the record's id and address)"),
        ("../x", "'../x' cannot be an id (use lowercase letters, digits and single hyphens: 'x')"),
        ("help", "'help' is the name of a collection (choose another file name)"),
        ("lantern-quay", "'lantern-quay' is already the id of content/cases/lantern-quay.yml (choose another: an id is unique across all collections)"),
        ("broken", "'broken' is already the name of a file that cannot be read (mend that file: factbound check says how)"),
        ("quay", "'quay' is a former id of content/glossary/pier.yml, and its address leads there (choose another, or take it out of 'formerly')"),
    ],
)  # fmt: skip
def test_an_id_that_cannot_be_is_refused(id: str, told: str, tmp_path: Path) -> None:
    pier = "title: Pier\nforms: {en: [pier]}\ndefinition: A pier.\nchecked: unknown\nformerly: [quay]\n"
    lay(tmp_path, {"content/glossary/pier.yml": pier, "content/glossary/broken.yml": "title: [\n"})
    before = tree(tmp_path)
    result = new(tmp_path, "term", id)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == f"Error: Invalid value for ID: {told}"
    assert tree(tmp_path) == before


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    lay(tmp_path, {})
    (tmp_path / "content/glossary/fair.yml").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        write_new(Project(tmp_path), "content/glossary/fair.yml", "title: Fair\n")
    assert not (tmp_path / "content/glossary/nowhere").exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("title", "Invalid value for '--set': 'title' has no = (write it as key=value)"),
        (
            "titel=Fair",
            "Invalid value for '--set titel': there is no key 'titel' here (did you mean 'title'?)",
        ),
    ],
)
def test_a_wrong_value_writes_nothing(given: str, told: str, tmp_path: Path) -> None:
    lay(tmp_path, {})
    before = tree(tmp_path)
    result = new(tmp_path, "term", "fair", "--set", given)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {told}")
    assert tree(tmp_path) == before


def test_the_name_of_a_folder_is_taken_for_its_kind(tmp_path: Path) -> None:
    lay(tmp_path, {})
    assert new(tmp_path, "glossary", "fair").stdout.splitlines()[0] == "content/glossary/fair.yml written"


def test_each_kind_has_its_command_with_an_example() -> None:
    for kind in (*KINDS, "site"):
        help = new(ROOT, kind, "--help").stdout
        assert f"factbound new {kind} " in help.partition("\n  Example:\n")[2]


def in_terminal(root: Path, *command: str, answers: list[str]) -> tuple[int, str]:
    """A command in a terminal of its own: each answer is typed when it asks."""
    main_end, terminal = pty.openpty()
    program = [str(Path(sys.executable).parent / "factbound"), *command]
    process = subprocess.Popen(
        program, cwd=root, env=environment(), stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    said, waiting, end = "", list(answers), time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([main_end], [], [], 0.1)[0]:
            try:
                said += os.read(main_end, 4096).decode()
            except OSError:
                break  # The program has closed its terminal.
        if waiting and re.search(r"^\S+: $", said.rpartition("\n")[2]):
            os.write(main_end, f"{waiting.pop(0)}\n".encode())
            said += "\n"
    os.close(main_end)
    return process.wait(10), said.replace("\r", "")


def test_a_terminal_is_asked_for_what_is_required(tmp_path: Path) -> None:
    lay(tmp_path, {})
    code, said = in_terminal(
        tmp_path, "new", "statistic", "the-count", "--set", "title=The count", "--set", "evidence.source=example-gazette",
        answers=["Example office", "one day", "2025", "", "2025", "By hand.", "Lit Lamps", "lit", "Lit", "{percent: 96}", "where", "Where."],
    )  # fmt: skip
    assert code == 1, said
    text = (tmp_path / "content/statistics/the-count.yml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    assert data["measures"] == {"lit": {"label": "Lit", "value": {"percent": 96}}}
    assert data["does-not-show"] == {"where": "Where."}
    assert data["population"] is None
    assert said.startswith("Enter alone leaves a key blank; Ctrl-C ends this, and nothing is written.\n\n")
    assert "When it was published, or unknown. (required) Example: 2031-09\npublished: " in said
    assert "'published' cannot be 'one day' (" in said
    assert "'Lit Lamps' cannot be a name (" in said
    assert said.endswith("still blank: population\nFill them in, then run: factbound check\n")


# ----- a site -----


def new_site(folder: Path) -> Result:
    return CliRunner().invoke(main, ["new", "site", str(folder)], catch_exceptions=False)


def test_a_new_site_takes_a_record_of_each_kind_and_is_built_strictly(tmp_path: Path) -> None:
    site = tmp_path / "my harbour 港"
    result = new_site(site)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == f"Next: cd '{site}', then factbound check, then factbound build"
    assert run("factbound", "check", "--strict", root=site).stdout == "12 records checked: no problems\n"
    assert run("factbound", "build", "--strict", root=site, SOURCE_DATE_EPOCH=EPOCH).returncode == 0

    more = {
        "source": {"title": "The mole"},
        "jurisdiction": {},
        "term": {"title": "Mole", "forms": "{en: [mole]}"},
        "case": {
            "jurisdiction": "new-jurisdiction",
            "evidence.source": "new-source",
            "summary": "A lamp fell from the mole.",
        },
        "regulation": {
            "jurisdiction": "northland",
            "evidence.source": "new-source",
            "protects.says": "The mole.",
        },
        "statistic": {"evidence.source": "new-source", "population": "All lamps of the mole."},
        "explainer": {"questions.how.answer": "From the mole [@new-source]."},
        "help": {},
    }
    for kind, given in more.items():
        result = new(site, kind, f"new-{kind}", **{**REQUIRED[kind], **given})
        assert result.exit_code == 0, result.output
    checked = run("factbound", "check", "--strict", root=site)
    assert (checked.returncode, checked.stdout) == (0, "20 records checked: no problems\n")
    built = run("factbound", "build", "--strict", root=site, SOURCE_DATE_EPOCH=EPOCH)
    assert built.returncode == 0, built.stderr
    for kind, collection in KINDS.items():
        assert (site / f"site/{collection}/new-{kind}/index.html").is_file()


def test_make_runs_the_same_two_commands(tmp_path: Path) -> None:
    new_site(tmp_path / "site")
    program = Path(sys.executable).parent / "factbound"
    for target, said in (("check", "12 records checked: no problems"), ("site", "site/ holds ")):
        made = subprocess.run(
            ["make", "--no-print-directory", target, f"FACTBOUND={program}"],
            cwd=tmp_path / "site", env=environment(SOURCE_DATE_EPOCH=EPOCH), capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert (made.returncode, said in made.stdout) == (0, True), made.stderr


def test_a_new_site_is_built_as_this_one_is() -> None:
    ours = (ROOT / "mkdocs.yml").read_text("utf-8")
    theirs = (ROOT / "generator/factbound/scaffold/new_site/mkdocs.yml").read_text("utf-8")
    assert theirs == ours.replace("  custom_dir: theme/overrides\n", "").replace(
        "lang: [en, ja]", "lang: [en]"
    )


def test_a_new_site_has_the_starters(tmp_path: Path) -> None:
    new_site(tmp_path / "site")
    assert tree(tmp_path / "site/content/_starters") == tree(shipped_starters())
    assert (tmp_path / "site/.gitignore").read_text("utf-8").startswith("/.venv/\n")


def test_a_folder_with_nothing_but_a_repository_is_empty(tmp_path: Path) -> None:
    (tmp_path / "site/.git").mkdir(parents=True)
    assert new_site(tmp_path / "site").exit_code == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["site"]


@pytest.mark.parametrize(
    ("lay_out", "told"),
    [
        (lambda at: (at.mkdir(), (at / "notes.txt").write_text("mine")), "is not empty: it holds notes.txt (name a new folder)"),
        (lambda at: at.write_text("mine"), "is a file (name a new folder)"),
    ],
)  # fmt: skip
def test_a_site_is_not_written_over_something(
    lay_out: Callable[[Path], object], told: str, tmp_path: Path
) -> None:
    lay_out(tmp_path / "site")
    before = tree(tmp_path)
    result = new_site(tmp_path / "site")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        f"Error: Invalid value for DIR: {tmp_path}/site {told}",
    )
    assert tree(tmp_path) == before


def test_the_workflows_go_along_without_those_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("workflows/check.yml", "workflows/program.yml", "dependabot.yml", "scripts/comment.py"):
        file = tmp_path / "repository/.github" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("name: Check\n")
    monkeypatch.setattr("factbound.scaffold.site._REPOSITORY", tmp_path / "repository")
    new_site(tmp_path / "site")
    assert sorted(tree(tmp_path / "site/.github")) == ["scripts/comment.py", "workflows/check.yml"]


def test_make_says_where_the_program_is_missing(tmp_path: Path) -> None:
    new_site(tmp_path / "site")
    (tmp_path / "site/requirements.lock").write_text("# Nothing yet\n")
    made = subprocess.run(
        ["make", "--no-print-directory", "setup", f"PYTHON={sys.executable}"],
        cwd=tmp_path / "site", env=environment(), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert made.returncode == 2
    assert (
        "requirements.lock does not say where Factbound comes from: add a line with the folder of its repository,\n"
        "or with factbound @ git+https:// and the address of its repository\n"
    ) in made.stderr


def test_make_says_what_to_run_where_the_program_is_not_installed(tmp_path: Path) -> None:
    new_site(tmp_path / "site")
    made = subprocess.run(
        ["make", "--no-print-directory", "check"],
        cwd=tmp_path / "site", env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 2
    told = "factbound is not installed: run make setup, or make check FACTBOUND=/path/to/factbound\n"
    assert made.stderr.startswith(told)


INSTALLED = """\
#!/bin/sh
case "$*" in
    "-m pip freeze") cat installed ;;
    "-m venv "*) mkdir -p "$3/bin"; cp pip uv "$3/bin/" ;;
    *) exit 9 ;;
esac
"""
"""Stands for the Python of a site's .venv."""
UV = "#!/bin/sh\nfor file; do :; done; cp $file asked-for; echo 'mkdocs==1.6.1' >installed\n"


@pytest.mark.parametrize(
    ("arguments", "mkdocs", "asked"), [([], "1.6.0", None), (["UPGRADE=1"], "1.6.1", "# Mine\nmkdocs\n../factbound\n")]
)  # fmt: skip
def test_the_lock_is_renewed_and_keeps_its_comment(
    arguments: list[str], mkdocs: str, asked: str | None, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    new_site(site)
    (site / ".venv/bin").mkdir(parents=True)
    for name, text in {".venv/bin/python": INSTALLED, "pip": "#!/bin/sh\n", "uv": UV}.items():
        (site / name).write_text(text)
        (site / name).chmod(0o755)
    (site / "installed").write_text("mkdocs==1.6.0\n")
    (site / "requirements.lock").write_text("# Mine\nmkdocs==1.6.0\n../factbound\n")
    command = ["make", "--no-print-directory", "lock", *arguments]
    made = subprocess.run(command, cwd=site, env=environment(), capture_output=True, text=True, check=False)
    assert (made.returncode, made.stderr) == (0, "")
    assert (site / "requirements.lock").read_text() == f"# Mine\nmkdocs=={mkdocs}\n"
    assert ((site / "asked-for").read_text() if asked else None) == asked
    assert not (site / ".lock.new").exists()


def test_a_new_site_says_what_its_workflows_and_make_do(tmp_path: Path) -> None:
    new_site(tmp_path / "site")
    readme = " ".join((tmp_path / "site/README.md").read_text("utf-8").split())
    assert (
        "Where that file holds nothing but a comment, add a line that says where the program comes from"
        in readme
    )
    assert "`make check` also takes advice for errors" in readme
    assert "/.cache/" in (tmp_path / "site/.gitignore").read_text("utf-8").splitlines()


def test_nothing_of_a_new_site_lies_ahead(tmp_path: Path) -> None:
    """Its two commands work on the day on which it is made."""
    new_site(tmp_path / "site")
    library = library_of(tmp_path / "site")
    refuse_a_clock_behind(library, datetime.date.today())


def test_where_the_program_came_from_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"url": "https://code.example/factbound.git", "vcs_info": {"vcs": "git", "commit_id": "0123abc"}}

    class Installed:
        def read_text(self, name: str) -> str:
            return json.dumps(told) if name == "direct_url.json" else ""

    monkeypatch.setattr("factbound.scaffold.site.distribution", lambda name: Installed())
    new_site(tmp_path / "site")
    assert (tmp_path / "site/requirements.lock").read_text("utf-8") == (
        "factbound @ git+https://code.example/factbound.git@0123abc\n"
    )
