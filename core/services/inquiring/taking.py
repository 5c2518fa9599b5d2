"""Taking a supplier's reply in: its words checked against the mail, judged, and used only where all is plain."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.domain.cases import ACTIVE_STATES
from core.domain.ids import InquiryId
from core.domain.inquiries import Inquiry, InquiryKind, InquiryState
from core.domain.inquiry_judging import Verdict, Yardstick, judge
from core.domain.inquiry_replies import FOR_PEOPLE, FieldRead, QuoteRead, Reply, ReplyState
from core.domain.intake.letters import Letter
from core.domain.intake.parties_named import address_of
from core.domain.intake.transcripts import Said
from core.domain.parties import SupplierItem
from core.ports.storage import UnitOfWork
from core.services.inquiring.using import use_refusal, use_reply
from core.services.tasks import ask_person

NOT_THERE = "these words are not in the mail"
_OVER = frozenset({InquiryState.WITHDRAWN, InquiryState.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReply:
    """A mail that is kept under `content_hash`, which of our letters it answers, and how it was read.

    `among` are the letters it may answer where it is not certain; then nobody has read it for values.
    """

    content_hash: str
    letter: Letter
    inquiry: InquiryId | None
    reads: tuple[QuoteRead, ...] = ()
    among: tuple[InquiryId, ...] = ()


def take_reply(uow: UnitOfWork, command: TakeReply) -> Reply:
    """The reply a mail is; the same mail again is the same reply, and the same Message-ID again changes nothing.

    A plain offer or refusal becomes evidence of its case; anything else waits for a person, who is asked.
    """
    known = uow.replies.of_content(command.content_hash)
    if known is not None:
        return known
    inquiry = uow.inquiries.lock(command.inquiry) if command.inquiry else None
    made = _reply(uow, command, inquiry)
    twin = uow.replies.of_message(made.message_id, made.sender)
    if twin is not None and twin.text == made.text:
        made = replace(made, state=ReplyState.SUPERSEDED, why=(f"the same mail again as {twin.id}",))
    uow.replies.add(made)
    if inquiry is not None:
        settle(uow, made, inquiry)
    elif made.state is ReplyState.STRAY:
        ask(uow, made)
    return made


def settle(uow: UnitOfWork, reply: Reply, inquiry: Inquiry) -> None:
    """What a reply in this state does: evidence, an inquiry that is answered, or a task for a person."""
    if reply.state is ReplyState.USED:
        use_reply(uow, reply, inquiry)
    elif reply.state is ReplyState.REFUSED:
        use_refusal(uow, reply, inquiry)
    elif reply.state in FOR_PEOPLE:
        if inquiry.state in {InquiryState.SENT, InquiryState.UNANSWERED}:
            uow.inquiries.save(replace(inquiry, state=InquiryState.UNCLEAR, note=f"{reply.id} waits for a person"))
        ask(uow, reply)


def ask(uow: UnitOfWork, reply: Reply) -> None:
    """A task that names what is open; what the mail says is quoted in `expediter inquiry`, never told as ours."""
    about = f"of {reply.inquiry}" if reply.inquiry else "that answers no letter for sure"
    text = f"{reply.id} {about} needs a look: `expediter inquiry {reply.id}` shows the mail and what is open"
    ask_person(uow, subject_of_task(reply), text)


def subject_of_task(reply: Reply) -> str:
    """What the task of a reply is known by."""
    return f"supplier reply {reply.id}"


def yardstick_of(uow: UnitOfWork, inquiry: Inquiry, *, received: date) -> Yardstick:
    """What is usual with this supplier, for the item that was asked for."""
    offer, settings = offer_of(uow, inquiry), uow.company.settings()
    return Yardstick(
        usual_price=offer.unit_price if offer else Decimal(0),
        usual_currency=settings.currency,
        usual_lead_days=offer.lead_time_days if offer else 0,
        usual_minimum=offer.minimum_order if offer else 1,
        asked=inquiry.facts.quantity,
        received=received,
    )


def offer_of(uow: UnitOfWork, inquiry: Inquiry) -> SupplierItem | None:
    """What the supplier of a letter usually asks for its item, if it sells it."""
    found = (one for one in uow.company.sources(inquiry.facts.item) if one.supplier == inquiry.supplier)
    return next(found, None)


def judged(uow: UnitOfWork, reply: Reply, inquiry: Inquiry, reads: Sequence[QuoteRead]) -> Verdict:
    """The reply judged against the letter it answers, as of today."""
    unsure = list(reply.faults)
    if reply.sender != inquiry.letter.recipient.casefold():
        unsure.append(f"it came from {reply.sender or 'nobody certain'}, asked was {inquiry.letter.recipient}")
    twin = uow.replies.of_message(reply.message_id, reply.sender)
    if twin is not None and twin.id != reply.id:
        unsure.append(f"{twin.id} came under the same Message-ID with another text")
    if any(one.state is ReplyState.USED and one.id != reply.id for one in uow.replies.of_inquiry(inquiry.id)):
        unsure.append("an answer to this letter is reckoned with already")
    yardstick = yardstick_of(uow, inquiry, received=uow.company.settings().as_of)
    return judge(reads, yardstick, unsure=unsure, ended=_ended(uow, inquiry))


def _ended(uow: UnitOfWork, inquiry: Inquiry) -> str:
    case = uow.cases.get(inquiry.case)
    if inquiry.state in _OVER:
        return f"{inquiry.id} is {inquiry.state.value}"
    if inquiry.kind is InquiryKind.DECLINE:
        return f"{inquiry.id} asked for nothing"
    return "" if case.state in ACTIVE_STATES else f"{case.id} is {case.state.value}"


def _reply(uow: UnitOfWork, command: TakeReply, inquiry: Inquiry | None) -> Reply:
    letter = command.letter
    made = Reply(
        id=uow.replies.new_id(),
        content_hash=command.content_hash,
        inquiry=inquiry.id if inquiry else None,
        state=ReplyState.STRAY,
        sender=address_of(letter.sender),
        subject=letter.subject[:300],
        text="\n\n".join(one.text for one in letter.documents if one.source != "subject"),
        received_at=uow.now,
        message_id=letter.message_id,
        reads=tuple(verified(one, letter) for one in command.reads),
        faults=letter.faults,
        why=(f"it may answer {', '.join(command.among)}",) if command.among else (),
    )
    if inquiry is None:
        return made
    found = judged(uow, made, inquiry, made.reads)
    return replace(made, state=found.state, fields=found.fields, findings=found.findings, why=found.why)


def verified(read: QuoteRead, letter: Letter) -> QuoteRead:
    """The same, with every value unclear whose quote does not stand, word for word, where it is said to stand."""
    texts = {one.source: one.text for one in letter.documents}
    fields = tuple(one if stands(one.said, texts.get(one.said.source, "")) else _unfounded(one) for one in read.fields)
    no = read.declines
    declines = no if no is not None and stands(no, texts.get(no.source, "")) else None
    return replace(read, fields=fields, declines=declines)


def stands(said: Said, text: str) -> bool:
    """Whether the quote is a part of the text at its place, and the value a part of the quote."""
    return bool(said.quote) and text[said.start : said.end] == said.quote and said.text in said.quote


def _unfounded(one: FieldRead) -> FieldRead:
    return replace(one, readings=(), why=NOT_THERE)
