"""What pages tell programs about themselves: schema.org's terms, addresses, dates, and the tags of previews."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from factbound.jsonld import iso
from factbound.pages import make_pages
from factbound.settings import Addresses
from factbound.values import Date
from helpers import ADDRESSES, DAY, ROOT, SITE, BuiltSite, Html, copy_site, edit, library_of

BASE = ADDRESSES["FACTBOUND_SITE_URL"]
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TYPES: dict[str, tuple[set[str], set[str]]] = {
    "Article": ({"author", "headline", "image", "inLanguage", "isPartOf", "license", "publisher", "url"}, {"citation", "dateModified", "description", "mainEntity"}),
    "WebPage": ({"name", "inLanguage", "isPartOf", "license", "url"}, {"citation", "dateModified", "description", "mainEntity"}),
    "CollectionPage": ({"name", "description", "inLanguage", "isPartOf", "license", "url"}, set()),
    "WebSite": ({"name", "url"}, {"description", "license"}),
    "DefinedTerm": ({"name", "termCode"}, {"alternateName", "description", "inDefinedTermSet", "url"}),
    "DefinedTermSet": ({"name", "url"}, {"description", "hasDefinedTerm", "inLanguage"}),
    "Legislation": (
        {"name"},
        {
            "alternateName", "description", "isPartOf", "legislationDate", "legislationDateOfApplicability", "legislationDateVersion",
            "legislationJurisdiction", "legislationLegalForce", "legislationType", "workExample",
        },
    ),
    "Dataset": (
        {"name", "description", "distribution"},
        {"creator", "datePublished", "inLanguage", "isPartOf", "license", "temporalCoverage", "url", "variableMeasured"},
    ),
    "DataDownload": ({"contentUrl", "encodingFormat"}, {"license"}),
    "CreativeWork": ({"name"}, {"datePublished", "inLanguage", "publisher", "url"}),
    "Organization": ({"name"}, {"url"}),
    "Country": ({"name"}, set()),
    "AdministrativeArea": ({"name"}, set()),
    "BreadcrumbList": ({"itemListElement"}, set()),
    "ListItem": ({"position", "name", "item"}, set()),
}  # fmt: skip
"""Type of schema.org -> what it must say here, and what it may; each is a property of that type or of one above it."""


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every node with a type, however deep."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)


def graph(page: Html) -> list[dict[str, Any]]:
    data = json.loads(page.jsonld)
    assert data["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = data["@graph"]
    return found


def node(site: BuiltSite, name: str, kind: str) -> dict[str, Any]:
    """The node of a type at the top of a page's data."""
    return next(one for one in graph(site.pages[f"{name}/index.html".lstrip("/")]) if one["@type"] == kind)


def described(site: BuiltSite) -> dict[str, Html]:
    """The pages that say something to readers: not those that only lead on, those for editors, and the one for what is
    not there."""
    left_out = {name for name, page in site.pages.items() if "refresh" in page.values("http-equiv")}
    left_out |= {name for name in site.pages if name.startswith("editing/")}
    return {name: page for name, page in site.pages.items() if name not in left_out | {"404.html"}}


def test_every_page_is_described_in_known_terms(tiny_site: BuiltSite) -> None:
    wrong = []
    for name, page in described(tiny_site).items():
        for one in nodes(graph(page)):
            must, may = TYPES[one["@type"]]
            if not must <= set(one) or not set(one) <= must | may | {"@type", "@id"}:
                wrong.append((name, one["@type"], sorted(must - set(one)), sorted(set(one) - must - may)))
    assert wrong == []


def test_nothing_is_said_that_is_empty_and_nothing_of_a_page_that_is_none(tiny_site: BuiltSite) -> None:
    for name, page in tiny_site.pages.items():
        assert bool(page.jsonld) == (name in described(tiny_site))
        assert not re.search(r'":(""|null|\[\]|\{\})', page.jsonld)


def test_each_kind_of_record_is_what_it_is_and_has_its_way_from_the_front(tiny_site: BuiltSite) -> None:
    kinds = {
        "cases/lantern-quay": ["Article", "BreadcrumbList"],
        "regulations/harbour-by-law-7": ["Legislation", "Article", "BreadcrumbList"],
        "statistics/festival-count": ["Dataset", "Article", "BreadcrumbList"],
        "glossary/lighthouse-keeper": ["DefinedTerm", "Article", "BreadcrumbList"],
        "jurisdictions/northland": ["Country", "Article", "BreadcrumbList"],
        "sources/example-wire": ["CreativeWork", "WebPage", "BreadcrumbList"],
        "help/harbour-office": ["Article", "BreadcrumbList"],
        "about": ["Article", "BreadcrumbList"],
        "": ["Article", "WebSite"],
        "glossary": ["DefinedTermSet", "BreadcrumbList"],
        "cases": ["CollectionPage", "BreadcrumbList"],
        "data": ["Dataset", "BreadcrumbList"],
        "timeline": ["CollectionPage", "BreadcrumbList"],
    }
    found = {name: graph(tiny_site.pages[f"{name}/index.html".lstrip("/")]) for name in kinds}
    assert {name: [one["@type"] for one in data] for name, data in found.items()} == kinds
    way = node(tiny_site, "cases/lantern-quay", "BreadcrumbList")["itemListElement"]
    assert [(one["position"], one["item"]) for one in way] == [
        (1, BASE), (2, f"{BASE}cases/"), (3, f"{BASE}cases/lantern-quay/"),
    ]  # fmt: skip
    for name in ("cases", "timeline", "about"):
        way = node(tiny_site, name, "BreadcrumbList")["itemListElement"]
        assert [(one["position"], one["item"]) for one in way] == [(1, BASE), (2, f"{BASE}{name}/")]


