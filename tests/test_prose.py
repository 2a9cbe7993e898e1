"""Prose: `tests/cases/prose/<why>.yml` holds texts with what becomes of them, or what is wrong with them. Then, for any
text at all: what Python-Markdown makes of our Markdown holds the text's own words, and no tag that we did not set.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from factbound import prose
from factbound.problems import UNSEEN, Problem
from factbound.prose import (
    Cite,
    Mode,
    Ref,
    Text,
    ValueRef,
    paragraphs,
    parse,
    sentences,
    states_a_figure,
    walk,
)
from factbound.yamlfile import read_text
from helpers import ROOT

CASES = [
    pytest.param(one, id=f"{file.stem}-{number}")
    for file in sorted((ROOT / "tests" / "cases" / "prose").glob("*.yml"))
    for number, one in enumerate(yaml.safe_load(file.read_text("utf-8"))["cases"], 1)
]


class Words:
    """A voice that knows no records: references and values say what they are called, citations say nothing."""

    def text(self, text: str) -> str:
        return prose.escape_inline(text)

    def words(self, text: str) -> str:
        return prose.escape_inline(text)

    def cite(self, node: Cite) -> str:
        return ""

    def reference(self, node: Ref) -> tuple[str, str]:
        return self.words_of(node), "https://keeper.example/lamp"

    def value(self, node: ValueRef) -> tuple[str, str]:
        return self.words_of(node), ""

    def words_of(self, node: Ref | ValueRef) -> str:
        return "*30* lamps!" if isinstance(node, ValueRef) else node.words or node.target.title()


class Pages(Words):
    """A voice as pages have it: citations are footnote marks, references lead to pages."""

    def cite(self, node: Cite) -> str:
        return "".join(f"[^{item.source}]" for item in node.items)

    def reference(self, node: Ref) -> tuple[str, str]:
        return self.words_of(node), f"{node.target}.md"

    def value(self, node: ValueRef) -> tuple[str, str]:
        return self.words_of(node), "[^gazette]"

    def words_of(self, node: Ref | ValueRef) -> str:
        return "30 lamps" if isinstance(node, ValueRef) else super().words_of(node)


def told(text: str, mode: Mode = "block") -> str:
    """What is wrong with a text, one problem a line."""
    return "".join(
        f"{Problem('says', *place(text, one.at), 'error', one.rule, one.message, one.todo)}\n"
        for one in parse(text, mode).troubles
    )


def place(text: str, at: int) -> tuple[int, int]:
    before = text[:at].split("\n")
    return len(before), len(before[-1]) + 1


@pytest.mark.parametrize("case", CASES)
def test_a_text_becomes_what_it_says_or_its_mistakes_are_told(case: dict[str, Any]) -> None:
    mode, blocks = case.get("mode", "block"), parse(case["text"], case.get("mode", "block")).blocks
    assert told(case["text"], mode) == case.get("problems", "")
    assert prose.markdown(blocks, Pages()) == case["markdown"]
    if "problems" not in case:
        assert prose.html(blocks, Pages()) == case["html"]
        assert prose.plain(blocks, Pages()) == case["plain"]


# ----- what the nodes are asked -----


def mentions(text: str) -> list[str]:
    found = []
    for inlines in paragraphs(parse(text, "page").blocks):
        for node in walk(inlines):
            if isinstance(node, Cite | Ref | ValueRef):
                assert text[node.at :].startswith(node.raw)
                found.append(node.raw)
    return found


def test_mentions_are_found_wherever_they_stand() -> None:
    text = (
        "## A [[lamp]] {#a}\n\n**See [@one, p. 3]** and\n- {{ a.b }}\n  - [{{ c.d }}](https://keeper.example/)\n\n"
        "> *[@two; @three]*\n\n| [[x|y]] | `[[no]]` |\n| --- | --- |\n| \\[[no]] | [[z]] |\n"
    )
    assert mentions(text) == [
        "[[lamp]]",
        "[@one, p. 3]",
        "{{ a.b }}",
        "{{ c.d }}",
        "[@two; @three]",
        "[[x|y]]",
        "[[z]]",
    ]


def statements(text: str) -> list[str]:
    """The sentences of a text, of which each has its words and what it cites."""
    return [
        "".join(
            node.text if isinstance(node, Text) else getattr(node, "raw", "…") for node in sentence
        ).strip()
        for inlines in paragraphs(parse(text).blocks)
        for sentence in sentences(inlines)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It burnt. It rained! Did it?", ["It burnt.", "It rained!", "Did it?"]),
        (
            "It burnt [@a]. It rained.[@b] It snowed. [@c]",
            ["It burnt[@a].", "It rained.[@b]", "It snowed.[@c]"],
        ),
        ("Mr. Lamp of Dr. Quay, No. 5, p. 3, e.g. here.", ["Mr. Lamp of Dr. Quay, No. 5, p. 3, e.g. here."]),
        ("「燃えた。」 雨が降った。雪も降った", ["「燃えた。」", "雨が降った。", "雪も降った"]),
        ("It **burnt. It** rained.", ["It burnt.", "It rained."]),
        ('It cost 3.5 lamps. "So." (Yes.) End', ["It cost 3.5 lamps.", '"So."', "(Yes.)", "End"]),
        ("See [the list. All](https://keeper.example/) of it.", ["See … of it."]),
        ("[All of it.](https://keeper.example/) It burnt.", ["…", "It burnt."]),
        ("[[lamp|It burnt.]] It rained.", ["[[lamp|It burnt.]]", "It rained."]),
        ("- One\n- Two. Three", ["One", "Two.", "Three"]),
    ],
)
def test_sentences_end_where_readers_end_them(text: str, expected: list[str]) -> None:
    assert [re.sub(r"\s+(?=\[@)", "", one) for one in statements(text)] == expected


def figure(text: str) -> tuple[str, str] | None:
    """The first figure of a text, and the text from where it stands."""
    for inlines in paragraphs(parse(text).blocks):
        for sentence in sentences(inlines):
            if found := states_a_figure(sentence):
                return found.text, text[found.at :]
    return None


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("It burnt in 2031.", "2"),
        ("It burnt on a Monday in August.", "August"),
        ("It rained. **Thousands** of lamps, a million of them.", "million"),
        ("About three years later.", "three years"),
        ("One lamp, two quays.", None),
        ("He was fined.", "fined"),
        ("He was imprisoned.", "imprisoned"),
        ("千人が来た。", "千人"),
        ("二三の灯", None),
        ("罰金を払う。", "罰金"),
        ("The [Lamp Act 2031](https://keeper.example/) says so.", None),
        ("The *[**Lamp** Act 2031](https://keeper.example/)* says so.", None),
        ("The [[lamp|Lamp Act 2031]] and `2031` say so.", None),
        ("See [the list](https://keeper.example/2031) of 30 lamps.", "3"),
        ("In [[!2031]] it burnt.", "2"),
    ],
)
def test_a_figure_is_a_statement_and_a_name_is_none(text: str, stated: str | None) -> None:
    found = figure(text)
    assert (found and found[0]) == stated


# ----- where mistakes stand -----


def problems_of(record: str) -> list[str]:
    """What is wrong with the prose of a record's `says`, at the place in its file."""
    document = read_text(record, "content/a.yml")
    assert document.problems == [] and document.data is not None
    return [
        ":".join(str(document.problem(("says",), one.rule, one.message, one.todo, offset=one.at, snippet=one.snippet)).split(":")[1:4])
        for one in parse(document.data["says"]).troubles
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "places"),
    [
        ("says: a <b> and\n  灯台 <b> <b>\n", ["1:9", "2:6", "2:10"]),
        ('says: "a \\"<b>\\" \\u706f <b>\\\n  \\ <b>"\n', ["1:12", "1:25", "2:5"]),
        ("says: 'a ''<b>'' <b>\n\n  <b>'\n", ["1:12", "1:18", "3:3"]),
        ("title: a\nsays: |\n  a <b>\n\n  - 灯<b>\n    <b>\n", ["3:5", "5:6", "6:5"]),
        ("says: >-\n  a <b>\n  灯台 <b>\n\n  **x <b>**\n", ["2:5", "3:6", "5:7"]),
        (
            "says: |\n  \\* \\* <b> *a \\* <b>*\n  > [a <b>](https://keeper.example/)\n",
            ["2:9", "2:19", "3:8"],
        ),
        ("says: |\n  灯\n  台<b>\n  <b\n", ["3:4", "4:3"]),
        ("says: |\n  [a](java\n  script:x) [@b c;\n   d e]\n", ["2:5", "3:13", "3:13"]),
        ("says: |\n  - one\n    ---\n  2. two\n", ["3:5", "4:3"]),
    ],
    ids=[
        "plain",
        "double",
        "single",
        "literal",
        "folded",
        "escapes",
        "full-width",
        "two lines",
        "line starts",
    ],
)
def test_a_mistake_stands_where_the_editor_wrote_it(record: str, places: list[str]) -> None:
    assert [":".join(one.split(":")[:2]) for one in problems_of(record)] == places


