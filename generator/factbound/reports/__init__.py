"""What a check has found, in the forms that other programs read: JSON, SARIF, and what GitHub shows of a run."""

from .findings import Findings
from .github import MAX_SUMMARY, summary, workflow_log
from .plain_json import as_json
from .sarif import as_sarif

__all__ = ["MAX_SUMMARY", "Findings", "as_json", "as_sarif", "summary", "workflow_log"]
