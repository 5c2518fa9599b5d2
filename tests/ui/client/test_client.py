"""The client: typed answers, and one kind of error with a code for whatever goes wrong."""

from collections.abc import Callable

import httpx
import pytest
from fastapi.testclient import TestClient

from core.domain.users import WORKER_NAME
from core.services.execution import execute
from tests.ui.conftest import ADDRESS
from tests.ui.through import Through
from tests.ui.world import PASSWORD, World
from ui.client import Client, ClientError


def answering(handle: Callable[[httpx.Request], httpx.Response]) -> Client:
    return Client(ADDRESS, transport=httpx.MockTransport(handle))


@pytest.fixture
def mary_calls(stranger: TestClient) -> Client:
    client = Client(ADDRESS, channel="console", transport=Through(stranger))
    client.login("mary", PASSWORD)
    return client


def test_the_whole_way_of_a_decision(mary_calls: Client, world: World) -> None:
    listed = mary_calls.inbox(state="proposed", type="E01").cases
    shown = mary_calls.case(listed[0].id)
    assert shown.approval is not None

    decided = mary_calls.decide(shown.approval.id, decision="approve", plan_hash=shown.approval.plan_hash)
    again = mary_calls.decide(shown.approval.id, decision="approve", plan_hash=shown.approval.plan_hash)
    execute(world.open_uow, world.approval, by=WORKER_NAME)
    undone = mary_calls.undo(shown.approval.id)

    assert (decided.state, decided.executing, again) == ("approved", True, decided)
    assert undone.result == (f"transfer order TO-{world.case}-1 cancelled, 40 V-300 released",)
    assert world.given.cases == [(world.case, False)]


def test_the_desk_is_asked_for_a_case(mary_calls: Client, world: World) -> None:
    assert mary_calls.resolve(world.case).started
    assert world.given.cases == [(world.case, True)]


def test_health_needs_no_token(stranger: TestClient) -> None:
    assert Client(ADDRESS, transport=Through(stranger)).health().status == "ok"


def test_a_problem_becomes_an_error_with_its_code(mary_calls: Client) -> None:
    with pytest.raises(ClientError) as refused:
        mary_calls.case("CASE-999")

    assert (refused.value.code, refused.value.status) == ("not_found", 404)
    assert "CASE-999" in refused.value.message


def test_a_rejection_without_a_reason_is_not_even_sent() -> None:
    def unexpected(_: httpx.Request) -> httpx.Response:
        raise AssertionError("nothing should be sent")

    with pytest.raises(ClientError, match="needs a comment that says why"):
        answering(unexpected).decide("AP-1-1A", decision="reject", plan_hash="0" * 64, comment="  ")


def test_after_signing_out_the_token_is_not_sent(mary_calls: Client) -> None:
    mary_calls.logout()

    with pytest.raises(ClientError) as refused:
        mary_calls.inbox()
    assert refused.value.code == "authentication_failed"


def test_whoever_has_a_token_is_told_whose_it_is(mary_calls: Client) -> None:
    found = mary_calls.who_am_i()

    assert (found.name, found.role, found.means) == ("mary", "operations_manager", "session")


@pytest.mark.parametrize("identifier", ["", "..", "../v1/login", "a/b", "a?b", "a b", "%2e%2e"])
def test_an_id_cannot_lead_elsewhere(identifier: str) -> None:
    with pytest.raises(ClientError) as refused:
        answering(lambda _: httpx.Response(200)).case(identifier)

    assert refused.value.code == "invalid_value"


@pytest.mark.parametrize("server", ["", "127.0.0.1:8710", "ftp://127.0.0.1", "http://", "http://[::1"])
def test_an_address_that_is_none_is_refused(server: str) -> None:
    with pytest.raises(ClientError) as refused:
        Client(server)

    assert refused.value.code == "wrong_usage"


def test_a_server_that_is_not_there_is_said_to_be_unreachable() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(ClientError) as failed:
        answering(refuse).health()

    assert failed.value.code == "server_unreachable"
    assert failed.value.message == "http://127.0.0.1 cannot be reached; is it running?"


def test_a_server_that_is_slow_is_a_timeout() -> None:
    def wait(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(ClientError) as failed:
        answering(wait).health()

    assert failed.value.code == "server_timeout"


@pytest.mark.parametrize(
    "answer", [httpx.Response(200, text="<html>"), httpx.Response(200, json={}), httpx.Response(502, text="Bad")]
)
def test_an_answer_of_something_else_is_said_to_be_one(answer: httpx.Response) -> None:
    with pytest.raises(ClientError) as failed:
        answering(lambda _: answer).health()

    assert failed.value.code == "server_answer_invalid"


def test_the_token_is_not_sent_to_where_a_redirect_points() -> None:
    seen: list[str] = []

    def redirect(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(307, headers={"Location": "http://evil.example/"})

    client = Client(ADDRESS, token="secret", transport=httpx.MockTransport(redirect))
    with pytest.raises(ClientError):
        client.inbox()

    assert seen == ["127.0.0.1"]
