"""The schemas that editors' programs read: they say all that the model says, and take what the program takes."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from referencing import Registry, Resource

from factbound.cli import main
from factbound.model import COLLECTIONS, Page, Term
from factbound.rules import RULES
from factbound.schema import (
    FOLDER,
    IDS,
    KINDS,
    OFFERED,
    help_of,
    ids_file,
    offered,
    schema_files,
    stale_schemas,
)
from factbound.schema import schema_of as made
from factbound.settings import Project, Strict, docstrings
from factbound.yamlfile import read_text
from helpers import ROOT, SITE, copy_site, edit, lay, library_of, tree
from language_server import settings_of
from samples import Sample
from test_model import ALL_PARTS

IN_WORDS = {
    "there is no such day": "a day that no calendar has",
    "a period cannot end before it begins": "a period that ends before it begins",
    "'after' lies later than 'before'": "limits of a day that leave none",
    "'from' is larger than 'to'": "a range whose first number is the larger one",
    "give 'from' and 'to' two currencies": "a rate between a currency and itself",
    "'several' goes with": "several of a number that is no power of ten",
    "'languages' .* only once": "a language that stands twice",
    r"\[yaml\]": "what other readers of YAML would read otherwise",
}
"""What the program says of records that only it can refuse -> what these are; docs/schema.md names each."""


schema_of = cache(made)


@cache
def validator(kind: str, part: str = "") -> Draft202012Validator:
    """Of one kind of file, or of one part of it."""
    schema = schema_of(kind)
    files = {f"{kind}.json": schema, "ids.json": json.loads(ids_file(library_of(SITE)))}
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(contents)) for name, contents in files.items()
    )
    return Draft202012Validator({"$ref": f"{kind}.json{part}"}, registry=registry)


def plain(data: Any) -> Any:
    """Data as JSON has it."""
    if isinstance(data, Mapping):
        return {key: plain(value) for key, value in data.items()}
    return [plain(one) for one in data] if isinstance(data, tuple | list) else data


def takes(kind: str, data: Any) -> bool:
    return validator(kind).is_valid(plain(data))


def said(kind: str, data: Any) -> list[str]:
    """What the schema says of a record."""
    return [
        f"{'.'.join(map(str, one.absolute_path))}: {one.message}"
        for one in validator(kind).iter_errors(plain(data))
    ]


def kind_of(path: str) -> str:
    """The kind of a file of a project; empty where it has no schema."""
    found = re.fullmatch(r"content/([a-z]+)(?:/[^/]+)?\.yml", path)
    return found[1] if found and found[1] in KINDS else ""


def is_only_for_the_program(words: str) -> bool:
    """Whether a problem is one that no schema can hold."""
    return any(re.search(pattern, words) for pattern in IN_WORDS)


# ----- what a schema says -----


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind))
    assert schema_of(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


FIELDS = [
    pytest.param(model, name, id=f"{model.__name__}.{name}")
    for model in ALL_PARTS
    for name in model.model_fields
]


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_every_field_says_what_to_write(model: type[Strict], name: str) -> None:
    text = help_of(docstrings(model)[name]).text
    assert re.fullmatch(r"[^\s].*[.)]", text), "write a sentence under the field in the model"


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_every_field_that_is_written_freely_has_an_example(model: type[Strict], name: str) -> None:
    field = model.model_fields[name]
    schema = json.dumps(part_schema(model)["properties"][field.alias or name]) if model is not Page else ""
    helped = any(mark in schema for mark in ("examples", '"enum"', "ids.json", "boolean", "#/$defs/"))
    is_pattern = '"pattern"' in schema  # an address, a language, a number of days, a former id
    assert helped or is_pattern or model is Page, "add 'Example: …' to the docstring under the field"


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_an_example_is_what_may_stand_there(model: type[Strict], name: str) -> None:
    field = model.model_fields[name]
    for example in help_of(docstrings(model)[name]).examples:
        document = read_text(f"{field.alias}: {example}\n", "example")
        assert document.problems == []
        data = {**Sample(model).data, **(document.data or {})}
        assert model.model_validate(data)
        if model is not Page:
            assert [one.message for one in part_validator(model).iter_errors(plain(data))] == []


def part_schema(model: type[Strict]) -> Any:
    kind, part = place_of(model)
    return schema_of(kind)["$defs"][part] if part else schema_of(kind)


def part_validator(model: type[Strict]) -> Draft202012Validator:
    kind, part = place_of(model)
    return validator(kind, f"#/$defs/{part}" if part else "")


@cache
def place_of(model: type[Strict]) -> tuple[str, str]:
    """The first kind of file in whose schema a model stands, and its name there; empty where the file is that model."""
    for kind, top in KINDS.items():
        if top is model:
            return kind, ""
        if model.__name__ in schema_of(kind)["$defs"]:
            return kind, model.__name__
    raise AssertionError(f"{model.__name__} stands in no schema")


@pytest.mark.parametrize("model", [one for one in ALL_PARTS if one is not Page], ids=lambda one: one.__name__)
def test_a_field_that_takes_a_name_offers_those_that_exist(model: type[Strict]) -> None:
    takes_names = {
        *getattr(model, "refers", {}),
        *(name for one in model.__mro__ for owner, name in OFFERED if owner == one.__name__),
    }
    offers = {
        name
        for name, field in model.model_fields.items()
        if "ids.json" in json.dumps(part_schema(model)["properties"][field.alias or name])
    }
    assert offers == takes_names


def test_the_guideline_and_the_examples_of_a_field_are_told_apart() -> None:
    assert help_of("Where in it.\n  Example: p. 3 Example: para. 2") == ("Where in it.", ("p. 3", "para. 2"))
    assert help_of(None) == ("", ())


def test_a_schema_says_what_the_model_says() -> None:
    field = schema_of("statistics")["properties"]["measured-by"]
    assert field == {
        "description": "Who measured it, as they call themselves.",
        "anyOf": [{"$ref": "#/$defs/Words", "examples": ["Example Harbour Office"]}],
    }
    assert schema_of("cases")["$defs"]["Evidence"]["properties"]["source"] == {
        "description": "The id of a source.",
        "anyOf": [
            {"$ref": "ids.json#/$defs/sources"},
            {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        ],
    }
    assert schema_of("cases")["required"] == ["title", "checked", "kind", "jurisdiction", "occurred"]


# ----- schema and program -----


def content_of(root: Path) -> list[Path]:
    """What the program reads; starters are no records."""
    return [
        file for file in sorted((root / "content").rglob("*.yml")) if not file.parent.name.startswith("_")
    ]


def records(root: Path) -> Iterator[tuple[str, Any]]:
    for file in content_of(root):
        yield file.relative_to(root).as_posix(), read_text(file.read_text("utf-8"), file.name).data


@pytest.mark.parametrize("root", [ROOT, SITE], ids=["real", "tiny"])
def test_every_file_that_the_program_takes_is_taken(root: Path) -> None:
    found = {path: said(kind_of(path), data) for path, data in records(root)}
    assert len(found) > 15
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_with_every_field_is_taken(kind: str) -> None:
    assert said(kind, Sample(KINDS[kind]).data) == []


MISTAKES = [
    pytest.param(case["path"], case["record"] + one["add"], one["problems"], id=f"{file.stem}-{number}")
    for file in sorted((ROOT / "tests" / "cases" / "model").glob("*.yml"))
    for case in [yaml.safe_load(file.read_text("utf-8"))]
    if kind_of(case["path"])
    for number, one in enumerate(case["mistakes"], 1)
    # What readers of YAML differ on, a schema sees only as one of them read it.
    if not all("error[yaml]" in line for line in one["problems"])
]


@pytest.mark.parametrize(("path", "text", "problems"), MISTAKES)
def test_a_mistake_is_refused_by_both(path: str, text: str, problems: list[str]) -> None:
    data = read_text(text, path).data
    only = list(filter(is_only_for_the_program, problems))
    assert takes(kind_of(path), data) == (only == problems), said(kind_of(path), data)


RULE_CASES = {
    file.stem: yaml.safe_load(file.read_text("utf-8"))
    for file in sorted((ROOT / "tests" / "cases" / "rules").glob("*.yml"))
}
STRUCTURE = ("unknown-key", "missing-key", "wrong-value")


@pytest.mark.parametrize("name", RULE_CASES)
def test_what_breaks_a_rule_is_refused_where_its_structure_is_wrong(name: str, tmp_path: Path) -> None:
    case = RULE_CASES[name]
    for files in (case["files"], case["mended"]):
        library = lay(tmp_path / str(files is case["files"]), files)
        wrong = {
            one.path
            for one in library.problems
            if one.rule in STRUCTURE or one.message.startswith("this looks like")
        }
        unread = {one.path for one in library.problems if one.rule == "yaml"}
        for path, text in files.items():
            if kind_of(path) and path not in unread:
                data = read_text(text, path).data
                assert takes(kind_of(path), data) == (path not in wrong), said(kind_of(path), data)


def places(data: Any, depth: int, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a part of a record, down to a depth."""
    if not depth:
        return
    for key, value in (
        data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, tuple) else ()
    ):
        yield (*at, key)
        yield from places(value, depth - 1, (*at, key))


