"""What to do first about a case: fixed rules, each with its reason."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.cases import Case, CaseState, DetectedCase, ExceptionType, LineImpact
from core.domain.ids import CaseId, CustomerCode, ItemCode, OrderNo
from core.domain.triage import TRIAGE_POLICY, Verdict, triaged

TODAY = date(2026, 3, 2)
LATER = TODAY + timedelta(days=30)


def quiet(number: int = 1, **detected: Any) -> Case:
    """A case that presses nobody, with something else about it."""
    impact = LineImpact(
        order=OrderNo("SO-1042"),
        line=1,
        customer=CustomerCode("HARBOR"),
        item=ItemCode("FG-100"),
        quantity=60,
        short=40,
        due=LATER,
        projected=None,
        days_late=0,
        exposure=Decimal(300),
        why=(),
    )
    calm: dict[str, Any] = {"best_tier": 3, "needed_by": LATER, "exposure": Decimal(300), "impacts": (impact,)}
    calm |= {"type": ExceptionType.DEMAND_SHORTAGE, "root": "item FG-100@RENO", "cause": "uncovered"}
    calm |= {"title": "FG-100 lacks", "item": ItemCode("FG-100"), "location": "RENO", "lacking": 40, "fixes": ()}
    return Case(
        id=CaseId(f"CASE-{number}"),
        state=CaseState.OPEN,
        detected=DetectedCase(**{**calm, **detected}),
        deadline=None,
        planning_round=0,
        opened_on=TODAY,
    )


@pytest.mark.parametrize(
    ("detected", "before", "verdict", "reason"),
    [
        ({}, 0, Verdict.WATCH, f"nothing is lost before {LATER}, and 300.00 is at stake"),
        ({"needed_by": TODAY}, 0, Verdict.ACT_NOW, f"a way out is lost or units are needed by {TODAY}"),
        ({"exposure": Decimal(5000)}, 0, Verdict.ACT_NOW, "5,000.00 is at stake"),
        ({"best_tier": 1}, 0, Verdict.ACT_NOW, "it hurts a customer of tier 1"),
        ({}, 2, Verdict.ACT_NOW, "the same cause was a case 2 times before"),
        (
            {"type": ExceptionType.PROMISE_AT_RISK, "best_tier": 1},
            0,
            Verdict.WATCH,
            "promise at risk: it may settle by",
        ),
        ({"exposure": Decimal(9), "impacts": ()}, 0, Verdict.IGNORE, "9.00 at stake, less than 100.00, and no order"),
        ({"exposure": Decimal(9), "impacts": (), "type": ExceptionType.FEED_FAILURE}, 0, Verdict.WATCH, "nothing is"),
    ],
)
def test_each_rule_gives_its_reason(detected: dict[str, Any], before: int, verdict: Verdict, reason: str) -> None:
    found = triaged(quiet(**detected), [], as_of=TODAY, before=before)

    assert (found.verdict, found.reasons[0].startswith(reason)) == (verdict, True), found


def test_a_case_whose_lines_all_hurt_in_a_larger_one_belongs_with_it() -> None:
    small, large = quiet(2), quiet(1, exposure=Decimal(900))

    found = triaged(small, [small, large], as_of=TODAY)

    assert (found.verdict, found.into) == (Verdict.MERGE, "CASE-1")
    assert triaged(large, [small, large], as_of=TODAY).verdict is Verdict.WATCH
    closed = replace(large, state=CaseState.RESOLVED)
    assert triaged(small, [small, closed], as_of=TODAY).verdict is Verdict.WATCH


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 20_000), st.integers(-3, 40), st.integers(1, 3)), min_size=1, max_size=6),
)
def test_no_two_cases_are_merged_with_each_other_and_the_largest_with_none(
    drawn: list[tuple[int, int, int]],
) -> None:
    cases = [
        quiet(n, exposure=Decimal(money), needed_by=TODAY + timedelta(days=days), best_tier=tier)
        for n, (money, days, tier) in enumerate(drawn, start=1)
    ]

    found = {one.id: triaged(one, cases, as_of=date(2026, 3, 2), policy=TRIAGE_POLICY) for one in cases}

    assert all(triage.reasons for triage in found.values())
    largest = max(cases, key=lambda one: (one.detected.exposure, -int(one.id.rpartition("-")[2])))
    assert found[largest.id].verdict is not Verdict.MERGE
    merged = {one: triage.into for one, triage in found.items() if triage.into}
    assert all(into == largest.id for into in merged.values())
    assert CaseId(largest.id) not in merged
