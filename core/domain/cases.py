"""Exception cases: what went wrong, why, whom it hurts and until when something can be done about it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import CaseId, CustomerCode, ItemCode, OrderNo


class ExceptionType(StrEnum):
    """The kinds of exception that are detected; the codes are those of docs/glossary.md."""

    DEMAND_SHORTAGE = "E01"
    LATE_PURCHASE_ORDER = "E02"
    SUPPLIER_SLIP = "E03"
    SUPPLIER_CUT = "E04"
    SUPPLIER_PRICE_CHANGE = "E05"
    PURCHASE_UNACKNOWLEDGED = "E06"
    COMPONENT_SHORTAGE = "E07"
    WORK_ORDER_BEHIND = "E08"
    CAPACITY_OVERLOAD = "E09"
    YIELD_LOSS = "E10"
    QUALITY_HOLD = "E11"
    SHELF_LIFE = "E12"
    INVENTORY_DISCREPANCY = "E13"
    OVERSELL = "E14"
    SHORT_PICK = "E15"
    MISSED_CUT_OFF = "E16"
    CARRIER_EXCEPTION = "E17"
    PROMISE_AT_RISK = "E18"
    PROMISE_IMPROVABLE = "E19"
    REQUEST_INFEASIBLE = "E20"
    RUSH_ORDER = "E21"
    CUSTOMER_CHANGE = "E22"
    CANCEL_AFTER_COMMIT = "E23"
    CREDIT_HOLD = "E24"
    PRICE_MISMATCH = "E25"
    MARGIN_FLOOR = "E26"
    MASTER_DATA_GAP = "E27"
    DUPLICATE_ORDER = "E28"
    LOW_CONFIDENCE = "E29"
    HOLD_UNRESOLVED = "E30"
    QUOTA_EXHAUSTED = "E31"
    LINE_SET_BREAK = "E32"
    ORPHAN_SUPPLY = "E33"
    SAFETY_STOCK_BREACHED = "E34"
    RETURN_PENDING = "E35"
    DROP_SHIP_UNCONFIRMED = "E36"
    FEED_FAILURE = "E37"
    EXTERNAL_DISRUPTION = "E38"
    COMPLIANCE_CHANGE = "E39"
    DEMAND_OUTLIER = "E40"


class CaseState(StrEnum):
    """The life of a case."""

    OPEN = "open"
    TRIAGED = "triaged"
    SNOOZED = "snoozed"
    PROPOSED = "proposed"
    APPROVED = "approved"
    EXECUTING = "executing"
    RESOLVED = "resolved"
    ACCEPTED = "accepted"
    AUTO_CLOSED = "auto-closed"


WAITING_STATES = frozenset({CaseState.OPEN, CaseState.TRIAGED})
ACTIVE_STATES = WAITING_STATES | {CaseState.PROPOSED, CaseState.APPROVED, CaseState.EXECUTING}
_ENDS = frozenset({CaseState.AUTO_CLOSED, CaseState.ACCEPTED})
_LEGAL: dict[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.TRIAGED, CaseState.SNOOZED, CaseState.PROPOSED}) | _ENDS,
    CaseState.TRIAGED: frozenset({CaseState.OPEN, CaseState.SNOOZED, CaseState.PROPOSED}) | _ENDS,
    CaseState.SNOOZED: frozenset({CaseState.OPEN, CaseState.TRIAGED, CaseState.AUTO_CLOSED}),
    CaseState.PROPOSED: frozenset({CaseState.OPEN, CaseState.TRIAGED, CaseState.APPROVED}) | _ENDS,
    CaseState.APPROVED: frozenset({CaseState.EXECUTING, CaseState.OPEN}),
    CaseState.EXECUTING: frozenset({CaseState.RESOLVED, CaseState.ACCEPTED, CaseState.OPEN}),
    CaseState.RESOLVED: frozenset({CaseState.OPEN}),
    CaseState.ACCEPTED: frozenset({CaseState.OPEN, CaseState.AUTO_CLOSED}),
    CaseState.AUTO_CLOSED: frozenset({CaseState.OPEN}),
}


def may_become(old: CaseState, new: CaseState) -> bool:
    """Whether the life of a case allows the step."""
    return new in _LEGAL[old]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyStep:
    """One step of the path from an order line to what holds it back, in words, with the thing's code."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineImpact:
    """One order line a case hurts. `short` is never covered by known supply; `projected` None means no date is known.

    `days_late` counts from the promised date to the projected one (0 when unknown); `exposure` is the value of the late
    or short units plus the penalty for the days late.
    """

    order: OrderNo
    line: int
    customer: CustomerCode
    item: ItemCode
    quantity: int
    short: int
    due: date
    projected: date | None
    days_late: int
    exposure: Decimal
    why: tuple[WhyStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedCase:
    """What detection says about one root cause. The key is (type, root, cause); equal keys are the same case.

    `root` names the object (`item FG-100@RENO`, `purchase order PO-7/1`), `cause` what is wrong with it (`uncovered`,
    `overdue`, `late`, `thin`, `below`). `item` and `location` are what a way out must bring and where.
    """

    type: ExceptionType
    root: str
    cause: str
    title: str
    item: ItemCode
    location: str
    lacking: int
    needed_by: date
    exposure: Decimal
    best_tier: int
    impacts: tuple[LineImpact, ...]
    fixes: tuple[str, ...]

    @property
    def key(self) -> str:
        """The identity under which scans recognise the case again."""
        return f"{self.type}|{self.root}|{self.cause}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """A case without what was detected, of which it holds the key, the exposure and a digest."""

    id: CaseId
    key: str
    state: CaseState
    exposure: Decimal
    digest: str
    deadline: date | None
    planning_round: int
    opened_on: date
    owner: str | None
    snoozed_until: date | None

    def of(self, detected: DetectedCase) -> "Case":
        """The case, this being what was detected."""
        return Case(
            id=self.id,
            state=self.state,
            detected=detected,
            deadline=self.deadline,
            planning_round=self.planning_round,
            opened_on=self.opened_on,
            owner=self.owner,
            snoozed_until=self.snoozed_until,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case as kept: the detection of the last scan, its state and its place in the queue."""

    id: CaseId
    state: CaseState
    detected: DetectedCase
    deadline: date | None
    planning_round: int
    opened_on: date
    owner: str | None = None
    snoozed_until: date | None = None