def with_other(data: Any, place: tuple[Any, ...], value: Any) -> Any:
    """A record in which something else stands at a place; nothing, where the value is `...`."""
    made = copy.deepcopy(plain(data))
    at = made
    for key in place[:-1]:
        at = at[key]
    if value is ...:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    return made


def tupled(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: tupled(value) for key, value in data.items()}
    return tuple(map(tupled, data)) if isinstance(data, list) else data


OTHERS: tuple[Any, ...] = (..., 7, "other words", True, [], {}, {"other": "words"}, ["other"])
"""What is put in the place of each thing in turn; `...` takes it away."""


@pytest.mark.parametrize("model", [one for one in ALL_PARTS if one is not Page], ids=lambda one: one.__name__)
def test_schema_and_program_agree_on_anything_in_any_place(model: type[Strict]) -> None:
    # What stands deeper is a part that is looked at by itself.
    sample, told = Sample(model).data, []
    for place in places(sample, depth=2):
        for other in OTHERS:
            data = with_other(sample, place, other)
            program = problems_of(model, data)
            only = program and all(map(is_only_for_the_program, program))
            if part_validator(model).is_valid(data) != (not program or only):
                told.append((place, other, program))
    assert told == []


def problems_of(model: type[Strict], data: Any) -> list[str]:
    """What the model says of data."""
    try:
        model.model_validate(tupled(data))
    except ValidationError as error:
        return [one["msg"] for one in error.errors(include_url=False)]
    return []


