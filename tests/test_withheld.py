"""Names of a list from outside stand nowhere, however they are written; without a list a check says so."""

from __future__ import annotations

import html
import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from factbound.cli import main
from factbound.withheld import Names
from helpers import ROOT, copy_site

NAMES = "# invented\nTarō Keeper  # one of the quay\n波止 場郎\nLi\n"
UNSET = "NAMES WERE NOT CHECKED: FACTBOUND_WITHHELD is not set (give it the path of a file with a name on each line)"
FOUND = "error[name-withheld]: a name that is withheld stands here (remove it: the site names nobody who is on the list)"
CALLED = "error[name-withheld]: a file or folder is called by a name that is withheld (rename it)"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site(tmp_path / "site")


def check(root: Path, names: str | None = NAMES, **variables: str) -> Result:
    listed = root.parent / "names.txt"
    listed.write_text(names or "", "utf-8")
    variables["FACTBOUND_WITHHELD"] = str(listed) if names is not None else ""
    return CliRunner(env=variables).invoke(main, ["--project", str(root), "check"], catch_exceptions=False)


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


# ----- how a name is written -----

LISTED = Names(
    [
        "Wilhelmina Quaverly",
        "灯台守太郎",
        "波止 場郎",
        "Tarō Keeper",
        "Li",
        "ミナト・アカリ",
        "Ann de la Pier",
        "O'Quay",
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        # case, width, accents, spacing, order
        "WILHELMINA quaverly", "Ｗｉｌｈｅｌｍｉｎａ　Ｑｕａｖｅｒｌｙ", "Wílhelmina Quàverly", "Wi\u0301lhelmina Quaverly",
        "WilhelminaQuaverly", "Wilhelmina \n   Quaverly", "Quaverly, Wilhelmina", "Quaverly (Wilhelmina)", "W i l h e l m i n a   Q u a v e r l y",
        "wilhelmina-quaverly", "wilhelmina_quaverly", "wilhelmina.quaverly@example.org", "Pier, Ann de la", "De La Pier Ann",
        "la Pier, de, Ann", "oquay", "O’Quay", "tarō keeper", "Taro\nKeeper",
        # what takes no room, and markup
        "Wil\u00adhelmina Qua\u200bverly", "\u200bWilhelmina\ufeffQuaverly", "seen\u200bWilhelmina Quaverly", "Wil*helm*ina **Quaverly**", r"Wilhelmina\_Quaverly",
        "`Wilhelmina` Quaverly", "Wilhelmina Qua-\n  verly", "Wilhelmina Qua\\\n  verly", "> Wilhelmina\n> Quaverly", "# Wilhelmina\n# Quaverly",
        "Wil<b>hel</b>mina <em>Quaverly</em>", "<li>Bee</li><li>Wilhelmina</li><li>Quaverly</li>", "Wilhelmina<!-- a -->Quaverly",
        "[Wilhelmina](https://example.org/a) Quaverly", "Wilhelmina [@example-gazette, p. 3] Quaverly", "[Wilhelmina][^1] Quaverly",
        'Wilhelmina<sup id="a"><a href="#fn:1">1</a></sup> Quaverly', "| Wilhelmina | Quaverly |",
        # escapes
        r"\u0057ilhelmina Quaverly", r"Wilhelmina\x20Quaverly", r"\U00000057ilhelmina Quaverly", "&#87;ilhelmina&nbsp;Quaverly", "Wilhelmina%20Quaverly",
        r"seen:\nWilhelmina\nQuaverly", r"\u706f台守太郎", "&#28783;台守&#x592A;郎", "https://example.org/%E7%81%AF%E5%8F%B0%E5%AE%88%E5%A4%AA%E9%83%8E",
        "&#87ilhelmina Quaverly", "&#x57ilhelmina Quaverly", "&amp;#87;ilhelmina Quaverly", r"\u0026#87;ilhelmina Quaverly", "%2557ilhelmina%2520Quaverly",
        # what says something about one part
        '{"family": "Quaverly", "given": "Wilhelmina"}', "- family: Quaverly\n  given: Wilhelmina",
        "波止（はと）場郎（ばろう）", "波止 (ハト) 場郎", "<ruby>波止<rp>(</rp><rt>はと</rt><rp>)</rp>場郎<rt class=a>ばろう</rt></ruby>",
        "<ruby>波止<rt>はと</rt></ruby> <ruby>場郎<rt>ばろう</rt></ruby>", "<ruby>波<rt>は</rt>止<rt>と</rt></ruby>場郎",
        # scripts without spaces
        "灯-台-守-太-郎", "灯｜台｜守｜太｜郎", "波、止、場、郎",
        "名は灯台守太郎という。", "灯台守 太郎", "灯台守・太郎", "灯 台 守 太 郎", "灯台\n  守太郎", "灯台守\U000e0100太郎", "波止場郎", "場郎 波止", "場郎、波止",
        "ﾐﾅﾄ･ｱｶﾘ", "ミナトアカリ", "アカリ＝ミナト", "彼女はWilhelmina Quaverlyです", "It was Li.", "李はLiと書く",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert LISTED.stand_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wilhelmina and Mr Quaverly", "Quaverly's lamp", "wilhelminas quaverlys", "Wilhelmina Quaverlyson", "A delivery for the beekeeper.",
        "Tarot keepers", "a lion, a lily", "灯台守の太郎", "波止場の光", "みなと・あかり", "ミナトのアカリ", "Ann of the Pier", "quay", "l i", "100%Lion",
        r"a \Lion", "A&Lion;", "灯台守（港）太郎", "波止: の場郎",
    ],
)  # fmt: skip
def test_other_words_are_no_names(text: str) -> None:
    assert LISTED.find(text) == []


