"""Order entry: a letter becomes a draft, and a person makes the draft an order."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from agents.order_intake.letters import read_letter
from agents.worker.letters import letter_reader
from core.domain.errors import InvalidValueError
from core.domain.intake.drafts import DraftId, DraftOrder
from core.domain.intake.letters import Letter
from core.domain.listing.agents import DraftFilter, DraftSort
from core.domain.permissions import Permission
from core.services.inquiring.matching import inquiries_named
from core.services.intake.answering import SetValues, set_values
from core.services.intake.settling import (
    AskCustomer,
    ConfirmDraft,
    RejectDraft,
    ask_customer,
    confirm_draft,
    reject_draft,
)
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.drafts_shown import draft_head, draft_reply, draft_source
from ui.api.keyed import DoorRoute
from ui.api.listing import Asked, filtered, pages
from ui.api.matching import IfMatch, check_match, tagged
from ui.schemas.desk import (
    ConfirmRequest,
    DraftConfirmedReply,
    DraftList,
    DraftQuery,
    DraftReply,
    DraftSource,
    LetterRequest,
    ReasonRequest,
    ValuesRequest,
)

router = APIRouter(prefix="/v1/intake", tags=["order entry"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.INTAKE_READ)]
Clerk = Annotated[Visitor, needs(Permission.INTAKE_WRITE, reach=Reach.CUSTOMERS)]
DraftPath = Annotated[str, Path(alias="draft", max_length=24, pattern=r"^DRAFT-[0-9]+$", examples=["DRAFT-3"])]
FileName = Annotated[
    str, Query(alias="name", max_length=200, pattern=r"^[^\x00-\x1f\x7f/\\]+$", examples=["order.eml"])
]


@router.post("/letters", operation_id="take_in_letter", status_code=201)
def take_in(visitor: Clerk, body: LetterRequest, key: IdempotencyKey) -> DraftReply:
    """Read an order from plain words: a draft, or one question that asks for all that is missing. The same words again
    are the same draft."""
    return _taken_in(visitor, read_letter(body.text))


@router.post(
    "/files",
    operation_id="take_in_file",
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def take_in_file(visitor: Clerk, request: Request, name: FileName, key: IdempotencyKey) -> DraftReply:
    """The same from a mail (.eml), a text, CSV, sheet or PDF, sent as it is; `name` says what it is called."""
    content = await request.body()
    if not content:
        raise InvalidValueError("no file was sent; send its bytes as the body", field="body")
    return await run_in_threadpool(lambda: _taken_in(visitor, read_letter(content, name)))


@router.get("/drafts", operation_id="list_drafts")
def list_drafts(
    visitor: Reader,
    wanted: Annotated[DraftQuery, Query()],
    asked: Annotated[Asked[DraftSort], pages(DraftSort, DraftSort.NUMBER, descending=True)],
) -> DraftList:
    """Drafts, the newest first."""
    with visitor.reading() as uow:
        page = uow.lists.drafts(filtered(DraftFilter, wanted), asked.reading)
    return DraftList(items=tuple(map(draft_head, page.items)), next=asked.next(page.next))


@router.get("/drafts/{draft}", operation_id="get_draft")
def get_draft(visitor: Reader, draft: DraftPath, request: Request, response: Response) -> DraftReply:
    """A draft, each value beside the words it came from; its ETag is what changes of it name."""
    with visitor.reading() as uow:
        return tagged(request, response, draft_reply(uow.drafts.get(DraftId(draft))))


@router.get("/drafts/{draft}/letters", operation_id="read_letters")
def read_letters(visitor: Reader, draft: DraftPath) -> DraftSource:
    """What was received, word for word, with the values that were read where they stand; 404 once it is forgotten."""
    with visitor.reading() as uow:
        found = uow.drafts.get(DraftId(draft))
        return draft_source(found, tuple(uow.drafts.letter(one) for one in reversed(found.letters)))


@router.post("/drafts/{draft}/values", operation_id="set_draft_values")
def set_draft_values(
    visitor: Clerk, draft: DraftPath, body: ValuesRequest, key: IdempotencyKey, match: IfMatch = None
) -> DraftReply:
    """Give a draft values, which are as sure as the person who gives them."""
    held = _held(visitor, draft, match)
    pairs = tuple((one.name, one.value) for one in body.values)
    with visitor.acting() as (uow, user):
        return draft_reply(
            set_values(uow, SetValues(key=_key(), draft=held.id, version=held.version, values=pairs), user)
        )


@router.post("/drafts/{draft}/question", operation_id="ask_customer")
def ask(visitor: Clerk, draft: DraftPath, key: IdempotencyKey, match: IfMatch = None) -> DraftReply:
    """Send the customer the one question that asks for all that is missing, to the address on file."""
    held = _held(visitor, draft, match)
    with visitor.acting() as (uow, user):
        asked = ask_customer(uow, AskCustomer(key=_key(), draft=held.id, version=held.version), user)
    visitor.door.desk.deliver()
    return draft_reply(asked)


@router.post("/drafts/{draft}/confirmation", operation_id="confirm_draft")
def confirm(
    visitor: Clerk, draft: DraftPath, body: ConfirmRequest, key: IdempotencyKey, match: IfMatch = None
) -> DraftConfirmedReply:
    """Make exactly the draft that was displayed an order: entered, promised and acknowledged, or nothing of it."""
    held = _held(visitor, draft, match)
    command = ConfirmDraft(key=_key(), draft=held.id, version=held.version, second_meant=body.second_meant)
    with visitor.acting() as (uow, user):
        done = confirm_draft(uow, command, user)
    visitor.door.desk.deliver()
    return DraftConfirmedReply.model_validate(done, from_attributes=True)


@router.post("/drafts/{draft}/rejection", operation_id="reject_draft")
def reject(
    visitor: Clerk, draft: DraftPath, body: ReasonRequest, key: IdempotencyKey, match: IfMatch = None
) -> DraftReply:
    """No order comes of the draft; what was received is kept."""
    held = _held(visitor, draft, match)
    command = RejectDraft(key=_key(), draft=held.id, version=held.version, why=body.reason)
    with visitor.acting() as (uow, user):
        return draft_reply(reject_draft(uow, command, user))


def _taken_in(visitor: Visitor, letter: Letter) -> DraftReply:
    machines = visitor.door.machines_here()
    with visitor.acting() as (uow, _):
        named = inquiries_named(uow, letter)
    if named:
        raise InvalidValueError(f"this answers the letter {named[0]} to a supplier; it is no order", field="text")
    return draft_reply(letter_reader(machines.app, models=machines.models)(letter))


def _held(visitor: Visitor, draft: str, match: str | None) -> DraftOrder:
    """The draft, if it is still the one that was read."""
    with visitor.reading() as uow:
        held = uow.drafts.get(DraftId(draft))
    check_match(match, draft_reply(held))
    return held


def _key() -> str:
    """Of the command in the books; the door sees to the client's own key."""
    return f"api:{uuid4()}"
