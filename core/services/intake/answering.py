"""Answers to what a draft asks: by a person who sets values, or by a letter of the customer that is merged into it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from core.domain.errors import IllegalTransitionError, InvalidValueError, NotAuthorisedError
from core.domain.ids import CustomerCode, ItemCode
from core.domain.intake.drafts import (
    LINE_FIELDS,
    OPEN_STATES,
    OPTION,
    WHOLE_FIELDS,
    DraftId,
    DraftLine,
    DraftOrder,
    Field,
    Level,
    Question,
)
from core.domain.intake.unit_words import unit_meant
from core.domain.order_entry import MOST_LINES
from core.domain.quantity import LARGEST_QUANTITY
from core.domain.showing import shown
from core.domain.units import Units, in_base
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork
from core.services.intake.optioning import answered, known_variant, variant_of, with_option, with_options
from core.services.intake.resolving import Ground, resolve, state_of
from core.services.intake.taking import TakeIn, content_hash, draft_meant, ground_of, take_in, with_promises

MAY_SETTLE = (Role.CUSTOMER_SERVICE, Role.PLANNER, Role.OPERATIONS_MANAGER)
"""Who may set values of drafts, ask customers, confirm and reject."""
_AND_OPTIONS = ", and lineN.options.NAME of a line of a configurable product"
_ACCEPTED = f"{', '.join(WHOLE_FIELDS)}, or lineN.{', lineN.'.join(LINE_FIELDS)} of a line or of one line more"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetValues:
    """Values a person gives a draft, each as a name and a plain value: `("line1.quantity", "40")`."""

    key: str
    draft: DraftId
    version: int
    values: tuple[tuple[str, str], ...]


def set_values(uow: UnitOfWork, command: SetValues, user: User) -> DraftOrder:
    """The draft with the values, which are as sure as the person. InvalidValueError says what is accepted; after it
    nothing has changed."""

    def act() -> DraftOrder:
        draft = open_draft(uow, command.draft)
        ground = ground_of(uow)
        for name, value in command.values:
            draft = _set(draft, name.strip(), value.strip(), ground, by=user.name)
        return uow.drafts.save(_settled(uow, draft, ground), version=command.version)

    check_person(user)
    return uow.commands.once(command.key, command, DraftOrder, act)


def receive(uow: UnitOfWork, command: TakeIn) -> DraftOrder:
    """The draft of a letter: a new one, or the one it answers with the answer merged in."""
    answered = draft_meant(uow, command.letter)
    return take_in(uow, command) if answered is None else merge_reply(uow, answered, command)


def merge_reply(uow: UnitOfWork, draft: DraftOrder, command: TakeIn) -> DraftOrder:
    """The draft with what the customer's answer says about its questions, and about nothing else.

    What the answer says besides is noted for a person, and its words that try to command lower the whole.
    """
    letter = content_hash(command.letter)
    known = uow.drafts.of_letter(letter)
    if known is not None:
        return uow.drafts.get(known)
    held = uow.drafts.lock(draft.id)
    uow.drafts.keep_letter(letter, command.letter)
    uow.drafts.keep_reading(letter, command.reading)
    ground = ground_of(uow)
    answer = resolve(command.reading, command.letter, ground, draft=held.id)
    merged = answered(_merged(held, answer), command.letter, ground.workshop)
    merged = replace(merged, instructions=(*held.instructions, *answer.instructions))
    notes = tuple(note for note in answer.notes if note not in held.notes and "no line" not in note)
    if answer.instructions:
        merged = replace(merged, whole=Level.LOW, notes=(*merged.notes, *notes))
    return uow.drafts.save(_settled(uow, merged, ground), version=held.version, letter=letter)


def open_draft(uow: UnitOfWork, draft: DraftId) -> DraftOrder:
    """The draft, held until the transaction ends; IllegalTransitionError when nothing can be done with it any more."""
    held = uow.drafts.lock(draft)
    if held.state not in OPEN_STATES:
        raise IllegalTransitionError(f"{held.id} is {held.state.value}; only an open draft is worked on", draft=held.id)
    return held


def check_person(user: User) -> None:
    """NotAuthorisedError unless this is a person who may settle drafts."""
    if not user.is_person or not user.active or user.role not in MAY_SETTLE:
        may = " or ".join(role.value for role in MAY_SETTLE)
        raise NotAuthorisedError(f"{user.name!r} ({user.role.value}) may not settle drafts; {may} may", user=user.name)


def _settled(uow: UnitOfWork, draft: DraftOrder, ground: Ground) -> DraftOrder:
    """The draft counted, priced, promised and placed again."""
    lines = tuple(_recounted(line, draft.customer_code, ground) for line in draft.lines)
    questions = tuple(one for one in draft.questions if not _is_answered(one, replace(draft, lines=lines)))
    made = with_promises(uow, replace(draft, lines=lines, questions=questions))
    return replace(made, state=state_of(made))


def _is_answered(question: Question, draft: DraftOrder) -> bool:
    """Whether the field a question is about is sure enough now; one asked for the whole, if every line's is."""
    if question.about == "lines":
        return bool(draft.lines)
    if question.line is None and question.about in LINE_FIELDS:
        return all(getattr(line, question.about).level is not Level.LOW for line in draft.lines)
    if question.line is not None and question.line > len(draft.lines):
        return False
    line = None if question.line is None else draft.lines[question.line - 1]
    found = getattr(draft, question.about, None) if line is None else line.field(question.about)
    return isinstance(found, Field) and found.level is not Level.LOW


