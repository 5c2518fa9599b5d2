"""Each rule sees exactly the one exception planted for it, and nothing where the facts only come near."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.cases import ExceptionType as E
from core.domain.exception_table import KINDS
from core.domain.watching.facts import Facts
from core.domain.watching.policy import WatchPolicy
from core.domain.watching.rules import findings
from tests.core.domain.watching.sightings import AS_OF, HOLD, PLANTED, PURCHASE, RETURN, SHIPMENT, STORM, TARIFF, day

# Found by the engine in its own columns (tests/core/planning).
BY_THE_ENGINE = {
    E.DEMAND_SHORTAGE,
    E.LATE_PURCHASE_ORDER,
    E.COMPONENT_SHORTAGE,
    E.PROMISE_AT_RISK,
    E.PROMISE_IMPROVABLE,
    E.SAFETY_STOCK_BREACHED,
}


def seen(facts: Facts) -> list[E]:
    return [finding.type for finding in findings(facts, as_of=AS_OF)]


def test_every_type_is_planted_here_or_found_by_the_engine() -> None:
    assert set(PLANTED) | BY_THE_ENGINE == set(E)
    assert set(KINDS) == set(E)


@pytest.mark.parametrize("kind", PLANTED, ids=lambda kind: kind.value)
def test_what_is_planted_is_seen_once(kind: E) -> None:
    assert seen(PLANTED[kind][0]) == [kind]


@pytest.mark.parametrize("kind", PLANTED, ids=lambda kind: kind.value)
def test_a_near_miss_is_not_seen(kind: E) -> None:
    assert seen(PLANTED[kind][1]) == []


@pytest.mark.parametrize("kind", PLANTED, ids=lambda kind: kind.value)
def test_a_finding_says_what_and_what_would_help(kind: E) -> None:
    (finding,) = findings(PLANTED[kind][0], as_of=AS_OF)

    assert finding.title[0] == finding.title[0].upper()
    assert finding.fixes
    assert finding.needed_by >= AS_OF


@given(st.lists(st.sampled_from(sorted(PLANTED)), unique=True), st.randoms(use_true_random=False))
def test_findings_are_the_same_in_whatever_order_the_facts_come(kinds: list[E], dice: object) -> None:
    together = {field.name: list[object]() for field in fields(Facts)}
    for kind in kinds:
        for name, rows in together.items():
            rows.extend(row for row in getattr(PLANTED[kind][0], name) if row not in rows)
    forward = Facts(**{name: tuple(rows) for name, rows in together.items()})  # pyright: ignore[reportArgumentType]  rows of their own field
    backward = Facts(**{name: tuple(reversed(rows)) for name, rows in together.items()})  # pyright: ignore[reportArgumentType]  the same

    keys = [finding.key for finding in findings(forward, as_of=AS_OF)]
    assert keys == [finding.key for finding in findings(backward, as_of=AS_OF)]
    assert len(keys) == len(set(keys))


def test_a_title_names_who_what_and_how_much() -> None:
    (slip,) = findings(PLANTED[E.SUPPLIER_SLIP][0], as_of=AS_OF)
    (duty,) = findings(PLANTED[E.COMPLIANCE_CHANGE][0], as_of=AS_OF)

    assert slip.title == "GULF confirmed 40 VALVE-3 on PO-1/1 for 2026-11-13, 1 day after 2026-11-12"
    assert duty.title == (
        "The duty on 8481 from CN goes from 2.5 % to 25 % on 2026-11-10, before 1 purchase order line on order arrive"
    )
    assert duty.exposure == Decimal("112.50")


def test_a_tolerance_is_data() -> None:
    late = Facts(purchases=(replace(PURCHASE, confirmed_date=day(14)),))

    assert findings(late, as_of=AS_OF, policy=WatchPolicy(slip_days=2)) == ()
    assert [one.type for one in findings(late, as_of=AS_OF, policy=WatchPolicy(slip_days=1))] == [E.SUPPLIER_SLIP]


def test_a_credit_hold_past_its_limit_is_one_case_not_two() -> None:
    assert seen(Facts(holds=(replace(HOLD, kind="credit", age_hours=99),))) == [E.CREDIT_HOLD]


@pytest.mark.parametrize(
    "change", [{"refunded": True}, {"received": True, "age_hours": 73}], ids=["refunded early", "no disposition"]
)
def test_returns_wait_in_three_ways(change: dict[str, bool]) -> None:
    assert seen(Facts(returns=(replace(RETURN, age_hours=1) if "refunded" in change else RETURN,))) == []
    assert seen(Facts(returns=(replace(RETURN, **{"age_hours": 1, **change}),))) == [E.RETURN_PENDING]


def test_a_lost_shipment_lacks_what_it_carried() -> None:
    (lost,) = findings(Facts(shipments=(replace(SHIPMENT, trouble="lost"),)), as_of=AS_OF)

    assert (lost.lacking, lost.cause) == (40, "lost")


def test_a_disruption_that_names_nobody_hits_nothing() -> None:
    assert seen(Facts(purchases=(PURCHASE,), signals=(replace(STORM, supplier=None),))) == []


def test_a_tariff_known_when_the_order_was_placed_is_no_change() -> None:
    assert seen(Facts(purchases=(replace(PURCHASE, ordered_on=day(10)),), tariffs=(TARIFF,))) == []
