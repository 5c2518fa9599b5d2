"""What if: a scenario tried on the books, of which nothing is kept."""

from typing import Annotated

from fastapi import APIRouter

from core.domain.ids import ItemCode, LocationCode, OptionId, OrderNo, SupplierCode, WorkCenterCode
from core.domain.overlays import SupplierOutage
from core.domain.permissions import Permission
from core.domain.scenarios import (
    CenterStop,
    DemandChange,
    Disruption,
    NewDemand,
    PriceRise,
    Scenario,
    SupplyCut,
    SupplyDelay,
    TariffRise,
)
from core.services.what_if import WhatIf, what_if
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.schemas.what_if import WhatIfReply, WhatIfRequest

router = APIRouter(prefix="/v1/what-if", tags=["what-if"], route_class=DoorRoute)
Asker = Annotated[Visitor, needs(Permission.CASES_READ, reach=Reach.WHOLE)]


@router.post("", operation_id="what_if")
def ask(visitor: Asker, body: WhatIfRequest, key: IdempotencyKey) -> WhatIfReply:
    """What would become of the promises, before and after, the lines that lose most first. Nothing is kept."""
    with visitor.reading() as uow:
        actions = tuple(action for one in body.options for action in uow.cases.option(OptionId(one)).actions)
        scenario = Scenario(disruptions=_disruptions(body), demand=_demand(body), actions=actions)
        return WhatIfReply.of(what_if(uow, WhatIf(scenario=scenario, limit=body.limit)))


def _disruptions(body: WhatIfRequest) -> tuple[Disruption, ...]:
    return (
        *(SupplierOutage(supplier=SupplierCode(one.supplier), days=one.days) for one in body.outages),
        *(SupplyDelay(order=one.order, line=one.line, days=one.days) for one in body.delays),
        *(SupplyCut(order=one.order, line=one.line, quantity=one.quantity) for one in body.cuts),
        *(
            DemandChange(order=OrderNo(one.order), line=one.line, quantity=one.quantity, due=one.day)
            for one in body.changes
        ),
        *(CenterStop(center=WorkCenterCode(one.center), days=one.days) for one in body.stops),
        *(PriceRise(supplier=SupplierCode(one.of), percent=one.percent) for one in body.prices),
        *(TariffRise(country=one.of, percent=one.percent) for one in body.tariffs),
    )


def _demand(body: WhatIfRequest) -> tuple[NewDemand, ...]:
    return tuple(
        NewDemand(
            item=ItemCode(one.item),
            quantity=one.quantity,
            due=one.day,
            location=None if one.location is None else LocationCode(one.location),
        )
        for one in body.demand
    )
