"""Amending an order over HTTP: shown first, carried out exactly so, once."""

from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from core.domain.ids import UserName
from core.domain.orders import SalesOrderLine
from tests.ui.conftest import sign_in
from tests.ui.world import ORDER, World

LATER: dict[str, Any] = {"changes": [{"kind": "date", "line": 1, "requested": "2026-04-20"}], "reason": "they called"}


def sent(client: TestClient, what: str, body: dict[str, Any], *, key: str = "k1", order: str = ORDER) -> Response:
    return client.post(f"/v1/orders/{order}/{what}", json=body, headers={"Idempotency-Key": key})


def line(world: World) -> SalesOrderLine:
    with world.open_uow(UserName("test")) as uow:
        return uow.orders.line(ORDER, 1)


def test_a_preview_tells_what_it_would_do_and_changes_nothing(mary: TestClient, world: World) -> None:
    before = line(world)
    shown = sent(mary, "amendment-previews", LATER).json()

    (consequence,) = shown["consequences"]
    assert "requested" in consequence["words"]
    assert (shown["why_not"], len(shown["digest"])) == (None, 64)
    assert line(world) == before


def test_what_was_shown_is_carried_out_once(mary: TestClient, world: World) -> None:
    shown = sent(mary, "amendment-previews", LATER).json()
    body = {**LATER, "version": shown["version"], "digest": shown["digest"]}

    done = sent(mary, "amendments", body, key="k2")
    again = sent(mary, "amendments", body, key="k2")
    anew = sent(mary, "amendments", body, key="k3")

    assert done.status_code == 201
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (done.json(), "true")
    assert (anew.status_code, anew.json()["code"]) == (409, "conflict")
    assert line(world).requested.isoformat() == "2026-04-20"


def test_another_digest_than_was_shown_changes_nothing(mary: TestClient, world: World) -> None:
    before = line(world)
    shown = sent(mary, "amendment-previews", LATER).json()
    body = {**LATER, "version": shown["version"], "digest": "0" * 64}

    refused = sent(mary, "amendments", body, key="k2")

    assert (refused.status_code, refused.json()["code"]) == (409, "proposal_stale")
    assert line(world) == before


def test_a_change_that_means_nothing_is_refused_in_words(mary: TestClient) -> None:
    unknown = sent(mary, "amendment-previews", {**LATER, "changes": [{"kind": "cancel", "line": 9}]})
    none = sent(mary, "amendment-previews", {**LATER, "changes": []}, key="k2")
    odd = sent(mary, "amendment-previews", {**LATER, "changes": [{"kind": "colour", "line": 1}]}, key="k3")
    nowhere = sent(mary, "amendment-previews", LATER, key="k4", order="SO-9")

    assert [one.status_code for one in (unknown, none, odd, nowhere)] == [422, 422, 422, 404]
    assert "has no line 9" in unknown.text


def test_who_may_not_write_orders_looks_at_no_amendment(stranger: TestClient, world: World) -> None:
    vic = sign_in(stranger, "vic")

    assert sent(vic, "amendment-previews", LATER).status_code == 403
