"""Numbers with what they count: amounts, shares, durations, and how exact they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator
from pydantic_core import PydanticCustomError

from ..settings import Strict
from .dates import EdtfDate
from .reading import TAG, plain_type

Qualifier = Literal["about", "over", "nearly", "under", "at-least", "at-most", "several"]


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("write a number in plain digits, without separators or units: 10000000")
    return Decimal(str(value))


Number = Annotated[Decimal, plain_type(_number, {"type": "number"})]


class Range(Strict):
    """From one number to another, both included."""

    from_: Number
    """The smaller number. Example: 2"""
    to: Number
    """The larger one. Example: 20"""

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if self.from_ > self.to:
            raise PydanticCustomError(
                "value", "{todo}", {"todo": "'from' is larger than 'to': exchange the two numbers"}
            )
        return self


NumberOrRange = Annotated[
    Annotated[Number, Tag("kind:one")] | Annotated[Range, Tag("kind:range")],
    Discriminator(lambda data: TAG + ("range" if isinstance(data, dict | Range) else "one")),
]


SEVERAL = tuple(Decimal(10**power) for power in range(7))
"""The numbers that "several" can count: ones, tens, hundreds and so on."""


class Quantity(Strict):
    """A number with what it counts."""

    holds: ClassVar[str]
    """The field that holds the number."""

    qualifier: Qualifier | None = None
    """How exact the figure is, in the source's own terms; `several` with 1000 means "several thousand"."""

    @model_validator(mode="after")
    def _several_of_what(self) -> Quantity:
        if self.qualifier == "several" and self.figure not in SEVERAL:
            todo = f"'several' goes with one of: {', '.join(map(str, SEVERAL))}"
            raise PydanticCustomError("value", "{todo}", {"todo": todo})
        return self

    @property
    def figure(self) -> Decimal | Range:
        """The number or the range, whatever it counts."""
        number: Decimal | Range = getattr(self, self.holds)
        return number

    @property
    def measure(self) -> str:
        """What the number counts; only quantities with the same measure can be compared."""
        return self.holds


class Count(Quantity):
    """A number of things."""

    holds: ClassVar = "number"

    number: NumberOrRange
    """How many: a number or a range. Example: 1200 Example: {from: 10, to: 20}"""
    unit: str | None = None
    """What is counted: a key of `units` in site.yml. Example: lamps"""

    @property
    def measure(self) -> str:
        return f"number of {self.unit or 'things'}"


Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""ISO 4217 code, such as JPY."""


class Money(Quantity):
    """An amount of money."""

    holds: ClassVar = "amount"

    amount: NumberOrRange
    """How much, in whole units of the currency: a number or a range. Example: 10000000"""
    currency: Currency
    """ISO 4217 code, such as JPY. Example: JPY"""

    @property
    def measure(self) -> str:
        return self.currency


class Percent(Quantity):
    """A share of a hundred."""

    holds: ClassVar = "percent"

    percent: NumberOrRange
    """How many of a hundred: a number or a range. Example: 12.5"""


class Duration(Quantity):
    """A length of time."""

    holds: ClassVar = "duration"

    duration: NumberOrRange
    """How long: a number or a range. Example: 3"""
    unit: Literal["years", "months", "weeks", "days", "hours", "minutes"]
    """What the length is counted in."""

    @property
    def measure(self) -> str:
        return self.unit


class When(Strict):
    """A day or a period as the value of a fact."""

    date: EdtfDate
    """The day or the period."""


class Rank(Strict):
    """A place in an order; 1 is the first."""

    rank: Annotated[int, Field(ge=1)]
    """The place. Example: 1"""


class Ratio(Quantity):
    """How many times as much."""

    holds: ClassVar = "times"

    times: NumberOrRange
    """How many times: a number or a range. Example: 2.5"""


class Rate(Strict):
    """What one unit of a currency cost in another on a day."""

    rate: Annotated[Number, Field(gt=0)]
    """How many units of `to` one unit of `from` was worth. Example: 150.2"""
    from_: Currency
    """The currency of which one unit is priced: its ISO 4217 code. Example: USD"""
    to: Currency
    """The currency in which it is priced. Example: JPY"""
    day: EdtfDate
    """Of the rate; a period where it is an average."""

    @model_validator(mode="after")
    def _of_two(self) -> Rate:
        if self.from_ == self.to:
            raise PydanticCustomError("value", "{todo}", {"todo": "give 'from' and 'to' two currencies"})
        return self


Value = Count | Money | Percent | Duration | Ratio | When | Rank | Rate
VALUE_KINDS: dict[str, type[Strict]] = {
    "number": Count, "amount": Money, "percent": Percent, "duration": Duration, "times": Ratio, "date": When, "rank": Rank, "rate": Rate,
}  # fmt: skip


def _pick_kind(data: object) -> str | None:
    """The key that only one kind has, so that mistakes are reported for that kind alone."""
    if isinstance(data, Strict):
        return next(TAG + key for key, kind in VALUE_KINDS.items() if type(data) is kind)
    found = [TAG + key for key in VALUE_KINDS if isinstance(data, dict) and key in data]
    return found[0] if len(found) == 1 else None


AnyValue = Annotated[
    Annotated[Count, Tag("kind:number")]
    | Annotated[Money, Tag("kind:amount")]
    | Annotated[Percent, Tag("kind:percent")]
    | Annotated[Duration, Tag("kind:duration")]
    | Annotated[Ratio, Tag("kind:times")]
    | Annotated[When, Tag("kind:date")]
    | Annotated[Rank, Tag("kind:rank")]
    | Annotated[Rate, Tag("kind:rate")],
    Discriminator(
        _pick_kind,
        custom_error_type="value",
        custom_error_message=f"write a mapping with exactly one of: {', '.join(VALUE_KINDS)}",
    ),
]


def same_kind(one: Value, other: Value) -> bool:
    """Whether two values can stand for the same thing."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return type(one) is type(other) and one.measure == other.measure
    return type(one) is type(other)
