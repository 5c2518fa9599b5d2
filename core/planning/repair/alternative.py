"""An alternative: a fixed plan for a case, and the ground it is looked for on."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from core.domain.cases import Case
from core.domain.options import CostTerm
from core.domain.plans import Action, Resolution
from core.planning.outcome import NetResult
from core.planning.repair.policy import RepairPolicy
from core.planning.repair.terms import CaseTerms
from core.planning.snapshot import Ints, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A way out as it stands. `actions` gives its actions under the number of the option; it must be decided by
    `last_day`. `worth` is what it saves where no figure of the books moves: it counts in the objective only. One that
    `corrects` the books is offered whatever it does to the figures: those of before are not true."""

    resolution: Resolution
    said: str
    note: str
    actions: Callable[[str], tuple[Action, ...]]
    last_day: int
    terms: tuple[CostTerm, ...] = ()
    worth: Decimal = Decimal(0)
    corrects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The case on its books, the terms of those concerned and, per open line, what its lateness costs in cents."""

    snapshot: Snapshot
    result: NetResult
    case: Case
    terms: CaseTerms
    policy: RepairPolicy
    lateness: Ints
