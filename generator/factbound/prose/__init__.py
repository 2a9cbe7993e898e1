"""Prose from YAML in; nodes out, parsed once; Markdown, HTML or plain text from the nodes.

`parse` reads the inline syntax and the closed subset of Markdown, `walk` and `sentences` ask the nodes,
`markdown`, `html` and `plain` set them.
"""

from .blocks import MODES, Mode, Parsed, one_line, parse
from .nodes import (
    Block,
    Citation,
    Cite,
    Code,
    Emphasis,
    Heading,
    Image,
    Inline,
    Items,
    Link,
    Paragraph,
    Quote,
    Ref,
    Strong,
    Table,
    Text,
    Unlinked,
    ValueRef,
    paragraphs,
    sentences,
    states_a_figure,
    walk,
)
from .render import Voice, escape, escape_inline, html, markdown, markdown_inline, plain, url

__all__ = [
    "MODES", "Block", "Citation", "Cite", "Code", "Emphasis", "Heading", "Image", "Inline", "Items", "Link", "Mode",
    "Paragraph", "Parsed", "Quote", "Ref", "Strong", "Table", "Text", "Unlinked", "ValueRef", "Voice", "escape",
    "escape_inline", "html", "markdown", "markdown_inline", "one_line", "paragraphs", "parse", "plain", "sentences",
    "states_a_figure", "url", "walk",
]  # fmt: skip
