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
from tests.core.planning.repair.cases import case_of, quote
from tests.core.planning.repair.drawn import (
    LINES,
    OFFERS,
    STOCK,
    SUPPLY,
    Lines,
    Offers,
    Supply,
    drawn_books,
    drawn_evidence,
)


@pytest.mark.slow
@given(
    lines=LINES,
    supply=SUPPLY,
    offers=OFFERS,
    stock=STOCK,
    overdue=st.sampled_from(OverdueSupply),
)
@settings(max_examples=25, deadline=None)
def test_every_plan_keeps_the_laws(
    lines: Lines,
    supply: Supply,
    offers: Offers,
    stock: tuple[int, int, int],
    overdue: OverdueSupply,
) -> None:
    books = drawn_books(lines, supply, stock)
    result = net(books, ScanRules(overdue=overdue))

    for detected in detect(books, result):
        case = case_of(detected)
        evidence = drawn_evidence(books, result, case, offers)
        plan = plan_case(books, result, case, evidence)
        _check_plan(books, result, case, plan)
        assert plan_case(books, result, case, evidence) == plan


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