def test_a_figure_stands_where_the_editor_wrote_it() -> None:
    record = "says: |\n  灯\n  台 \\*a\\* 5 lamps [@a].\n  - \\*b\\*\n    and 5.\n"
    document = read_text(record, "content/a.yml")
    assert document.data is not None
    found = [
        document.place(("says",), offset=one.at, snippet=one.text)
        for inlines in paragraphs(parse(document.data["says"]).blocks)
        for sentence in sentences(inlines)
        if (one := states_a_figure(sentence))
    ]
    assert found == [(3, 11), (5, 9)]


# ----- any text: nothing but our own tags -----

EXTENSIONS = ("admonition", "attr_list", "footnotes", "md_in_html", "tables", "toc")
MARKDOWN = Markdown(extensions=[*EXTENSIONS, "fenced_code"])
"""As MkDocs sets it up; it adds fenced code itself."""
RECORD_TAGS = frozenset(["p", "em", "strong", "code", "ul", "ol", "li", "blockquote", "a", "br"])
PAGE_TAGS = RECORD_TAGS | {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "img"}
SAFE = re.compile(r"https?://[^\s\"<>]+|mailto:[^\s\"<>]+|tel:[^\s\"<>]+")
LOCAL = re.compile(r"[A-Za-z0-9_/-]+\.(?:png|jpg|jpeg|webp|svg|gif)")


