"""The options of a case on small books, to the last figure."""

from dataclasses import replace
from decimal import Decimal

from core.domain.evidence import CaseEvidence
from core.domain.options import Option
from core.domain.plans import Buy, Expedite, Make, RePromise, Transfer, Wait
from core.planning.detection import detect
from core.planning.forecasting import forecast
from core.planning.naming import day_name
from core.planning.netting import net
from core.planning.repair import CasePlan, plan_case
from core.planning.rules import OverdueSupply, ScanRules
from core.planning.simulation import apply
from core.planning.snapshot import Snapshot
from tests.core.planning.books import AS_OF, book
from tests.core.planning.repair.cases import case_of, day, expedite, planned, quote


def _short_at_main() -> Snapshot:
    """Two lines at MAIN lack 30 of 50; RENO can spare 20 of its 35."""
    return book(
        items=[("A",)],
        locations=[("MAIN",), ("RENO",)],
        demand=[
            ("SO-1", 1, "A", 30, 4, "MAIN", 0, 0, 1, "100", 100, "BIG"),
            ("SO-2", 1, "A", 20, 6, "MAIN", 0, 1, 2, "100", 100, "SMALL"),
            ("SO-3", 1, "A", 15, 20, "RENO", 0, 2, 2, "100", 100, "SMALL"),
        ],
        stock=[("A", 20, "MAIN"), ("A", 35, "RENO")],
        lanes=[("RENO", "MAIN", 2, "40", "0.5")],
        sources=[("A", "S1", 9, "4")],
        customers=[("BIG", 1)],
    )


def _titles(plan: CasePlan) -> list[str]:
    return [option.title for option in plan.options]


def _by_title(plan: CasePlan, title: str) -> Option:
    return next(option for option in plan.options if option.title == title)


def test_options_are_distinct_lettered_by_objective_and_end_with_waiting() -> None:
    plan = planned(_short_at_main(), quotes=[quote("S1", 9, "4.40")])

    assert _titles(plan) == [
        "Transfer 20 A from RENO, buy 10 A from S1, a new date for 1 order line",
        "Buy 30 A from S1, new dates for 2 order lines",
        "Transfer 20 A from RENO",
        f"Wait until {day(1)}, then look again",
    ]
    assert [option.id for option in plan.options] == ["CASE-17-1A", "CASE-17-1B", "CASE-17-1C", "CASE-17-1D"]
    assert [option.letter for option in plan.options] == ["A", "B", "C", "D"]
    assert [option.objective for option in plan.options[:-1]] == sorted(o.objective for o in plan.options[:-1])


def test_a_mix_carries_its_actions_costs_changes_and_undo() -> None:
    plan = planned(_short_at_main(), quotes=[quote("S1", 9, "4.40")])

    mix = plan.options[0]

    transfer, buy, promise = mix.actions
    assert isinstance(transfer, Transfer)
    assert (transfer.reference, transfer.quantity, transfer.ship_on) == ("TO-17.1A-1", 20, day(0))
    assert (transfer.origin, transfer.destination, transfer.arrive_on) == ("RENO", "MAIN", day(2))
    assert isinstance(buy, Buy)
    assert (buy.reference, buy.quantity, buy.location, buy.arrive_on) == ("PO-17.1A-2", 10, "MAIN", day(9))
    assert isinstance(promise, RePromise)
    assert (promise.order, promise.line, promise.old, promise.new) == ("SO-2", 1, day(6), day(9))
    assert [(term.name, term.amount) for term in mix.cost_terms] == [
        ("freight from RENO", Decimal("50.00")),
        ("price difference of S1", Decimal("4.00")),
    ]
    assert mix.total_cost == mix.plan.cost == Decimal("54.00")
    assert mix.tier == 3
    assert (mix.lines_helped, mix.lines_hurt, mix.lines_recovered, mix.promises_moved) == (1, 0, 1, 1)
    assert mix.customers_affected == ("BIG", "SMALL")
    assert (mix.exposure_before, mix.exposure_after) == (Decimal("3210.00"), Decimal("0.00"))
    assert mix.deadline == day(0)
    assert mix.undo == (
        f"cancel transfer order TO-17.1A-1 before it ships on {day(0)}; "
        "cancel purchase order PO-17.1A-2 with S1 before goods are on their way; "
        "give 1 order line the promised date of before and tell the customers"
    )


