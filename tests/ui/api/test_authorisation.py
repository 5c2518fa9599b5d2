"""Who may do what, seeing what: the matrix of roles, routes and scopes, made from the table it is checked against."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from agents.worker.machines import Machines
from core.bootstrap.application import Application, application
from core.bootstrap.partners import configured_partners
from core.config import Environment
from core.domain.identity import KeyId
from core.domain.ids import UserName
from core.domain.permissions import FOR_PEOPLE_ONLY, MAY, Permission
from core.domain.scopes import WHOLE, Scope
from core.domain.users import NOT_PEOPLE, Role, User
from core.services.accounts import AgreeToPerson, add_user, agree_to_person, waiting
from core.services.identity import MakeKey, begin_session, key_text, make_key
from tests.builders import HARBOR, HOUSTON, MARIA, OMAR, RENO, SO_1, SO_2, transfer
from tests.desk import Desk
from tests.ui.world import AtOnce, Given
from ui.api.app import build_app
from ui.api.door import Needs, Reach
from ui.api.openapi import needed, routes_of
from ui.api.routes import ROUTERS

ADDRESS = "http://127.0.0.1"
ROUTES = [route for route in routes_of(ROUTERS) if needed(route) is not None]
# Open to everybody; what limits them is in the address or in the token itself.
OPEN = {
    "/healthz",
    "/readyz",
    "/v1/login",
    "/v1/logout",
    "/v1/me",
    "/v1/status/{token}",
    "/v1/status/{token}/returns",
    "/v1/hooks/{source}",
}
SCOPES = {
    "whole": WHOLE,
    "site": Scope.of(["HOUSTON"], None),
    "customer": Scope.of(None, [HARBOR]),
    "both": Scope.of(["HOUSTON"], [HARBOR]),
}
# What is out of sight for who is limited to Houston, or to Harbor: words of Reno's and of Mesa's things.
FOREIGN = {"site": ("RENO", "SO-2"), "customer": ("MESA", "Mesa Water", "SO-2")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The API over the small company, and what opens it: a token for each role and scope."""

    wire: TestClient
    tokens: dict[tuple[Role, str], str]
    case: str
    approval: str

    def knock(self, role: Role, scope: str, route: APIRoute, *, path: str | None = None) -> Any:
        """What the route answers, asked with a body that is none: who may not come in never gets to that."""
        (method,) = {*(route.methods or ())} - {"HEAD"}
        headers = {
            "Authorization": f"Bearer {self.tokens[role, scope]}",
            "Idempotency-Key": f"{role}-{scope}-{route.operation_id}",
        }
        url = path or self.path_of(route)
        return self.wire.request(method, url, headers=headers, json={} if method in {"POST", "PUT"} else None)

    def path_of(self, route: APIRoute) -> str:
        """The route's path with things that are there."""
        known = {
            "case": self.case, "approval": self.approval, "order": SO_1, "line": "1", "conversation": "CHAT-1",
            "run": "RUN-1", "draft": "DRAFT-1", "key": "k1", "link": "l1", "name": "maria",
        }  # fmt: skip
        path = re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], "1"), route.path_format)
        return f"{path}?wait=0" if path.endswith("/events") else path


@pytest.fixture
def gate(desk: Desk) -> Iterator[Gate]:
    approval = desk.proposed(transfer())
    with (
        application(desk.urls, configured_partners(Environment(), ()), frozen=desk.clock.read) as app,
        TestClient(_api(app), base_url=ADDRESS, raise_server_exceptions=False) as wire,
    ):
        tokens = {(role, scope): _token(desk, role, scope) for role in Role for scope in SCOPES}
        yield Gate(wire=wire, tokens=tokens, case=approval.case, approval=approval.id)


def _api(app: Application) -> Any:
    return build_app(app, worker=Given(), executor=AtOnce(), machines=Machines(app=app))


