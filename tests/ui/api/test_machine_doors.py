"""The door of the Model Context Protocol: a good key, this host, and not too often."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from agents.worker.machines import Machines
from core.bootstrap.application import Application
from core.domain.permissions import Permission
from tests.agents.worker.conftest import desk_world, filled_template, fresh_world
from tests.agents.worker.keys import a_key
from tests.agents.worker.world import World
from tests.ui.world import AtOnce, Given
from tools.registry import TOOLS
from ui.api.app import build_app
from ui.api.completions import MODEL

__all__ = ["desk_world", "filled_template", "fresh_world"]
PORT = "http://127.0.0.1:8710"
ASKED = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
ACCEPTED = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}


@pytest.fixture
def app(desk_world: World) -> Iterator[Application]:
    with desk_world.application() as opened:
        yield opened


@pytest.fixture
def wire(app: Application) -> Iterator[TestClient]:
    api = build_app(app, worker=Given(), executor=AtOnce(), machines=Machines(app=app))
    with TestClient(api, base_url=PORT, raise_server_exceptions=False) as client:
        yield client


def asked(wire: TestClient, key: str, **headers: str) -> Any:
    return wire.post("/mcp", json=ASKED, headers={**ACCEPTED, "Authorization": f"Bearer {key}", **headers})


def test_a_good_key_is_let_in(app: Application, wire: TestClient) -> None:
    answer = asked(wire, a_key(app))

    assert answer.status_code == 200
    assert [tool["name"] for tool in answer.json()["result"]["tools"]] == [tool.name for tool in TOOLS]
    assert answer.headers["cache-control"] == "no-store"


def test_who_has_no_good_key_is_told_so_in_our_words(app: Application, wire: TestClient) -> None:
    answers = [
        wire.post("/mcp", json=ASKED, headers=ACCEPTED),
        asked(wire, "exk_nobody_x"),
        asked(wire, a_key(app, without=frozenset({Permission.MCP_USE}))),
    ]

    found = [(one.status_code, one.json()["code"]) for one in answers]
    assert found == [(401, "authentication_failed")] * 2 + [(403, "not_authorised")]
    assert answers[0].headers["www-authenticate"] == "Bearer"


def test_pages_and_names_of_elsewhere_are_refused(app: Application, wire: TestClient) -> None:
    key = a_key(app)

    refused = [asked(wire, key, Origin=origin) for origin in ("http://evil.example", "null", "http://127.0.0.1.evil")]

    assert [one.status_code for one in refused] == [403] * 3
    assert asked(wire, key, Origin=PORT).status_code == 200
    assert asked(wire, key, Host="evil.example").json()["code"] == "wrong_host"


def test_a_key_knocks_no_more_often_than_it_may(app: Application, wire: TestClient) -> None:
    key = a_key(app, per_minute=2)

    answers = [asked(wire, key) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2].json()["code"] == "rate_limited"
    assert int(answers[2].headers["retry-after"]) <= 61


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"[" * 100_000, b"\xff", b'{"jsonrpc": "2.0"}', b"x" * 300_000, b'{"id": 1E+1000000}']
)
def test_bad_bodies_are_no_fault_of_the_server(app: Application, wire: TestClient, body: bytes) -> None:
    headers = {**ACCEPTED, "Authorization": f"Bearer {a_key(app)}", "Content-Type": "application/json"}

    answer = wire.post("/mcp", content=body, headers=headers)

    assert 400 <= answer.status_code < 500


def test_without_machines_there_are_no_such_doors(app: Application) -> None:
    with TestClient(build_app(app, worker=Given(), executor=AtOnce()), base_url=PORT) as client:
        answers = [client.post("/mcp"), client.get("/v1/models"), client.post("/v1/chat/completions")]

    assert [one.status_code for one in answers] == [404] * 3


def test_more_questions_than_can_be_answered_are_told_to_come_again(app: Application, wire: TestClient) -> None:
    wire.app.state.answering = SimpleNamespace(available_tokens=0)  # type: ignore[attr-defined]  an ASGI application
    body = {"model": MODEL, "messages": [{"role": "user", "content": "help"}]}

    answer = wire.post("/v1/chat/completions", json=body, headers={"Authorization": f"Bearer {a_key(app)}"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "overloaded")
    assert answer.headers["retry-after"] == "2"
