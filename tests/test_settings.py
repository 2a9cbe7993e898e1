"""Where a project is, where its site will stand, and which day is today."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from factbound.model import Page, Term
from factbound.settings import Addresses, Project, docstrings, find_project, today


def test_a_project_is_found_from_any_folder_inside_it(tmp_path: Path) -> None:
    (tmp_path / "content" / "glossary").mkdir(parents=True)
    (tmp_path / "content" / "site.yml").write_text("title: Lamps\n")
    for start in (tmp_path, tmp_path / "content", tmp_path / "content" / "glossary"):
        assert find_project(start) == Project(tmp_path.resolve())


def test_the_nearest_project_is_taken(tmp_path: Path) -> None:
    for root in (tmp_path, tmp_path / "inner"):
        (root / "content").mkdir(parents=True)
        (root / "content" / "site.yml").write_text("title: Lamps\n")
    assert find_project(tmp_path / "inner" / "content").root == (tmp_path / "inner").resolve()


def test_where_there_is_no_project_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ValueError) as raised:
        find_project(tmp_path)
    assert str(raised.value) == (
        "no content/site.yml here or in a folder above (change into the project, or give --project DIR)"
    )


def test_problems_name_files_from_the_project_s_root(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert project.shown(project.content / "glossary" / "lamp.yml") == "content/glossary/lamp.yml"


def test_a_project_s_own_theme_is_used_else_the_shipped_one(tmp_path: Path) -> None:
    assert (Project(tmp_path).theme / "pages").is_dir()
    (tmp_path / "theme").mkdir()
    assert Project(tmp_path).theme == tmp_path / "theme"


def test_addresses_are_read_from_the_surroundings() -> None:
    given = {
        "FACTBOUND_SITE_URL": " https://site.example/lamps/ ",
        "FACTBOUND_EDIT_URL": "https://code.example/edit/main",
        "FACTBOUND_CORRECTIONS_URL": "mailto:corrections@site.example",
    }
    addresses = Addresses.from_environment(given)
    assert addresses == Addresses(
        "https://site.example/lamps/", "https://code.example/edit/main/", "mailto:corrections@site.example"
    )
    assert addresses.left_out() == []


def test_what_is_left_out_for_want_of_an_address_is_said() -> None:
    assert Addresses.from_environment({"FACTBOUND_EDIT_URL": "  "}).left_out() == [
        "canonical addresses left out: FACTBOUND_SITE_URL is not set",
        '"edit this page" left out: FACTBOUND_EDIT_URL is not set',
        "the address to which corrections are sent left out: FACTBOUND_CORRECTIONS_URL is not set",
    ]


@pytest.mark.parametrize(
    "address",
    ["site.example", "javascript:alert(1)", "ftp://site.example/", "https://", "https:///lamps",
     'https://site.example/"onclick', "https://site.example/a b", "mailto:keeper@site.example"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError) as raised:
        Addresses.from_environment({"FACTBOUND_SITE_URL": address})
    assert str(raised.value) == f"FACTBOUND_SITE_URL is '{address}' (begin it with https:// or http://)"


@pytest.mark.parametrize("address", ["mailto:", "mailto:keeper", "tel:1", "keeper@site.example"])
def test_corrections_go_to_the_web_or_by_mail(address: str) -> None:
    with pytest.raises(ValueError) as raised:
        Addresses.from_environment({"FACTBOUND_CORRECTIONS_URL": address})
    assert str(raised.value) == (
        f"FACTBOUND_CORRECTIONS_URL is '{address}' (begin it with https:// or http:// or mailto:)"
    )


def test_today_is_the_given_day_else_the_epoch_else_the_clock() -> None:
    assert today("2031-10-01", {"SOURCE_DATE_EPOCH": "0"}) == datetime.date(2031, 10, 1)
    assert today(None, {"SOURCE_DATE_EPOCH": " 86399 "}) == datetime.date(1970, 1, 1)
    assert today("", {"SOURCE_DATE_EPOCH": "86400"}) == datetime.date(1970, 1, 2)
    before = datetime.datetime.now(datetime.UTC).date()
    assert before <= today(None, {}) <= datetime.datetime.now(datetime.UTC).date()


@pytest.mark.parametrize("day", ["soon", "2031-02-30", "2031-10", "01.10.2031"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(ValueError) as raised:
        today(day, {})
    assert str(raised.value) == f"there is no day '{day}' (write one such as 2026-07-01)"


@pytest.mark.parametrize("epoch", ["soon", "1.5", "-1", "1_000", "9" * 12, "9" * 5000, "１２"])
def test_an_epoch_that_is_none_is_refused(epoch: str) -> None:
    with pytest.raises(ValueError) as raised:
        today(None, {"SOURCE_DATE_EPOCH": epoch})
    assert str(raised.value) == f"SOURCE_DATE_EPOCH is '{epoch}' (give it whole seconds since 1970)"


def test_a_fields_help_is_the_text_under_it_or_under_that_of_which_it_is_one() -> None:
    assert docstrings(Page).keys() == Page.model_fields.keys()
    assert docstrings(Page)["title"] == docstrings(Term)["title"]
    assert docstrings(Page)["title"] == "What the page is called. Example: The lanterns of the quay"
