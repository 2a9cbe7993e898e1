"""Sources in; a bibliography as CSL-JSON, BibTeX or RIS out.

What was not seen is left out rather than made up: a source whose title was not seen has none, our own
translations are notes, and a source that is not to be linked carries no address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from .model import Source
from .strings import Strings
from .values import Date

Sources = Mapping[str, Source]
"""id -> source, in the order of the bibliography."""


def csl_json(sources: Sources) -> str:
    """By the CSL-JSON schema (citation-style-language 1.0)."""
    return (
        json.dumps([_csl(id, source) for id, source in sources.items()], ensure_ascii=False, indent=2) + "\n"
    )


def _csl(id: str, source: Source) -> dict[str, Any]:
    item: dict[str, Any] = {"id": id, "type": source.type}
    if source.title != "unknown":
        item["title"] = source.title
    if names := _authors(source):
        item["author"] = [{"literal": name} for name in names]
    item |= {
        key: value
        for key, value in (("container-title", source.container_title), ("publisher", source.publisher))
        if value
    }
    if isinstance(source.issued, Date):
        item["issued"] = _csl_date(source.issued)
    if isinstance(source.accessed, Date):
        item["accessed"] = _csl_date(source.accessed)
    if address := _address(source):
        item["URL"] = address
    item["language"] = source.language
    if note := _note(source):
        item["note"] = note
    return item


def _csl_date(date: Date) -> dict[str, Any]:
    parts = _parts(date)
    found: dict[str, Any] = {"date-parts": [parts]} if parts else {"literal": date.text}
    return {**found, "circa": True} if date.approximate else found


def _parts(date: Date) -> list[int]:
    """Year, month and day as far as they are known; nothing for periods, bounds and seasons."""
    if date.interval or date.bounds:
        return []
    parts = [int(part) for part in date.text.rstrip("~?%").split("-")]
    return parts if len(parts) < 2 or parts[1] <= 12 else parts[:1]


_BIBTEX_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "book": "book", "report": "techreport",
}  # fmt: skip
_BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(sources: Sources) -> str:
    """BibTeX in UTF-8; an agency or an office is one name, kept together by braces."""
    return "\n".join(_bibtex(id, source) for id, source in sources.items())


def _bibtex(id: str, source: Source) -> str:
    kind = _BIBTEX_TYPES.get(source.type, "misc")
    fields: dict[str, str] = {}
    if names := _authors(source):
        fields["author"] = " and ".join("{" + _tex(name) + "}" for name in names)
    if source.title != "unknown":
        fields["title"] = "{" + _tex(source.title) + "}"
    if source.container_title:
        fields["journal" if kind == "article" else "howpublished"] = _tex(source.container_title)
    if source.publisher:
        fields["institution" if kind == "techreport" else "publisher"] = _tex(source.publisher)
    parts = _parts(source.issued) if isinstance(source.issued, Date) else []
    if parts:
        fields["year"] = str(parts[0])
    month = f"  month = {_MONTHS[parts[1] - 1]},\n" if len(parts) > 1 else ""
    if len(parts) > 2:
        fields["day"] = str(parts[2])
    if address := _address(source):
        fields["url"] = address.replace("{", "%7B").replace("}", "%7D")
    fields["language"] = source.language
    if note := _note(source):
        fields["note"] = _tex(note)
    body = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
    return f"@{kind}{{{id},\n{body}{month}}}\n"


def _tex(text: str) -> str:
    return "".join(_BIBTEX_ESCAPES.get(char, char) for char in _one_line(text))


_RIS_TYPES = {
    "article-newspaper": "NEWS", "article-magazine": "MGZN", "article-journal": "JOUR", "article": "GEN", "broadcast": "VIDEO",
    "webpage": "ELEC", "post-weblog": "BLOG", "report": "RPRT", "legislation": "STAT", "legal_case": "CASE", "bill": "BILL",
    "speech": "SOUND", "book": "BOOK", "entry": "DICT", "hearing": "HEAR", "dataset": "DATA",
}  # fmt: skip


def ris(sources: Sources) -> str:
    """RIS, a line `XX  - value` for each field."""
    return "\n".join(_ris(id, source) for id, source in sources.items())


def _ris(id: str, source: Source) -> str:
    parts = _parts(source.issued) if isinstance(source.issued, Date) else []
    seen = _parts(source.accessed) if isinstance(source.accessed, Date) else []
    fields = [
        ("TY", _RIS_TYPES[source.type]),
        ("ID", id),
        *(("AU", name) for name in _authors(source)),
        ("TI", "" if source.title == "unknown" else source.title),
        ("T2", source.container_title or ""),
        ("PB", source.publisher or ""),
        ("PY", str(parts[0]) if parts else ""),
        ("DA", "/".join(f"{part:02d}" for part in parts) if len(parts) > 1 else ""),
        ("Y2", "/".join(f"{part:02d}" for part in seen)),
        ("UR", _address(source)),
        ("LA", source.language),
        ("N1", _note(source)),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - ", ""])


def _authors(source: Source) -> list[str]:
    return list(source.author) or ([source.agency] if source.agency else [])


def _address(source: Source) -> str:
    return source.URL if source.URL and source.link == "yes" else ""


def _note(source: Source) -> str:
    parts = [f"Title in English, by us: {source.title_translated}" if source.title_translated else ""]
    parts.append("Only a copy or summary by others was read" if source.read == "copy" else "")
    return ". ".join(part for part in parts if part)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def in_order(sources: Iterable[tuple[str, Source]]) -> dict[str, Source]:
    """Sources by id, so that the same content gives the same bytes."""
    return dict(sorted(sources))


def cite_page(id: str, title: str, record: Any, say: Strings, site: str, address: str) -> dict[str, str]:
    """How to cite one page of the site: as text, BibTeX and RIS. What is not known is left out."""
    checked = getattr(record, "checked", None)
    date = checked if isinstance(checked, Date) else None
    parts = [f"“{title}”", site]
    if date:
        parts.append(say("cite.checked", date=say.setting.date(date)))
    if address:
        parts.append(address)
    fields = [("title", "{" + _tex(title) + "}"), ("howpublished", _tex(site)), ("url", address)]
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    lines = [("TY", "ELEC"), ("ID", id), ("TI", title), ("T2", site), ("UR", address)]
    year = _parts(date)[:1] if date else []
    if year:
        body += f"  year = {{{year[0]}}},\n"
        lines.append(("PY", str(year[0])))
    return {
        "text": ", ".join(parts) + ".",
        "bibtex": f"@misc{{{id},\n{body}}}",
        "ris": "\n".join([*(f"{tag}  - {_one_line(value)}" for tag, value in lines if value), "ER  - "]),
    }
