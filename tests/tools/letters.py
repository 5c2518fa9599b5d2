"""A letter to a supplier, and the approval it waits for, as a core would give them."""

from datetime import date, timedelta
from decimal import Decimal

from core.domain.approval import Approval, ApprovalState
from core.domain.ids import ApprovalId, CaseId, InquiryId, ItemCode, ProposalId, SupplierCode
from core.domain.inquiries import (
    Inquiry,
    InquiryKind,
    InquiryState,
    LetterFacts,
    SupplierLetter,
    WrittenBy,
    letter_hash,
)
from core.domain.inquiry_words import body_of, subject_of
from core.domain.users import AGENT_NAME, Role
from tests.tools.samples import NOW

INQUIRY, TOKEN = InquiryId("INQ-7"), "INQ-7-K7QF2M"


def a_letter(case: CaseId, supplier: str, quantity: int, needed_by: date) -> tuple[Inquiry, Approval]:
    """A request for a quotation that waits for one person."""
    facts = LetterFacts(
        item=ItemCode("VALVE-3"), item_name="3-inch valve", quantity=quantity, unit="EA", needed_by=needed_by,
        ship_to="Houston", reply_by=needed_by, supplier_name=supplier, company="Sabine",
    )  # fmt: skip
    said = {"token": TOKEN, "language": "en"}
    letter = SupplierLetter(
        inquiry=INQUIRY, version=1, kind=InquiryKind.QUOTE_REQUEST, supplier=SupplierCode(supplier),
        recipient="sales@supplier.example", language="en",
        subject=subject_of(InquiryKind.QUOTE_REQUEST, facts, **said),
        body=body_of(InquiryKind.QUOTE_REQUEST, facts, **said), message_id="inq-7@expediter.invalid",
    )  # fmt: skip
    inquiry = Inquiry(
        id=INQUIRY, case=case, supplier=SupplierCode(supplier), kind=InquiryKind.QUOTE_REQUEST,
        state=InquiryState.WAITING, version=1, token=TOKEN, facts=facts, letter=letter,
        written_by=WrittenBy.TEMPLATE, proposed_by=AGENT_NAME, created_at=NOW,
    )  # fmt: skip
    approval = Approval(
        id=ApprovalId("AP-INQ-7-1"), proposal=ProposalId("PR-INQ-7-1"), case=case, plan_hash=letter_hash(letter),
        tier=3, money=Decimal(0), approvals_needed=1, roles=(Role.BUYER, Role.PLANNER), rule="T3 needs one person",
        policy_version="2026-1", proposed_by=AGENT_NAME, state=ApprovalState.PENDING, created_at=NOW,
        expires_at=NOW + timedelta(hours=24), inquiry=INQUIRY,
    )  # fmt: skip
    return inquiry, approval
