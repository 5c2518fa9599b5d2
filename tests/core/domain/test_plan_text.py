"""Equal plans are one text with one hash, and the text gives the plan back; nothing else is taken for a plan."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidValueError
from core.domain.ids import (
    CaseId,
    ItemCode,
    LocationCode,
    OptionId,
    OrderNo,
    PurchaseOrderNo,
    SupplierCode,
    TransferOrderNo,
)
from core.domain.plan_text import canonical, decode_action, decode_plan, encode_action, encode_plan, plain, plan_hash
from core.domain.plans import Action, Buy, Expedite, Plan, RePromise, Transfer, Wait, plan_of
from tests.builders import buy, expedite, re_promise, transfer, wait

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
days = st.dates(min_value=date(1900, 1, 1))
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
numbers = st.integers(min_value=-(2**40), max_value=2**40)
actions: st.SearchStrategy[Action] = st.one_of(
    st.builds(Wait, until=days),
    st.builds(
        Transfer,
        reference=texts.map(TransferOrderNo),
        item=texts.map(ItemCode),
        origin=texts.map(LocationCode),
        destination=texts.map(LocationCode),
        quantity=numbers,
        ship_on=days,
        arrive_on=days,
        cost=amounts,
    ),
    st.builds(
        Expedite,
        purchase_order=texts.map(PurchaseOrderNo),
        line=numbers,
        supplier=texts.map(SupplierCode),
        item=texts.map(ItemCode),
        quantity=numbers,
        old_due=days,
        new_due=days,
        fee=amounts,
        quote=texts,
    ),
    st.builds(
        Buy,
        reference=texts.map(PurchaseOrderNo),
        supplier=texts.map(SupplierCode),
        item=texts.map(ItemCode),
        location=texts.map(LocationCode),
        quantity=numbers,
        unit_price=amounts,
        currency=texts,
        arrive_on=days,
        cost=amounts,
        quote=texts,
    ),
    st.builds(RePromise, order=texts.map(OrderNo), line=numbers, old=days, new=days, quantity=numbers),
)


def plan(*done: Action) -> Plan:
    return plan_of(case=CaseId("CASE-1"), option=OptionId("CASE-1-1A"), actions=done, currency="USD")


@given(done=st.lists(actions, max_size=4))
def test_the_text_of_a_plan_gives_the_plan_back(done: list[Action]) -> None:
    made = plan(*done)

    assert decode_plan(json.loads(canonical(made))) == made
    assert plan_hash(decode_plan(json.loads(canonical(made)))) == plan_hash(made)


@given(first=actions, second=actions)
def test_plans_that_differ_have_different_hashes(first: Action, second: Action) -> None:
    assert (plan_hash(plan(first)) == plan_hash(plan(second))) == (first == second)


def test_the_text_is_sorted_and_plain() -> None:
    assert canonical(plan(re_promise())) == (
        '{"actions":[{"kind":"re_promise","line":1,"new":"2024-10-13","old":"2024-10-09","order":"SO-1",'
        '"quantity":40}],"case":"CASE-1","cost":"0","currency":"USD","option":"CASE-1-1A","preconditions":['
        '{"fact":"line_due","operator":"eq","subject":"SO-1/1","value":"2024-10-09"},'
        '{"fact":"line_open_quantity","operator":"ge","subject":"SO-1/1","value":"40"}]}'
    )


def test_the_order_of_actions_is_part_of_the_plan() -> None:
    assert plan_hash(plan(transfer(), buy())) != plan_hash(plan(buy(), transfer()))


@pytest.mark.parametrize(
    ("amount", "text"),
    [("10", "10"), ("10.00", "10"), ("1E+2", "100"), ("0.00", "0"), ("-0.0", "0"), ("1.2500", "1.25"), ("-3", "-3")],
)
def test_equal_amounts_read_the_same(amount: str, text: str) -> None:
    assert plain(Decimal(amount)) == text


def test_an_amount_of_many_digits_is_kept_whole() -> None:
    assert plain(Decimal("1234567890123456789012345678901.25")) == "1234567890123456789012345678901.25"


EVERY_KIND = (wait(), transfer(), expedite(), buy(), re_promise())


@pytest.mark.parametrize("action", EVERY_KIND, ids=lambda action: type(action).__name__)
def test_an_action_with_a_field_too_few_or_too_many_is_refused(action: Action) -> None:
    values = encode_action(action)

    for name in values:
        with pytest.raises(InvalidValueError):
            decode_action({key: value for key, value in values.items() if key != name})
    with pytest.raises(InvalidValueError, match="takes exactly"):
        decode_action({**values, "approved": True})


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": 25.0},
        {"quantity": "25"},
        {"quantity": True},
        {"quantity": None},
        {"item": 3},
        {"item": None},
        {"ship_on": "4 October 2024"},
        {"ship_on": 20241004},
        {"cost": "much"},
        {"cost": 52.5},
        {"cost": "NaN"},
        {"cost": "Infinity"},
        {"cost": "1_000"},
        {"kind": "pay"},
        {"kind": None},
    ],
    ids=str,
)
def test_a_value_of_another_kind_is_refused(wrong: Mapping[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        decode_action({**encode_action(transfer()), **wrong})


@pytest.mark.parametrize("missing", ["case", "option", "currency", "actions"])
def test_a_plan_without_a_part_is_refused(missing: str) -> None:
    values = {key: value for key, value in encode_plan(plan(wait())).items() if key != missing}

    with pytest.raises(InvalidValueError, match=missing):
        decode_plan(values)


def test_preconditions_are_worked_out_again_not_believed() -> None:
    values = encode_plan(plan(transfer()))

    assert decode_plan({**values, "preconditions": []}) == plan(transfer())
