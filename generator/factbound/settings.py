"""Where a project's folders are, and what its surroundings say of where the site will stand."""

from __future__ import annotations

import ast
import datetime
import inspect
import os
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

_ADDRESS = re.compile(r"https?://[^\s/\"<>]+[^\s\"<>]*|mailto:[^\s\"<>@]+@[^\s\"<>@]+")
_EPOCH = re.compile("[0-9]{1,11}")


class Strict(BaseModel):
    """Base of all that is read from YAML: no unknown keys, no coercion, no change afterwards."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
    )


@cache
def docstrings(model: type[Strict]) -> Mapping[str, str]:
    """Field -> the text under it, which is its help.

    Read only when somebody asks: pydantic's own `use_attribute_docstrings` parses the source of every model at each start.
    """
    found: dict[str, str] = {}
    for one in reversed([one for one in model.__mro__ if one is not Strict and issubclass(one, Strict)]):
        [written] = ast.parse(textwrap.dedent(inspect.getsource(one))).body
        assert isinstance(written, ast.ClassDef)
        for field, text in zip(written.body, written.body[1:], strict=False):
            match field, text:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(said))):
                    found[name] = inspect.cleandoc(said)
    return {name: text for name, text in found.items() if name in model.model_fields}


@dataclass(frozen=True)
class Project:
    """The folders of one site."""

    root: Path

    @property
    def content(self) -> Path:
        """All that an editor touches."""
        return self.root / "content"

    @property
    def theme(self) -> Path:
        """The project's own templates, strings and overrides, or those that came with the program."""
        own = self.root / "theme"
        return own if own.is_dir() else shipped_theme()

    def shown(self, file: Path) -> str:
        """A file as problems name it: relative to the project, with forward slashes."""
        return file.relative_to(self.root).as_posix()


@dataclass(frozen=True)
class Addresses:
    """Where the built site and its sources stand; each is empty where it was not given."""

    site: str = ""
    """Of the hosted site; without it canonical addresses are left out."""
    edit: str = ""
    """Base to which a content file's path is added for "edit this page"."""
    corrections: str = ""
    """Where a reader sends a correction: an address of the web or of mail."""

    VARIABLES: ClassVar = {
        "site": "FACTBOUND_SITE_URL",
        "edit": "FACTBOUND_EDIT_URL",
        "corrections": "FACTBOUND_CORRECTIONS_URL",
    }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Addresses:
        """Read the three variables of `VARIABLES`.

        Raises ValueError, with what to write instead, for an address that is not http(s) or, for
        corrections, mailto.
        """
        given = {name: environment.get(variable, "").strip() for name, variable in cls.VARIABLES.items()}
        for name, address in given.items():
            schemes = ("https://", "http://") + (("mailto:",) if name == "corrections" else ())
            if address and not (address.startswith(schemes) and _ADDRESS.fullmatch(address)):
                raise ValueError(
                    f"{cls.VARIABLES[name]} is '{address}' (begin it with {' or '.join(schemes)})"
                )
        if given["edit"] and not given["edit"].endswith("/"):
            given["edit"] += "/"
        return cls(**given)

    def left_out(self) -> list[str]:
        """What the site goes without because an address is not known, one sentence each."""
        lost = {
            "site": "canonical addresses",
            "edit": '"edit this page"',
            "corrections": "the address to which corrections are sent",
        }
        return [
            f"{lost[name]} left out: {variable} is not set"
            for name, variable in self.VARIABLES.items()
            if not getattr(self, name)
        ]


def today(given: str | None = None, environment: Mapping[str, str] = os.environ) -> datetime.date:
    """The day that counts as today: `given`, else SOURCE_DATE_EPOCH (seconds since 1970, UTC), else the clock.

    Raises ValueError for a day or an epoch that is none.
    """
    if given:
        try:
            return datetime.date.fromisoformat(given)
        except ValueError:
            raise ValueError(f"there is no day '{given}' (write one such as 2026-07-01)") from None
    epoch = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.datetime.now(datetime.UTC).date()
    if not _EPOCH.fullmatch(epoch):
        raise ValueError(f"SOURCE_DATE_EPOCH is '{epoch}' (give it whole seconds since 1970)")
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()


def find_project(start: Path) -> Project:
    """The project that a folder belongs to: the nearest one above it with `content/site.yml`.

    Raises ValueError where there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "content" / "site.yml").is_file():
            return Project(folder)
    raise ValueError(
        "no content/site.yml here or in a folder above (change into the project, or give --project DIR)"
    )


def shipped_theme() -> Path:
    here = Path(__file__).resolve().parent
    packed = here / "theme"
    return packed if packed.is_dir() else here.parent.parent / "theme"
