"""The inbox and a case."""

from fastapi.testclient import TestClient

from core.domain.cases import CaseState
from core.domain.ids import UserName
from core.domain.plan_text import plan_hash
from tests.ui.conftest import sign_in
from tests.ui.world import HOSTILE, World, state_of


def test_inbox_lists_active_cases_most_urgent_first(mary: TestClient, world: World) -> None:
    inbox = mary.get("/v1/cases").json()

    assert [case["title"] for case in inbox["cases"]] == ["40 V-300 lack at HOUSTON", "PO-7 line 1 is overdue"]
    assert inbox["cases"][0] == {
        "id": world.case,
        "state": "proposed",
        "state_words": "waits for a decision",
        "type": "E01",
        "type_words": "Not enough to deliver",
        "title": "40 V-300 lack at HOUSTON",
        "item": "V-300",
        "location": "HOUSTON",
        "lacking": 40,
        "exposure": "5000.00",
        "lines": 1,
        "customers": ["Harbor Supply"],
        "customers_total": 1,
        "best_tier": 1,
        "needed_by": "2026-03-09",
        "deadline": "2026-03-04",
        "days_left": 2,
        "opened_on": "2026-03-02",
        "owner": None,
        "snoozed_until": None,
    }
    assert (inbox["company"], inbox["as_of"], inbox["currency"]) == ("Gulf Valve", "2026-03-02", "USD")
    assert (inbox["value_at_risk"], inbox["matching"], inbox["urgent"], inbox["left_out"]) == ("5100.00", 2, 0, 0)


def test_inbox_is_narrowed_by_state_and_type(mary: TestClient) -> None:
    open_ones = mary.get("/v1/cases", params={"state": "open"}).json()
    shortages = mary.get("/v1/cases", params={"type": "E01"}).json()

    assert [case["type"] for case in open_ones["cases"]] == ["E02"]
    assert [case["type"] for case in shortages["cases"]] == ["E01"]
    assert open_ones["states"] == {
        "open": "needs a way out",
        "proposed": "waits for a decision",
        "snoozed": "put aside until a day",
    }


def test_cases_that_are_over_leave_the_inbox(mary: TestClient, world: World) -> None:
    with world.open_uow(UserName("test")) as uow:
        uow.cases.move(world.case, to=CaseState.ACCEPTED)

    assert [case["type"] for case in mary.get("/v1/cases").json()["cases"]] == ["E02"]


def test_case_shows_why_options_evidence_and_the_plan_with_its_hash(mary: TestClient, world: World) -> None:
    case = mary.get(f"/v1/cases/{world.case}").json()

    assert [step["text"] for step in case["impacts"][0]["why"]] == ["needs 40 V-300", "no supply"]
    assert [(one["letter"], one["total_cost"], one["wait_until"], one["advised"]) for one in case["options"]] == [
        ("A", "240.00", None, True),
        ("B", "0.00", "2026-03-04", False),
    ]
    assert [one["note"] for one in case["evidence"]] == ["", HOSTILE]
    with world.open_uow(UserName("test")) as uow:
        option = uow.cases.options(world.case)[0]
    assert case["approval"]["plan_hash"] == plan_hash(option.plan)
    assert case["approval"]["actions"] == [
        (
            "Move 40 of V-300 from RENO to HOUSTON, leaving 2026-03-03, arriving 2026-03-06, for 240.00 USD"
            f" (transfer TO-{world.case}-1)"
        )
    ]
    assert case["approval"]["conditions"] == ["at least 40 units of V-300@RENO are available"]
    assert (case["next"], case["approval"]["why_not"]) == ("decide", None)
    assert [step["state"] for step in case["steps"]] == ["done", "now", "later", "later"]


def test_case_tells_who_may_not_decide_and_why(stranger: TestClient, world: World) -> None:
    vic = sign_in(stranger, "vic")

    why_not = vic.get(f"/v1/cases/{world.case}").json()["approval"]["why_not"]

    assert why_not == "role 'viewer' may not decide; planner or buyer or operations_manager may"


def test_unknown_case_is_a_problem_with_a_code(mary: TestClient) -> None:
    answer = mary.get("/v1/cases/CASE-999")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.headers["content-type"] == "application/problem+json"


def test_resolve_gives_the_case_to_the_desk_and_decides_nothing(mary: TestClient, world: World) -> None:
    answer = mary.post(f"/v1/cases/{world.case}/resolve", headers={"Idempotency-Key": "r1"})

    assert (answer.status_code, answer.json()) == (202, {"case": world.case, "started": True})
    assert world.given.cases == [(world.case, True)]
    assert state_of(world) is CaseState.PROPOSED


def test_a_viewer_cannot_start_work(stranger: TestClient, world: World) -> None:
    answer = sign_in(stranger, "vic").post(f"/v1/cases/{world.case}/resolve", headers={"Idempotency-Key": "r1"})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_authorised")
    assert world.given.cases == []


def test_a_case_that_is_over_is_not_worked_on(mary: TestClient, world: World) -> None:
    with world.open_uow(UserName("test")) as uow:
        uow.cases.move(world.case, to=CaseState.ACCEPTED)

    answer = mary.post(f"/v1/cases/{world.case}/resolve", headers={"Idempotency-Key": "r1"})

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert world.given.cases == []
