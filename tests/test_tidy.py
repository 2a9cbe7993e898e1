"""What a builder writes and HTML does not know."""

from __future__ import annotations

import pytest

from factbound.tidy import tidy


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("<p>One<br />two</p>\n<hr />", "<p>One<br>two</p>\n<hr>"),
        ('<img alt="a lamp" src="lamp.png" />', '<img alt="a lamp" src="lamp.png">'),
        ('<svg><path d="M0 0"/></svg>', '<svg><path d="M0 0"/></svg>'),
        ("&lt;br /&gt; <b>/></b>", "&lt;br /&gt; <b>/></b>"),
        (
            '<input class="md-toggle" type="checkbox" id="__search" autocomplete="off">',
            '<input class="md-toggle" type="checkbox" id="__search">',
        ),
        (
            '<a href="https://gazette.example/a?b=1#:~:text=lit%20by">A</a>',
            '<a href="https://gazette.example/a?b=1#:~:text=lit%20by" data-page="https://gazette.example/a?b=1">A</a>',
        ),
        (
            '<a class="x" href="a/"></a><a href="https://gazette.example/#part:~:text=lit"></a>',
            '<a class="x" href="a/"></a><a href="https://gazette.example/#part:~:text=lit" data-page="https://gazette.example/"></a>',
        ),
        ('<a href="https://gazette.example/#part">B</a>', '<a href="https://gazette.example/#part">B</a>'),
        ('<input name="query" autocomplete="off">', '<input name="query" autocomplete="off">'),
    ],
)
def test_what_html_does_not_know_is_taken_out(written: str, tidied: str) -> None:
    assert tidy(written) == tidied


@pytest.mark.parametrize(
    ("first", "second"),
    [("The <i lang=ja>灯</i>", "The <i lang=ja>灯</i>"), ("The lamp", "The 灯"), ("<b>A</b> lamp", "The 灯")],
)
def test_the_title_in_the_header_keeps_what_is_marked(first: str, second: str) -> None:
    header = '<div class="md-header__topic" data-md-component="header-topic">\n <span class="md-ellipsis">{}</span></div>'
    title = f'<h1 id="lamp">{first}<a class="headerlink" href="#lamp" title="Link">&para;</a></h1>'
    assert tidy(header.format("\n  The 灯\n ") + title).split("</span>")[0].split('">')[-1].strip() == second


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("An oil-lit lamp", 'An <span class="fb-whole">oil-lit</span> lamp'),
        ("A lamp-of-the-town", "A lamp-of-the-town"),
        ('<i lang="zh-Hant">灯</i> - lamp', '<i lang="zh-Hant">灯</i> - lamp'),
    ],
)
def test_no_line_of_a_title_ends_within_a_short_word(written: str, tidied: str) -> None:
    assert tidy(f'<h1 id="a-lamp">{written}</h1><p>An oil-lit lamp</p>') == (
        f'<h1 id="a-lamp">{tidied}</h1><p>An oil-lit lamp</p>'
    )


def test_a_heading_is_called_by_its_words_and_a_sign_by_what_it_does() -> None:
    link = '<a class="headerlink" href="#oil" title="Link to this section"{}>&para;</a>'
    assert tidy(f'<h2 class="x" id="oil">The <b>oil</b>{link.format("")}</h2>') == (
        '<h2 class="x" id="oil" aria-labelledby="said:oil"><span id="said:oil">The <b>oil</b></span>'
        f"""{link.format(' aria-label="Link to this section"')}</h2>"""
    )
    back = '<a class="footnote-backref" href="#fnref:1" title="Jump back to footnote 1 in the text"{}>&#8617;</a>'
    assert tidy(back.format("")) == back.format(' aria-label="Jump back to footnote 1 in the text"')
    second = back.replace("#fnref:1", "#fnref2:1")
    assert tidy(second.format("")) == second.format(' aria-label="Jump back to footnote 1 in the text (2)"')


def test_the_rows_of_the_comparison_have_headings() -> None:
    table = '<div class="fb-compare" x><table><thead><tr>\n<th>Place</th></tr></thead><tr>\n<td><a>{}</td>\n<td>2</td></tr></table></div>'
    assert tidy(table.format("Quay</a>")) == table.format("Quay</a>").replace(
        "<tr>\n<td><a>Quay</a></td>", '<tr><th scope="row"><a>Quay</a></th>'
    )
    assert tidy("<table><tr>\n<td>1</td></tr></table>") == "<table><tr>\n<td>1</td></tr></table>"
