"""A letter as it was read becomes a draft: every field looked up, checked, and as sure as the checks make it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from core.domain.configuring.exploding import Variant
from core.domain.ids import CustomerCode, ItemCode
from core.domain.intake.checks import (
    Checked,
    CheckedQuantity,
    check_day,
    check_price,
    check_quantity,
    check_terms,
    check_usual,
    day_read_again,
    is_grounded,
    lowered,
    read_again,
)
from core.domain.intake.drafts import DraftId, DraftLine, DraftOrder, DraftState, Field, Level, Question, least
from core.domain.intake.item_words import code_key
from core.domain.intake.letters import Letter
from core.domain.intake.matching import match_item
from core.domain.intake.names import KnownItem, Names, Usual
from core.domain.intake.parties_named import match_address, match_customer, unread_place
from core.domain.intake.readings import Amount, Day, ReadDay, ReadLetter, ReadLine, SecondLine, SecondReading
from core.domain.intake.transcripts import Said, TranscriptKind, Unclear
from core.domain.parties import CustomerAddress
from core.domain.units import Units
from core.services.intake.near_names import near_names
from core.services.intake.optioning import Described, Workshop, described, known_variant

D = TypeVar("D", DraftLine, DraftOrder)
LONGEST_PO = 40
MOST_NUMBERS = 5
_ASKED_OF_LINE = ("item", "quantity", "unit", "requested")
_ASKED_OF_WHOLE = ("customer", "customer_po", "ship_to", "currency", "lines")
PriceNow = Callable[[CustomerCode, ItemCode, int], Decimal | None]
"""What so many base units of an item cost a customer today, a base unit; None where nothing says a price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a letter is resolved against: master data, addresses and habits of a customer, prices, and the day."""

    names: Names
    addresses: Callable[[CustomerCode], Sequence[CustomerAddress]]
    usual: Callable[[ItemCode, CustomerCode | None], Usual]
    price: PriceNow
    today: date
    currency: str
    workshop: Workshop


@dataclass(slots=True, kw_only=True)
class _Look:
    """One look at a letter: what it is resolved against, and what was found on the way."""

    read: ReadLetter
    ground: Ground
    customer: CustomerCode | None = None
    ordered_on: date | None = None
    questions: list[Question] = field(default_factory=list[Question])
    notes: list[str] = field(default_factory=list[str])
    whole: list[Level] = field(default_factory=list[Level])

    def note(self, words: str, level: Level = Level.REVIEW) -> None:
        self.notes.append(words)
        self.whole.append(level)

    def kept(self, checked: Checked) -> Field:
        if checked.question is not None:
            self.questions.append(checked.question)
        return checked.field

    def made(self, described: Described) -> Field:
        self.questions.extend(described.made.questions)
        return described.made.item


def resolve(read: ReadLetter, letter: Letter, ground: Ground, *, draft: DraftId) -> DraftOrder:
    """The draft a letter becomes. Nothing is taken from it that master data or the second reader contradict."""
    look = _Look(read=_only_grounded(read, letter), ground=ground)
    transcript = look.read.transcript
    _note_whole(look, letter)
    customer = _customer(letter, transcript.customer, ground)
    if customer.value is None:
        look.questions.append(Question(about="customer", choices=customer.candidates, why=customer.why[0]))
    else:
        look.customer = CustomerCode(customer.value)
    order_date = _order_date(transcript.order_date, look.read.order_date)
    look.ordered_on = date.fromisoformat(order_date.value) if order_date.value else None
    lines = tuple(_line(look, number, line) for number, line in enumerate(look.read.lines, start=1))
    _note_lines(look, lines)
    made = DraftOrder(
        id=draft,
        state=DraftState.DRAFT,
        kind=transcript.kind,
        language=transcript.language or (letter.languages[0] if letter.languages else ""),
        sender=letter.sender,
        message_id=letter.message_id,
        by=transcript.by,
        customer=customer,
        customer_po=_po(transcript.customer_po, look.read.second),
        order_date=order_date,
        ship_to=_ship_to(look, transcript.ship_to),
        currency=_currency(look, transcript.currency),
        payment_terms=_terms(look, transcript.payment_terms),
        lines=lines,
        questions=_asked_once(look.questions),
        notes=tuple(look.notes),
        whole=least(look.whole),
        instructions=tuple(one.quote for one in transcript.instructions),
    )
    for unclear in transcript.unclear:
        if not _explained(look, unclear):
            made = _made_unclear(made, unclear)
    return replace(made, state=state_of(made))


def _explained(look: _Look, unclear: Unclear) -> bool:
    """Whether the second reader knows what the first one found unclear, and that it means nothing for the lines."""
    second = look.read.second
    if unclear.field == "customer_po":
        return bool(second.order)
    if unclear.field != "text":
        return unclear.field == "quantity" and unclear.line is None and unclear.quote in second.papers
    customer = look.ground.names.customer(look.customer) if look.customer else None
    pays = customer is not None and (unclear.quote, customer.payment_days) in second.paying
    return unclear.quote in second.explained or pays


def state_of(draft: DraftOrder) -> DraftState:
    """Where a draft stands that nobody has decided on."""
    if draft.repeats:
        return DraftState.DUPLICATE
    if draft.kind is TranscriptKind.ORDER and (draft.questions or not draft.complete):
        return DraftState.ASKING if draft.questions else DraftState.DRAFT
    if draft.kind is TranscriptKind.ORDER and draft.level is Level.HIGH:
        return DraftState.READY
    return DraftState.DRAFT


def _only_grounded(read: ReadLetter, letter: Letter) -> ReadLetter:
    """The reading without values whose words are not in the letter: those were never written."""

    def kept(said: Said | None) -> Said | None:
        return said if said is not None and is_grounded(said, letter) else None

    whole = ("customer", "sender", "customer_po", "order_date", "requested", "ship_to", "currency", "payment_terms")
    transcript = replace(read.transcript, **{name: kept(getattr(read.transcript, name)) for name in whole})
    lines: list[ReadLine] = []
    for line in read.lines:
        names = ("item", "description", "quantity", "unit", "requested", "unit_price", "currency", "number")
        written = replace(line.written, **{name: kept(getattr(line.written, name)) for name in names})
        lines.append(replace(line, written=written))
    return replace(read, transcript=transcript, lines=tuple(lines))


def _note_whole(look: _Look, letter: Letter) -> None:
    transcript, second = look.read.transcript, look.read.second
    if transcript.instructions:
        words = "; ".join(repr(one.quote) for one in transcript.instructions)
        look.note(f"the text tries to give orders, which nobody follows: {words}", Level.LOW)
    if transcript.kind in {TranscriptKind.QUESTION, TranscriptKind.OTHER}:
        look.note("this does not read as an order", Level.LOW)
    for fault in letter.faults:
        look.note(f"not all could be read: {fault}")
    for row in second.missed:
        look.note(f"no line was made of {row!r}")
    for conflict in second.conflicts:
        look.note(conflict)


def _note_lines(look: _Look, lines: Sequence[DraftLine]) -> None:
    if not lines and look.read.transcript.kind is TranscriptKind.ORDER:
        look.questions.append(Question(about="lines", why="no line of an order was found"))
        look.whole.append(Level.LOW)
    twice = Counter((line.item.value, line.requested.value) for line in lines if line.item.value)
    for (item, _), count in twice.items():
        if count > 1:
            look.note(f"{item} is on {count} lines for the same day")


def _customer(letter: Letter, said: Said | None, ground: Ground) -> Field:
    customers = ground.names.customers
    matched = match_customer(letter.sender, said, customers)
    if matched.value is not None or matched.candidates or said is None:
        return matched
    return replace(matched, candidates=near_names(said.text, {one.code: one.name for one in customers}))


def _line(look: _Look, number: int, line: ReadLine) -> DraftLine:
    ground, readings = look.ground, look.read.second.lines
    second = readings[number - 1] if number <= len(readings) else SecondLine()
    language = look.read.transcript.language
    made = described(ground.workshop, line.written, number=number, language=language)
    variant = made.made.variant if made else None
    item = look.made(made) if made else look.kept(_item(look, number, line))
    known = known_variant(variant) if variant else ground.names.item(item.value) if item.value else None
    counted = _quantity(number, line, known)
    quantity = look.kept(counted.quantity)
    if quantity.value is not None and isinstance(line.quantity, Amount):
        quantity = read_again(quantity, mine=line.quantity.value, second=second.quantity, why=second.why)
    price: Decimal | None = None
    if known is not None and counted.units is not None:
        quantity = _usual(look, quantity, known, counted.units)
        price = _price(look, known.code, variant, counted.units)
    return DraftLine(
        number=number,
        item=item,
        quantity=quantity,
        unit=counted.unit,
        requested=_requested(look, number, line, second),
        unit_price=check_price(
            line.written.unit_price, line.price, ours=price, factor=counted.factor, currency=ground.currency
        ),
        units=counted.units,
        price=price,
        product=made.product if made else None,
        options=made.made.options if made else (),
    )


def _price(look: _Look, item: ItemCode, variant: Variant | None, units: int) -> Decimal | None:
    if look.customer is None:
        return None
    if variant is not None:
        return look.ground.workshop.price(look.customer, variant, units)
    return look.ground.price(look.customer, item, units)


def _usual(look: _Look, quantity: Field, item: KnownItem, units: int) -> Field:
    theirs = look.ground.usual(item.code, look.customer) if look.customer else Usual()
    known = theirs if theirs.times else look.ground.usual(item.code, None)
    return check_usual(quantity, units, known, who="this customer" if theirs.times else "anybody")


def _item(look: _Look, number: int, line: ReadLine) -> Checked:
    written, described = line.written.item, line.written.description
    said = written or described
    if said is None:
        return Checked(
            field=Field(level=Level.LOW, why=("no item is written",)),
            question=Question(about="item", line=number, why="no item is written"),
        )
    words, more = written.text if written else "", described.text if described else ""
    names = look.ground.names
    numbers: Mapping[str, ItemCode] = names.numbers.get(look.customer, {}) if look.customer else {}
    coded = tuple(one for one in names.variants if code_key(one.code) == code_key(words))
    match = match_item(words, described=more, items=(*names.items, *coded), numbers=numbers)
    known = {str(item.code): item.name for item in names.items}
    candidates = match.candidates if match and match.candidates else ()
    if match is not None and match.code is not None:
        return Checked(
            field=Field(value=match.code, level=match.level, said=said, why=(match.why,), candidates=candidates)
        )
    candidates = candidates or near_names(f"{words} {more}", known) or near_names(words, known)
    why = match.why if match else f"{said.text!r} is no item that is sold"
    question = Question(about="item", line=number, quote=said.quote, choices=_shown(candidates, known), why=why)
    return Checked(field=Field(level=Level.LOW, said=said, why=(why,), candidates=candidates), question=question)


def _shown(codes: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{code} ({known[code]})" for code in codes)


def _quantity(number: int, line: ReadLine, item: KnownItem | None) -> CheckedQuantity:
    """The quantity in the units of the item; without an item, the number as it is written."""
    written = line.written
    if item is not None:
        units = Units(base=item.unit, packs=item.packs)
        return check_quantity(written.quantity, line.quantity, unit=written.unit, units=units, line=number)
    amount = replace(line.quantity, unit=None) if isinstance(line.quantity, Amount) else line.quantity
    units = Units(base="", packs={})
    checked = check_quantity(written.quantity, amount, unit=None, units=units, line=number)
    return replace(checked, units=None, unit=Field(said=written.unit))


def _requested(look: _Look, number: int, line: ReadLine, second: SecondLine) -> Field:
    """The line's own day, else that of the whole order, about which is asked once."""
    own = line.written.requested is not None
    said = line.written.requested if own else look.read.transcript.requested
    meant: ReadDay | None = line.requested if own else look.read.requested
    asked = number if own else None
    checked = check_day(said, meant, today=look.ground.today, ordered_on=look.ordered_on, line=asked)
    again = second if own or second.requested else look.read.second
    requested = look.kept(checked)
    if requested.value is not None and isinstance(meant, Day):
        return day_read_again(requested, mine=meant.day, second=again.requested, until=again.until)
    return requested