def test_the_line_is_that_of_the_text_as_it_stands() -> None:
    text = "first\n<p\nclass='a'>&#10;\\u000a ﬁﬁ\n[Wilhelmina](b)\nQuaverly %0A\nQuaverly, Wilhelmina"
    assert LISTED.find(text) == [(4, 5), (6, 6)]


def test_of_a_long_name_each_part_may_come_first() -> None:
    names = Names(["Ann Bee Cee Dee Eff"])
    orders = {" ".join(order) for order in itertools.permutations(["Ann", "Bee", "Cee", "Dee", "Eff"])}
    assert {order for order in orders if names.stand_in(order)} == {
        "Ann Bee Cee Dee Eff", "Bee Cee Dee Eff Ann", "Cee Dee Eff Ann Bee", "Dee Eff Ann Bee Cee", "Eff Ann Bee Cee Dee",
    }  # fmt: skip


def every(sign: str) -> Callable[[str], str]:
    return lambda name: sign.join(name)


WAYS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "upper": str.upper,
    "lower": str.lower,
    "title": str.title,
    "wide": lambda name: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name),
    "joiners": every("\u200d"),
    "soft hyphens": every("\u00ad"),
    "accents": lambda name: name.replace("i", "i\u0308"),
    "json": lambda name: json.dumps(name)[1:-1],
    "yaml": lambda name: "".join(f"\\U{ord(sign):08x}" for sign in name),
    "html": lambda name: "".join(f"&#{ord(sign)};" for sign in name),
    "address": quote,
    "tags": every("<b></b>"),
    "stars": lambda name: f"**{name[:2]}**{name[2:]}",
}
PARTS = {
    "latin": (("Wilhelmina", "Quaverly"), (" ", "", "-", "_", ", ", "\n  ", " \u2014 ", "\u00a0", "\t", " [@a] ", "%20", r"\n")),
    "wide": (("灯台守", "太郎"), ("", " ", "　", "・", "＝", "\n  ", "\u200b", "、", "</b>")),
}  # fmt: skip
AROUND = {
    "latin": ("", " ", "(", "“", "/", "の", "\n", ">", "7", r"\n"),
    "wide": ("", " ", "「", "は", "x", "\n"),
}


@given(st.data())
def test_any_way_of_writing_a_name_is_found(data: st.DataObject) -> None:
    script = data.draw(st.sampled_from(sorted(PARTS)))
    parts, joints = PARTS[script]
    ways = st.sampled_from(sorted(set(WAYS) - ({"wide", "accents"} if script == "wide" else set())))
    written = [WAYS[data.draw(ways)](part) for part in data.draw(st.permutations(parts))]
    before, after = (data.draw(st.sampled_from(AROUND[script])) for _ in range(2))
    text = (
        f"A lantern{' ' if before == '' else ''}{before}"
        if script == "latin" and before not in ("の", "7")
        else before
    )
    text += data.draw(st.sampled_from(joints)).join(written) + after
    assert Names([" ".join(parts)]).stand_in(text), text


