"""Facts, what they stand on, and what other sources say of them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints

from ..prose import one_line
from ..settings import Strict
from ..values import AnyValue, EdtfDate
from .words import Label, Line, Path, Slug

Standing = Literal["established", "alleged", "disputed", "inferred", "unsourced"]
Relation = Literal["compatible", "more-exact", "differs", "contradicts"]


class Evidence(Strict):
    """Where a fact is from."""

    refers: ClassVar = {"source": "sources"}

    source: Slug
    """The id of a source."""
    locator: str | None = None
    """Where in it: a page, a paragraph, a table. Example: p. 3 Example: para. 2"""
    quote: Annotated[str, StringConstraints(max_length=200), AfterValidator(one_line)] | None = None
    """At most 12 words of the source, in its language, that lead to the passage, or 30 characters of a script without
    spaces; never text of ours. Example: lit by forty keepers"""
    prefix: Annotated[str, StringConstraints(max_length=100), AfterValidator(one_line)] | None = None
    """The words right before the quote, where it stands more than once on the page. Example: before dawn"""
    suffix: Annotated[str, StringConstraints(max_length=100), AfterValidator(one_line)] | None = None
    """The words right after it, for the same. Example: were put out"""


class Supported(Strict):
    """Whatever is asserted: it stands on evidence of its own, or on that of its record."""

    evidence: tuple[Evidence, ...] = ()
    """Where it is from; without it, the record's own `evidence` counts."""
    standing: Standing = "established"
    """How sure it is: `established`, `alleged` (somebody says so, no court and no second look has confirmed it;
    always for what only one unverified copy carries), `disputed`, `inferred` (worked out by us), `unsourced` (drafts)."""


class Derive(Strict):
    """How a value is worked out from others."""

    refers: ClassVar = {"of": ""}

    op: Literal["ratio", "difference", "percent-change", "sum", "rank", "convert"]
    """`ratio` first by second, `difference` first less second, `percent-change` from second to first, `sum` of all,
    `rank` of the first among all, largest first, `convert` the first, an amount, at the second, a rate of exchange."""
    of: Annotated[tuple[Path, ...], Field(min_length=2)]
    """The paths of the values that go in, in order."""


class Account(Strict):
    """What another source says of the same thing."""

    says: Line | None = None
    """What it says, in our words. Example: The Courier says that there were thirty."""
    value: AnyValue | None = None
    """Its figure; of the same kind as the fact's."""
    relation: Relation
    """To what the site leads with: `compatible`, `more-exact`, `differs`, `contradicts`."""
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    """Where it is from."""


class Fact(Supported):
    """One thing that is said to be so."""

    label: Label | None = None
    """What it is about, in a few words: a heading, a table's first column. Example: Takings"""
    says: Line | None = None
    """The fact as one paragraph, in our words. Example: Police say that it was about 10 million yen."""
    value: AnyValue | None = None
    """The figure or the day in it, as data, so that other pages can show it."""
    derive: Derive | None = None
    """How the value is worked out; `standing` is then `inferred`."""
    about: Slug | None = None
    """The party of this case that it is about."""
    speaker: Label | None = None
    """Who said it, by function or name. Example: the police"""
    said_on: EdtfDate | None = None
    """When they said it."""
    because: Line | None = None
    """Why the site leads with this account rather than with one that contradicts it. Example: The office counted the
    lanterns itself."""
    accounts: dict[Slug, Account] = {}
    """What other sources say of it."""
