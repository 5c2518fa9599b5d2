"""Making in the domain: what units take, minutes that are left, and what an order cost, exactly."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import ItemCode, LocationCode, WorkCenterCode, WorkOrderNo
from core.domain.items import BomComponent
from core.domain.production import Making, MakingPart, MakingStep, OperationState, cost_of, parts_of

PUMP, SEAL, MOTOR = ItemCode("PUMP"), ItemCode("SEAL"), ItemCode("MOTOR")
SAW = WorkCenterCode("SAW")
TODAY = date(2024, 10, 4)


def component(
    item: ItemCode, per: str, scrap: str = "0", first: date | None = None, last: date | None = None
) -> BomComponent:
    return BomComponent(
        parent=PUMP, component=item, quantity_per=Decimal(per), scrap=Decimal(scrap), valid_from=first, valid_to=last
    )


def step(state: OperationState = OperationState.WAITING, *, good: int = 0, scrapped: int = 0) -> MakingStep:
    return MakingStep(
        sequence=10,
        name="Cut",
        work_center=SAW,
        setup_minutes=20,
        unit_minutes=Decimal("2.5"),
        state=state,
        good=good,
        scrapped=scrapped,
    )


def test_components_are_rounded_up_with_their_scrap() -> None:
    parts = parts_of([component(SEAL, "2", "0.1"), component(MOTOR, "1")], item=PUMP, units=4, on=TODAY)

    assert [(part.item, part.per_unit, part.required) for part in parts] == [
        (MOTOR, Decimal(1), 4),
        (SEAL, Decimal("2.222223"), 9),
    ]


def test_a_component_counts_while_it_is_valid() -> None:
    bom = [
        component(SEAL, "1", first=date(2024, 10, 5)),
        component(MOTOR, "1", last=date(2024, 10, 4)),
        component(PUMP, "1", last=date(2024, 10, 3)),
    ]

    assert [part.item for part in parts_of(bom, item=PUMP, units=1, on=TODAY)] == [MOTOR]


def test_minutes_left_shrink_with_what_is_reported() -> None:
    assert step().load(5) == 33
    assert step(OperationState.STARTED, good=2, scrapped=1).left(5) == 5
    assert step(OperationState.DONE, good=5).left(5) == 0
    assert step(OperationState.WAITING).left(5) == 33


MONEY = st.decimals(0, 10**6, places=4)


@given(
    good=st.integers(0, 1000),
    scrapped=st.integers(0, 100),
    per=st.decimals(Decimal("0.000001"), 50, places=6),
    unit_cost=MONEY,
    hourly=MONEY,
    issued=st.lists(st.tuples(st.integers(1, 10_000), MONEY), max_size=5),
    worked=st.lists(st.tuples(st.integers(0, 10_000), MONEY), max_size=5),
)
def test_the_variances_add_up_to_the_whole(
    good: int,
    scrapped: int,
    per: Decimal,
    unit_cost: Decimal,
    hourly: Decimal,
    issued: list[tuple[int, Decimal]],
    worked: list[tuple[int, Decimal]],
) -> None:
    order = Making(
        number=WorkOrderNo("WO-1"),
        item=PUMP,
        location=LocationCode("L"),
        ordered=1000,
        completed=good,
        scrapped=scrapped,
        start=TODAY,
        due=TODAY,
    )

    cost = cost_of(
        order,
        parts=(MakingPart(item=SEAL, per_unit=per, required=1),),
        steps=(step(),),
        unit_costs={SEAL: unit_cost},
        hourly_costs={SAW: hourly},
        issued=issued,
        worked=worked,
    )

    assert cost.variance == cost.material_variance + cost.labour_variance + cost.scrap_cost
    assert cost.actual_material == sum((units * price for units, price in issued), Decimal(0))
    assert cost.variance == cost.actual - cost.standard
