"""The API over a database of the test's own, with a frozen clock and a desk that works at once."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from core.bootstrap.batching import batching
from core.db.roles import RoleUrls
from core.db.unit_of_work import SqlOpener, SqlVisitorOpener, open_engine
from tests.ui.world import PASSWORD, AtOnce, Clock, World, settle
from ui.api.app import build_app

ADDRESS = "http://127.0.0.1"


@pytest.fixture
def world(role_urls: RoleUrls) -> Iterator[World]:
    """One case that waits for a decision."""
    clock = Clock()
    engine, visitors = open_engine(role_urls.app), open_engine(role_urls.visitor)
    opener = SqlOpener(engine, clock)
    try:
        with batching(opener) as batches:
            yield settle(opener, SqlVisitorOpener(visitors, clock), clock, batches)
    finally:
        engine.dispose()
        visitors.dispose()


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
    """The same client with the person's token."""
    answer = stranger.post("/v1/login", json={"name": name, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    other = TestClient(stranger.app, base_url=ADDRESS, raise_server_exceptions=False)
    other.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return other
