"""A key that is not taken where it stands in; the mapping above to which it belongs, and how far in it then begins, out.

YAML is content with a line that starts two columns too far in or out: it then says something else.
"""

from __future__ import annotations

from typing import Any, NamedTuple, get_origin

from ..settings import Strict
from ..values import VALUE_KINDS
from ..yamlfile import Document, Keys
from .fields import choices_of, field_at, fields_of, model_at


class Astray(NamedTuple):
    """A key at a wrong level."""

    keys: Keys
    """Where it stands."""
    home: Keys
    """The mapping that it belongs to."""
    what: str
    """Empty where the key before it tells it already."""
    todo: str


def find_astray(document: Document, model: type[Strict], keys: Keys) -> Astray | None:
    """Whether what is wrong at a place is that one of the keys on the way to it belongs elsewhere."""
    for end in range(1, len(keys) + 1):
        at, name = keys[: end - 1], keys[end - 1]
        if not isinstance(name, str) or not _begins_its_line(document, keys[:end]):
            continue
        here = model_at(model, at)
        if _is_free(model, at):
            entry, value = model_at(model, keys[:end]), document.value(keys[:end])
            if entry is None or (isinstance(value, dict) and set(value) & set(fields_of(entry))):
                continue
            found = _of_the_one_above(document, model, keys[:end]) or _of_one_around(
                document, model, keys[:end]
            )
            if found or name in fields_of(entry):
                return found or _without_a_name(document, entry, keys[:end])
        elif here is not None and name not in fields_of(here):
            return _of_the_one_above(document, model, keys[:end]) or _of_one_around(
                document, model, keys[:end]
            )
    return None


def _is_free(model: type[Strict], keys: Keys) -> bool:
    """Whether the keys of a mapping are names that an editor chooses."""
    inner, outer = model_at(model, (*keys, "")), model_at(model, keys)
    return bool(keys) and outer is None and inner is not None


def _of_the_one_above(document: Document, model: type[Strict], keys: Keys) -> Astray | None:
    """The last mapping of what stands before the key, where that takes it in."""
    *at, name = keys
    siblings = list(document.value(tuple(at)))
    before = siblings[: siblings.index(name)]
    home: Keys = (*at, before[-1]) if before else ()
    if home and document.value(home) is None:
        return _of_the_empty_one(document, model, keys, home)
    while home:
        value = document.value(home)
        if not isinstance(value, dict | tuple) or not value:
            return None
        if isinstance(value, dict) and _knows(model, home, value, str(name)):
            return _moved(document, keys, home, next(iter(value)))
        home = (*home, list(value)[-1] if isinstance(value, dict) else len(value) - 1)
    return None


def _of_the_empty_one(document: Document, model: type[Strict], keys: Keys, home: Keys) -> Astray | None:
    """The key right above, where it wants a mapping and has nothing."""
    field = field_at(model, home)
    is_free = field and any(get_origin(one) is dict for one in choices_of(field.rebuild_annotation()))
    if not is_free and keys[-1] not in fields_of(model_at(model, home)):
        return None
    _line, column = document.place(home, at_key=True)
    what = f"'{keys[-1]}' belongs to '{home[-1]}' above it, which is empty"
    return Astray(keys, home, what, f"begin it and what belongs to it with {column + 1} spaces")


def _of_one_around(document: Document, model: type[Strict], keys: Keys) -> Astray | None:
    """The nearest mapping around the one in which the key stands, where that takes it in."""
    name = keys[-1]
    for end in range(len(keys) - 2, -1, -1):
        value = document.value(keys[:end])
        if isinstance(value, dict) and _knows(model, keys[:end], value, str(name)):
            return _moved(document, keys, keys[:end], next(iter(value)))
    return None


def _moved(document: Document, keys: Keys, home: Keys, first: str) -> Astray | None:
    if not _begins_its_line(document, (*home, first)):
        return None
    _line, column = document.place((*home, first), at_key=True)
    name = next((str(key) for key in reversed(home) if isinstance(key, str)), "")
    whose = f"'{name}'" if name else "the record itself"
    spaces = f"with {column - 1} spaces" if column > 1 else "without spaces"
    return Astray(
        keys,
        home,
        f"'{keys[-1]}' belongs to {whose}, and does not stand there",
        f"begin it {spaces}, under '{first}'",
    )


def _without_a_name(document: Document, entry: type[Strict], keys: Keys) -> Astray:
    siblings = list(document.value(keys[:-1]))
    before = siblings[: siblings.index(keys[-1])]
    what = f"'{keys[-1]}' stands where '{keys[-2]}' has names"
    todo = "write a line with a name and a colon above it, and begin it and what belongs to it two spaces further in"
    return Astray(keys, keys[:-1], "" if before and before[-1] in fields_of(entry) else what, todo)


def _knows(model: type[Strict], home: Keys, value: dict[str, Any], name: str) -> bool:
    """Whether a mapping takes a key that it does not have."""
    kinds = [VALUE_KINDS[key] for key in value if key in VALUE_KINDS]
    known = fields_of(model_at(model, home) or (kinds[0] if len(kinds) == 1 else None))
    return name in known and name not in value


def _begins_its_line(document: Document, keys: Keys) -> bool:
    """Whether a key is written in a line of its own, and not within { }."""
    start = document.key_start(keys)
    return not document.text[document.text.rfind("\n", 0, start) + 1 : start].strip(" -")
