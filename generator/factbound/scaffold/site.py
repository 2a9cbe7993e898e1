"""A folder in; a whole site on another subject, ready to be checked and built, out."""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from ..library import load
from ..schema import write_schemas
from ..settings import Project
from .record import shipped_starters

_HERE = Path(__file__).resolve().parent
_REPOSITORY = _HERE.parent.parent.parent
_MAY_BE_THERE = (".git",)
"""What a folder may hold that is still taken for empty."""
_OF_THE_PROGRAM = ("program.yml", "dependabot.yml", "__pycache__")
"""What a repository keeps in .github for the program's own sake."""
_UNKNOWN_ORIGIN = "# Where the program comes from, as pip takes it: a folder, or factbound @ git+https://…\n"


class NotEmpty(ValueError):
    """Something stands where the site should; the message says what to do."""


def write_site(folder: Path) -> list[str]:
    """Write a site into a folder that is not there yet, or empty; return the paths of its files.

    It is made beside the folder first, so that nothing is half written.

    Raises NotEmpty, and OSError where something cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise NotEmpty(f"{folder} is a file (name a new folder)")
    there = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    if others := [name for name in there if name not in _MAY_BE_THERE]:
        raise NotEmpty(f"{folder} is not empty: it holds {others[0]} (name a new folder)")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        made = Path(beside) / "site"
        _lay_out(made)
        files = sorted(file.relative_to(made).as_posix() for file in made.rglob("*") if file.is_file())
        folder.mkdir(exist_ok=True)
        for one in made.iterdir():
            one.rename(folder / one.name)
    return files


def _lay_out(site: Path) -> None:
    shutil.copytree(_HERE / "new_site", site)
    (site / "gitignore").rename(site / ".gitignore")
    for name, shipped in _copied().items():
        if shipped.is_dir():
            shutil.copytree(shipped, site / name, ignore=shutil.ignore_patterns(*_OF_THE_PROGRAM))
    (site / "requirements.lock").write_text(_origin(), "utf-8")
    write_schemas(load(Project(site)))


def _copied() -> dict[str, Path]:
    """Folder of a site -> where the program keeps it, installed or in its own repository."""
    packed = _HERE.parent
    return {
        "content/_starters": shipped_starters(),
        **{
            f".{name}": packed / name if (packed / name).is_dir() else _REPOSITORY / f".{name}"
            for name in ("github", "vscode")
        },
    }


def _origin() -> str:
    """What to install, where the program was installed from a repository; else how to say it (PEP 610)."""
    try:
        told = json.loads(distribution("factbound").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return _UNKNOWN_ORIGIN
    kept = told.get("vcs_info") or {}
    if not {"vcs", "commit_id"} <= set(kept) or "://" not in (address := told.get("url", "")):
        return _UNKNOWN_ORIGIN
    return f"factbound @ {kept['vcs']}+{address}@{kept['commit_id']}\n"
