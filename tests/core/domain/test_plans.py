"""What a plan needs to still hold, what it costs and what it commits."""

from decimal import Decimal

import pytest

from core.domain.ids import CaseId, OptionId
from core.domain.plans import (
    Action,
    Operator,
    Predicate,
    Resolution,
    committed_money,
    cost_of,
    plan_of,
    preconditions,
    resolution_of,
)
from tests.builders import buy, expedite, re_promise, transfer, wait


def needs(*actions: Action) -> list[str]:
    return [f"{p.fact} {p.subject} {p.operator} {p.value}" for p in preconditions(actions)]


@pytest.mark.parametrize(
    ("action", "code", "cost", "facts"),
    [
        (wait(), Resolution.WAIT, "0", []),
        (transfer(25), Resolution.TRANSFER, "52.50", ["stock_available VALVE-3@RENO ge 25"]),
        (
            expedite(),
            Resolution.EXPEDITE,
            "80.00",
            [
                "purchase_due PO-1/1 eq 2024-10-24",
                "purchase_open_quantity PO-1/1 ge 40",
                "supplier_usable GULF eq yes",
            ],
        ),
        (buy(), Resolution.BUY, "37.50", ["supplier_usable DELTA eq yes"]),
        (
            re_promise(),
            Resolution.RE_PROMISE,
            "0",
            ["line_due SO-1/1 eq 2024-10-09", "line_open_quantity SO-1/1 ge 40"],
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, Resolution) else "",
)
def test_each_kind_of_action(action: Action, code: Resolution, cost: str, facts: list[str]) -> None:
    assert resolution_of(action) is code
    assert cost_of(action) == Decimal(cost)
    assert needs(action) == facts


def test_transfers_of_one_item_from_one_place_need_their_sum() -> None:
    assert needs(transfer(20), transfer(5, "TO-2"), transfer(7, "TO-3")) == ["stock_available VALVE-3@RENO ge 32"]


def test_preconditions_do_not_depend_on_the_order_of_actions() -> None:
    actions = (re_promise(), transfer(), expedite(), buy(), wait())

    assert preconditions(actions) == preconditions(actions[::-1])


def test_a_plan_costs_what_it_costs_beyond_the_usual_and_commits_whole_orders() -> None:
    plan = plan_of(
        case=CaseId("CASE-1"),
        option=OptionId("CASE-1-1A"),
        actions=(transfer(), buy(100), expedite(), re_promise(), wait()),
        currency="USD",
    )

    assert plan.cost == Decimal("170.00")
    assert committed_money(plan) == Decimal("52.50") + 100 * Decimal("15.50") + Decimal("80.00")


def test_a_predicate_is_data() -> None:
    (predicate,) = preconditions((buy(),))

    assert predicate == Predicate(fact="supplier_usable", subject="DELTA", operator=Operator.EQUAL, value="yes")
