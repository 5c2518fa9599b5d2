"""What if over HTTP: a scenario tried on the books, of which nothing is kept."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from core.domain.ids import UserName
from core.domain.scopes import Scope
from tests.ui.world import World


def asked(person: TestClient, body: dict[str, Any]) -> Any:
    return person.post("/v1/what-if", json=body, headers={"Idempotency-Key": "q1"})


def test_new_demand_makes_a_line_that_was_not_there(mary: TestClient, world: World) -> None:
    before = mary.get(f"/v1/cases/{world.case}").json()

    answer = asked(mary, {"demand": [{"item": "V-300", "quantity": 5000, "day": "2026-03-20"}]})

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["after"]["lines"] == told["before"]["lines"] + 1
    assert told["after"]["uncovered"] > told["before"]["uncovered"]
    assert mary.get(f"/v1/cases/{world.case}").json() == before


def test_an_order_line_that_nobody_wants_any_more_is_not_late(mary: TestClient) -> None:
    told = asked(mary, {"changes": [{"order": "SO-1042", "line": 1, "quantity": 0}]}).json()

    assert told["after"]["lines"] == told["before"]["lines"] - 1
    assert told["after"]["exposure"] < told["before"]["exposure"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"outages": [{"supplier": "NOBODY", "days": 3}]}, 404),
        ({"outages": [{"supplier": "GULF", "days": 0}]}, 422),
        ({"miracles": []}, 422),
        ({"cuts": [{"order": "PO-99", "quantity": 3}]}, 404),
        ({"changes": [{"order": "SO-1042", "line": 1}]}, 422),
        ({"changes": [{"order": "SO-1042", "line": 1, "quantity": 3, "day": "2026-03-20"}]}, 422),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(mary: TestClient, body: dict[str, Any], status: int) -> None:
    assert asked(mary, body).status_code == status


def test_who_does_not_see_all_of_the_books_is_told_nothing_of_all_of_them(mary: TestClient, world: World) -> None:
    with world.open_uow(UserName("mary")) as uow:
        uow.users.set_scope(UserName("mary"), Scope.of(None, ["HARBOR"]))

    answer = asked(mary, {"demand": [{"item": "V-300", "quantity": 5, "day": "2026-03-20"}]})

    assert answer.status_code == 403
