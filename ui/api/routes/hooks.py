"""Webhooks in: the door partners' programs knock at, the sources that may, and the messages that came."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.concurrency import run_in_threadpool

from core.bootstrap.webhooks import fresh_hook_secret
from core.domain.ids import UserName
from core.domain.inbound import LARGEST_MESSAGE, HookSource, InboundEvent, InboundId, InboundState, SourceName
from core.domain.permissions import Permission
from core.services.inbound.processing import retry
from core.services.inbound.sources import MakeSource, disable_source, make_source, rotate_source
from core.services.inbound.taking import take_in
from ui.api.door import NOBODY, AtDoor, Door, IdempotencyKey, Reach, Visitor, needs
from ui.api.errors import ApiError
from ui.api.keyed import DoorRoute, answers_a_secret, keyed_by_itself
from ui.api.paging import Cursor, Limit, number_page, paged
from ui.schemas.webhook import (
    Kept,
    MessageDetail,
    MessageList,
    MessageReply,
    SecretRequest,
    SourceList,
    SourceMade,
    SourceReply,
    SourceRequest,
)

router = APIRouter(prefix="/v1", tags=["webhooks"], route_class=DoorRoute)
Manager = Annotated[Visitor, needs(Permission.WEBHOOKS_MANAGE, reach=Reach.WHOLE)]
NAME = r"^[a-z0-9][a-z0-9-]*$"
SourcePath = Annotated[str, Path(alias="source", max_length=50, pattern=NAME, examples=["gulf-edi"])]
MessagePath = Annotated[int, Path(alias="message", ge=1, le=2**63 - 1, examples=[17])]
SHOWN = 2000
_BODY = {
    "required": True,
    "content": {"application/json": {"schema": {"type": "object"}, "example": {
        "id": "evt-4711", "type": "supply.delayed", "data": {"text": "our foundry is flooded", "last": "2026-04-01"},
    }}},
}  # fmt: skip


@router.post("/hooks/{source}", operation_id="take_message", openapi_extra={"requestBody": _BODY})
@keyed_by_itself
async def take_message(request: Request, door: AtDoor, source: SourcePath) -> Kept:
    """Take a message of a source: its signature is checked over the bytes as they came, the message kept, and worked on
    afterwards. The same again is answered alike, and nothing is done."""
    raw = await request.body()
    if len(raw) > LARGEST_MESSAGE:
        raise ApiError(413, "body_too_large", f"a message has up to {LARGEST_MESSAGE:,} bytes, this has {len(raw):,}")
    return await run_in_threadpool(_take, door, SourceName(source), raw, dict(request.headers))


def _take(door: Door, source: SourceName, raw: bytes, headers: dict[str, str]) -> Kept:
    with door.open_uow(NOBODY) as uow:
        taken = take_in(uow, source, raw, headers)
    return Kept(event=taken.event, new=taken.new)


@router.get("/hook-sources", operation_id="list_hook_sources")
def list_sources(visitor: Manager, request: Request, limit: Limit = 50, cursor: Cursor = None) -> SourceList:
    """Every source there ever was, without secrets."""
    with visitor.reading() as uow:
        part, after = paged(request, uow.inbound.sources(), cursor=cursor, limit=limit, key="name")
        return SourceList(items=tuple(map(_reply, part)), next=after)


@router.post("/hook-sources", operation_id="make_hook_source", status_code=201)
@answers_a_secret
def make(visitor: Manager, body: SourceRequest, key: IdempotencyKey) -> SourceMade:
    """Let a partner's program tell us things; the secret it signs with is shown this once."""
    secret = body.secret or fresh_hook_secret()
    wanted = MakeSource(
        name=SourceName(body.name),
        kind=body.kind,
        party=body.party,
        style=body.style,
        acts_as=UserName(body.acts_as),
    )
    with visitor.acting() as (uow, _):
        return SourceMade(**_reply(make_source(uow, wanted, secret=secret)).model_dump(), secret=secret)


@router.get("/hook-sources/{source}", operation_id="get_hook_source")
def get_source(visitor: Manager, source: SourcePath) -> SourceReply:
    """One source, without its secret."""
    with visitor.reading() as uow:
        return _reply(uow.inbound.source(SourceName(source)))


@router.delete("/hook-sources/{source}", operation_id="disable_hook_source")
def disable(visitor: Manager, source: SourcePath) -> SourceReply:
    """Nothing is taken from it any more; doing it again changes nothing."""
    with visitor.acting() as (uow, _):
        return _reply(disable_source(uow, SourceName(source)))


@router.post("/hook-sources/{source}/secret", operation_id="rotate_hook_secret", status_code=201)
@answers_a_secret
def rotate(visitor: Manager, source: SourcePath, body: SecretRequest, key: IdempotencyKey) -> SourceMade:
    """Another secret; for a day what the one before signed counts as well."""
    secret = body.secret or fresh_hook_secret()
    with visitor.acting() as (uow, _):
        found = rotate_source(uow, SourceName(source), secret=secret)
        return SourceMade(**_reply(found).model_dump(), secret=secret)


@router.get("/hook-messages", operation_id="list_hook_messages")
def list_messages(
    visitor: Manager,
    request: Request,
    source: Annotated[str | None, Query(max_length=50, pattern=NAME, description="Only of this source.")] = None,
    state: Annotated[InboundState | None, Query(description="Only those in this state.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> MessageList:
    """What came, the newest first; `quarantined` is what nothing could be made of."""
    page = number_page(request, cursor, limit)
    before = None if page.before is None else InboundId(page.before)
    with visitor.reading() as uow:
        of = None if source is None else SourceName(source)
        found = uow.inbound.listed(source=of, state=state, before=before, limit=page.ask)
    items = tuple(map(_message, found))
    return MessageList(items=items[:limit], next=page.next([one.id for one in items]))


@router.get("/hook-messages/{message}", operation_id="get_hook_message")
def get_message(visitor: Manager, message: MessagePath) -> MessageDetail:
    """One message, with its first characters."""
    with visitor.reading() as uow:
        found, raw = uow.inbound.get(InboundId(message)), uow.inbound.raw(InboundId(message))
    shown = raw[:SHOWN].decode("utf-8", "replace").replace("\x00", "\ufffd")
    return MessageDetail(**_message(found).model_dump(), body=shown, bytes=len(raw))


@router.post("/hook-messages/{message}/retry", operation_id="retry_hook_message", status_code=202)
def retry_message(visitor: Manager, message: MessagePath, key: IdempotencyKey) -> MessageReply:
    """Work on a message that was put aside once more; 409 for another."""
    with visitor.acting() as (uow, _):
        return _message(retry(uow, InboundId(message)))


def _reply(source: HookSource) -> SourceReply:
    return SourceReply(
        name=source.name,
        kind=source.kind,
        party=source.party,
        style=source.style,
        acts_as=source.acts_as,
        path=f"/v1/hooks/{source.name}",
        created_by=source.created_by,
        created_at=source.created_at,
        disabled_at=source.disabled_at,
    )


def _message(one: InboundEvent) -> MessageReply:
    return MessageReply(
        id=one.id,
        source=one.source,
        event=one.event,
        state=one.state,
        attempts=one.attempts,
        code=one.code,
        said=one.said,
        received_at=one.received_at,
        done_at=one.done_at,
    )
