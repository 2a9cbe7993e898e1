"""The library in; every id that a field can take, with a few words on what stands behind it, out."""

from __future__ import annotations

import json
from typing import Any

from ..library import Library
from ..model import COLLECTIONS, Source, Words
from ..problems import short
from ..rules import RULES
from .kinds import DIALECT

_ABOUT = "What editors' programs offer. `factbound schema` renews it. An id that does not stand here is no mistake."


def offered(library: Library) -> dict[str, dict[str, str]]:
    """List -> id -> what stands behind it."""
    site: Any = library.site
    records = {
        name: {one.id: _about(one.record) for one in library.collection(name)}
        for name in (*COLLECTIONS, "pages")
    }
    named = {
        name: {id: _plain(one.label) for id, one in getattr(site, name, {}).items()}
        for name in ("stages", "conducts", "subjects")
    }
    return {
        **records,
        "values": dict(_values(library)),
        **named,
        "units": dict.fromkeys(getattr(site, "units", ()), ""),
        "advice": {id: rule.explains for id, rule in RULES.items() if rule.level == "advice"},
    }


def ids_file(library: Library) -> str:
    """The lists as definitions that schemas refer to, an id to a line, so that two new ones rarely meet in one place."""
    lists = [f"    {json.dumps(name)}: {_alternatives(found)}" for name, found in offered(library).items()]
    every = ", ".join(f'{{"$ref": "#/$defs/{name}"}}' for name in COLLECTIONS)
    lists.append(f'    "records": {{"anyOf": [{every}]}}')
    head = f'{{\n  "$schema": {json.dumps(DIALECT)},\n  "description": {json.dumps(_ABOUT)},\n  "$defs": {{\n'
    return head + ",\n".join(lists) + "\n  }\n}\n"


def _alternatives(found: dict[str, str]) -> str:
    if not found:
        return "false"  # no list may be empty
    entries = (
        {"const": id, "description": about} if about else {"const": id} for id, about in sorted(found.items())
    )
    lines = ",".join(f"\n      {json.dumps(one, ensure_ascii=False)}" for one in entries)
    return f'{{"anyOf": [{lines}\n    ]}}'


def _values(library: Library) -> Any:
    for entry in library.entries.values():
        for path in library.paths(entry):
            if valued := library.valued(path):
                label = getattr(entry.at(valued.keys), "label", None)
                yield path, f"{_plain(label)}: {_about(entry.record)}" if label else _about(entry.record)


def _about(record: Any) -> str:
    if not isinstance(record, Source):
        return _plain(record.title)
    title = record.title_translated or ("untitled" if record.title == "unknown" else record.title)
    where = record.container_title or record.publisher
    rest = ", ".join(str(part) for part in (where, record.issued) if part and part != "unknown")
    return short(title) + (f" ({rest})" if rest else "")


def _plain(words: Words) -> str:
    return " ".join(next(iter(words.by_lang.values())).split())
