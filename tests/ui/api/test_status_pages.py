"""What a customer sees who opens a link: the order as it stands, and a request to send something back."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from core.domain.ids import OrderNo, UserName
from core.domain.returns import ReturnState
from tests.ui.api.test_links import link
from tests.ui.conftest import sign_in
from tests.ui.world import ORDER, RENO, World

HOSTILE_NOTE = "<script>alert(1)</script>"


@pytest.fixture
def delivered(world: World) -> World:
    """Ten units of the order were delivered, and Reno takes returns."""
    with world.open_uow(UserName("test")) as uow:
        uow.orders.count_line(ORDER, 1, shipped=10)
        uow.orders.count_line(ORDER, 1, delivered=10)
    return world


def form(page: str, **said: object) -> dict[str, str]:
    key = re.search(r'name="key" value="([0-9a-f]{32})"', page)
    assert key is not None
    return {"key": key[1], "line": "1", "quantity": "3", "reason": "damaged", "wish": "refund"} | {
        name: str(value) for name, value in said.items()
    }


def opened(mary: TestClient, stranger: TestClient) -> tuple[str, Response]:
    path = link(mary)["page"]
    return path, stranger.get(path)


def test_the_page_shows_the_order_without_script_and_without_anything_from_elsewhere(
    mary: TestClient, stranger: TestClient
) -> None:
    _, page = opened(mary, stranger)

    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Order SO-1042" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert (page.headers["X-Robots-Tag"], page.headers["Cache-Control"]) == ("noindex, nofollow", "no-store")
    # A browser that tells no referrer at all sends its forms from nowhere, and those are refused.
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "<script" not in page.text
    assert "Send something back" not in page.text  # nothing was delivered yet


def test_a_customer_asks_once_however_often_the_form_is_sent(
    mary: TestClient, stranger: TestClient, delivered: World
) -> None:
    path, page = opened(mary, stranger)
    sent = form(page.text, note=HOSTILE_NOTE)

    first, again = (stranger.post(f"{path}/returns", data=sent) for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 200)
    assert "We have your request under the number SO-1042-R1" in first.text
    assert HOSTILE_NOTE not in first.text
    with delivered.open_uow(UserName("test")) as uow:
        (asked,) = uow.returns.of_order(OrderNo(ORDER))
        assert (asked.state, asked.location, asked.note) == (ReturnState.REQUESTED, RENO, HOSTILE_NOTE)
        assert uow.returns.returnable(OrderNo(ORDER)) == {1: 7}
        assert any(task.subject == "return SO-1042-R1" for task in uow.tasks.listed())


def test_more_than_was_delivered_is_refused_on_the_page(
    mary: TestClient, stranger: TestClient, delivered: World
) -> None:
    path, page = opened(mary, stranger)

    refused = stranger.post(f"{path}/returns", data=form(page.text, quantity=11))

    assert refused.status_code == 422
    assert "That cannot be sent back" in refused.text
    with delivered.open_uow(UserName("test")) as uow:
        assert uow.returns.of_order(OrderNo(ORDER)) == ()


@pytest.mark.parametrize("said", [{"quantity": 0}, {"reason": "bored"}, {"key": "x"}, {"line": "one"}])
def test_a_form_that_was_not_ours_is_refused(
    mary: TestClient, stranger: TestClient, delivered: World, said: dict[str, Any]
) -> None:
    path, page = opened(mary, stranger)

    assert stranger.post(f"{path}/returns", data=form(page.text, **said)).status_code == 422


def test_a_link_that_ended_shows_nothing_and_takes_nothing(
    mary: TestClient, stranger: TestClient, delivered: World
) -> None:
    made = link(mary)
    page = stranger.get(made["page"])
    mary.delete(f"/v1/links/{made['id']}")

    assert stranger.get(made["page"]).status_code == 404
    assert stranger.post(f"{made['page']}/returns", data=form(page.text)).status_code == 404
    assert stranger.get("/status/exl_unknown").status_code == 404


def test_programs_ask_by_the_link_too_and_somebody_lets_the_goods_come_or_not(
    mary: TestClient, stranger: TestClient, delivered: World
) -> None:
    made = link(mary)
    body = {"lines": [{"line": 1, "quantity": 2, "reason": "late"}]}
    asked = [
        stranger.post(f"{made['path']}/returns", json=body, headers={"Idempotency-Key": key}) for key in ("a", "a", "b")
    ]
    assert [one.status_code for one in asked] == [201, 201, 201]
    assert [one["number"] for one in asked[2].json()["returns"]] == ["SO-1042-R1", "SO-1042-R2"]

    yes = decide(mary, "SO-1042-R1", {"version": 1, "agree": True}, key="d1")
    mute = decide(mary, "SO-1042-R2", {"version": 1, "agree": False}, key="d2")
    no = decide(mary, "SO-1042-R2", {"version": 1, "agree": False, "why": "worn"}, key="d3")
    stale = decide(mary, "SO-1042-R1", {"version": 1, "agree": True}, key="d4")

    assert (yes.json()["state"], no.json()["state"]) == ("authorised", "refused")
    assert (mute.status_code, stale.status_code) == (422, 409)
    assert decide(sign_in(stranger, "vic"), "SO-1042-R1", {"version": 2, "agree": True}, key="d5").status_code == 403


def decide(person: TestClient, number: str, body: dict[str, Any], *, key: str) -> Response:
    return person.post(f"/v1/returns/{number}/decision", json=body, headers={"Idempotency-Key": key})
