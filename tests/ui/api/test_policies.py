"""The policy over HTTP: what is in force, tried on the past, and changed by two people."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from core.domain.ids import UserName
from core.domain.users import Role, User
from core.services.accounts import AgreeToPerson, add_user, agree_to_person, waiting
from tests.ui.conftest import sign_in
from tests.ui.world import HASHED, World

CHANGES = {"lifetime_hours": "12"}


@pytest.fixture
def ada(stranger: TestClient, world: World) -> TestClient:
    name = UserName("ada")
    with world.open_uow(UserName("otto")) as uow:
        add_user(uow, User(name=name, role=Role.OPERATIONS_MANAGER, limit=None), token="t", password_hash=HASHED)
        asked = waiting(uow, name)
    assert asked is not None
    with world.open_uow(UserName("mary")) as uow:
        agree_to_person(uow, AgreeToPerson(key="a", name=name, digest=asked.digest, agree=True, comment=""))
    return sign_in(stranger, "ada")


def asked_for(mary: TestClient, changes: dict[str, str] = CHANGES) -> Any:
    body = {"changes": changes, "reason": "decisions take too long"}
    return mary.post(
        "/v1/policies/requests", json=body, headers={"Idempotency-Key": f"a {changes}"[:20].replace(" ", "-")}
    )


def agreed(person: TestClient, digest: str, *, agree: bool = True) -> Any:
    body = {"digest": digest, "agree": agree, "comment": "seen"}
    return person.post("/v1/policies/requests/waiting/decision", json=body, headers={"Idempotency-Key": f"w{agree}"})


def test_another_policy_holds_once_another_person_agrees_to_exactly_it(mary: TestClient, ada: TestClient) -> None:
    before = mary.get("/v1/policies/current").json()
    request = asked_for(mary).json()

    own = agreed(mary, request["digest"])
    wrong = agreed(ada, "0" * 64)
    other = agreed(ada, request["digest"])

    after = mary.get("/v1/policies/current").json()
    assert [own.status_code, wrong.status_code, other.status_code] == [403, 409, 200]
    assert (before["waiting"], after["waiting"]) == (None, None)
    assert (after["version"], after["policy"]["lifetime_hours"]) == (other.json()["version"], 12)
    assert after["version"] != before["version"]
    assert mary.get("/v1/policies/history").json()["items"][0]["reason"] == "decisions take too long"


def test_a_refused_policy_never_holds(mary: TestClient, ada: TestClient) -> None:
    before = mary.get("/v1/policies/current").json()["version"]
    request = asked_for(mary).json()

    answer = agreed(ada, request["digest"], agree=False)

    assert answer.json() == {"version": None}
    assert mary.get("/v1/policies/current").json()["version"] == before
    assert mary.get("/v1/policies/requests/waiting").status_code == 404


def test_a_trial_keeps_nothing(mary: TestClient) -> None:
    before = mary.get("/v1/policies/current")

    answer = mary.post("/v1/policies/trials", json={"changes": CHANGES, "days": 30}, headers={"Idempotency-Key": "t1"})

    assert answer.status_code == 200, answer.text
    assert mary.get("/v1/policies/current").headers["ETag"] == before.headers["ETag"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"lifetime_hours": "-1"}, "lifetime_hours"), ({"nothing_like_it": "1"}, "nothing_like_it"), ({}, "changes")],
)
def test_a_policy_that_cannot_be_is_refused_by_name(mary: TestClient, changes: dict[str, str], said: str) -> None:
    answer = asked_for(mary, changes)

    assert answer.status_code == 422
    assert said in answer.text
    assert mary.get("/v1/policies/requests/waiting").status_code == 404


def test_a_planner_asks_for_no_policy(stranger: TestClient) -> None:
    assert asked_for(sign_in(stranger, "otto")).status_code == 403
