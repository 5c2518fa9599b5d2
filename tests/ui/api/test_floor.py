"""The floor over HTTP: started, reported and finished once; refused in words; only by who may."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from core.domain.ids import ItemCode, LocationCode, UserName, WorkCenterCode, WorkOrderNo
from core.domain.production import Making
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.supplying.work_lists import work_list
from tests.builders import MARIA
from tests.core.services.supplying.works import build_works, released
from tests.desk import Desk
from tests.ui.conftest import sign_in
from tests.ui.world import AS_OF, HOUSTON, ITEM, World
from ui.api.door import Visitor
from ui.api.routes.floor import list_jobs

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


def test_a_work_centre_is_there_for_who_sees_its_site_and_one_that_is_none_for_nobody(
    mary: TestClient, floor: World
) -> None:
    with floor.open_uow(UserName("test")) as uow:
        known = [one.code for one in uow.routings.work_centers()]

    assert [one["code"] for one in mary.get("/v1/work-centers").json()["items"]] == sorted(known)
    assert mary.get("/v1/work-centers/NOWHERE/jobs").status_code == 404


@dataclass(frozen=True)
class _Planner:
    """Somebody at the desk who sees every site."""

    desk: Desk

    @contextmanager
    def acting(self) -> Iterator[tuple[UnitOfWork, User]]:
        with self.desk.open() as uow:
            yield uow, MARIA

    def check_location(self, uow: UnitOfWork, location: str) -> None:
        assert location == "HOUSTON"


def test_jobs_are_told_in_the_order_of_the_work_list_with_its_reasons(desk: Desk) -> None:
    build_works(desk)
    released(desk)

    found = list_jobs(cast(Visitor, _Planner(desk)), "ASSEMBLY")

    with desk.open() as uow:
        listed = work_list(uow, WorkCenterCode("ASSEMBLY"))
    assert [(one.order, one.sequence, one.because) for one in found.items] == [
        (one.job.order, one.job.sequence, one.because) for one in listed
    ]
    (job,) = found.items
    assert (job.order, job.sequence, job.quantity, job.ready, job.started) == ("WO-9", 10, 4, True, False)
    assert job.because
