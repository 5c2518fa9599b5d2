"""Inquiries: each version of a letter kept for ever, found again by its Message-ID and its token."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy import Sequence as NumberSequence

from core.db.codec import from_json, to_json
from core.db.locks import lock_key
from core.db.rows import InquiryLetterRow, InquiryRow, SupplierRow
from core.db.stores.case_numbers import case_number
from core.db.stores.inquiry_numbers import inquiry_id, inquiry_number
from core.db.transaction import Transaction
from core.domain.ids import CaseId, InquiryId, SupplierCode
from core.domain.inquiries import OUT, UNSENT, Inquiry, InquiryState, letter_hash, letter_text

_IDS = NumberSequence("inquiries_id_seq")


@dataclass(frozen=True, slots=True)
class SqlInquiryStore:
    """The inquiries of this transaction."""

    transaction: Transaction

    def new_id(self) -> InquiryId:
        """An id no inquiry has."""
        return inquiry_id(self.transaction.session.scalars(select(func.next_value(_IDS))).one())

    def add(self, inquiry: Inquiry) -> None:
        """A new inquiry."""
        supplier = self.transaction.key(
            SupplierRow.id, SupplierRow.code, inquiry.supplier, what=f"supplier {inquiry.supplier!r}"
        )
        row = InquiryRow(
            id=inquiry_number(inquiry.id),
            case_id=case_number(inquiry.case),
            supplier_id=supplier,
            kind=inquiry.kind.value,
            state=inquiry.state.value,
            version=inquiry.version,
            token=inquiry.token,
            inquiry=to_json(Inquiry, inquiry),
            created_at=self.transaction.now,
            changed_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()
        self._keep_letter(inquiry)
        self._note(inquiry, f"inquiry_{inquiry.state.value}")

    def save(self, inquiry: Inquiry) -> None:
        """The inquiry as it is from now on."""
        row = self._row(inquiry.id, lock=True)
        rewritten = row.version != inquiry.version
        row.state, row.version = inquiry.state.value, inquiry.version
        row.inquiry, row.changed_at = to_json(Inquiry, inquiry), self.transaction.now
        self.transaction.session.flush()
        if rewritten:
            self._keep_letter(inquiry)
        self._note(inquiry, f"inquiry_{inquiry.state.value}")

    def get(self, inquiry: InquiryId) -> Inquiry:
        """An inquiry."""
        return from_json(Inquiry, self._row(inquiry).inquiry)

    def lock(self, inquiry: InquiryId) -> Inquiry:
        """An inquiry nobody else changes."""
        return from_json(Inquiry, self._row(inquiry, lock=True).inquiry)

    def listed(self, *states: InquiryState) -> tuple[Inquiry, ...]:
        """The inquiries in these states, the newest first."""
        query = select(InquiryRow.inquiry).order_by(InquiryRow.id.desc())
        if states:
            query = query.where(InquiryRow.state.in_([state.value for state in states]))
        return self._many(query)

    def of_case(self, case: CaseId) -> tuple[Inquiry, ...]:
        """The inquiries of a case, the oldest first."""
        query = select(InquiryRow.inquiry).where(InquiryRow.case_id == case_number(case))
        return self._many(query.order_by(InquiryRow.id))

    def of_message(self, message_id: str) -> InquiryId | None:
        """The inquiry a Message-ID of ours belongs to."""
        query = select(InquiryLetterRow.inquiry_id).where(InquiryLetterRow.message_id == message_id)
        found = self.transaction.session.scalars(query).one_or_none()
        return None if found is None else inquiry_id(found)

    def of_token(self, token: str) -> InquiryId | None:
        """The inquiry a token belongs to."""
        found = self.transaction.session.scalars(select(InquiryRow.id).where(InquiryRow.token == token)).one_or_none()
        return None if found is None else inquiry_id(found)

    def open_to(self, supplier: SupplierCode, case: CaseId) -> tuple[Inquiry, ...]:
        """Those of a case to a supplier that have not ended."""
        self.transaction.session.execute(select(func.pg_advisory_xact_lock(lock_key(f"inquiries:{case}/{supplier}"))))
        query = (
            select(InquiryRow.inquiry)
            .join(SupplierRow, SupplierRow.id == InquiryRow.supplier_id)
            .where(
                SupplierRow.code == supplier,
                InquiryRow.case_id == case_number(case),
                InquiryRow.state.in_(sorted(state.value for state in UNSENT | OUT)),
            )
        )
        return self._many(query.order_by(InquiryRow.id))

    def at_address(self, address: str) -> tuple[Inquiry, ...]:
        """Those that are out to this address and not settled."""
        open_states = [state.value for state in (InquiryState.SENT, InquiryState.UNCLEAR, InquiryState.UNANSWERED)]
        recipient = func.lower(InquiryRow.inquiry["letter"]["recipient"].astext)
        query = select(InquiryRow.inquiry).where(InquiryRow.state.in_(open_states), recipient == address.lower())
        return self._many(query.order_by(InquiryRow.id))

    def _keep_letter(self, inquiry: Inquiry) -> None:
        letter = inquiry.letter
        self.transaction.session.add(
            InquiryLetterRow(
                inquiry_id=inquiry_number(inquiry.id),
                version=letter.version,
                message_id=letter.message_id,
                letter=letter_text(letter),
                letter_hash=letter_hash(letter),
                written_by=self.transaction.actor,
                written_at=self.transaction.now,
            )
        )
        self.transaction.session.flush()

    def _many(self, query: Select[dict[str, Any]]) -> tuple[Inquiry, ...]:
        found = self.transaction.session.scalars(query.execution_options(populate_existing=True))
        return tuple(from_json(Inquiry, one) for one in found)

    def _row(self, inquiry: InquiryId, *, lock: bool = False) -> InquiryRow:
        wanted = InquiryRow.id == inquiry_number(inquiry)
        return self.transaction.one(InquiryRow, wanted, what=f"inquiry {inquiry!r}", lock=lock)

    def _note(self, inquiry: Inquiry, event: str) -> None:
        facts = {
            "kind": inquiry.kind.value,
            "supplier": inquiry.supplier,
            "case": inquiry.case,
            "version": inquiry.version,
            "letter": letter_hash(inquiry.letter),
            "written_by": inquiry.written_by.value,
            "note": inquiry.note,
        }
        self.transaction.note(scope=f"inquiry:{inquiry.id}", event=event, subject=inquiry.id, facts=facts)
