"""R14: an operation done at another work centre, so that the order is sooner or a day has less to do."""

from decimal import Decimal

import numpy as np

from core.domain.ids import WorkCenterCode
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import Resolution
from core.planning.repair.alternative import Alternative, Ground
from core.planning.repair.terms import OtherCenter
from core.planning.snapshot import PER_PARENT_SCALE, Snapshot, day_number

Found = list[Alternative | RejectedIdea]


def other_centers(ground: Ground) -> Found:
    """The qualified work centres with time for it; where the due date stays, it settles the case all the same."""
    return [_rejected(one) if one.why_not else _move(ground, one) for one in ground.terms.centers]


def qualified_centers(snapshot: Snapshot, item: str, sequence: int) -> tuple[tuple[WorkCenterCode, Decimal], ...]:
    """The qualified work centres of an operation with the factor of its time, the preferred one first."""
    steps, others = snapshot.operations, snapshot.operation_alternates
    if item not in snapshot.items.code:
        return ()
    at = snapshot.items.code.index(item)
    rows = np.flatnonzero((steps.item == at) & (steps.sequence == sequence))
    found = [n for row in rows.tolist() for n in np.flatnonzero(others.operation == row).tolist()]
    codes = snapshot.work_centers.code
    return tuple(
        (WorkCenterCode(codes[int(others.center[n])]), Decimal(int(others.factor[n])) / PER_PARENT_SCALE)
        for n in sorted(found, key=lambda n: (int(others.priority[n]), int(others.center[n])))
    )


def _said(one: OtherCenter) -> str:
    action = one.action
    return f"do operation {action.operation} of work order {action.work_order} at {action.new_center}"


def _rejected(one: OtherCenter) -> RejectedIdea:
    return RejectedIdea(resolution=Resolution.ALTERNATE_RESOURCE.value, what=_said(one), reason=one.why_not)


def _move(ground: Ground, one: OtherCenter) -> Alternative:
    action = one.action
    settles = one.relieves or ground.case.detected.cause == "behind"
    return Alternative(
        resolution=Resolution.ALTERNATE_RESOURCE,
        said=_said(one),
        note=f"{action.new_center} is qualified for it and has the time until {action.new_due}",
        actions=lambda number: (action,),
        last_day=max(ground.snapshot.as_of, day_number(action.start)),
        terms=(CostTerm(name=f"running at {action.new_center}", amount=action.cost),),
        worth=max(Decimal(0), action.cost) + ground.policy.answer_worth if settles else Decimal(0),
    )
