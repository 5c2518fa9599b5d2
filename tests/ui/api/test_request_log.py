"""Each request is a line of the log: who asked what, how it ended; never what was sent."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from core.domain.errors import StorageUnavailableError
from tests.ui.api.test_errors import Broken, built
from tests.ui.conftest import ADDRESS, sign_in
from tests.ui.logs.heard import Heard, heard
from tests.ui.world import PASSWORD, AtOnce, World
from ui.api.app import build_app
from ui.api.front import Front
from ui.api.guard import LOCAL_HOSTS
from ui.logs.lines import Level

CANARY = "c4n4ry-Zq8-x7"
SEEN = {"logger": "ui.api.request_log", "event": "request"}


def fronted(api: FastAPI) -> TestClient:
    front = Front(api, console=None, stopping=threading.Event(), hosts=LOCAL_HOSTS)
    return TestClient(front, base_url=ADDRESS, raise_server_exceptions=False)


@pytest.fixture
def api(world: World) -> FastAPI:
    return build_app(world, worker=world.given, executor=AtOnce())


@pytest.fixture
def wire(api: FastAPI) -> Iterator[TestClient]:
    with fronted(api) as client:
        yield client


def told(log: Heard) -> list[dict[str, Any]]:
    """The lines, without what differs from run to run."""
    lines = log.lines
    assert all(line.pop("ms") >= 0 and len(line.pop("request_id")) >= 8 for line in lines)
    return lines


def test_a_line_names_route_and_person_and_no_value(api: FastAPI, wire: TestClient, world: World) -> None:
    mary = sign_in(TestClient(api, base_url=ADDRESS), "mary").headers
    with heard() as log:
        wire.get(f"/v1/cases/{world.case}?state={CANARY}", headers=mary)
        wire.get(f"/v1/cases/{CANARY}", headers=mary)
        wire.get(f"/v1/{CANARY}")
        wire.get("/v1/cases", headers={"Host": "evil.example"})

    by_mary = {"method": "GET", "route": "/v1/cases/{case}", "user": "mary", "by": "session", "level": "info"}
    assert told(log) == [
        {**SEEN, **by_mary, "status": 200},
        {**SEEN, **by_mary, "status": 404},
        {**SEEN, "method": "GET", "route": "none", "status": 404, "level": "info"},
        {**SEEN, "method": "GET", "route": "none", "status": 400, "level": "info"},
    ]


def test_the_name_of_a_request_is_its_own_or_made_and_comes_back(wire: TestClient) -> None:
    with heard() as log:
        own = wire.get("/v1/cases", headers={"X-Request-Id": "shop-4711.a_b"})
        made = [wire.get("/v1/cases", headers={"X-Request-Id": one}) for one in ("short", "a b c d e f", "x" * 65, "")]

    named = [one.headers["X-Request-Id"] for one in (own, *made)]
    assert named[0] == "shop-4711.a_b"
    assert [len(one) for one in named[1:]] == [32] * 4
    assert len({*named}) == 5
    assert [line["request_id"] for line in log.lines] == named


def test_watchers_are_quiet_until_something_is_wrong(wire: TestClient) -> None:
    with heard() as log, fronted(built(Broken(StorageUnavailableError("down")))) as down:
        wire.get("/healthz")
        down.get("/healthz")
    with heard(level=Level.DEBUG) as all_of_it:
        wire.get("/readyz")

    assert [(one["route"], one["status"], one["level"]) for one in log.lines] == [("/healthz", 503, "warning")]
    assert [(one["route"], one["level"]) for one in all_of_it.lines if one["event"] == "request"] == [
        ("/readyz", "debug")
    ]


def test_a_fault_is_an_error_under_the_name_that_was_answered() -> None:
    with heard() as log, fronted(built(Broken(RuntimeError("nobody knows")))) as faulty:
        answer = faulty.get("/healthz")

    (line,) = log.lines
    assert (answer.status_code, line["status"], line["level"]) == (500, 500, "error")
    assert line["request_id"] == answer.headers["X-Request-Id"]


def test_nothing_sent_through_any_door_is_in_the_log(api: FastAPI, wire: TestClient, world: World) -> None:
    described = wire.get("/v1/openapi.json").json()
    doors = [(path, method) for path, methods in described["paths"].items() for method in methods]
    doors += [("/mcp", "post"), ("/v1/chat/completions", "post"), ("/auth/sign-in", "post"), (f"/{CANARY}", "get")]
    body = dict.fromkeys(("name", "password", "token", "comment", "key", "text", "secret"), CANARY)
    headers = {
        "Authorization": f"Bearer exk_k0123456789_{CANARY}",
        "Idempotency-Key": CANARY,
        "If-Match": f'"{CANARY}"',
        "X-Request-Id": f"exs_{CANARY}",
        "User-Agent": CANARY,
        "Cookie": f"expediter={CANARY}; other={CANARY}",
    }
    mary = sign_in(TestClient(api, base_url=ADDRESS), "mary").headers["Authorization"]

    with heard(level=Level.DEBUG) as log:
        for path, method in doors:
            to = path.replace("{", f"{CANARY}-").replace("}", "")
            for proof in (headers["Authorization"], mary):
                sent = {**headers, "Authorization": proof}
                with wire.stream(method, f"{to}?q={CANARY}&password={CANARY}", json=body, headers=sent):
                    pass
        wire.post("/v1/login", json={"name": "mary", "password": PASSWORD})

    requests = [line for line in log.lines if line["event"] == "request"]
    assert len(requests) == 2 * len(doors) + 1 > 100
    assert {401, 404, 422} <= {line["status"] for line in requests}
    assert "mary" in {line.get("user") for line in requests}
    assert CANARY not in log.getvalue()
    assert PASSWORD not in log.getvalue()
    assert mary.removeprefix("Bearer ") not in log.getvalue()