def test_changes_tell_what_every_line_gains_and_loses() -> None:
    plan = planned(_short_at_main())

    [first, second] = _by_title(plan, "Transfer 20 A from RENO").changes

    assert (first.order, first.short_before, first.short_after, first.gained) == ("SO-1", 10, 0, 7)
    assert (first.projected_before, first.projected_after) == (day(9), day(2))
    assert (second.order, second.short_before, second.short_after, second.gained) == ("SO-2", 20, 10, 0)


def test_the_forecast_of_an_option_is_what_the_books_show_once_it_is_done() -> None:
    books = _short_at_main()

    for option in planned(books, quotes=[quote("S1", 9, "4.40")]).options:
        after = apply(books, option.actions)
        touched = frozenset((line.order, line.line) for line in option.forecast.lines)
        assert forecast(after, net(after, ScanRules()), touched=touched) == option.forecast


def test_lines_that_only_rest_on_ordered_supply_now_are_neither_helped_nor_hurt() -> None:
    plan = planned(_short_at_main(), quotes=[quote("S1", 9, "4.40")])

    buy = _by_title(plan, "Buy 30 A from S1, new dates for 2 order lines")

    assert [change.gained for change in buy.changes] == [0, 0]
    assert (buy.lines_helped, buy.lines_hurt) == (0, 0)


def test_a_buy_later_than_projected_that_gains_nothing_is_rejected_with_the_reason() -> None:
    books = book(
        items=[("FG", True, 2), ("A",), ("B",)],
        demand=[("SO-1", 1, "FG", 10, 4, "", 0, 0, 1, "100", 100)],
        bom=[("FG", "A"), ("FG", "B")],
        sources=[("A", "S1", 9, "4"), ("B", "S1", 9, "4")],
    )
    result = net(books, ScanRules())
    [detected] = [found for found in detect(books, result) if found.item == "A"] or detect(books, result)[:1]
    item = detected.item

    late = plan_case(books, result, case_of(detected), CaseEvidence(quotes=(quote("S1", 15, "4", item=item),)))
    same = plan_case(books, result, case_of(detected), CaseEvidence(quotes=(quote("S1", 9, "4", item=item),)))

    assert _titles(late) == [f"Wait until {day(1)}, then look again"]
    assert [(one.what, one.reason) for one in late.rejected if one.resolution == "R08"] == [
        (f"buy 10 {item} from S1", f"there on {day(15)}, it makes nothing better")
    ]
    assert _titles(same)[0] == f"Buy 10 {item} from S1", "half of what is lacking, and nobody loses by it"


def test_nothing_is_promised_on_a_date_that_nothing_ordered_supports() -> None:
    plan = planned(_short_at_main(), stock=())

    assert _titles(plan) == [
        "Offer BIG, SMALL another date, quantity or item for 2 order lines",
        f"Wait until {day(2)}, then look again",
    ]
    rejected = next(one for one in plan.rejected if one.resolution == "R12")
    assert (rejected.resolution, rejected.what) == ("R12", "promise 2 order lines a new date without new supply")


def test_what_nobody_ordered_is_made_and_promised_when_its_components_are_there() -> None:
    books = book(
        items=[("A", True, 6), ("C",)],
        demand=[("SO-1", 1, "A", 10, 4, "", 0, 0, 1, "10")],
        stock=[("C", 10)],
        bom=[("A", "C")],
    )

    plan = planned(books)

    assert _titles(plan) == ["Make 10 A, a new date for 1 order line", f"Wait until {day(1)}, then look again"]
    made, promise = plan.options[0].actions
    assert isinstance(made, Make)
    assert (made.start, made.finish, made.quantity, made.cost) == (day(0), day(6), 10, Decimal(0))
    assert isinstance(promise, RePromise)
    assert promise.new == day(6)
    assert plan.options[0].feasibility == (
        "10 of 10 units without supply get one",
        f"making A takes 6 days, its lead time; its components are there on {day(0)}",
        f"make 10 A: there on {day_name(AS_OF + 6)}, 2 days after the first need",
    )


def test_a_late_order_can_be_expedited_or_its_lines_given_its_date() -> None:
    books = book(
        items=[("A",)],
        demand=[("SO-1", 1, "A", 10, 4, "", 0, 0, 1, "100", 100)],
        supply=[("PO", "PO-1", "A", 25, 9, "", None, "S1")],
        sources=[("A", "S1", 9, "4")],
    )

    plan = planned(books, expedites=[expedite("PO-1", 3, "30", quantity=25)])

    assert _titles(plan) == [
        "Expedite PO-1/1 (25 A)",
        "A new date for 1 order line",
        f"Wait until {day(1)}, then look again",
    ]
    [action] = plan.options[0].actions
    assert isinstance(action, Expedite)
    assert (action.old_due, action.new_due, action.quantity, action.fee) == (day(9), day(3), 25, Decimal("30.00"))
    assert plan.options[0].deadline == day(1)


