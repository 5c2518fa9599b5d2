"""Settling drafts: a person confirms one and it becomes an order, rejects it, or has the customer asked."""

from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.errors import CannotPromiseError, ConflictError, InvalidValueError
from core.domain.ids import OrderNo
from core.domain.intake.drafts import DraftId, DraftOrder, DraftState
from core.domain.intake.transcripts import TranscriptKind
from core.domain.intake.wording import AcknowledgedLine, acknowledgement_mail, question_mail
from core.domain.messages import customer_notice
from core.domain.money import rounded
from core.domain.order_entry import EnterOrder, WantedLine
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.configuring import bear
from core.services.intake.answering import check_person, open_draft
from core.services.intake.optioning import agreed_variant
from core.services.intake.taking import handed_over, workshop_of
from core.services.ordering.entering import OrderEntered, enter_order
from core.services.promising import ConfirmOrder, confirm
from core.services.tasks import ask_person

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmDraft:
    """A person says that the draft is right as it is displayed at this version. With `second_meant` one that repeats an
    order becomes a second order."""

    key: str
    draft: DraftId
    version: int
    second_meant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectDraft:
    """A person says that no order comes of the draft, and why."""

    key: str
    draft: DraftId
    version: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCustomer:
    """A person has the customer asked for all that is missing, in the words of the question mail."""

    key: str
    draft: DraftId
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftConfirmed:
    """The order the draft became, whether it is promised, and why not where it is not. A draft that asks for a change
    has no order of its own: its signal is `signal`."""

    draft: DraftId
    order: OrderNo | None
    promised: bool = False
    why: str = ""
    signal: str = ""


def confirm_draft(uow: UnitOfWork, command: ConfirmDraft, user: User) -> DraftConfirmed:
    """Make the order of a draft, promise it, and acknowledge it through the outbox; all in one transaction.

    InvalidValueError names what is missing, ConflictError a version that is not the last, DuplicateOrderError the
    order under the same PO; after any nothing has changed. An order that is held, or that has a line without a day, is
    entered and waits for people.
    """
    check_person(user)
    uow.promises.take_turn()
    return uow.commands.once(command.key, command, DraftConfirmed, lambda: _confirm(uow, command))


def reject_draft(uow: UnitOfWork, command: RejectDraft, user: User) -> DraftOrder:
    """No order comes of the draft; what was received is kept."""

    def act() -> DraftOrder:
        if not command.why.strip() or len(command.why) > LONGEST_REASON:
            raise InvalidValueError(f"a rejection needs a reason of 1 to {LONGEST_REASON} characters", field="why")
        draft = open_draft(uow, command.draft)
        _settle_signals(uow, draft, outcome=f"rejected: {command.why}"[:LONGEST_REASON])
        note = f"rejected by {user.name}: {command.why}"
        rejected = replace(draft, state=DraftState.REJECTED, notes=(*draft.notes, note))
        return uow.drafts.save(rejected, version=command.version)

    check_person(user)
    return uow.commands.once(command.key, command, DraftOrder, act)


def ask_customer(uow: UnitOfWork, command: AskCustomer, user: User) -> DraftOrder:
    """Send the one question by the outbox, to the address on file; InvalidValueError when nothing is asked or there is
    no address, for a recipient is never taken from a letter."""

    def act() -> DraftOrder:
        draft = open_draft(uow, command.draft)
        if draft.customer_code is None:
            raise InvalidValueError(f"nobody knows who sent {draft.id}; say so first: --set customer=CODE")
        customer, company = uow.company.customer(draft.customer_code), uow.company.settings().name
        mail = question_mail(draft, name=customer.name, company=company)
        if mail is None or not customer.email:
            why = "nothing is asked by mail" if mail is None else f"customer {customer.code} has no address on file"
            raise InvalidValueError(f"{draft.id}: {why}; accepted is a draft with a question to a known address")
        key = f"{draft.id}:question:{draft.version}"
        uow.outbox.add(
            customer_notice(key, customer.code, recipient=customer.email, subject=mail.subject, body=mail.body)
        )
        asked = replace(draft, notes=(*draft.notes, f"the customer was asked by {user.name}"))
        return uow.drafts.save(asked, version=command.version)

    check_person(user)
    return uow.commands.once(command.key, command, DraftOrder, act)


def _confirm(uow: UnitOfWork, command: ConfirmDraft) -> DraftConfirmed:
    draft = open_draft(uow, command.draft)
    if draft.version != command.version:
        raise ConflictError(f"{draft.id} is at version {draft.version}, not {command.version}; look at it again")
    if draft.changes:
        return _hand_over(uow, draft)
    _check_complete(draft, second_meant=command.second_meant)
    _bear_variants(uow, draft)
    entered = enter_order(uow, _order(draft, second_meant=command.second_meant))
    promised, why = _promised(uow, entered)
    notes = draft.notes if promised else (*draft.notes, why)
    confirmed = replace(draft, state=DraftState.CONFIRMED, order=entered.order, repeats="", notes=notes)
    uow.drafts.save(confirmed, version=draft.version)
    _settle_signals(uow, draft, outcome=f"confirmed as {entered.order}")
    _acknowledge(uow, confirmed, entered.order)
    return DraftConfirmed(draft=draft.id, order=entered.order, promised=promised, why=why)


