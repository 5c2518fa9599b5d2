"""Quoting promises over HTTP: what can be when, held for a time, once a key, by those who may."""

from fastapi.testclient import TestClient

from core.domain.ids import ItemCode, LocationCode, UserName
from tests.ui.conftest import sign_in
from tests.ui.world import World

KEY = {"Idempotency-Key": "quote-1"}


def asked(quantity: int) -> dict[str, object]:
    ask = {"item": "V-300", "location": "RENO", "quantity": quantity, "day": "2026-03-05"}
    return {"asks": [ask], "customer": "HARBOR", "minutes": 30}


def free(world: World) -> int:
    with world.open_uow(UserName("test")) as uow:
        return uow.stock.available(ItemCode("V-300"), LocationCode("RENO"))


def test_a_quote_is_held_once_a_key(mary: TestClient, world: World) -> None:
    before = free(world)

    answers = [mary.post("/v1/held-quotes", json=asked(2), headers=KEY) for _ in range(2)]
    other = mary.post("/v1/held-quotes", json=asked(3), headers=KEY)

    first = answers[0].json()
    assert [(answer.status_code, answer.json()) for answer in answers] == [(201, first)] * 2
    promised = {"dates": [{"day": "2026-03-05", "quantity": 2, "location": "RENO"}], "unplannable": 0, "reasons": []}
    assert first["promises"] == [promised]
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_conflict")
    assert free(world) == before - 2


def test_a_viewer_holds_nothing_and_what_is_unknown_is_said(
    stranger: TestClient, mary: TestClient, world: World
) -> None:
    before = free(world)
    unknown = asked(1) | {"customer": "NOBODY"}

    vic = sign_in(stranger, "vic").post("/v1/held-quotes", json=asked(1), headers=KEY)
    lost = mary.post("/v1/held-quotes", json=unknown, headers=KEY)

    assert (vic.status_code, vic.json()["code"]) == (403, "not_authorised")
    assert (lost.status_code, lost.json()["code"]) == (404, "not_found")
    assert free(world) == before
