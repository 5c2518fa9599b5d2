"""What every supplier port keeps: the HTTP client against the served sandbox, and the sandbox in the process."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.connectors.sandbox.catalogue import Mood, SandboxSupplier
from core.connectors.sandbox.service import running, supplier_endpoints
from core.connectors.sandbox.suppliers import SandboxSuppliers
from core.connectors.sandbox.trade import SandboxTrade
from core.connectors.suppliers import HttpSuppliers
from core.domain.ids import ItemCode, SupplierCode
from core.domain.quotes import (
    AcknowledgedLine,
    AcknowledgementState,
    ExpediteQuote,
    OrderRefusal,
    Quote,
    QuoteRefusal,
    RefusalReason,
    SupplierAcknowledgement,
)
from core.ports.suppliers import (
    SupplierAnswerInvalidError,
    SupplierError,
    SupplierKeyReusedError,
    SupplierNotConnectedError,
    SupplierOrderRepeatedError,
    SupplierPort,
    SupplierUnavailableError,
)
from tests.core.connectors.builders import (
    GULF,
    QUICK,
    VALVE,
    Line,
    cancellation,
    expedite,
    expedite_request,
    order,
    quote_request,
    supplier,
)

Kept = tuple[SupplierPort, SandboxTrade]


class Ports:
    """One kind of port, made for the suppliers a test wants."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    @contextmanager
    def over(self, *suppliers: SandboxSupplier) -> Generator[Kept]:
        trade = SandboxTrade(suppliers)
        if self._kind == "in process":
            yield SandboxSuppliers(trade), trade
            return
        with running(trade) as base_url:
            yield HttpSuppliers(supplier_endpoints(trade, base_url), patience=QUICK), trade


@pytest.fixture(params=["in process", "over HTTP"])
def ports(request: pytest.FixtureRequest) -> Ports:
    return Ports(request.param)


def test_a_quote_carries_every_term(ports: Ports) -> None:
    with ports.over(supplier()) as (port, trade):
        quote = port.request_quote(quote_request())

    assert isinstance(quote, Quote)
    assert quote == Quote(
        quote_id=quote.quote_id,
        supplier=GULF,
        item=VALVE,
        quantity=40,
        unit_price=Decimal("12.50"),
        currency="USD",
        lead_time_days=5,
        available_quantity=100,
        minimum_order=10,
        multiple=5,
        valid_until=date(2026, 3, 16),
        expedite_fee=Decimal("80.00"),
    )
    assert trade.journal == ()


def test_the_same_question_gets_the_same_quote_and_another_key_another(ports: Ports) -> None:
    with ports.over(supplier()) as (port, _):
        first = port.request_quote(quote_request(key="q-1"))
        again = port.request_quote(quote_request(key="q-1"))
        other = port.request_quote(quote_request(key="q-2"))

    assert isinstance(first, Quote)
    assert isinstance(other, Quote)
    assert again == first
    assert other.quote_id != first.quote_id


def test_a_supplier_says_why_it_does_not_quote(ports: Ports) -> None:
    with ports.over(supplier(available=0)) as (port, _):
        sold_out = port.request_quote(quote_request())
        unknown = port.request_quote(quote_request(key="q-2", item=ItemCode("PUMP-9")))

    assert sold_out == QuoteRefusal(supplier=GULF, item=VALVE, reason=RefusalReason.NO_STOCK)
    assert unknown == QuoteRefusal(supplier=GULF, item=ItemCode("PUMP-9"), reason=RefusalReason.UNKNOWN_ITEM)


def test_an_expedite_quote_carries_fee_and_earliest_day(ports: Ports) -> None:
    with ports.over(supplier()) as (port, _):
        quote = port.quote_expedite(expedite_request())

    assert isinstance(quote, ExpediteQuote)
    assert quote == ExpediteQuote(
        quote_id=quote.quote_id,
        supplier=GULF,
        purchase_order=expedite_request().purchase_order,
        line=2,
        item=VALVE,
        quantity=30,
        fee=Decimal("80.00"),
        currency="USD",
        earliest_date=date(2026, 3, 4),
        valid_until=date(2026, 3, 16),
    )


def test_an_order_is_acknowledged_line_by_line_and_found_again(ports: Ports) -> None:
    with ports.over(supplier()) as (port, trade):
        given = port.place_order(order(), idempotency_key="k-1")
        found = port.find_order(GULF, "PO-901")

    assert isinstance(given, SupplierAcknowledgement)
    assert given == SupplierAcknowledgement(
        supplier=GULF,
        reference="PO-901",
        confirmation=given.confirmation,
        state=AcknowledgementState.ACCEPTED,
        lines=(
            AcknowledgedLine(
                line=1,
                item=VALVE,
                quantity=40,
                delivery_date=date(2026, 3, 9),
                unit_price=Decimal("12.50"),
            ),
        ),
    )
    assert found == given
    assert [(entry.verb, entry.reference, entry.idempotency_key) for entry in trade.journal] == [
        ("place_order", "PO-901", "k-1")
    ]


