"""The desk's record over HTTP: proposals by action, plans predicted beside found, use of models."""

from fastapi.testclient import TestClient

from core.domain.runs import ModelCall
from core.domain.users import WORKER_NAME
from core.services.execution import execute
from tests.ui.api.test_approvals import card, say, verify_as_predicted
from tests.ui.world import World

WHOLE = "first=2020-01-01&last=2029-12-28"


def test_what_became_of_proposals_and_plans_is_told_by_action_and_by_plan(mary: TestClient, world: World) -> None:
    say(mary, world)
    execute(world.open_uow, world.approval, by=WORKER_NAME)
    verify_as_predicted(world)

    found = mary.get(f"/v1/kpis/desk?{WHOLE}").json()

    (action,) = found["actions"]
    assert (action["decided"], action["taken"], action["otherwise"]) == (1, 1, 0)
    assert action["name"]
    (outcome,) = found["outcomes"]
    assert (outcome["case"], outcome["verified"]) == (world.case, True)
    assert outcome["predicted"] == outcome["realised"]
    assert (found["looked_at"], found["as_predicted"]) == (1, 1)


def test_a_card_compares_predicted_and_found_figure_by_figure_once_it_was_looked_at(
    mary: TestClient, world: World
) -> None:
    say(mary, world)
    execute(world.open_uow, world.approval, by=WORKER_NAME)
    assert card(mary, world)["effect"]["compared"] == []
    verify_as_predicted(world)

    compared = card(mary, world)["effect"]["compared"]

    assert [one["figure"] for one in compared[:3]] == [
        "Order lines that are late",
        "Order lines nothing covers",
        "Value at risk",
    ]
    assert all(one["same"] and one["predicted"] == one["found"] for one in compared)


def test_what_models_cost_is_told_in_money(mary: TestClient, world: World) -> None:
    with world.open_uow(WORKER_NAME) as uow:
        run = uow.runs.begin(graph="chat", subject="CHAT-1")
        uow.model_calls.add(
            ModelCall(run=run, purpose="chat", verb="choose", model="small", prompt_hash="h", micros=12_300)
        )

    (use,) = mary.get(f"/v1/kpis/models?{WHOLE}").json()["items"]

    assert (use["model"], use["calls"], use["cost"], use["unpriced"]) == ("small", 1, "0.0123", 0)


def test_a_period_that_ends_before_it_begins_is_refused(mary: TestClient) -> None:
    answer = mary.get("/v1/kpis/desk?first=2026-03-02&last=2026-03-01")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_value")
