"""The weekly report in; one issue, opened once, renewed every week, closed while there is nothing to do, out."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlencode

from hub import BOT, MOST, api, every

TITLE = "What is due: links, quotes, reviews, packages"
LABEL = "weekly"


def main(report: str) -> None:
    state = "open" if "\n- " in report else "closed"
    listed = every(f"issues?{urlencode({'labels': LABEL, 'state': 'all'})}")
    mine = [issue["number"] for issue in listed if issue["user"]["login"] == BOT and issue["title"] == TITLE]
    if mine:
        api(f"issues/{mine[0]}", "PATCH", {"body": report, "state": state})
    elif state == "open":
        if api(f"labels/{LABEL}") is None:
            api(
                "labels",
                "POST",
                {"name": LABEL, "description": "What time does to the site", "color": "ededed"},
            )
        api("issues", "POST", {"title": TITLE, "body": report, "labels": [LABEL]})


if __name__ == "__main__":
    main(Path(sys.argv[1]).read_text("utf-8")[:MOST])
