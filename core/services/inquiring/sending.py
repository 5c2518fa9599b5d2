"""What a decision on a letter does: rejected it is withdrawn, approved it goes into the outbox once, as shown."""

import hashlib
from dataclasses import replace

from core.domain.approval import Approval
from core.domain.cases import ACTIVE_STATES
from core.domain.errors import InvalidValueError
from core.domain.inquiries import Inquiry, InquiryState, letter_hash
from core.domain.messages import supplier_letter
from core.ports.storage import UnitOfWork
from core.services.inquiring.secrecy import check_keeps_secrets


def letter_decided(uow: UnitOfWork, approval: Approval, *, approved: bool) -> None:
    """Keep on the inquiry what people decided about its letter."""
    assert approval.inquiry is not None, "asked for of a letter only"
    inquiry = uow.inquiries.lock(approval.inquiry)
    state = InquiryState.APPROVED if approved else InquiryState.WITHDRAWN
    uow.inquiries.save(replace(inquiry, state=state, note="" if approved else "people rejected the letter"))


def letter_lapsed(uow: UnitOfWork, approval: Approval, *, why: str) -> None:
    """The approval ended without the letter having been sent: it is withdrawn, and can be asked for anew."""
    assert approval.inquiry is not None, "asked for of a letter only"
    inquiry = uow.inquiries.lock(approval.inquiry)
    if inquiry.state in {InquiryState.WAITING, InquiryState.APPROVED}:
        uow.inquiries.save(replace(inquiry, state=InquiryState.WITHDRAWN, note=why))


def letter_tampered(uow: UnitOfWork, approval: Approval) -> str | None:
    """Why what is stored is not what was approved, None when it is."""
    proposal = uow.proposals.letter(approval.proposal)
    inquiry = uow.inquiries.get(proposal.inquiry)
    hashes = {approval.plan_hash, proposal.letter_hash, hashlib.sha256(proposal.text.encode()).hexdigest()}
    hashes |= {letter_hash(inquiry.letter), *(decision.plan_hash for decision in approval.decisions)}
    return None if len(hashes) == 1 else "the letter stored is not the letter that was approved"


def letter_outdated(uow: UnitOfWork, approval: Approval) -> tuple[str, ...]:
    """What has changed since the letter was approved, so that it must not go out any more."""
    assert approval.inquiry is not None, "asked for of a letter only"
    inquiry, found = uow.inquiries.get(approval.inquiry), list[str]()
    supplier, case = uow.company.supplier(inquiry.supplier), uow.cases.get(inquiry.case)
    if inquiry.state is not InquiryState.APPROVED:
        found.append(f"{inquiry.id} is {inquiry.state}")
    if supplier.email != inquiry.letter.recipient:
        found.append(f"the address of {supplier.code} on file is another one now")
    if not supplier.approved or not supplier.active:
        found.append(f"supplier {supplier.code} may not be bought from any more")
    if case.state not in ACTIVE_STATES:
        found.append(f"{case.id} is {case.state}")
    return (*found, *_told_too_much(uow, inquiry))


def post_letter(uow: UnitOfWork, approval: Approval) -> tuple[str, ...]:
    """Put the letter into the outbox, in the transaction of its effect; what was done, in words."""
    assert approval.inquiry is not None, "asked for of a letter only"
    inquiry = uow.inquiries.lock(approval.inquiry)
    uow.outbox.add(supplier_letter(inquiry.letter, approval=approval.id))
    uow.inquiries.save(replace(inquiry, state=InquiryState.SENT))
    return (f"letter {inquiry.id} to {inquiry.supplier} put into the outbox",)


def _told_too_much(uow: UnitOfWork, inquiry: Inquiry) -> tuple[str, ...]:
    """A figure may have become a secret since the letter was drafted: another supplier's price of today."""
    try:
        check_keeps_secrets(uow, inquiry)
    except InvalidValueError as error:
        return (error.message,)
    return ()
