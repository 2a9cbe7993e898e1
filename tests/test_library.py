"""The Library: what a walk over a record finds, where paths lead, what values say and stand on, who names whom."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from factbound.library import Entry, Library, collector_paused, load
from factbound.model import COLLECTIONS, Fact, Page, Site, Supported
from factbound.settings import Project, Strict
from factbound.values import Value
from factbound.yamlfile import Document, read_text
from helpers import lay, library_of
from samples import Sample

CASE = """\
title: The fair
kind: incident
jurisdiction: example-land
occurred: 2025-04-14
checked: unknown
"""
GAZETTE = "evidence: [{source: example-gazette}]\n"
FAIR = "content/cases/the-fair.yml"


def fair(root: Path, text: str, **files: str) -> Library:
    """The base project with one more case, and sources by their ids."""
    library = lay(
        root, {FAIR: CASE + text, **{f"content/sources/{id}.yml": source for id, source in files.items()}}
    )
    assert library.problems == []
    return library


# ----- the survey -----


@pytest.mark.parametrize("model", [*COLLECTIONS.values(), Page, Site], ids=lambda model: model.__name__)
def test_a_survey_misses_nothing(model: type[Strict]) -> None:
    sample = Sample(model)
    record = model.model_validate(sample.data)
    survey = Entry("a", "a", record, Document("a.yml", "")).survey  # type: ignore[arg-type]
    assert {passage.keys: passage.text for passage in survey.passages} == sample.words
    assert {mention.keys: mention.target for mention in survey.mentions} == sample.references
    assert sorted(keys for keys, _part in survey.parts) == sorted(sample.parts)
    assert len(sample.parts) > 1


def test_a_passage_is_found_by_its_field(tmp_path: Path) -> None:
    entry = fair(tmp_path, GAZETTE + "summary: {en: So it was., fr: Ainsi.}\n").entries["the-fair"]
    words = entry.record.summary  # type: ignore[union-attr]
    assert words is not None
    passage = entry.survey.passage(words, "Ainsi.")
    assert (passage.keys, passage.lang, passage.holder) == (("summary", "fr"), "fr", entry.record)


def test_prose_names_sources_records_and_values(tmp_path: Path) -> None:
    text = "summary: As said [@example-gazette, p. 3; @herald], [[lantern]] and *{{ lantern-quay.facts.takings }}*.\n"
    entry = fair(tmp_path, text).entries["the-fair"]
    assert [
        (mention.target, mention.how, mention.collection, mention.at, mention.snippet)
        for mention in entry.survey.mentions
        if mention.keys == ("summary",)
    ] == [
        ("example-gazette", "cite", "sources", 8, "[@example-gazette, p. 3; @herald]"),
        ("herald", "cite", "sources", 8, "[@example-gazette, p. 3; @herald]"),
        ("lantern", "reference", "", 43, "[[lantern]]"),
        ("lantern-quay.facts.takings", "value", "", 60, "{{ lantern-quay.facts.takings }}"),
    ]


def test_fields_name_records(tmp_path: Path) -> None:
    entry = fair(tmp_path, GAZETTE + "related: [lantern]\n").entries["the-fair"]
    assert [(one.target, one.keys, one.how, one.collection) for one in entry.survey.mentions] == [
        ("example-gazette", ("evidence", 0, "source"), "evidence", "sources"),
        ("lantern", ("related", 0), "field", ""),
        ("example-land", ("jurisdiction",), "field", "jurisdictions"),
    ]


def test_parts_are_found_by_their_kind(tmp_path: Path) -> None:
    library = fair(tmp_path, GAZETTE + "facts: {lamps: {says: There were some.}}\n")
    assert [(entry.id, keys) for entry, keys, _fact in library.parts(Fact)] == [
        ("lantern-quay", ("facts", "takings")), ("the-fair", ("facts", "lamps")), ("harbour-act", ("protects",)),
    ]  # fmt: skip
    assert library.count_facts() == len(list(library.parts(Supported))) == 6


# ----- files -----


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    lay(tmp_path, {})
    (tmp_path / FAIR).symlink_to("nowhere.yml")
    assert [str(problem) for problem in lay(tmp_path, {}).problems] == [
        f"{FAIR}:1:1: error[file-name]: the file cannot be read: No such file or directory (make it a readable file)"
    ]


def test_what_is_hidden_is_left_alone(tmp_path: Path) -> None:
    hidden = {
        "content/.cache/a.yml": "a: b\n",
        "content/cases/.a.yml": "a: b\n",
        "content/_schema/cases.json": "{}",
    }
    pictures = {"content/pages/images/quay.svg": "<svg/>", "content/cases/notes.txt": "Nothing."}
    library = lay(tmp_path, {**hidden, **pictures})
    assert (library.problems, list(library.collection("cases"))) == ([], [library.entries["lantern-quay"]])


def test_ids_without_a_record_are_known_as_unread(tmp_path: Path) -> None:
    library = lay(
        tmp_path, {FAIR: "title: [\n", "content/cases/The_Fair.yml": CASE, "content/cases/site.yml": CASE}
    )
    assert library.unread == {"the-fair", "The_Fair", "site"}
    assert not library.unread & set(library.entries)


def test_the_text_of_a_problem_is_at_hand(tmp_path: Path) -> None:
    library = lay(tmp_path, {FAIR: CASE, "content/words.yml": "words: {}\n"})
    assert library.text_of(FAIR) == CASE
    assert library.text_of("content/words.yml") == "words: {}\n"
    assert library.text_of("content/cases") is library.text_of("content/nothing.yml") is None


def test_the_collector_is_as_it_was() -> None:
    assert gc.isenabled()
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


# ----- paths -----

ADDRESSED = """\
evidence: [{source: example-gazette}]
summary: So it was.
sections:
  headed: {heading: Why, says: So., editorial: true}
  plain: {says: So., editorial: true}
