"""Each mistake of a record is told to an editor, at its line and column: `tests/cases/model/<kind>.yml` holds a record,
what is added to it, and the lines that come of it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import StringConstraints, ValidationError

from factbound.library import explain
from factbound.model import (
    COLLECTIONS,
    Body,
    Case,
    Label,
    Line,
    Page,
    Party,
    Prose,
    Site,
    Source,
    WordList,
    Words,
)
from factbound.settings import Strict
from factbound.yamlfile import Keys, read_text
from helpers import ROOT, lay
from samples import Sample

CASES = [
    pytest.param(case["path"], case["record"], one, id=f"{file.stem}-{number}")
    for file in sorted((ROOT / "tests" / "cases" / "model").glob("*.yml"))
    for case in [yaml.safe_load(file.read_text("utf-8"))]
    for number, one in enumerate(case["mistakes"], 1)
]
MODELS = [*COLLECTIONS.values(), Page, Site, WordList]


@pytest.mark.parametrize(("path", "record", "case"), CASES)
def test_a_mistake_is_told_where_it_is(path: str, record: str, case: dict[str, Any], tmp_path: Path) -> None:
    library = lay(tmp_path, {path: record + case["add"]})
    assert [str(problem) for problem in sorted(library.problems)] == case["problems"]
    assert case["problems"]


def test_what_is_empty_is_told_with_what_belongs_there(tmp_path: Path) -> None:
    case = "title: The fair\nkind: event\njurisdiction:\noccurred: 2025\nchecked: unknown\n"
    source = "type: report\ntitle: A report\nlanguage:\npublisher: Example Office\nissued: 2025\naccessed: unknown\nread: copy\n"
    library = lay(tmp_path, {"content/cases/a.yml": case, "content/sources/b.yml": source})
    assert [str(problem) for problem in sorted(library.problems)] == [
        "content/cases/a.yml:3:1: error[wrong-value]: 'jurisdiction' is empty "
        "(write the id of a record: the name of a file in content/jurisdictions/, without .yml)",
        "content/sources/b.yml:3:1: error[wrong-value]: 'language' is empty "
        "(write a language: use a tag such as en, fr or zh-Hant)",
    ]


def test_all_mistakes_of_a_record_are_told(tmp_path: Path) -> None:
    record = "titel: The fair\nkind: 5\nrelated: quay\noccurred: 2025\nchecked: unknown\njurisdiction: example-land\n"
    assert [str(problem) for problem in sorted(lay(tmp_path, {"content/cases/a.yml": record}).problems)] == [
        "content/cases/a.yml:1:1: error[unknown-key]: unknown key 'titel' (did you mean 'title'?)",
        "content/cases/a.yml:2:7: error[wrong-value]: 'kind' cannot be '5' (use one of: incident, ruling, event)",
        "content/cases/a.yml:3:10: error[wrong-value]: 'related' cannot be 'quay' "
        "(write a list: related: [quay])",
    ]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_record_with_every_field_is_read(model: type[Strict]) -> None:
    sample = Sample(model)
    record = model.model_validate(sample.data)
    assert {field.alias for field in model.model_fields.values()} == set(sample.data)
    assert record == model.model_validate(sample.data)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_record_does_not_change(model: type[Strict]) -> None:
    record = model.model_validate(Sample(model).data)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, next(iter(model.model_fields)), "other")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_misspelt_key_is_told_with_the_right_one_at_every_depth(model: type[Strict]) -> None:
    sample = Sample(model)
    for keys in sample.parts:
        for name in part_at(sample.data, keys):
            if len(name) > 3 and not any(isinstance(key, int) for key in (*keys, name)):
                wrong = f"{name[:2]}{name[3:]}"
                assert told(model, sample.data, keys, name, wrong) == [
                    f"unknown key '{wrong}' (did you mean '{name}'?)"
                ]


def part_at(data: Any, keys: Keys) -> Any:
    for key in keys:
        data = data[key]
    return data


def told(model: type[Strict], data: dict[str, Any], keys: Keys, name: str, wrong: str) -> list[str]:
    """What is said of the unknown keys of a record in which one is misspelt."""
    record = copy.deepcopy(data)
    part = part_at(record, keys)
    part[wrong] = part.pop(name)
    text = yaml.safe_dump(json.loads(json.dumps(record)), allow_unicode=True, sort_keys=False)
    document = read_text(text, "content/cases/a.yml")
    with pytest.raises(ValidationError) as raised:
        model.model_validate(document.data)
    problems = explain(document, model, raised.value)
    return [f"{one.message} ({one.todo})" for one in problems if one.rule == "unknown-key"]


def parts_of(model: type[Strict], found: set[type[Strict]]) -> set[type[Strict]]:
    """A model and all that stand within it."""

    def visit(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, Strict) and annotation not in found:
            parts_of(annotation, found)
        for inner in get_args(annotation):
            visit(inner)

    found.add(model)
    for field in model.model_fields.values():
        visit(field.annotation)
    return found


ALL_PARTS = sorted(
    set().union(*(parts_of(model, set()) for model in MODELS)), key=lambda model: model.__name__
)


@pytest.mark.parametrize("model", ALL_PARTS, ids=lambda model: model.__name__)
def test_what_a_model_refers_to_are_its_fields(model: type[Strict]) -> None:
    assert set(getattr(model, "refers", {})) <= set(model.model_fields)


NAMES_OF_THE_RECORD_OR_THE_SITE = {"highlight", "measures", 
    "about", "conduct", "formerly", "front", "pages", "rule", "since", "stage", "subject", "until", "version",
}  # fmt: skip
"""Fields with a slug that is a key of the record itself or of site.yml, or a name that is no longer in use; a rule looks
after each."""


@pytest.mark.parametrize("model", ALL_PARTS, ids=lambda model: model.__name__)
def test_every_field_that_names_a_record_is_followed(model: type[Strict]) -> None:
    slugs = {
        name for name, field in model.model_fields.items() if "a-z0-9" in _pattern(field.rebuild_annotation())
    }
    assert slugs - set(getattr(model, "refers", {})) <= NAMES_OF_THE_RECORD_OR_THE_SITE


def _pattern(annotation: Any) -> str:
    """The pattern of the text in a field or in the entries of its list; keys of a mapping are names of its own."""
    found = [
        one.pattern for one in getattr(annotation, "__metadata__", ()) if isinstance(one, StringConstraints)
    ]
    if isinstance(annotation, type) and annotation is not tuple and not get_args(annotation):
        return ""
    inner = [] if getattr(annotation, "__origin__", None) is dict else list(get_args(annotation))
    return "".join(map(str, found)) + "".join(map(_pattern, inner))


# ----- words -----


@pytest.mark.parametrize("kind", [Label, Line, Prose, Body])
def test_words_are_read_from_text_and_from_a_mapping(kind: type[Words]) -> None:
    assert kind._read("So.").by_lang == {"": "So."}
    assert kind._read({"en": "So.", "fr": "Ainsi."}).by_lang == {"en": "So.", "fr": "Ainsi."}


@pytest.mark.parametrize(
    ("by_lang", "lang", "expected"),
    [
        ({"": "So."}, "en", ("So.", "en")),
        ({"": "So."}, "fr", ("So.", "en")),
        ({"en": "So.", "fr": "Ainsi."}, "en", ("So.", "en")),
        ({"en": "So.", "fr": "Ainsi."}, "fr", ("Ainsi.", "fr")),
        ({"fr": "Ainsi.", "en": "So."}, "de", ("So.", "en")),
        ({"fr": "Ainsi."}, "en", ("Ainsi.", "fr")),
    ],
)
def test_words_in_a_language_or_the_first_one(
    by_lang: dict[str, str], lang: str, expected: tuple[str, str]
) -> None:
    assert Line(by_lang).in_(lang, "en") == expected


def test_words_are_equal_where_kind_and_text_are() -> None:
    assert Line({"": "So."}) == Line({"": "So."}) != Label({"": "So."})
    assert len({Line({"": "So."}), Line({"": "So."}), Line({"en": "So."})}) == 2
    assert repr(Line({"": "So."})) == "Line({'': 'So.'})"


def test_what_is_left_out_has_a_default() -> None:
    party = Party.model_validate({"role": "The keeper", "stage": "charged"})
    assert (party.final, party.standing, party.evidence) == ("unknown", "established", ())
    source = {
        "type": "webpage",
        "title": "The fair",
        "language": "en",
        "issued": "unknown",
        "accessed": "unknown",
    }
    assert Source.model_validate({**source, "read": "copy"}).link == "yes"
    assert Case.model_fields["summary"].default is None
