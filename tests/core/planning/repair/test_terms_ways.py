"""Ways out that rest on what the books say beyond the columns come up with their exact cost, or say why not."""

from dataclasses import replace
from decimal import Decimal

from core.domain.cases import ExceptionType
from core.domain.ids import ItemCode, LocationCode, OrderNo, WorkCenterCode, WorkOrderNo
from core.domain.plans import CorrectLedger, MoveOperation, Reship
from core.planning.repair.terms import CaseTerms, CountedStock, LostGoods, OtherCenter
from tests.core.planning.repair.cases import day
from tests.core.planning.repair.test_building_blocks import named, planned, pumps, reasons, with_code

MOVE = MoveOperation(
    work_order=WorkOrderNo("WO-1"),
    operation=10,
    item=ItemCode("P"),
    quantity=10,
    old_center=WorkCenterCode("LATHE"),
    new_center=WorkCenterCode("MILL"),
    old_setup=30,
    old_unit=Decimal(20),
    new_setup=33,
    new_unit=Decimal(22),
    start=day(8),
    old_due=day(11),
    new_due=day(4),
    cost=Decimal("12.50"),
)


def test_r14_brings_an_order_sooner_at_the_other_work_centre() -> None:
    case = named(ExceptionType.WORK_ORDER_BEHIND, "work order WO-1", item="P")
    terms = CaseTerms(centers=(OtherCenter(action=MOVE),))

    option = with_code(planned(pumps(), terms, case=case), "R14")

    assert option.actions == (MOVE,)
    assert option.title == "Do operation 10 of work order WO-1 at MILL"
    assert [(term.name, term.amount) for term in option.cost_terms] == [("running at MILL", Decimal("12.50"))]
    assert (option.tier, option.total_cost, option.deadline) == (3, Decimal("12.50"), day(8))


def test_r14_says_where_there_is_no_time() -> None:
    case = named(ExceptionType.WORK_ORDER_BEHIND, "work order WO-1", item="P")
    terms = CaseTerms(centers=(OtherCenter(action=MOVE, why_not="MILL has no time for it"),))

    assert reasons(planned(pumps(), terms, case=case), "R14") == ["MILL has no time for it"]


def test_r14_relieves_a_day_with_too_much_work_without_another_date() -> None:
    case = named(ExceptionType.CAPACITY_OVERLOAD, "work center LATHE")
    move = replace(MOVE, new_due=MOVE.old_due)

    plan = planned(pumps(), CaseTerms(centers=(OtherCenter(action=move, relieves=True),)), case=case)

    assert with_code(plan, "R14").actions == (move,)


def test_r22_corrects_the_ledger_by_a_count_even_where_the_figures_get_worse() -> None:
    case = named(ExceptionType.OVERSELL, "item C@SITE", item="C")
    correct = CorrectLedger(
        reference="CC-1",
        item=ItemCode("C"),
        location=LocationCode("MAIN"),
        on_hand=50,
        free=50,
        change=-50,
        reason="count",
        value=Decimal("25.00"),
    )

    plan = planned(pumps(), CaseTerms(counts=(CountedStock(action=correct),)), case=case)

    option = next(one for one in plan.options if one.actions == (correct,))
    assert option.title == "Correct C at MAIN by -50 as counted on CC-1"
    assert [(term.name, term.amount) for term in option.cost_terms] == [("units written off", Decimal("25.00"))]
    refused = CaseTerms(counts=(CountedStock(action=correct, why_not="5 of the units are reserved"),))
    assert reasons(planned(pumps(), refused, case=case), "R22") == ["5 of the units are reserved"]


def test_r19_sends_lost_goods_again_at_the_cost_of_goods_and_freight() -> None:
    again = Reship(
        shipment="SH-1",
        problem="lost",
        order=OrderNo("SO-8"),
        line=1,
        item=ItemCode("C"),
        location=LocationCode("MAIN"),
        quantity=8,
        ship_on=day(1),
        arrive_on=day(3),
        cost=Decimal("60.00"),
    )
    case = named(ExceptionType.CARRIER_EXCEPTION, "shipment SH-1", item="C")
    lost = LostGoods(shipment="SH-1", action=again, goods=Decimal("40.00"))

    option = with_code(planned(pumps(), CaseTerms(lost=(lost,)), case=case), "R19")

    assert option.title.startswith("Send 8 C of shipment SH-1 again from ")
    terms = [(term.name, term.amount) for term in option.cost_terms]
    assert terms == [("goods sent again", Decimal("40.00")), ("freight", Decimal("20.00"))]
    none = CaseTerms(lost=(LostGoods(shipment="SH-1", why_not="no place has all of it in stock"),))
    assert reasons(planned(pumps(), none, case=case), "R19") == ["no place has all of it in stock"]
