"""The words of a page, and whether a quote stands among them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbound.verify.extract import read_page
from factbound.verify.match import fold, nearest, places_of
from loopback import pdf

# ----- a quote in a text -----

SAME = {
    "spaces and lines": ("burnt on  the\n\tfirst night", "burnt on the first night"),
    "a no-break space": ("10\u00a0million", "10 million"),
    "an ideographic space": ("ten\u3000lamps", "ten lamps"),
    "capitals": ("BURNT on the First Night", "burnt on the first night"),
    "a sharp s": ("die STRASSE", "die straße"),
    "full-width signs": ("２６２人のＡＩ", "262人のAI"),
    "half-width kana": ("ﾗﾝﾀﾝ ｶﾞｽ灯", "ランタンガス灯"),
    "typographic quotes": ("the keeper’s “lamps”", 'the keeper\'s "lamps"'),
    "quotes of other countries": ("„lamps“ «lamps» 〝lamps〟", '"lamps" "lamps" "lamps"'),
    "dashes": ("forty‑two – one − by — one", "forty-two - one - by - one"),
    "an ellipsis": ("and then … dark", "and then ... dark"),
    "a wave dash": ("一〜二", "一～二"),
    "soft hyphens": ("har\u00adbour", "harbour"),
    "what has no width": ("\ufefflan\u200btern\u2060s\u200d", "lanterns"),
    "a chosen form of a sign": ("葛\U000e0100飾", "葛飾"),
    "marks over letters": ("cafe\u0301", "caf\u00e9"),
    "a ligature": ("ﬁrst", "first"),
    "spaces between Japanese words": ("岸壁の 灯り\nは消えた", "岸壁の灯りは消えた"),
    "spaces around other scripts in Japanese": ("生の 262 個の LED 灯", "生の262個のLED灯"),
    "a Japanese quote over lines": ("灯台は、\n  消えた。", "灯台は、消えた。"),
}


@pytest.mark.parametrize("name", SAME)
def test_what_makes_no_difference(name: str) -> None:
    page, quote = SAME[name]
    assert len(places_of(fold(f"before it {page} after it"), quote)) == 1
    assert len(places_of(fold(f"before it {quote} after it"), page)) == 1


def test_words_of_scripts_without_spaces_are_found_within_a_sentence() -> None:
    assert places_of(fold("ประภาคารดับแล้ว"), "ดับ") == [8]
    assert places_of(fold("岸壁の灯りは消えた"), "灯り") == [3]


OTHER = {
    "another word": ("burnt on the second night", "burnt on the first night"),
    "within a word": ("he lit the lamps", "the lamp"),
    "at the end of a word": ("the flamps", "lamps"),
    "within a number": ("1,262 lamps", "262 lamps"),
    "at the beginning of a number": ("lamps: 262.5", "lamps: 262"),
    "a mark over a letter": ("café", "cafe"),
    "a voiced kana": ("ガス灯", "カス灯"),
    "spaces that part words": ("a nother", "another"),
    "nothing": ("lamps", " \u200b"),
}


@pytest.mark.parametrize("name", OTHER)
def test_what_makes_a_difference(name: str) -> None:
    page, quote = OTHER[name]
    assert places_of(fold(page), quote) == []


TEXTS = st.text(alphabet=st.sampled_from("ab Ab9,.-'’\n\u00a0\u200b灯台はＡカガ\u3099é\u0301ß"), max_size=40)


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once.text).text == once.text
    assert len(once.places) == len(once.text)


@given(st.text(max_size=60))
def test_every_folded_sign_is_from_somewhere_in_order(text: str) -> None:
    folded = fold(text)
    assert folded.original == unicodedata.normalize("NFC", text)
    assert len(folded.places) == len(folded.text)
    assert folded.places == sorted(folded.places)
    assert all(0 <= place < len(folded.original) for place in folded.places)


WORDS = st.lists(st.text(alphabet="abcdeéß灯台のカ", min_size=1, max_size=6), min_size=1, max_size=12)


@given(WORDS, WORDS, WORDS, st.sampled_from([" ", "\n", "\u00a0 ", " \u200b"]))
def test_words_are_found_among_words(before: list[str], quote: list[str], after: list[str], gap: str) -> None:
    page = fold(gap.join([*before, *quote, *after]).upper())
    assert places_of(page, " ".join(quote))
    assert places_of(page, " ".join(quote), " ".join(before), " ".join(after))


@given(st.text(max_size=80), st.text(max_size=30))
def test_the_nearest_passage_is_of_the_page(page: str, quote: str) -> None:
    found = nearest(fold(page), quote)
    assert found in " ".join(unicodedata.normalize("NFC", page).split())


@pytest.mark.parametrize(
    ("prefix", "suffix", "places"),
    [
        ("", "", [4, 28]), ("red", "", []), ("the", "", [4]), ("A blue", "", [28]), ("", "was", [4]), ("", ", unlit", [28]),
        ("the", "was", [4]), ("the", ", unlit", []), ("he", "", []), ("", "wa", []),
    ],
)  # fmt: skip
def test_what_is_before_and_after_must_adjoin(prefix: str, suffix: str, places: list[int]) -> None:
    page = fold("The lantern was red. A blue lantern, unlit.")
    assert places_of(page, "lantern", prefix, suffix) == places


@pytest.mark.parametrize(
    ("page", "quote", "passage"),
    [
        ("They say the ten Lanterns burnt on the first night.", "twelve lanterns burnt on the first", "say the ten Lanterns burnt on the first night."),
        ("They burnt out early on the first night of it.", "burnt on the first night", "burnt out early on the first night of it"),
        ("岸壁の２６０の灯りは初日の夜に消えた。", "262の灯りは初日の夜に", "岸壁の２６０の灯りは初日の夜に消えた"),
        ("The tide came in.", "lanterns burnt on the first night", ""),
        ("lamp", "lamps of the harbour", ""),
        ("", "lamps", ""),
    ],
)  # fmt: skip
def test_the_passage_that_is_nearest(page: str, quote: str, passage: str) -> None:
    assert nearest(fold(page), quote) == passage


# ----- the words of a page -----


def words(html: str) -> str:
    return fold(read_page(html.encode(), "text/html; charset=utf-8").text).text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>The <b>lamps</b> <a href=x>bur</a>nt,<i> all</i>, un<wbr>til da<!-- -->wn", "the lamps burnt, all, until dawn"),
        ("<p>one</p><p>two</p><div>three<div>four</div></div>", "one two three four"),
        ("one<br>two", "one two"),
        ("<ul><li>one<li>two</ul><dl><dt>three<dd>four</dl>", "one two three four"),
        ("<table><tr><td>one<br>two<td><p>three<p>four<tr><td>five</table>", "one two three four five"),
        ("<p><ruby>灯<rp>(</rp><rt>とう</rt><rp>)</rp>台<rt>だい</rt></ruby>の灯り", "灯台の灯り"),
        ("one<script>two</script><style>three</style><noscript>four</noscript><template>five</template>", "one"),
        ("<title>one</title><body>two", "two"),
        ("<article>one</article><aside>two</aside><footer>three</footer><figure><img src=x><figcaption>four", "one two three four"),
        ("<p>&ldquo;ten&rdquo;&nbsp;&amp;&#x20;one", '"ten" & one'),
        ("<p>one <b>two<p>three</b> four</table></div> five", "one two three four five"),
        ("<frameset><noframes>one</noframes></frameset>", "one"),
        ("<div>" * 20_000 + "one", "one"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_words_that_a_page_shows(html: str, text: str) -> None:
    assert words(html) == text


JAPANESE = "<p>岸壁の灯りは初日の夜に消えた。"
GERMAN = "<p>Größe und Höhe der Tür"


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/html; charset=Shift_JIS", JAPANESE.encode("cp932"), JAPANESE),
        ("text/html; charset=EUC-JP", JAPANESE.encode("euc-jp"), JAPANESE),
        ("text/html", b"<meta charset=shift_jis>" + JAPANESE.encode("cp932"), JAPANESE),
        ("text/html", b"<meta charset=x-sjis>" + "<p>①～".encode("cp932"), "<p>①～"),
        ("text/html", b'<meta http-equiv=Content-Type content="text/html; charset=euc-jp">' + JAPANESE.encode("euc-jp"), JAPANESE),
        ("text/html; charset=EUC-JP", b"<meta charset=utf-8>" + JAPANESE.encode("euc-jp"), JAPANESE),
        ("text/html; charset=Shift_JIS", b"\xef\xbb\xbf" + JAPANESE.encode(), JAPANESE),
        ("text/html", "\ufeff".encode("utf-16-le") + JAPANESE.encode("utf-16-le"), JAPANESE),
        ("text/html; charset=nonsense", JAPANESE.encode(), JAPANESE),
        ("text/html", JAPANESE.encode("cp932"), JAPANESE),
        ("text/html", JAPANESE.encode("euc-jp"), JAPANESE),
        ("text/html", JAPANESE.encode("iso2022_jp"), JAPANESE),
        ("text/html", JAPANESE.encode(), JAPANESE),
        ("text/html", JAPANESE.encode()[:-1], JAPANESE[:-1] + "\ufffd"),
        ("text/html", GERMAN.encode("cp1252"), GERMAN),
        ("text/html; charset=iso-8859-1", "<p>“Größe”".encode("cp1252"), "<p>“Größe”"),
        ("", JAPANESE.encode("cp932"), JAPANESE),
    ],
)  # fmt: skip
def test_the_charset_of_a_page(content_type: str, body: bytes, text: str) -> None:
    assert fold(read_page(body, content_type).text).text.endswith(fold(text.removeprefix("<p>")).text)


@pytest.mark.parametrize("content_type", ["application/pdf", "application/octet-stream", "text/html", ""])
def test_the_words_of_a_pdf(content_type: str) -> None:
    page = read_page(pdf("The lamps of the har-", "bour burnt on the", "first night"), content_type)
    assert fold(page.text).text == "the lamps of the harbour burnt on the first night"


@pytest.mark.parametrize(
    ("body", "content_type", "unread"),
    [
        (pdf(), "application/pdf", "its PDF holds images only"),
        (b"%PDF-1.4\nnothing", "application/pdf", "its PDF cannot be read (PdfStreamError)"),
        (pdf("lamps")[:200], "application/pdf", "its PDF cannot be read (PdfStreamError)"),
        (b"\x89PNG", "image/png", "it is of the kind 'image/png', of which no words are read"),
        (b"<script src=a.js></script><div id=root></div>", "text/html", "it shows hardly any words without its scripts"),
        (b"<meta http-equiv=Refresh content='0; url=b'>wait", "text/html", "it shows hardly any words without its scripts"),
        (b"<script type=application/ld+json>{}</script>lamps", "text/html", ""),
        (b"<script>1</script>" + b"lamps " * 100, "text/html", ""),
        (b"lamps", "text/plain", ""),
        (b'{"a": "lamps"}', "application/json", ""),
    ],
)  # fmt: skip
def test_why_words_may_be_missing(body: bytes, content_type: str, unread: str) -> None:
    assert read_page(body, content_type).unread == unread


@given(
    st.binary(max_size=200), st.sampled_from(["text/html", "application/pdf", "text/plain; charset=x", ""])
)
def test_any_bytes_are_read(body: bytes, content_type: str) -> None:
    assert isinstance(read_page(body, content_type).text, str)
    read_page(b"%PDF-1.4\n" + body).text.encode()
