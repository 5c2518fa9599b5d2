"""The served sandbox: its addresses, its moods on the wire, and what it refuses."""

import socket
from dataclasses import replace

import httpx
import pytest

from core.connectors.sandbox.catalogue import Mood
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.service import SANDBOX_API_KEY, mailbox_endpoint, running, supplier_endpoints
from core.connectors.sandbox.trade import SandboxTrade
from tests.core.connectors.builders import GULF, notice, order, supplier

HEADERS = {"X-API-Key": SANDBOX_API_KEY, "Idempotency-Key": "k-1"}
QUESTION = {"item": "VALVE-3", "quantity": 40, "needed_by": "2026-03-09", "as_of": "2026-03-02"}


def client(base_url: str, **headers: str) -> httpx.Client:
    return httpx.Client(base_url=base_url, headers=headers or HEADERS, trust_env=False, timeout=5.0)


def connected(base_url: str) -> socket.socket:
    host, _, port = base_url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)))


def test_a_quote_as_it_travels() -> None:
    with running(SandboxTrade([supplier()])) as base_url, client(base_url) as http:
        answer = http.post("/suppliers/GULF/quotes", json=QUESTION)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == {
        "quote_id": answer.json()["quote_id"],
        "item": "VALVE-3",
        "quantity": 40,
        "unit_price": "12.50",
        "currency": "USD",
        "lead_time_days": 5,
        "available_quantity": 100,
        "minimum_order": 10,
        "multiple": 5,
        "valid_until": "2026-03-16",
        "expedite_fee": "80.00",
        "note": "",
    }


def test_the_journal_lists_what_was_accepted() -> None:
    trade = SandboxTrade([supplier()])

    with running(trade) as base_url, client(base_url) as http:
        trade.place_order(order(), idempotency_key="k-1")
        journal = http.get("/journal").json()

    assert [(entry["sequence"], entry["supplier"], entry["verb"]) for entry in journal["entries"]] == [
        (1, "GULF", "place_order")
    ]
    assert journal["entries"][0]["reference"] == "PO-901"
    assert journal["entries"][0]["idempotency_key"] == "k-1"
    assert journal["entries"][0]["acknowledgement"]["lines"][0]["quantity"] == 40


def test_the_mailbox_lists_what_arrived() -> None:
    mailbox = SandboxMailbox()

    with running(SandboxTrade([]), mailbox=mailbox) as base_url, client(base_url) as http:
        mailbox.send(notice(), idempotency_key="k-1")
        listed = http.get("/mailbox/messages").json()

    assert [(message["reference"], message["recipient"]) for message in listed["messages"]] == [
        ("N-1", "buyer@harbor.example")
    ]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/journal/1", 404),
        ("POST", "/journal", 404),
        ("POST", "/suppliers/ACME/quotes", 404),
        ("POST", "/suppliers/GULF/invoices", 404),
        ("GET", "/suppliers/GULF/quotes", 404),
        ("GET", "/suppliers/GULF/orders?reference=PO-1", 200),
    ],
)
def test_addresses_that_are_there_and_that_are_not(method: str, path: str, status: int) -> None:
    with running(SandboxTrade([supplier()])) as base_url, client(base_url) as http:
        assert http.request(method, path).status_code == status


@pytest.mark.parametrize("key", ["", "guess", "sandbox2"])
def test_a_client_without_the_key_is_turned_away(key: str) -> None:
    with running(SandboxTrade([supplier()])) as base_url, client(base_url, **{"X-API-Key": key}) as http:
        assert http.get("/journal").status_code == 401
        assert http.post("/suppliers/GULF/quotes", json=QUESTION).status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"[]", "body"),
        (b'{"item": "VALVE-3"}', "quantity"),
        (b'{"item": "A", "item": "B"}', "'item'"),
        (b'{"item": "A", "quantity": 1, "needed_by": "2026-03-09", "as_of": "2026-03-02", "note": ""}', "note"),
    ],
)
def test_a_request_of_another_form_is_refused_with_its_field(body: bytes, field: str) -> None:
    with running(SandboxTrade([supplier()])) as base_url, client(base_url) as http:
        answer = http.post("/suppliers/GULF/quotes", content=body)

    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_a_request_without_a_key_is_refused() -> None:
    with (
        running(SandboxTrade([supplier()])) as base_url,
        client(base_url, **{"X-API-Key": SANDBOX_API_KEY}) as http,
    ):
        answer = http.post("/suppliers/GULF/quotes", json=QUESTION)

    assert (answer.status_code, answer.json()["field"]) == (400, "Idempotency-Key")


@pytest.mark.parametrize("length", ["", "Content-Length: 999999999\r\n", "Content-Length: -1\r\n"])
def test_a_request_of_unknown_or_great_length_is_refused(length: str) -> None:
    with running(SandboxTrade([supplier()])) as base_url, connected(base_url) as wire:
        wire.sendall(f"POST /suppliers/GULF/quotes HTTP/1.1\r\n{length}\r\n".encode())
        first = wire.makefile("rb").readline()

    assert first.split()[1] == b"413"


def test_a_supplier_that_is_down_says_when_to_come_back() -> None:
    with running(SandboxTrade([supplier(Mood.DOWN)])) as base_url, client(base_url) as http:
        answer = http.post("/suppliers/GULF/quotes", json=QUESTION)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


def test_a_flaky_supplier_fails_the_first_try_of_each_key() -> None:
    with running(SandboxTrade([supplier(Mood.FLAKY)])) as base_url, client(base_url) as http:
        tries = [http.post("/suppliers/GULF/quotes", json=QUESTION).status_code for _ in range(3)]
        other = http.post("/suppliers/GULF/quotes", json=QUESTION, headers={"Idempotency-Key": "k-2"})

    assert (tries, other.status_code) == ([503, 200, 200], 503)


def test_moods_change_while_it_is_served() -> None:
    trade = SandboxTrade([supplier()])

    with running(trade) as base_url, client(base_url) as http:
        trade.set_mood(GULF, Mood.HTML)
        answer = http.post("/suppliers/GULF/quotes", json=QUESTION)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html")


def test_closing_does_not_wait_for_a_drip_to_end() -> None:
    endless = replace(supplier(Mood.SLOW), drip_seconds=3600.0)

    with running(SandboxTrade([endless])) as base_url:
        reader = connected(base_url)
        reader.sendall(b"GET /suppliers/GULF/orders?reference=A HTTP/1.1\r\nX-API-Key: sandbox\r\n\r\n")
        reader.recv(1)
        # whoever waited for the drip here would wait for an hour
    reader.close()


def test_endpoints_lead_to_each_supplier_and_the_mailbox() -> None:
    trade = SandboxTrade([supplier(idempotent=False)])

    endpoints = supplier_endpoints(trade, "http://127.0.0.1:9")

    assert {code: (at.url, at.idempotent) for code, at in endpoints.items()} == {
        GULF: ("http://127.0.0.1:9/suppliers/GULF", False)
    }
    assert mailbox_endpoint("http://127.0.0.1:9").url == "http://127.0.0.1:9/mailbox"