def test_what_only_the_program_can_refuse_is_written_down() -> None:
    text = (ROOT / "docs" / "schema.md").read_text("utf-8")
    assert [words for words in IN_WORDS.values() if words not in text] == []


def test_a_key_without_a_value_is_left_out_to_the_program_and_told_by_the_editor() -> None:
    data = {**Sample(KINDS["glossary"]).data, "summary": None}
    assert problems_of(Term, data) == []
    assert not takes("glossary", data)


# ----- what is offered -----


def test_every_record_and_name_is_offered_with_what_stands_behind_it(tmp_path: Path) -> None:
    library = lay(tmp_path, {})
    found = offered(library)
    assert found["sources"] == {"example-gazette": "Lanterns in the harbour (Example Gazette, 2025-04-15)"}
    assert found["glossary"] == {"lantern": "Lantern"}
    assert found["pages"] == {"about": "About"}
    assert found["values"]["lantern-quay.facts.takings"] == "The lanterns of the quay"
    assert (found["stages"], found["units"]) == (
        {"charged": "Charged", "convicted": "Convicted"},
        {"lamps": ""},
    )
    assert set(found["advice"]) == {id for id, rule in RULES.items() if rule.level == "advice"}
    assert set(found) == {
        *COLLECTIONS, "pages", "values", "stages", "conducts", "subjects", "units", "advice",
    }  # fmt: skip