def _order_date(said: Said | None, read: ReadDay | None) -> Field:
    if said is None or not isinstance(read, Day):
        return Field(said=said)
    return Field(value=read.day.isoformat(), said=said)


def _po(said: Said | None, second: SecondReading) -> Field:
    """The customer's number of the order. A person looks where the second reader does not read the same one and nothing
    else that might be it, or where there might be one and the first reader found none."""
    found = (*second.orders, *second.stray)
    if said is None:
        if not found:
            return Field(why=("no PO number is written",))
        return lowered(Field(value=second.order[:LONGEST_PO] or None), Level.REVIEW, _other_numbers(found))
    number = " ".join(said.text.split())
    field = Field(value=number[:LONGEST_PO], said=said)
    if not any(char.isdigit() for char in number) or len(number) > LONGEST_PO:
        return lowered(field, Level.REVIEW, "an unusual PO number")
    others = [one for one in found if one != "".join(char for char in number.casefold() if char.isalnum())]
    if others or not second.orders:
        return lowered(field, Level.REVIEW, _other_numbers(others))
    return replace(field, why=("read twice alike",))


def _other_numbers(numbers: Sequence[str]) -> str:
    if not numbers:
        return "the second reader finds nothing that says that it is the number of the order"
    return f"the second reader reads {', '.join(repr(number) for number in numbers[:MOST_NUMBERS])}"


