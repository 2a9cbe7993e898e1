"""The rules that reading and validation hold content to, before any record is compared with another."""

from __future__ import annotations

from .rule import Rule

RULES = (
    Rule("yaml", "error", "A content file is plain YAML that every reader understands in the same way.", "final: no", 'final: "no"'),
    Rule("file-name", "error", "A record is a file `content/<collection>/<id>.yml`, a page `content/pages/<id>.md`; the id is lowercase letters, digits and single hyphens.", "content/glossary/Light_House.yaml", "content/glossary/light-house.yml"),
    Rule("id-unique", "error", "An id belongs to one record of the whole site, and is no name that the site needs itself.", "content/glossary/harbour.yml beside content/jurisdictions/harbour.yml", "content/glossary/harbour-word.yml"),
    Rule("unknown-key", "error", "A record holds only keys that its collection knows.", "titel: Lighthouse", "title: Lighthouse"),
    Rule("missing-key", "error", "A record holds every key that its collection requires.", "title: Lighthouse", "title: Lighthouse\nchecked: unknown"),
    Rule("wrong-value", "error", "A value is of the kind that its key asks for.", "issued: April 2025", "issued: 2025-04"),
)  # fmt: skip