def test_buying_a_component_frees_the_work_order_it_holds_up() -> None:
    books = book(
        items=[("FG", True, 2), ("C",)],
        demand=[("SO-1", 1, "FG", 10, 8, "", 0, 0, 1, "10")],
        supply=[("WO", "WO-1", "FG", 10, 7, "", 5), ("PO", "PO-1", "C", 10, 20, "", None, "S1")],
        bom=[("FG", "C")],
        sources=[("C", "S1", 15, "1"), ("C", "S2", 4, "1.5")],
    )

    plan = planned(books, quotes=[quote("S2", 4, "1.50", item="C", minimum=12)])

    best = plan.options[0]
    assert best.title == "Buy 12 C from S2"
    assert best.lines_recovered == 1
    assert [(term.name, term.amount) for term in best.cost_terms] == [
        ("price difference of S2", Decimal("6.00")),
        ("holding 2 units bought beyond the need", Decimal("0.75")),
    ]


def test_committing_more_than_one_person_may_is_t4() -> None:
    plan = planned(_short_at_main(), quotes=[quote("S1", 3, "400")], stock=())

    assert _by_title(plan, "Buy 30 A from S1").tier == 4


def test_an_overdue_order_believed_to_come_is_made_safe_by_a_firm_day() -> None:
    books = book(
        items=[("A",)],
        demand=[("SO-1", 1, "A", 10, 4, "", 0, 0, 1, "10", 100)],
        supply=[("PO", "PO-1", "A", 10, -6, "", None, "S1")],
    )

    plan = planned(books, expedites=[expedite("PO-1", 2, "15", quantity=10)])
    ignored = planned(
        books, expedites=[expedite("PO-1", 2, "15", quantity=10)], rules=ScanRules(overdue=OverdueSupply.IGNORE)
    )

    assert [option.title for option in plan.options] == [
        "Expedite PO-1/1 (10 A)",
        f"Wait until {day(2)}, then look again",
    ]
    assert ignored.options[0].title == "Expedite PO-1/1 (10 A)"
    assert ignored.options[0].lines_recovered == 1


def test_safety_stock_can_be_bought_back() -> None:
    books = book(
        items=[("A", False, 9, 20, False, "5")],
        stock=[("A", 8)],
        sources=[("A", "S1", 9, "5"), ("A", "S2", 2, "6")],
    )

    plan = planned(books, quotes=[quote("S2", 2, "5.10")])

    assert [option.title for option in plan.options] == ["Buy 12 A from S2", f"Wait until {day(1)}, then look again"]
    assert plan.options[0].total_cost == Decimal("1.20")


def test_a_passed_promise_with_stock_at_hand_only_needs_a_new_date() -> None:
    books = book(items=[("A",)], demand=[("SO-1", 1, "A", 4, -3, "", 0, 0, 1, "10")], stock=[("A", 4)])

    plan = planned(books, quotes=[quote("S1", 2, "5")])

    assert _titles(plan) == ["A new date for 1 order line", f"Wait until {day(1)}, then look again"]
    assert plan.rejected == ()


def test_waiting_lasts_until_the_first_option_is_lost() -> None:
    books = book(
        items=[("A",)],
        demand=[("SO-1", 1, "A", 10, 20, "", 0, 0, 1, "10")],
        sources=[("A", "S1", 9, "4")],
    )

    plan = planned(books, quotes=[quote("S1", 8, "4", valid=30)])

    assert [option.deadline for option in plan.options] == [day(12), day(12)]
    [wait] = plan.options[-1].actions
    assert wait == Wait(until=day(12))
    assert plan.options[-1].undo == "nothing to undo"


def test_a_case_whose_cause_is_gone_has_nothing_but_waiting() -> None:
    books = _short_at_main()
    [detected] = detect(books, net(books, ScanRules()))
    healed = replace(books, demand=replace(books.demand, quantity=books.demand.quantity * 0 + 1))

    plan = plan_case(healed, net(healed, ScanRules()), case_of(detected), CaseEvidence())

    assert [option.tier for option in plan.options] == [0]
