"""A return asked for, authorised or refused, and the label that brings it back."""

from dataclasses import dataclass, replace

from core.domain.errors import ConflictError, IllegalTransitionError, InvalidValueError, NotFoundError
from core.domain.ids import LocationCode, OrderNo
from core.domain.items import Location, LotControl
from core.domain.messages import customer_notice
from core.domain.returns import RETURN_STEPS, Return, ReturnLine, ReturnMethod, ReturnReason, ReturnState, Wish
from core.domain.timeline import TimelineEntry, TimelineKind
from core.ports.storage import UnitOfWork
from core.services.tasks import ask_person

LONGEST_TEXT = 2000
MOST_LINES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBack:
    """Units of an order line that the customer sends back; a unit with a serial number is asked for by it."""

    line: int
    quantity: int
    reason: ReturnReason
    serial: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReturn:
    """A customer wants to send goods of an order back to a location."""

    key: str
    order: OrderNo
    location: LocationCode
    lines: tuple[AskedBack, ...]
    wish: Wish = Wish.REFUND
    method: ReturnMethod = ReturnMethod.CARRIER
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseReturn:
    """The return may come."""

    key: str
    number: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseReturn:
    """The return may not come, and why."""

    key: str
    number: str
    version: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLabel:
    """Ask for a label and send it to the customer."""

    key: str
    number: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnStands:
    """How a return stands after a step."""

    number: str
    state: ReturnState
    version: int


def request_return(uow: UnitOfWork, command: RequestReturn) -> ReturnStands:
    """A new RMA. InvalidValueError when more would come back than was delivered; then nothing is kept."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _requested(uow, command))


def authorise_return(uow: UnitOfWork, command: AuthoriseReturn) -> ReturnStands:
    """Let the goods come."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _authorised(uow, command))


def refuse_return(uow: UnitOfWork, command: RefuseReturn) -> ReturnStands:
    """Refuse the return; its units may be asked for again."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _refused(uow, command))


def request_label(uow: UnitOfWork, command: RequestLabel) -> ReturnStands:
    """Write the customer a message with the return's address and number, through the outbox."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _labelled(uow, command))


def stepping(uow: UnitOfWork, number: str, *, version: int, to: ReturnState) -> Return:
    """A return with its order held; refused where its life or another's change forbids the step."""
    uow.shipments.hold(uow.returns.get(number).order)
    given = uow.returns.get(number)
    if given.version != version:
        raise ConflictError(
            f"return {number} is {given.state} at version {given.version}, not at {version} as it was read;"
            " look at it again",
            number=number,
            version=given.version,
        )
    steps = RETURN_STEPS[given.state]
    if to not in steps:
        follows = " or ".join(state for state in ReturnState if state in steps) or "nothing else"
        raise IllegalTransitionError(
            f"return {number} is {given.state} and cannot become {to}; it may become {follows}",
            number=number,
            state=given.state,
        )
    return given


def stands(given: Return) -> ReturnStands:
    """How a return stands."""
    return ReturnStands(number=given.number, state=given.state, version=given.version)


def tell(uow: UnitOfWork, given: Return, text: str) -> None:
    """An entry of the order's timeline about a return."""
    uow.orders.tell(given.order, TimelineEntry(kind=TimelineKind.RETURN, text=text))


def returns_place(uow: UnitOfWork, code: LocationCode) -> Location:
    """A location that takes returns."""
    place = next((node for node in uow.nodes.nodes() if node.code == code), None)
    if place is None:
        raise NotFoundError(f"there is no location {code!r}")
    if not place.takes_returns:
        takers = ", ".join(repr(node.code) for node in uow.nodes.nodes() if node.takes_returns)
        raise InvalidValueError(
            f"{code!r} takes no returns; accepted: {takers or 'no location does'}", field="location"
        )
    return place


def _requested(uow: UnitOfWork, command: RequestReturn) -> ReturnStands:
    if not 0 < len(command.lines) <= MOST_LINES or len(command.note) > LONGEST_TEXT:
        raise InvalidValueError(
            f"a return has 1 to {MOST_LINES} lines and a note of up to {LONGEST_TEXT} characters", field="lines"
        )
    returns_place(uow, command.location)
    uow.shipments.hold(command.order)
    given = Return(
        number=uow.returns.new_number(command.order),
        order=command.order,
        location=command.location,
        wish=command.wish,
        method=command.method,
        note=command.note,
        requested_at=uow.now,
        lines=_lines(uow, command),
    )
    uow.returns.add(given)
    tell(
        uow, given, f"{given.number} asked for: {sum(x.quantity for x in given.lines)} units, {given.wish.value} wanted"
    )
    return stands(given)


