"""The sandbox suppliers deal fairly: nothing sold twice, one order a key, the journal complete."""

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.connectors.sandbox.catalogue import Mood
from core.connectors.sandbox.trade import SandboxTrade
from core.domain.quotes import OrderRefusal, Quote, SupplierAcknowledgement
from core.ports.suppliers import SupplierKeyReusedError
from tests.core.connectors.builders import (
    GULF,
    VALVE,
    Line,
    cancellation,
    expedite_request,
    order,
    quote_request,
    supplier,
)

Outcome = SupplierAcknowledgement | OrderRefusal


def left(trade: SandboxTrade) -> int:
    quote = trade.request_quote(quote_request(key=f"left-{len(trade.journal)}"))
    return quote.available_quantity if isinstance(quote, Quote) else 0


def at_once(*deeds: Callable[[], Outcome]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Outcome]) -> None:
        start.wait()
        outcomes.append(deed())

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_one_key_from_many_threads_is_one_order() -> None:
    trade = SandboxTrade([supplier()])

    outcomes = at_once(*[lambda: trade.place_order(order(), idempotency_key="k-1")] * 16)

    assert len(trade.journal) == 1
    assert outcomes == [trade.journal[0].acknowledgement] * 16


def test_many_orders_from_many_threads_sell_no_unit_twice() -> None:
    trade = SandboxTrade([supplier(available=100)])

    def buy(number: int) -> Callable[[], Outcome]:
        wanted = order(Line(quantity=15), reference=f"PO-{number}")
        return lambda: trade.place_order(wanted, idempotency_key=f"k-{number}")

    outcomes = at_once(*[buy(number) for number in range(16)])

    assert sum(isinstance(outcome, SupplierAcknowledgement) for outcome in outcomes) == 6
    assert left(trade) == 10


@given(
    st.lists(st.tuples(st.sampled_from(["order", "cancel"]), st.integers(1, 4), st.sampled_from([10, 35])), max_size=20)
)
def test_stock_left_is_what_there_was_less_what_is_held(steps: list[tuple[str, int, int]]) -> None:
    trade = SandboxTrade([supplier(available=100)])
    held: dict[str, int] = {}

    for number, (step, which, quantity) in enumerate(steps):
        reference = f"PO-{which}"
        if step == "cancel":
            trade.cancel_order(cancellation(reference), idempotency_key=f"k-{number}")
            held[reference] = 0
        else:
            wanted = order(Line(quantity=quantity), reference=reference)
            outcome = trade.place_order(wanted, idempotency_key=f"k-{number}")
            if isinstance(outcome, SupplierAcknowledgement):
                held[reference] = quantity

    assert left(trade) == 100 - sum(held.values())
    assert 0 <= left(trade) <= 100


def test_a_refused_order_may_be_sent_again_under_its_key() -> None:
    trade = SandboxTrade([supplier(Mood.REFUSES)])
    refusal = trade.place_order(order(), idempotency_key="k-1")

    trade.set_mood(GULF, Mood.NORMAL)
    given = trade.place_order(order(), idempotency_key="k-1")

    assert isinstance(refusal, OrderRefusal)
    assert isinstance(given, SupplierAcknowledgement)


def test_new_terms_leave_what_is_held() -> None:
    trade = SandboxTrade([supplier()])
    trade.place_order(order(), idempotency_key="k-1")

    dearer = replace(supplier().items[VALVE], unit_price=Decimal("13.00"), available=50)
    trade.change(replace(supplier(), items={VALVE: dearer}))

    quote = trade.request_quote(quote_request())
    assert isinstance(quote, Quote)
    assert (quote.unit_price, quote.available_quantity) == (Decimal("13.00"), 10)
    assert len(trade.find_orders(GULF, "PO-901")) == 1


def test_answers_are_the_same_in_every_run() -> None:
    runs = [
        (
            trade.request_quote(quote_request()),
            trade.quote_expedite(expedite_request()),
            trade.place_order(order(), idempotency_key="k-1"),
        )
        for trade in (SandboxTrade([supplier()]), SandboxTrade([supplier()]))
    ]

    assert runs[0] == runs[1]


def test_a_key_of_a_quote_is_for_one_question() -> None:
    trade = SandboxTrade([supplier()])
    trade.request_quote(quote_request())

    with pytest.raises(SupplierKeyReusedError) as caught:
        trade.request_quote(quote_request(quantity=41))

    assert "'request_quote'" in str(caught.value)
