"""What a person says about a supplier's reply: which letter it answers, what a value is, that it may be used."""

from dataclasses import dataclass, replace

from core.domain.checking_values import checked
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.ids import InquiryId
from core.domain.inquiries import InquiryState
from core.domain.inquiry_judging import open_points, settled_value
from core.domain.inquiry_replies import FOR_PEOPLE, FieldValue, QuoteField, QuoteRead, Reply, ReplyId, ReplyState
from core.domain.intake.letters import Letter
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.inquiring.proposing import APPROVERS
from core.services.inquiring.taking import judged, settle, subject_of_task, verified

LONGEST_WHY = 500
_SETTLED_INQUIRY = frozenset({InquiryState.UNCLEAR, InquiryState.SENT, InquiryState.UNANSWERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleReply:
    """What a person says: values by the name of their field, that the offer may be used, that the supplier declines, or
    why it is of no use."""

    key: str
    reply: ReplyId
    values: tuple[tuple[str, str], ...] = ()
    use: bool = False
    declines: bool = False
    dismiss: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceReply:
    """A mail that answers no letter for sure answers this one, and was read for it."""

    key: str
    reply: ReplyId
    inquiry: InquiryId
    letter: Letter
    reads: tuple[QuoteRead, ...]


def settle_reply(uow: UnitOfWork, command: SettleReply, user: User) -> Reply:
    """The reply as settled. NotAuthorisedError for whom it is not, ConflictError where it is over, InvalidValueError
    for a value that can be none, or for the use of an offer with open points."""
    check_may_settle(user)

    def act() -> Reply:
        held = uow.replies.lock(checked(command).reply)
        if held.state not in FOR_PEOPLE:
            raise ConflictError(f"{held.id} is {held.state.value}; nothing waits for a person", reply=held.id)
        return _settled(uow, command, held, user)

    return uow.commands.once(command.key, command, Reply, act)


def place_reply(uow: UnitOfWork, command: PlaceReply, user: User) -> Reply:
    """The reply judged as an answer to the letter a person names; what came from elsewhere still waits for a look."""
    check_may_settle(user)

    def act() -> Reply:
        held = uow.replies.lock(command.reply)
        if held.state is not ReplyState.STRAY:
            raise ConflictError(f"{held.id} is {held.state.value}; only a stray one is placed", reply=held.id)
        inquiry = uow.inquiries.lock(command.inquiry)
        reads = tuple(verified(one, command.letter) for one in command.reads)
        placed = replace(held, inquiry=inquiry.id, reads=reads, settled_by=user.name)
        found = judged(uow, placed, inquiry, reads)
        placed = replace(placed, state=found.state, fields=found.fields, findings=found.findings, why=found.why)
        uow.replies.save(placed)
        settle(uow, placed, inquiry)
        _withdraw_task(uow, placed)
        return uow.replies.get(placed.id)

    return uow.commands.once(command.key, command, Reply, act)


def check_may_settle(user: User) -> None:
    """NotAuthorisedError for who may not say what a reply of a supplier is worth."""
    if not user.is_person or not user.active or user.role not in APPROVERS:
        names = ", ".join(role.value for role in APPROVERS)
        raise NotAuthorisedError(
            f"{user.name!r} ({user.role.value}) may not settle what suppliers write; accepted are {names}",
            user=user.name,
        )


def _settled(uow: UnitOfWork, command: SettleReply, held: Reply, user: User) -> Reply:
    if command.dismiss:
        return _dismissed(uow, held, command.dismiss, user)
    if held.inquiry is None:
        raise ConflictError(f"{held.id} answers no letter yet; say which, or dismiss it", reply=held.id)
    inquiry = uow.inquiries.lock(held.inquiry)
    after = replace(held, fields=_given(held, command, user), settled_by=user.name)
    missing = open_points(after.fields)
    if command.declines:
        after = replace(after, state=ReplyState.REFUSED, why=(f"{user.name} reads it as a refusal",))
    elif command.use:
        if missing:
            raise InvalidValueError(f"{held.id} cannot be used yet: {'; '.join(missing)}", field="values")
        after = replace(after, state=ReplyState.USED, why=(f"{user.name} says it may be used",))
    else:
        state = ReplyState.UNCLEAR if missing else ReplyState.REVIEW
        after = replace(after, state=state, why=missing or ("a person has yet to say that it may be used",))
    uow.replies.save(after)
    if command.use or command.declines:
        settle(uow, after, inquiry)
    _withdraw_task(uow, after)
    return uow.replies.get(after.id)


def _withdraw_task(uow: UnitOfWork, reply: Reply) -> None:
    if reply.state not in FOR_PEOPLE:
        uow.tasks.withdraw(subject_of_task(reply))


def _given(held: Reply, command: SettleReply, user: User) -> tuple[FieldValue, ...]:
    """The values with those of the person in the place of what was read; their words stay beside them."""
    fields = {one.field: one for one in held.fields}
    for name, said in command.values:
        field = next((one for one in QuoteField if one.value == name), None)
        if field is None:
            accepted = ", ".join(one.value for one in QuoteField)
            raise InvalidValueError(f"{name!r} is no value of a quote; accepted are {accepted}", field="values")
        try:
            value = settled_value(field, said)
        except ValueError as error:
            wanted = f"{said!r} cannot be {name}; accepted is such as {_EXAMPLES[field]!r}"
            raise InvalidValueError(wanted, field="values") from error
        before = fields.get(field, FieldValue(field=field, value=None))
        fields[field] = replace(before, value=value, why="", usual=False, settled_by=user.name)
    return tuple(fields[one] for one in QuoteField if one in fields)


_EXAMPLES = {
    QuoteField.UNIT_PRICE: "12.50",
    QuoteField.CURRENCY: "EUR",
    QuoteField.AVAILABLE: "25",
    QuoteField.MINIMUM: "10",
    QuoteField.LEAD_TIME: "14",
    QuoteField.VALID_UNTIL: "2026-12-10",
}


def _dismissed(uow: UnitOfWork, held: Reply, why: str, user: User) -> Reply:
    after = replace(held, state=ReplyState.DISMISSED, why=(why.strip()[:LONGEST_WHY],), settled_by=user.name)
    uow.replies.save(after)
    _withdraw_task(uow, after)
    if held.inquiry is not None:
        inquiry = uow.inquiries.lock(held.inquiry)
        if inquiry.state in _SETTLED_INQUIRY:
            uow.inquiries.save(replace(inquiry, state=InquiryState.UNANSWERED, note=f"{held.id} is of no use"))
    return after