def _lines(uow: UnitOfWork, command: RequestReturn) -> tuple[ReturnLine, ...]:
    serials = [asked.serial for asked in command.lines if asked.serial]
    if len(set(serials)) != len(serials):
        raise InvalidValueError(f"a unit comes back once, serial numbers were {serials!r}", field="serial")
    return tuple(_line(uow, command.order, position, asked) for position, asked in enumerate(command.lines, start=1))


def _line(uow: UnitOfWork, order: OrderNo, position: int, asked: AskedBack) -> ReturnLine:
    if asked.quantity < 1 or (asked.serial and asked.quantity != 1):
        raise InvalidValueError(
            f"{asked.quantity!r} units of order line {order}/{asked.line} do not come back; accepted are 1 or more, and"
            " 1 with a serial number",
            field="quantity",
        )
    item = uow.company.item(uow.orders.line(order, asked.line).item)
    if (item.lot_control is LotControl.SERIAL) != bool(asked.serial):
        raise InvalidValueError(
            f"{item.code!r} comes back {'by its serial number' if not asked.serial else 'without a serial number'}",
            field="serial",
        )
    if asked.serial and not uow.returns.delivered_serial(order, asked.line, asked.serial):
        raise InvalidValueError(
            f"unit {asked.serial!r} of {item.code!r} did not leave with order line {order}/{asked.line}", field="serial"
        )
    return ReturnLine(
        position=position,
        line=asked.line,
        item=item.code,
        reason=asked.reason,
        quantity=asked.quantity,
        serial=asked.serial,
    )


def _authorised(uow: UnitOfWork, command: AuthoriseReturn) -> ReturnStands:
    given = stepping(uow, command.number, version=command.version, to=ReturnState.AUTHORISED)
    after = replace(given, state=ReturnState.AUTHORISED)
    saved = uow.returns.save(after, version=command.version, event="return_authorised", facts={})
    tell(uow, given, f"{given.number} may come to {given.location}")
    return stands(saved)


def _refused(uow: UnitOfWork, command: RefuseReturn) -> ReturnStands:
    if not command.why.strip() or len(command.why) > LONGEST_TEXT:
        raise InvalidValueError(f"a refusal says why in up to {LONGEST_TEXT} characters", field="why")
    given = stepping(uow, command.number, version=command.version, to=ReturnState.REFUSED)
    after = replace(given, state=ReturnState.REFUSED, refusal=command.why)
    saved = uow.returns.save(after, version=command.version, event="return_refused", facts={"why": command.why})
    uow.returns.give_back_claims(given)
    tell(uow, given, f"{given.number} refused: {command.why}")
    return stands(saved)


def _labelled(uow: UnitOfWork, command: RequestLabel) -> ReturnStands:
    given = stepping(uow, command.number, version=command.version, to=ReturnState.LABEL_SENT)
    if given.method is ReturnMethod.STORE:
        raise InvalidValueError(
            f"return {given.number} is brought to {given.location}; it needs no label", field="method"
        )
    _send_label(uow, given)
    after = replace(given, state=ReturnState.LABEL_SENT)
    saved = uow.returns.save(after, version=command.version, event="return_label_sent", facts={})
    tell(uow, given, f"label of {given.number} on its way to the customer")
    return stands(saved)


def _send_label(uow: UnitOfWork, given: Return) -> None:
    """A mail with the number to put on the parcel and the address it goes to; a person does it where no mail goes."""
    place = returns_place(uow, given.location)
    customer = uow.company.customer(uow.orders.order(given.order).customer)
    if not customer.email:
        ask_person(
            uow, f"label {given.number}", f"customer {customer.code} has no e-mail address on file; send the label"
        )
        return
    units = "\n".join(f"  {x.quantity} of {x.item}{f', unit {x.serial}' if x.serial else ''}" for x in given.lines)
    message = customer_notice(
        f"label:{given.number}",
        customer.code,
        recipient=customer.email,
        subject=f"Your return {given.number}",
        body=f"Dear {customer.name},\n\nplease put the number {given.number} on the parcel and send it to"
        f" {place.name} ({place.code}):\n{units}\n\n{uow.company.settings().name}\n",
    )
    uow.outbox.add(message)