def _bear_variants(uow: UnitOfWork, draft: DraftOrder) -> None:
    """What the lines of configurable products ask for becomes items, in the transaction of the order."""
    if not any(line.product for line in draft.lines):
        return
    workshop = workshop_of(uow)
    for line in draft.lines:
        variant = agreed_variant(workshop, draft, line)
        if variant is not None:
            bear(uow, variant)


def _hand_over(uow: UnitOfWork, draft: DraftOrder) -> DraftConfirmed:
    after = handed_over(uow, draft)
    uow.drafts.save(after, version=draft.version)
    kind = "cancellation" if draft.kind is TranscriptKind.CANCELLATION else "change"
    return DraftConfirmed(draft=draft.id, order=draft.order, signal=f"{draft.id}:{kind}")


def _check_complete(draft: DraftOrder, *, second_meant: bool) -> None:
    if draft.kind is not TranscriptKind.ORDER:
        raise InvalidValueError(f"{draft.id} is a {draft.kind.value}, not an order; reject it, or enter the order anew")
    if draft.repeats and not second_meant:
        raise InvalidValueError(f"{draft.id} repeats {draft.repeats}; if a second order is meant, say so")
    missing = [_name(one.about, one.line) for one in draft.questions]
    missing += [_name("line", line.number) for line in draft.lines if not (line.item_code and line.units and line.day)]
    if missing or not draft.complete:
        raise InvalidValueError(
            f"{draft.id} lacks {', '.join(dict.fromkeys(missing)) or 'its customer'}; set it first", field="draft"
        )


def _name(about: str, line: int | None) -> str:
    return about if line is None else f"line {line} {about}" if about != "line" else f"line {line}"


def _order(draft: DraftOrder, *, second_meant: bool) -> EnterOrder:
    assert draft.customer_code is not None, "it was checked to be complete"
    return EnterOrder(
        key=f"draft:{draft.id}:{draft.customer_code}:{draft.letters[0][:16]}",
        customer=draft.customer_code,
        customer_po=draft.customer_po.value or "",
        channel=Channel.EMAIL if draft.sender else Channel.SALES_REP,
        lines=tuple(
            WantedLine(item=line.item_code or "", quantity=line.units or 0, requested=line.day)
            for line in draft.lines
            if line.day
        ),
        address=draft.ship_to.value,
        source=draft.id,
        contact=draft.sender if draft.sender.isprintable() and len(draft.sender) <= 200 else "",
        duplicate_meant=second_meant,
    )


def _promised(uow: UnitOfWork, entered: OrderEntered) -> tuple[bool, str]:
    """Promise the order that was entered; one on hold, or without a day, waits for people."""
    if entered.state is not OrderState.VALIDATED:
        return False, f"{entered.order} is on hold: {', '.join(entered.holds)}"
    command = ConfirmOrder(key=f"draft:{entered.order}:promise", order=entered.order, version=entered.version)
    try:
        confirm(uow, command)
    except CannotPromiseError as error:
        return False, error.message
    return True, ""


def _acknowledge(uow: UnitOfWork, draft: DraftOrder, number: OrderNo) -> None:
    """Write to the address on file what was entered, or ask a person to where there is none."""
    order, settings = uow.orders.order(number), uow.company.settings()
    customer = uow.company.customer(order.customer)
    total, lines = Decimal(0), list[AcknowledgedLine]()
    for line in uow.orders.lines(number):
        item = uow.company.item(line.item)
        total += rounded(line.unit_price * line.ordered)
        lines.append(
            AcknowledgedLine(
                number=line.line,
                item=item.code,
                name=item.name,
                quantity=line.ordered,
                unit=item.unit,
                price=line.unit_price,
                day=line.promised,
            )
        )
    if not customer.email:
        ask_person(
            uow, f"acknowledge {number}", f"customer {customer.code} has no e-mail address on file; confirm {number}"
        )
        return
    mail = acknowledgement_mail(
        draft, lines, order=number, name=customer.name, company=settings.name, total=total, currency=order.currency
    )
    key = f"{draft.id}:acknowledgement"
    uow.outbox.add(customer_notice(key, customer.code, recipient=customer.email, subject=mail.subject, body=mail.body))


def _settle_signals(uow: UnitOfWork, draft: DraftOrder, *, outcome: str) -> None:
    """What was said about the draft is settled with it, so that its cases close with the next scan."""
    for signal in uow.signals.open():
        if signal.reference.partition(":")[0] == draft.id:
            uow.signals.settle(signal.reference, outcome=outcome)