def test_nothing_is_found_under_a_reference_never_sent(ports: Ports) -> None:
    with ports.over(supplier()) as (port, _):
        assert port.find_order(GULF, "PO-901") is None


def test_an_order_sent_twice_under_one_key_is_one_order(ports: Ports) -> None:
    with ports.over(supplier()) as (port, trade):
        first = port.place_order(order(), idempotency_key="k-1")
        again = port.place_order(order(), idempotency_key="k-1")

    assert again == first
    assert len(trade.journal) == 1


def test_a_key_sent_with_another_order_is_refused_and_nothing_ordered(ports: Ports) -> None:
    with ports.over(supplier()) as (port, trade):
        port.place_order(order(), idempotency_key="k-1")
        with pytest.raises(SupplierKeyReusedError) as caught:
            port.place_order(order(Line(quantity=50)), idempotency_key="k-1")

    assert caught.value.code == "supplier_key_reused"
    assert "'k-1'" in str(caught.value)
    assert len(trade.journal) == 1


def test_a_reference_sent_under_another_key_is_refused(ports: Ports) -> None:
    with ports.over(supplier()) as (port, trade):
        port.place_order(order(), idempotency_key="k-1")
        refusal = port.place_order(order(), idempotency_key="k-2")

    assert refusal == OrderRefusal(supplier=GULF, reference="PO-901", reason=RefusalReason.ALREADY_ORDERED)
    assert len(trade.journal) == 1


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([Line(item=ItemCode("PUMP-9"))], RefusalReason.UNKNOWN_ITEM),
        ([Line(unit_price=Decimal("12.49"))], RefusalReason.PRICE_CHANGED),
        ([Line(quantity=5)], RefusalReason.BELOW_MINIMUM),
        ([Line(quantity=42)], RefusalReason.NOT_A_MULTIPLE),
        ([Line(quantity=60), Line(quantity=45)], RefusalReason.NO_STOCK),
    ],
)
def test_an_order_against_the_terms_is_refused_with_its_reason(
    ports: Ports, lines: list[Line], reason: RefusalReason
) -> None:
    with ports.over(supplier()) as (port, trade):
        refusal = port.place_order(order(*lines), idempotency_key="k-1")

        assert refusal == OrderRefusal(supplier=GULF, reference="PO-901", reason=reason)
        assert port.find_order(GULF, "PO-901") is None
    assert trade.journal == ()


def test_an_order_takes_stock_and_its_cancellation_gives_it_back(ports: Ports) -> None:
    with ports.over(supplier()) as (port, _):
        port.place_order(order(Line(quantity=90)), idempotency_key="k-1")
        during = port.request_quote(quote_request(key="q-1"))
        cancelled = port.cancel_order(cancellation(), idempotency_key="k-2")
        after = port.request_quote(quote_request(key="q-2"))
        found = port.find_order(GULF, "PO-901")

    assert isinstance(during, Quote)
    assert isinstance(after, Quote)
    assert isinstance(cancelled, SupplierAcknowledgement)
    assert (during.available_quantity, after.available_quantity) == (10, 100)
    assert cancelled.state is AcknowledgementState.CANCELLED
    assert found == cancelled


def test_a_cancellation_sent_twice_is_one_and_of_nothing_is_refused(ports: Ports) -> None:
    with ports.over(supplier()) as (port, trade):
        port.place_order(order(), idempotency_key="k-1")
        first = port.cancel_order(cancellation(), idempotency_key="k-2")
        again = port.cancel_order(cancellation(), idempotency_key="k-2")
        nothing = port.cancel_order(cancellation("PO-902"), idempotency_key="k-3")

    assert again == first
    assert nothing == OrderRefusal(supplier=GULF, reference="PO-902", reason=RefusalReason.UNKNOWN_ORDER)
    assert [entry.verb for entry in trade.journal] == ["place_order", "cancel_order"]


def test_an_expedite_is_acknowledged_on_its_day_for_its_fee_and_undone(ports: Ports) -> None:
    with ports.over(supplier()) as (port, _):
        given = port.expedite_order(expedite(), idempotency_key="k-1")
        undone = port.cancel_order(cancellation("X-77-2"), idempotency_key="k-2")
        after = port.request_quote(quote_request())

    assert isinstance(given, SupplierAcknowledgement)
    assert given.fee == Decimal("80.00")
    assert [(line.line, line.delivery_date) for line in given.lines] == [(2, date(2026, 3, 5))]
    assert isinstance(undone, SupplierAcknowledgement)
    assert undone.state is AcknowledgementState.CANCELLED
    assert isinstance(after, Quote)
    assert after.available_quantity == 100


