"""Laws every plan of every case keeps, on random small companies and on AdventureWorks."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.cases import Case
from core.domain.evidence import CaseEvidence
from core.domain.options import Option
from core.domain.plans import RePromise, Transfer, Wait
from core.domain.quotes import Quote
from core.domain.tiers import tier_of
from core.planning.detection import detect
from core.planning.donors import stock_elsewhere
from core.planning.forecasting import forecast
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.repair import DEFAULT_POLICY, CasePlan, plan_case
from core.planning.rules import OverdueSupply, ScanRules
from core.planning.simulation import apply, line_position
from core.planning.snapshot import PRICE_SCALE, Snapshot, day_number
from tests.core.planning.adventureworks import adventureworks
from tests.core.planning.books import book
from tests.core.planning.repair.cases import case_of, expedite, quote

_LINES = st.lists(
    st.tuples(
        st.sampled_from(["FG", "RAW"]),
        st.integers(1, 30),
        st.integers(-1, 15),
        st.sampled_from(["MAIN", "RENO"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=7,
)
_SUPPLY = st.lists(
    st.tuples(
        st.sampled_from([("WO", "FG"), ("PO", "RAW"), ("PO", "FG")]),
        st.integers(1, 30),
        st.integers(-4, 15),
        st.sampled_from(["MAIN", "RENO"]),
    ),
    max_size=6,
)
_OFFERS = st.lists(
    st.tuples(st.sampled_from(["S1", "S2"]), st.integers(0, 9), st.integers(1, 9), st.integers(1, 20)), max_size=3
)


@pytest.mark.slow
@given(
    lines=_LINES,
    supply=_SUPPLY,
    offers=_OFFERS,
    stock=st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)),
    overdue=st.sampled_from(OverdueSupply),
)
@settings(max_examples=25, deadline=None)
def test_every_plan_keeps_the_laws(
    lines: list[tuple[str, int, int, str, int]],
    supply: list[tuple[tuple[str, str], int, int, str]],
    offers: list[tuple[str, int, int, int]],
    stock: tuple[int, int, int],
    overdue: OverdueSupply,
) -> None:
    books = book(
        items=[("FG", True, 2, 0, True, "8"), ("RAW", False, 6, 5, False, "2")],
        locations=[("MAIN", "X"), ("RENO", "Y")],
        demand=[
            (f"SO-{n}", 1, item, q, due, place, 0, n, p, "20", 80) for n, (item, q, due, place, p) in enumerate(lines)
        ],
        stock=[("FG", stock[0], "MAIN"), ("FG", stock[1], "RENO"), ("RAW", stock[2], "MAIN")],
        supply=[
            (kind, f"{kind}-{n}", item, q, due, place, due - 2, "S1" if kind == "PO" else "")
            for n, ((kind, item), q, due, place) in enumerate(supply)
        ],
        bom=[("FG", "RAW", "2")],
        lanes=[("RENO", "MAIN", 2, "30", "0.5"), ("MAIN", "RENO", 2, "30", "0.5")],
        sources=[("RAW", "S1", 6, "2"), ("FG", "S2", 8, "9")],
    )
    result = net(books, ScanRules(overdue=overdue))

    for detected in detect(books, result):
        case = case_of(detected)
        evidence = _evidence(books, result, case, offers)
        plan = plan_case(books, result, case, evidence)
        _check_plan(books, result, case, plan)
        assert plan_case(books, result, case, evidence) == plan


def _evidence(books: Snapshot, result: NetResult, case: Case, offers: list[tuple[str, int, int, int]]) -> CaseEvidence:
    orders = [n for n, number in enumerate(books.supply.number) if number.startswith("PO")]
    return CaseEvidence(
        stock=stock_elsewhere(books, result, case),
        quotes=tuple(
            quote(supplier, lead, str(price), item=case.detected.item, minimum=least, multiple=3)
            for supplier, lead, price, least in {offer[0]: offer for offer in offers}.values()
        ),
        expedites=tuple(
            expedite(books.supply.number[n], 1, "25", item=books.items.code[int(books.supply.item[n])]) for n in orders
        ),
    )


def _check_plan(books: Snapshot, result: NetResult, case: Case, plan: CasePlan) -> None:
    options = plan.options
    assert 1 <= len(options) <= DEFAULT_POLICY.most_options
    assert [option.letter for option in options] == list("ABCDE"[: len(options)])
    assert [isinstance(action, Wait) for action in options[-1].actions] == [True]
    assert len({option.id for option in options}) == len(options)
    outcomes = [(option.total_cost, option.forecast.digest, option.title) for option in options]
    assert len(set(outcomes)) == len(options)
    assert sorted(option.objective for option in options[:-1]) == [option.objective for option in options[:-1]]
    given = {stock.location: stock.quantity for stock in stock_elsewhere(books, result, case)}
    for option in options:
        _check_option(books, result, option, given)


def _check_option(books: Snapshot, result: NetResult, option: Option, given: dict[str, int]) -> None:
    after = apply(books, option.actions)
    found = net(after, result.rules)
    touched = frozenset((line.order, line.line) for line in option.forecast.lines)
    assert forecast(after, found, touched=touched) == option.forecast
    assert option.total_cost == option.plan.cost == sum((term.amount for term in option.cost_terms), Decimal(0))
    assert option.tier == tier_of(option.plan, DEFAULT_POLICY.money_limit)
    assert day_number(option.deadline) >= books.as_of
    taken: Counter[str] = Counter()
    for action in option.actions:
        if isinstance(action, Transfer):
            taken[action.origin] += action.quantity
    assert all(units <= given[place] for place, units in taken.items())
    promised = [action for action in option.actions if isinstance(action, RePromise)]
    assert len({(action.order, action.line) for action in promised}) == len(promised) == option.promises_moved
    for action in promised:
        at = line_position(books, action.order, action.line)
        assert at is not None
        assert day_number(action.new) == found.line_available[at]
        assert action.new > action.old
    assert option.lines_helped == sum(change.gained > 0 for change in option.changes)
    assert option.lines_hurt <= sum(change.gained < 0 for change in option.changes)
    if not isinstance(option.actions[0], Wait) and not (option.lines_helped or option.lines_recovered):
        assert option.exposure_after <= option.exposure_before


@pytest.mark.slow
def test_adventureworks_cases_are_planned_with_predictions_that_hold() -> None:
    books = adventureworks()
    result = net(books, ScanRules())
    cases = [detected for detected in detect(books, result) if detected.type.value in {"E01", "E07"}][:4]

    for detected in cases:
        case = case_of(detected)
        evidence = CaseEvidence(quotes=tuple(_offers(books, detected.item)))
        plan = plan_case(books, result, case, evidence)
        for option in plan.options:
            _check_option(books, result, option, {})


def _offers(books: Snapshot, item: str) -> list[Quote]:
    sources, at = books.sources, books.items.code.index(item)
    return [
        quote(
            books.parties.supplier[int(sources.supplier[row])],
            max(1, int(sources.lead_days[row]) - 5),
            str(Decimal(int(sources.price[row])) / PRICE_SCALE),
            item=item,
            available=5000,
        )
        for row in range(sources.item.size)
        if sources.item[row] == at
    ]
