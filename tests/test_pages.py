"""Records in; pages out, read back as HTML where a reader would look."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from factbound.cli import main
from factbound.model import AnyRecord
from factbound.pages import Page, make_pages, navigation
from factbound.paths import relative
from factbound.settings import Strict
from factbound.templates import TemplateMistake, phone
from helpers import ADDRESSES, DAY, ROOT, SITE, TODAY, BuiltSite, Html, copy_site, edit, library_of
from hostile import NOT_SHOWN, SHOWN, STARTS, plain_text_fields, write_hostile_site

CASE = "cases/lantern-quay/index.html"
LAW = "regulations/harbour-by-law-7/index.html"


def pages_of(root: Path = SITE) -> dict[str, Page]:
    pages = make_pages(library_of(root), "en", today=DAY)
    found = {page.path: page for page in pages}
    assert len(found) == len(pages)
    return found


def built(page: Page) -> str:
    """The file of the site that holds a page."""
    folder = page.path.removesuffix(".md").removesuffix("index").rstrip("/")
    return f"{folder}/index.html".lstrip("/")


def test_the_same_content_makes_the_same_pages() -> None:
    assert make_pages(library_of(SITE), "en", today=DAY) == make_pages(library_of(SITE), "en", today=DAY)


PATHS = st.lists(st.sampled_from(["cases", "a", "b"]), max_size=3).map(
    lambda folders: "/".join([*folders, "x.md"])
)


@given(PATHS, PATHS)
def test_a_path_as_seen_from_another_page(target: str, page: str) -> None:
    assert relative(target, page) == posixpath.relpath(target, posixpath.dirname(page) or ".")


def test_every_record_and_every_collection_has_a_page() -> None:
    library, pages = library_of(SITE), pages_of()
    assert library.site is not None
    sources = [page.source for page in pages.values() if page.source]
    assert {entry.document.path for entry in library.entries.values()} == set(sources)
    assert {f"{name}/index.md" for name in library.site.collections} <= set(pages)
    assert pages["index.md"].source == "content/explainers/harbour-lanterns.yml"


def test_the_navigation_holds_no_records() -> None:
    site = library_of(SITE).site
    assert site is not None
    paths = [section.path for section in navigation(library_of(SITE), "en")]
    assert paths[0] == "index.md"
    assert [f"{name}/index.md" for name in site.collections] == [
        path for path in paths if path.endswith("/index.md")
    ]
    assert not any(
        path.removesuffix(".md") in {f"cases/{id}" for id in library_of(SITE).entries} for path in paths
    )


def test_a_page_counts_its_footnotes(tiny_site: BuiltSite) -> None:
    for path in ("cases/lantern-quay", "regulations/harbour-by-law-7", "about"):
        notes = [id for id in tiny_site.pages[f"{path}/index.html"].ids if id.startswith("fn:")]
        assert pages_of()[f"{path}.md"].citations == len(notes) > 0


def test_a_link_of_prose_knows_the_yaml_that_made_it() -> None:
    made = [(link.entry, link.keys, link.snippet) for link in pages_of()["cases/lantern-ruling.md"].links]
    assert made == [
        (
            "lantern-ruling",
            ("facts", "covered", "says"),
            "[[harbour-by-law-7.exceptions.covered|the exception]]",
        ),
        ("site", ("help-note",), "[[help|Help]]"),
    ]


def test_the_text_is_in_the_first_language_and_the_other_one_stays_out() -> None:
    assert "日暮れに" not in "".join(page.markdown for page in pages_of().values())


# ----- what a reader finds on a page -----


def test_differing_accounts_stand_beside_the_fact_with_the_reason(tiny_site: BuiltSite) -> None:
    text = tiny_site.pages[CASE].text("article")
    for words in (
        "about 40 lanterns",
        "A letter counts fifty.",
        "42 lanterns",
        "The newspaper counted the frames.",
    ):
        assert words in text
    assert "The sails as well." in tiny_site.pages[LAW].text("article")


def test_each_fact_says_how_sure_it_is_and_counts_an_agency_once(tiny_site: BuiltSite) -> None:
    text = tiny_site.pages[CASE].text("article")
    assert re.search(r"the wind turned\..{0,60}Alleged · one independent account only", text)
    # The courier repeats the wire; with the gazette that makes two.
    assert re.search(r"about 40 lanterns.{0,20}Established · 2 independent accounts", text)
    assert "Disputed" in tiny_site.pages["statistics/festival-count/index.html"].text("article")


def test_a_derived_value_is_worked_out_and_leads_to_what_went_in(tiny_site: BuiltSite) -> None:
    assert "about 10 times" in tiny_site.pages[CASE].text("article")
    assert tiny_site.links_to(CASE, "statistics/festival-count#measures-lanterns")


def test_a_party_is_told_by_role_and_by_the_verb_of_its_stage(tiny_site: BuiltSite) -> None:
    text = tiny_site.pages[CASE].text("article")
    assert "The stall holder was warned in writing (20 August 2031)" in text
    assert "The helper was convicted (between 20 August 2031 and 15 September 2031)" in text
    assert "Nobody is guilty before a court has decided." in text


def test_a_telephone_number_is_a_link_that_dials_it() -> None:
    assert re.search(r"\*\*\[.{1,5}777\]\(tel:%23777\)\*\*", pages_of()["help/harbour-office.md"].markdown)
    assert phone("+44 (20) 555-01") == "[&#43;44 (20) 555-01](tel:+442055501)"
    assert phone("777 or 778") == "777 or 778"


def test_a_penalty_says_what_it_is_for_in_a_sentence_of_its_own() -> None:
    text = pages_of()["regulations/harbour-by-law-7.md"].markdown
    assert re.search(r"\*\*: up to [^.]+\. For: [^.]+\.\[\^\d+\]", text)


def test_a_day_that_opens_a_line_begins_with_a_capital(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    edit(
        root / "content/cases/lantern-quay.yml",
        "{date: 2031-08-15/2031-08-20,",
        "{date: {after: 2031-08-15, before: 2031-08-20},",
    )
    pages = pages_of(root)
    for path in ("index.md", "timeline.md", "cases/lantern-quay.md"):
        assert "Between 15 August 2031 and 20 August 2031" in pages[path].markdown


def test_what_links_here_is_listed(tiny_site: BuiltSite) -> None:
    page = "glossary/lighthouse-keeper/index.html"
    assert tiny_site.links_to(page, "cases/lantern-quay") and tiny_site.links_to(
        page, "glossary/harbour-master"
    )
    assert not tiny_site.links_to(page, "cases/lantern-ruling")


def test_changes_and_the_last_check_are_told(tiny_site: BuiltSite) -> None:
    text = tiny_site.pages[CASE].text("article")
    for words in (
        "30 September 2031 · update: The outcome was added.",
        "1 September 2031 · correction: The day was wrong.",
    ):
        assert words in text
    assert "Last checked against its sources: 30 September 2031." in text
    assert "is not recorded" in tiny_site.pages["cases/lantern-ruling/index.html"].text("article")


def test_a_former_address_leads_on(tiny_site: BuiltSite) -> None:
    name = "cases/quay-fire/index.html"
    moved = [
        tag.attributes["content"]
        for tag in tiny_site.pages[name].named("meta")
        if tag.attributes.get("http-equiv") == "refresh"
    ]
    assert (tiny_site.links_to(name, "cases/lantern-quay"), moved) == (1, ["0; url=../lantern-quay/"])
    canonical = [
        tag.attributes["href"]
        for tag in tiny_site.pages[name].named("link")
        if tag.attributes.get("rel") == "canonical"
    ]
    assert canonical == [f"{ADDRESSES['FACTBOUND_SITE_URL']}cases/lantern-quay/"]


def test_a_page_that_is_none_says_so_and_leads_to_help_first(tiny_site: BuiltSite) -> None:
    page = tiny_site.pages["404.html"]
    assert page.text("title") == "There is no page here - The Saltmouth lanterns"
    assert "go on from one of these. HomeHelp Cases" in " ".join(page.text("article").split())


def test_every_page_but_the_front_has_a_way_home(tiny_site: BuiltSite) -> None:
    without = {name for name, page in tiny_site.pages.items() if "fb-crumbs" not in page.values("class")}
    assert without == {"index.html", "404.html"}


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        (CASE, [("../", "true")]),
        ("cases/index.html", [("./", "page")]),
        ("timeline/index.html", [("./", "page")]),
        ("index.html", [(".", "page")]),
        ("404.html", []),
    ],
)
def test_the_menu_marks_where_a_page_is(
    name: str, marked: list[tuple[str, str]], tiny_site: BuiltSite
) -> None:
    found = [
        (tag.attributes["href"], tag.attributes["aria-current"])
        for tag in tiny_site.pages[name].named("a")
        if "aria-current" in tag.attributes
    ]
    assert found == marked


def test_penalties_are_told_with_their_limits_and_versions(tiny_site: BuiltSite) -> None:
    text = tiny_site.pages[LAW].text("article")
    assert "10 shells to 500 shells" in text or "10 to 500 shells" in text
    assert "up to 2 years" in text
    for words in (
        "Closing of the stall",
        "As amended in 2030",
        "A flame behind glass is no open flame.",
        "Not punished",
    ):
        assert words in text


def test_a_source_says_who_leans_on_it_and_what_repeats_it(tiny_site: BuiltSite) -> None:
    page = "sources/example-wire/index.html"
    assert tiny_site.links_to(page, "sources/example-courier") and tiny_site.links_to(
        page, "statistics/festival-count"
    )
    assert tiny_site.links_to(page, "cases/lantern-quay#facts-burnt")


def test_a_source_that_is_not_to_be_linked_is_linked_nowhere(tiny_site: BuiltSite) -> None:
    linked = [
        name
        for name, page in tiny_site.pages.items()
        if "blog.example" in " ".join(page.values("href", "src"))
    ]
    assert linked == []
    assert "It names private people." in tiny_site.pages["sources/example-blog/index.html"].text("article")


def test_a_term_links_once_in_a_section_and_not_where_it_is_stopped(tiny_site: BuiltSite) -> None:
    term = "glossary/lighthouse-keeper"
    # Two mentions in the first section, one in the second.
    assert tiny_site.links_to("index.html", term) == 2
    # One in the summary; that of the section below is stopped with [[!…]]. Another stands among the related pages.
    assert tiny_site.links_to(CASE, term) == 2
    assert (
        len([tag for tag in tiny_site.pages[CASE].named("a") if "fb-term" in tag.attributes.get("class", "")])
        == 1
    )
    assert (f"{term}/index.html", "") not in tiny_site.linked(f"{term}/index.html")


def test_a_hand_written_page_keeps_its_table_and_its_image(tiny_site: BuiltSite) -> None:
    page = tiny_site.pages["about/index.html"]
    images = {tag.attributes["src"]: tag.attributes["alt"] for tag in page.named("img")}
    assert images["../images/harbour.svg"] == "Two quays and a lighthouse"
    assert page.text("td").replace(" ", "") == "Northwood"
    assert (tiny_site.folder / "images" / "harbour.svg").is_file()


def test_every_description_is_plain_words(tiny_site: BuiltSite) -> None:
    assert tiny_site.pages[CASE].meta("description") == (
        "On 14 August 2031 a row of lanterns burnt on the north quay. The keeper of the lighthouse put the fire out."
    )
    assert [
        name
        for name, page in tiny_site.pages.items()
        if re.search(r"\[\^|\[\[|\{\{|\]\(", page.meta("description"))
    ] == []


def test_an_index_lists_every_record_of_its_collection_once(tiny_site: BuiltSite) -> None:
    for id, entry in library_of(SITE).entries.items():
        target = f"{entry.collection}/{id}" if id != "harbour-lanterns" else "."
        if entry.collection != "pages":
            assert tiny_site.links_to(f"{entry.collection}/index.html", target) >= 1, id


# ----- where a page leads an editor -----


def test_every_page_of_a_record_leads_to_its_yaml(tiny_site: BuiltSite) -> None:
    base = ADDRESSES["FACTBOUND_EDIT_URL"] + "/"
    for page in pages_of().values():
        if page.path == "cases/quay-fire.md":  # leads on by itself
            continue
        html = tiny_site.pages[built(page)]
        assert [link for link in html.values("href") if link.startswith(base)] == (
            [base + page.source] if page.source else []
        )
        assert (ROOT / "tests" / "cases" / "site" / page.source).exists()


def test_without_addresses_no_page_speaks_of_edits_or_corrections(real_site: BuiltSite) -> None:
    text = " ".join(page.text() for page in real_site.pages.values())
    assert "Edit this page" not in text and "Send a correction" not in text
    assert [name for name, page in real_site.pages.items() if page.values("rel").count("canonical")] == []


def test_corrections_and_canonical_addresses_come_from_the_environment(tiny_site: BuiltSite) -> None:
    page = tiny_site.pages[CASE]
    assert ADDRESSES["FACTBOUND_CORRECTIONS_URL"] in page.values("href")
    assert [
        tag.attributes["href"] for tag in page.named("link") if tag.attributes.get("rel") == "canonical"
    ] == ["https://site.example/saltmouth/cases/lantern-quay/"]


def test_a_mistake_of_a_template_is_named_with_its_line(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    shutil.copytree(ROOT / "theme", root / "theme")
    (root / "theme" / "pages" / "help.md.j2").write_text(
        "# {{ p.label(record.title) }}\n\n{{ record.lamp }}\n"
    )
    with pytest.raises(TemplateMistake) as raised:
        pages_of(root)
    assert (
        str(raised.value)
        == "theme/pages/help.md.j2:3: 'factbound.model.readers.Help object' has no attribute 'lamp'"
    )


# ----- hostile words -----


def models(kind: type[Strict]) -> set[type[Strict]]:
    return (
        {kind}.union(*(models(below) for below in kind.__subclasses__())) if kind.__subclasses__() else {kind}
    )


def test_every_field_of_free_text_is_known_to_the_hostile_site() -> None:
    assert AnyRecord  # so that all models are defined
    found = {(model.__name__, field) for model in models(Strict) for field in plain_text_fields(model)}
    known = {
        (model.__name__, field)
        for listed in (SHOWN, NOT_SHOWN)
        for model, fields in listed.items()
        for field in fields
    }
    assert len(found) > 10
    assert sorted(found - known) == []


@pytest.fixture(
    scope="module", params=range(len(STARTS)), ids=lambda offset: f"{STARTS[offset].strip() or 'plain'} first"
)
def hostile_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[BuiltSite, list[str]]:
    folder = tmp_path_factory.mktemp("hostile")
    root, expected = write_hostile_site(folder / "project", request.param)
    command = ["--project", str(root), "build", "--today", TODAY, "--site-dir", str(folder / "site")]
    result = CliRunner(env=ADDRESSES).invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return BuiltSite(folder / "site"), expected


def test_hostile_words_bring_no_element_with_them(
    hostile_site: tuple[BuiltSite, list[str]], tiny_site: BuiltSite
) -> None:
    site, _expected = hostile_site
    assert set(site.pages) == set(tiny_site.pages)
    for name, page in site.pages.items():
        plain = tiny_site.pages[name]
        assert page.scripts() == plain.scripts(), name
        assert [key for tag in page.tags for key in tag.attributes if key.startswith("on")] == [], name
        assert [
            link
            for link in page.values("href", "src", "action")
            if link.lower().strip().startswith("javascript:")
        ] == [], name
        assert set(page.values("src")) == set(plain.values("src")), name
        if "glossary/index" not in name:  # which groups its terms by their first letters
            # A drawing sets a long label in several lines, each a `text` of its own, and a title keeps its short words whole.
            assert _tags(page) == _tags(plain), name


def _tags(page: Html) -> Counter[str]:
    # What is more than a number is not dialled.
    given = [tag for tag in page.tags if not tag.attributes.get("href", "").startswith("tel:")]
    own = [tag for tag in given if tag.name != "text" and tag.attributes.get("class") != "fb-whole"]
    return Counter(tag.name for tag in own)


def test_hostile_words_are_shown_as_they_were_written(hostile_site: tuple[BuiltSite, list[str]]) -> None:
    site, expected = hostile_site
    shown = [
        text
        for page in site.pages.values()
        for text in (page.text(), page.text("title"), *page.values("title", "content", "alt"))
    ]
    mangled, absent = set(), []
    for text in (" ".join(one.split()) for one in expected):
        marker = re.findall(r"zq[a-z]{3}", text)[0]
        found = [(one, at.start() - text.index(marker)) for one in shown for at in re.finditer(marker, one)]
        mangled |= {
            f"{one[max(0, at) : at + len(text)]} for {text}"
            for one, at in found
            if not one.startswith(text, max(0, at))
        }
        absent += [text] if not found else []
    assert (sorted(mangled), absent) == ([], [])


def test_what_repeats_other_pages_is_not_searched(tiny_site: BuiltSite) -> None:
    index = json.loads((tiny_site.folder / "search" / "search_index.json").read_text("utf-8"))
    searched = {entry["location"]: entry["text"] for entry in index["docs"]}
    ends = {"related", "backlinks", "sources", "supports", "fell", "copies"}
    assert [place for place in searched if place.partition("#")[2] in ends] == []
    lists = [place for place in searched if place.startswith(("differences/", "unknown/"))]
    assert lists == ["differences/", "unknown/"]
    assert "lantern" in searched["cases/lantern-quay/"]
    assert "lantern" not in "".join(searched[place] for place in (*lists, "cases/", "timeline/", "compare/"))


def test_hostile_words_stay_words_in_the_search_index(hostile_site: tuple[BuiltSite, list[str]]) -> None:
    site, _expected = hostile_site
    index = json.loads((site.folder / "search" / "search_index.json").read_text("utf-8"))
    tags = {
        tag.name for entry in index["docs"] for tag in (*Html(entry["title"]).tags, *Html(entry["text"]).tags)
    }
    assert tags <= {
        "a",
        "p",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "code",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
        "small",
        "span",
        "div",
    }
