"""The supplier client says exactly what was agreed, and believes only answers to what was asked."""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from core.connectors.endpoint import Endpoint
from core.connectors.suppliers import HttpSuppliers
from core.domain.ids import ItemCode
from core.domain.quotes import ExpediteQuote, OrderRefusal, Quote, QuoteRefusal, QuoteRequest, RefusalReason
from core.ports.suppliers import (
    SupplierAnswerInvalidError,
    SupplierKeyReusedError,
    SupplierRequestInvalidError,
    SupplierUnavailableError,
)
from tests.core.connectors.builders import (
    GULF,
    QUICK,
    Line,
    cancellation,
    expedite,
    expedite_request,
    order,
    quote_request,
)
from tests.core.connectors.canned import Canned, answering, http, http_json

QUOTE: Mapping[str, object] = {
    "quote_id": "Q-1",
    "item": "VALVE-3",
    "quantity": 40,
    "unit_price": "12.50",
    "currency": "USD",
    "lead_time_days": 5,
    "available_quantity": 100,
    "minimum_order": 10,
    "multiple": 5,
    "valid_until": "2026-03-16",
}
EXPEDITE_QUOTE: Mapping[str, object] = {
    "quote_id": "E-1",
    "purchase_order": "PO-77",
    "line": 2,
    "item": "VALVE-3",
    "quantity": 30,
    "fee": "80.00",
    "currency": "USD",
    "earliest_date": "2026-03-04",
    "valid_until": "2026-03-16",
}
LINE: Mapping[str, object] = {"line": 1, "item": "VALVE-3", "quantity": 40, "delivery_date": "2026-03-09"}
ACKNOWLEDGEMENT: Mapping[str, object] = {
    "reference": "PO-901",
    "confirmation": "C-1",
    "state": "accepted",
    "lines": [LINE],
    "fee": "0",
}


def client(canned: Canned, *, idempotent: bool = True) -> HttpSuppliers:
    endpoint = Endpoint(url=f"{canned.url}/gulf/", api_key="s3cret", idempotent=idempotent)
    return HttpSuppliers({GULF: endpoint}, patience=QUICK)


def sent(canned: Canned) -> tuple[str, dict[str, str], object]:
    head, _, body = canned.requests[-1].partition("\r\n\r\n")
    first, *rest = head.split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in rest)
    return first, headers, json.loads(body) if body else None


def test_a_request_for_a_quote_as_it_travels() -> None:
    with answering(http_json(200, QUOTE)) as gulf:
        client(gulf).request_quote(quote_request())

    first, headers, body = sent(gulf)
    assert first == "POST /gulf/quotes HTTP/1.1"
    assert (headers["idempotency-key"], headers["x-api-key"]) == ("q-1", "s3cret")
    assert headers["content-type"] == "application/json"
    assert body == {"item": "VALVE-3", "quantity": 40, "needed_by": "2026-03-09", "as_of": "2026-03-02"}


def test_a_request_to_expedite_as_it_travels() -> None:
    with answering(http_json(200, EXPEDITE_QUOTE)) as gulf:
        quote = client(gulf).quote_expedite(expedite_request())

    first, _, body = sent(gulf)
    assert first == "POST /gulf/expedite-quotes HTTP/1.1"
    assert body == {
        "purchase_order": "PO-77",
        "line": 2,
        "item": "VALVE-3",
        "quantity": 30,
        "new_date": "2026-03-05",
        "as_of": "2026-03-02",
    }
    assert isinstance(quote, ExpediteQuote)
    assert (quote.fee, quote.earliest_date) == (Decimal("80.00"), date(2026, 3, 4))


