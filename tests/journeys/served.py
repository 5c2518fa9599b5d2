"""`expediter serve` as a process of its own over a small company's database, for clients that other people wrote."""

import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.bootstrap.application import Application, application
from core.domain.users import AGENT_NAME, Role, User
from core.services.resolving import plan_options
from evals.bench.serving import KEPT, serving_process, variables_of
from tests.agents.worker.world import CASE, World, partners
from ui.cli.users import OPERATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Where the server answers, what its processes see of the environment, and its application as we have it."""

    address: str
    environment: dict[str, str]
    app: Application
    process: subprocess.Popen[bytes]


@contextmanager
def now(world: World) -> Generator[Application]:
    """The application by the clock of this machine, as the server has it."""
    with application(world.urls, partners(world.trade, world.base_url)) as app:
        yield app


@contextmanager
def serving(world: World, home: Path, **settings: str) -> Generator[Served]:
    """The server, until the block ends; `settings` are variables of its environment."""
    with now(world) as app:
        with app.open_uow(OPERATOR) as uow:
            operator = User(name=OPERATOR, role=Role.OPERATIONS_MANAGER, limit=None)
            uow.users.add(operator, password_hash=None, token_hash=None)
        with app.open_agent_uow(AGENT_NAME) as uow:
            plan_options(uow, CASE)  # what was planned before, the server's own worker leaves alone
        environment = {**environment_of(world, home), **settings}
        with serving_process(environment=environment) as served:
            yield Served(address=served.address, environment=environment, app=app, process=served.process)


def environment_of(world: World, home: Path) -> dict[str, str]:
    """What a process sees: this database, and a home of its own."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, **variables_of(world.urls), "EXPEDITER_HOME": str(home)}
