"""Databases and homes for tests of the command line."""

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from filelock import FileLock

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.databases import load_company
from core.bootstrap.opening import open_books
from core.db.embedded import Server, drop_database
from core.db.loading.statistics import gather_statistics
from core.planning.rules import ScanRules
from core.services.accounts import add_user
from core.services.scanning import ScanCommand, scan
from tests.builders import MARIA, PEOPLE
from tests.database import WORKER, copy_database, server_home
from tests.ui.cli.offices import COMPANY, Office, office
from tests.ui.cli.processes import Processes

ROOT = Path(__file__).parents[3]
TEMPLATE = "template_of_cli"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def office_template(postgres_server: Server, template_database: str) -> str:
    """The small company, scanned, with the checkpointer's tables; nobody connects to it, it is copied."""
    with FileLock(server_home() / "cli.lock"):
        ready = server_home() / "cli.ready"
        if not ready.exists():
            drop_database(postgres_server, TEMPLATE)
            copy_database(postgres_server, TEMPLATE, template_database)
            urls = postgres_server.role_urls(TEMPLATE)
            prepare_checkpoints(urls)
            load_company(urls, COMPANY, content_hash="office")
            with open_books(urls.app) as books, books(MARIA.name) as uow:
                for person in PEOPLE:
                    add_user(uow, person, token=f"token of {person.name}")
                scan(uow, ScanCommand(rules=ScanRules()))
            gather_statistics(urls)
            ready.touch()
    return TEMPLATE


@pytest.fixture(scope="session")
def processes() -> Iterator[Processes]:
    """Commands in processes of their own."""
    with Popen([sys.executable, "-m", "tests.ui.cli.forking"], stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT) as forker:
        yield Processes(forker)
        assert forker.stdin is not None
        forker.stdin.close()


@pytest.fixture
def here(postgres_server: Server, office_template: str, tmp_path: Path) -> Iterator[Office]:
    """An office of this test alone."""
    name = f"cli_{WORKER}_{next(_numbers)}"
    copy_database(postgres_server, name, office_template)
    with office(postgres_server.role_urls(name), tmp_path) as found:
        yield found
    drop_database(postgres_server, name)