def test_an_order_as_it_travels() -> None:
    with answering(http_json(201, ACKNOWLEDGEMENT)) as gulf:
        client(gulf).place_order(order(), idempotency_key="k-1")

    first, headers, body = sent(gulf)
    assert first == "POST /gulf/orders HTTP/1.1"
    assert headers["idempotency-key"] == "k-1"
    assert body == {
        "reference": "PO-901",
        "ordered_on": "2026-03-02",
        "currency": "USD",
        "lines": [
            {
                "line": 1,
                "item": "VALVE-3",
                "quantity": 40,
                "unit_price": "12.50",
                "needed_by": "2026-03-09",
                "quote_id": None,
            }
        ],
    }


def test_an_expedite_as_it_travels() -> None:
    answer = {**ACKNOWLEDGEMENT, "reference": "X-77-2", "lines": [{**LINE, "line": 2, "quantity": 30}]}

    with answering(http_json(201, answer)) as gulf:
        client(gulf).expedite_order(expedite(), idempotency_key="k-1")

    first, _, body = sent(gulf)
    assert first == "POST /gulf/expedites HTTP/1.1"
    assert body == {
        "reference": "X-77-2",
        "purchase_order": "PO-77",
        "line": 2,
        "item": "VALVE-3",
        "quantity": 30,
        "new_date": "2026-03-05",
        "fee": "80.00",
        "currency": "USD",
        "ordered_on": "2026-03-02",
        "quote_id": None,
    }


def test_a_cancellation_as_it_travels() -> None:
    with answering(http_json(201, {**ACKNOWLEDGEMENT, "state": "cancelled"})) as gulf:
        client(gulf).cancel_order(cancellation(), idempotency_key="k-1")

    first, _, body = sent(gulf)
    assert first == "POST /gulf/cancellations HTTP/1.1"
    assert body == {"reference": "PO-901", "cancelled_on": "2026-03-02"}


def test_a_look_up_as_it_travels() -> None:
    with answering(http_json(200, {"orders": []})) as gulf:
        assert client(gulf).find_order(GULF, "PO 9&x=1") is None

    first, headers, body = sent(gulf)
    assert first == "GET /gulf/orders?reference=PO+9%26x%3D1 HTTP/1.1"
    assert "idempotency-key" not in headers
    assert body is None


def test_a_quote_may_leave_out_what_is_optional() -> None:
    with answering(http_json(200, QUOTE)) as gulf:
        quote = client(gulf).request_quote(quote_request())

    assert isinstance(quote, Quote)
    assert (quote.unit_price, quote.expedite_fee, quote.note) == (Decimal("12.50"), None, "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"unit_price": 12.5}, "unit_price"),
        ({"unit_price": "0"}, "unit_price"),
        ({"unit_price": "-1"}, "unit_price"),
        ({"unit_price": "1E+1000000"}, "unit_price"),
        ({"quantity": True}, "quantity"),
        ({"quantity": 40.0}, "quantity"),
        ({"quantity": "40"}, "quantity"),
        ({"quantity": 41}, "quantity"),
        ({"item": "VALVE-4"}, "item"),
        ({"currency": "usd"}, "currency"),
        ({"lead_time_days": 10**9}, "lead_time_days"),
        ({"available_quantity": 10**30}, "available_quantity"),
        ({"multiple": 0}, "multiple"),
        ({"valid_until": "2026-03-01"}, "valid_until"),
        ({"valid_until": "tomorrow"}, "valid_until"),
        ({"expedite_fee": "free"}, "expedite_fee"),
        ({"quote_id": "<script>"}, "quote_id"),
        ({"note": "fine\u202e"}, "note"),
    ],
)
def test_a_quote_with_a_wrong_field_is_not_used_and_the_field_named(changed: dict[str, object], field: str) -> None:
    with answering(http_json(200, {**QUOTE, **changed})) as gulf, pytest.raises(SupplierAnswerInvalidError) as caught:
        client(gulf).request_quote(quote_request())

    assert caught.value.details["field"] == field
    assert caught.value.code == "supplier_answer_invalid"
    assert len(gulf.requests) == 1


