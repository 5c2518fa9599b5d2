"""Triage: what to do first about a case, by fixed rules over what is at stake, by when, and what else is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from core.domain.cases import ACTIVE_STATES, Case, ExceptionType
from core.domain.ids import CaseId, UserName


class Verdict(StrEnum):
    """What to do about a case first."""

    ACT_NOW = "act now"
    WATCH = "watch"
    MERGE = "merge"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriagePolicy:
    """The rules as data. A case is acted on now when its deadline or need is within `act_within_days` of the business
    date, when `act_exposure` or more is at stake, when it hurts a customer of a tier up to `act_tier`, or when its
    cause was a case `repeats` times before. What is less than `ignore_below` and hurts no line is ignored, unless it is
    of a type that is `never_ignored`."""

    version: str = "2026-1"
    act_within_days: int = 5
    act_exposure: Decimal = Decimal(5_000)
    act_tier: int = 1
    repeats: int = 2
    ignore_below: Decimal = Decimal(100)
    watched: tuple[ExceptionType, ...] = (
        ExceptionType.PROMISE_AT_RISK,
        ExceptionType.PROMISE_IMPROVABLE,
        ExceptionType.SAFETY_STOCK_BREACHED,
        ExceptionType.ORPHAN_SUPPLY,
        ExceptionType.DEMAND_OUTLIER,
    )
    never_ignored: tuple[ExceptionType, ...] = (
        ExceptionType.INVENTORY_DISCREPANCY,
        ExceptionType.OVERSELL,
        ExceptionType.QUALITY_HOLD,
        ExceptionType.CREDIT_HOLD,
        ExceptionType.LOW_CONFIDENCE,
        ExceptionType.DUPLICATE_ORDER,
        ExceptionType.FEED_FAILURE,
        ExceptionType.EXTERNAL_DISRUPTION,
        ExceptionType.CUSTOMER_CHANGE,
        ExceptionType.CANCEL_AFTER_COMMIT,
    )


TRIAGE_POLICY = TriagePolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """The verdict on a case with its reasons; `into` is the case it is merged with. `by` is the person whose word goes
    before the rules, None for the rules."""

    case: CaseId
    verdict: Verdict
    reasons: tuple[str, ...]
    into: CaseId | None = None
    by: UserName | None = None


def triaged(
    case: Case, others: Iterable[Case], *, as_of: date, policy: TriagePolicy = TRIAGE_POLICY, before: int = 0
) -> Triage:
    """The rules' verdict on a case among the others; `before` says how often its cause was a case that closed."""
    covering = _covering(case, others)
    if covering is not None:
        lines = len(case.detected.impacts)
        reason = f"its {lines} order lines are all among those of {covering.id}, which has more at stake"
        return Triage(case=case.id, verdict=Verdict.MERGE, reasons=(reason,), into=covering.id)
    pressing = _pressing(case, as_of=as_of, policy=policy, before=before)
    if case.detected.type in policy.watched and len(pressing) < 2:
        why = f"{case.detected.type.name.replace('_', ' ').lower()}: it may settle by itself"
        return Triage(case=case.id, verdict=Verdict.WATCH, reasons=(why, *pressing))
    if pressing:
        return Triage(case=case.id, verdict=Verdict.ACT_NOW, reasons=pressing)
    small = case.detected.exposure < policy.ignore_below and not case.detected.impacts
    if small and case.detected.type not in policy.never_ignored:
        at_stake = f"{case.detected.exposure:,.2f} at stake, less than {policy.ignore_below:,.2f}"
        reason = f"{at_stake}, and no order line is hurt"
        return Triage(case=case.id, verdict=Verdict.IGNORE, reasons=(reason,))
    reason = f"nothing is lost before {_by(case)}, and {case.detected.exposure:,.2f} is at stake"
    return Triage(case=case.id, verdict=Verdict.WATCH, reasons=(reason,))


def _pressing(case: Case, *, as_of: date, policy: TriagePolicy, before: int) -> tuple[str, ...]:
    found = case.detected
    reasons: list[str] = []
    if _by(case) <= as_of + timedelta(days=policy.act_within_days):
        reasons.append(f"a way out is lost or units are needed by {_by(case)}")
    if found.exposure >= policy.act_exposure:
        reasons.append(f"{found.exposure:,.2f} is at stake")
    if found.impacts and found.best_tier <= policy.act_tier:
        reasons.append(f"it hurts a customer of tier {found.best_tier}")
    if before >= policy.repeats:
        reasons.append(f"the same cause was a case {before} times before")
    return tuple(reasons)


def _by(case: Case) -> date:
    return min(case.deadline or case.detected.needed_by, case.detected.needed_by)


def _covering(case: Case, others: Iterable[Case]) -> Case | None:
    """An open case of the same item that hurts all the lines of this one and has more at stake."""
    mine = _lines(case)
    if not mine or not case.detected.item:
        return None
    found = [
        other
        for other in others
        if other.id != case.id
        and other.state in ACTIVE_STATES
        and other.detected.item == case.detected.item
        and mine <= _lines(other)
        and _rank(other) > _rank(case)
    ]
    return max(found, key=_rank, default=None)


def _rank(case: Case) -> tuple[Decimal, int]:
    """More at stake first; of equals the older one covers the younger."""
    return case.detected.exposure, -int(case.id.rpartition("-")[2])


def _lines(case: Case) -> set[tuple[str, int]]:
    return {(impact.order, impact.line) for impact in case.detected.impacts}
