"""Rules about markup: prose keeps to the inline syntax and to a small part of Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from ..library import Library
from ..problems import Problem
from ..prose import Heading
from .rule import Rule

ANCHORS = {"related", "backlinks", "changes", "sources"}
"""What the site itself adds to the end of a hand-written page."""


def markup(library: Library) -> Iterator[Problem]:
    """Mistakes of markup that parsing found."""
    for entry in library.all:
        for passage in entry.survey.passages:
            for trouble in passage.parsed.troubles:
                yield entry.problem(
                    passage.keys,
                    trouble.rule,
                    trouble.message,
                    trouble.todo,
                    offset=trouble.at,
                    snippet=trouble.snippet,
                )


def headings(library: Library) -> Iterator[Problem]:
    """Headings of a hand-written page with the same address."""
    for entry in library.collection("pages"):
        for passage in entry.survey.passages:
            taken = dict.fromkeys(ANCHORS, "a heading that the site adds to each page")
            for block in passage.parsed.blocks:
                if not isinstance(block, Heading) or not block.id:
                    continue
                if owner := taken.get(block.id):
                    yield entry.problem(
                        passage.keys,
                        "address-double",
                        f"'#{block.id}' is already the address of {owner}",
                        "end the heading with {#another-address}",
                        offset=block.children[0].at if block.children else 0,
                        snippet=getattr(block.children[0], "text", "") if block.children else "",
                    )
                taken[block.id] = "another heading of this page"


RULES = (
    Rule("prose-html", "error", "Prose holds no HTML, no attribute lists, no entities and nothing that runs or includes code.", "says: a <b>bold</b> word", "says: a **bold** word", (markup,)),
    Rule("prose-link", "error", "Prose links only to http(s), mailto and tel addresses, written plainly.", "[here](javascript:alert)", "[here](https://example.org/)", (markup,)),
    Rule("prose-image", "error", "Records hold no images; a hand-written page shows only files of the site.", "![a map](https://example.org/map.png)", "![a map](images/map.png)", (markup,)),
    Rule("prose-definition", "error", "Prose defines no footnotes or link targets of its own.", "as reported[^1]", "as reported [@example-gazette]", (markup,)),
    Rule("prose-citation", "error", "A citation is [@source-id], with a locator after a comma.", "[@Example Gazette]", "[@example-gazette, p. 3]", (markup,)),
    Rule("prose-reference", "error", "A reference is [[id]] or [[id|words]].", "[[Light house]]", "[[lighthouse]]", (markup,)),
    Rule("prose-value", "error", "A value is {{ id.path }}.", "{{ takings }}", "{{ harbour-case.facts.takings }}", (markup,)),
    Rule("prose-lookalike", "error", "The signs of the inline syntax are ASCII.", "［［lighthouse］］", "[[lighthouse]]", (markup,)),
    Rule("prose-label", "error", "Titles and labels are plain words.", 'title: "The [[lighthouse]]"', "title: The lighthouse", (markup,)),
    Rule("prose-block", "error", "A record's prose has paragraphs, lists and quotes only; a one-paragraph field has one.", "| a | table |", "- a list", (markup,)),
    Rule("prose-heading", "error", "A heading of a hand-written page has an address in Latin letters.", "## 概要", "## 概要 {#overview}", (markup,)),
    Rule("prose-line-start", "error", "A line of prose does not begin with a number or sign that turns it into a heading or a list elsewhere.", "#8891 is free to call.", "Call #8891, which is free.", (markup,)),
    Rule("address-double", "error", "An address within a hand-written page leads to one heading.", "## Sources", "## Our sources {#our-sources}", (headings,)),
)  # fmt: skip
