"""Ideas: what every building block that brings units has in common, whatever it is made of."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from core.domain.evidence import CaseEvidence
from core.domain.options import CostTerm
from core.domain.plans import Action, Resolution
from core.domain.quantity import rounded_up
from core.planning.repair.policy import RepairPolicy
from core.planning.repair.terms import NO_TERMS, CaseTerms
from core.planning.repair.wants import Want
from core.planning.snapshot import Snapshot, date_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What an idea can do: bring up to `most` units on day `arrives`, in lots of `multiple` from `least` on, when it is
    decided on day `last_day` at the latest."""

    arrives: int
    most: int
    least: int = 1
    multiple: int = 1
    last_day: int


class Idea(Protocol):
    """A way to bring units, with its price, its action and how to say it."""

    @property
    def resolution(self) -> Resolution:
        """Its code."""
        ...

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        ...

    @property
    def note(self) -> str:
        """Why it is feasible, with the id of the evidence."""
        ...

    @property
    def reach(self) -> Reach:
        """What it can do."""
        ...

    @property
    def takes(self) -> frozenset[str]:
        """The offers, orders and stock it takes from, which no other idea of a mix may take from, too."""
        ...

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """The cost of bringing so many units of which so many are needed."""
        ...

    def action(self, quantity: int, *, needed: int, number: str) -> Action:
        """The action that brings them; a new order gets this number."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What ideas are built from."""

    snapshot: Snapshot
    evidence: CaseEvidence
    policy: RepairPolicy
    want: Want
    terms: CaseTerms = NO_TERMS


def lot(reach: Reach, needed: int) -> int:
    """The units to take for a need: at least the minimum, in lots, never beyond reach."""
    wanted = rounded_up(min(needed, reach.most), minimum=reach.least, multiple=reach.multiple)
    return wanted if wanted <= reach.most else reach.most // reach.multiple * reach.multiple


def cost(idea: Idea, needed: int) -> Decimal:
    """What covering so many units costs in all."""
    return sum((term.amount for term in idea.terms(lot(idea.reach, needed), needed=needed)), Decimal(0))


def last_day(want: Want, *, arrives: int, as_of: int) -> int:
    """The last day on which it can be had in time for the first need; today where it comes later anyway."""
    first = want.needs[0][0] if want.needs else as_of
    return max(as_of, first - (arrives - as_of))


def day_words(day: int) -> str:
    """A day in ISO form."""
    return date_of(day).isoformat()
