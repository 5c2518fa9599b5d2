"""Giving scarce units out anew over HTTP: on paper first, carried out only as shown; quotas."""

from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from core.domain.ids import UserName
from core.domain.schedules import ScheduleLine
from tests.ui.conftest import sign_in
from tests.ui.world import HOUSTON, ITEM, ORDER, World

RUN = {"item": str(ITEM), "location": str(HOUSTON)}
QUOTA = {"code": "Q-1", "item": str(ITEM), "first": "2026-03-01", "last": "2026-03-31", "quantity": 50}


def sent(client: TestClient, path: str, body: dict[str, Any], *, key: str = "k1") -> Response:
    return client.post(f"/v1/{path}", json=body, headers={"Idempotency-Key": key})


def schedule(world: World) -> tuple[ScheduleLine, ...]:
    with world.open_uow(UserName("test")) as uow:
        return uow.orders.schedule(ORDER, 1)


def test_a_run_on_paper_changes_no_order(mary: TestClient, world: World) -> None:
    before = schedule(world)
    run = sent(mary, "allocation-runs", RUN)

    assert run.status_code == 201
    assert {(one["order"], one["line"]) for one in run.json()["lines"]} == {(ORDER, 1)}
    assert (run.json()["committed"], schedule(world)) == (False, before)


def test_a_run_is_carried_out_once_by_its_digest_and_by_no_other(mary: TestClient) -> None:
    run = sent(mary, "allocation-runs", RUN).json()
    path = f"allocation-runs/{run['code']}/commitment"

    wrong = sent(mary, path, {"digest": "0" * 64}, key="k2")
    done = sent(mary, path, {"digest": run["digest"]}, key="k3")
    again = sent(mary, path, {"digest": run["digest"]}, key="k3")
    twice = sent(mary, path, {"digest": run["digest"]}, key="k4")

    assert (wrong.status_code, wrong.json()["code"]) == (409, "proposal_stale")
    assert (done.status_code, done.json()["committed"]) == (200, True)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (done.json(), "true")
    assert (twice.status_code, twice.json()["code"]) == (409, "conflict")


def test_an_override_needs_a_line_of_the_run_and_a_reason(mary: TestClient) -> None:
    override = {"order": str(ORDER), "line": 1, "reason": "agreed", "at_most": 5}
    asked = [{**override, "line": 9}, {**override, "reason": " "}]

    answers = [sent(mary, "allocation-runs", {**RUN, "overrides": [one]}, key=f"k{one['line']}") for one in asked]
    limited = sent(mary, "allocation-runs", {**RUN, "overrides": [override]}, key="k7").json()

    assert [one.status_code for one in answers] == [422, 422]
    assert sum(part["quantity"] for part in limited["lines"][0]["after"]) <= 5


def test_who_neither_plans_nor_manages_gives_nothing_out(stranger: TestClient, world: World) -> None:
    vic = sign_in(stranger, "vic")

    assert sent(vic, "allocation-runs", RUN).status_code == 403
    assert sent(vic, "quotas", QUOTA).status_code == 403
    assert vic.get("/v1/quotas").status_code == 200


def test_a_quota_is_set_listed_and_released(mary: TestClient) -> None:
    made = sent(mary, "quotas", QUOTA)
    listed = mary.get(f"/v1/quotas?item={ITEM}").json()["items"]
    released = sent(mary, "quotas/Q-1/release", {"on": "2026-03-10"}, key="k2")

    assert (made.status_code, made.json()["left"]) == (201, 50)
    assert listed == [made.json()]
    assert (released.status_code, released.json()["released_on"]) == (200, "2026-03-10")
    assert mary.get("/v1/quotas?item=NONE").json()["items"] == []


def test_a_quota_that_ends_before_it_begins_is_refused(mary: TestClient) -> None:
    answer = sent(mary, "quotas", {**QUOTA, "last": "2026-02-01"})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_value")
    assert sent(mary, "quotas/Q-9/release", {"on": "2026-03-10"}, key="k2").status_code == 404
