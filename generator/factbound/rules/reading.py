"""The rules that reading and validation hold content to, before any record is compared with another."""

from __future__ import annotations

from .rule import Rule

RULES = (
    Rule("yaml", "error", "A content file is plain YAML that every reader understands in the same way.", "final: no", 'final: "no"'),
    Rule("file-name", "error", "A record is a file `content/<collection>/<id>.yml`, a page `content/pages/<id>.md`; the id is lowercase letters, digits and single hyphens.", "content/glossary/Deep_Fake.yaml", "content/glossary/deepfake.yml"),
    Rule("id-unique", "error", "An id belongs to one record of the whole site.", "content/glossary/japan.yml beside content/jurisdictions/japan.yml", "content/glossary/japan-word.yml"),
    Rule("unknown-key", "error", "A record holds only keys that its collection knows.", "titel: Deepfake", "title: Deepfake"),
    Rule("missing-key", "error", "A record holds every key that its collection requires.", "title: Deepfake", "title: Deepfake\nchecked: unknown"),
    Rule("wrong-value", "error", "A value is of the kind that its key asks for.", "issued: April 2025", "issued: 2025-04"),
    Rule("prose-html", "error", "Prose holds no HTML, no attribute lists, no entities and nothing that runs or includes code.", "says: a <b>bold</b> word", "says: a **bold** word"),
    Rule("prose-link", "error", "Prose links only to http(s), mailto and tel addresses, written plainly.", "[here](javascript:alert)", "[here](https://example.org/)"),
    Rule("prose-image", "error", "Records hold no images; a hand-written page shows only files of the site.", "![a map](https://example.org/map.png)", "![a map](images/map.png)"),
    Rule("prose-definition", "error", "Prose defines no footnotes or link targets of its own.", "as reported[^1]", "as reported [@example-gazette]"),
    Rule("prose-citation", "error", "A citation is [@source-id], with a locator after a comma.", "[@Example Gazette]", "[@example-gazette, p. 3]"),
    Rule("prose-reference", "error", "A reference is [[id]] or [[id|words]].", "[[Deep fake]]", "[[deepfake]]"),
    Rule("prose-value", "error", "A value is {{ id.path }}.", "{{ takings }}", "{{ harbour-case.facts.takings }}"),
    Rule("prose-lookalike", "error", "The signs of the inline syntax are ASCII.", "［［deepfake］］", "[[deepfake]]"),
    Rule("prose-label", "error", "Titles and labels are plain words.", 'title: "The [[deepfake]]"', "title: The deepfake"),
    Rule("prose-block", "error", "A record's prose has paragraphs, lists and quotes only; a one-paragraph field has one.", "| a | table |", "- a list"),
    Rule("prose-heading", "error", "A heading of a hand-written page has an address in Latin letters.", "## 概要", "## 概要 {#overview}"),
    Rule("prose-line-start", "error", "A line of prose does not begin with a number or sign that turns it into a heading or a list elsewhere.", "#8891 is free to call.", "Call #8891, which is free."),
)  # fmt: skip