def _ship_to(look: _Look, said: Said | None) -> Field:
    known = look.ground.addresses(look.customer) if look.customer else ()
    if said is None:
        return unread_place(look.read.second.places, known)
    matched = match_address(said, known)
    if matched.value is None:
        look.questions.append(
            Question(about="ship_to", quote=said.quote, choices=matched.candidates, why=matched.why[0])
        )
    return matched


def _currency(look: _Look, said: Said | None) -> Field:
    ours = look.ground.currency
    if said is None:
        return Field(value=ours)
    written = _SIGNS.get(said.text.strip(), said.text.strip().upper())
    if written == ours:
        return Field(value=ours, said=said)
    why = f"prices are in {ours}, not in {written}"
    look.questions.append(Question(about="currency", quote=said.quote, choices=(ours,), why=why))
    return Field(level=Level.LOW, said=said, why=(why,), candidates=(ours,))


_SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP"}


def _terms(look: _Look, said: Said | None) -> Field:
    customer = look.ground.names.customer(look.customer) if look.customer else None
    return check_terms(said, payment_days=customer.payment_days if customer else None)


def _made_unclear(draft: DraftOrder, unclear: Unclear) -> DraftOrder:
    """The draft with a field that the reader could not read one way only: asked for, or noted where nobody has to
    answer it."""
    about, number = unclear.field, unclear.line
    known = number is None or 1 <= number <= len(draft.lines)
    if not known or about not in (_ASKED_OF_LINE if number or about in _ASKED_OF_LINE else _ASKED_OF_WHOLE):
        where = f"line {number}: " if number else ""
        note = f"{where}{about} is unclear: {unclear.why}" + (f" ({unclear.quote!r})" if unclear.quote else "")
        return replace(draft, notes=(*draft.notes, note), whole=least([draft.whole, Level.REVIEW]))
    question = Question(about=about, line=number, quote=unclear.quote, why=unclear.why)
    made = replace(draft, questions=_asked_once([*draft.questions, question]))
    if about in _ASKED_OF_LINE:
        lines = [_doubted(line, about, unclear) if number in {None, line.number} else line for line in draft.lines]
        return replace(made, lines=tuple(lines))
    return _doubted(made, about, unclear) if about != "lines" else made


def _doubted(held: D, about: str, unclear: Unclear) -> D:
    return replace(held, **{about: lowered(getattr(held, about), Level.LOW, unclear.why)})


def _asked_once(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The first question about each field; what the reader found unclear adds nothing to what the checks ask."""
    first: dict[tuple[str, int | None], Question] = {}
    for one in questions:
        first.setdefault((one.about, one.line), one)
    return tuple(sorted(first.values(), key=lambda one: (one.line or 0, one.about)))