@pytest.mark.parametrize(
    ("fee", "new_date", "reason"),
    [
        (Decimal("79.00"), date(2026, 3, 5), RefusalReason.PRICE_CHANGED),
        (Decimal("80.00"), date(2026, 3, 3), RefusalReason.DATE_NOT_POSSIBLE),
    ],
)
def test_an_expedite_against_the_terms_is_refused(
    ports: Ports, fee: Decimal, new_date: date, reason: RefusalReason
) -> None:
    with ports.over(supplier()) as (port, trade):
        refusal = port.expedite_order(expedite(fee=fee, new_date=new_date), idempotency_key="k-1")

    assert refusal == OrderRefusal(supplier=GULF, reference="X-77-2", reason=reason)
    assert trade.journal == ()


def test_a_supplier_that_refuses_gives_its_reason_in_every_verb(ports: Ports) -> None:
    with ports.over(supplier(Mood.REFUSES)) as (port, trade):
        answers = [
            port.request_quote(quote_request()),
            port.quote_expedite(expedite_request()),
            port.place_order(order(), idempotency_key="k-1"),
            port.expedite_order(expedite(), idempotency_key="k-2"),
        ]

    assert [(type(answer), getattr(answer, "reason", None)) for answer in answers] == [
        (QuoteRefusal, RefusalReason.NOT_TRADING),
        (QuoteRefusal, RefusalReason.NOT_TRADING),
        (OrderRefusal, RefusalReason.NOT_TRADING),
        (OrderRefusal, RefusalReason.NOT_TRADING),
    ]
    assert trade.journal == ()


@pytest.mark.parametrize(
    ("mood", "seconds", "error", "deeds"),
    [
        (Mood.SLOW, 0.8, SupplierUnavailableError, 1),
        (Mood.DOWN, 5.0, SupplierUnavailableError, 0),
        (Mood.HTML, 5.0, SupplierAnswerInvalidError, 0),
        (Mood.MALFORMED, 5.0, SupplierAnswerInvalidError, 1),
    ],
)
def test_no_usable_answer_to_an_order_says_that_it_may_stand(
    ports: Ports, mood: Mood, seconds: float, error: type[SupplierError], deeds: int
) -> None:
    with ports.over(replace(supplier(mood), retry_after_seconds=60)) as (port, trade):
        with pytest.raises(error) as asking:
            port.request_quote(quote_request(), deadline_seconds=seconds)
        with pytest.raises(error) as ordering:
            port.place_order(order(), idempotency_key="k-1", deadline_seconds=seconds)

    assert (asking.value.may_have_acted, ordering.value.may_have_acted) == (False, True)
    assert len(trade.journal) == deeds


@pytest.mark.parametrize("mood", [Mood.FLAKY, Mood.LOST_REPLY])
def test_one_failure_on_the_way_is_got_over_and_leaves_one_order(ports: Ports, mood: Mood) -> None:
    with ports.over(supplier(mood)) as (port, trade):
        quote = port.request_quote(quote_request())
        given = port.place_order(order(), idempotency_key="k-1")
        again = port.place_order(order(), idempotency_key="k-1")

    assert isinstance(quote, Quote)
    assert isinstance(given, SupplierAcknowledgement)
    assert again == given
    assert len(trade.journal) == 1


def test_a_lost_reply_of_a_supplier_without_keys_is_looked_up_and_not_sent_again(ports: Ports) -> None:
    with ports.over(supplier(Mood.LOST_REPLY, idempotent=False)) as (port, trade):
        with pytest.raises(SupplierUnavailableError) as caught:
            port.place_order(order(), idempotency_key="k-1")
        found = port.find_order(GULF, "PO-901")

    assert caught.value.may_have_acted
    assert found is not None
    assert found.state is AcknowledgementState.ACCEPTED
    assert len(trade.journal) == 1


def test_two_orders_under_one_reference_are_named_and_not_chosen_from(ports: Ports) -> None:
    with ports.over(supplier(idempotent=False)) as (port, _):
        first = port.place_order(order(), idempotency_key="k-1")
        second = port.place_order(order(), idempotency_key="k-1")
        with pytest.raises(SupplierOrderRepeatedError) as caught:
            port.find_order(GULF, "PO-901")

    assert isinstance(first, SupplierAcknowledgement)
    assert isinstance(second, SupplierAcknowledgement)
    assert caught.value.details["confirmations"] == (first.confirmation, second.confirmation)


def test_a_supplier_nobody_connected_is_named_with_those_that_are(ports: Ports) -> None:
    with ports.over(supplier()) as (port, _), pytest.raises(SupplierNotConnectedError) as caught:
        port.find_order(SupplierCode("ACME"), "PO-901")

    assert str(caught.value) == "supplier 'ACME' is not connected; connected are: 'GULF'"
