"""Two states of the content in; the change in an editor's words out, and the pages that read otherwise with it."""

from .markdown import as_markdown
from .names import without_names
from .plain_json import as_json
from .report import NotTold, report_of
from .told import Report

__all__ = ["NotTold", "Report", "as_json", "as_markdown", "report_of", "without_names"]