WORDS = [
    word
    for file in ("README.md", "CONTRIBUTING.md", "docs/decisions.md")
    for word in (ROOT / file).read_text("utf-8").split()
]


@given(st.lists(st.sampled_from([*WORDS, "Wilhelmina", "the", "灯台守", "光"]), max_size=40))
def test_ordinary_words_are_no_names(words: list[str]) -> None:
    assert not Names(["Wilhelmina Quaverly", "灯台守太郎", "Quaverly Wilhelmina Pier"]).stand_in(
        " ".join(words)
    )


@given(st.text())
def test_any_text_is_read_and_a_name_in_it_is_found(text: str) -> None:
    assert LISTED.stand_in(f"{text} \n灯台守太郎\n {text}")


# ----- what a check reads -----


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("content/pages/visiting.md", "---\ntitle: Visiting\nchecked: unknown\n---\nKeeper, Taro came.\n", 5),
        ("content/cases/quay.yml", "title: [\n# Taro Keeper\n", 2),
        ("content/words.yml", "words: []\n# 波止場郎\n", 2),
        ("content/notes.md", "Li\n", 1),
        ("content/cases/old/quay.yaml", "a: 1\nb: |\n  Taro\n  Keeper\n", 3),
        ("theme/strings/en.yml", 'a: "\\u6ce2止場郎"\n', 1),
        ("docs/how.md", "Text.\n\nTaro\n  Keeper\n", 3),
        ("README.md", "Taro Keeper\n", 1),
        (".ci.yml", "name: Taro Keeper\n", 1),
        ("mkdocs.yml", "site_name: Taro Keeper\n", 1),
    ],
)
def test_all_yaml_and_markdown_is_read(root: Path, path: str, text: str, line: int) -> None:
    write(root, path, text)
    result = check(root)
    assert (result.exit_code, f"{path}:{line}:1: {FOUND}" in result.stderr.splitlines()) == (1, True)


@pytest.mark.parametrize(
    "folder", ["site", ".site.building", ".site.last", ".git", ".cache", "node_modules", "a/node_modules"]
)
def test_what_is_built_installed_or_kept_by_a_tool_is_not_read(root: Path, folder: str) -> None:
    write(root, f"{folder}/a.md", "Taro Keeper\n")
    assert check(root).exit_code == 0


def test_a_title_that_was_copied_for_editors_programs_is_read(root: Path) -> None:
    title = '      {"const": "example-wire", "description": "Tarō Keeper and the lanterns"}'
    write(root, "content/_schema/ids.json", f"{{\n{title}\n}}\n")
    assert f"content/_schema/ids.json:2:1: {FOUND}" in check(root).stderr


@pytest.mark.parametrize("mark", ["pyvenv.cfg", "CACHEDIR.TAG"])
def test_a_folder_of_installed_or_kept_things_is_told_by_its_mark(root: Path, mark: str) -> None:
    for path in (f".env/{mark}", ".env/lib/a.md", ".env/lib/taro-keeper.txt"):
        write(root, path, "Taro Keeper\n")
    assert check(root).exit_code == 0


@pytest.mark.parametrize("path", [".github/a.yml", "tests/cases/a.yml", "a/site/b.md", "a.MARKDOWN"])
def test_folders_of_any_name_are_read(root: Path, path: str) -> None:
    write(root, path, "Taro Keeper\n")
    assert f"{path}:1:1: {FOUND}" in check(root).stderr.splitlines()


def test_the_kept_results_of_verify_are_read(root: Path) -> None:
    line = '{"quote": "lamp", "verdict": "moved", "asked": "2031-10-01", "why": "https://example.org/taro-keeper"}'
    write(root, "content/_verified.json", f'{{"format": 1, "sources": {{"a": [\n{line}\n]}}}}')
    result = check(root)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (1, f"content/_verified.json:2:1: {FOUND}")


@pytest.mark.parametrize("charset", ["cp932", "utf-16"])
def test_a_file_in_which_no_name_can_be_looked_for_is_told(root: Path, charset: str) -> None:
    (root / "NOTES.md").write_bytes("波止場郎\n".encode(charset))
    result = check(root)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        1,
        "NOTES.md:1:1: error[name-withheld]: no name can be looked for in a file that is not UTF-8 (save it as UTF-8)",
    )
    assert check(root, None).exit_code == 0


