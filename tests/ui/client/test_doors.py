"""The client has a door for each operation of the API, of the same path, method, body and answer."""

import typing
from collections.abc import Iterator

import httpx
import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from tests.ui.conftest import ADDRESS
from tests.ui.through import Through
from ui.api.openapi import routes_of
from ui.api.routes import ROUTERS
from ui.client import Client, ClientError
from ui.client.doors import Doors
from ui.client.kinds import Door, Follow, Get, List
from ui.schemas.desk import ReasonRequest
from ui.schemas.listing import OrderQuery
from ui.schemas.people import ActiveRequest

BY_HAND = {"login", "logout", "metrics"}  # the client keeps the token; figures are no JSON
OTHER_NAMES = {"decide": "decide_approval", "undo": "undo_approval"}  # whose short names make their keys
OF_PARTNERS = {"take_message"}  # signed, by programs that are not ours
ROUTES = {route.operation_id or "": route for route in routes_of(ROUTERS)}


def door(operation: str) -> Door:
    found = vars(Doors)[OTHER_NAMES.get(operation, operation)]
    assert isinstance(found, Door)
    return found


def test_every_operation_has_a_door_and_every_door_an_operation() -> None:
    doors = {name for name, value in vars(Doors).items() if isinstance(value, Door)}
    wanted = {OTHER_NAMES.get(name, name) for name in ROUTES.keys() - BY_HAND - OF_PARTNERS}

    assert doors == wanted
    assert len(doors) > 100
    assert all(callable(getattr(Client, name)) for name in BY_HAND | OTHER_NAMES.keys())


@pytest.mark.parametrize("operation", sorted(ROUTES.keys() - BY_HAND - OF_PARTNERS))
def test_a_door_is_that_of_its_operation(operation: str) -> None:
    route, found = ROUTES[operation], door(operation)

    assert found.path == route.path_format
    assert _method(found) in (route.methods or ())
    assert getattr(found, "body", None) == _body(route)
    if not isinstance(found, Follow):
        assert getattr(found, "reply") is typing.get_type_hints(route.endpoint)["return"]  # noqa: B009 - of each kind
    if isinstance(found, List):
        assert {p.name for p in route.dependant.query_params} >= {"cursor"} or _paged(route)


def _method(found: Door) -> str:
    return str(getattr(found, "method", "GET" if isinstance(found, Get | List | Follow) else "POST"))


def _body(route: APIRoute) -> object:
    return next((one.field_info.annotation for one in route.dependant.body_params), None)


def _paged(route: APIRoute) -> bool:
    return any(getattr(one.call, "__name__", "") == "asked" for one in route.dependant.dependencies)


@pytest.fixture
def mary(mary: TestClient) -> Client:
    token = mary.headers["Authorization"].removeprefix("Bearer ")
    return Client(ADDRESS, token=token, transport=Through(mary))


def test_a_list_is_read_filtered_sorted_and_page_by_page(mary: Client) -> None:
    found = mary.list_orders(wanted=OrderQuery(customer="HARBOR", late_only=False), sort="-number", limit=1)
    people = [person.name for page in mary.list_people.pages(limit=2) for person in page.items]

    assert [order.number for order in found.items] == ["SO-1042"]
    assert people == sorted(people)
    assert len(people) > 4


def test_a_change_names_what_was_read(mary: Client) -> None:
    person, tag = mary.get_person.tagged("otto")

    changed = mary.set_active("otto", ActiveRequest(active=False), match=tag)
    with pytest.raises(ClientError) as late:
        mary.set_active("otto", ActiveRequest(active=True), match=tag)

    assert (person.active, changed.active, late.value.code) == (True, False, "precondition_failed")


def test_a_key_makes_an_act_once(mary: Client) -> None:
    body = ReasonRequest(reason="prices look wrong")

    first, again = mary.halt(body, key="h1"), mary.halt(body, key="h1")
    with pytest.raises(ClientError) as another:
        mary.halt(body)

    assert first == again
    assert another.value.code == "conflict"