def _recounted(line: DraftLine, customer: CustomerCode | None, ground: Ground) -> DraftLine:
    """The line with base units and our price, from its values; None where a value is missing."""
    variant = variant_of(ground.workshop, line)
    item = known_variant(variant) if variant else ground.names.item(line.item.value) if line.item.value else None
    if item is None or line.quantity.value is None or line.unit.level is Level.LOW:
        return replace(line, units=None, price=None)
    meant = unit_meant(line.unit.value, Units(base=item.unit, packs=item.packs))
    units = None if meant is None else in_base(Decimal(line.quantity.value), meant[1])
    if units is None or not 1 <= units <= LARGEST_QUANTITY:
        return replace(line, units=None, price=None)
    price = None
    if customer:
        price = ground.workshop.price(customer, variant, units) if variant else ground.price(customer, item.code, units)
    return replace(line, units=units, price=price)


def _merged(draft: DraftOrder, answer: DraftOrder) -> DraftOrder:
    asked = {(one.about, one.line) for one in draft.questions}
    pairs = _paired(draft.lines, answer.lines)
    lines: list[DraftLine] = []
    for line in draft.lines:
        said = pairs.get(line.number)
        wanted = [about for about in LINE_FIELDS if (about, line.number) in asked or (about, None) in asked]
        given: dict[str, Field] = {about: getattr(said, about) for about in wanted} if said else {}
        lines.append(replace(line, **{about: one for about, one in given.items() if one.value is not None}))
    if ("lines", None) in asked and not draft.lines:
        lines = list(answer.lines)
    whole = {
        about: getattr(answer, about)
        for about in ("customer_po", "currency")
        if (about, None) in asked and getattr(answer, about).value is not None
    }
    return replace(draft, lines=tuple(lines), **whole)


def _paired(lines: Sequence[DraftLine], said: Sequence[DraftLine]) -> dict[int, DraftLine]:
    """Which line of an answer is about which line of the draft: by item, else the only one, else in order."""
    found = {
        line.number: one
        for line in lines
        for one in said
        if line.item.value is not None and line.item.value == one.item.value
    }
    if not found and len(lines) == len(said):
        return {line.number: one for line, one in zip(lines, said, strict=True)}
    return found


