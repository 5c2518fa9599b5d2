"""A terminal whose commands go through the API of the test."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from core.domain.users import WORKER_NAME
from core.services.execution import execute
from tests.ui.cli.terminal import Ran, expediter
from tests.ui.conftest import ADDRESS
from tests.ui.through import Through
from tests.ui.world import World
from ui.cli.remote import session
from ui.client import Client

Remote = Callable[..., Ran]


@pytest.fixture
def remote(stranger: TestClient, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Remote:
    """Run a command as somebody; the server's worker does what was approved while a command waits for it."""

    def work(seconds: float) -> None:
        execute(world.open_uow, world.approval, by=WORKER_NAME)

    monkeypatch.setattr(session, "Client", partial(Client, transport=Through(stranger), wait=work))

    def run(*words: object, by: str = "mary", typed: str | None = None) -> Ran:
        file = tmp_path / f"token-{by}"
        file.touch(mode=0o600)
        file.write_text(f"token-of-{by}")
        environment = {"EXPEDITER_HOME": str(tmp_path), "EXPEDITER_TOKEN_FILE": str(file)}
        return expediter("--server", ADDRESS, *words, environment=environment, typed=typed)

    return run
