"""Webhooks over HTTP: who manages them, secrets shown once, and a door that partners' programs knock at."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from core.bootstrap.application import Application, application
from core.bootstrap.partners import configured_partners
from core.bootstrap.webhooks import hook_reader
from core.config import Environment
from core.domain.inbound import LARGEST_MESSAGE
from core.domain.users import WORKER_NAME
from core.domain.webhooks import Answered
from core.services.identity import begin_session
from core.services.inbound.processing import process
from core.services.webhooks.delivering import deliver
from tests.builders import MARIA, PAUL
from tests.core.services.inbound.partners import envelope, program, signed
from tests.core.services.webhooks.receiving import Receiver
from tests.desk import Desk
from tests.ui.world import AtOnce, Given
from ui.api.app import build_app

LATE = envelope("supply.delayed", {"text": "a storm"})
SHOP = {"url": "https://shop.example/hooks", "events": ["order.placed", "halt.changed"]}


@pytest.fixture
def app(desk: Desk) -> Iterator[Application]:
    program(desk)
    with desk.open() as uow:
        for user in (MARIA, PAUL):
            begin_session(uow, uow.users.get(user.name), token=f"exs_{user.name}")
    with application(desk.urls, configured_partners(Environment(), ()), frozen=desk.clock.read) as found:
        yield found


@pytest.fixture
def wire(app: Application) -> Iterator[TestClient]:
    with TestClient(build_app(app, worker=Given(), executor=AtOnce()), base_url="http://127.0.0.1") as wire:
        wire.headers["Authorization"] = "Bearer exs_maria"
        yield wire


def post(wire: TestClient, path: str, body: object = None, *, key: str = "k-1") -> dict[str, object]:
    answer = wire.post(path, json=body, headers={"Idempotency-Key": key})
    assert answer.status_code in {201, 202}, answer.text
    return answer.json()


def source(wire: TestClient) -> dict[str, object]:
    return post(
        wire, "/v1/hook-sources", {"name": "gulf", "kind": "supplier", "party": "GULF", "acts_as": "edi-in"}, key="s-1"
    )


def test_a_webhook_is_made_pinged_and_its_delivery_seen_and_sent_again(
    wire: TestClient, app: Application, desk: Desk
) -> None:
    made = post(wire, "/v1/webhooks", SHOP)
    post(wire, f"/v1/webhooks/{made['id']}/ping", key="k-2")
    receiver = Receiver(answers=(Answered(status=200, said="thanks"),))
    deliver(app.open_uow, sender=receiver, by=WORKER_NAME)

    (one,) = wire.get(f"/v1/webhooks/{made['id']}/deliveries").json()["items"]
    assert (one["type"], one["state"], one["status"], one["said"]) == ("ping", "delivered", 200, "thanks")
    again = post(wire, f"/v1/deliveries/{one['id']}/resend", key="k-3")
    assert (again["state"], again["attempts"], again["number"]) == ("waiting", 0, one["number"])
    twice = wire.post(f"/v1/deliveries/{one['id']}/resend", headers={"Idempotency-Key": "k-4"})
    assert (twice.status_code, twice.json()["code"]) == (409, "conflict")


def test_a_secret_is_in_the_answer_that_makes_it_and_in_no_other(wire: TestClient) -> None:
    made = post(wire, "/v1/webhooks", SHOP)
    rotated = post(wire, f"/v1/webhooks/{made['id']}/secret", key="k-2")
    kept = source(wire)
    secrets = {str(one["secret"]) for one in (made, rotated, kept)}

    assert len(secrets) == 3
    again = wire.post("/v1/webhooks", json=SHOP, headers={"Idempotency-Key": "k-1"})
    assert (again.status_code, again.json()["code"]) == (409, "secret_shown_once")
    for path in ("/v1/webhooks", f"/v1/webhooks/{made['id']}", "/v1/hook-sources", "/v1/hook-sources/gulf"):
        answer = wire.get(path)
        assert answer.status_code == 200
        assert not any(secret in answer.text for secret in secrets)


@pytest.mark.parametrize(
    "body",
    [
        {**SHOP, "url": "http://shop.example"},
        {**SHOP, "events": []},
        {**SHOP, "events": ["ping"]},
        {**SHOP, "events": ["order.exploded"]},
        {**SHOP, "secret": "mine"},
    ],
)
def test_what_is_no_webhook_is_refused(wire: TestClient, body: dict[str, object]) -> None:
    answer = wire.post("/v1/webhooks", json=body, headers={"Idempotency-Key": "k-1"})

    assert answer.status_code == 422
    assert wire.get("/v1/webhooks").json()["items"] == []


def test_who_does_not_manage_webhooks_sees_none(wire: TestClient) -> None:
    wire.headers["Authorization"] = "Bearer exs_paul"

    answers = [wire.get(path) for path in ("/v1/webhooks", "/v1/hook-sources", "/v1/hook-messages")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_disabling_is_for_good_and_may_be_said_twice(wire: TestClient) -> None:
    made = post(wire, "/v1/webhooks", SHOP)

    first, second = (wire.delete(f"/v1/webhooks/{made['id']}") for _ in range(2))

    assert first.json() == second.json()
    assert first.json()["disabled_because"] == "disabled by maria"
    assert wire.post(f"/v1/webhooks/{made['id']}/ping", headers={"Idempotency-Key": "p"}).status_code == 409


def test_the_catalogue_is_there_to_read(wire: TestClient) -> None:
    found = {one["event"]: one["fields"] for one in wire.get("/v1/webhook-events").json()["items"]}

    assert found["shipment.shipped"] == {"shipment": "the shipment"}
    assert len(found) == 19


def test_a_message_is_kept_at_once_and_worked_on_afterwards(wire: TestClient, app: Application, desk: Desk) -> None:
    secret = str(source(wire)["secret"])
    del wire.headers["Authorization"]
    headers = signed(desk, LATE, number="n-1", secret=secret)

    first = wire.post("/v1/hooks/gulf", content=LATE, headers=headers)
    again = wire.post("/v1/hooks/gulf", content=LATE, headers=headers)

    assert (first.status_code, first.json()) == (200, {"event": "n-1", "new": True})
    assert (again.status_code, again.json()) == (200, {"event": "n-1", "new": False})
    assert process(app.open_uow, hook_reader(), by=WORKER_NAME).done == 1
    wire.headers["Authorization"] = "Bearer exs_maria"
    (one,) = wire.get("/v1/hook-messages", params={"source": "gulf"}).json()["items"]
    assert (one["state"], one["event"]) == ("done", "n-1")


def test_the_bytes_that_were_signed_are_those_that_are_checked(wire: TestClient, desk: Desk) -> None:
    secret = str(source(wire)["secret"])
    odd = b'{"id" :"e-1",\n"type":"supply.delayed","data":{"text":"a storm"} }'

    assert wire.post("/v1/hooks/gulf", content=odd, headers=signed(desk, odd, secret=secret)).status_code == 200
    same = json.dumps(json.loads(odd)).encode()
    answer = wire.post("/v1/hooks/gulf", content=same, headers=signed(desk, odd, secret=secret))
    assert (answer.status_code, answer.json()["code"]) == (401, "signature_refused")


@pytest.mark.parametrize("path", ["/v1/hooks/gulf", "/v1/hooks/stranger"])
def test_forgers_and_strangers_get_the_same_answer(wire: TestClient, desk: Desk, path: str) -> None:
    source(wire)

    answer = wire.post(path, content=LATE, headers=signed(desk, LATE, secret="a guess of somebody else"))

    assert (answer.status_code, answer.json()["code"]) == (401, "signature_refused")
    assert answer.json()["detail"].startswith("nobody who may tell us things signed this")
    assert wire.get("/v1/hook-messages").json()["items"] == []


def test_a_huge_message_is_not_taken(wire: TestClient, desk: Desk) -> None:
    secret = str(source(wire)["secret"])
    huge = b'"' + b"x" * LARGEST_MESSAGE + b'"'

    answer = wire.post("/v1/hooks/gulf", content=huge, headers=signed(desk, huge, secret=secret))

    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("raw", [b"", b"\xff", b"{", b"[" * 50_000, b'{"a":1,"a":2}', b'{"n":1E+1000000}', b"\x00"])
def test_poison_is_taken_if_it_is_signed_shown_put_aside_and_tried_again(
    wire: TestClient, app: Application, desk: Desk, raw: bytes
) -> None:
    secret = str(source(wire)["secret"])
    assert wire.post("/v1/hooks/gulf", content=raw, headers=signed(desk, raw, secret=secret)).status_code == 200
    process(app.open_uow, hook_reader(), by=WORKER_NAME)

    (one,) = wire.get("/v1/hook-messages", params={"state": "quarantined"}).json()["items"]
    shown = wire.get(f"/v1/hook-messages/{one['id']}").json()
    assert (shown["code"], shown["bytes"]) == ("invalid_value", len(raw))
    assert post(wire, f"/v1/hook-messages/{one['id']}/retry", key="r-1")["state"] == "stored"


def test_lists_go_on_where_they_ended(wire: TestClient, desk: Desk) -> None:
    secret = str(source(wire)["secret"])
    for number in range(5):
        raw = envelope("supply.delayed", {"text": "a storm"}, id=f"e-{number}")
        wire.post("/v1/hooks/gulf", content=raw, headers=signed(desk, raw, number=f"n-{number}", secret=secret))

    seen, cursor = [], None
    for _ in range(3):
        page = wire.get("/v1/hook-messages", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        seen += [one["event"] for one in page["items"]]
        cursor = page["next"]

    assert (seen, cursor) == (["n-4", "n-3", "n-2", "n-1", "n-0"], None)
    assert wire.get("/v1/hook-messages", params={"cursor": "bm9uZQ"}).status_code == 422