def test_an_article_names_its_sources_and_the_day_of_its_last_change(tiny_site: BuiltSite) -> None:
    article = node(tiny_site, "cases/lantern-quay", "Article")
    assert article["dateModified"] == "2031-09-30"
    assert article["citation"][0] == {
        "@type": "CreativeWork", "name": "Lanterns burn on north quay", "url": "https://gazette.example/2031/lanterns",
    }  # fmt: skip
    assert len({one["name"] for one in article["citation"]}) == len(article["citation"])
    assert "dateModified" not in node(tiny_site, "cases/lantern-ruling", "Article")


def test_the_site_answers_for_its_articles_and_shows_its_picture(tiny_site: BuiltSite) -> None:
    article = node(tiny_site, "cases/lantern-quay", "Article")
    site = {"@type": "Organization", "name": "The Saltmouth lanterns", "url": BASE}
    assert (article["author"], article["publisher"]) == (site, site)
    assert (tiny_site.folder / article["image"].removeprefix(BASE)).is_file()


def test_a_source_that_is_not_to_be_linked_has_no_address(tiny_site: BuiltSite) -> None:
    unlinked = [
        entry.id
        for entry in library_of(SITE).collection("sources")
        if getattr(entry.record, "link", "") == "no"
    ]
    assert unlinked
    for id in unlinked:
        source = node(tiny_site, f"sources/{id}", "CreativeWork")
        assert "url" not in source
        for page in described(tiny_site).values():
            cited = [one for one in nodes(graph(page)) if one.get("name") == source["name"]]
            assert [one for one in cited if one["@type"] == "CreativeWork" and "url" in one] == []


def test_a_force_that_is_only_alleged_is_told_to_no_program(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    file = root / "content/regulations/harbour-by-law-7.yml"
    edit(file, "{value: in-force, as-of: 2031-09}", "{value: in-force, as-of: 2031-09, standing: alleged}")
    pages = {page.path: page.markdown for page in make_pages(library_of(root), "en", today=DAY)}
    assert "InForce" in pages["regulations/harbour-by-laws.md"]
    assert "legislationLegalForce" not in pages["regulations/harbour-by-law-7.md"]


def test_a_law_says_its_force_its_place_and_its_own_title(tiny_site: BuiltSite) -> None:
    law = node(tiny_site, "regulations/harbour-by-law-7", "Legislation")
    assert law["legislationLegalForce"] == "https://schema.org/InForce"
    assert law["legislationJurisdiction"] == {"@type": "AdministrativeArea", "name": "Saltmouth"}
    assert law["alternateName"] == {"@value": "岸壁の裸火に関する規則第七条", "@language": "ja"}
    assert law["legislationDateVersion"] == "2031-09"
    assert law["isPartOf"] == {"@type": "Legislation", "name": "Saltmouth harbour by-laws"}
    assert law["workExample"][1] == {
        "@type": "Legislation", "name": "As amended in 2030", "legislationDate": "2030-03",
        "legislationDateOfApplicability": "2030-05-01",
    }  # fmt: skip


@pytest.mark.parametrize("status", ["passed", "bill", "proposal", "repealed", "not-in-force"])
def test_a_law_that_is_not_in_force_says_so(tmp_path: Path, status: str) -> None:
    root = copy_site(tmp_path / "project")
    edit(root / "content/regulations/harbour-by-laws.yml", "{value: in-force,", f"{{value: {status},")
    pages = make_pages(library_of(root), "en", today=DAY)
    text = next(page.markdown for page in pages if page.path == "regulations/harbour-by-laws.md")
    assert "https://schema.org/NotInForce" in text and "schema.org/InForce" not in text


def test_a_study_says_who_what_when_and_where_its_figures_are(tiny_site: BuiltSite) -> None:
    study = node(tiny_site, "statistics/festival-count", "Dataset")
    assert study["creator"] == {"@type": "Organization", "name": "Saltmouth harbour office"}
    assert (study["datePublished"], study["temporalCoverage"]) == ("2031-09", "2031-08-14/2031-08-16")
    assert study["variableMeasured"] == ["Lanterns", "Visitors", "Lost"]
    # Ours to license are the files, not the study.
    assert "license" not in study and {one["license"] for one in study["distribution"]} == {LICENCE}


def test_what_can_be_downloaded_is_there(tiny_site: BuiltSite) -> None:
    files = [
        one["contentUrl"]
        for page in described(tiny_site).values()
        for one in nodes(graph(page))
        if one["@type"] == "DataDownload"
    ]
    assert len(files) > 10
    assert [file for file in files if not (tiny_site.folder / file.removeprefix(BASE)).is_file()] == []


def test_a_term_says_its_other_words_and_their_languages(tiny_site: BuiltSite) -> None:
    term = node(tiny_site, "glossary/lighthouse-keeper", "DefinedTerm")
    assert term["termCode"] == "lighthouse-keeper"
    assert term["description"] == "The person who lives by the lamp and keeps it burning."
    assert {"@value": "灯台守", "@language": "ja"} in term["alternateName"]
    assert term["inDefinedTermSet"]["url"] == f"{BASE}glossary/"
    terms = node(tiny_site, "glossary", "DefinedTermSet")["hasDefinedTerm"]
    assert {one["termCode"] for one in terms} == {"lighthouse-keeper", "harbour-master"}


def test_without_an_address_nothing_of_the_site_has_one() -> None:
    for page in make_pages(library_of(SITE), "en", today=DAY):
        data = re.search(r"^jsonld: (.*)$", page.markdown, re.MULTILINE)
        for one in nodes(json.loads(json.loads(data[1]))) if data else ():
            assert not {"@id", "item", "contentUrl", "distribution"} & set(one)
            assert one["@type"] == "CreativeWork" or "url" not in one


def test_no_text_ends_the_script_in_which_it_stands(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "project")
    edit(root / "content/cases/lantern-ruling.yml", "title: ", "title: </script><!-- <script> & ")
    page = next(
        page
        for page in make_pages(library_of(root), "en", today=DAY)
        if page.path == "cases/lantern-ruling.md"
    )
    data = json.loads(str(re.search(r"^jsonld: (.*)$", page.markdown, re.MULTILINE)[1]))  # type: ignore[index]
    assert not re.search("[<>&]", data)
    assert json.loads(data)["@graph"][0]["headline"].startswith("</script><!-- <script> & ")


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2031", "2031"), ("2031-08", "2031-08"), ("2031-08-14", "2031-08-14"), ("2031-08/2031-09-01", "2031-08/2031-09-01"),
        ("2031-08/..", "2031-08/.."), ("../2031", "../2031"), ("2031~", ""), ("2031-21", ""), ("2030~/2031", ""),
        ({"after": "2030", "before": "2031"}, ""), ("unknown", ""), (None, ""),
    ],
)  # fmt: skip
def test_a_vague_date_is_none_in_iso_8601(edtf: object, expected: str) -> None:
    assert iso(edtf if edtf in ("unknown", None) else Date.parse(edtf)) == expected