facts:
  lamps: {value: {number: 5, unit: lamps}, accounts: {herald: {relation: differs, value: {number: 6, unit: lamps}, evidence: [{source: example-gazette}]}}}
unknown: {end: When it ended.}
parties: {keeper: {role: The keeper, stage: charged}}
timeline: {opening: {date: 2025-04-14, says: It opens.}}
"""  # fmt: skip


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("the-fair", ()),
        ("the-fair.facts.lamps", ("facts", "lamps")),
        ("the-fair.facts.lamps.accounts.herald.value", ("facts", "lamps", "accounts", "herald", "value")),
        ("the-fair.occurred", ("occurred",)),
        ("harbour-act.status.as-of", ("status", "as-of")),
        ("lantern.forms.en", ("forms", "en")),
        ("the-fair.facts.lamp", None),
        ("the-fair.facts.lamps.value.number.of", None),
        ("the-fair.privacy-review", None),
        ("the-fair.related.0", None),
        ("the-fair.evidence.0", None),
        ("the-fair.in_", None),
        ("the-fair.model-fields", None),
        ("the-fare", None),
        ("the-fair.", None),
        ("", None),
    ],
)
def test_a_path_leads_to_a_part(path: str, keys: tuple[str, ...] | None, tmp_path: Path) -> None:
    library = fair(tmp_path, ADDRESSED)
    found = library.resolve(path)
    assert (found and found[1]) == keys
    assert found is None or found[0] is library.entries[path.split(".")[0]]


def test_the_paths_of_a_record_are_its_addresses(tmp_path: Path) -> None:
    library = fair(tmp_path, ADDRESSED)
    assert list(library.paths(library.entries["the-fair"])) == [
        "the-fair.sections.headed", "the-fair.facts.lamps", "the-fair.unknown.end", "the-fair.parties.keeper",
        "the-fair.timeline.opening",
    ]  # fmt: skip
    assert list(library.paths(library.entries["harbour-act"])) == [
        "harbour-act.status", "harbour-act.protects", "harbour-act.history.first", "harbour-act.history.second",
    ]  # fmt: skip
    assert list(library.paths(library.entries["lantern"])) == []


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("facts", "lamps", "says"), ("facts", "lamps")),
        (("facts", "lamps", "evidence", 0, "source"), ("facts", "lamps")),
        (("sections", "headed", "says"), ("sections", "headed")),
        (("sections", "plain", "says"), ()),
        (("unknown", "end"), ("unknown", "end")),
        (("summary",), ()),
        (("evidence", 0, "source"), ()),
        (("facts",), ()),
        ((), ()),
    ],
)
def test_a_place_is_the_part_with_an_address(
    keys: tuple[str | int, ...], place: tuple[str, ...], tmp_path: Path
) -> None:
    library = fair(tmp_path, ADDRESSED)
    assert library.place(library.entries["the-fair"], keys) == place
    assert library.anchor(("facts", "lamps")) == "facts-lamps"


# ----- values -----


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("the-fair.facts.lamps", "number: 5, unit: lamps"),
        ("the-fair.facts.lamps.value", "number: 5, unit: lamps"),
        ("the-fair.facts.lamps.accounts.herald", "number: 6, unit: lamps"),
        ("the-fair.occurred", "date: 2025-04-14"),
        ("the-fair.timeline.opening", "date: 2025-04-14"),
        ("harbour-act.history.first", "date: 2001-06-01"),
        ("harbour-act.history.first.passed", "date: 2001-03-01"),
        ("harbour-act.protects", None),
        ("the-fair.facts", None),
        ("the-fair.title", None),
        ("the-fair", None),
        ("nobody.facts.lamps", None),
    ],
)
def test_a_path_has_a_value(path: str, expected: str | None, tmp_path: Path) -> None:
    found = fair(tmp_path, ADDRESSED).valued(path)
    assert (found and found.value) == (expected and value(expected))


@pytest.mark.parametrize(
    ("limits", "amount"), [("min: {MIN}, max: {MAX}", 9), ("max: {MAX}", 9), ("min: {MIN}", 1), ("", None)]
)
def test_a_penalty_has_the_value_of_its_limit(limits: str, amount: int | None, tmp_path: Path) -> None:
    money = "amount: {}, currency: EUR"
    given = limits.replace("MIN", money.format(1)).replace("MAX", money.format(9))
    act = "content/regulations/harbour-act.yml"
    text = (
        lay(tmp_path / "a", {}).text_of(act) or ""
    ) + f"penalties: {{fine: {{kind: fine, for: selling, {given}}}}}\n"
    found = lay(tmp_path / "b", {act: text}).valued("harbour-act.penalties.fine")
    assert (found and found.value.figure) == amount  # type: ignore[union-attr]


SOURCE = "type: webpage\ntitle: The fair\nlanguage: en\nissued: 2025\naccessed: unknown\nread: publisher\n"


def test_evidence_is_a_part_s_own_or_what_holds_it(tmp_path: Path) -> None:
    text = """\