def test_an_id_that_leads_elsewhere_is_not_sent(mary: Client) -> None:
    for order in ("../people", "SO 1/lines", "..", "", "SO-1?x=1", "a%2Fb"):
        with pytest.raises(ClientError, match="cannot be one"):
            mary.get_order(order)


def answering(*answers: httpx.Response | Exception) -> tuple[Client, list[httpx.Request], list[float]]:
    """A client of a server that gives these answers one after the other; what it was asked; how long it waited."""
    left, asked, waited = iter(answers), list[httpx.Request](), list[float]()

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        answer = next(left)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Client(ADDRESS, transport=httpx.MockTransport(handle), wait=waited.append), asked, waited


BUSY = {"code": "server_overloaded", "detail": "busy", "status": 503, "title": "Busy", "type": "urn:x"}
HALTED = {"halted": True, "reason": "prices", "by": "mary", "since": "2026-03-02T12:00:00Z"}


def test_a_busy_server_is_asked_again_when_it_says_under_the_same_key() -> None:
    busy = httpx.Response(503, json=BUSY, headers={"Retry-After": "2"})
    client, asked, waited = answering(busy, httpx.ReadError("gone"), httpx.Response(200, json=HALTED))

    assert client.halt(ReasonRequest(reason="prices")).halted
    assert waited == [2.0]
    assert len({request.headers["Idempotency-Key"] for request in asked}) == 1
    assert len(asked) == 3


def test_a_server_that_stays_busy_or_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = [httpx.Response(503, json=BUSY, headers={"Retry-After": "99"}) for _ in range(3)]
    client, asked, waited = answering(*busy)
    with pytest.raises(ClientError) as refused:
        client.get_halt()
    lost, again, _ = answering(*[httpx.ReadError("gone")] * 3)
    with pytest.raises(ClientError) as gone:
        lost.get_halt()

    assert (refused.value.code, len(asked), waited) == ("server_overloaded", 3, [5.0, 5.0])
    assert (gone.value.code, len(again)) == ("server_unreachable", 3)


def test_what_may_not_be_repeated_is_sent_once() -> None:
    client, asked, _ = answering(httpx.ReadError("gone"))

    with pytest.raises(ClientError):
        client.login("mary", "x")

    assert len(asked) == 1


class Breaking(httpx.SyncByteStream):
    """A stream that ends in the middle."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __iter__(self) -> Iterator[bytes]:
        yield self._text.encode()
        raise httpx.ReadError("gone")


def event(number: int, kind: str = "step") -> str:
    return f'id: {number}\nevent: {kind}\ndata: {{"n": {number}}}\n\n'


def test_a_stream_is_taken_up_again_after_the_last_event_that_came() -> None:
    stopping = 'event: stopping\ndata: {"after": 3}\n\n'
    answers = (
        httpx.Response(200, stream=Breaking(": alive\n\n" + event(1) + event(2) + "id: 3\nevent: st")),
        httpx.Response(200, text=event(3) + stopping),
        httpx.Response(200, text=event(4)),
    )
    client, asked, waited = answering(*answers)

    heard = [(one.number, one.kind, one.data) for one in client.follow_run("RUN-1")]

    assert heard == [(number, "step", {"n": number}) for number in (1, 2, 3, 4)]
    assert [request.headers["Last-Event-ID"] for request in asked] == ["0", "2", "3"]
    assert waited == [1.0, 1.0]


def test_a_refused_stream_says_why(mary: Client) -> None:
    with pytest.raises(ClientError) as refused:
        list(mary.follow_conversation("CHAT-77", wait=0))

    assert refused.value.code == "not_found"


def test_a_file_is_sent_as_it_is(mary: Client) -> None:
    with pytest.raises(ClientError) as refused:
        mary.import_pack(b"no zip", apply=False)

    assert refused.value.code == "not_served_here"  # this test's server has no worker's machines


def test_a_door_says_what_it_needs(mary: Client) -> None:
    with pytest.raises(TypeError, match="needs order"):
        mary.get_order()
    with pytest.raises(TypeError, match="takes a ReservationRequest"):
        mary.reserve_stock(ReasonRequest(reason="x"))
    with pytest.raises(AssertionError, match="through a client"):
        Doors.get_halt()