def test_pages_can_be_previewed(tiny_site: BuiltSite) -> None:
    for name, page in described(tiny_site).items():
        address = BASE + name.removesuffix("index.html")
        told = {
            tag.attributes["property"]: tag.attributes["content"]
            for tag in page.named("meta")
            if "property" in tag.attributes
        }
        assert (told["og:url"], told["og:site_name"], told["og:locale"]) == (
            address,
            "The Saltmouth lanterns",
            "en_GB",
        )
        assert (told["og:description"], told["og:type"]) == (
            page.meta("description"),
            "article" if name != "index.html" else "website",
        )
        assert page.text("title").startswith(told["og:title"])
        assert (tiny_site.folder / told["og:image"].removeprefix(BASE)).is_file()
        assert page.meta("twitter:card") == "summary_large_image"
        assert [
            tag.attributes["href"] for tag in page.named("link") if tag.attributes.get("rel") == "canonical"
        ] == [address]


def test_without_an_address_a_preview_has_no_image(real_site: BuiltSite) -> None:
    properties = {tag.attributes.get("property") for tag in real_site.pages["index.html"].named("meta")}
    assert {"og:title", "og:description"} <= properties
    assert not {"og:image", "og:url"} & properties


def test_the_sitemap_has_each_page_with_its_own_day(tiny_site: BuiltSite) -> None:
    text = (tiny_site.folder / "sitemap.xml").read_bytes()
    assert gzip.decompress((tiny_site.folder / "sitemap.xml.gz").read_bytes()) == text
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    days = {
        one.findtext(f"{space}loc", "").removeprefix(BASE): one.findtext(f"{space}lastmod")
        for one in ElementTree.fromstring(text)
    }
    assert set(days) == {name.removesuffix("index.html") for name in described(tiny_site)}
    assert days["cases/lantern-quay/"] == "2031-09-30"  # a change on the day of the last check
    assert days["sources/example-gazette/"] == "2031-09-30"  # seen last
    assert (days["cases/lantern-ruling/"], days["glossary/"]) == (None, None)


def test_what_a_page_says_to_programs_stays_small() -> None:
    pages = make_pages(library_of(ROOT), "en", Addresses(site=BASE), today=DAY)
    sizes = sorted(
        len(found[1])
        for page in pages
        if (found := re.search(r"^jsonld: (.*)$", page.markdown, re.MULTILINE))
    )
    assert sizes[len(sizes) // 2] < 3_000