evidence: [{source: example-gazette}]
facts:
  own: {value: {number: 5}, evidence: [{source: herald, locator: p. 3}]}
  none: {value: {number: 5}, accounts: {crier: {relation: differs, value: {number: 6}, evidence: [{source: crier}]}}}
"""
    library = fair(tmp_path, text, herald=SOURCE, crier=SOURCE)

    def sources(path: str) -> list[str]:
        found = library.valued(f"the-fair.{path}")
        assert found
        return [one.source for one in found.evidence]

    assert sources("facts.own") == sources("facts.own.value") == ["herald"]
    assert sources("facts.none") == sources("occurred") == ["example-gazette"]
    assert sources("facts.none.accounts.crier") == sources("facts.none.accounts.crier.value") == ["crier"]


def test_a_derived_value_stands_on_what_went_in(tmp_path: Path) -> None:
    text = """\
facts:
  one: {value: {number: 5}, evidence: [{source: herald}]}
  two: {value: {number: 6}, evidence: [{source: crier}, {source: herald}]}
  sum: {standing: inferred, derive: {op: sum, of: [the-fair.facts.one, the-fair.facts.two]}}
  more: {standing: inferred, derive: {op: sum, of: [the-fair.facts.sum, the-fair.facts.one]}}
  said: {standing: inferred, derive: {op: sum, of: [the-fair.facts.one, the-fair.facts.two]}, evidence: [{source: gazette}]}