@pytest.mark.parametrize("missing", sorted(QUOTE))
def test_a_quote_with_a_missing_field_is_not_used(missing: str) -> None:
    partial = {name: value for name, value in QUOTE.items() if name != missing}

    with answering(http_json(200, partial)) as gulf, pytest.raises(SupplierAnswerInvalidError) as caught:
        client(gulf).request_quote(quote_request())

    assert (caught.value.details["field"], caught.value.details["value"]) == (missing, "nothing")


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (http(200, b"<html></html>", content_type="text/html"), "content-type"),
        (http(200, b"{"), "body"),
        (http(200, b"null"), "body"),
        (http(200, b"[]"), "body"),
        (http(200, b'{"quote_id": "Q-1", "quote_id": "Q-2"}'), "'quote_id'"),
        (http(200, b"[" * 100_000), "body"),
        (http(302, b"", headers=["Location: http://127.0.0.1:9/"]), "status"),
        (http_json(401, {}), "status"),
        (http_json(404, {}), "status"),
        (http_json(422, {"reason": "bad mood"}), "reason"),
        (http_json(422, {}), "reason"),
    ],
)
def test_an_answer_of_another_form_is_not_used(answer: bytes, field: str) -> None:
    with answering(answer) as gulf, pytest.raises(SupplierAnswerInvalidError) as caught:
        client(gulf).request_quote(quote_request())

    assert caught.value.details["field"] == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"fee": 80}, "fee"),
        ({"line": 3}, "line"),
        ({"purchase_order": "PO-78"}, "purchase_order"),
        ({"earliest_date": "2026-03-01"}, "earliest_date"),
    ],
)
def test_an_expedite_quote_about_something_else_is_not_used(changed: dict[str, object], field: str) -> None:
    answer = http_json(200, {**EXPEDITE_QUOTE, **changed})

    with answering(answer) as gulf, pytest.raises(SupplierAnswerInvalidError) as caught:
        client(gulf).quote_expedite(expedite_request())

    assert caught.value.details["field"] == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reference": "PO-902"}, "reference"),
        ({"state": "cancelled"}, "state"),
        ({"state": "maybe"}, "state"),
        ({"lines": []}, "lines"),
        ({"lines": [LINE, LINE]}, "lines"),
        ({"lines": [{**LINE, "line": 2}]}, "lines"),
        ({"lines": [{**LINE, "item": "VALVE-4"}]}, "lines.1.item"),
        ({"lines": [{**LINE, "quantity": 41}]}, "lines.1.quantity"),
        ({"lines": [{**LINE, "delivery_date": "soon"}]}, "lines.0.delivery_date"),
    ],
)
def test_an_acknowledgement_of_something_else_is_not_used_but_may_follow_a_deed(
    changed: dict[str, object], field: str
) -> None:
    answer = http_json(201, {**ACKNOWLEDGEMENT, **changed})

    with answering(answer) as gulf, pytest.raises(SupplierAnswerInvalidError) as caught:
        client(gulf).place_order(order(), idempotency_key="k-1")

    assert (caught.value.details["field"], caught.value.may_have_acted) == (field, True)


def test_an_acknowledgement_of_less_and_later_is_the_suppliers_to_give() -> None:
    less = {**ACKNOWLEDGEMENT, "lines": [{**LINE, "quantity": 25, "delivery_date": "2026-04-01"}]}

    with answering(http_json(201, less)) as gulf:
        given = client(gulf).place_order(order(), idempotency_key="k-1")

    assert not isinstance(given, OrderRefusal)
    assert [(line.quantity, line.delivery_date) for line in given.lines] == [(25, date(2026, 4, 1))]


def test_an_instruction_turned_away_at_the_first_try_did_nothing() -> None:
    with answering(http_json(401, {})) as gulf, pytest.raises(SupplierAnswerInvalidError) as caught:
        client(gulf).place_order(order(), idempotency_key="k-1")

    assert not caught.value.may_have_acted
    assert str(caught.value) == (
        "supplier 'GULF' answered 'place_order' with status = 401;"
        " accepted is: 200, 201 or 422; the API key set for the supplier is refused"
    )


