"""The presumption of innocence stands on the page of a case until the conviction of each party is final."""

from __future__ import annotations

from pathlib import Path

import pytest

from factbound.model import Case
from factbound.pages import make_pages
from helpers import DAY, ROOT, SITE, BuiltSite, copy_site, edit, library_of

CASE = "cases/lantern-quay.md"
PRESUMED = "Everyone is presumed innocent until a conviction is final."
WARNED = "Nobody is guilty before a court has decided."


def notes(root: Path) -> dict[str, dict[str, str]]:
    """Page of a case -> the title and the text of each of its notes."""
    return {
        page.path: {
            part.partition('"\n\n    ')[0]: part.partition('"\n\n    ')[2].partition("\n")[0].strip()
            for part in page.markdown.split('!!! note "')[1:]
        }
        for page in make_pages(library_of(root), "en", today=DAY)
        if page.path.startswith("cases/")
    }


def test_each_stage_speaks_in_its_own_words_and_a_conviction_that_is_not_final_keeps_the_presumption() -> (
    None
):
    assert notes(SITE)[CASE] == {
        "Warned: what this means": f"A warning is not a finding. {WARNED}",
        "Convicted: what this means": f"A court has decided. {PRESUMED}",
    }
    assert notes(SITE)["cases/lantern-ruling.md"] == {}


def test_a_reader_finds_it(tiny_site: BuiltSite) -> None:
    text = tiny_site.pages["cases/lantern-quay/index.html"].text("article")
    assert WARNED in text and PRESUMED in text
    assert PRESUMED not in tiny_site.pages["cases/lantern-ruling/index.html"].text("article")


@pytest.mark.parametrize(
    ("final", "shown"),
    [("yes", ["Warned"]), ("no", ["Warned", "Convicted"]), ("unknown", ["Warned", "Convicted"])],
)
def test_it_ends_with_a_conviction_that_is_final(final: str, shown: list[str], tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    edit(
        root / "content/cases/lantern-quay.yml",
        "    stage: convicted\n",
        f'    stage: convicted\n    final: "{final}"\n',
    )
    assert list(notes(root)[CASE]) == [f"{stage}: what this means" for stage in shown]


def test_one_party_whose_conviction_is_not_final_keeps_it_for_a_stage(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    two = '    stage: convicted\n    final: "yes"\n  other:\n    role: The other\n    stage: convicted\n'
    edit(root / "content/cases/lantern-quay.yml", "    stage: convicted\n", two)
    assert "Convicted: what this means" in notes(root)[CASE]


def test_what_is_final_ends_it_only_where_a_court_has_convicted(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    edit(root / "content/cases/lantern-quay.yml", 'final: "no"', 'final: "yes"')
    assert "Warned: what this means" in notes(root)[CASE]


def test_a_stage_without_words_of_its_own_has_those_of_the_site(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    edit(root / "content/site.yml", f"    note: A warning is not a finding. {WARNED}\n", "")
    assert notes(root)[CASE]["Warned: what this means"] == PRESUMED


def test_a_case_that_lists_no_party_keeps_the_presumption_but_for_a_court_s_ruling(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    ruling = root / "content/cases/lantern-ruling.yml"
    assert notes(root)["cases/lantern-ruling.md"] == {}
    for kind in ("incident", "event"):
        edit(ruling, f"kind: {'ruling' if kind == 'incident' else 'incident'}\n", f"kind: {kind}\n")
        assert notes(root)["cases/lantern-ruling.md"] == {"Before a court has decided": PRESUMED}


def test_every_real_case_presumes_innocence() -> None:
    library, shown = library_of(ROOT), notes(ROOT)
    assert library.site is not None
    for entry in library.collection("cases"):
        assert isinstance(entry.record, Case)
        stages = {
            library.site.stages[party.stage].label.by_lang[""]
            for party in entry.record.parties.values()
            if not (library.site.stages[party.stage].convicted and party.final == "yes")
        }
        found = shown[f"cases/{entry.id}.md"]
        if not entry.record.parties:
            assert bool(found) == (entry.record.kind != "ruling"), entry.id
            continue
        assert set(found) == {f"{stage}: what this means" for stage in stages}
        for note in found.values():
            assert any(words in note for words in ("presumed innocent", "presumption of innocence")), entry.id


def test_every_real_stage_says_that_nobody_is_guilty_yet_or_how_it_ended() -> None:
    site = library_of(ROOT).site
    assert site is not None
    for id, stage in site.stages.items():
        assert stage.note, id
        if not stage.convicted:
            note = stage.note.by_lang[""]
            assert any(words in note for words in ("presumed innocent", "not guilty", "is innocent")), id
