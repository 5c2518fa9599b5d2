"""Conversations over HTTP: a question is taken, its answer follows as events, and a stream is taken up where it was."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from agents.worker.machines import Machines
from core.bootstrap.application import Application
from core.domain.ids import RunId, UserName
from core.domain.permissions import Permission
from core.domain.users import WORKER_NAME
from tests.agents.worker.conftest import desk_world, filled_template, fresh_world
from tests.agents.worker.keys import a_key
from tests.agents.worker.world import CASE, World
from tests.ui.world import AtOnce, Given
from ui.api.app import build_app

__all__ = ["desk_world", "filled_template", "fresh_world"]
ADDRESS = "http://127.0.0.1"


@pytest.fixture
def app(desk_world: World) -> Iterator[Application]:
    with desk_world.application() as opened:
        yield opened


@pytest.fixture
def wire(app: Application) -> Iterator[TestClient]:
    api = build_app(app, worker=Given(), executor=AtOnce(), machines=Machines(app=app))
    with TestClient(api, base_url=ADDRESS, raise_server_exceptions=False) as client:
        client.headers["Authorization"] = f"Bearer {a_key(app)}"
        yield client


def events(wire: TestClient, path: str, *, after: int = 0) -> list[dict[str, str]]:
    """The events of a stream from its beginning, or after one, to its end."""
    answer = wire.get(path, headers={"Last-Event-ID": str(after)})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    parts = [part for part in answer.text.split("\n\n") if part.strip()]
    return [dict(line.split(": ", 1) for line in part.splitlines()) for part in parts]


def begun(wire: TestClient) -> str:
    answer = wire.post("/v1/conversations", headers={"Idempotency-Key": "begin"})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def asked(wire: TestClient, conversation: str, text: str, *, key: str = "q1") -> Any:
    path = f"/v1/conversations/{conversation}/messages"
    return wire.post(path, json={"text": text}, headers={"Idempotency-Key": key})


def test_a_question_is_taken_and_its_answer_follows_as_events(wire: TestClient) -> None:
    conversation = begun(wire)

    taken = asked(wire, conversation, f"show {CASE}")
    heard = events(wire, f"/v1/conversations/{conversation}/events")

    assert (taken.status_code, taken.json()) == (202, {"conversation": conversation, "after": 0})
    assert [one["event"] for one in heard][0 :: len(heard) - 1] == ["asked", "answered"]
    assert [one["id"] for one in heard] == [str(number) for number in range(1, len(heard) + 1)]
    assert "V-300" in heard[-1]["data"]
    turns = wire.get(f"/v1/conversations/{conversation}").json()["turns"]
    assert [one["speaker"] for one in turns] == ["person", "assistant"]


def test_a_stream_goes_on_after_the_last_event_that_was_received(wire: TestClient) -> None:
    conversation = begun(wire)
    asked(wire, conversation, f"show {CASE}")
    path = f"/v1/conversations/{conversation}/events"
    whole = events(wire, path)

    rest = events(wire, path, after=1)

    assert rest == whole[1:]


def test_the_same_question_under_the_same_key_is_asked_once(wire: TestClient) -> None:
    conversation = begun(wire)

    first, again = (asked(wire, conversation, f"show {CASE}") for _ in range(2))

    assert (first.json(), again.headers["Idempotency-Replayed"]) == (again.json(), "true")
    assert len(wire.get(f"/v1/conversations/{conversation}").json()["turns"]) == 2


def test_nobody_sees_the_conversations_of_another(wire: TestClient, app: Application) -> None:
    mine = begun(wire)
    wire.headers["Authorization"] = f"Bearer {a_key(app, owner=UserName('otto'))}"

    paths = [f"/v1/conversations/{mine}", f"/v1/conversations/{mine}/events"]

    assert [wire.get(path).status_code for path in paths] == [404, 404]
    assert asked(wire, mine, "help").status_code == 404
    assert wire.get("/v1/conversations").json() == {"items": [], "next": None}


def test_a_run_is_followed_to_its_end(wire: TestClient, app: Application) -> None:
    conversation = begun(wire)
    asked(wire, conversation, f"show {CASE}")
    (run,) = wire.get("/v1/runs", params={"subject": conversation}).json()["items"]

    heard = events(wire, f"/v1/runs/{run['id']}/events")

    assert (run["graph"], run["outcome"]) == ("ops_chat", "answered")
    assert heard[-1]["event"] == "ended"
    assert {one["event"] for one in heard[:-1]} <= {"step"}
    with app.open_uow(WORKER_NAME) as uow:
        assert len(heard) == len(uow.spans.of_run(RunId(run["id"]))) + 1


def test_a_run_nobody_began_is_not_followed(wire: TestClient) -> None:
    answer = wire.get("/v1/runs/RUN-999/events")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_key_without_the_permission_does_not_talk(wire: TestClient, app: Application) -> None:
    wire.headers["Authorization"] = f"Bearer {a_key(app, without=frozenset({Permission.CHAT_USE}))}"

    answer = wire.post("/v1/conversations", headers={"Idempotency-Key": "b2"})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_authorised")
