"""What every route works with: storage, sessions, the desk; and the visitor who stands at the door."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Protocol

from fastapi import Depends, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from core.bootstrap.batching import Batches
from core.domain.errors import AuthenticationError, NotAuthorisedError
from core.domain.ids import UserName
from core.domain.users import Role, User
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from ui.api.desk import Desk
from ui.api.replays import Replays
from ui.api.sessions import Sessions, Throttle

# The actor of what happens before anybody has signed in.
NOBODY = UserName("api")
_bearer = HTTPBearer(auto_error=False, description="The token POST /v1/login gave.")


class Application(Protocol):
    """What the door needs of the application that core.bootstrap builds."""

    @property
    def open_uow(self) -> OpenUnitOfWork: ...
    @property
    def batches(self) -> Batches: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The parts the routes share."""

    application: Application
    desk: Desk
    sessions: Sessions
    throttle: Throttle
    replays: Replays

    @property
    def open_uow(self) -> OpenUnitOfWork:
        """Storage."""
        return self.application.open_uow


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody with a token, believed only inside `enter`."""

    door: Door
    token: str

    @contextmanager
    def enter(self) -> Iterator[tuple[UnitOfWork, User]]:
        """One transaction in the name of the person the session belongs to, with that person's rights of now."""
        session = self.door.sessions.find(self.token)
        with self.door.open_uow(session.name) as uow:
            if session.expires_at <= uow.now:
                self.door.sessions.end(self.token)
                raise AuthenticationError("the session has ended; sign in again")
            user = uow.users.get(session.name)
            if not user.active:
                self.door.sessions.end(self.token)
                raise NotAuthorisedError(f"{user.name!r} is no longer active; an administrator can change that")
            yield uow, user

    async def working(self) -> UserName:
        """Who it is, when that is somebody who may change things; the loop does not wait for the look at the books."""
        return await run_in_threadpool(self._working)

    def _working(self) -> UserName:
        with self.enter() as (_, user):
            if user.role is Role.VIEWER:
                raise NotAuthorisedError(f"{user.name!r} may look but change nothing; a planner or buyer may")
            return user.name


def the_door(request: Request) -> Door:
    """The door of the application that serves the request."""
    door = request.app.state.door
    assert isinstance(door, Door)
    return door


AtDoor = Annotated[Door, Depends(the_door)]


def the_visitor(door: AtDoor, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Visitor:
    """Whoever sent a bearer token; without one the answer is 401."""
    if credentials is None:
        raise AuthenticationError("sign in first: send the token of POST /v1/login as 'Authorization: Bearer TOKEN'")
    return Visitor(door=door, token=credentials.credentials)


AsVisitor = Annotated[Visitor, Depends(the_visitor)]
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