"""
    library = fair(tmp_path, text, herald=SOURCE, crier=SOURCE, gazette=SOURCE)
    entry = library.entries["the-fair"]
    for name, expected in (
        ("sum", ["herald", "crier"]),
        ("more", ["herald", "crier"]),
        ("said", ["gazette"]),
    ):
        assert [one.source for one in library.evidence(entry, ("facts", name))] == expected


def derived(root: Path, op: str, *values: str) -> Value | None:
    """What an operation makes of values, written as in YAML."""
    facts = "".join(f"  f{number}: {{value: {{{value}}}}}\n" for number, value in enumerate(values))
    paths = ", ".join(f"the-fair.facts.f{number}" for number in range(len(values)))
    derive = f"  out: {{standing: inferred, derive: {{op: {op}, of: [{paths}]}}}}\n"
    library = fair(root, GAZETTE + "facts:\n" + facts + derive)
    found = library.valued("the-fair.facts.out")
    return found.value if found else None


def value(text: str) -> Value | None:
    """A value, written as in YAML."""
    return Fact.model_validate(read_text(f"value: {{{text}}}", "a.yml").data).value


EUR = "amount: {}, currency: EUR"


@pytest.mark.parametrize(
    ("op", "values", "expected"),
    [
        ("sum", ["number: 5, unit: lamps", "number: 6, unit: lamps"], "number: 11, unit: lamps"),
        ("sum", ["percent: 12.5", "percent: 0.1", "percent: 0.2"], "percent: 12.8"),
        ("sum", [EUR.format(5), EUR.format(6) + ", qualifier: over"], EUR.format(11) + ", qualifier: about"),
        ("sum", ["number: 5", "number: 6, unit: lamps"], None),
        ("sum", [EUR.format(5), "amount: 5, currency: SEK"], None),
        ("sum", ["number: {from: 1, to: 5}", "number: 6"], None),
        ("sum", ["date: 2025", "date: 2026"], None),
        ("difference", ["number: 5", "number: 6"], "number: -1"),
        ("difference", ["number: 5", "number: 6", "number: 7"], None),
        ("difference", ["number: 5", "percent: 6"], None),
        ("ratio", ["number: 10", "number: 4"], "times: 2.5"),
        ("ratio", ["number: 10", "number: 3"], "times: 3.33, qualifier: about"),
        ("ratio", ["number: 20000", "number: 3"], "times: 6670, qualifier: about"),
        ("ratio", ["number: 2", "number: 3000"], "times: 0.000667, qualifier: about"),
        ("ratio", ["number: 3000, qualifier: nearly", "number: 3"], "times: 1000, qualifier: about"),
        ("ratio", ["number: 0", "number: 3"], "times: 0"),
        ("ratio", [EUR.format(10000), "number: 3, unit: lamps"], EUR.format(3330) + ", qualifier: about"),
        ("ratio", ["number: 3", EUR.format(10000)], None),
        ("ratio", ["number: 5", "number: 0"], None),
        ("ratio", ["number: 5", "number: 6", "number: 7"], None),
        ("percent-change", ["number: 12", "number: 10"], "percent: 20"),
        ("percent-change", ["number: 10", "number: 12"], "percent: -16.7, qualifier: about"),
        ("percent-change", ["number: 10", "number: 0"], None),
        ("percent-change", ["number: 10", "percent: 5"], None),
        ("rank", ["number: 5", "number: 9", "number: 1"], "rank: 2"),
        ("rank", ["number: 5", "number: 5"], "rank: 1"),
        ("rank", ["number: 5", "number: {from: 4, to: 6}"], None),
        ("rank", ["number: 5", "percent: 5"], None),
        ("sum", ["number: 1000, qualifier: several", "number: 6"], None),
        ("rank", ["number: 1000, qualifier: several", "number: 6"], None),
    ],
)  # fmt: skip
def test_values_are_worked_out(op: str, values: list[str], expected: str | None, tmp_path: Path) -> None:
    assert derived(tmp_path, op, *values) == (expected and value(expected))


CIRCLE = """\
facts:
  a: {standing: inferred, derive: {op: sum, of: [the-fair.facts.b, the-fair.facts.plain]}}
  b: {standing: inferred, derive: {op: sum, of: [the-fair.facts.a, the-fair.facts.plain]}}
  self: {standing: inferred, derive: {op: sum, of: [the-fair.facts.self, the-fair.facts.plain]}}
  into: {standing: inferred, derive: {op: sum, of: [the-fair.facts.a, the-fair.facts.plain]}}
  fine: {standing: inferred, derive: {op: sum, of: [the-fair.facts.plain, the-fair.facts.plain]}}
  plain: {value: {number: 5}}