def _set(draft: DraftOrder, name: str, value: str, ground: Ground, *, by: str) -> DraftOrder:
    where, dot, about = name.partition(".")
    if not dot and where in WHOLE_FIELDS:
        return replace(draft, **{where: _whole_value(draft, where, value, ground, by=by)})
    number = where.removeprefix("line")
    if (
        dot
        and (about in LINE_FIELDS or about.startswith(OPTION))
        and number.isdecimal()
        and 1 <= int(number) <= len(draft.lines) + 1 <= MOST_LINES
    ):
        at = int(number) - 1
        if at == len(draft.lines):
            draft = replace(draft, lines=(*draft.lines, _new_line(at + 1)))
        if about.startswith(OPTION):
            given = with_option(draft.lines[at], about.removeprefix(OPTION), value, ground.workshop, by=by)
            return with_options(draft, given, ground.workshop)
        changed = _line_value(draft, draft.lines[at], about, value, ground, by=by)
        if about == "item":
            return with_options(draft, changed, ground.workshop)
        return replace(draft, lines=(*draft.lines[:at], changed, *draft.lines[at + 1 :]))
    raise InvalidValueError(
        f"{shown(name)} names no value of {draft.id}; accepted are {_ACCEPTED}{_AND_OPTIONS}", field="values"
    )


def _new_line(number: int) -> DraftLine:
    """A line a person adds; what it needs is not given yet."""
    lacking = Field(level=Level.LOW, why=("not given yet",))
    return DraftLine(number=number, item=lacking, quantity=lacking, requested=lacking)


def _whole_value(draft: DraftOrder, about: str, value: str, ground: Ground, *, by: str) -> Field:
    if about == "customer" and ground.names.customer(value) is None:
        raise InvalidValueError(f"there is no customer {shown(value)}; accepted is the code of one", field=about)
    if about == "currency" and value != ground.currency:
        raise InvalidValueError(f"currency {shown(value)} is not sold in; accepted is {ground.currency!r}", field=about)
    if about == "ship_to":
        codes = [one.code for one in ground.addresses(draft.customer_code)] if draft.customer_code else []
        if value and value not in codes:
            known = ", ".join(codes) or "none: add the address to master data first"
            raise InvalidValueError(f"{shown(value)} is no address on file; accepted are {known}", field=about)
    if about == "customer_po" and not (0 < len(value) <= 60 and value.isprintable()):
        raise InvalidValueError(f"PO {shown(value)} is not accepted; accepted are 1 to 60 characters", field=about)
    return _by_person(value, by)


def _line_value(draft: DraftOrder, line: DraftLine, about: str, value: str, ground: Ground, *, by: str) -> DraftLine:
    match about:
        case "item":
            code = _code(draft, value, ground)
            product = ground.workshop.product(ItemCode(code))
            line = replace(line, product=product.item if product else None, options=())
            if product is not None:
                return line
            if ground.names.item(code) is None:
                accepted = "the code of an item that is sold, or the customer's own number for one"
                raise InvalidValueError(f"item {shown(value)} is not known; accepted is {accepted}", field=about)
            value = code
        case "quantity":
            if _number(value) is None:
                raise InvalidValueError(f"quantity {shown(value)} is not one; accepted is such as '40'", field=about)
        case "unit":
            item = ground.names.item(line.item.value or "")
            units = None if item is None else Units(base=item.unit, packs=item.packs)
            if units is not None and value not in units.accepted:
                accepted = ", ".join(units.accepted)
                raise InvalidValueError(f"unit {shown(value)} is not accepted; accepted are {accepted}", field=about)
        case _:
            value = _day(value, ground.today)
    return replace(line, **{about: _by_person(value, by)})


def _code(draft: DraftOrder, name: str, ground: Ground) -> str:
    """Our code for what a person calls an item: the customer's own number, or our code itself."""
    if draft.customer_code is None:
        return name
    theirs = ground.names.numbers.get(draft.customer_code)
    return name if theirs is None else theirs.get(name, name)


def _by_person(value: str, by: str) -> Field:
    return Field(value=value or None, why=(f"set by {by}",))


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 < number <= LARGEST_QUANTITY else None


def _day(value: str, today: date) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise InvalidValueError(
            f"date {shown(value)} is not one; accepted is such as '{today}'", field="requested"
        ) from error
    if day < today:
        raise InvalidValueError(f"date {value} has passed; accepted is {today} or later", field="requested")
    return day.isoformat()
