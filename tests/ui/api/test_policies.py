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


def test_the_policy_is_told_as_tables_whose_names_are_those_of_changes(mary: TestClient, ada: TestClient) -> None:
    caps = {"daily_count": "2", "daily_money": "500", "tier.R02": "2"}
    asked = asked_for(mary, {"autonomy.any/R02": "act:100:2:2", "negotiation.days": "4", **caps}).json()
    agreed(ada, asked["digest"])

    found = mary.get("/v1/policies/current").json()

    rows = {one["name"]: one for one in found["autonomy"]}
    transfer, buy = rows["autonomy.any/R02"], rows["autonomy.any/R08"]
    assert (transfer["level"], transfer["most_money"], transfer["most_days"], transfer["tier"]) == ("act", "100", 2, 2)
    assert (buy["level"], buy["most_money"], buy["of"]) == ("propose", None, "any case")
    settings = {one["name"]: one["value"] for one in found["settings"]}
    assert (settings["negotiation.days"], settings["lifetime_hours"]) == ("4", "24")


def test_every_value_of_the_tables_can_be_changed_by_its_name(mary: TestClient) -> None:
    found = mary.get("/v1/policies/current").json()
    same = {one["name"]: one["level"] for one in found["autonomy"]} | {
        one["name"]: one["value"] for one in found["settings"]
    }

    for number, (name, value) in enumerate(same.items()):
        body = {"changes": {name: value}, "days": 30}
        answer = mary.post("/v1/policies/trials", json=body, headers={"Idempotency-Key": f"t{number}"})
        assert (answer.status_code, answer.json()["found"]["changed"]) == (200, []), name
