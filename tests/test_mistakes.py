"""More than fifty mistakes of an editor, seeded into one project: each is found at its line, and nothing else is found.

A comment `# !rule` stands on the line on which a mistake is to be reported.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from factbound.cli import main
from helpers import lay

MARK = re.compile(r"# !([a-z!, -]+)$")
HEAD = "kind: incident\njurisdiction: example-land\noccurred: 2025-04-14\nchecked: unknown\n"
GAZETTE = "evidence: [{source: example-gazette}]\n"
SOURCE = "type: report\ntitle: A report\nlanguage: en\npublisher: Example Office\nissued: 2025-04-14\naccessed: unknown\n"


def case(body: str, title: str = "title: A case", evidence: str = GAZETTE) -> str:
    return f"{title}\n{HEAD}{evidence}{body}"


WORDS = """\
words:
  vessel: {lang: en, use: ship, because: It is shorter.}
guilt:
  en: {words: [committed, guilty, culprit, crime], people: [he, she, the man], except-in: [not guilty]}
  ja: {words: [犯人, 犯行], people: [容疑者], except-in: []}
"""
SITE = """\
title: The harbour lanterns
description: What is known of the lanterns in the harbour.
languages:
  - {lang: en, locale: en-GB, name: English}
  - {lang: ja, locale: ja-JP, name: Japanese}
front: the-story
collections: [cases, statistics, regulations, jurisdictions, glossary, sources, explainers]
pages: [about]
stages:
  charged: {label: Charged, verb: was charged}
  STAGE
  convicted: {label: Convicted, verb: was convicted, convicted: true}
conducts: {selling: {label: Selling}}
subjects: {lamps: {label: Lamps}}
units:
  lamps: {en: {one: lamp, other: lamps}, ja: {other: 灯}}
