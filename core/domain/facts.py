"""Facts for people: key figures of the business over a period, each with what it is divided by and what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from core.domain.errors import InvalidValueError
from core.domain.money import rounded

LONGEST_PERIOD_DAYS = 3_660
MOST_ROWS = 1_000
_HUNDRED = Decimal(100)
_HOUR = Decimal(60)


class Measure(StrEnum):
    """How a figure comes about: a share of a whole, things for each other thing, a total, or a middle value."""

    PERCENT = "percent"
    EACH = "each"
    EACH_HUNDRED = "each hundred"
    TOTAL = "total"
    MIDDLE = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactScope:
    """What is looked at: the days from `first` to `last`, as seen on the morning of `as_of`, when that day is not over.

    `minutes_per_case` and `hourly_cost` are what people declare that a case takes of them; nothing measures it. `best`
    is how many of the best sellers are named.
    """

    first: date
    last: date
    as_of: date
    minutes_per_case: int = 0
    hourly_cost: Decimal = Decimal(0)
    best: int = 10

    def __post_init__(self) -> None:
        if not 0 <= (self.last - self.first).days < LONGEST_PERIOD_DAYS:
            raise InvalidValueError(
                f"a period from {self.first} to {self.last} is not one; accepted are 1 to {LONGEST_PERIOD_DAYS} days",
                field="first",
            )
        if not 0 <= self.minutes_per_case <= 24 * 60:
            raise InvalidValueError(
                f"{self.minutes_per_case!r} minutes a case are not possible; accepted are 0 to {24 * 60}",
                field="minutes_per_case",
            )
        if not self.hourly_cost.is_finite() or not 0 <= self.hourly_cost <= 10_000:
            raise InvalidValueError(
                f"an hour at {self.hourly_cost!r} is not possible; accepted is 0 to 10000", field="hourly_cost"
            )
        if not 1 <= self.best <= MOST_ROWS:
            raise InvalidValueError(f"the best {self.best!r} cannot be named; accepted: 1 to {MOST_ROWS}", field="best")

    @property
    def until(self) -> date:
        """The last day of the period that is over: what is due later may still come in time."""
        return min(self.last, self.as_of - timedelta(days=1))

    @property
    def days(self) -> int:
        """The days of the period."""
        return (self.last - self.first).days + 1

    @property
    def labour_per_case(self) -> Decimal:
        """What a case costs in people's time, as declared."""
        return self.minutes_per_case * self.hourly_cost / _HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDefinition:
    """What a figure is. `says` is its definition in words, `counts` what it is measured over; `goal` is what it should
    be, such as ">= 95"."""

    name: str
    title: str
    measure: Measure
    unit: str
    says: str
    counts: str
    goal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the ledgers gave for a figure; `of` is whom or what it is about, empty for the whole company."""

    name: str
    of: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """A key figure; `value` is None while there is nothing to count yet."""

    name: str
    title: str
    of: str
    value: Decimal | None
    unit: str
    numerator: Decimal | None
    denominator: Decimal | None
    goal: str | None
    says: str
    counts: str


def kpis_of(definitions: Sequence[FactDefinition], measured: Sequence[Measured]) -> tuple[Kpi, ...]:
    """Every figure defined, in the order of the definitions; one with nothing measured has no value."""
    known = {definition.name for definition in definitions}
    unknown = sorted({one.name for one in measured} - known)
    assert not unknown, f"figures without a definition: {unknown}"
    found: Mapping[str, list[Measured]] = {name: [] for name in known}
    for one in measured:
        found[one.name].append(one)
    return tuple(
        _kpi(definition, one)
        for definition in definitions
        for one in found[definition.name] or [_nothing(definition.name)]
    )


def _nothing(name: str) -> Measured:
    return Measured(name=name, of="", numerator=None, denominator=None, value=None)


def _kpi(definition: FactDefinition, one: Measured) -> Kpi:
    return Kpi(
        name=definition.name,
        title=definition.title,
        of=one.of,
        value=_value(definition.measure, one),
        unit=definition.unit,
        numerator=one.numerator,
        denominator=one.denominator,
        goal=definition.goal,
        says=definition.says,
        counts=definition.counts,
    )


def _value(measure: Measure, one: Measured) -> Decimal | None:
    match measure:
        case Measure.TOTAL:
            return None if one.numerator is None else rounded(one.numerator)
        case Measure.MIDDLE:
            return None if one.value is None else rounded(one.value)
        case Measure.EACH:
            return _divided(one, Decimal(1))
        case Measure.PERCENT | Measure.EACH_HUNDRED:
            return _divided(one, _HUNDRED)


def _divided(one: Measured, times: Decimal) -> Decimal | None:
    if one.numerator is None or not one.denominator:
        return None
    return rounded(one.numerator * times / one.denominator)
