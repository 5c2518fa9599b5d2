"""R23: what a customer asked to have changed, applied with its consequences or declined; in words only, asked about."""

from decimal import Decimal

from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import Resolution
from core.planning.naming import counted
from core.planning.repair import asking
from core.planning.repair.alternative import Alternative, Ground
from core.planning.repair.terms import AskedChange

Found = list[Alternative | RejectedIdea]


def changes(ground: Ground) -> Found:
    """The change of the case: applied where it can be, and declined; a person is asked where it is not exact."""
    found: Found = []
    applied = False
    for one in ground.terms.changes:
        if one.why_not:
            what = f"apply what was asked in {one.signal}"
            found.append(RejectedIdea(resolution=Resolution.CHANGE_ORDER.value, what=what, reason=one.why_not))
        else:
            found.append(_applied(ground, one))
            applied = True
        found.append(_declined(ground, one))
    return found if applied else [*found, *asking.change(ground)]


def _applied(ground: Ground, one: AskedChange) -> Alternative:
    actions = (*one.applied, one.accepted)
    fee = sum((action.cost for action in one.applied), Decimal(0))
    said = f"apply {counted(len(one.applied), 'change')} of order {one.accepted.order} as asked in {one.signal}"
    return Alternative(
        resolution=Resolution.CHANGE_ORDER,
        said=said,
        note="; ".join(f"{action.subject}: {action.words}" for action in one.applied),
        actions=lambda number: actions,
        last_day=ground.snapshot.as_of,
        terms=(CostTerm(name="change fee", amount=fee),) if fee else (),
        worth=_worth(ground, len(actions)) + fee + ground.policy.answer_worth,
    )


def _declined(ground: Ground, one: AskedChange) -> Alternative:
    return Alternative(
        resolution=Resolution.CHANGE_ORDER,
        said=f"decline what was asked in {one.signal}",
        note="the order stays as it is; the customer is told",
        actions=lambda number: (one.declined,),
        last_day=ground.snapshot.as_of + ground.policy.answer_days,
        worth=_worth(ground, 1),
    )


def _worth(ground: Ground, documents: int) -> Decimal:
    """No figure of the books says what an answer is worth: it is worth the paper, and an answer beyond."""
    return rounded(ground.policy.document_touched * documents + ground.policy.answer_worth)
