"""Links to an order's status: they show one order to whoever has them, until they end or are revoked."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from core.domain.ids import UserName
from core.domain.scopes import Scope
from tests.ui.conftest import sign_in
from tests.ui.world import World


def link(mary: TestClient, *, key: str = "l1", days: int = 30) -> Any:
    answer = mary.post("/v1/orders/SO-1042/links", json={"days": days}, headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_whoever_has_the_link_sees_how_the_order_stands_and_no_price(mary: TestClient, stranger: TestClient) -> None:
    shown = stranger.get(link(mary)["path"])

    assert shown.json() == {
        "order": "SO-1042",
        "customer_po": "4711",
        "state": "confirmed",
        "as_of": "2026-03-02",
        "lines": [
            {
                "line": 1,
                "item": "V-300",
                "name": shown.json()["lines"][0]["name"],
                "ordered": 40,
                "shipped": 0,
                "promised": None,
                "state": "confirmed",
                "returnable": 0,
            }
        ],
        "parcels": [],
        "returns": [],
    }


def test_a_link_opens_nothing_else(mary: TestClient, stranger: TestClient) -> None:
    token = link(mary)["path"].rpartition("/")[2]

    answer = stranger.get("/v1/orders/SO-1042", headers={"Authorization": f"Bearer {token}"})

    assert answer.json()["code"] == "authentication_failed"


def test_a_revoked_an_ended_and_an_unknown_link_read_the_same(
    mary: TestClient, stranger: TestClient, world: World
) -> None:
    revoked, ended = link(mary, key="l1"), link(mary, key="l2", days=1)

    mary.delete(f"/v1/links/{revoked['id']}")
    world.clock.now += timedelta(days=1, seconds=1)
    answers = [stranger.get(path).json() for path in (revoked["path"], ended["path"], "/v1/status/exl_unknown")]

    assert {one["detail"] for one in answers} == {"this link shows nothing, or no longer"}
    assert {one["status"] for one in answers} == {404}


def test_links_are_listed_without_what_they_carry(mary: TestClient) -> None:
    made = link(mary)

    listed = mary.get("/v1/orders/SO-1042/links")

    assert [one["id"] for one in listed.json()["items"]] == [made["id"]]
    assert made["path"].rpartition("/")[2] not in listed.text


@pytest.mark.parametrize("days", [0, 181, 1.5, "30"])
def test_a_link_for_no_day_or_too_many_is_refused_by_name(mary: TestClient, days: object) -> None:
    answer = mary.post("/v1/orders/SO-1042/links", json={"days": days}, headers={"Idempotency-Key": "l1"})

    assert answer.status_code == 422
    assert "days" in answer.text


def test_who_does_not_see_the_order_neither_makes_nor_revokes_its_links(
    mary: TestClient, stranger: TestClient, world: World
) -> None:
    made = link(mary)
    with world.open_uow(UserName("mary")) as uow:
        uow.users.set_scope(UserName("otto"), Scope.of(None, ["OTHERS"]))
    otto = sign_in(stranger, "otto")

    tried = otto.post("/v1/orders/SO-1042/links", json={}, headers={"Idempotency-Key": "l9"})
    revoked = otto.delete(f"/v1/links/{made['id']}")

    assert (tried.status_code, revoked.status_code) == (404, 404)
    assert stranger.get(made["path"]).status_code == 200
