"""Where the journeys take place: the home of the run's embedded server, with a closed port for DATABASE_URL."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from core.db.embedded import Server
from tests.database import server_home
from tests.ui.cli.conftest import processes
from tests.ui.cli.terminal import Ran, expediter

__all__ = ["processes"]

ADVENTUREWORKS = Path(__file__).parents[3] / "shared" / "data" / "adventureworks"
NOWHERE = "postgresql://nobody:nothing@127.0.0.1:9/nowhere"
Run = Callable[..., Ran]


@pytest.fixture
def run(postgres_server: Server) -> Run:
    """Runs a command in the run's home. The database configured there answers nobody: whoever asks it fails."""
    assert postgres_server.port
    return lambda *words, typed=None: expediter(*words, environment=environment(), typed=typed)


def environment() -> dict[str, str]:
    """What a command of the journeys sees."""
    return {"EXPEDITER_HOME": str(server_home()), "DATABASE_URL": NOWHERE}


@pytest.fixture
def adventureworks() -> Path:
    """The pack of a real company's data; absent data is an excuse anywhere but in CI."""
    if not ADVENTUREWORKS.is_dir():
        assert os.environ.get("CI") != "true", f"{ADVENTUREWORKS} is absent"
        pytest.skip(f"{ADVENTUREWORKS} is absent")
    return ADVENTUREWORKS / "2014-05-01"


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One test of the run at a time: its workers share the database of a name."""
    with FileLock(server_home() / f"journey-{name}.lock"):
        yield
