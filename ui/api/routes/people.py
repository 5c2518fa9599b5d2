"""Who may act here: added by one, agreed to by another; what they see, and whether they act."""

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from core.bootstrap.application import fresh_token
from core.domain.errors import NotFoundError
from core.domain.ids import UserName
from core.domain.permissions import Permission
from core.domain.scopes import Scope
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.accounts import AgreeToPerson, add_user, agree_to_person, set_active, set_scope, waiting
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute, answers_a_secret
from ui.api.matching import IfMatch, check_match, tagged
from ui.api.paging import Cursor, Limit, paged
from ui.schemas.people import (
    ActiveRequest,
    PeopleList,
    PersonAdded,
    PersonReply,
    PersonRequest,
    PersonWord,
    ScopeRequest,
)

router = APIRouter(prefix="/v1/people", tags=["people"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.PEOPLE_READ, reach=Reach.WHOLE)]
Manager = Annotated[Visitor, needs(Permission.PEOPLE_MANAGE, reach=Reach.WHOLE)]
NamePath = Annotated[
    str, Path(alias="name", max_length=64, pattern=r"^[a-z][a-z0-9._-]{1,62}$", examples=["maria.lopez"])
]


@router.get("", operation_id="list_people")
def list_people(visitor: Reader, request: Request, limit: Limit = 50, cursor: Cursor = None) -> PeopleList:
    """Everybody who is known here, programs too, by name."""
    with visitor.reading() as uow:
        part, after = paged(request, uow.users.all(), cursor=cursor, limit=limit, key="name")
        return PeopleList(items=tuple(_reply(uow, one) for one in part), next=after)


@router.post("", operation_id="add_person", status_code=201)
@answers_a_secret
def add(visitor: Manager, body: PersonRequest, key: IdempotencyKey) -> PersonAdded:
    """Add a person, who acts once another person agrees, or a program, which has API keys and never decides."""
    wanted = User(
        name=UserName(body.name),
        role=body.role,
        limit=None if body.limit is None else Decimal(body.limit),
        person=None if body.same_as is None else UserName(body.same_as),
        scope=Scope.of(body.sites, body.customers),
    )
    token = fresh_token()
    with visitor.acting() as (uow, _):
        added = add_user(uow, wanted, token=token)
        return PersonAdded(**_reply(uow, added).model_dump(), token=token if added.is_person else None)


@router.get("/{name}", operation_id="get_person")
def get_person(visitor: Reader, name: NamePath, request: Request, response: Response) -> PersonReply:
    """One of them; the digest of a request that waits is what another person agrees to."""
    with visitor.reading() as uow:
        return tagged(request, response, _reply(uow, uow.users.get(UserName(name))))


@router.put("/{name}/scope", operation_id="set_scope")
def scope(visitor: Manager, name: NamePath, body: ScopeRequest, match: IfMatch = None) -> PersonReply:
    """What somebody sees from now on; sessions end, and a person acts again once another agrees."""
    with visitor.acting() as (uow, _):
        check_match(match, _reply(uow, uow.users.get(UserName(name))))
        return _reply(uow, set_scope(uow, UserName(name), Scope.of(body.sites, body.customers)))


@router.put("/{name}/active", operation_id="set_active")
def active(visitor: Manager, name: NamePath, body: ActiveRequest, match: IfMatch = None) -> PersonReply:
    """Let somebody act, once another person agrees, or no longer."""
    with visitor.acting() as (uow, _):
        check_match(match, _reply(uow, uow.users.get(UserName(name))))
        changed = set_active(uow, UserName(name), active=body.active)
        if not body.active:
            uow.identity.end_sessions_of(UserName(name))
        return _reply(uow, changed)


@router.post("/{name}/agreement", operation_id="agree_to_person")
def agree(visitor: Manager, name: NamePath, body: PersonWord, key: IdempotencyKey) -> PersonReply:
    """Agree to exactly the role, limit and scope that were displayed, or refuse; whoever asked for it may not."""
    with visitor.acting() as (uow, user):
        request = waiting(uow, UserName(name))
        if request is None:
            raise NotFoundError(f"nobody asks to let {name!r} act here")
        command = AgreeToPerson(
            key=f"{request.code} by {user.name}",
            name=UserName(name),
            digest=body.digest,
            agree=body.agree,
            comment=body.comment,
        )
        agree_to_person(uow, command)
        return _reply(uow, uow.users.get(UserName(name)))


def _reply(uow: UnitOfWork, user: User) -> PersonReply:
    asked = waiting(uow, user.name) if user.is_person else None
    return PersonReply(
        name=user.name,
        role=user.role.value,
        limit=user.limit,
        active=user.active,
        sites=None if user.scope.sites is None else tuple(sorted(user.scope.sites)),
        customers=None if user.scope.customers is None else tuple(sorted(user.scope.customers)),
        waiting=asked is not None,
        digest=None if asked is None else asked.digest,
    )
