"""API keys over HTTP: made, shown once, narrowed, counted, revoked."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from core.domain.ids import UserName
from core.domain.users import Role, User
from core.services.accounts import add_user
from tests.ui.conftest import ADDRESS, sign_in
from tests.ui.world import World

WANTED = {"owner": "webshop", "name": "The shop's stock check", "permissions": ["orders:read", "stock:read"]}


@pytest.fixture(autouse=True)
def webshop(world: World) -> None:
    with world.open_uow(UserName("mary")) as uow:
        add_user(uow, User(name=UserName("webshop"), role=Role.SERVICE, limit=None), token="none")


def made(mary: TestClient, *, key: str = "k1", **more: Any) -> Any:
    return mary.post("/v1/keys", json={**WANTED, **more}, headers={"Idempotency-Key": key})


def holding(client: TestClient, secret: str) -> TestClient:
    other = TestClient(client.app, base_url=ADDRESS, raise_server_exceptions=False)
    other.headers["Authorization"] = f"Bearer {secret}"
    return other


def test_a_key_opens_what_it_names_and_nothing_more(mary: TestClient) -> None:
    answer = made(mary)

    shop = holding(mary, answer.json()["secret"])
    assert answer.status_code == 201
    assert [order["number"] for order in shop.get("/v1/orders").json()["items"]] == ["SO-1042"]
    assert shop.get("/v1/cases").json()["code"] == "not_authorised"


def test_the_secret_is_shown_once_and_is_in_no_list(mary: TestClient) -> None:
    secret = made(mary).json()["secret"]
    again = made(mary)
    listed = mary.get("/v1/keys")

    assert (again.status_code, again.json()["code"]) == (409, "secret_shown_once")
    assert len(listed.json()["items"]) == 1
    assert secret not in listed.text
    assert secret.rpartition("_")[2] not in listed.text


def test_a_key_sees_only_the_sites_it_is_for(mary: TestClient) -> None:
    shop = holding(mary, made(mary, sites=["RNO"]).json()["secret"])

    assert shop.get("/v1/orders").json()["items"] == []
    assert shop.get("/v1/orders/SO-1042").status_code == 404


def test_a_revoked_key_opens_nothing_at_once(mary: TestClient) -> None:
    key = made(mary).json()
    shop = holding(mary, key["secret"])
    before = shop.get("/v1/orders").status_code

    first = mary.delete(f"/v1/keys/{key['id']}").json()
    second = mary.delete(f"/v1/keys/{key['id']}").json()

    assert (before, shop.get("/v1/orders").status_code) == (200, 401)
    assert first["revoked_at"] == second["revoked_at"] is not None


def test_a_key_that_has_ended_opens_nothing(mary: TestClient, world: World) -> None:
    shop = holding(mary, made(mary, days=1).json()["secret"])

    world.clock.now += timedelta(days=1, seconds=1)

    assert shop.get("/v1/orders").json()["code"] == "authentication_failed"


def test_a_key_used_too_often_is_told_when_to_come_back(mary: TestClient) -> None:
    shop = holding(mary, made(mary, per_minute=2).json()["secret"])

    answers = [shop.get("/v1/orders") for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"permissions": ["approvals:decide"]}, "for people themselves"),
        ({"permissions": ["policies:change"]}, "for people themselves"),
        ({"permissions": ["audit:read"]}, "are not 'webshop'"),
        ({"days": 367}, "366"),
        ({"permissions": []}, "permissions"),
        ({"owner": "nobody"}, "nobody"),
        ({"sites": ["RON"]}, "there is no site 'RON'; there are HOU, RNO"),
        ({"customers": ["HARBER"]}, "HARBER"),
    ],
)
def test_a_key_may_no_more_than_its_owner_and_never_what_is_for_people(
    mary: TestClient, more: dict[str, Any], said: str
) -> None:
    answer = made(mary, **more)

    assert answer.status_code in {404, 422}
    assert said in answer.text
    assert mary.get("/v1/keys").json()["items"] == []


def test_who_is_no_administrator_makes_no_key(stranger: TestClient) -> None:
    otto = sign_in(stranger, "otto")

    assert made(otto).json()["code"] == "not_authorised"
