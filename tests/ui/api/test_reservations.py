"""Reserving and placing over HTTP: all or nothing, once a key, by those who may."""

from fastapi.testclient import TestClient

from core.domain.ids import ItemCode, LocationCode, UserName
from tests.ui.conftest import sign_in
from tests.ui.world import World

KEY = {"Idempotency-Key": "web-1"}


def wanted(quantity: int) -> dict[str, object]:
    return {"document": "CART-7", "wanted": [{"item": "V-300", "location": "RENO", "quantity": quantity}]}


def paid(quantity: int) -> dict[str, object]:
    line = {"item": "V-300", "quantity": quantity, "unit_price": "12.50", "day": "2026-03-05"}
    return {"number": "WEB-1", "customer": "HARBOR", "channel": "storefront", "ship_from": "RENO", "lines": [line]}


def free(world: World) -> int:
    with world.open_uow(UserName("test")) as uow:
        return uow.stock.available(ItemCode("V-300"), LocationCode("RENO"))


def test_units_are_kept_once_a_key(mary: TestClient, world: World) -> None:
    before = free(world)

    answers = [mary.post("/v1/reservations", json=wanted(2), headers=KEY) for _ in range(2)]
    other = mary.post("/v1/reservations", json=wanted(3), headers=KEY)

    assert [(answer.status_code, answer.json()) for answer in answers] == [(201, {"references": ["CART-7/1"]})] * 2
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_conflict")
    assert free(world) == before - 2


def test_what_is_short_is_refused_whole(mary: TestClient, world: World) -> None:
    before = free(world)

    answer = mary.post("/v1/reservations", json=wanted(before + 1), headers=KEY)

    assert (answer.status_code, answer.json()["code"]) == (409, "insufficient_stock")
    assert free(world) == before


def test_a_paid_order_is_placed_and_reserved(mary: TestClient, world: World) -> None:
    before = free(world)

    answer = mary.post("/v1/orders", json=paid(2), headers=KEY)

    assert (answer.status_code, answer.json()) == (201, {"order": "WEB-1", "references": ["WEB-1/1"]})
    assert free(world) == before - 2


def test_a_viewer_reserves_nothing(stranger: TestClient, world: World) -> None:
    vic, before = sign_in(stranger, "vic"), free(world)

    answer = vic.post("/v1/reservations", json=wanted(1), headers=KEY)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_authorised")
    assert free(world) == before
