"""Who may act: asked for by one, agreed to by another, narrowed and let go over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from core.domain.ids import UserName
from core.domain.users import Role, User
from core.services.accounts import AgreeToPerson, add_user, agree_to_person, waiting
from tests.ui.conftest import sign_in
from tests.ui.world import HASHED, World

NEW = {"name": "nina", "role": "planner", "limit": "500.00"}


@pytest.fixture
def ada(stranger: TestClient, world: World) -> TestClient:
    """A second operations manager, whom Mary asked for and Otto's office agreed to."""
    name = UserName("ada")
    with world.open_uow(UserName("otto")) as uow:
        add_user(uow, User(name=name, role=Role.OPERATIONS_MANAGER, limit=None), token="t", password_hash=HASHED)
        asked = waiting(uow, name)
    if asked is not None:
        with world.open_uow(UserName("mary")) as uow:
            agree_to_person(uow, AgreeToPerson(key="a", name=name, digest=asked.digest, agree=True, comment=""))
    return sign_in(stranger, "ada")


def added(mary: TestClient, key: str = "p1", **more: Any) -> Any:
    return mary.post("/v1/people", json={**NEW, **more}, headers={"Idempotency-Key": key})


def word(person: dict[str, Any], *, agree: bool = True) -> dict[str, Any]:
    return {"digest": person["digest"], "agree": agree, "comment": "known from the plant"}


def test_a_person_acts_once_another_has_agreed_to_exactly_what_was_shown(mary: TestClient, ada: TestClient) -> None:
    person = added(mary).json()
    own = mary.post("/v1/people/nina/agreement", json=word(person), headers={"Idempotency-Key": "w1"})
    other = ada.post("/v1/people/nina/agreement", json=word(person), headers={"Idempotency-Key": "w2"})

    assert (person["active"], person["waiting"], len(person["token"]) > 20) == (False, True, True)
    assert own.status_code == 403
    assert (other.json()["active"], other.json()["waiting"], other.json()["limit"]) == (True, False, "500.00")


def test_agreeing_to_something_else_than_what_waits_is_refused(mary: TestClient, ada: TestClient) -> None:
    person = {**added(mary).json(), "digest": "0" * 64}

    answer = ada.post("/v1/people/nina/agreement", json=word(person), headers={"Idempotency-Key": "w1"})

    assert answer.status_code == 409
    assert mary.get("/v1/people/nina").json()["active"] is False


def test_a_refused_person_does_not_act(mary: TestClient, ada: TestClient) -> None:
    person = added(mary).json()

    answer = ada.post("/v1/people/nina/agreement", json=word(person, agree=False), headers={"Idempotency-Key": "w1"})

    assert (answer.json()["active"], answer.json()["waiting"]) == (False, False)


def test_a_program_acts_by_keys_and_gets_no_token(mary: TestClient) -> None:
    answer = added(mary, name="webshop", role="service", limit=None)

    assert (answer.status_code, answer.json()["token"]) == (201, None)


def test_who_is_let_go_is_out_at_once(mary: TestClient, stranger: TestClient) -> None:
    otto = sign_in(stranger, "otto")
    before = otto.get("/v1/me").status_code
    tag = mary.get("/v1/people/otto").headers["ETag"]

    answer = mary.put("/v1/people/otto/active", json={"active": False}, headers={"If-Match": tag})

    assert (before, answer.json()["active"], otto.get("/v1/me").status_code) == (200, False, 401)


def test_a_change_names_the_state_it_was_made_of(mary: TestClient) -> None:
    tag = mary.get("/v1/people/otto").headers["ETag"]
    body = {"sites": ["RNO"], "customers": None}

    without = mary.put("/v1/people/otto/scope", json=body)
    first = mary.put("/v1/people/otto/scope", json=body, headers={"If-Match": tag})
    late = mary.put("/v1/people/otto/scope", json=body, headers={"If-Match": tag})

    assert (without.status_code, without.json()["code"]) == (428, "precondition_required")
    assert (first.status_code, first.json()["sites"]) == (200, ["RNO"])
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")


def test_narrowing_ends_sessions_and_asks_for_another_word(mary: TestClient, stranger: TestClient) -> None:
    otto = sign_in(stranger, "otto")
    tag = mary.get("/v1/people/otto").headers["ETag"]

    person = mary.put("/v1/people/otto/scope", json={"customers": ["HARBOR"]}, headers={"If-Match": tag}).json()

    assert (person["waiting"], person["customers"]) == (True, ["HARBOR"])
    assert otto.get("/v1/me").status_code == 401


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": "Nina Lopez"}, "name"),
        ({"role": "king"}, "role"),
        ({"limit": "1e9"}, "limit"),
        ({"sites": ["X"]}, "X"),
    ],
)
def test_a_person_that_cannot_be_is_refused_by_name(mary: TestClient, more: dict[str, Any], field: str) -> None:
    answer = added(mary, **more)

    assert answer.status_code in {404, 422}
    assert field in answer.text


def test_everybody_is_listed_page_by_page(mary: TestClient) -> None:
    names: list[str] = []
    cursor = None
    for _ in range(10):
        page = mary.get("/v1/people", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        names += [one["name"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert names == sorted(names)
    assert {"mary", "otto", "vic"} <= set(names)
