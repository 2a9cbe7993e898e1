"""The table of rules in; its page in the docs, and the answers of `factbound rules`, out."""

from __future__ import annotations

from collections.abc import Iterable

from .rule import Rule

_HEAD = """\
# Rules

What content is held to, each rule by the id that a problem shows in brackets. An **error** stops a check and a
build. **Advice** stops them under `--strict`, unless the record accepts it with a reason and an end:

```yaml
accepted:
  - {rule: term-unused, because: The record that uses it is being written., until: 2027-01-31}
```

`factbound rules ID` prints one of them. This page is made by `factbound rules --markdown > docs/rules.md`.
"""


def listing(rules: Iterable[Rule]) -> str:
    """A line for each rule: its id, its level and what it asks for."""
    table = list(rules)
    width = max(len(rule.id) for rule in table)
    return "\n".join(f"{rule.id:{width}}  {rule.level:6}  {rule.explains}" for rule in table)


def explanation(rule: Rule) -> str:
    """One rule with its example, for a terminal."""
    return f"{rule.id} ({rule.level})\n{rule.explains}\n\nWrong:\n{_indented(rule.wrong)}\n\nRight:\n{_indented(rule.right)}"


def page(rules: Iterable[Rule]) -> str:
    """All rules as Markdown: a table of contents, then each with its example."""
    table = list(rules)
    rows = [
        f"| [`{rule.id}`](#{rule.id}) | {rule.level} | {rule.explains.replace('|', chr(92) + '|')} |"
        for rule in table
    ]
    parts = [_HEAD, "\n".join(["| Rule | Level | What it asks for |", "| --- | --- | --- |", *rows])]
    parts += [_section(rule) for rule in table]
    return "\n".join(f"{part.rstrip()}\n" for part in parts)


def _section(rule: Rule) -> str:
    return (
        f"## {rule.id}\n\n{rule.level.capitalize()}. {rule.explains}\n\n"
        f"Wrong:\n\n```text\n{rule.wrong}\n```\n\nRight:\n\n```text\n{rule.right}\n```"
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
