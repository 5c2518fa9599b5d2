"""A database with the small company of tests/builders.py in it, its rows put back after each test, and the desk that
works on it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

import pytest
from filelock import FileLock
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from core.bootstrap.databases import load_company
from core.bootstrap.opening import open_books
from core.db.embedded import Server, drop_database
from core.db.laws import AUDIT_CHAIN, broken_links
from core.db.loading.statistics import gather_statistics
from core.db.roles import RoleUrls
from core.db.unit_of_work import SqlOpener, open_engine
from core.services.accounts import add_user
from tests.builders import PEOPLE, company
from tests.database import WORKER, copy_database, server_home
from tests.desk import Clock, Desk
from tests.laws import Laws
from tests.putting_back import Original, save

TEMPLATE = "template_of_company"


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The small company's database of one worker: its first rows, and connections that stay open between tests."""

    urls: RoleUrls
    original: Original
    app: Engine
    agent: Engine
    laws: Engine

    def close_what_was_opened(self) -> None:
        """The next test gets connections of its own, unless this one gave back the only one it had."""
        for engine in (self.app, self.agent):
            assert isinstance(engine.pool, QueuePool)
            if engine.pool.checkedout() or engine.pool.checkedin() > 1:
                engine.dispose()

    def broken(self, now: datetime) -> dict[str, Sequence[str]]:
        """What `expediter check` finds, audit chains and all."""
        with Session(self.laws) as session:
            broken = {**Laws.of(session.connection()).broken(now)}
            if links := tuple(broken_links(session)):
                broken[AUDIT_CHAIN.name] = (*broken.get(AUDIT_CHAIN.name, ()), *links)
        return broken


@pytest.fixture(scope="session")
def company_template(postgres_server: Server, template_database: str) -> str:
    """A database with the small company and its people; nobody connects to it, it is copied."""
    with FileLock(server_home() / "company.lock"):
        ready = server_home() / "company.ready"
        if not ready.exists():
            drop_database(postgres_server, TEMPLATE)
            copy_database(postgres_server, TEMPLATE, template_database)
            urls = postgres_server.role_urls(TEMPLATE)
            _fill(urls)
            gather_statistics(urls)
            with postgres_server.superuser(TEMPLATE) as superuser:
                save(superuser)
            ready.touch()
    return TEMPLATE


@pytest.fixture(scope="session")
def _worker_company(postgres_server: Server, company_template: str) -> Iterator[Company]:
    """The small company's database of this worker: putting its rows back takes a tenth of the time of a copy."""
    name = f"company_{WORKER}"
    copy_database(postgres_server, name, company_template)
    urls = postgres_server.role_urls(name)
    app, agent, laws = open_engine(urls.app), open_engine(urls.agent), open_engine(urls.app)
    with postgres_server.superuser(name) as superuser:
        yield Company(urls=urls, original=Original(superuser), app=app, agent=agent, laws=laws)
    for engine in (app, agent, laws):
        engine.dispose()


@pytest.fixture
def company_urls(_worker_company: Company) -> Iterator[RoleUrls]:
    """The small company's database as it was loaded, for this test alone."""
    yield _worker_company.urls
    _worker_company.original.put_back()


@pytest.fixture
def desk(company_urls: RoleUrls, _worker_company: Company, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The small company with people at work, in a world whose clock only the test moves.

    After the test every invariant must hold, unless the test changed the books behind everybody's back.
    """
    clock = Clock()
    books, agents = SqlOpener(_worker_company.app, clock.read), SqlOpener(_worker_company.agent)
    yield Desk(open_uow=books, open_agent_uow=agents, clock=clock, urls=company_urls)
    _worker_company.close_what_was_opened()
    if "books_as_superuser" not in request.fixturenames and not request.node.get_closest_marker("breaks_laws"):
        broken = _worker_company.broken(clock.read())
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
