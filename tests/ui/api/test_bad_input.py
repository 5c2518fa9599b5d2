"""Bad input over HTTP: every request of the corpus is refused or harmless, none is a fault of the server."""

from collections.abc import Iterator
from time import perf_counter

import pytest
from fastapi.testclient import TestClient

from agents.worker.machines import Machines
from core.bootstrap.application import Application
from core.services.identity import begin_session
from evals.api.corpus import BadRequest, corpus
from tests.agents.worker.conftest import desk_world, filled_template, fresh_world
from tests.agents.worker.world import MARY, World
from tests.ui.world import AtOnce, Given
from ui.api.app import build_app

__all__ = ["desk_world", "filled_template", "fresh_world"]
ADDRESS = "http://127.0.0.1"
TOKEN = "exs_of-mary"


@pytest.fixture
def app(desk_world: World) -> Iterator[Application]:
    with desk_world.application() as opened:
        yield opened


@pytest.fixture
def wire(app: Application) -> Iterator[TestClient]:
    """The API, and Mary's session with it."""
    with app.open_uow(MARY) as uow:
        begin_session(uow, uow.users.get(MARY), token=TOKEN)
    api = build_app(app, worker=Given(), executor=AtOnce(), machines=Machines(app=app))
    with TestClient(api, base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


def sent(wire: TestClient, one: BadRequest, number: int) -> tuple[int, str]:
    """Status and code of the answer."""
    usual: dict[str, str | None] = {
        "Authorization": f"Bearer {TOKEN}",
        "Content-Type": "application/json",
        "Idempotency-Key": f"bad-{number}",
    }
    headers = {name: value for name, value in {**usual, **dict(one.headers)}.items() if value is not None}
    answer = wire.request(one.method, one.path, content=one.body, headers=headers)
    problem = answer.headers.get("content-type") == "application/problem+json"
    return answer.status_code, answer.json()["code"] if problem else ""


def test_no_bad_request_is_a_fault_of_the_server_and_each_is_answered_within_a_second(wire: TestClient) -> None:
    found: dict[str, tuple[int, str]] = {}
    slow: dict[str, float] = {}
    for number, one in enumerate(corpus()):
        begun = perf_counter()
        found[one.name] = sent(wire, one, number)
        if (took := perf_counter() - begun) > 1:
            slow[one.name] = took

    assert {name: said for name, said in found.items() if said[0] >= 500} == {}
    assert slow == {}
    assert len(found) == len(corpus()) >= 150


def test_what_means_nothing_or_two_things_is_refused(wire: TestClient) -> None:
    refused = {
        "same key twice", "deep list", "deep object", "not utf-8", "no json", "unknown field", "nul bytes",
        "quantity 0", "quantity 3", "quantity 4", "quantity 8", "quantity 10", "quantity 13", "quantity 15",
        "text 0", "text 1", "text 2", "text 3", "letter 0", "day 0", "day 8",
    }  # fmt: skip
    wanted = [one for one in corpus() if one.name in refused]

    found = {one.name: sent(wire, one, number) for number, one in enumerate(wanted)}

    assert found == dict.fromkeys(refused, (422, "invalid_request"))


def test_nothing_of_it_changed_the_books(wire: TestClient, app: Application) -> None:
    def books() -> tuple[int, int]:
        with app.open_uow(MARY) as uow:
            return len(uow.drafts.listed()), len(uow.approvals.listed())

    before = books()
    for number, one in enumerate(corpus()):
        if one.path.startswith(("/v1/reservations", "/v1/scans", "/v1/cases", "/v1/approvals", "/v1/imports")):
            sent(wire, one, number)

    assert books() == before
