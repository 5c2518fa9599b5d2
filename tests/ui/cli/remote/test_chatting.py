"""A question through a server, and a conversation gone on with."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from agents.worker.machines import Machines
from tests.agents.worker.conftest import desk_world, filled_template, fresh_world
from tests.agents.worker.keys import a_key
from tests.agents.worker.world import CASE, World
from tests.ui.cli.terminal import Ran, expediter
from tests.ui.conftest import ADDRESS
from tests.ui.through import Through
from tests.ui.world import AtOnce, Given
from ui.api.app import build_app
from ui.cli.remote import session
from ui.client import Client

__all__ = ["desk_world", "filled_template", "fresh_world"]


@pytest.fixture
def environment(desk_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Where commands run as somebody who may chat."""
    file = tmp_path / "token"
    with desk_world.application() as app:
        file.touch(mode=0o600)
        file.write_text(a_key(app))
        api = build_app(app, worker=Given(), executor=AtOnce(), machines=Machines(app=app))
        with TestClient(api, base_url=ADDRESS, raise_server_exceptions=False) as client:
            monkeypatch.setattr(session, "Client", partial(Client, transport=Through(client)))
            yield {"EXPEDITER_HOME": str(tmp_path), "EXPEDITER_TOKEN_FILE": str(file)}


def test_a_question_is_answered_and_the_conversation_gone_on_with(environment: dict[str, str]) -> None:
    def chat(*words: str, typed: str | None = None) -> Ran:
        return expediter("--server", ADDRESS, "chat", *words, environment=environment, typed=typed)

    first = chat(f"show {CASE}", "--json")
    talk = json.loads(first.out)["conversation"]
    again = chat("help", "--conversation", talk)
    nobody, alone = chat("help", "--conversation", "CHAT-99"), chat()
    spoken = chat(typed=f"show {CASE}\n")

    assert "V-300" in json.loads(first.out)["text"]
    assert (again.code, again.err) == (0, "")
    assert (nobody.errors, alone.errors) == (["not_found"], ["wrong_usage"])
    assert (spoken.code, "V-300" in spoken.out) == (0, True)
