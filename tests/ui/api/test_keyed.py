"""A POST under a key is done once: answered again, refused for another body, kept when nobody waits for its answer."""

import asyncio
import threading
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message, Scope

from tests.ui.conftest import ADDRESS, sign_in
from tests.ui.world import AtOnce, World
from ui.api.app import build_app
from ui.api.keyed import DoorRoute
from ui.api.limits import Limits

WANTED = {"document": "D-1", "wanted": [{"item": "V-300", "location": "RENO", "quantity": 3}]}


def reserve(person: TestClient, *, key: str = "r1", quantity: int = 3, document: str = "D-1") -> Any:
    body = {"document": document, "wanted": [{"item": "V-300", "location": "RENO", "quantity": quantity}]}
    return person.post("/v1/reservations", json=body, headers={"Idempotency-Key": key})


def stop(person: TestClient) -> Any:
    return person.post("/v1/halt", json={"reason": "prices look wrong"}, headers={"Idempotency-Key": "h1"})


async def called(app: FastAPI, authorization: str) -> list[Message]:
    """What is answered to a POST to /v1/slow."""
    said: list[Message] = []
    headers = {"host": "127.0.0.1", "idempotency-key": "s1", "authorization": authorization}
    scope: Scope = {
        "type": "http", "method": "POST", "path": "/v1/slow", "raw_path": b"/v1/slow", "query_string": b"",
        "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1), "http_version": "1.1",
        "root_path": "", "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    await app(scope, receive, send)
    return said


def test_the_same_again_is_the_same_answer_and_nothing_is_done(mary: TestClient) -> None:
    first = stop(mary)
    mary.post("/v1/halt/end", json={}, headers={"Idempotency-Key": "h2"})
    again = stop(mary)

    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")
    assert mary.get("/v1/halt").json()["halted"] is False


def test_another_process_gives_the_same_answer(mary: TestClient, world: World) -> None:
    halted, reserved = stop(mary), reserve(mary)
    mary.post("/v1/halt/end", json={}, headers={"Idempotency-Key": "h2"})
    with TestClient(build_app(world, worker=world.given, executor=AtOnce()), base_url=ADDRESS) as other:
        other.headers["Authorization"] = mary.headers["Authorization"]
        again, same = stop(other), reserve(other)

    assert (again.json(), again.headers["Idempotency-Replayed"]) == (halted.json(), "true")
    assert same.json() == reserved.json()
    assert mary.get("/v1/halt").json()["halted"] is False
    assert len(mary.get("/v1/reservations").json()["items"]) == 1


def test_a_key_with_something_else_is_refused(mary: TestClient) -> None:
    reserve(mary)

    answer = reserve(mary, quantity=4)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_conflict")
    assert [one["quantity"] for one in mary.get("/v1/reservations").json()["items"]] == [3]


def test_a_key_is_its_callers_own(mary: TestClient, stranger: TestClient) -> None:
    otto = sign_in(stranger, "otto")

    first, other = reserve(mary), reserve(otto, document="D-2")

    assert (first.status_code, other.status_code) == (201, 201)


def test_what_was_refused_leaves_the_key_free(mary: TestClient) -> None:
    refused = reserve(mary, quantity=4000)
    done = reserve(mary, quantity=3)

    assert (refused.status_code, done.status_code) == (409, 201)


@pytest.mark.parametrize("key", [None, "", "a b", "x" * 201])
def test_a_key_that_is_none_is_refused_and_nothing_is_done(mary: TestClient, key: str | None) -> None:
    answer = mary.post("/v1/reservations", json=WANTED, headers={} if key is None else {"Idempotency-Key": key})

    assert answer.status_code in {400, 422}
    assert mary.get("/v1/reservations").json()["items"] == []


def test_what_nobody_waits_for_any_more_is_kept_and_answered_next_time(mary: TestClient, world: World) -> None:
    acts, free = [], threading.Event()
    router = APIRouter(route_class=DoorRoute)

    @router.post("/v1/slow")
    def slow() -> dict[str, int]:
        acts.append(free.wait(timeout=30))
        return {"acts": len(acts)}

    app = build_app(world, worker=world.given, executor=AtOnce(), limits=Limits(answer_seconds=0.02))
    app.include_router(router)

    async def call() -> list[Message]:
        return await called(app, mary.headers["Authorization"])

    async def story() -> tuple[list[Message], list[Message]]:
        given_up = await call()
        free.set()
        again = await call()
        while again[0]["status"] != 200:
            assert again[0]["status"] in {409, 503}
            await asyncio.sleep(0.01)
            again = await call()
        return given_up, again

    given_up, again = asyncio.run(story())

    assert given_up[0]["status"] == 503
    assert (again[1]["body"], acts) == (b'{"acts":1}', [True])
