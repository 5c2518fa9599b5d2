"""Every error is problem details with a stable code, also those FastAPI and Starlette make."""

import importlib
import pkgutil
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import agents
import core
import tools
from core.bootstrap.batching import Batches
from core.domain.errors import DomainError, StorageUnavailableError
from core.domain.ids import CaseId, UserName
from core.domain.scopes import Scope
from core.ports.storage import UnitOfWork
from tests.ui.conftest import ADDRESS, sign_in
from tests.ui.world import AtOnce, Given, World
from ui.api.app import build_app
from ui.api.errors import STATUS_OF


@dataclass(frozen=True)
class Broken:
    """An application whose storage raises."""

    error: Exception

    def open_uow(self, _: UserName, /) -> UnitOfWork:
        raise self.error

    def open_visitor_uow(self, _: UserName, __: Scope, /) -> UnitOfWork:
        raise self.error

    @property
    def batches(self) -> Batches:
        """Storage is never reached."""
        raise self.error


UNUSED = Broken(AssertionError("storage was opened for a request that should have been refused"))


def built(application: Broken) -> FastAPI:
    return build_app(application, worker=Given(), executor=AtOnce())


def knock(error: Exception) -> tuple[int, dict[str, object]]:
    with TestClient(built(Broken(error)), base_url=ADDRESS, raise_server_exceptions=False) as client:
        answer = client.get("/healthz")
    return answer.status_code, answer.json()


def test_every_error_of_the_program_has_a_status() -> None:
    for package in (core, tools, agents):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name and "__main__" not in module.name:
                importlib.import_module(module.name)

    def all_below(kind: type[DomainError]) -> set[str]:
        return {kind.code}.union(*(all_below(one) for one in kind.__subclasses__()))

    assert {code for code in all_below(DomainError) if code not in STATUS_OF} == set()


def test_a_database_that_is_down_is_503() -> None:
    status, body = knock(StorageUnavailableError("the database does not answer"))

    assert status == 503
    assert body == {
        "type": "urn:expediter:error:database_unavailable",
        "title": "Database unavailable",
        "status": 503,
        "detail": "the database does not answer",
        "code": "database_unavailable",
    }


def test_an_unknown_fault_tells_nothing_of_the_inside() -> None:
    status, body = knock(RuntimeError("secret detail"))

    assert (status, body["code"]) == (500, "internal_error")
    assert "secret" not in str(body)


def test_healthy_when_the_database_answers(stranger: TestClient) -> None:
    assert stranger.get("/healthz").json() == {"status": "ok", "halted": False}


def test_what_is_not_there_is_a_problem(mary: TestClient) -> None:
    asked = [
        ("GET", "/nowhere"),
        ("GET", "/docs"),
        ("DELETE", "/v1/cases"),
        ("GET", "/v1/cases?state=wrong"),
        ("GET", "/v1/cases/%00"),
        ("GET", "/v1/cases/" + "9" * 101),
        ("GET", "/v1/cases/CASE-99999999999999999999"),
    ]

    answers = [mary.request(method, path) for method, path in asked]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (404, "not_found"),
        (404, "not_found"),
        (405, "method_not_allowed"),
        (422, "invalid_request"),
        (422, "invalid_request"),
        (422, "invalid_request"),
        (404, "not_found"),
    ]
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b"\xff\xfe", 422),
        (b'{"name": "mary", "password": NaN}', 422),
        (b'{"name": "mary\\u0000", "password": "x"}', 422),
        (b'{"name": "mary", "password": "\\ud800"}', 422),
        (b'{"name": "mary", "password": 1E+1000000}', 422),
        (b'{"name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 422),
        (b'{"name": "' + b"x" * 2_000_000 + b'"}', 413),
    ],
)
def test_a_malformed_body_is_refused_in_one_sentence(body: bytes, status: int) -> None:
    with TestClient(built(UNUSED), base_url=ADDRESS) as client:
        answer = client.post("/v1/login", content=body, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert len(answer.content) < 1000


def test_a_body_that_is_not_json_is_refused() -> None:
    with TestClient(built(UNUSED), base_url=ADDRESS) as client:
        answer = client.post("/v1/login", content=b'{"name": "mary", "password": "x"}')

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8710", "127.0.0.1.evil.example", ""])
def test_another_name_for_this_machine_is_refused(host: str) -> None:
    with TestClient(built(UNUSED), base_url=ADDRESS) as client:
        answer = client.get("/healthz", headers={"Host": host})

    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_host")


class Refusing(Given):
    """A worker that cannot work."""

    def advance(self, case: CaseId, *, begin: bool) -> None:
        raise StorageUnavailableError("the supplier database is away")


def test_the_desk_reports_a_refusal_on_the_case(world: World) -> None:
    app = build_app(world, worker=Refusing(), executor=AtOnce())
    with TestClient(app, base_url=ADDRESS) as stranger:
        mary = sign_in(stranger, "mary")
        mary.post(f"/v1/cases/{world.case}/resolve", headers={"Idempotency-Key": "r1"})
        shown = mary.get(f"/v1/cases/{world.case}").json()

    assert shown["failure"] == {"code": "database_unavailable", "message": "the supplier database is away"}
    assert shown["next"] == "decide"