def _token(desk: Desk, role: Role, scope: str) -> str:
    """A session of a person of this role, or a key of a program with all its rights."""
    name = UserName(f"{role.value.replace('_', '-')}-{scope}")
    user = User(name=name, role=role, limit=None, scope=SCOPES[scope])
    with desk.open(OMAR.name) as uow:
        add_user(uow, user, token=f"token of {name}")
    if role in NOT_PEOPLE:
        with desk.open(MARIA.name) as uow:
            wanted = MakeKey(owner=name, name="all it may", permissions=MAY[role] - FOR_PEOPLE_ONLY, per_minute=10_000)
            return key_text(make_key(uow, wanted, id=KeyId(f"k{role.value}{scope}"), secret="s").id, "s")
    with desk.open(MARIA.name) as uow:
        asked = waiting(uow, name)
        assert asked is not None
        word = AgreeToPerson(key=f"agree {name}", name=name, digest=asked.digest, agree=True, comment="")
        agree_to_person(uow, word)
        begin_session(uow, uow.users.get(name), token=f"exs_{name}")
    return f"exs_{name}"


def declared(role: Role, scope: Scope, needs: Needs) -> bool:
    """Whether the table lets this role, seeing this much, through."""
    may = MAY[role] - FOR_PEOPLE_ONLY if role in NOT_PEOPLE else MAY[role]
    enough = {
        Reach.OWN: True,
        Reach.CUSTOMERS: scope.customers is None,
        Reach.WHOLE: scope.whole,
    }
    return needs.permission in may and enough[needs.reach]


def test_every_route_needs_a_permission_or_is_known_to_be_open() -> None:
    assert {route.path_format for route in routes_of(ROUTERS) if needed(route) is None} == OPEN
    assert len(ROUTES) > 50


def test_no_program_and_no_key_may_ever_decide() -> None:
    for role in NOT_PEOPLE:
        assert not MAY[role] & FOR_PEOPLE_ONLY
    assert Permission.APPROVALS_DECIDE in FOR_PEOPLE_ONLY


def test_every_role_and_scope_gets_through_exactly_where_the_table_says(gate: Gate) -> None:
    wrong: list[tuple[object, ...]] = []
    count = 0
    for route in ROUTES:
        needs = needed(route)
        assert needs is not None
        for role, scope in gate.tokens:
            status = gate.knock(role, scope, route).status_code
            through = status not in {401, 403}
            count += 1
            if through is not declared(role, SCOPES[scope], needs):
                wrong.append((route.operation_id, role.value, scope, status))

    assert wrong == []
    assert count == len(ROUTES) * len(Role) * len(SCOPES)


@pytest.mark.parametrize("scope", sorted(FOREIGN))
def test_nothing_of_others_is_in_any_answer_to_who_is_limited(gate: Gate, scope: str) -> None:
    told: list[tuple[object, ...]] = []
    for route in ROUTES:
        if "GET" not in (route.methods or ()):
            continue
        for role in (Role.VIEWER, Role.CUSTOMER_SERVICE, Role.PLANNER, Role.OPERATIONS_MANAGER, Role.SERVICE):
            answer = gate.knock(role, scope, route)
            if answer.status_code < 400:
                words = [word for word in FOREIGN[scope] if word in answer.text]
                told += [(route.path_format, role.value, word) for word in words if not _part_of_a_plan(route, word)]

    assert told == []


def _part_of_a_plan(route: APIRoute, word: str) -> bool:
    """What one's own site needs may come from another: who decides on a case, or waits for a transfer, sees where
    from."""
    seen = ("/v1/cases/", "/v1/approvals/", "/v1/transfer-orders", "/v1/stock/moves")
    return word == "RENO" and route.path_format.startswith(seen)


@pytest.mark.parametrize(
    ("scope", "order", "status"),
    [("site", SO_1, 200), ("site", SO_2, 404), ("customer", SO_1, 200), ("customer", SO_2, 404), ("whole", SO_2, 200)],
)
def test_an_order_of_others_is_not_there(gate: Gate, scope: str, order: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {gate.tokens[Role.CUSTOMER_SERVICE, scope]}"}

    assert gate.wire.get(f"/v1/orders/{order}/links", headers=headers).status_code == status


@pytest.mark.parametrize(("scope", "place", "status"), [("site", HOUSTON, 201), ("site", RENO, 404)])
def test_stock_of_another_site_is_not_reserved(gate: Gate, scope: str, place: str, status: int) -> None:
    headers = {
        "Authorization": f"Bearer {gate.tokens[Role.PLANNER, scope]}",
        "Idempotency-Key": f"r {place}".replace(" ", "-"),
    }
    body = {"document": "D-1", "wanted": [{"item": "VALVE-3", "location": place, "quantity": 1}]}

    answer = gate.wire.post("/v1/reservations", json=body, headers=headers)

    assert answer.status_code == status, answer.text