def test_a_source_without_a_title_is_offered_by_what_is_known_of_it(tmp_path: Path) -> None:
    source = "type: report\ntitle: unknown\nlanguage: en\nissued: unknown\naccessed: unknown\nread: copy\n"
    files = {
        "content/sources/a.yml": source + "publisher: Example Press\n",
        "content/sources/b.yml": source,
        "content/sources/c.yml": source + "title-translated: '" + "Lanterns " * 9 + "'\n",
    }
    found = offered(lay(tmp_path, files))["sources"]
    assert found["a"] == "untitled (Example Press)"
    assert found["b"] == "untitled"
    assert found["c"] == "Lanterns Lanterns Lanterns Lanterns Lanterns Lanterns Lan…"


def test_the_ids_are_a_schema_in_which_every_reference_leads_somewhere(tmp_path: Path) -> None:
    ids = json.loads(ids_file(lay(tmp_path, {})))
    Draft202012Validator.check_schema(ids)
    assert ids["$defs"]["help"] is False, "there are none"
    asked = set(re.findall(r'ids\.json#/\$defs/([a-z]+)"', "".join(schema_files().values())))
    assert asked <= set(ids["$defs"])
    assert set(ids["$defs"]) - asked <= set(COLLECTIONS), "those are offered among all records"
    assert ids["$defs"]["records"]["anyOf"][0] == {"$ref": "#/$defs/cases"}


def test_an_id_that_is_not_listed_is_no_mistake() -> None:
    evidence = [{"source": "a-new-one"}]
    assert takes("glossary", {**Sample(KINDS["glossary"]).data, "evidence": evidence})
    assert not takes("glossary", {**Sample(KINDS["glossary"]).data, "evidence": [{"source": "A New One"}]})


# ----- the files -----


def schema(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(root), "schema", *arguments], catch_exceptions=False)


def test_the_schemas_of_this_repository_are_what_the_model_says() -> None:
    assert list(stale_schemas(Project(ROOT))) == [], "the model has changed; run: .venv/bin/factbound schema"


