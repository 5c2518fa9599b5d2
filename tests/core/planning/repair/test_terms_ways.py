"""Ways out that rest on what the books say beyond the columns come up with their exact cost, or say why not."""

from dataclasses import replace
from decimal import Decimal

from core.domain.cases import ExceptionType
from core.domain.ids import ItemCode, LocationCode, OrderNo, WorkCenterCode, WorkOrderNo
from core.domain.plans import AnswerChange, ApplyChange, CorrectLedger, MoveOperation, Reship, ShipQuicker
from core.planning.repair.terms import AskedChange, CaseTerms, CountedStock, LostGoods, OtherCenter, QuickerWay
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


AIR = ShipQuicker(
    order=OrderNo("SO-8"),
    line=1,
    item=ItemCode("C"),
    quantity=8,
    location=LocationCode("MAIN"),
    usual="ACE ground",
    service="ACE air",
    ship_on=day(1),
    old_arrival=day(6),
    arrive_on=day(2),
    carbon=900,
    cost=Decimal("20.00"),
)


def test_r18_costs_the_freight_difference_and_is_left_out_where_the_days_are_not_worth_it() -> None:
    case = named(ExceptionType.MISSED_CUT_OFF, "order line SO-8/1", item="C")

    option = with_code(planned(pumps(), CaseTerms(quicker=(QuickerWay(what="", action=AIR),)), case=case), "R18")

    assert option.title == f"Release order line SO-8/1 by ACE air, there {day(2)}"
    assert [(term.name, term.amount) for term in option.cost_terms] == [("freight by ACE air", Decimal("20.00"))]
    assert (option.tier, option.deadline, option.undo) == (3, day(1), AIR.way_back)
    dear = replace(AIR, cost=Decimal("2000.00"))
    plan = planned(pumps(), CaseTerms(quicker=(QuickerWay(what="", action=dear),)), case=case)
    assert [action.kind for option in plan.options for action in option.actions if action.resolution == "R18"] == []
    none = CaseTerms(quicker=(QuickerWay(what="send it", why_not="no freight rates are kept"),))
    assert reasons(planned(pumps(), none, case=case), "R18") == ["no freight rates are kept"]


def asked(*, why_not: str = "") -> AskedChange:
    """The only line of the pumps, cancelled."""
    accepted, declined = (
        AnswerChange(signal="M-1", order=OrderNo("SO-1"), answer=answer, text="cancel it")
        for answer in ("applied", "declined")
    )
    books = pumps()
    cancel = ApplyChange(
        signal="M-1",
        order=OrderNo(books.demand.order[0]),
        line=int(books.demand.line[0]),
        item=ItemCode(books.items.code[int(books.demand.item[0])]),
        change="cancel",
        before="",
        after="",
        words="all of it cancelled",
        open_units=0,
        held=0,
        unit_price=Decimal(0),
        location=LocationCode(""),
        freed=0,
        dropped="",
        cost=Decimal("25.00"),
    )
    applied = () if why_not else (cancel,)
    return AskedChange(signal="M-1", accepted=accepted, declined=declined, applied=applied, why_not=why_not)


def test_r23_applies_a_change_or_declines_it_and_what_is_gone_costs_nothing_any_more() -> None:
    case = named(ExceptionType.CUSTOMER_CHANGE, "order SO-1", item="P")
    change = asked()

    plan = planned(pumps(), CaseTerms(changes=(change,)), case=case)

    apply, decline = (option for option in plan.options if option.actions[-1] in (change.accepted, change.declined))
    assert (apply.actions, decline.actions) == ((*change.applied, change.accepted), (change.declined,))
    assert [(term.name, term.amount) for term in apply.cost_terms] == [("change fee", Decimal("25.00"))]
    assert apply.undo.startswith("cannot be undone: enter what is wanted")
    assert (apply.forecast.lines_late, decline.forecast.lines_late, apply.changes) == (0, 1, ())


def test_r23_says_why_a_change_cannot_be_applied_and_has_a_person_asked() -> None:
    case = named(ExceptionType.CUSTOMER_CHANGE, "order SO-1", item="P")

    plan = planned(pumps(), CaseTerms(changes=(asked(why_not="it is picked"),)), case=case)

    assert reasons(plan, "R23") == ["it is picked"]
    kinds = {action.kind for option in plan.options for action in option.actions if action.resolution == "R23"}
    assert kinds == {"answer_change", "decide_change"}
