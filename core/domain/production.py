"""Making: the components and minutes a work order needs, how far it is, and what it cost against its standard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import ceil

from core.domain.ids import ItemCode, LocationCode, WorkCenterCode, WorkOrderNo
from core.domain.items import BomComponent
from core.domain.money import PRICE_STEP
from core.domain.supply_life import WorkStage

MINUTES_AN_HOUR = 60


class OperationState(StrEnum):
    """How far an operation of a work order is."""

    WAITING = "waiting"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """A work order as it is worked on."""

    number: WorkOrderNo
    item: ItemCode
    location: LocationCode
    ordered: int
    completed: int = 0
    scrapped: int = 0
    start: date
    due: date
    components_issued: bool = False
    stage: WorkStage = WorkStage.OPEN
    version: int = 1
    released_at: datetime | None = None

    @property
    def open_quantity(self) -> int:
        """Units still to be made."""
        return self.ordered - self.completed


@dataclass(frozen=True, slots=True, kw_only=True)
class MakingStep:
    """An operation of a released work order: its standard minutes, and what was reported."""

    sequence: int
    name: str
    work_center: WorkCenterCode
    setup_minutes: int
    unit_minutes: Decimal
    state: OperationState = OperationState.WAITING
    good: int = 0
    scrapped: int = 0
    minutes: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None

    def load(self, quantity: int) -> int:
        """Minutes for so many units with one set-up, a part of a minute counted as a whole one."""
        return self.setup_minutes + ceil(self.unit_minutes * quantity)

    def left(self, quantity: int) -> int:
        """Minutes still to come of the load for so many units."""
        if self.state is OperationState.DONE:
            return 0
        full = self.load(max(0, quantity - self.good - self.scrapped))
        return full if self.state is OperationState.WAITING else full - self.setup_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class MakingPart:
    """A component of a released work order: a unit takes `per_unit`, scrap included; `required` is for all units."""

    item: ItemCode
    per_unit: Decimal
    required: int
    issued: int = 0
    operation: int | None = None

    @property
    def missing(self) -> int:
        """Units not taken from stock yet."""
        return max(0, self.required - self.issued)

    def taken_by(self, units: int) -> int:
        """Units of the component that so many units take, rounded up."""
        return ceil(self.per_unit * units)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltWith:
    """What a work order is built with instead of a component: `ratio` units of the alternate do the work of one."""

    component: ItemCode
    alternate: ItemCode
    ratio: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCost:
    """What a work order cost against the standard for the good units it made, to the ten-thousandth."""

    order: WorkOrderNo
    good: int
    scrapped: int
    standard_material: Decimal
    actual_material: Decimal
    standard_labour: Decimal
    actual_labour: Decimal
    scrap_cost: Decimal

    @property
    def standard(self) -> Decimal:
        """What the good units should have cost."""
        return self.standard_material + self.standard_labour

    @property
    def actual(self) -> Decimal:
        """What was spent."""
        return self.actual_material + self.actual_labour

    @property
    def variance(self) -> Decimal:
        """Spent more than the standard; it is the three variances added up."""
        return self.actual - self.standard

    @property
    def material_variance(self) -> Decimal:
        """Material used beyond what the good and the scrapped units should have taken."""
        return self.actual_material - self.standard_material - self.scrap_cost

    @property
    def labour_variance(self) -> Decimal:
        """Work beyond what the good units should have taken."""
        return self.actual_labour - self.standard_labour


def parts_of(bom: Iterable[BomComponent], *, item: ItemCode, units: int, on: date) -> tuple[MakingPart, ...]:
    """The components so many units of the item take, of the bill of materials in force on a day, by code."""
    found = list[MakingPart]()
    for row in bom:
        begun = row.valid_from is None or row.valid_from <= on
        if row.parent != item or not begun or (row.valid_to is not None and row.valid_to < on):
            continue
        per_unit = _six_places(row.quantity_per / (1 - row.scrap))
        required = ceil(per_unit * units)
        found.append(MakingPart(item=row.component, per_unit=per_unit, required=required, operation=row.operation))
    return tuple(sorted(found, key=lambda part: part.item))


def parts_with(parts: Iterable[MakingPart], instead: Iterable[BuiltWith], *, units: int) -> tuple[MakingPart, ...]:
    """The components of an order for so many units that is built with other ones instead of some, by code."""
    swaps = {swap.component: swap for swap in instead}
    found = list[MakingPart]()
    for part in parts:
        swap = swaps.get(part.item)
        if swap is None:
            found.append(part)
            continue
        per_unit = _six_places(part.per_unit * swap.ratio)
        required = ceil(per_unit * units)
        found.append(MakingPart(item=swap.alternate, per_unit=per_unit, required=required, operation=part.operation))
    return tuple(sorted(found, key=lambda part: part.item))


def cost_of(
    order: Making,
    *,
    parts: Iterable[MakingPart],
    steps: Iterable[MakingStep],
    unit_costs: Mapping[ItemCode, Decimal],
    hourly_costs: Mapping[WorkCenterCode, Decimal],
    issued: Iterable[tuple[int, Decimal]],
    worked: Iterable[tuple[int, Decimal]],
) -> WorkCost:
    """What the order cost: `issued` are units taken at a cost each, `worked` are minutes at a cost an hour.

    Standard material is what the good units take at standard cost, standard labour their minutes with one set-up;
    scrap cost is the standard material of the scrapped units.
    """
    a_unit = sum((part.per_unit * unit_costs[part.item] for part in parts), Decimal(0))
    minutes = sum(
        ((step.setup_minutes + step.unit_minutes * order.completed) * hourly_costs[step.work_center] for step in steps),
        Decimal(0),
    )
    return WorkCost(
        order=order.number,
        good=order.completed,
        scrapped=order.scrapped,
        standard_material=_to_step(a_unit * order.completed),
        actual_material=_to_step(sum((units * cost for units, cost in issued), Decimal(0))),
        standard_labour=_to_step(minutes / MINUTES_AN_HOUR),
        actual_labour=_to_step(sum((spent * cost for spent, cost in worked), Decimal(0)) / MINUTES_AN_HOUR),
        scrap_cost=_to_step(a_unit * order.scrapped),
    )


def _six_places(value: Decimal) -> Decimal:
    # Rounded up, as planning does: never a component short.
    return Decimal(ceil(value * 1_000_000)) / 1_000_000


def _to_step(amount: Decimal) -> Decimal:
    return amount.quantize(PRICE_STEP, rounding=ROUND_HALF_UP)