def test_schemas_are_written_once(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    written = schema(root)
    assert (written.exit_code, written.stdout.splitlines()) == (
        0,
        [*(f"{FOLDER}/{kind}.json written" for kind in KINDS), f"{IDS} written"],
    )
    assert schema(root).stdout == f"{FOLDER}/ is as it should be; nothing written\n"
    assert schema(root, "--check").stdout == f"{FOLDER}/ is what this version of Factbound writes\n"


@pytest.mark.parametrize("arguments", [(), ("--check",)])
def test_a_schema_of_a_newer_version_is_not_undone(arguments: tuple[str, ...], tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    schema(root)
    edit(root / FOLDER / "help.json", "Written by Factbound 0.1.0", "Written by Factbound 0.10.0")
    before = tree(root)
    told = schema(root, *arguments)
    assert (told.exit_code, told.stdout, tree(root)) == (1, "", before)
    assert told.stderr.splitlines() == [
        f"{FOLDER}/help.json is of Factbound 0.10.0, which is newer than this one (update Factbound)",
        "nothing written",
    ]


def test_an_unknown_key_may_be_one_of_a_newer_version(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    page = root / "content" / "words.yml"
    page.write_text(f"colour: red\n{page.read_text('utf-8')}", "utf-8")
    schema(root)
    told = "content/words.yml:1:1: error[unknown-key]: unknown key 'colour' (known: words, guilt"
    assert f"{told})" in _check(root)
    for file, version in (("help", "0.9.0"), ("cases", "0.10.0")):
        edit(root / FOLDER / f"{file}.json", "Written by Factbound 0.1.0", f"Written by Factbound {version}")
    assert f"{told}, or update Factbound: content/_schema is of 0.10.0)" in _check(root)


def _check(root: Path) -> list[str]:
    return CliRunner().invoke(main, ["--project", str(root), "check"]).stderr.splitlines()


def test_a_stale_schema_names_the_command_that_renews_it(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    schema(root)
    edit(root / FOLDER / "help.json", "For whom.", "For who.")
    (root / FOLDER / "words.json").unlink()
    told = schema(root, "--check")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.splitlines() == [
        f"{FOLDER}/{name}.json is not what this version of Factbound writes (run: factbound schema)"
        for name in ("help", "words")
    ]
    assert schema(root).stdout.splitlines() == [f"{FOLDER}/help.json written", f"{FOLDER}/words.json written"]


def test_new_ids_are_told_and_block_nothing(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    schema(root)
    term = root / "content" / "glossary" / "harbour-master.yml"
    for number in range(7):
        (term.parent / f"word-{number}.yml").write_text(term.read_text("utf-8"), "utf-8")
    term.unlink()
    told = schema(root, "--check")
    assert (told.exit_code, told.stdout) == (0, f"{FOLDER}/ is what this version of Factbound writes\n")
    assert told.stderr == (
        f"note: {IDS} does not match 'harbour-master', 'word-0', 'word-1', 'word-2', 'word-3' and 3 more "
        "(factbound schema renews it)\n"
    )
    assert schema(root).stdout == f"{IDS} written\n"
    assert schema(root, "--check").stderr == ""


@pytest.mark.parametrize(
    "text", ["", "<<<<<<< HEAD\n", "[]", '{"$defs": 5}', '{"$defs": {"help": {"enum": []}}}']
)
def test_a_file_of_ids_that_a_merge_has_broken_is_written_anew(tmp_path: Path, text: str) -> None:
    root = copy_site(tmp_path / "site")
    schema(root)
    whole = (root / IDS).read_text("utf-8")
    (root / IDS).write_text(text, "utf-8")
    told = schema(root, "--check")
    assert (told.exit_code, told.stdout, told.stderr) == (
        1,
        "",
        f"{IDS} holds no lists of ids (run: factbound schema)\n",
    )
    assert schema(root).stdout == f"{IDS} written\n"
    assert (root / IDS).read_text("utf-8") == whole


def test_a_file_of_ids_without_one_of_its_lists_is_told(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    schema(root)
    (root / IDS).write_text('{"$defs": {"help": {}}}', "utf-8")
    told = schema(root, "--check")
    assert (told.exit_code, "does not match" in told.stderr) == (0, True)


def test_a_site_that_cannot_be_read_still_gets_its_schemas(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    (root / "content" / "site.yml").write_text("title: [\n", "utf-8")
    told = schema(root)
    assert (told.exit_code, told.stderr) == (
        0,
        "note: content/site.yml cannot be read, so what it names is not offered\n",
    )
    assert json.loads((root / IDS).read_text("utf-8"))["$defs"]["stages"] is False


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    (root / FOLDER).write_text("in the way", "utf-8")
    told = schema(root)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == f"{root / FOLDER} cannot be written: File exists\n"


def test_a_check_makes_no_schemas(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    CliRunner().invoke(main, ["--project", str(root), "check"], catch_exceptions=False)
    assert not (root / FOLDER).exists()


# ----- the workspace -----


@pytest.mark.parametrize("root", [ROOT])
def test_the_workspace_leads_every_file_to_its_schema(root: Path) -> None:
    mapped = settings_of(root)["yaml.schemas"]
    assert mapped == {
        f"./{FOLDER}/{kind}.json": f"content/{kind}/*.yml" if kind in COLLECTIONS else f"content/{kind}.yml"
        for kind in KINDS
    }


def test_every_file_names_its_schema_in_its_first_line() -> None:
    for file in content_of(ROOT):
        kind = kind_of(file.relative_to(ROOT).as_posix())
        folder = "../_schema" if kind in COLLECTIONS else "_schema"
        first = file.read_text("utf-8").partition("\n")[0]
        assert first == f"# yaml-language-server: $schema={folder}/{kind}.json"
        assert (file.parent / folder / f"{kind}.json").is_file()
