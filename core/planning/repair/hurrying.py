"""R18: what missed its cut-off released by a quicker service, where the days it saves are worth the freight."""

from decimal import Decimal

from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import Resolution, ShipQuicker
from core.planning.exposure import PENALTY_SCALE
from core.planning.positions import line_position
from core.planning.repair.alternative import Alternative, Ground
from core.planning.snapshot import PRICE_SCALE, day_number

Found = list[Alternative | RejectedIdea]


def quicker_services(ground: Ground) -> Found:
    """The quicker service of the case's line; it saves what its lateness costs on the days gained, and settles it."""
    return [
        RejectedIdea(resolution=Resolution.SHIP_MODE.value, what=way.what, reason=way.why_not)
        if way.action is None
        else _quicker(ground, way.action)
        for way in ground.terms.quicker
    ]


def _quicker(ground: Ground, action: ShipQuicker) -> Alternative:
    return Alternative(
        resolution=Resolution.SHIP_MODE,
        said=f"release order line {action.order}/{action.line} by {action.service}, there {action.arrive_on}",
        note=f"by {action.usual} it would be there {action.old_arrival}; {action.carbon:,} g CO2 more",
        actions=lambda number: (action,),
        last_day=max(ground.snapshot.as_of, day_number(action.ship_on)),
        terms=(CostTerm(name=f"freight by {action.service}", amount=action.cost),),
        worth=rounded(_saved(ground, action) + ground.policy.document_touched + ground.policy.answer_worth),
    )


def _saved(ground: Ground, action: ShipQuicker) -> Decimal:
    """What the days gained would have cost the line in lateness."""
    at = line_position(ground.snapshot, action.order, action.line)
    if at is None:
        return Decimal(0)
    demand, days = ground.snapshot.demand, (action.old_arrival - action.arrive_on).days
    penalty = max(int(demand.penalty[at]), ground.policy.least_penalty)
    return Decimal(int(demand.price[at]) * action.quantity * penalty * days) / (PRICE_SCALE * PENALTY_SCALE)
