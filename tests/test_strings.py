"""The fixed words of a language: what is asked for is there, and what is there is asked for."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from babel import Locale
from jinja2 import nodes
from pydantic import TypeAdapter

from factbound.editing import Takes, part_of
from factbound.export import COLUMNS
from factbound.glance import ANSWERS
from factbound.model import (
    COLLECTIONS,
    OVERVIEWS,
    Account,
    Case,
    Change,
    Coverage,
    Derive,
    Jurisdiction,
    Language,
    Party,
    Penalty,
    Regulation,
    Site,
    Source,
    Status,
    Supported,
)
from factbound.pages import OVERRIDE_WORDS
from factbound.schema import FILES, models_in
from factbound.settings import Project, Strict
from factbound.strings import MissingString, Strings, read_strings
from factbound.templates import environment
from factbound.values import VALUE_KINDS, AnyValue, Quantity, Setting
from factbound.values.dates import SEASONS
from factbound.yamlfile import read_file
from helpers import ROOT, SITE, library_of


def literals(model: type[Strict], field: str) -> list[str]:
    """What a field of the model may say."""
    found: list[str] = []
    left: list[Any] = [model.model_fields[field].annotation]
    while left:
        one = left.pop()
        found += [one] if isinstance(one, str) else []
        left += get_args(one)
    return found


def kinds_taken() -> set[str]:
    """What the fields of all files take."""

    def visit(one: Takes) -> Iterator[str]:
        yield from () if one.kind in ("part", "either") else (one.kind,)
        for inner in one.inner:
            yield from visit(inner)

    parts = [part for model in FILES.values() for part in models_in(model)]
    return {kind for part in parts for field in part_of(part).fields for kind in visit(field.takes)}


EXPANSIONS: dict[str, list[list[str]]] = {
    "case.kind.*": [literals(Case, "kind")],
    "change.*": [literals(Change, "kind")],
    "collection.*": [[*COLLECTIONS, "pages"]],
    "collection.*.about": [[*COLLECTIONS]],
    "coverage.*": [literals(Coverage, "answer")],
    "count.*": [["established", "alleged", "disputed", "inferred"]],
    "date.*": [[*SEASONS.values()]],
    "derived.*": [literals(Derive, "op")],
    "duration.*.*": [literals(VALUE_KINDS["duration"], "unit"), ["one", "other"]],
    "editing.file.*": [["site", "words", "pages", "parts", "rules"]],
    "editing.level.*": [["error", "advice"]],
    "editing.takes.*": [sorted(kinds_taken())],
    "final.*": [literals(Party, "final")],
    "glance.*": [[*ANSWERS]],
    "jurisdiction.kind.*": [literals(Jurisdiction, "kind")],
    "kind.*": [[*COLLECTIONS, "pages"]],
    "data.field.*": [sorted({column for table in COLUMNS.values() for column in table})],
    "data.table.*": [[*COLLECTIONS, "facts"]],
    "override.*": [[*OVERRIDE_WORDS]],
    "overview.*": [[*OVERVIEWS]],
    "overview.*.about": [[*OVERVIEWS]],
    "penalty.*": [literals(Penalty, "kind")],
    "qualifier.*": [literals(Quantity, "qualifier")],
    "regulation.kind.*": [literals(Regulation, "kind")],
    "regulation.status.*": [literals(Status, "value")],
    "relation.*": [literals(Account, "relation")],
    "shared.*.*": [["sources", "law", "terms"], ["one", "other"]],
    "source.read.*": [literals(Source, "read")],
    "source.read-heading.*": [literals(Source, "read")],
    "source.read-short.*": [literals(Source, "read")],
    "source.status.*": [literals(Source, "status")],
    "source.type.*": [literals(Source, "type")],
    "standing.*": [literals(Supported, "standing")],
    "timeline.*": [["case", "ruling", "event", "law", "study", "passed", "in-force"]],
    "version.*": [["passed", "promulgated", "in-force"]],
    "with.*": [literals(Penalty, "with_")],
}
"""Key with a blank -> what the model lets stand in each of its blanks."""
OPTIONAL: dict[str, Callable[[str], bool]] = {
    "found-by.*": lambda key: key in {*COLLECTIONS, *OVERVIEWS},
    "heading.*": lambda key: (
        key in {field.alias for model in COLLECTIONS.values() for field in model.model_fields.values()}
    ),
    "rank.*": str.isdigit,
    "several.*": str.isdigit,
    "typed.*": lambda key: key in {*literals(Quantity, "qualifier"), "percent", "joins"},
}
"""Key with a blank that a language may have words for -> what may stand in it."""
SETS = ("setting.py", "typed.py")
"""The files that write and read values, which call their words `words`."""


def asked_by_templates(folder: Project) -> Iterator[str]:
    """The keys that the templates ask for, with * where a value decides."""
    templates = environment(folder)
    for name in templates.list_templates():
        source = (folder.theme / "pages" / name).read_text("utf-8")
        for call in templates.parse(source).find_all(nodes.Call):
            if "say" in (getattr(call.node, "name", ""), getattr(call.node, "attr", "")):
                yield from _of_template(call.args[0])


def _of_template(node: nodes.Node) -> Iterable[str]:
    if isinstance(node, nodes.Const):
        return [str(node.value)]
    if isinstance(node, nodes.CondExpr):
        return [*_of_template(node.expr1), *(_of_template(node.expr2) if node.expr2 else ())]
    if isinstance(node, nodes.Concat):
        return map("".join, itertools.product(*(_of_template(part) for part in node.nodes)))
    return ["*"]


def asked_by_code(folder: Path) -> Iterator[str]:
    """The keys that the program asks for, likewise. In two files `say` reports what is being done; values have `words`."""
    for file in sorted(folder.rglob("*.py")):
        if file.name in ("build.py", "cli.py"):
            continue
        tree = ast.parse(file.read_text("utf-8"))
        names = {
            ast.unparse(node.targets[0]): node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                asking = ast.unparse(node.func)
                if (
                    asking == "say"
                    or asking.endswith(".say")
                    or (file.name in SETS and asking == "self.words.get")
                ):
                    yield from _of_code(node.args[0], names)
            elif (
                isinstance(node, ast.Subscript)
                and file.name in SETS
                and ast.unparse(node.value) == "self.words"
            ):
                yield from _of_code(node.slice, names)


def _of_code(node: ast.expr, names: Mapping[str, ast.expr]) -> Iterable[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)] if node.value else []
    if isinstance(node, ast.IfExp):
        return [*_of_code(node.body, names), *_of_code(node.orelse, names)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)]
    if isinstance(node, ast.Name) and node.id in names:
        return _of_code(names[node.id], {})
    return ["*"]


def gaps(asked: Iterable[str], there: Iterable[str]) -> tuple[list[str], list[str]]:
    """The keys that are asked for and missing, and those that nothing asks for."""
    wanted: set[str] = set()
    there = set(there)
    for key in asked:
        head, _, tail = key.partition("*")
        if key in OPTIONAL:
            wanted |= {one for one in there if one.startswith(head) and OPTIONAL[key](one.removeprefix(head))}
        elif not tail and not key.endswith("*"):
            wanted.add(key)
        else:
            for filling in itertools.product(*EXPANSIONS[key]):
                wanted.add(
                    "".join(itertools.chain(*itertools.zip_longest(key.split("*"), filling, fillvalue="")))
                )
    return sorted(wanted - there), sorted(there - wanted)


def words_of(folder: Path) -> dict[str, Any]:
    return read_file(folder / "en.yml", "theme/strings/en.yml").data or {}


def read(folder: Path) -> Any:
    site = library_of(SITE).site
    assert isinstance(site, Site)
    return read_strings(folder, Language(lang="en", locale="en-GB", name="English"), site)


def marking(**scripts: str) -> Strings:
    """The English words of a site that marks some scripts as other languages."""
    site = library_of(SITE).site
    assert isinstance(site, Site)
    language = Language(lang="en", locale="en-GB", name="English")
    return read_strings(ROOT / "theme" / "strings", language, site.model_copy(update={"scripts": scripts}))


def test_the_english_words_are_those_that_are_asked_for() -> None:
    asked = {*asked_by_templates(Project(ROOT)), *asked_by_code(ROOT / "generator" / "factbound")}
    unknown = {key for key in asked if "*" in key} - set(EXPANSIONS) - set(OPTIONAL)
    assert sorted(unknown) == [], "say in EXPANSIONS what may stand in the blank"
    missing, unused = gaps(asked, words_of(ROOT / "theme" / "strings"))
    assert (missing, unused) == ([], [])


def test_the_search_finds_missing_and_unused_keys(tmp_path: Path) -> None:
    (tmp_path / "theme" / "pages").mkdir(parents=True)
    template = (
        '{{ say("head") }}{{ p.say("with." ~ one.with_) }}{{ say("a" if x else "b") }}{!-- say("no") --!}'
    )
    (tmp_path / "theme" / "pages" / "a.md.j2").write_text(template)
    code = (
        'self.say("c" if x else f"date.{y}")\nsay(key)\nname = f"heading.{z}" if z else ""\nself.say(name)\n'
    )
    (tmp_path / "a.py").write_text(code)
    (tmp_path / "setting.py").write_text('self.words["range"]\n')
    asked = {*asked_by_templates(Project(tmp_path)), *asked_by_code(tmp_path)}
    assert asked == {"head", "with.*", "a", "b", "c", "date.*", "range", "heading.*", "*"}
    there = ["head", "a", "c", "range", "with.and", "with.or", "date.spring", "date.summer", "date.autumn"]
    spare = ["heading.tides", "spare", "with.all"]
    assert gaps(asked - {"*"}, [*there, "heading.facts", *spare]) == (
        ["b", "date.winter", "with.and-or"],
        spare,
    )


def test_every_language_has_a_name() -> None:
    setting = read(ROOT / "theme" / "strings").setting
    tags = ["en", "ja", "zh-Hant", "nl", "xx"]
    assert [setting.language(tag) for tag in tags] == [
        "English",
        "Japanese",
        "Chinese (Traditional)",
        "Dutch",
        "xx",
    ]


def test_every_kind_of_value_is_set_in_japanese() -> None:
    """The words for values are all that Japanese has so far; nothing else stands in its file."""
    words = read_file(ROOT / "theme" / "strings" / "ja.yml", "ja.yml").data
    english = read_file(ROOT / "theme" / "strings" / "en.yml", "en.yml").data
    assert words is not None and english is not None
    setting = Setting("ja-JP", words, {"JPY": {"other": "円"}, "lamps": {"other": "灯"}})
    values: dict[str, dict[str, Any]] = {
        "約1,843万灯": {"number": 18430000, "unit": "lamps", "qualifier": "about"},
        "1,000から5,000円": {"amount": {"from": 1000, "to": 5000}, "currency": "JPY"},
        "数千円": {"amount": 1000, "currency": "JPY", "qualifier": "several"},
        "96%以上": {"percent": 96, "qualifier": "at-least"},
        "2年間以下": {"duration": 2, "unit": "years", "qualifier": "at-most"},
        "3倍近く": {"times": 3, "qualifier": "nearly"},
        "2031年4月14日頃": {"date": "2031-04-14~"},
        "2031年春": {"date": "2031-21"},
        "2030年より後": {"date": {"after": "2030"}},
        "2位": {"rank": 2},
        "1米ドル = 150.2円（2031年4月14日）": {
            "rate": 150.2,
            "from": "USD",
            "to": "JPY",
            "day": "2031-04-14",
        },
    }
    read = TypeAdapter[Any](AnyValue)
    assert [setting.value(read.validate_python(one)) for one in values.values()] == list(values)
    kinds = ("date.", "qualifier.", "several.", "duration.", "typed.", "rank.")
    plain = {"range", "number.unit", "percent", "times", "rate"}
    assert {key for key in words if key not in plain and not key.startswith(kinds)} == set()
    needed = {key for key in english if key in plain or key.startswith(kinds[:4])}
    assert {key for key in needed if key not in words and not key.endswith(".one")} == set()


def test_a_locale_that_nobody_knows_is_named() -> None:
    site = library_of(SITE).site
    assert isinstance(site, Site)
    with pytest.raises(MissingString) as raised:
        read_strings(ROOT / "theme" / "strings", Language(lang="en", locale="tlh", name="Klingon"), site)
    assert str(raised.value) == (
        "content/site.yml: no dates and numbers are known for the locale 'tlh' "
        "(use one that Unicode CLDR has, such as en-GB or ja-JP)"
    )


def test_the_plural_forms_of_durations_are_those_of_the_language() -> None:
    assert {*Locale("en").plural_form.rules, "other"} == {"one", "other"}


def test_blanks_are_filled() -> None:
    assert (
        read(ROOT / "theme" / "strings")(
            "source.tab", where="the {harbour} office", date="2031", language="Cornish"
        )
        == "the {harbour} office, 2031 (source in Cornish)"
    )


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a lamp", "a lamp"),
        ("the café", "the café"),
        (r"[Keeper](keeper.md) \(灯台守\)", r'[Keeper](keeper.md) \(<span lang="ja">灯台守</span>\)'),
        ("see 灯台、船 2 隻と LEDの灯台 now", 'see <span lang="ja">灯台、船 2 隻と</span> LED<span lang="ja">の灯台</span> now'),
        ("生成LED灯（新）灯", '<span lang="ja">生成LED灯（新）灯</span>'),
        ("灯 and 台", '<span lang="ja">灯</span> and <span lang="ja">台</span>'),
        ("등대 and 港", '<span lang="ko">등대</span> and <span lang="ja">港</span>'),
    ],
)  # fmt: skip
def test_words_in_another_script_are_marked_with_their_language(text: str, marked: str) -> None:
    assert marking(Jpan="ja", Kore="ko").phrases(text) == marked


def test_phrases_of_other_languages_are_found_in_their_order() -> None:
    strings = marking(Jpan="ja", Kore="ko")
    assert strings.foreign_in("등대, or a 灯台 (灯)") == [("ko", "등대"), ("ja", "灯台"), ("ja", "灯")]
    assert strings.foreign_in("a lamp") == []


def test_words_of_the_language_itself_are_not_marked() -> None:
    assert marking(Jpan="en-Jpan").phrases("灯台") == "灯台"
    assert marking().phrases("灯台") == "灯台"


def test_words_are_escaped_before_they_are_marked() -> None:
    strings = marking(Jpan="ja")
    assert strings.escaped("# <b>灯台*") == '&#35; &lt;b\\><span lang="ja">灯台</span>\\*'
    assert strings.escaped_inline("灯台_1") == '<span lang="ja">灯台</span>\\_1'


def test_a_missing_key_is_named() -> None:
    with pytest.raises(MissingString) as raised:
        read(ROOT / "theme" / "strings")("heading.lanterns")
    assert str(raised.value) == "theme/strings/en.yml lacks 'heading.lanterns'"


def test_a_missing_blank_is_named() -> None:
    with pytest.raises(MissingString) as raised:
        read(ROOT / "theme" / "strings")("source.tab", date="2031", language="Cornish")
    assert str(raised.value) == "theme/strings/en.yml lacks 'source.tab' or one of its blanks ('where')"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingString) as raised:
        read(tmp_path)
    assert str(raised.value) == "theme/strings/en.yml does not exist (copy en.yml and translate it)"


def test_a_file_that_is_not_understood_says_where(tmp_path: Path) -> None:
    (tmp_path / "en.yml").write_text("nav.front: Home\nnav.front: House\n")
    with pytest.raises(MissingString) as raised:
        read(tmp_path)
    assert (
        str(raised.value)
        == "theme/strings/en.yml:2:1: error[yaml]: the key 'nav.front' stands twice (keep one of the two)"
    )
