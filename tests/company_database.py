"""A database with the small company of tests/builders.py in it, its rows put back after each test, and the desk that
works on it."""

from collections.abc import Callable, Iterator
from typing import LiteralString

import pytest
from filelock import FileLock
from psycopg import Connection, sql
from psycopg.rows import TupleRow
from sqlalchemy.engine import make_url

from core.bootstrap.databases import load_company
from core.bootstrap.opening import open_books
from core.db.embedded import Server, create_database, drop_database
from core.db.roles import RoleUrls
from core.services.accounts import add_user
from core.services.checking import check
from tests.builders import PEOPLE, company
from tests.database import WORKER, server_home
from tests.desk import Clock, Desk

TEMPLATE = "template_of_company"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"


@pytest.fixture(scope="session")
def company_template(postgres_server: Server, template_database: str) -> str:
    """A database with the small company and its people; nobody connects to it, it is copied."""
    with FileLock(server_home() / "company.lock"):
        ready = server_home() / "company.ready"
        if not ready.exists():
            drop_database(postgres_server, TEMPLATE)
            create_database(postgres_server, TEMPLATE, template_database)
            _fill(postgres_server.role_urls(TEMPLATE))
            with postgres_server.superuser(TEMPLATE) as superuser:
                _save(superuser)
            ready.touch()
    return TEMPLATE


@pytest.fixture(scope="session")
def _worker_company(postgres_server: Server, company_template: str) -> Iterator[str]:
    """The small company's database of this worker: putting its rows back takes a tenth of the time of a copy."""
    name = f"company_{WORKER}"
    create_database(postgres_server, name, company_template)
    yield name
    drop_database(postgres_server, name)


@pytest.fixture
def company_urls(postgres_server: Server, _worker_company: str) -> Iterator[RoleUrls]:
    """The small company's database as it was loaded, for this test alone."""
    yield postgres_server.role_urls(_worker_company)
    with postgres_server.superuser(_worker_company) as superuser:
        _put_back(superuser)


@pytest.fixture
def desk(company_urls: RoleUrls, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The small company with people at work, in a world whose clock only the test moves.

    After the test every invariant must hold, unless the test changed the books behind everybody's back.
    """
    clock = Clock()
    with open_books(company_urls.app, frozen=clock.read) as books, open_books(company_urls.agent) as agents:
        yield Desk(open_uow=books, open_agent_uow=agents, clock=clock, urls=company_urls)
        if "books_as_superuser" not in request.fixturenames and not request.node.get_closest_marker("breaks_laws"):
            with books(PEOPLE[0].name) as uow:
                broken = {law.name: law.broken for law in check(uow) if law.broken}
            assert broken == {}, "the test left books that contradict themselves"


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


def _save(superuser: Connection[TupleRow]) -> None:
    """Keep every row, and where every sequence stands, in a schema of its own."""
    superuser.execute("CREATE SCHEMA saved")
    for (table,) in superuser.execute(TABLES).fetchall():
        superuser.execute(sql.SQL("CREATE TABLE saved.{0} AS TABLE public.{0}").format(sql.Identifier(table)))
    superuser.execute(sql.SQL("CREATE TABLE saved.sequences AS ") + sql.SQL(SEQUENCES))


def _put_back(superuser: Connection[TupleRow]) -> None:
    """The rows as they were saved; no trigger runs, and a lock that somebody left is an error, not a wait for ever."""
    every = [sql.Identifier(table) for (table,) in superuser.execute(TABLES).fetchall()]
    again = sql.SQL("DELETE FROM public.{0}; INSERT INTO public.{0} SELECT * FROM saved.{0};")
    superuser.execute("SET session_replication_role = replica; SET lock_timeout = '20s'")
    with superuser.transaction():
        superuser.execute(sql.SQL(" ").join(again.format(table) for table in every))
        superuser.execute(
            "SELECT setval(format('public.%I', sequencename), COALESCE(last_value, 1), last_value IS NOT NULL)"
            " FROM saved.sequences"
        )
