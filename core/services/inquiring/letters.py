"""Drafting letters to suppliers, from facts of the core and nothing else. A draft commits nobody and goes nowhere."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from core.domain.approval import ApprovalState
from core.domain.cases import ACTIVE_STATES, Case
from core.domain.checking_values import checked
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.ids import CaseId, InquiryId, SupplierCode, UserName
from core.domain.inquiries import (
    UNSENT,
    Inquiry,
    InquiryKind,
    InquiryState,
    LetterFacts,
    SupplierLetter,
    WrittenBy,
    checked_letter,
    message_id_of,
    token_of,
)
from core.domain.inquiry_words import LANGUAGES, WORDS, body_of, language_of, subject_of
from core.domain.parties import Supplier, SupplierItem
from core.domain.quantity import rounded_up
from core.domain.users import AGENT_NAME, Role, User
from core.ports.storage import UnitOfWork
from core.services.inquiring.places import ship_to
from core.services.inquiring.secrecy import check_keeps_secrets

REPLY_DAYS = 3
_SAME = UNSENT | {InquiryState.SENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLetter:
    """Write to this supplier about the item of this case.

    `quantity` in base units and `needed_by` are the case's where they are not given. A counter offer has the `price` of
    a unit and its `currency`; `answers` is the inquiry whose reply it takes up, and names their quote. A request that
    `answers` one is its reminder.
    """

    case: CaseId
    supplier: SupplierCode
    kind: InquiryKind = InquiryKind.QUOTE_REQUEST
    quantity: int | None = None
    needed_by: date | None = None
    price: Decimal | None = None
    currency: str = ""
    answers: InquiryId | None = None
    their_quote: str = ""
    reply_by: date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLetter:
    """Another text for a letter that has not been approved; `version` is the one that was read. The recipient, the
    subject and its reference stay: who is written to is never a matter of text."""

    inquiry: InquiryId
    version: int
    text: str


def draft_letter(uow: UnitOfWork, command: DraftLetter) -> InquiryId:
    """The inquiry whose letter says this; the same asked again is the same inquiry until it is answered.

    A draft nobody has put before people gives way to the new one. InvalidValueError for what cannot be asked,
    ConflictError while another letter of the kind to the supplier waits for a decision, or for a case that is over.
    """
    case, supplier = uow.cases.get(checked(command).case), uow.company.supplier(command.supplier)
    if case.state not in ACTIVE_STATES:
        raise ConflictError(f"case {case.id} is {case.state}; there is nothing to ask for", case=case.id)
    facts = _facts(uow, command, case, supplier)
    before = [one for one in uow.inquiries.open_to(supplier.code, case.id) if one.kind is command.kind]
    same = next((one for one in before if one.facts == facts and one.state in _SAME), None)
    if same is not None:
        return same.id
    _make_way(uow, before)
    made = _written(uow, command, facts, supplier)
    check_keeps_secrets(uow, made)
    uow.inquiries.add(made)
    return made.id


def edit_letter(uow: UnitOfWork, command: EditLetter, user: User) -> Inquiry:
    """The letter in a person's words, one version on; what waited for a decision is superseded. Who edits a letter has
    proposed it and may not approve it."""
    if not user.is_person or not user.active or user.role is Role.VIEWER:
        raise NotAuthorisedError(f"{user.name!r} ({user.role.value}) may not write to suppliers", user=user.name)
    before = uow.inquiries.lock(checked(command).inquiry)
    if before.version != command.version:
        raise ConflictError(f"{before.id} is at version {before.version}, not {command.version}; read it again")
    text = command.text.strip() + "\n"
    after = rewritten(uow, before, text, written_by=WrittenBy.PERSON, by=user.name)
    uow.inquiries.save(after)
    return after


def rewritten(uow: UnitOfWork, before: Inquiry, text: str, *, written_by: WrittenBy, by: UserName) -> Inquiry:
    """The inquiry with another text in its letter, a draft again, under another Message-ID; not stored."""
    if before.state not in {InquiryState.DRAFT, InquiryState.WAITING}:
        raise ConflictError(f"{before.id} is {before.state}; only what is not approved yet can be changed")
    supersede_approvals(uow, before.id)
    version = before.version + 1
    letter = replace(before.letter, version=version, body=text, message_id=message_id_of(before.token, version=version))
    after = replace(
        before,
        version=version,
        letter=checked_letter(letter),
        state=InquiryState.DRAFT,
        written_by=written_by,
        proposed_by=by,
    )
    check_keeps_secrets(uow, after)
    return after


def supersede_approvals(uow: UnitOfWork, inquiry: InquiryId) -> None:
    """What waits for a decision about this letter waits no more."""
    for approval in uow.approvals.of_inquiry(inquiry):
        uow.approvals.move(approval.id, old=ApprovalState.PENDING, new=ApprovalState.SUPERSEDED)


def _make_way(uow: UnitOfWork, before: list[Inquiry]) -> None:
    waiting = [one.id for one in before if one.state in {InquiryState.WAITING, InquiryState.APPROVED}]
    if waiting:
        raise ConflictError(
            f"{waiting[0]} to the same supplier waits already; decide on it, or change its text", inquiry=waiting[0]
        )
    for one in before:
        if one.state is InquiryState.DRAFT:
            uow.inquiries.save(replace(one, state=InquiryState.SUPERSEDED, note="another draft took its place"))


def _facts(uow: UnitOfWork, command: DraftLetter, case: Case, supplier: Supplier) -> LetterFacts:
    _check(command, supplier)
    offer = _offer(uow, case, supplier)
    item, settings = uow.company.item(case.detected.item), uow.company.settings()
    today = settings.as_of
    needed_by = command.needed_by or max(case.detected.needed_by, today + timedelta(days=1))
    quantity = command.quantity or rounded_up(
        max(case.detected.lacking, 1), minimum=offer.minimum_order, multiple=offer.multiple
    )
    if quantity <= 0 or needed_by <= today:
        raise InvalidValueError(f"{quantity} units by {needed_by} cannot be asked for; accepted: some, after {today}")
    return LetterFacts(
        item=item.code,
        item_name=item.name,
        quantity=quantity,
        unit=item.unit,
        needed_by=needed_by,
        ship_to=ship_to(uow, case),
        reply_by=command.reply_by or min(today + timedelta(days=REPLY_DAYS), max(needed_by, today + timedelta(days=1))),
        supplier_name=supplier.name,
        company=settings.name,
        price=command.price,
        currency=command.currency,
        their_quote=command.their_quote,
    )


def _check(command: DraftLetter, supplier: Supplier) -> None:
    if not supplier.approved or not supplier.active:
        raise InvalidValueError(f"supplier {supplier.code!r} may not be bought from", field="supplier")
    if not supplier.email:
        raise InvalidValueError(f"supplier {supplier.code!r} has no e-mail address on file", field="supplier")
    if command.language and command.language not in LANGUAGES:
        raise InvalidValueError(f"language {command.language!r} is none of {', '.join(LANGUAGES)}", field="language")
    priced = (command.price is not None, bool(command.currency))
    if priced != (command.kind is InquiryKind.COUNTER_OFFER,) * 2:
        raise InvalidValueError("a counter offer names a price and its currency, no other letter does", field="price")
    if command.price is not None and command.price <= 0:
        raise InvalidValueError(f"price {command.price} is not accepted; accepted is more than 0", field="price")


def _offer(uow: UnitOfWork, case: Case, supplier: Supplier) -> SupplierItem:
    offers = {one.supplier: one for one in uow.company.sources(case.detected.item)}
    if supplier.code not in offers:
        raise InvalidValueError(
            f"supplier {supplier.code!r} does not sell {case.detected.item!r}; accepted are {sorted(offers)}",
            field="supplier",
        )
    return offers[supplier.code]


def _written(uow: UnitOfWork, command: DraftLetter, facts: LetterFacts, supplier: Supplier) -> Inquiry:
    inquiry = uow.inquiries.new_id()
    token = token_of(inquiry, seed=f"{uow.now.isoformat()}|{command.case}|{supplier.email}")
    language = command.language or language_of(supplier.country)
    answered = uow.inquiries.get(command.answers) if command.answers else None
    reminds = answered is not None and command.kind is InquiryKind.QUOTE_REQUEST
    opening = WORDS[language].reminder if reminds else ""
    letter = SupplierLetter(
        inquiry=inquiry,
        version=1,
        kind=command.kind,
        supplier=supplier.code,
        recipient=supplier.email,
        language=language,
        subject=subject_of(command.kind, facts, token=token, language=language),
        body=body_of(command.kind, facts, token=token, language=language, opening=opening),
        message_id=message_id_of(token, version=1),
        in_reply_to=answered.letter.message_id if answered else "",
    )
    return Inquiry(
        id=inquiry,
        case=command.case,
        supplier=supplier.code,
        kind=command.kind,
        state=InquiryState.DRAFT,
        version=1,
        token=token,
        facts=facts,
        letter=checked_letter(letter),
        written_by=WrittenBy.TEMPLATE,
        proposed_by=AGENT_NAME,
        created_at=uow.now,
        answers=command.answers,
    )
