"""Options: ways out of a case, each simulated on a copy of the books before a person sees it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.ids import CaseId, CustomerCode, ItemCode, OptionId, OrderNo, UserName
from core.domain.plans import Action, Plan
from core.domain.robustness import OptionOdds


@dataclass(frozen=True, slots=True, kw_only=True)
class LineForecast:
    """Where one order line stands: its promised date, the projected one (None: not known) and the units uncovered."""

    order: OrderNo
    line: int
    customer: CustomerCode
    item: ItemCode
    due: date
    projected: date | None
    short: int
    exposure: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The whole book in brief: totals, and every line that is not on time or that the plan touches, sorted.

    `digest` is a hash over every open line, so that no line can move unseen.
    """

    lines_late: int
    lines_uncovered: int
    exposure: Decimal
    digest: str
    lines: tuple[LineForecast, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """What an option does to one line: dates before and after; `gained` days (negative: lost)."""

    order: OrderNo
    line: int
    customer: CustomerCode
    item: ItemCode
    due_before: date
    due_after: date
    projected_before: date | None
    projected_after: date | None
    short_before: int
    short_after: int
    gained: int
    exposure_before: Decimal
    exposure_after: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTerm:
    """One part of what an option costs, in the company's currency."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way out: what is done, what it costs, what it changes, until when it can be chosen and how it is undone; with
    its odds, unless it was planned before there were any. One that somebody wanted so says by whom it was crafted, and
    the option it was edited from, its `basis`."""

    id: OptionId
    case: CaseId
    letter: str
    title: str
    plan: Plan
    tier: int
    cost_terms: tuple[CostTerm, ...]
    total_cost: Decimal
    objective: Decimal
    deadline: date
    changes: tuple[LineChange, ...]
    lines_helped: int
    lines_hurt: int
    lines_recovered: int
    promises_moved: int
    customers_affected: tuple[CustomerCode, ...]
    exposure_before: Decimal
    exposure_after: Decimal
    forecast: Forecast
    undo: str
    feasibility: tuple[str, ...]
    odds: OptionOdds | None = None
    crafted_by: UserName | None = None
    basis: OptionId | None = None

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions of its plan."""
        return self.plan.actions


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedIdea:
    """A building block that was tried and is not possible, with the reason a person would ask for."""

    resolution: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockElsewhere:
    """Evidence: units another location can give up without making a new shortage, and how they would travel."""

    id: str
    location: str
    quantity: int
    arrive_on: date
    fixed_cost: Decimal
    unit_cost: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Predicted against found after execution; `verified` only when lines, dates and money are equal."""

    verified: bool
    predicted: Forecast
    realised: Forecast
    differences: tuple[str, ...]
