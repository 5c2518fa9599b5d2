"""API keys for machines: made, listed, revoked by an administrator."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path

from core.bootstrap.application import fresh_key
from core.domain.identity import ApiKey, KeyId
from core.domain.ids import UserName
from core.domain.permissions import Permission
from core.domain.scopes import Scope
from core.services.identity import MakeKey, key_text, make_key, revoke_key
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute, answers_a_secret
from ui.schemas import IDENTIFIER
from ui.schemas.identity import ApiKeyReply, KeyList, KeyMade, KeyRequest

router = APIRouter(prefix="/v1/keys", tags=["keys"], route_class=DoorRoute)
KeyPath = Annotated[str, Path(alias="key", max_length=40, pattern=IDENTIFIER, examples=["k7f2a"])]
Manager = Annotated[Visitor, needs(Permission.KEYS_MANAGE, reach=Reach.WHOLE)]


@router.get("", operation_id="list_keys")
def list_keys(visitor: Manager) -> KeyList:
    """Every key there ever was, without secrets."""
    with visitor.reading() as uow:
        return KeyList(items=tuple(_reply(key) for key in uow.identity.all_keys()))


@router.post("", operation_id="make_key", status_code=201)
@answers_a_secret
def make(visitor: Manager, body: KeyRequest, key: IdempotencyKey) -> KeyMade:
    """A key that acts as its owner, with no more than what is named here; its secret is shown this once."""
    public, secret = fresh_key()
    wanted = MakeKey(
        owner=UserName(body.owner),
        name=body.name,
        permissions=frozenset(body.permissions),
        scope=Scope.of(body.sites, body.customers),
        life=timedelta(days=body.days),
        per_minute=body.per_minute,
        per_day=body.per_day,
    )
    with visitor.acting() as (uow, _):
        made = make_key(uow, wanted, id=KeyId(public), secret=secret)
    return KeyMade(**_reply(made).model_dump(), secret=key_text(made.id, secret))


@router.get("/{key}", operation_id="get_key")
def get_key(visitor: Manager, key: KeyPath) -> ApiKeyReply:
    """One key, without its secret."""
    with visitor.reading() as uow:
        return _reply(uow.identity.key(KeyId(key)))


@router.delete("/{key}", operation_id="revoke_key")
def revoke(visitor: Manager, key: KeyPath) -> ApiKeyReply:
    """The key counts no more, at once; doing it again changes nothing."""
    with visitor.acting() as (uow, _):
        return _reply(revoke_key(uow, KeyId(key)))


def _reply(key: ApiKey) -> ApiKeyReply:
    scope = key.scope
    return ApiKeyReply(
        id=key.id,
        owner=key.owner,
        name=key.name,
        permissions=tuple(sorted(key.permissions)),
        sites=None if scope.sites is None else tuple(sorted(scope.sites)),
        customers=None if scope.customers is None else tuple(sorted(scope.customers)),
        per_minute=key.per_minute,
        per_day=key.per_day,
        created_by=key.created_by,
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        last_used_at=key.last_used_at,
    )