"""

ACCOUNT = (
    "facts:\n  price:\n    says: It was dear.\n    accounts:\n"
    "      other: {says: Very dear., relation: compatible, evidence: [{source: example-register}]}\n"
)

BEFORE = {
    "content/words.yml": WORDS,
    "content/site.yml": SITE.replace("STAGE", "suspected: {label: Suspected, verb: is suspected}"),
    "content/sources/example-copy.yml": SOURCE + "read: copy\n",
    "content/sources/example-register.yml": SOURCE + "read: publisher\n",
    "content/cases/figures.yml": case(
        "facts:\n"
        "  price: {label: The price, value: {amount: 34500, currency: EUR}}\n"
        "  share: {label: The share, value: {percent: 62.5}}\n"
        "  day: {label: The day, value: {date: 2025-03-17}}\n"
        "  none: {label: Nothing, value: {number: 0}}\n"
    ),
    "content/cases/moved-stage.yml": case("parties:\n  keeper: {role: The keeper, stage: charged}\n"),
    "content/cases/moved-value.yml": case(
        "facts:\n  price: {label: The price, value: {amount: 700, currency: EUR}}\n"
    ),
    "content/cases/moved-standing.yml": case("facts:\n  price: {says: It was dear., standing: alleged}\n"),
    "content/cases/lost-source.yml": case(
        "facts:\n  price: {says: It was dear., evidence: [{source: example-gazette}, {source: example-register}]}\n"
    ),
    "content/cases/moved-day.yml": case("", title="title: A case of the day"),
    "content/cases/lost-account.yml": case(ACCOUNT),
    "content/cases/own-evidence.yml": case("parties:\n  keeper: {role: The keeper, stage: charged}\n"),
    "content/cases/lost-fact.yml": case(
        "facts:\n  price: {says: It was dear., evidence: [{source: example-register}]}\n"
    ),
    "content/regulations/the-by-law.yml": (
        "title: The by-law\nlevel: instrument\nkind: act\njurisdiction: example-land\n"
        "status: {value: passed, as-of: 2025-05-01}\nprotects: {says: The harbour.}\n"
        f"history: {{first: {{label: As passed, passed: 2025-03-01}}}}\n{GAZETTE}checked: unknown\n"
    ),
}

AFTER = {
    # ----- quotes -----
    "content/cases/long-quote.yml": case("", evidence="evidence:\n  - {source: example-gazette, quote: one two three four five six seven eight nine ten eleven twelve thirteen}  # !quote-long\n"),
    "content/cases/long-quote-wide.yml": case("", evidence=f"evidence:\n  - {{source: example-gazette, quote: {'灯' * 61}}}  # !quote-long\n"),
    "content/cases/no-quote.yml": case("", evidence="evidence:\n  - {source: example-gazette, prefix: before dawn}  # !quote-context\n"),
    # ----- evidence and accounts -----
    "content/cases/no-evidence.yml": case("facts:\n  price: {says: It was dear.}  # !evidence-missing\n", evidence=""),
    "content/cases/copy-only.yml": case("facts:\n  price: {says: It was dear., evidence: [{source: example-copy}]}  # !lone-copy\n"),
    "content/cases/empty-fact.yml": case("facts:\n  price: {label: The price}  # !fact-empty\n"),
    "content/cases/no-figure-source.yml": case("sections:\n  about: {editorial: true, says: It cost 12 at first.}  # !figure-uncited\n"),
    "content/cases/no-paragraph-source.yml": case("sections:\n  about: {says: It was dear.}  # !paragraph-uncited\n"),
    "content/cases/other-kind.yml": case(
        "facts:\n  price:\n    value: {amount: 5, currency: EUR}\n    accounts:\n"
        "      other: {value: {percent: 5}, relation: differs, evidence: [{source: example-register}]}  # !account\n"
    ),
    "content/cases/silent-account.yml": case(
        "facts:\n  price:\n    says: It was dear.\n    accounts:\n"
        "      other: {relation: differs, evidence: [{source: example-register}]}  # !account\n"
    ),
    "content/cases/no-reason.yml": case(
        "facts:\n  price:  # !because-missing\n    says: It was dear.\n    accounts:\n"
        "      other: {says: It was cheap., relation: contradicts, evidence: [{source: example-register}]}\n"
    ),
    "content/sources/unlinked.yml": SOURCE + 'read: publisher\nlink: "no"  # !because-missing\n',
    "content/cases/unlinked-use.yml": case("", evidence="evidence: [{source: unlinked}]\n"),
    # ----- worked-out values -----
    "content/cases/by-zero.yml": case("facts:\n  share:\n    standing: inferred\n    derive: {op: ratio, of: [figures.facts.price, figures.facts.none]}  # !derived\n"),
    "content/cases/by-itself.yml": case("facts:\n  share:\n    standing: inferred\n    derive: {op: sum, of: [by-itself.facts.share, figures.facts.none]}  # !derived\n"),
    "content/cases/not-inferred.yml": case("facts:\n  twice:  # !derived\n    derive: {op: sum, of: [figures.facts.price, figures.facts.price]}\n"),
    "content/cases/no-rate.yml": case("facts:\n  abroad:\n    standing: inferred\n    derive: {op: convert, of: [figures.facts.price, figures.facts.share]}  # !derived\n"),
    # ----- numbers that a record holds -----
    "content/cases/typed-amount.yml": case('summary: "They took 34,500 euros, says [[figures|the case]]."  # !typed-number\n'),
    "content/cases/typed-share.yml": case('summary: "It was 62.5% of all, says [[figures|the case]]."  # !typed-number\n'),
    "content/cases/typed-day.yml": case('summary: "It began on 17 March 2025, says [[figures|the case]]."  # !typed-number\n'),
    "content/cases/other-amount.yml": case('summary: "They took [[figures.facts.price|36,500 euros]]."  # !number-contradicts\n'),
    "content/cases/near-amount.yml": case('summary: "They took 35,400 euros, says [[figures|the case]]."  # !number-contradicts\n'),
    "content/cases/near-day.yml": case('summary: "It [[figures.facts.day|began]] on 18 March 2025."  # !number-contradicts\n'),
    "content/cases/other-day.yml": case("facts:\n  day: {says: It was 18 March 2025., value: {date: 2025-03-17}}  # !number-contradicts\n"),
    "content/cases/japanese-share.yml": case('summary:\n  en: Lanterns were sold.\n  ja: "[[figures|記録]]では62.5%だった。"  # !typed-number\n'),
    # ----- words that a court has not said -----
    "content/cases/guilty-words.yml": case("summary: The keeper committed it.  # !guilt-unproven\nparties:\n  keeper: {role: The keeper, stage: charged}\n"),
    "content/cases/guilty-title.yml": case("parties:\n  keeper: {role: The keeper, stage: charged}\n", title="title: The keeper is guilty  # !guilt-unproven"),
    "content/cases/guilty-party.yml": case("parties:\n  keeper: {role: The keeper, stage: charged, says: A culprit by all accounts.}  # !guilt-unproven\n"),
    "content/cases/guilty-fact.yml": case("parties:\n  keeper: {role: The keeper, stage: charged}\nfacts:\n  plan: {says: The crime was planned., about: keeper}  # !guilt-unproven\n"),
    "content/cases/guilty-man.yml": case("summary: Then he was guilty.  # !guilt-unproven\nparties:\n  keeper: {role: The keeper, stage: charged}\n"),
    "content/cases/guilty-japanese.yml": case("summary:\n  en: Lanterns were sold.\n  ja: 容疑者は犯人である。  # !guilt-unproven\nparties:\n  keeper: {role: The keeper, stage: charged}\n"),
    "content/site.yml": SITE.replace("STAGE", "suspected: {label: Suspected, verb: committed it perhaps}  # !guilt-unproven"),
    "content/cases/refused-word.yml": case("summary: It was a vessel.  # !word-refused\n"),
    # ----- names -----
    "content/cases/named.yml": case("summary: Wilhelmina Quaverly was there.  # !name-withheld\n"),
    "content/cases/named-order.yml": case("summary: A lamp of QUAVERLY, Wilhelmina.  # !name-withheld\n"),
    "content/cases/named-escaped.yml": case('summary: "It was \\u0057ilhelmina Quaverly."  # !name-withheld\n'),
    "content/cases/named-wide.yml": case("summary: {en: A lamp., ja: 名は灯台　守太郎という。}  # !name-withheld\n"),
    "content/cases/broken.yml": "title: [Wilhelmina Quaverly  # !name-withheld\n",
    "content/cases/no-reason-for-name.yml": case("parties:\n  keeper: {role: The keeper, stage: charged, name: Example Harbour}  # !name-unexplained\n"),
    # ----- how it is written -----
    "content/cases/no-space.yml": case("facts:\n  price:\n    label:Price  # !yaml\n    says: It was dear.\n"),
    "content/cases/further-in.yml": case("facts:\n  price:\n    says: It was dear.\n     standing: alleged  # !yaml\n"),
    "content/cases/first-further-in.yml": case("facts:\n  price:\n      says: It was dear.  # !yaml\n    standing: alleged\n"),
    "content/cases/apostrophe.yml": case("summary: 'The keeper's lamp.'  # !yaml\n"),
    "content/cases/switch.yml": case("sections:\n  about:\n    says: It was dear.\n    editorial: yes  # !yaml\n"),
    "content/cases/curly.yml": case("summary: “A lamp.”  # !yaml\n"),
    "content/cases/other-level.yml": case("facts:\n  price:\n    says: It was dear.\n  standing: alleged  # !unknown-key\n"),
    "content/cases/without-name.yml": case("facts:\n  label: Price  # !unknown-key\n  says: It was dear.\n"),
    "content/cases/misspelt.yml": case("facts:\n  price: {says: It was dear., value: {numbr: 12}}  # !unknown-key\n"),
    "content/cases/separator.yml": case("facts:\n  price: {value: {number: 14,678}}  # !unknown-key\n"),
    "content/cases/quoted-number.yml": case('facts:\n  price: {value: {number: "12"}}  # !wrong-value\n'),
    "content/cases/bare-number.yml": case("facts:\n  price:\n    value: 12  # !wrong-value\n"),
    "content/cases/blank-title.yml": case("", title="title:  # !wrong-value"),
    "content/cases/no-dash.yml": case("facts:\n  price:\n    says: It was dear.\n    evidence:\n      source: example-register  # !wrong-value\n"),
    "content/glossary/example-herald.yml": SOURCE.replace("type: report\n", "type: report  # !file-name\n") + "read: publisher\n",
    "content/cases/bare-id.yml": case("summary: Sold under [harbour-act].  # !citation-unmarked\n"),
    # ----- what readers were not told -----
    "content/cases/moved-stage.yml": case("parties:\n  keeper: {role: The keeper, stage: convicted}  # !change-unnoted\n"),
    "content/cases/moved-value.yml": case("facts:\n  price: {label: The price, value: {amount: 750, currency: EUR}}  # !change-unnoted\n"),
    "content/cases/moved-standing.yml": case("facts:\n  price: {says: It was dear., standing: disputed}  # !change-unnoted\n"),
    "content/cases/lost-source.yml": case("facts:\n  price: {says: It was dear., evidence: [{source: example-gazette}]}  # !evidence-removed\n"),
    "content/cases/moved-day.yml": case("", title="title: A case of the day").replace("occurred: 2025-04-14", "occurred: 2025-04-15  # !change-unnoted"),
    "content/cases/lost-account.yml": case("facts:\n  price:  # !evidence-removed\n    says: It was dear.\n"),
    "content/cases/own-evidence.yml": case("parties:\n  keeper: {role: The keeper, stage: charged, evidence: [{source: example-register}]}  # !evidence-removed\n"),
    "content/cases/lost-fact.yml": case("facts:  # !address-removed\n  worth: {says: It was dear., evidence: [{source: example-register}]}\n"),
    "content/regulations/the-by-law.yml": BEFORE["content/regulations/the-by-law.yml"].replace("value: passed, as-of: 2025-05-01}", "value: in-force, as-of: 2025-05-01}  # !change-unnoted"),
}  # fmt: skip
CONSEQUENCES = {("content/cases/broken.yml", "yaml")}
"""What a mistake brings along: a file that cannot be read."""


def expected() -> Counter[tuple[str, int, str]]:
    return Counter(
        (path, number, rule)
        for path, text in AFTER.items()
        for number, line in enumerate(text.split("\n"), 1)
        if (found := MARK.search(line))
        for rule in re.findall(r"[a-z-]+", found[1])
    )


def test_fifty_mistakes_are_seeded() -> None:
    assert sum(expected().values()) >= 50


def test_each_mistake_is_found_at_its_line_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Wilhelmina Quaverly\n灯台守太郎\n", "utf-8")
    monkeypatch.setenv("FACTBOUND_WITHHELD", str(names))
    root = tmp_path / "project"
    lay(root, BEFORE)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Before"]):
        git = ["git", "-c", "user.name=Editor", "-c", "user.email=editor@site.example", *command]
        subprocess.run(git, cwd=root, check=True, capture_output=True)
    lay(root, {**BEFORE, **AFTER})
    result = CliRunner().invoke(
        main, ["--project", str(root), "check", "--base", "HEAD"], catch_exceptions=False
    )
    lines = re.findall(
        r"^(content/\S+?):(\d+):\d+: (?:error|advice)\[([a-z-]+)\]", result.stderr, re.MULTILINE
    )
    found = Counter((path, int(line), rule) for path, line, rule in lines)
    left = {one for one in found - expected() if (one[0], one[2]) not in CONSEQUENCES}
    assert (sorted(expected() - found), sorted(left)) == ([], [])
    assert result.exit_code == 1
