"""Working on a case over HTTP: taken, put aside, triaged, and an option put before people."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from core.domain.ids import UserName
from core.domain.scopes import Scope
from tests.ui.conftest import sign_in
from tests.ui.world import World


@pytest.fixture
def otto(stranger: TestClient) -> TestClient:
    return sign_in(stranger, "otto")


def said(person: TestClient, case: str, what: str, body: dict[str, Any] | None = None, *, key: str = "w1") -> Any:
    return person.post(f"/v1/cases/{case}/{what}", json=body, headers={"Idempotency-Key": key})


def owner_of(person: TestClient, world: World) -> str | None:
    (found,) = [one for one in person.get("/v1/case-records").json()["items"] if one["id"] == world.case]
    return None if found["owner"] is None else str(found["owner"])


def test_who_takes_a_case_owns_it(otto: TestClient, world: World) -> None:
    first, again = said(otto, world.case, "owner", key="w1"), said(otto, world.case, "owner", key="w2")

    assert (first.status_code, again.status_code) == (200, 200)
    assert owner_of(otto, world) == "otto"


def test_a_case_is_put_aside_until_a_day_that_is_to_come(otto: TestClient, world: World) -> None:
    (case,) = [one["id"] for one in otto.get("/v1/cases", params={"state": "open"}).json()["cases"]]
    body = {"until": "2026-03-04", "reason": "the boat is late"}

    past = said(otto, case, "snooze", {**body, "until": "2026-03-01"}, key="w1")
    waiting = said(otto, world.case, "snooze", body, key="w2")
    done = said(otto, case, "snooze", body, key="w3")

    assert (past.status_code, past.json()["field"]) == (422, "until")
    assert (waiting.status_code, waiting.json()["detail"]) == (
        409,
        f"case {world.case} is proposed; it cannot become snoozed",
    )
    assert (done.status_code, done.json()["state"]) == (200, "snoozed")


def test_a_triage_names_a_verdict_that_there_is(otto: TestClient, world: World) -> None:
    answer = said(otto, world.case, "triage", {"verdict": "pray", "reason": "why not"})

    assert answer.status_code == 422
    assert "verdict" in answer.text


def test_another_option_takes_the_place_of_the_plan_that_was_displayed(otto: TestClient, world: World) -> None:
    case = otto.get(f"/v1/cases/{world.case}").json()
    waits = case["approval"]
    other = next(one["id"] for one in case["options"] if one["letter"] == "B")
    body = {"option": other, "reason": "Reno needs them", "instead_of": world.approval}

    stale = said(otto, world.case, "proposals", {**body, "plan_hash": "0" * 64}, key="w1")
    done = said(otto, world.case, "proposals", {**body, "plan_hash": waits["plan_hash"]}, key="w2")
    late = said(otto, world.case, "proposals", {**body, "plan_hash": waits["plan_hash"]}, key="w3")

    assert (stale.status_code, done.status_code, late.status_code) == (409, 201, 409)
    assert done.json()["option"] == other
    assert done.json()["approval"] != world.approval
    assert done.json()["plan_hash"] != waits["plan_hash"]


def edited(world: World, case: Any, **changes: Any) -> dict[str, Any]:
    """To wait until another day, in place of the plan that waits."""
    shown = {"instead_of": world.approval, "plan_hash": case["approval"]["plan_hash"]}
    wait = next(one["id"] for one in case["options"] if one["wait_until"] is not None)
    return {"option": wait, "part": 1, "day": "2026-03-03", **shown, **changes}


def test_an_edit_is_tried_without_keeping_anything(otto: TestClient, world: World) -> None:
    before = otto.get(f"/v1/cases/{world.case}").json()

    tried = said(otto, world.case, "edit-trials", edited(world, before), key="w1")

    assert tried.status_code == 200, tried.text
    told = tried.json()
    assert (told["before"]["wait_until"], told["after"]["wait_until"]) == ("2026-03-04", "2026-03-03")
    assert otto.get(f"/v1/cases/{world.case}").json() == before


def test_an_edited_plan_waits_for_somebody_else_than_who_edited_it(mary: TestClient, world: World) -> None:
    before = mary.get(f"/v1/cases/{world.case}").json()

    done = said(mary, world.case, "edits", edited(world, before), key="w1")
    after = mary.get(f"/v1/cases/{world.case}").json()["approval"]

    assert done.status_code == 201, done.text
    assert (after["id"], after["plan_hash"]) == (done.json()["approval"], done.json()["plan_hash"])
    assert after["proposed_by"] == "mary"
    assert after["why_not"] is not None


@pytest.mark.parametrize(
    ("changes", "status", "word"),
    [
        ({"plan_hash": "0" * 64}, 409, "look at it again"),
        ({"option": "CASE-77-1A"}, 404, "CASE-77-1A"),
        ({"part": 77}, 409, "77"),
        ({"quantity": 0}, 422, "quantity"),
    ],
)
def test_an_edit_that_cannot_be_leaves_what_waits(
    mary: TestClient, world: World, changes: dict[str, Any], status: int, word: str
) -> None:
    before = mary.get(f"/v1/cases/{world.case}").json()

    answer = said(mary, world.case, "edits", edited(world, before, **changes), key="w1")

    assert (answer.status_code, word in answer.text) == (status, True), answer.text
    assert mary.get(f"/v1/cases/{world.case}").json() == before


def test_the_inbox_is_searched_by_words_and_by_who_has_a_case(otto: TestClient, world: World) -> None:
    said(otto, world.case, "owner", key="w1")

    def found(**asked: str) -> list[str]:
        return [one["id"] for one in otto.get("/v1/cases", params=asked).json()["cases"]]

    assert found(owner="otto") == [world.case]
    assert world.case in found(said=world.case.lower())
    assert found(said="no such words") == []


@pytest.mark.parametrize("what", ["owner", "proposals", "edits", "edit-trials"])
def test_a_viewer_works_on_nothing(stranger: TestClient, world: World, what: str) -> None:
    assert said(sign_in(stranger, "vic"), world.case, what, {"option": "x"}).status_code == 403


def test_a_case_out_of_sight_is_not_there(stranger: TestClient, world: World) -> None:
    with world.open_uow(UserName("mary")) as uow:
        uow.users.set_scope(UserName("otto"), Scope.of(["RNO"], None))
    otto = sign_in(stranger, "otto")

    answers = [
        said(otto, world.case, what, body, key=what).status_code
        for what, body in (
            ("owner", None),
            ("snooze", {"until": "2026-03-04", "reason": "late"}),
        )
    ]

    assert answers == [404, 404]
