"""The API over a database of the test's own, with a frozen clock and a desk that works at once."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient

from core.bootstrap.batching import batching
from core.db.embedded import Server
from core.db.loading.statistics import gather_statistics
from core.db.roles import RoleUrls
from core.db.unit_of_work import SqlOpener, SqlVisitorOpener, open_engine
from core.domain.ids import ApprovalId, CaseId, UserName
from core.services.identity import begin_session
from tests.database import WORKER, copy_database
from tests.putting_back import Original, save
from tests.ui.world import AtOnce, Clock, World, settle
from ui.api.app import build_app

ADDRESS = "http://127.0.0.1"
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class _Settled:
    """The database of one worker in which the case waits, and its first rows."""

    urls: RoleUrls
    original: Original
    case: CaseId
    approval: ApprovalId


@pytest.fixture(scope="session")
def _worker_world(postgres_server: Server, template_database: str) -> Iterator[_Settled]:
    """Settled once; putting its rows back takes a tenth of the time of settling another."""
    name = f"world_{WORKER}"
    copy_database(postgres_server, name, template_database)
    urls = postgres_server.role_urls(name)
    case, approval = _settled(urls)
    gather_statistics(urls)
    with postgres_server.superuser(name) as superuser:
        save(superuser)
        yield _Settled(urls, Original(superuser), case, approval)


def _settled(urls: RoleUrls) -> tuple[CaseId, ApprovalId]:
    engine = open_engine(urls.app)
    try:
        return settle(SqlOpener(engine, Clock()))
    finally:
        engine.dispose()


@pytest.fixture
def world(_worker_world: _Settled) -> Iterator[World]:
    """One case that waits for a decision."""
    clock = Clock()
    engine, visitors = open_engine(_worker_world.urls.app), open_engine(_worker_world.urls.visitor)
    opener = SqlOpener(engine, clock)
    try:
        with batching(opener) as batches:
            yield World(
                open_uow=opener,
                open_visitor_uow=SqlVisitorOpener(visitors, clock),
                clock=clock,
                case=_worker_world.case,
                approval=_worker_world.approval,
                batches=batches,
            )
    finally:
        engine.dispose()
        visitors.dispose()
        _worker_world.original.put_back()


@pytest.fixture
def stranger(world: World) -> Iterator[TestClient]:
    """Somebody who has not signed in."""
    app = build_app(world, worker=world.given, executor=AtOnce())
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def mary(stranger: TestClient) -> TestClient:
    """The operations manager, signed in."""
    return sign_in(stranger, "mary")


def sign_in(stranger: TestClient, name: str) -> TestClient:
    """The same client with the token of a session of the person; how a password gets one is tried where it belongs."""
    token = f"exs_{name}-{next(_numbers)}"
    with stranger.app.state.door.open_uow(UserName(name)) as uow:  # type: ignore[attr-defined]  FastAPI's
        begin_session(uow, uow.users.get(UserName(name)), token=token)
    other = TestClient(stranger.app, base_url=ADDRESS, raise_server_exceptions=False)
    other.headers["Authorization"] = f"Bearer {token}"
    return other
