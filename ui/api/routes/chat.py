"""Conversations with the desk's chat: asked over HTTP, answered as a stream of events."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.sse import EventSourceResponse, ServerSentEvent

from core.domain.conversations import Conversation, ConversationId, Heard, Turn
from core.domain.errors import NotFoundError
from core.domain.listing.agents import ConversationFilter, ConversationSort
from core.domain.permissions import Permission
from core.ports.storage import UnitOfWork
from ui.api.door import IdempotencyKey, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import Asked, pages
from ui.api.streams import AT_ONCE, USUAL_SECONDS, LastEvent, Look, Told, Wait, followed
from ui.api.talking import answering
from ui.schemas.chat import (
    ConversationDetail,
    ConversationHead,
    ConversationList,
    ConversationReply,
    MessageRequest,
    MessageTaken,
    TurnReply,
)

MOST_TURNS = 200
ENDS = frozenset({Heard.ANSWERED, Heard.FAILED})
router = APIRouter(prefix="/v1/conversations", tags=["chat"], route_class=DoorRoute)
Talker = Annotated[Visitor, needs(Permission.CHAT_USE)]
ChatPath = Annotated[str, Path(alias="conversation", max_length=24, pattern=r"^CHAT-[0-9]+$", examples=["CHAT-17"])]


@router.get("", operation_id="list_conversations")
def list_conversations(
    visitor: Talker,
    asked: Annotated[Asked[ConversationSort], pages(ConversationSort, ConversationSort.BEGUN, descending=True)],
) -> ConversationList:
    """One's own conversations, the newest first; nobody sees those of others."""
    with visitor.acting() as (uow, user):
        page = uow.lists.conversations(ConversationFilter(user=user.name), asked.reading)
    return ConversationList(items=tuple(map(ConversationHead.of, page.items)), next=asked.next(page.next))


@router.post("", operation_id="begin_conversation", status_code=201)
def begin(visitor: Talker, key: IdempotencyKey) -> ConversationReply:
    """A new conversation."""
    with visitor.acting() as (uow, user):
        return _reply(uow.conversations.begin(user.name))


@router.get("/{conversation}", operation_id="get_conversation")
def get_conversation(visitor: Talker, conversation: ChatPath) -> ConversationDetail:
    """What was said, and what it rests on."""
    with visitor.acting() as (uow, _):
        found = _own(uow, visitor, conversation)
        turns = uow.conversations.turns(found.id, limit=MOST_TURNS)
    return ConversationDetail(id=found.id, begun_at=found.begun_at, turns=tuple(_turn(one) for one in turns))


@router.post("/{conversation}/messages", operation_id="ask", status_code=202)
def ask(visitor: Talker, conversation: ChatPath, body: MessageRequest, key: IdempotencyKey) -> MessageTaken:
    """Ask in plain words; the answer comes as events. What somebody wants changed is put before people who decide."""
    machines = visitor.door.machines_here()
    with visitor.acting() as (uow, _):
        found = _own(uow, visitor, conversation)
        before = uow.chat_events.last(found.id)
        uow.chat_events.add(found.id, [(Heard.ASKED, {"text": body.text})])
    visitor.door.desk.run(answering(machines, visitor.principal, found.id, body.text, plan=body.plan))
    return MessageTaken(conversation=found.id, after=before)


def _checked(visitor: Talker, conversation: ChatPath) -> str:
    """The conversation, looked up before the stream begins: afterwards there is no status to say that it is not."""
    with visitor.acting() as (uow, _):
        return _own(uow, visitor, conversation).id


@router.get("/{conversation}/events", operation_id="follow_conversation", response_class=EventSourceResponse)
async def follow(
    visitor: Talker, conversation: Annotated[str, Depends(_checked)], last: LastEvent = 0, wait: Wait = USUAL_SECONDS
) -> AsyncIterator[ServerSentEvent]:
    """What is said as it comes: `asked`, `words`, then `answered` or `failed`; where nothing is being
    answered, only what was said. Resumes after Last-Event-ID."""
    async for one in followed(_looking(visitor, conversation), after=last, wait=wait, stopping=visitor.door.stopping):
        yield one


def _looking(visitor: Visitor, conversation: str) -> Look:
    def look(after: int) -> tuple[list[Told], bool]:
        with visitor.acting() as (uow, _):
            found = _own(uow, visitor, conversation)
            events = uow.chat_events.after(found.id, after, limit=AT_ONCE)
            last = uow.chat_events.after(found.id, uow.chat_events.last(found.id) - 1, limit=1)
        told = [Told(number=one.number, kind=one.kind.value, data=dict(one.data)) for one in events]
        return told, not last or last[0].kind in ENDS

    return look


def _own(uow: UnitOfWork, visitor: Visitor, conversation: str) -> Conversation:
    found = uow.conversations.get(ConversationId(conversation))
    if found.user != visitor.name:
        raise NotFoundError(f"there is no conversation {conversation!r} of yours")
    return found


def _reply(conversation: Conversation) -> ConversationReply:
    return ConversationReply(id=conversation.id, begun_at=conversation.begun_at)


def _turn(turn: Turn) -> TurnReply:
    said = turn.saying
    return TurnReply(
        number=turn.number,
        speaker=said.speaker.value,
        text=said.text,
        source=said.source,
        tool=said.tool,
        cites=said.cites,
        data=dict(said.data),
        at=turn.at,
    )