def test_an_instruction_turned_away_after_a_lost_try_may_have_done_something() -> None:
    with answering(b"", http_json(401, {})) as gulf, pytest.raises(SupplierAnswerInvalidError) as caught:
        client(gulf).place_order(order(), idempotency_key="k-1")

    assert caught.value.may_have_acted


def test_a_refusal_carries_reason_and_the_suppliers_words() -> None:
    no = http_json(422, {"reason": "no_stock", "note": "Sold out until May."})

    with answering(no) as gulf:
        quote = client(gulf).request_quote(quote_request())
        given = client(gulf).place_order(order(), idempotency_key="k-1")

    reason, note = RefusalReason.NO_STOCK, "Sold out until May."
    assert quote == QuoteRefusal(supplier=GULF, item=ItemCode("VALVE-3"), reason=reason, note=note)
    assert given == OrderRefusal(supplier=GULF, reference="PO-901", reason=reason, note=note)


def test_a_conflict_is_a_key_used_before() -> None:
    with answering(http_json(409, {})) as gulf, pytest.raises(SupplierKeyReusedError) as caught:
        client(gulf).place_order(order(), idempotency_key="k-1")

    assert not caught.value.may_have_acted


def test_a_supplier_that_does_not_answer_is_named_with_what_was_tried() -> None:
    with answering(http_json(503, {})) as gulf, pytest.raises(SupplierUnavailableError) as caught:
        client(gulf).request_quote(quote_request())

    assert caught.value.code == "supplier_unavailable"
    told = r"supplier 'GULF' did not answer 'request_quote' after 4 tries in \d+\.\d s: status 503"
    assert re.fullmatch(told, str(caught.value))
    assert caught.value.details["tries"] == len(gulf.requests) == 4


def test_an_order_to_a_supplier_without_keys_is_sent_once_and_a_question_again() -> None:
    with answering(b"", b"", http_json(200, QUOTE)) as gulf:
        suppliers = client(gulf, idempotent=False)
        with pytest.raises(SupplierUnavailableError) as caught:
            suppliers.place_order(order(), idempotency_key="k-1")
        quote = suppliers.request_quote(quote_request())

    assert (caught.value.details["tries"], caught.value.may_have_acted) == (1, True)
    assert isinstance(quote, Quote)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (quote_request(quantity=0), "quantity"),
        (quote_request(quantity=10**30), "quantity"),
        (quote_request(item=ItemCode("VALVE\u200b3")), "item"),
        (quote_request(key="q-1\r\nX-API-Key: mine"), "idempotency_key"),
        (quote_request(key=""), "idempotency_key"),
    ],
)
def test_what_breaks_the_interface_is_not_sent(asked: QuoteRequest, field: str) -> None:
    with answering(http_json(200, QUOTE)) as gulf, pytest.raises(SupplierRequestInvalidError) as caught:
        client(gulf).request_quote(asked)

    assert caught.value.details["field"] == field
    assert gulf.requests == []


@pytest.mark.parametrize("price", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+30"), Decimal(-1)])
def test_a_price_that_is_none_is_not_ordered_at(price: Decimal) -> None:
    with answering(http_json(201, ACKNOWLEDGEMENT)) as gulf, pytest.raises(SupplierRequestInvalidError) as caught:
        client(gulf).place_order(order(Line(unit_price=price)), idempotency_key="k-1")

    assert caught.value.details["field"] == "lines.0.unit_price"
    assert gulf.requests == []


def test_the_log_holds_names_and_ids_and_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")

    with answering(http_json(201, ACKNOWLEDGEMENT)) as gulf:
        client(gulf).place_order(order(), idempotency_key="k-1")

    assert "supplier GULF, place_order PO-901: status 201" in caplog.messages
    assert "s3cret" not in caplog.text
    assert "12.50" not in caplog.text