"""


@pytest.mark.parametrize("first", ["a", "b", "self", "into", "fine"])
def test_a_circle_has_no_value_whoever_asks_first(first: str, tmp_path: Path) -> None:
    library = fair(tmp_path, GAZETTE + CIRCLE)
    found = {
        name: library.valued(f"the-fair.facts.{name}") for name in (first, "a", "b", "self", "into", "fine")
    }
    assert {name for name, one in found.items() if one} == {"fine"}


def test_a_long_chain_of_values_is_worked_out_once_each(tmp_path: Path) -> None:
    # Each is worked out from the one before it twice: without memory that would be 2**40 sums.
    steps = "".join(
        f"  f{step}: {{standing: inferred, derive: {{op: sum, of: [the-fair.facts.f{step - 1}, the-fair.facts.f{step - 1}]}}}}\n"
        for step in range(1, 41)
    )
    library = fair(tmp_path, GAZETTE + "facts:\n  f0: {value: {number: 1}}\n" + steps)
    found = library.valued("the-fair.facts.f40")
    assert found and found.value == value(f"number: {2**40}")
    assert [one.source for one in found.evidence] == ["example-gazette"]


# ----- who names whom -----


def test_backlinks_are_the_other_records_that_name_one(tmp_path: Path) -> None:
    text = "facts: {lamps: {says: 'As many as [[lantern-quay.facts.takings|there]].'}}\n"
    library = fair(tmp_path, GAZETTE + text)
    assert [(entry.id, mention.keys) for entry, mention in library.backlinks["lantern-quay"]] == [
        ("the-fair", ("facts", "lamps", "says")),
        ("the-story", ("questions", "what", "answer")),
        ("the-story", ("main",)),
    ]
    assert "the-fair" not in library.backlinks


def test_a_record_that_names_itself_is_no_backlink(tmp_path: Path) -> None:
    text = "summary: It took {{ the-fair.facts.lamps }}.\nfacts: {lamps: {value: {number: 5}}}\n"
    assert "the-fair" not in fair(tmp_path, GAZETTE + text).backlinks


def test_a_breakdown_names_its_jurisdiction(tmp_path: Path) -> None:
    count = """\
