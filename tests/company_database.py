"""A database with the small company of tests/builders.py in it, copied for each test, and the desk that works on it."""

import itertools
from collections.abc import Callable, Iterator
from typing import LiteralString

import pytest
from filelock import FileLock
from sqlalchemy.engine import make_url

from core.bootstrap.databases import load_company
from core.bootstrap.opening import open_books
from core.db.embedded import Server, create_database, drop_database
from core.db.roles import RoleUrls
from core.services.accounts import add_user
from tests.builders import PEOPLE, company
from tests.database import WORKER, server_home
from tests.desk import Clock, Desk

TEMPLATE = "template_of_company"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def company_template(postgres_server: Server, template_database: str) -> str:
    """A database with the small company and its people; nobody connects to it, it is copied."""
    with FileLock(server_home() / "company.lock"):
        ready = server_home() / "company.ready"
        if not ready.exists():
            drop_database(postgres_server, TEMPLATE)
            create_database(postgres_server, TEMPLATE, template_database)
            _fill(postgres_server.role_urls(TEMPLATE))
            ready.touch()
    return TEMPLATE


@pytest.fixture
def company_urls(postgres_server: Server, company_template: str) -> Iterator[RoleUrls]:
    """The small company's database, of this test alone."""
    name = f"c_{WORKER}_{next(_numbers)}"
    create_database(postgres_server, name, company_template)
    yield postgres_server.role_urls(name)
    drop_database(postgres_server, name)


@pytest.fixture
def desk(company_urls: RoleUrls) -> Iterator[Desk]:
    """The small company with people at work, in a world whose clock only the test moves."""
    clock = Clock()
    with open_books(company_urls.app, frozen=clock.read) as books, open_books(company_urls.agent) as agents:
        yield Desk(open_uow=books, open_agent_uow=agents, clock=clock, urls=company_urls)


@pytest.fixture
def books_as_superuser(postgres_server: Server, company_urls: RoleUrls) -> Callable[[LiteralString], None]:
    """Changes the desk's books behind everybody's back: no right, constraint trigger or guard stands in the way."""
    name = make_url(company_urls.app).database

    def change(statement: LiteralString) -> None:
        with postgres_server.superuser(str(name)) as superuser:
            superuser.execute("SET session_replication_role = replica")
            superuser.execute(statement)

    return change


def _fill(urls: RoleUrls) -> None:
    load_company(urls, company(), content_hash="small")
    with open_books(urls.app) as books, books(PEOPLE[0].name) as uow:
        for person in PEOPLE:
            add_user(uow, person, token=f"token of {person.name}")
