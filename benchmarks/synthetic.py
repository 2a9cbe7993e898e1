"""Write a project of invented records, the same for the same seed: synthetic.py FOLDER --records 1000

Harbours and lighthouses, "Example Gazette" and nobody real; as large as real records are, and without a problem."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from common import words
from common.records import (
    Data,
    World,
    case,
    explainer,
    jurisdiction,
    regulation,
    service,
    source,
    statistic,
    term,
)
from common.yaml_text import to_yaml

REPOSITORY = Path(__file__).resolve().parent.parent
MAKERS: dict[str, tuple[float, str, Callable[[World, str, int], Data]]] = {
    "cases": (0.075, "night", case),
    "statistics": (0.025, "count", statistic),
    "regulations": (0.085, "act", regulation),
    "jurisdictions": (0.04, "coast", jurisdiction),
    "glossary": (0.145, "word", term),
    "explainers": (0.005, "story", explainer),
    "help": (0.045, "line", service),
    "sources": (0.58, "report", source),
}
"""Collection -> its share of all records, a part of its ids, and who makes one. Sources are what is left. The shares are
those of the real content (295 records, 1.37 KB on average)."""
FEWEST = 25


def write_project(folder: Path, records: int, seed: int = 1) -> int:
    """Write a project of so many records into a folder that does not exist yet; return the bytes of its content.

    One of the records is the hand-written page "about"; mkdocs.yml and theme/ are copies of this repository's.
    """
    if records < FEWEST:
        raise ValueError(f"{records} records are too few for one of each kind (ask for {FEWEST} or more)")
    world = World(_ids(records - 1), random.Random(seed))
    size = 0
    for collection, (_share, _part, make) in MAKERS.items():
        (folder / "content" / collection).mkdir(parents=True)
        for rank, id in enumerate(world.ids[collection]):
            text = to_yaml(make(world, id, rank), collection)
            size += (folder / "content" / collection / f"{id}.yml").write_bytes(text.encode())
    (folder / "content" / "site.yml").write_text(to_yaml(_site(world), ""), "utf-8")
    (folder / "content" / "words.yml").write_text(to_yaml(_refused(), ""), "utf-8")
    (folder / "content" / "pages").mkdir()
    (folder / "content" / "pages" / "about.md").write_text(_ABOUT, "utf-8")
    shutil.copyfile(REPOSITORY / "mkdocs.yml", folder / "mkdocs.yml")
    shutil.copytree(REPOSITORY / "theme", folder / "theme")
    return size


def _ids(records: int) -> dict[str, list[str]]:
    counts = {name: max(2, round(records * share)) for name, (share, _part, _make) in MAKERS.items()}
    counts["sources"] += records - sum(counts.values())
    return {
        name: [
            f"{words.PLACES[rank % len(words.PLACES)].lower()}-{MAKERS[name][1]}-{rank // len(words.PLACES) + 1}"
            for rank in range(count)
        ]
        for name, count in counts.items()
    }


def _site(world: World) -> Data:
    def counted(name: str) -> Data:
        return {"en": {"one": name, "other": f"{name}s"}}

    return {
        "title": "Lights and harbours",
        "description": "An invented site about invented harbours, which measures how fast a real one is built.",
        "languages": [{"lang": "en", "locale": "en-GB", "name": "English"}],
        "front": world.ids["explainers"][0],
        "collections": list(MAKERS),
        "pages": ["about"],
        "stages": {
            stage: {
                "label": stage.capitalize(),
                "verb": verb,
                "convicted": stage == "convicted",
                "note": "Everyone is presumed innocent until a court has decided.",
            }
            for stage, verb in words.STAGES.items()
        },
        "conducts": {
            "showing-no-light": {"label": "Showing no light"},
            "moving-a-mark": {"label": "Moving a mark"},
        },
        "subjects": {"ship": {"label": "A ship"}, "pier": {"label": "A pier"}},
        "units": {unit: counted(unit.removesuffix("s")) for unit in ("ships", "harbours")},
        "review": {"cases": "180d"},
        "help-note": "There are services that help people at sea. They are listed under [[help|Help]].",
        "licence": "Invented for measuring",
    }


_ABOUT = """\
---
title: About this site
summary: A site of invented records, which measures how fast a real one is built.
checked: unknown
---

## What this is {#what}

Nothing here is real: no harbour, no lighthouse, no newspaper.
"""


def _refused() -> Data:
    return {
        "words": {
            word: {"lang": "en", "use": use, "because": "Plain words are read by more people."}
            for word, use in words.REFUSED
        },
        "guilt": {"en": {"words": ["guilty", "culprit"], "people": ["the accused"]}},
    }


def main() -> int:
    """Read the command line and write the project."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--records", type=int, default=1000, help="how many (default: %(default)s)")
    parser.add_argument(
        "--seed", type=int, default=1, help="another seed, other records (default: %(default)s)"
    )
    given = parser.parse_args()
    if given.folder.exists():
        parser.error(f"{given.folder} is there already (name a new folder)")
    try:
        size = write_project(given.folder, given.records, given.seed)
    except ValueError as error:
        parser.error(str(error))
    print(f"{given.records} records, {size / 1e6:.1f} MB, written to {given.folder}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
