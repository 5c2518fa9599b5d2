"""Taking a letter in: kept once, resolved, promised as of now, compared with what came before, and kept as a draft."""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.configuring.exploding import Variant
from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.ids import CustomerCode, ItemCode, UserName
from core.domain.intake.drafts import DraftId, DraftOrder, DraftState, Level, LinePromise
from core.domain.intake.letters import Letter
from core.domain.intake.parties_named import address_of
from core.domain.intake.readings import ReadLetter
from core.domain.intake.transcripts import TranscriptKind
from core.domain.order_terms import Channel
from core.domain.promising import Ask
from core.domain.signals import LONGEST_TEXT, Signal, SignalKind
from core.ports.storage import UnitOfWork
from core.services.configuring import inquire_variants, price_variant
from core.services.intake.optioning import Workshop, variant_of
from core.services.intake.repeating import LineChange, Repeated, known_customer, marked, repeated, same_draft
from core.services.intake.resolving import Ground, resolve, state_of
from core.services.pricing import price_line
from core.services.promising import InquirePromise, inquire

INTAKE_NAME = UserName("order-intake")
"""Under this name letters are taken in; what it writes are drafts and signals, never orders."""
SIGNAL_CONFIDENCE = {Level.HIGH: 100, Level.REVIEW: 90, Level.LOW: 40}
_REFERENCE = re.compile(r"\bDRAFT-\d{1,15}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """A letter and how it was read."""

    letter: Letter
    reading: ReadLetter


def content_hash(letter: Letter) -> str:
    """The hash a letter is known again by: of what it says and who sent it, not of when or how it came."""
    said = [[one.source, one.text] for one in letter.documents]
    text = json.dumps([letter.sender, letter.message_id, said], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def take_in(uow: UnitOfWork, command: TakeIn) -> DraftOrder:
    """The draft a letter becomes, or the one it went into before: the same letter twice is one draft.

    Nothing is reserved and nothing is sent. What is doubtful, unknown or said twice is also said as a signal, of which
    the next scan makes a case.
    """
    letter = content_hash(command.letter)
    known = uow.drafts.of_letter(letter)
    if known is not None:
        return uow.drafts.get(known)
    uow.drafts.keep_letter(letter, command.letter)
    uow.drafts.keep_reading(letter, command.reading)
    made = resolve(command.reading, command.letter, ground_of(uow), draft=uow.drafts.new_id())
    made = _compared(uow, replace(made, letters=(letter,)))
    made = with_promises(uow, replace(made, state=state_of(made)))
    if _asks_for_change(made):
        made = handed_over(uow, made)
    uow.drafts.add(made)
    _signal(uow, made, command.letter)
    return made


def handed_over(uow: UnitOfWork, draft: DraftOrder) -> DraftOrder:
    """The draft of a change, said as a signal that names exactly what is asked: its case is what people decide on."""
    assert draft.order is not None, "a change is of an order"
    cancels = draft.kind is TranscriptKind.CANCELLATION
    kind = SignalKind.CANCELLATION if cancels else SignalKind.CHANGE
    lines = tuple(sorted({change.line for change in draft.changes if isinstance(change, LineChange) and change.line}))
    text = f"{draft.id}: the customer asks for {len(draft.changes)} changes of order {draft.order}"
    reference = f"{draft.id}:{kind.value}"
    uow.signals.add(
        Signal(
            reference=reference,
            kind=kind,
            subject=f"order {draft.order}",
            text=text,
            order=draft.order,
            lines=lines,
            asked=draft.changes,
        )
    )
    note = f"said as {reference}; the case that the next scan makes of it decides"
    return replace(draft, state=DraftState.SUPERSEDED, notes=(*draft.notes, note))


def draft_meant(uow: UnitOfWork, letter: Letter) -> DraftOrder | None:
    """The draft a letter answers: it replies to its letter, or names it in its subject, and comes from the same sender.

    An answer of somebody else changes no draft: it is taken in as a letter of its own.
    """
    found = uow.drafts.of_message(letter.in_reply_to)
    if found is None:
        named = _REFERENCE.findall(letter.subject)
        found = DraftId(named[0]) if len(set(named)) == 1 else None
    if found is None:
        return None
    try:
        draft = uow.drafts.get(found)
    except NotFoundError:
        return None
    same = address_of(draft.sender) == address_of(letter.sender) != ""
    return draft if same and draft.state in {DraftState.ASKING, DraftState.DRAFT, DraftState.READY} else None


def ground_of(uow: UnitOfWork) -> Ground:
    """What letters are resolved against, as this transaction sees it."""
    settings = uow.company.settings()

    def price(customer: CustomerCode, item: ItemCode, units: int) -> Decimal | None:
        try:
            priced = price_line(
                uow,
                customer=customer,
                item=item,
                quantity=units,
                on=settings.as_of,
                currency=settings.currency,
                channel=Channel.EMAIL,
            )
        except (NotFoundError, InvalidValueError):
            return None
        return priced.unit_price

    return Ground(
        names=uow.catalogue.names(),
        addresses=uow.catalogue.addresses,
        usual=lambda item, customer: uow.catalogue.usual(item, customer=customer),
        price=price,
        today=settings.as_of,
        currency=settings.currency,
        workshop=workshop_of(uow),
    )


def workshop_of(uow: UnitOfWork) -> Workshop:
    """What can be made as an order says, as this transaction sees it."""
    settings = uow.company.settings()

    def price(customer: CustomerCode, variant: Variant, units: int) -> Decimal | None:
        try:
            priced = price_variant(
                uow,
                variant,
                customer=customer,
                quantity=units,
                on=settings.as_of,
                currency=settings.currency,
                channel=Channel.EMAIL,
            )
        except (NotFoundError, InvalidValueError):
            return None
        return priced.unit_price

    return Workshop(products=uow.configurations.products(), base=uow.company.item, price=price)


def with_promises(uow: UnitOfWork, draft: DraftOrder) -> DraftOrder:
    """The draft with a day for every line that is understood, as of now; nothing is held for them."""
    understood = [line for line in draft.lines if line.item_code and line.units and line.day]
    if not understood or draft.kind is not TranscriptKind.ORDER:
        return draft
    ship_from = uow.company.settings().default_ship_from
    asks = tuple(
        Ask(item=ItemCode(line.item.value or ""), location=ship_from, quantity=line.units or 0, requested=line.day)
        for line in understood
        if line.day
    )
    workshop = workshop_of(uow) if any(line.product for line in understood) else None
    variants = [one for line in understood if workshop and (one := variant_of(workshop, line))]
    answers = inquire_variants(uow, asks, variants) if variants else inquire(uow, InquirePromise(asks=asks))
    found = {
        line.number: LinePromise(day=answer.complete, why=next((reason.text for reason in answer.reasons), ""))
        for line, answer in zip(understood, answers, strict=True)
    }
    return replace(draft, lines=tuple(replace(line, promise=found.get(line.number)) for line in draft.lines))


def _compared(uow: UnitOfWork, draft: DraftOrder) -> DraftOrder:
    """The draft compared with what came before: new, the same again, or a change of it."""
    found = repeated(uow, draft)
    if found is None:
        return _nothing_to_change(draft)
    if found.draft is not None:
        return _against_draft(uow, draft, found.draft)
    assert found.order is not None, "what is repeated is an order or a draft"
    if not found.changes and not found.unread:
        note = f"the same as order {found.order}; if a second order is meant, say so"
        made = marked(draft, repeats=found.order, note=note)
        return replace(made, order=found.order)
    return _change_of(draft, found)


def _asks_for_change(draft: DraftOrder) -> bool:
    """Whether a change is so sure that it can be put before people as a case at once."""
    sure = known_customer(draft) is not None and not draft.instructions and not draft.questions
    return bool(draft.changes) and sure and all(line.level is Level.HIGH for line in draft.lines)


def _nothing_to_change(draft: DraftOrder) -> DraftOrder:
    if draft.kind not in {TranscriptKind.CHANGE, TranscriptKind.CANCELLATION}:
        return draft
    why = f"a {draft.kind.value} of an order that was not found"
    return replace(draft, notes=(*draft.notes, why), whole=Level.LOW)


def _against_draft(uow: UnitOfWork, draft: DraftOrder, other: DraftId) -> DraftOrder:
    """A draft that nobody confirmed gives way to a newer one of the same customer, if that is who sent it for sure."""
    before = uow.drafts.lock(other)
    if draft.kind is not TranscriptKind.ORDER:
        note = f"a {draft.kind.value} of {other}, which nobody has confirmed yet"
        return marked(draft, repeats="", note=note, level=Level.LOW)
    if same_draft(draft, before):
        return marked(draft, repeats=other, note=f"the same as {other}")
    if known_customer(draft) is None:
        return marked(draft, repeats="", note=f"{other} is under the same PO; this one may replace it")
    note = f"takes the place of {other}, which says otherwise under the same PO"
    given_up = replace(before, state=DraftState.SUPERSEDED, notes=(*before.notes, f"{draft.id} takes its place"))
    uow.drafts.save(given_up, version=before.version)
    return marked(draft, repeats="", note=note)


def _change_of(draft: DraftOrder, found: Repeated) -> DraftOrder:
    kind = draft.kind if draft.kind is TranscriptKind.CANCELLATION else TranscriptKind.CHANGE
    note = f"asks for a change of order {found.order}"
    return replace(
        draft,
        kind=kind,
        order=found.order,
        changes=found.changes,
        notes=(*draft.notes, note, *found.unread),
        whole=Level.REVIEW if draft.whole is Level.HIGH else draft.whole,
    )


def _signal(uow: UnitOfWork, draft: DraftOrder, letter: Letter) -> None:
    """What a scan should see: a doubtful letter, an unknown item, an order that came twice."""
    subject = f"{draft.id} from {draft.customer.value or letter.sender.strip()[:80] or 'nobody known'}"
    if draft.repeats:
        _raise(uow, draft, SignalKind.DUPLICATE, subject, f"{draft.id} repeats {draft.repeats}")
    elif draft.instructions or (draft.level is Level.LOW and draft.kind is not TranscriptKind.QUESTION):
        why = "; ".join(draft.notes) or "not all of it could be read"
        _raise(uow, draft, SignalKind.DOCUMENT, subject, f"{draft.id}: {why}")
    for line in draft.lines:
        if line.item.value is None and line.item.said is not None and not line.item.candidates:
            text = f"{line.item.said.text!r} on line {line.number} of {draft.id} is no item that is sold"
            _raise(uow, draft, SignalKind.GAP, f"item of {draft.id} line {line.number}", text, at=f":{line.number}")


def _raise(uow: UnitOfWork, draft: DraftOrder, kind: SignalKind, subject: str, text: str, *, at: str = "") -> None:
    plain = " ".join(text.split())[:LONGEST_TEXT]
    uow.signals.add(
        Signal(
            reference=f"{draft.id}:{kind.value}{at}",
            kind=kind,
            subject="".join(char for char in subject if char.isprintable()),
            text="".join(char for char in plain if char.isprintable()),
            confidence=SIGNAL_CONFIDENCE[draft.level],
            suspicious=bool(draft.instructions),
        )
    )
