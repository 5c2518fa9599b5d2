"""Signing in and out, and who one is."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from core.bootstrap.application import fresh_session_token
from core.domain.errors import NotAuthorisedError, NotFoundError
from core.domain.ids import UserName
from core.services.accounts import authenticate_password
from core.services.identity import begin_session, end_session
from ui.api.door import NOBODY, AtDoor, Door, recognised_at
from ui.api.errors import MEDIA_TYPE
from ui.api.keyed import DoorRoute, keyed_by_itself
from ui.api.openapi import PROBLEM
from ui.schemas import LoginReply, LoginRequest
from ui.schemas.identity import Me

NOT_HERE: dict[int | str, dict[str, Any]] = {
    403: {"description": "Names and passwords do not count here", "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
}
router = APIRouter(prefix="/v1", tags=["sessions"], route_class=DoorRoute)


@router.post("/login", operation_id="login", responses=NOT_HERE)
@keyed_by_itself
def login(body: LoginRequest, door: AtDoor) -> LoginReply:
    """Prove who you are; every failure reads the same, and too many in a minute are refused.

    Signing in twice makes two sessions, which harms nobody: no Idempotency-Key is asked for, and no token is kept.
    """
    if not door.entrance.local:
        raise NotAuthorisedError("names and passwords do not count here; sign in with your company's login")
    with door.open_uow(NOBODY) as uow:
        door.throttle.admit(body.name, now=uow.now)
        user = authenticate_password(uow, UserName(body.name), body.password)
    token = fresh_session_token()
    with door.open_uow(user.name) as uow:
        session = begin_session(uow, user, token=token)
    door.throttle.forget(body.name)
    return LoginReply(
        token=token, name=user.name, role=user.role.value, limit=user.limit, expires_at=session.expires_at
    )


@router.post("/logout", operation_id="logout", status_code=204)
@keyed_by_itself
async def logout(request: Request, door: AtDoor) -> Response:
    """End the session; ending one that has ended is refused like any other token that counts no more."""
    principal, token = await recognised_at(request, door)
    with door.open_uow(principal.name) as uow:
        end_session(uow, token)
    return Response(status_code=204)


@router.get("/me", operation_id="who_am_i")
async def who_am_i(request: Request, door: AtDoor) -> Me:
    """Who the token belongs to, what that may do, and how much it sees."""
    principal, _ = await recognised_at(request, door)
    scope = principal.scope
    currency, zone = await run_in_threadpool(_shown_in, door, principal.name)
    return Me(
        name=principal.name,
        role=principal.user.role.value,
        means=principal.means.value,
        limit=principal.user.limit,
        permissions=tuple(sorted(principal.permissions)),
        sites=None if scope.sites is None else tuple(sorted(scope.sites)),
        customers=None if scope.customers is None else tuple(sorted(scope.customers)),
        currency=currency,
        time_zone=zone,
    )


def _shown_in(door: Door, name: UserName) -> tuple[str, str]:
    """The currency and time zone of the company; none and UTC while no company is loaded."""
    with door.open_uow(name) as uow:
        try:
            settings = uow.company.settings()
        except NotFoundError:
            return "", "UTC"
        return settings.currency, settings.time_zone
