"""A filled database for each test, copied from one made once for each process of the run."""

import itertools
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from subprocess import PIPE, Popen

import pytest

from agents.worker.opening import open_worker
from core.connectors.sandbox.service import running
from core.db.embedded import Server, drop_database
from core.db.loading.statistics import gather_statistics
from tests.agents.worker import world
from tests.agents.worker.killing import Killer
from tests.database import WORKER, copy_database

_numbers = itertools.count(1)
Fresh = Callable[[], AbstractContextManager[world.World]]


@pytest.fixture(scope="session")
def filled_template(postgres_server: Server, template_database: str) -> Iterator[str]:
    """The company, and a case nobody has looked at."""
    with _database(postgres_server, template_database) as name:
        world.fill(postgres_server.role_urls(name))
        gather_statistics(postgres_server.role_urls(name))
        yield name


@pytest.fixture(scope="session")
def answered_template(postgres_server: Server, filled_template: str) -> Iterator[str]:
    """The same, and its case was proposed and approved; nobody has executed it."""
    with _database(postgres_server, filled_template) as name:
        with _world(postgres_server, name) as found, found.application() as app, open_worker(app) as worker:
            worker.advance(world.CASE)
            found.decide(world.APPROVAL)
        yield name


@pytest.fixture
def fresh_world(postgres_server: Server, filled_template: str) -> Fresh:
    """Any number of such worlds, one after the other."""
    return _fresh(postgres_server, filled_template)


@pytest.fixture
def answered_world(postgres_server: Server, answered_template: str) -> Fresh:
    """Any number of such worlds, one after the other."""
    return _fresh(postgres_server, answered_template)


@pytest.fixture
def desk_world(fresh_world: Fresh) -> Iterator[world.World]:
    with fresh_world() as found:
        yield found


@pytest.fixture(scope="session")
def killer() -> Iterator[Killer]:
    """A process that forks workers and kills them where it is told."""
    command = [sys.executable, "-m", "tests.agents.worker.killing"]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as process:
        yield Killer(process)
        assert process.stdin is not None
        process.stdin.close()


def _fresh(server: Server, template: str) -> Fresh:
    @contextmanager
    def fresh() -> Generator[world.World]:
        with _database(server, template) as name, _world(server, name) as found:
            yield found

    return fresh


@contextmanager
def _database(server: Server, template: str) -> Generator[str]:
    name = f"desk_{WORKER}_{next(_numbers)}"
    copy_database(server, name, template)
    yield name
    drop_database(server, name)


@contextmanager
def _world(server: Server, name: str) -> Generator[world.World]:
    trade = world.sandbox()
    with running(trade) as base_url:
        yield world.World(urls=server.role_urls(name), trade=trade, base_url=base_url)