class Reading(HTMLParser):
    """A page as a browser reads it: what it would show, and what it must not hold."""

    def __init__(self, html: str, tags: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.unwanted, self.words = tags, list[str](), ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += " " if tag not in ("em", "strong", "code", "a", "img") else ""
        allowed = {
            "a": {"href": SAFE, "title": re.compile(".*")},
            "img": {"src": LOCAL, "alt": re.compile(".*")},
        }.get(tag, {"id": re.compile("[a-z0-9_-]+")} if tag.startswith("h") else {})
        if tag not in self.tags:
            self.unwanted.append(f"<{tag}>")
        for name, value in attrs:
            if name not in allowed or not allowed[name].fullmatch(value or ""):
                self.unwanted.append(f"<{tag} {name}={value!r}>")

    def handle_endtag(self, tag: str) -> None:
        self.words += " " if tag not in ("em", "strong", "code", "a") else ""

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.unwanted.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.unwanted.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.unwanted.append(f"<![{data}>")

    def handle_pi(self, data: str) -> None:
        self.unwanted.append(f"<?{data}>")


def rendered(markdown: str, tags: frozenset[str] = RECORD_TAGS) -> Reading:
    MARKDOWN.reset()
    return Reading(MARKDOWN.convert(markdown), tags)


def same_words(one: str, other: str) -> bool:
    """Up to white space, and the dashes that stand in empty cells."""
    return re.sub(r"[\s–]+", "", one) == re.sub(r"[\s–]+", "", other)


def assert_only_words(text: str, mode: Mode) -> None:
    tags = PAGE_TAGS if mode == "page" else RECORD_TAGS
    blocks = parse(text, mode).blocks
    markdown, html, plain = (
        setting(blocks, Words()) for setting in (prose.markdown, prose.html, prose.plain)
    )
    for page in (rendered(markdown, tags), Reading(html, tags)):
        assert page.unwanted == []
        assert same_words(page.words, plain), (page.words, plain)


def test_the_extensions_are_those_of_the_site() -> None:
    config = (
        (ROOT / "mkdocs.yml").read_text("utf-8").partition("markdown_extensions:\n")[2].partition("\n\n")[0]
    )
    assert tuple(re.findall(r"^  - (\w+)", config, re.MULTILINE)) == EXTENSIONS


def test_what_must_not_stand_on_a_page_is_seen() -> None:
    attack = "<script>x</script> [a](javascript:x) ![b](https://c.example/d.png) *e*{: onclick=f }\n\n!!! note\n    g"
    assert rendered(attack).unwanted == [
        "<script>", "<a href='javascript:x'>", "<img>", "<img src='https://c.example/d.png'>",
        "<em onclick='f'>", "<div>", "<div class='admonition note'>", "<p class='admonition-title'>",
    ]  # fmt: skip
    assert Reading("<!-- a --><?b?><!doctype c>", RECORD_TAGS).unwanted == [
        "<!-- a -->",
        "<?b?>",
        "<!doctype c>",
    ]


ATTACKS = [
    "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java\nscript:alert(1))", "[a]( javascript:alert(1))",
    "[a](&#106;avascript:alert(1))", "[a](java&#10;script:alert(1))", "[a](&Tab;javascript:alert(1))", "[a](\x01javascript:x)",
    "[a](<javascript:alert(1)>)", "[a](<java\nscript:x>)", "[a](javascript&colon;alert(1))", "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)", "[a](//evil.example/)", "[a](https://e.example/ \"x\" onclick=y)", "[a](https://e.example/\" onclick=\"y)",
    "[a](https://e.example/'onclick='y)", "[a](https://e.example/>x)", "[a](https://e.example/{: onclick=x })", "[a](mailto:x@y\"onclick=z)",
    "[a][b]\n\n[b]: javascript:alert(1)", "[b]: javascript:alert(1)\n[b]", "[b]:javascript:x\n\n[b][]", "[b]:\n javascript:x\n\n[b]", "   [b]: <javascript:x> 'y'",
    "<javascript:alert(1)>", "<https://e.example/>", "<x@y.example>", "<script>alert(1)</script>", "<SCRIPT SRC=//e.example>", "<scr<script>ipt>",
    "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<p style=x onclick=y>z</p>", "<div markdown=1>*x*</div>", "<br/>", "<b\n>", "< script>x",
    "<a href='javascript:x'>y</a>", "<!-- x", "<!--x-->", "<![CDATA[x]]>", "<!DOCTYPE x>", "<?php x ?>", "</p></div>", "&lt;script&gt;", "&#60;b&#62;", "&amp;lt;b",
    "{: onclick=alert(1) }", "*x*{: onclick=y }", "x\n{: #y .z onclick=w }", "[x](https://e.example/){: onclick=y }", "`x`{: onclick=y }", "# x {: onclick=y }", "- x {: onclick=y }", "{:\nonclick=x }",
    "![x](https://e.example/y.png)", "![x](javascript:y)", "![x][y]\n\n[y]: https://e.example/", "!\\[x](https://e.example/)", "![[lamp]]", "x\\![[lamp]]", "<![[lamp]]", "*x!*[[lamp]]", "{{ a.b }}[[lamp]]", "!`x`[y](https://e.example/)",
    "]: x", "a]: javascript:b", "[TOC]", "[toc]", "x\n\n[TOC]\n\ny", "!!! note\n    x", "!!! danger \"x\"\n    <b>", "??? note\n    x", "/// x\n///", ":::x", "--8<-- \"/etc/hosts\"", ";--8<--", "% include x %",
    "[^1]", "x[^1]\n\n[^1]: y", "[^1]: x\n    y", "///Footnotes Go Here///", "*[abbr]: x\n\nabbr", "*[x]: <b>", "x\n: y", "Term\n:   Meaning",
    "# x", "## x ##", "#x", "x\n===", "x\n---", "x\n-", "===", "---", "***", "_ _ _", "- - -", "| a | b |\n| - | - |\n| c | d |", "a | b\n- | -\nc | d", "|---|",
    "```\nx\n```", "~~~ {: onclick=x }\ny\n~~~", "``` { .x onclick=y }\nz\n```", "    x", "\tx", "- x\n\n        y", "```", "`", "``", "`` ` ``", "`x``y`", "`a\\`", "\\`x`", "`<b>`", "`{: .x}`", "` `", "`a`b`",
    "\x02", "\x03", "\x02x\x03", "\x02klzzwxh:0\x03", "\x02wzxhzdk:0\x03", "klzzwxh:0", "\x02amp\x03", "\x0242\x03", "*x* \x02klzzwxh:0\x03 `y`", "STXklzzwxh:0ETX",
    "**", "****", "* *", "*_*_", "_*a*b_", "_a_*b*", "**a****b**", "*a **b*c**", "***", "__a__", "a_b_c", "\\", "\\\\", "a\\", "\\*a*", "*a\\*", "[a\\](b)", "\\[a](https://e.example/)", "[a]\\(https://e.example/)",
    "> x\n>> y", ">", "> ", "> - x\n>   - y", "- > x", "- - - x", "1. 2. x", "- \n- x", "-", "+", "1.", "0. x", "１. x", "- x\n1. y", "1) x", "- [@a]\n- [@b]", "> [@a]", "- >", "1. [[]]\n2. x", "[[!]]\n- x", "  \n", "\u3000> x", "\u00a0- x", "\u2028- x", "\x0b> x",
    "[[lamp|<b>]]", "[[lamp|](javascript:x)]]", "[[lamp|a](javascript:x)[b]]", "[[!<script>]]", "[[!*x*]]", "[@a, <b>]", "{{ <b>.x }}", "{{ a.b }}{: .x }", "[{{ a.b }}](https://e.example/)", "[[a](https://e.example/)]", "[a [[lamp]]](https://e.example/)",
    "\ud800", "\ufeff# x", "\u202ex", "a\u200b*b*", "\x00",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_words(attack: str) -> None:
    for text in (
        attack,
        f"x {attack}",
        f"{attack} x",
        f"- {attack}",
        f"> {attack}",
        f"**x** {attack}",
        f"| {attack} |",
    ):
        for mode in prose.MODES:
            assert_only_words(text, mode)


PLACES = [
    "{}", "{}\n\nx", "x\n\n{}", "**{}** x", "- {}", "-   [{}](https://e.example/)", "## {} {{#x}}", "[{}](https://e.example/)", "> {}",
    "| a |\n| --- |\n| {} |", "| {} | b |\n| --- | --- |\n| c | d |", "x: {}", "{}: x", "[x](https://e.example/) {}", "{}[x](https://e.example/)",
    "<strong>{}</strong>", "*x:* {}", "-   {}\n-   x", "-   x\n\n    {}",
]  # fmt: skip
"""Where templates print a title or a label."""


@pytest.mark.parametrize("label_at", PLACES)
def test_a_label_is_words_wherever_a_template_prints_it(label_at: str) -> None:
    around = rendered(label_at.format("zq"), PAGE_TAGS).words.split("zq")
    assert len(around) == 2
    for attack in ATTACKS:
        shown = UNSEEN.sub(" ", attack)
        if not shown.strip():
            continue  # a label holds a word
        page = rendered(label_at.format(prose.escape(attack)), PAGE_TAGS)
        assert page.unwanted == [], attack
        assert same_words(page.words, shown.join(around)), attack


PIECES = [
    "a", "b", "1", "1. ", "2. ", "- ", "* ", "+ ", "> ", " ", "  ", "    ", "\n", "\n\n", "\n  ", "\n    ", "*", "**", "_", "__", "`", "``", "```", "~~~",
    "[", "]", "(", ")", "[[", "]]", "{{", "}}", "{:", "{#x}", ": ", "#onclick=x", "}", "<", "</p>", "<b>", ">", "&", "&amp;", "&#106;", "#", "## ", "-", "---", "===",
    "|", "\n| ", " |", "\\", "!", "![", "[^", "[^1]: x", "[TOC]", "!!! note", "--8<--", "*[ab]: x", "\x02", "\x03", "klzzwxh:0", "https://e.example/",
    "[x](https://e.example/a_b?c=d&e)", "[x](javascript:y)", "[x]: https://e.example", "[@src]", "[@a, p. 3; @b]", "[[id|w]]", "[[id]]", "[[!w]]", "{{ id.a }}", "*a*", "**b**", "_c_", "`d`",
    "灯", "。", "“", '"', "'", "\u3000", "\u00a0", "\u2028", "\x85", "\x0c", "\t", "\r", ".", "=", "?", "@", "<!--", "-->", "<?", "?>", "\u200b", "/// a", "\u0301",
]  # fmt: skip
ANY = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=14).map("".join)
MODES: st.SearchStrategy[Mode] = st.sampled_from(["block", "line", "page", "label"])


@settings(max_examples=600)
@given(ANY, MODES)
@example("- - >a\n\n  b\n- c", "block")
@example("* - - b\n   - c", "block")
@example("- >- -\n", "block")
@example("<![[w]]", "line")
def test_any_text_is_words(text: str, mode: Mode) -> None:
    assert_only_words(text, mode)


@settings(max_examples=200)
@given(ANY)
def test_any_label_is_words(text: str) -> None:
    assume(UNSEEN.sub(" ", text).strip())
    for label_at in ("{}", "x {}", "## {}", "- {}", "[{}](https://e.example/)", "| a |\n| --- |\n| {} |"):
        page = rendered(label_at.format(prose.escape(text)), PAGE_TAGS)
        assert page.unwanted == []
        outside = {"x {}": "x", "| a |\n| --- |\n| {} |": "a"}.get(label_at, "")
        assert same_words(page.words, outside + UNSEEN.sub(" ", text))


@settings(max_examples=300)
@given(ANY, MODES)
def test_every_place_is_that_of_the_text(text: str, mode: Mode) -> None:
    parsed = parse(text, mode)
    for trouble in parsed.troubles:
        assert text.startswith(trouble.snippet[0], trouble.at) or not trouble.snippet[0].strip()
    for inlines in paragraphs(parsed.blocks):
        for node in walk(inlines):
            assert 0 <= node.at <= len(text)
            if isinstance(node, Text) and node.text.strip() and mode != "label":
                written = UNSEEN.sub(" ", text[node.at :]).lstrip()
                first = node.text.strip()[0]
                assert written.startswith((first, f"\\{first}", "[[", "{{", "!["))


# ----- large texts -----


@pytest.mark.parametrize(
    "unit",
    ["**a ", "*a ", "_a ", "_a_ ", "`", "[", "[[", "[a](", "![a](", "{{", "\\*", "<b", "[@a; ", "十", "one ", ". ", "。", " ", "- ", "- a\n",
     "- a\n\n\n", "- a\n2. b\n", "> - ", "a\n- b\n", "\n", "| [[", "| a ", "# a    ", "--", "[a]: b\n"],
)  # fmt: skip
def test_a_large_text_is_read_to_its_end(unit: str) -> None:
    # Where the time grows with the square of the length, this does not end.
    text = f"- a\n  {unit * (200_000 // len(unit))}"
    parsed = parse(text, "page")
    assert prose.markdown(parsed.blocks, Words())
    found = [states_a_figure(run) for inlines in paragraphs(parsed.blocks) for run in sentences(inlines)]
    assert len(found) >= 1