title: A count
measured-by: The Gazette
published: 2025
period: 2024
population: All lamps.
method: By hand.
measures: {all: {value: {number: 5, unit: lamps}, by: {jurisdiction: example-land, year: "2024"}}}
does-not-show: {others: Lamps elsewhere.}
checked: unknown
"""
    library = lay(tmp_path, {"content/statistics/a-count.yml": count})
    assert ("a-count", ("measures", "all", "by", "jurisdiction")) in [
        (entry.id, mention.keys) for entry, mention in library.backlinks["example-land"]
    ]


AGENCY = "agency: Example Agency\n"


@pytest.mark.parametrize(
    ("sources", "count"),
    [
        ({"a": "", "b": ""}, 2),
        ({"a": "", "b": "derives-from: a\n"}, 1),
        ({"a": "", "b": "derives-from: a\n", "c": "derives-from: b\n"}, 1),
        ({"a": "", "b": "derives-from: a\n", "c": ""}, 2),
        ({"a": "derives-from: x\n", "b": "derives-from: x\n", "x": ""}, 1),
        ({"a": AGENCY, "b": AGENCY}, 1),
        ({"a": AGENCY, "b": "agency: Other Agency\n"}, 2),
        ({"a": AGENCY, "b": "derives-from: a\n", "c": AGENCY + "note: Printed a day later.\n"}, 1),
    ],
)
def test_one_witness_counts_once(sources: dict[str, str], count: int, tmp_path: Path) -> None:
    evidence = ", ".join(f"{{source: {id}}}" for id in sources if id != "x")
    text = f"facts: {{lamps: {{says: So., evidence: [{evidence}]}}}}\n"
    library = fair(tmp_path, text, **{id: SOURCE + more for id, more in sources.items()})
    assert library.independent(library.evidence(library.entries["the-fair"], ("facts", "lamps"))) == count


def test_site_yml_is_among_all_texts_and_no_record(tmp_path: Path) -> None:
    library = lay(tmp_path, {})
    assert library.about in library.all and library.about not in library.entries.values()
    assert library.source("lantern") is None and library.source("example-gazette") is not None
    assert set(library.terms) == {"lantern"}
    assert library.words is not None
    (tmp_path / "content/words.yml").unlink()
    assert library_of(tmp_path).words is None


# ----- another state of the same content -----


def test_a_record_whose_file_is_the_same_is_read_once(tmp_path: Path) -> None:
    then = fair(tmp_path, GAZETTE)
    (tmp_path / FAIR).write_text(CASE.replace("The fair", "The old fair") + GAZETTE, "utf-8")
    (tmp_path / "content/glossary/lantern.yml").unlink()
    now = load(Project(tmp_path), like=then)
    assert {id for id, entry in now.entries.items() if then.entries[id] is not entry} == {"the-fair"}
    assert now.entries["the-fair"].record == load(Project(tmp_path)).entries["the-fair"].record
    assert set(then.entries) - set(now.entries) == {"lantern"}


def test_a_text_that_counts_in_place_of_the_same_file_is_read(tmp_path: Path) -> None:
    then = fair(tmp_path, GAZETTE)
    now = load(Project(tmp_path), {FAIR: CASE.replace("2025-04-14", "2026")}, like=then)
    assert str(now.entries["the-fair"].record.occurred) == "2026"  # type: ignore[union-attr]


def test_a_record_that_lies_elsewhere_now_is_read(tmp_path: Path) -> None:
    then = lay(tmp_path, {"content/pages/fair.md": "---\ntitle: A\nchecked: unknown\n---\nText.\n"})
    (tmp_path / "content/pages/fair.md").rename(tmp_path / "content/cases/fair.yml")
    now = load(Project(tmp_path), like=then)
    assert now.unread == {"fair"}
    assert now.problems != []


def test_an_id_that_stands_twice_is_told_in_both_states(tmp_path: Path) -> None:
    then = fair(tmp_path, GAZETTE)
    (tmp_path / "content/glossary/the-fair.yml").write_text("title: A\ndefinition: B.\nchecked: unknown\n")
    said = [str(one) for one in load(Project(tmp_path)).problems]
    assert [str(one) for one in load(Project(tmp_path), like=then).problems] == said != []
