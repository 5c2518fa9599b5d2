"""The floor over HTTP: started, reported and finished once; refused in words; only by who may."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from core.domain.ids import ItemCode, LocationCode, UserName, WorkOrderNo
from core.domain.production import Making
from tests.ui.conftest import sign_in
from tests.ui.world import AS_OF, HOUSTON, ITEM, World

WO = WorkOrderNo("WO-12")


@pytest.fixture
def floor(world: World) -> World:
    """Ten units of the item to make in Houston, without operations and components."""
    with world.open_uow(UserName("test")) as uow:
        uow.making.add(
            Making(number=WO, item=ItemCode(ITEM), location=LocationCode(HOUSTON), ordered=10, start=AS_OF, due=AS_OF)
        )
    return world


def sent(client: TestClient, what: str, body: dict[str, Any], *, key: str) -> Response:
    return client.post(f"/v1/work-orders/{WO}/{what}", json=body, headers={"Idempotency-Key": key})


def test_an_order_is_started_and_finished_units_go_into_stock_once(mary: TestClient, floor: World) -> None:
    shown = mary.get(f"/v1/work-orders/{WO}/floor").json()
    assert (shown["may_start"], shown["finishable"]) == (True, 0)

    started = sent(mary, "start", {"version": shown["version"]}, key="k1")
    first = sent(mary, "completions", {"good": 4}, key="k2")
    again = sent(mary, "completions", {"good": 4}, key="k2")

    assert (started.status_code, started.json()["stage"]) == (200, "released")
    assert (first.status_code, first.json()["completed"], first.json()["finishable"]) == (200, 4, 6)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (first.json(), "true")
    with floor.open_uow(UserName("test")) as uow:
        assert uow.making.order(WO).completed == 4


def test_what_the_order_is_not_ready_for_is_refused(mary: TestClient, floor: World) -> None:
    early = sent(mary, "completions", {"good": 4}, key="k1")
    stale = sent(mary, "start", {"version": 9}, key="k2")
    sent(mary, "start", {"version": 1}, key="k3")
    nothing = sent(mary, "completions", {"good": 0}, key="k4")
    unknown = sent(mary, "reports", {"sequence": 10, "good": 1}, key="k5")
    scrap = sent(mary, "completions", {"good": 1, "scrapped": 1}, key="k6")

    assert early.status_code == 409
    assert stale.status_code == 409
    assert [one.status_code for one in (nothing, unknown, scrap)] == [422, 422, 422]
    assert "scrapped without a reason" in scrap.text


def test_who_only_looks_reports_nothing_and_an_unknown_order_is_not_found(stranger: TestClient, floor: World) -> None:
    vic = sign_in(stranger, "vic")

    assert vic.get(f"/v1/work-orders/{WO}/floor").status_code == 200
    assert sent(vic, "start", {"version": 1}, key="k1").status_code == 403
    assert vic.get("/v1/work-orders/WO-99/floor").status_code == 404
