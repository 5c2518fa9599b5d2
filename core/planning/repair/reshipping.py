"""R19: what was lost or damaged on the way, sent again."""

from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import Reship, Resolution
from core.planning.repair.alternative import Alternative, Ground
from core.planning.repair.terms import LostGoods
from core.planning.snapshot import day_number

Found = list[Alternative | RejectedIdea]


def replacements(ground: Ground) -> Found:
    """The shipment of the case once more, from the place that has it. The books show nobody who lacks it, so that it is
    worth what it costs and an answer beyond."""
    return [_rejected(one) if one.action is None else _again(ground, one, one.action) for one in ground.terms.lost]


def _rejected(one: LostGoods) -> RejectedIdea:
    what = f"send shipment {one.shipment} again"
    return RejectedIdea(resolution=Resolution.RESHIP.value, what=what, reason=one.why_not)


def _again(ground: Ground, one: LostGoods, action: Reship) -> Alternative:
    return Alternative(
        resolution=Resolution.RESHIP,
        said=f"send {action.quantity:,} {action.item} of shipment {action.shipment} again from {action.location}",
        note=f"{action.location} has them free; they are there on {action.arrive_on}",
        actions=lambda number: (action,),
        last_day=max(ground.snapshot.as_of, day_number(action.ship_on)),
        terms=(
            CostTerm(name="goods sent again", amount=one.goods),
            CostTerm(name="freight", amount=action.cost - one.goods),
        ),
        worth=action.cost + max(ground.policy.answer_worth, ground.case.detected.exposure),
    )
