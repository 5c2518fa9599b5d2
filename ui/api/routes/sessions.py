"""Signing in and out."""

from fastapi import APIRouter, Response

from core.domain.ids import UserName
from core.services.accounts import authenticate_password
from ui.api.door import NOBODY, AsVisitor, AtDoor
from ui.schemas import LoginReply, LoginRequest

router = APIRouter(prefix="/v1", tags=["sessions"])


@router.post("/login", operation_id="login")
def login(body: LoginRequest, door: AtDoor) -> LoginReply:
    """Prove who you are; every failure reads the same, and too many in a minute are refused."""
    with door.open_uow(NOBODY) as uow:
        door.throttle.admit(body.name, now=uow.now)
        user = authenticate_password(uow, UserName(body.name), body.password)
        now = uow.now
    door.throttle.forget(body.name)
    token, session = door.sessions.begin(user.name, now=now)
    return LoginReply(
        token=token, name=user.name, role=user.role.value, limit=user.limit, expires_at=session.expires_at
    )


@router.post("/logout", operation_id="logout", status_code=204)
def logout(visitor: AsVisitor) -> Response:
    """End the session; ending one that is not known is no error."""
    visitor.door.sessions.end(visitor.token)
    return Response(status_code=204)
