"""Decisions over HTTP: bound to the plan displayed, by the person of the session, counted once."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from core.domain.approval import ApprovalState, DecisionRecord
from core.domain.cases import CaseState
from core.domain.ids import UserName
from core.domain.options import Verification
from core.domain.users import WORKER_NAME
from core.services.execution import execute
from tests.ui.conftest import sign_in
from tests.ui.world import World, offer, overdue, state_of


def card(client: TestClient, world: World) -> dict[str, Any]:
    return client.get(f"/v1/cases/{world.case}").json()["approval"]


def say(client: TestClient, world: World, *, key: str = "k1", **body: object) -> Response:
    sent = {"decision": "approve", "plan_hash": card(client, world)["plan_hash"], **body}
    return client.post(f"/v1/approvals/{world.approval}/decision", json=sent, headers={"Idempotency-Key": key})


def decisions(world: World) -> tuple[DecisionRecord, ...]:
    with world.open_uow(UserName("test")) as uow:
        return uow.approvals.get(world.approval).decisions


def test_approving_the_displayed_plan_sets_the_desk_to_work(mary: TestClient, world: World) -> None:
    answer = say(mary, world, comment="go", channel="console")

    assert answer.json() == {
        "approval": world.approval,
        "case": world.case,
        "state": "approved",
        "approvals_given": 1,
        "approvals_needed": 1,
        "executing": True,
    }
    assert world.given.cases == [(world.case, False)]
    (decision,) = decisions(world)
    assert (decision.user, decision.comment, decision.channel) == ("mary", "go", "console")


def test_the_same_click_twice_counts_once(mary: TestClient, world: World) -> None:
    first, second = say(mary, world), say(mary, world)

    assert (second.status_code, second.json()) == (200, first.json())
    assert (first.headers.get("Idempotency-Replayed"), second.headers["Idempotency-Replayed"]) == (None, "true")
    assert len(decisions(world)) == 1
    assert world.given.cases == [(world.case, False)]


def test_a_key_is_not_reused_for_another_decision(mary: TestClient, world: World) -> None:
    say(mary, world, comment="go")

    answer = say(mary, world, comment="go on")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_conflict")


def test_a_key_belongs_to_one_person(mary: TestClient, stranger: TestClient, world: World) -> None:
    say(mary, world)

    answer = say(sign_in(stranger, "otto"), world)

    assert (answer.status_code, answer.json()["code"]) == (409, "already_decided")


def test_a_refused_decision_leaves_its_key_free(mary: TestClient, world: World) -> None:
    say(mary, world, plan_hash="0" * 64)

    assert say(mary, world).status_code == 200


def test_without_a_key_nothing_is_decided(mary: TestClient, world: World) -> None:
    body = {"decision": "approve", "plan_hash": card(mary, world)["plan_hash"]}

    answer = mary.post(f"/v1/approvals/{world.approval}/decision", json=body)

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")
    assert decisions(world) == ()


def test_another_hash_than_the_stored_one_is_refused(mary: TestClient, world: World) -> None:
    answer = say(mary, world, plan_hash="0" * 64)

    assert (answer.status_code, answer.json()["code"]) == (409, "plan_hash_mismatch")
    assert (decisions(world), world.given.cases) == ((), [])


def test_the_body_cannot_name_the_person(mary: TestClient, world: World) -> None:
    answer = say(mary, world, user="otto")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert decisions(world) == ()


@pytest.mark.parametrize("comment", ["", "   "])
def test_a_rejection_needs_a_reason(mary: TestClient, world: World, comment: str) -> None:
    answer = say(mary, world, decision="reject", comment=comment)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert decisions(world) == ()


def test_a_rejected_plan_is_not_executed_and_the_case_is_open_again(mary: TestClient, world: World) -> None:
    answer = say(mary, world, decision="reject", comment="Reno needs them")

    assert (answer.json()["state"], answer.json()["executing"]) == ("rejected", False)
    assert (world.given.cases, state_of(world)) == ([(world.case, False)], CaseState.OPEN)
    assert mary.get(f"/v1/cases/{world.case}").json()["next"] == "resolve"


def test_a_viewer_may_not_decide(stranger: TestClient, world: World) -> None:
    answer = say(sign_in(stranger, "vic"), world)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_authorised")
    assert (decisions(world), world.given.cases) == ((), [])


def test_a_plan_for_two_people_waits_for_the_second(mary: TestClient, stranger: TestClient, world: World) -> None:
    with world.open_uow(UserName("exception-desk")) as uow:
        case = uow.cases.open(overdue_elsewhere(), on=world.clock.now.date(), deadline=None).id
        world.case, world.approval = case, offer(uow, case, tier=4)

    first = say(mary, world, key="a")
    again = say(mary, world, key="b")
    second = say(sign_in(stranger, "otto"), world)

    assert (first.json()["state"], first.json()["approvals_given"], first.json()["executing"]) == ("pending", 1, False)
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")
    assert (second.json()["state"], second.json()["executing"]) == ("approved", True)
    assert world.given.cases == [(case, False)]


def overdue_elsewhere() -> Any:
    from dataclasses import replace

    return replace(overdue(), root="purchase order PO-8/1")


def test_an_expired_plan_cannot_be_approved(mary: TestClient, world: World) -> None:
    world.clock.now += timedelta(hours=1)
    plan_hash = card(mary, world)["plan_hash"]
    with world.open_uow(UserName("test")) as uow:
        world.clock.now = uow.approvals.get(world.approval).expires_at + timedelta(seconds=1)
    late = sign_in(mary, "mary")

    answer = say(late, world, plan_hash=plan_hash)

    assert (answer.status_code, answer.json()["code"]) == (409, "proposal_expired")
    shown = late.get(f"/v1/cases/{world.case}").json()
    assert (shown["next"], shown["approval"]["why_not"]) == ("resolve", "the time to decide has passed")


def test_the_way_from_approved_to_verified_and_undone_is_visible(mary: TestClient, world: World) -> None:
    def steps() -> list[str]:
        return [step["state"] for step in mary.get(f"/v1/cases/{world.case}").json()["steps"]]

    say(mary, world)
    approved = steps()
    execute(world.open_uow, world.approval, by=WORKER_NAME)
    executed = steps()
    verify_as_predicted(world)
    verified = steps()
    undone = mary.post(f"/v1/approvals/{world.approval}/undo", headers={"Idempotency-Key": "u1"})

    assert approved == ["done", "done", "now", "later"]
    assert executed == ["done", "done", "done", "now"]
    assert verified == ["done", "done", "done", "done"]
    assert undone.json()["result"] == [f"transfer order TO-{world.case}-1 cancelled, 40 V-300 released"]
    assert steps() == ["done", "done", "done", "failed"]
    with world.open_uow(UserName("test")) as uow:
        assert uow.approvals.get(world.approval).state is ApprovalState.UNDONE


def test_undo_twice_is_one_undo(mary: TestClient, world: World) -> None:
    say(mary, world)
    execute(world.open_uow, world.approval, by=WORKER_NAME)

    first = mary.post(f"/v1/approvals/{world.approval}/undo", headers={"Idempotency-Key": "u1"})
    second = mary.post(f"/v1/approvals/{world.approval}/undo", headers={"Idempotency-Key": "u1"})
    third = mary.post(f"/v1/approvals/{world.approval}/undo", headers={"Idempotency-Key": "u2"})

    assert (second.json(), second.headers["Idempotency-Replayed"]) == (first.json(), "true")
    assert world.given.delivered == 1
    assert (third.status_code, third.json()["code"]) == (409, "conflict")


def test_what_was_not_executed_is_not_undone(mary: TestClient, world: World) -> None:
    answer = mary.post(f"/v1/approvals/{world.approval}/undo", headers={"Idempotency-Key": "u1"})

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def verify_as_predicted(world: World) -> None:
    with world.open_uow(WORKER_NAME) as uow:
        forecast = uow.proposals.get(uow.approvals.get(world.approval).proposal).forecast
        found = Verification(verified=True, predicted=forecast, realised=forecast, differences=())
        uow.effects.verified(world.approval, found)


def test_plans_of_one_cause_are_told_with_their_sums_and_decided_by_one_word_only(
    mary: TestClient, world: World
) -> None:
    shown = card(mary, world)
    found = mary.get(f"/v1/approvals/{world.approval}/together").json()
    plan = {"approval": world.approval, "plan_hash": shown["plan_hash"]}

    def word(*plans: dict[str, str], key: str) -> Response:
        body = {"plans": plans, "decision": "approve"}
        return mary.post("/v1/approvals/decisions", json=body, headers={"Idempotency-Key": key})

    assert [(one["head"]["id"], one["actions"]) for one in found["items"]] == [(world.approval, shown["actions"])]
    assert (found["money"], found["items"][0]["head"]["plan_hash"]) == (shown["money"], shown["plan_hash"])
    assert word(plan, key="k1").status_code == 422
    assert word(plan, {**plan, "approval": "AP-99-1A"}, key="k2").status_code == 422
    assert decisions(world) == ()
