"""Backorder runs as documents: the lines they look at, what they change, and what people override."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.order_terms import Strategy


class RunRule(StrEnum):
    """Who is served where there is not enough: one line after the other, or all lines at once by shares.

    In turn: the earliest day wanted, the entry, or the priority decides. By shares: in proportion to what lines want,
    so that all end at the same percent of their order, or in proportion to what they want times the quota they are in.
    """

    FIRST_COME = "first-come"
    BY_ENTRY = "by-entry"
    PRIORITY = "priority"
    PROPORTIONAL = "proportional"
    TARGET = "target"
    QUOTA = "quota"

    @property
    def shares(self) -> bool:
        """Whether what is short is shared out."""
        return self in {RunRule.PROPORTIONAL, RunRule.TARGET, RunRule.QUOTA}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedUnits:
    """Units on a day."""

    on: date
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflow:
    """Units that are there or come to a place on a day: what they rest on."""

    on: date
    quantity: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackorderLine:
    """An open order line at a place, as a run sees it. `quota` is the units of the quotas of its day, 0 for none."""

    order: OrderNo
    line: int
    customer: CustomerCode
    open: int
    shipped: int
    requested: date
    promised: date | None
    ordered_on: date
    confirmed: tuple[DatedUnits, ...]
    strategy: Strategy
    priority: int
    entry: int
    quota: int
    locked: bool

    @property
    def key(self) -> str:
        """`SO-1/2`."""
        return f"{self.order}/{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A person's word on one line of a run: another strategy, or a number of units it may have at most."""

    order: OrderNo
    line: int
    reason: str
    strategy: Strategy | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOutcome:
    """What a run does to one line; `gained` counts the units it has by its promised day more than before."""

    order: OrderNo
    line: int
    customer: CustomerCode
    open: int
    before: tuple[DatedUnits, ...]
    after: tuple[DatedUnits, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is different."""
        return self.before != self.after

    @property
    def lost(self) -> int:
        """Units confirmed before and not any more."""
        return max(0, sum(p.quantity for p in self.before) - sum(p.quantity for p in self.after))

    @property
    def gained(self) -> int:
        """Units confirmed now and not before."""
        return max(0, sum(p.quantity for p in self.after) - sum(p.quantity for p in self.before))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunIssue:
    """Something a run could not keep, for a person."""

    subject: str
    problem: str
    wanted: int
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """What a run does, line by line, and what it could not keep."""

    lines: tuple[LineOutcome, ...]
    issues: tuple[RunIssue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunKept:
    """A run as it was simulated. `digest` is a hash over its outcome: what is carried out is what was shown."""

    code: str
    item: ItemCode
    location: LocationCode
    overrides: tuple[Override, ...]
    outcome: RunOutcome
    digest: str
    rule: RunRule = RunRule.PRIORITY
    lot: int = 1
    committed: bool = False
