"""Sending what the outbox holds: claim in one transaction, send outside of any, settle in another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.errors import HaltedError
from core.domain.ids import CustomerCode, SupplierCode, UserName
from core.domain.messages import cancellation, counter_offer, expedite_order, quote_answer, supplier_order
from core.domain.proposals import MessageKind, MessageState, OutboxMessage
from core.domain.quotes import OrderRefusal, QuoteRefusal, RefusalReason, SupplierAcknowledgement
from core.ports.mail import CustomerNotice, LetterOut, MailError, MailPort
from core.ports.storage import OpenUnitOfWork
from core.ports.suppliers import SupplierError, SupplierPort
from core.services.halting import is_halted
from core.services.negotiating.answers import answer_arrived
from core.services.refusing import take_off_the_books
from core.services.tasks import ask_person

TRIES = 5
BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchReport:
    """The keys of the messages sent, refused by the partner, and left for another try or a person."""

    sent: tuple[str, ...]
    refused: tuple[str, ...]
    waiting: tuple[str, ...]


def dispatch(
    open_uow: OpenUnitOfWork, *, suppliers: SupplierPort, mail: MailPort, by: UserName, limit: int = BATCH
) -> DispatchReport:
    """Send the messages that wait, each under its idempotency key. A message that was tried before is first looked up
    at the supplier: what arrived is not sent again. After five tries a person is asked. While everything is halted
    nothing is sent: looked at before each message, and once more by the database as it is claimed."""
    settled: list[OutboxMessage] = []
    while len(settled) < limit:
        claimed = _claimed(open_uow, by, besides=[message.key for message in settled])
        if not claimed:
            break
        settled.append(_settled(claimed[0], suppliers, mail))
        _keep(open_uow, settled[-1], by)
    return DispatchReport(
        sent=_keys(settled, MessageState.SENT),
        refused=_keys(settled, MessageState.REFUSED),
        waiting=_keys(settled, MessageState.NEW) + _keys(settled, MessageState.UNKNOWN),
    )


def _claimed(open_uow: OpenUnitOfWork, by: UserName, *, besides: Sequence[str]) -> tuple[OutboxMessage, ...]:
    """The next message, none while everything is halted."""
    try:
        with open_uow(by) as uow:
            return () if is_halted(uow) else uow.outbox.claim(limit=1, besides=besides)
    except HaltedError:  # halted between the look and the claim
        return ()


def _keep(open_uow: OpenUnitOfWork, message: OutboxMessage, by: UserName) -> None:
    """Store what became of the message. What a supplier refused is taken off the books in the same transaction, its
    case is open again, and a person is asked."""
    with open_uow(by) as uow:
        uow.outbox.settle(message)
        if message.state in {MessageState.UNKNOWN, MessageState.REFUSED}:
            ask_person(uow, f"message {message.key}", _question(message))
        if message.state is MessageState.REFUSED:
            take_off_the_books(uow, message)
        if message.kind is MessageKind.COUNTER_OFFER:
            answer_arrived(uow, message)


def _settled(message: OutboxMessage, suppliers: SupplierPort, mail: MailPort) -> OutboxMessage:
    try:
        answer = _send(message, suppliers, mail)
    except (SupplierError, MailError) as error:
        return _failed(message, error)
    if isinstance(answer, OrderRefusal):
        note = {"refused": answer.reason.value, "text": answer.note}
        state = MessageState.SENT if _nothing_to_cancel(message, answer) else MessageState.REFUSED
        return replace(message, state=state, answer=note)
    return replace(message, state=MessageState.SENT, answer=answer)


def _failed(message: OutboxMessage, error: SupplierError | MailError) -> OutboxMessage:
    """Left for another try, or given up: unknown when this try or one before it may have been acted on."""
    before = message.state is MessageState.CLAIMED or bool((message.answer or {}).get("may_have_acted"))
    may_have_acted = error.may_have_acted or before
    given_up = MessageState.UNKNOWN if may_have_acted else MessageState.REFUSED
    return replace(
        message,
        state=given_up if message.attempts + 1 >= TRIES else MessageState.NEW,
        answer={"error": error.code, "text": error.message, "may_have_acted": may_have_acted},
    )


def _nothing_to_cancel(message: OutboxMessage, refusal: OrderRefusal) -> bool:
    return message.kind is MessageKind.CANCEL_ORDER and refusal.reason is RefusalReason.UNKNOWN_ORDER


def _send(message: OutboxMessage, suppliers: SupplierPort, mail: MailPort) -> dict[str, object] | OrderRefusal:
    if message.kind is MessageKind.SUPPLIER_LETTER:
        receipt = mail.send(_letter(message), idempotency_key=message.key)
        return {"message_id": receipt.message_id}
    if message.kind is MessageKind.CUSTOMER_NOTICE:
        receipt = mail.send(_notice(message), idempotency_key=message.key)
        return {"message_id": receipt.message_id}
    if message.kind is MessageKind.COUNTER_OFFER:
        named = suppliers.counter_offer(counter_offer(message))
        refused = isinstance(named, QuoteRefusal)
        return {"refused": named.reason.value, "text": named.note} if refused else quote_answer(named)
    if message.attempts and message.kind is not MessageKind.CANCEL_ORDER:
        held = suppliers.find_order(SupplierCode(message.partner), str(message.payload["reference"]))
        if held is not None:
            return _acknowledged(held)
    answer = _instruct(message, suppliers)
    return answer if isinstance(answer, OrderRefusal) else _acknowledged(answer)


def _instruct(message: OutboxMessage, suppliers: SupplierPort) -> SupplierAcknowledgement | OrderRefusal:
    match message.kind:
        case MessageKind.PLACE_ORDER:
            return suppliers.place_order(supplier_order(message.payload), idempotency_key=message.key)
        case MessageKind.EXPEDITE_ORDER:
            return suppliers.expedite_order(expedite_order(message.payload), idempotency_key=message.key)
        case _:
            return suppliers.cancel_order(cancellation(message.payload), idempotency_key=message.key)


def _notice(message: OutboxMessage) -> CustomerNotice:
    return CustomerNotice(
        reference=str(message.payload["reference"]),
        customer=CustomerCode(str(message.payload["customer"])),
        recipient=str(message.payload["recipient"]),
        subject=str(message.payload["subject"]),
        body=str(message.payload["body"]),
    )


def _letter(message: OutboxMessage) -> LetterOut:
    payload = {name: str(value) for name, value in message.payload.items()}
    return LetterOut(
        reference=payload["reference"],
        supplier=SupplierCode(payload["supplier"]),
        recipient=payload["recipient"],
        subject=payload["subject"],
        body=payload["body"],
        message_id=payload["message_id"],
        in_reply_to=payload["in_reply_to"],
    )


def _acknowledged(answer: SupplierAcknowledgement) -> dict[str, object]:
    return {
        "confirmation": answer.confirmation,
        "state": answer.state.value,
        "lines": [
            {"line": line.line, "quantity": line.quantity, "delivery_date": line.delivery_date.isoformat()}
            for line in answer.lines
        ],
    }


def _question(message: OutboxMessage) -> str:
    said = (message.answer or {}).get("text", "")
    return f"{message.kind} to {message.partner} ended {message.state}: {said}; settle it with the partner"


def _keys(messages: Sequence[OutboxMessage], state: MessageState) -> tuple[str, ...]:
    return tuple(message.key for message in messages if message.state is state)
