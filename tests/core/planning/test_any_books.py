"""Whatever the books hold, each entry of the engine answers right or refuses in words; none fails any other way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.errors import DomainError
from core.domain.evidence import CaseEvidence
from core.domain.ids import ItemCode, LocationCode, OrderNo, SupplierCode
from core.domain.overlays import SupplierOutage
from core.domain.promising import Ask
from core.domain.quantity import LARGEST_QUANTITY
from core.domain.scenarios import DemandChange, NewDemand, Scenario, SupplyCut, SupplyDelay
from core.domain.supply_impact import ImpactAsked
from core.planning.detection import detect
from core.planning.donors import stock_elsewhere
from core.planning.effects.applying import applied
from core.planning.forecasting import forecast
from core.planning.impact_report import impact_report
from core.planning.latelist import late_list
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.pegging import peg_graph
from core.planning.promising import open_book, promise
from core.planning.repair.together import Ask as AskTogether
from core.planning.repair.together import CaseOnDesk, plan_cases
from core.planning.robustness.drawing import Chances
from core.planning.robustness.promises import promise_odds
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot, date_of
from core.planning.whatif.answering import answer
from core.planning.whatif.resident import Resident
from core.planning.whatif.scenario import scenario_events
from tests.core.planning.edges import PLACES, edge_books
from tests.core.planning.oracle import Oracle
from tests.core.planning.repair.cases import case_of
from tests.core.planning.strategies import scan_rules

FEW = Chances(scenarios=20)
BUDGETS = (None, Decimal(0), Decimal("0.01"), Decimal(10**12))
T = TypeVar("T")
seeds = st.integers(0, 2**32 - 1)


def told(act: Callable[..., T], *given_: object) -> T | None:
    """What is answered; None where it is refused in words."""
    try:
        return act(*given_)
    except DomainError:
        return None


@settings(max_examples=60)
@given(seeds, scan_rules())
def test_they_are_netted_as_plain_python_does_or_refused(seed: int, rules: ScanRules) -> None:
    books = edge_books(seed)

    result = told(net, books, rules)

    if result is not None:
        needs, expected = result.requirements, Oracle(books, rules).needs
        found = (needs.item, needs.group, needs.need, needs.quantity, needs.short, needs.cover, needs.available)
        assert list(zip(*(column.tolist() for column in found), strict=True)) == [
            (n.item, n.group, n.need, n.quantity, n.short, n.cover, n.available) for n in expected
        ]


@settings(max_examples=25)
@given(seeds, scan_rules(), st.booleans())
def test_late_lines_cases_odds_and_impacts_are_told_or_refused(seed: int, rules: ScanRules, features: bool) -> None:
    books = edge_books(seed)
    rules = replace(rules, calendars=features, capacity=features, lanes=features, alternates=features)
    result = told(net, books, rules)
    if result is None:
        return

    assert late_list(books, result).at.size <= books.demand.line.size
    told(forecast, books, result)
    told(detect, books, result)
    graph = peg_graph(books, result)
    for line in range(books.demand.line.size):
        assert 0 <= promise_odds(books, graph, line, FEW).holds <= 100
    for number in {*books.supply.number, *books.demand.order}:
        told(impact_report, books, result, ImpactAsked(reference=number))
        told(impact_report, books, result, ImpactAsked(reference=number, later=3_650))


@settings(max_examples=25)
@given(seeds, scan_rules())
def test_a_what_if_is_what_netting_the_changed_books_says_or_refused(seed: int, rules: ScanRules) -> None:
    books = edge_books(seed)
    resident = told(Resident.of, books, rules)
    if resident is None:
        return

    for scenario in _scenarios(books, Random(seed)):
        report = told(partial(answer, limit=20), resident, scenario)
        if report is not None:
            again = Resident.of(applied(books, scenario_events(books, scenario)), rules)
            assert answer(again, _NOTHING, limit=0).before == report.after


_NOTHING = Scenario()


def _scenarios(books: Snapshot, dice: Random) -> list[Scenario]:
    late, far = (date_of(books.as_of) + timedelta(days=days) for days in (3, 60_000))
    demand, supply, found = books.demand, books.supply, list[Scenario]()
    for at in range(min(2, demand.line.size)):
        units, due = dice.choice([0, 1, LARGEST_QUANTITY, LARGEST_QUANTITY + 1]), dice.choice([None, late, far])
        change = DemandChange(order=OrderNo(demand.order[at]), line=int(demand.line[at]), quantity=units, due=due)
        found.append(Scenario(disruptions=(change,)))
    for at in range(min(2, supply.line.size)):
        delay = SupplyDelay(order=supply.number[at], days=dice.choice([-3_650, 1, 3_650]))
        found.append(Scenario(disruptions=(delay, delay)))
        found.append(Scenario(disruptions=(SupplyCut(order=supply.number[at], quantity=int(supply.quantity[at])),)))
    if books.parties.supplier:
        outage = SupplierOutage(supplier=SupplierCode(books.parties.supplier[0]), days=dice.choice([1, 3_650]))
        found.append(Scenario(disruptions=(outage,)))
    price = dice.choice([None, Decimal(0), Decimal(922_337_203)])
    asked = NewDemand(item=ItemCode("B"), quantity=dice.choice([1, LARGEST_QUANTITY]), due=far, unit_price=price)
    return [*found, Scenario(demand=(asked,))]


@settings(max_examples=40)
@given(seeds)
def test_promises_add_up_to_what_is_asked_or_are_refused(seed: int) -> None:
    snapshot, dice = edge_books(seed), Random(seed)
    books = told(open_book, snapshot)
    if books is None:
        return

    for _ in range(3):
        on = date_of(snapshot.as_of + dice.choice([0, 3, 60_000]))
        ask = Ask(
            item=ItemCode(dice.choice("ABCD")),
            location=LocationCode(dice.choice(PLACES)),
            quantity=dice.choice([1, 5, LARGEST_QUANTITY]),
            requested=on,
        )
        answered = told(promise, books, ask)
        if answered is not None:
            assert sum(part.quantity for part in answered.dates) + answered.unplannable == ask.quantity
            assert all(part.on >= on for part in answered.dates)


@settings(max_examples=8)
@given(seeds, st.sampled_from(BUDGETS))
def test_plans_over_all_cases_lie_between_their_bound_and_greedy_whatever_their_order(
    seed: int, budget: Decimal | None
) -> None:
    books = edge_books(seed)
    result = told(net, books, ScanRules())
    desks = None if result is None else told(_desks, books, result)
    if result is None or desks is None:
        return
    ask = AskTogether(budget=budget, chances=FEW)

    plan = told(plan_cases, books, result, desks, ask)

    if plan is not None:
        assert plan.bound <= plan.total <= plan.greedy <= plan.idle
        assert plan_cases(books, result, desks[::-1], ask) == plan


def _desks(books: Snapshot, result: NetResult) -> list[CaseOnDesk]:
    cases = [case_of(found, number=number) for number, found in enumerate(detect(books, result), start=1)]
    return [CaseOnDesk(case=case, evidence=CaseEvidence(stock=stock_elsewhere(books, result, case))) for case in cases]
