"""Buying in the domain: tolerances, and where answers and receipts leave an order."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import ItemCode, LocationCode, PurchaseOrderNo
from core.domain.purchasing import (
    Answer,
    AnsweredLine,
    PurchaseLine,
    PurchasingPolicy,
    as_asked,
    confirmed,
    stage_after_answer,
    stage_after_receipt,
)
from core.domain.supply_life import PurchaseStage

DUE = date(2024, 10, 4)
POLICY = PurchasingPolicy()
LINE = PurchaseLine(
    order=PurchaseOrderNo("PO-1"),
    line=1,
    item=ItemCode("I"),
    location=LocationCode("L"),
    ordered=100,
    unit_price=Decimal(10),
    due=DUE,
)


@pytest.mark.parametrize(
    ("price", "near"), [("10.20", True), ("10.21", False), ("9.80", True), ("9.79", False), ("10", True)]
)
def test_a_price_is_near_enough_within_two_percent_either_way(price: str, near: bool) -> None:
    assert POLICY.accepts_price(Decimal(10), Decimal(price)) is near


def test_nothing_is_near_a_price_of_nothing_but_nothing() -> None:
    assert POLICY.accepts_price(Decimal(0), Decimal(0))
    assert not POLICY.accepts_price(Decimal(0), Decimal("0.0001"))


@pytest.mark.parametrize(("ordered", "most"), [(100, 105), (19, 19), (20, 21), (1, 1)])
def test_five_percent_more_may_come_in_whole_units(ordered: int, most: int) -> None:
    assert POLICY.most_receivable(ordered) == most


@pytest.mark.parametrize(("late", "is_so"), [(0, True), (1, True), (2, False), (-5, True)])
def test_a_day_late_is_as_asked(late: int, is_so: bool) -> None:
    line = replace(LINE, confirmed=100, due=DUE + timedelta(days=late), requested=DUE)

    assert as_asked(line, POLICY) is is_so


def test_an_order_is_confirmed_when_every_line_is_and_no_price_waits() -> None:
    agreed, unanswered = replace(LINE, confirmed=100), LINE

    assert stage_after_answer([agreed], pending=False, policy=POLICY) is PurchaseStage.CONFIRMED
    assert stage_after_answer([agreed], pending=True, policy=POLICY) is PurchaseStage.ACKNOWLEDGED
    assert stage_after_answer([agreed, unanswered], pending=False, policy=POLICY) is PurchaseStage.ACKNOWLEDGED


@given(ordered=st.integers(1, 1000), cut=st.integers(0, 1000), taken=st.integers(0, 1000))
def test_what_is_open_is_what_was_agreed_less_what_came(ordered: int, cut: int, taken: int) -> None:
    line = replace(LINE, ordered=ordered, received=min(taken, ordered))
    quantity = max(1, line.received, ordered - cut)

    answer = confirmed(line, AnsweredLine(line=1, answer=Answer.CHANGED, quantity=quantity))
    after = replace(line, confirmed=answer.quantity)

    assert after.open_quantity == quantity - line.received
    stage = stage_after_receipt(PurchaseStage.CONFIRMED, [after])
    wanted = PurchaseStage.RECEIVED if not after.open_quantity else PurchaseStage.PARTLY_RECEIVED
    assert stage is (wanted if line.received else PurchaseStage.CONFIRMED)
