"""The editors' reference: every kind of file, field and rule stands there, says what it takes, and can be reached."""

from __future__ import annotations

import json
from typing import Any

import pytest

from factbound.editing import Takes, editing_pages, marked, part_of
from factbound.model import COLLECTIONS, Case, Help, Measure, Party, Penalty, Site, Term
from factbound.pages import strings_of
from factbound.rules import RULES
from factbound.schema import FILES, models_in
from factbound.settings import Strict, docstrings
from factbound.values import Money, Range
from helpers import SITE, BuiltSite, library_of

PARTS = sorted(
    {part for model in FILES.values() for part in models_in(model)}, key=lambda part: part.__name__
)


def home(site: BuiltSite, part: type[Strict]) -> str:
    """The page of the reference that holds a part."""
    found = [
        name
        for name, page in site.pages.items()
        if name.startswith("editing/") and "rules" not in name and part.__name__.lower() in page.ids
    ]
    assert len(found) == 1, (part, found)
    return found[0]


def takes(model: type[Strict], key: str) -> Takes:
    return next(field.takes for field in part_of(model).fields if field.key == key)


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_has_a_page(tiny_site: BuiltSite, name: str) -> None:
    page = tiny_site.pages[f"editing/{name}/index.html"]
    assert f"content/{name}" in page.text("article")
    assert tiny_site.links_to("editing/index.html", f"editing/{name}") >= 1


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_field_stands_there_with_its_guideline(tiny_site: BuiltSite, part: type[Strict]) -> None:
    page = tiny_site.pages[home(tiny_site, part)]
    text = page.text("article")
    for key in part_of(part).fields:
        assert f"{part.__name__.lower()}-{key.key.lower()}" in page.ids
        assert all(example in text for example in key.examples)
    for name in part.model_fields:
        guideline = " ".join(docstrings(part)[name].split()).split(" Example: ")[0]
        assert guideline.replace("`", "") in text, name


def test_every_rule_stands_there_with_its_example(tiny_site: BuiltSite) -> None:
    page = tiny_site.pages["editing/rules/index.html"]
    text = page.text("article")
    assert set(RULES) <= page.ids
    for rule in RULES.values():
        for words in (rule.explains.replace("`", ""), rule.wrong, rule.right):
            assert " ".join(words.split()) in text, rule.id


def test_each_page_leads_to_what_its_editor_may_write(tiny_site: BuiltSite) -> None:
    for page, target in (
        ("cases/lantern-quay/index.html", "editing/cases"),
        ("index.html", "editing/explainers"),
        ("about/index.html", "editing/pages"),
        ("glossary/index.html", "editing"),
        ("timeline/index.html", "editing"),
    ):
        assert tiny_site.links_to(page, target) == 1, page
    assert "For editors" not in tiny_site.pages["404.html"].text()


def test_no_page_of_the_reference_is_without_a_way_to_it(tiny_site: BuiltSite) -> None:
    reached, left = set(), ["editing/index.html"]
    while left:
        reached.add(name := left.pop())
        links = {file for file, _anchor in tiny_site.linked(name) if file.startswith("editing/")}
        left += sorted(links - reached - set(left))
    assert reached == {name for name in tiny_site.pages if name.startswith("editing/")}


def test_readers_searches_and_lists_leave_it_out(tiny_site: BuiltSite) -> None:
    index: dict[str, Any] = json.loads((tiny_site.folder / "search" / "search_index.json").read_text("utf-8"))
    assert [one["location"] for one in index["docs"] if one["location"].startswith("editing/")] == []
    for name in ("llms.txt", "sitemap.xml"):
        assert "editing/" not in (tiny_site.folder / name).read_text("utf-8")
    assert not (tiny_site.folder / "editing" / "cases.md").exists()


def test_a_field_says_what_it_takes() -> None:
    words = Takes("words")
    assert takes(Case, "kind") == Takes("choice", ("incident", "ruling", "event"))
    assert takes(Case, "jurisdiction") == Takes("id", ("jurisdictions",))
    assert takes(Case, "related") == Takes("list", inner=(Takes("id-any", ("records",)),))
    assert takes(Case, "parties") == Takes("mapping", inner=(Takes("part", ("Party",)),))
    assert takes(Party, "stage") == Takes("key-site", ("stages",))
    assert takes(Party, "final") == Takes("choice", ('"yes"', '"no"', "unknown"))
    assert takes(Party, "stage-on") == Takes("date")
    assert takes(Term, "forms") == Takes("mapping-language", inner=(Takes("list", inner=(Takes("string"),)),))
    assert takes(Term, "not-the-same-as") == Takes("mapping-id", ("glossary",), (words,))
    assert takes(Site, "review") == Takes("mapping-choice", tuple(COLLECTIONS), (Takes("days"),))
    assert takes(Help, "url") == Takes("address")
    assert takes(Money, "amount") == Takes("either", inner=(Takes("number"), Takes("part", ("Range",))))
    assert takes(Penalty, "max").names[:2] == ("Count", "Money")
    assert takes(Measure, "by") == Takes("mapping", inner=(Takes("string"),))


def test_what_is_needed_comes_first() -> None:
    assert [field.key for field in part_of(Party).fields][:3] == ["role", "stage", "evidence"]
    assert [(field.key, field.required) for field in part_of(Range).fields] == [("from", True), ("to", True)]
    defaults = {field.key: field.default for field in part_of(Party).fields}
    assert (defaults["standing"], defaults["final"], defaults["role"]) == ("established", "unknown", "")


def test_a_part_that_many_files_share_stands_on_one_page(tiny_site: BuiltSite) -> None:
    homes = {part.__name__: home(tiny_site, part) for part in PARTS}
    assert homes["Fact"] == homes["Evidence"] == "editing/parts/index.html"
    assert homes["Party"] == "editing/cases/index.html"
    assert tiny_site.links_to("editing/cases/index.html", "editing/parts#fact") >= 1


def test_words_between_backticks_are_code_and_others_are_words() -> None:
    assert marked("`a|b` and [[id]], <b> *c*") == r"`a|b` and \[\[id\]\], &lt;b\> \*c\*"


def test_titles_are_in_the_language_of_the_site() -> None:
    say = strings_of(library_of(SITE), "en")
    titles = {page.path: page.title for page in editing_pages(say)}
    assert titles["editing/index.md"] == "For editors"
    assert titles["editing/cases.md"] == "Writing: Cases"
    assert titles["editing/rules.md"] == "Writing: Rules"