def test_a_record_that_is_not_utf_8_is_told_once(root: Path) -> None:
    file = root / "content" / "pages" / "about.md"
    file.write_bytes(file.read_bytes() + "Café\n".encode("latin-1"))
    last = file.read_bytes().count(b"\n")
    told = [line for line in check(root).stderr.splitlines() if line.startswith("content/pages/about.md:")]
    assert told == [
        f"content/pages/about.md:{last}:4: error[yaml]: byte 0xe9 is not UTF-8 (save the file as UTF-8)"
    ]


def test_a_name_in_site_yml_is_found(root: Path) -> None:
    file = root / "content" / "site.yml"
    file.write_text(file.read_text("utf-8") + "# Taro Keeper\n", "utf-8")
    lines = file.read_text("utf-8").count("\n")
    assert f"content/site.yml:{lines}:1: {FOUND}\n" in check(root).stderr


def test_a_file_that_is_called_by_a_name_is_told_by_its_folder(root: Path) -> None:
    for path in ("content/pages/images/taro-keeper.svg", "content/sources/Keeper_Taro/a.yml"):
        write(root, path, "")
    result = check(root)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[:2] == [
        f"content/pages/images/…:1:1: {CALLED}",
        f"content/sources/…:1:1: {CALLED}",
    ]


def test_a_file_with_an_odd_name_stops_no_check(root: Path) -> None:
    for name in (b"two\nlines", b"\xff"):
        Path(os.fsdecode(os.path.join(os.fsencode(root), name))).write_text("")
    write(root, "zz/taro-keeper", "")
    assert check(root).stderr.splitlines()[0] == f"zz/…:1:1: {CALLED}"


def test_no_report_repeats_a_name(root: Path) -> None:
    write(root, "content/cases/taro-keeper.yml", "titel: Taro Keeper\n")
    write(
        root,
        "content/cases/quay.yml",
        "Taro Keeper: 1\ntitle: The quay\nkind: {Tarō: Keeper}\nbecause: Nothing.\n",
    )
    result = check(root)
    said = result.stderr.lower()
    assert f"content/cases/quay.yml:1:1: {FOUND}\ncontent/cases/quay.yml:3:1: {FOUND}\n" in result.stderr
    assert "content/cases/quay.yml:4:1: error[unknown-key]: unknown key 'because'" in result.stderr
    assert ("keeper" in said, "tar" in said.replace("start", "")) == (False, False)


# ----- without a list -----


def test_without_a_list_a_check_says_so_and_does_not_fail(root: Path) -> None:
    write(root, "README.md", "Taro Keeper was there.")
    result = check(root, None)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (0, UNSET)


def test_a_ci_build_says_it_loudly(root: Path) -> None:
    rule = "#" * len(UNSET)
    assert check(root, None, CI="true").stderr.splitlines()[:3] == [rule, UNSET, rule]
    said = check(root, None, CI="true", GITHUB_ACTIONS="true").stderr.splitlines()[0]
    assert said == f"::warning title=Names were not checked::{UNSET}"


def test_a_list_that_is_missing_or_empty_is_refused(root: Path) -> None:
    empty = "FACTBOUND_WITHHELD: the list holds no name (write one on each line)"
    assert empty in check(root, "# none\n\n--\n").stderr
    environment = {"FACTBOUND_WITHHELD": str(root / "nowhere.txt")}
    result = CliRunner(env=environment).invoke(main, ["--project", str(root), "check"])
    assert (result.exit_code, "the list cannot be read (FileNotFoundError)" in result.stderr) == (2, True)
    (root / "wide.txt").write_text("Taro Keeper\n", "utf-16")
    environment = {"FACTBOUND_WITHHELD": str(root / "wide.txt")}
    result = CliRunner(env=environment).invoke(main, ["--project", str(root), "check"])
    assert result.stderr.splitlines()[-1] == (
        "Error: FACTBOUND_WITHHELD: the list cannot be read; save it as UTF-8"
    )


def test_an_escape_that_stands_for_nothing_is_left_as_it_is() -> None:
    for text in (r"\ud800", r"\Uffffffff", "%ff%fe", "&nosuch;", r"\x"):
        assert LISTED.stand_in(f"{text} Wilhelmina Quaverly {html.escape(text)}")
