"""The YAML parser's complaint in; a problem in an editor's words out."""

from __future__ import annotations

import re

import yaml

from ..problems import Problem
from .events import line_column


def explain(text: str, path: str, error: yaml.MarkedYAMLError) -> Problem:
    """The parser's complaint in an editor's words."""
    mark = error.problem_mark or error.context_mark
    index = min(mark.index, len(text)) if mark else 0
    said = f"{error.context or ''} {error.problem or ''}"
    row = text.rfind("\n", 0, index) + 1
    end = text.find("\n", index)
    line = text[row : end if end >= 0 else None]
    trap = re.search(r"(?:^|[:-])\s+(\[\[|\{\{|\[@|@|`|%)", line)
    if "quoted scalar" in said and error.context_mark:
        index, message, todo = (
            error.context_mark.index,
            "a quotation mark is opened here and not closed",
            'close it, and write \\" or use | for quotation marks inside the text',
        )
    elif trap:
        index, message = row + trap.start(1), f"text that begins with '{trap[1]}' must be quoted"
        todo = "put the whole text in double quotes, or start it with | on the line before"
    elif "mapping values are not allowed" in said:
        message, todo = (
            "': ' inside unquoted text starts a new key",
            "put the whole text in double quotes, and check that the line is indented like its neighbours",
        )
    elif "could not find expected ':'" in said:
        if error.context_mark:
            index = error.context_mark.index
        message, todo = (
            "this line is no 'key: value'",
            "write 'key: value', or indent the line to continue the text above",
        )
    elif (
        "expected <block end>" in said
        or "did not find expected key" in said
        or "did not find expected '-'" in said
    ):
        message, todo = (
            "this line does not fit the lines above",
            "check its indentation and the quotation marks before it",
        )
    elif "undefined alias" in said or "did not find expected alphabetic" in said:
        message, todo = "text that begins with * or & must be quoted", "put it in double quotes"
    elif "flow sequence" in said or "flow mapping" in said:
        if error.context_mark:
            index = error.context_mark.index
        message, todo = (
            "a bracket is opened here and not closed",
            "close it, or quote the text if it begins with [ or {",
        )
    else:
        message, todo = (
            f"this is not YAML: {(error.problem or 'unknown mistake').strip()}",
            "compare with a record of the same kind",
        )
    line_number, column = line_column(text, index)
    return Problem(path, line_number, column, "error", "yaml", message, todo)
