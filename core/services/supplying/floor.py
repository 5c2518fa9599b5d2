"""A work order as the floor sees it: its operations, what each can take, and what may be done next."""

from dataclasses import dataclass

from core.domain.ids import ItemCode, WorkOrderNo
from core.domain.items import LotControl
from core.domain.production import Making, MakingStep, OperationState
from core.domain.supply_life import WorkStage
from core.ports.storage import UnitOfWork
from core.services.supplying.issuing import WORKING


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorStep:
    """An operation: what was reported on it, and how many units more can be."""

    sequence: int
    name: str
    work_center: str
    state: OperationState
    good: int
    scrapped: int
    room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPart:
    """A component: units the order takes, and units taken so far."""

    item: ItemCode
    required: int
    issued: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorOrder:
    """A work order on the floor. `finishable` are units that have passed all operations and are not in stock yet;
    `may_start` says that it waits to be begun, `next_step` the operation that units wait at."""

    order: Making
    unit: str
    tracked: LotControl
    steps: tuple[FloorStep, ...]
    parts: tuple[FloorPart, ...]
    finishable: int
    may_start: bool
    next_step: int | None


def floor_order(uow: UnitOfWork, number: WorkOrderNo) -> FloorOrder:
    """The order as it stands."""
    order = uow.making.order(number)
    item = uow.company.item(order.item)
    known = uow.making.steps(number)
    steps = tuple(_step(order, known, at) for at in range(len(known)))
    working = order.stage in WORKING
    waiting = [one.sequence for one in steps if one.room and one.state is not OperationState.DONE]
    return FloorOrder(
        order=order,
        unit=item.unit,
        tracked=item.lot_control,
        steps=steps,
        parts=tuple(
            FloorPart(item=part.item, required=part.required, issued=part.issued) for part in uow.making.parts(number)
        ),
        finishable=_finishable(order, known) if working else 0,
        may_start=order.stage is WorkStage.OPEN,
        next_step=waiting[0] if working and waiting else None,
    )


def _step(order: Making, steps: tuple[MakingStep, ...], at: int) -> FloorStep:
    """As a report is limited: to what came out of the operations before, the first one to what is ordered."""
    step, earlier = steps[at], [one.good for one in steps[:at]]
    had = step.good + (step.scrapped if earlier else 0)
    done = step.state is OperationState.DONE
    return FloorStep(
        sequence=step.sequence,
        name=step.name,
        work_center=step.work_center,
        state=step.state,
        good=step.good,
        scrapped=step.scrapped,
        room=0 if done else max(0, min(earlier, default=order.ordered) - had),
    )


def _finishable(order: Making, steps: tuple[MakingStep, ...]) -> int:
    passed = steps[-1].good if steps else order.ordered
    return max(0, passed - order.completed - order.scrapped)
