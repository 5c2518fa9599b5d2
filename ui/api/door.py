"""What every route works with: storage, the desk, limits; and the visitor at the door, with what it may do and see."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event
from typing import Annotated, Any, Protocol

from fastapi import Depends, Header, Request
from fastapi.concurrency import run_in_threadpool

from agents.worker.machines import Machines
from core.bootstrap.batching import Batches
from core.domain.approval import Approval
from core.domain.errors import AuthenticationError, NotAuthorisedError, NotFoundError
from core.domain.identity import Means, Principal, principal_of
from core.domain.ids import UserName
from core.domain.permissions import MAY, Permission
from core.domain.users import User
from core.ports.storage import OpenUnitOfWork, OpenVisitorUnitOfWork, UnitOfWork
from core.services.delegating import why_not_now
from core.services.identity import by_login, recognised
from ui.api.csrf import CSRF_HEADER, check_csrf
from ui.api.desk import Desk
from ui.api.entrance import Entrance
from ui.api.errors import ApiError
from ui.api.rates import Rates
from ui.api.throttle import Throttle

# The actor of what happens before anybody is recognised.
NOBODY = UserName("api")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Application(Protocol):
    """What the door needs of the application that core.bootstrap builds."""

    @property
    def open_uow(self) -> OpenUnitOfWork: ...
    @property
    def open_visitor_uow(self) -> OpenVisitorUnitOfWork: ...
    @property
    def batches(self) -> Batches: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The parts the routes share."""

    application: Application
    desk: Desk
    throttle: Throttle
    rates: Rates = field(default_factory=Rates)
    machines: Machines | None = None
    entrance: Entrance = field(default_factory=Entrance)
    stopping: Event = field(default_factory=Event)
    plain_webhooks: bool = False

    @property
    def open_uow(self) -> OpenUnitOfWork:
        """Storage."""
        return self.application.open_uow

    def machines_here(self) -> Machines:
        """What chats and reads for visitors; 503 where this process does neither."""
        if self.machines is None:
            raise ApiError(503, "not_served_here", "this server neither chats nor reads orders; another one does")
        return self.machines

    def check_ready(self) -> None:
        """503 once the server is told to stop."""
        if self.stopping.is_set():
            raise ApiError(
                503, "server_stopping", "the server is stopping; another one takes over", headers={"Retry-After": "5"}
            )

    def recognise(self, token: str) -> Principal:
        """Who a token belongs to, with the rights of now. No token of ours has a point in it, a login's has two; the
        login may be asked for its keys, so that comes before the transaction."""
        vouched = self.entrance.bearer(token) if token.count(".") == 2 else None
        with self.open_uow(NOBODY) as uow:
            if vouched is None:
                return recognised(uow, token)
            user = by_login(uow, issuer=vouched.issuer, subject=vouched.subject, called=vouched.called)
            return principal_of(user, Means.LOGIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody recognised, with a permission that was asked for."""

    door: Door
    principal: Principal
    token: str

    @property
    def name(self) -> UserName:
        """Under which name the visitor acts."""
        return self.principal.name

    def keyed(self, key: str) -> str:
        """A client's key as the books keep it: that of one caller is no other's."""
        return f"{self.name}:{key}"

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """One transaction that reads what the visitor may see: the database hides the rest from who is limited."""
        scope = self.principal.scope
        opened = (
            self.door.open_uow(self.name) if scope.whole else self.door.application.open_visitor_uow(self.name, scope)
        )
        with opened as uow:
            yield uow

    @contextmanager
    def judging(self, seen: UnitOfWork) -> Iterator[Callable[[Approval], str | None]]:
        """Says of an approval that was seen why this person may not decide on it now. Who stands in for whom is beside
        what a limited visitor sees, so it is read with the rights of the house; such a visitor's own connection comes
        from another pool, and nobody waits for that one while holding this."""
        user = self.principal.user
        if self.principal.scope.whole:
            yield lambda approval: why_not_now(seen, user, approval)
            return
        with self.door.open_uow(self.name) as uow:
            yield lambda approval: why_not_now(uow, user, approval)

    @contextmanager
    def acting(self) -> Iterator[tuple[UnitOfWork, User]]:
        """One transaction in the visitor's name with the rights of now; what it is about was checked by `reading`, or
        by one of the checks below: here nothing is hidden."""
        with self.door.open_uow(self.name) as uow:
            user = uow.users.get(self.name)
            if not user.active:
                raise AuthenticationError(f"{user.name!r} is no longer active; an administrator can change that")
            yield uow, user

    def check_customer(self, customer: str) -> None:
        """NotFoundError for a customer out of the visitor's scope, as for one that is not there."""
        if not self.principal.scope.has_customer(customer):
            raise NotFoundError(f"there is no customer {customer!r}")

    async def admit(self, *, customer: str | None = None, locations: Iterable[str] = ()) -> None:
        """What an act names is within the visitor's scope; the loop does not wait for a look at the books."""
        if self.principal.scope.whole:
            return
        if self.principal.scope.customers is not None:
            self.check_customer(customer or "")
        await run_in_threadpool(self._check_locations, sorted({*locations}))

    def _check_locations(self, locations: Iterable[str]) -> None:
        with self.reading() as uow:
            for location in locations:
                self.check_location(uow, location)

    def check_location(self, uow: UnitOfWork, location: str) -> None:
        """The same for a location."""
        if self.principal.scope.sites is None:
            return
        sites = {one.site for one in uow.nodes.nodes() if one.code == location}
        if not any(self.principal.scope.has_site(site) for site in sites):
            raise NotFoundError(f"there is no location {location!r}")


def the_door(request: Request) -> Door:
    """The door of the application that serves the request."""
    door = request.app.state.door
    assert isinstance(door, Door)
    return door


AtDoor = Annotated[Door, Depends(the_door)]


class Reach(StrEnum):
    """Of whom an answer may tell: of what the visitor sees; of any customer; or of all sites and customers."""

    OWN = "own"
    CUSTOMERS = "customers"
    WHOLE = "whole"


class Needs:
    """A dependency: the visitor, if it has the permission, and sees enough for the route."""

    def __init__(self, permission: Permission, *, reach: Reach = Reach.OWN) -> None:
        self.permission = permission
        self.reach = reach

    async def __call__(self, request: Request, door: AtDoor) -> Visitor:
        """401 without a good token, 403 without the permission, 429 when it was used too much."""
        principal, token = await recognised_at(request, door)
        self._check(principal)
        return Visitor(door=door, principal=principal, token=token)

    def _check(self, principal: Principal) -> None:
        if not principal.may(self.permission):
            raise NotAuthorisedError(
                f"{principal.name!r} ({principal.user.role.value}) may not do this: it needs {self.permission.value!r},"
                f" which {_who_may(self.permission)} have",
                permission=self.permission.value,
            )
        scope = principal.scope
        limited = self.reach is not Reach.OWN and scope.customers is not None
        if limited or (self.reach is Reach.WHOLE and not scope.whole):
            raise NotAuthorisedError(
                f"{principal.name!r} sees {scope.words}; this may tell of others, so it is for who sees all",
                permission=self.permission.value,
            )


def needs(permission: Permission, *, reach: Reach = Reach.OWN) -> Any:
    """`Annotated[Visitor, needs(...)]` in a route's signature."""
    return Depends(Needs(permission, reach=reach))


async def recognised_at(request: Request, door: Door) -> tuple[Principal, str]:
    """Who sent the request, found once for it: by a bearer token, or by a session's cookie with its CSRF token."""
    known = getattr(request.state, "recognised", None)
    if known is None:
        token, by_cookie = _token_of(request, door.entrance)
        if by_cookie and request.method not in SAFE_METHODS:
            door.entrance.check_same_origin(request)
            check_csrf(request.headers.get(CSRF_HEADER, ""), token)
        principal = await run_in_threadpool(door.recognise, token)
        if principal.key is not None:
            door.rates.admit(principal.key)
        known = request.state.recognised = principal, token
    return known


def _token_of(request: Request, entrance: Entrance) -> tuple[str, bool]:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and token.strip():
        return token.strip(), False
    cookie = request.cookies.get(entrance.cookie(request))
    if cookie:
        return cookie, True
    raise AuthenticationError("sign in first: send a session's token or an API key as 'Authorization: Bearer TOKEN'")


def _who_may(permission: Permission) -> str:
    return ", ".join(role.value for role, may in MAY.items() if permission in may) or "nobody"


IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="The client's own name for this act: sent again, the act is not done again.",
    ),
]
