"""Negotiations with suppliers and their rounds."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy import Sequence as NumberSequence

from core.db.codec import from_json, to_json
from core.db.rows import NegotiationRoundRow, NegotiationRow, SupplierRow
from core.db.stores.case_numbers import case_number
from core.db.stores.inquiry_numbers import inquiry_id, inquiry_number
from core.db.stores.negotiation_numbers import negotiation_id, negotiation_number
from core.db.transaction import Transaction
from core.domain.ids import CaseId, NegotiationId, UserName
from core.domain.negotiating.mandates import Mandate, mandate_hash
from core.domain.negotiating.rounds import Negotiation, NegotiationState, Round, RoundState

_IDS = NumberSequence("negotiations_id_seq")


@dataclass(frozen=True, slots=True)
class SqlNegotiationStore:
    """The negotiations of this transaction."""

    transaction: Transaction

    def new_id(self) -> NegotiationId:
        """An id no negotiation has."""
        return negotiation_id(self.transaction.session.scalars(select(func.next_value(_IDS))).one())

    def add(self, negotiation: Negotiation) -> None:
        """A new negotiation."""
        mandate = negotiation.mandate
        supplier = self.transaction.key(
            SupplierRow.id, SupplierRow.code, mandate.supplier, what=f"supplier {mandate.supplier!r}"
        )
        row = NegotiationRow(
            id=negotiation_number(negotiation.id),
            case_id=case_number(mandate.case),
            supplier_id=supplier,
            state=negotiation.state.value,
            mandate=to_json(Mandate, mandate),
            opening=mandate.opening,
            ceiling=mandate.ceiling,
            largest_step=mandate.largest_step,
            most_rounds=mandate.most_rounds,
            price=None,
            note=negotiation.note,
            proposed_by=negotiation.proposed_by,
            created_at=self.transaction.now,
            changed_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()
        self._note(negotiation)

    def save(self, negotiation: Negotiation) -> None:
        """The negotiation as it is from now on."""
        row = self._row(negotiation.id, lock=True)
        if row.state == NegotiationState.RUNNING.value:
            self._keep_rounds(negotiation)
        row.state, row.price, row.note = negotiation.state.value, negotiation.price, negotiation.note
        row.changed_at = self.transaction.now
        self.transaction.session.flush()
        self._note(negotiation)

    def get(self, negotiation: NegotiationId) -> Negotiation:
        """A negotiation."""
        return self._read(self._row(negotiation))

    def lock(self, negotiation: NegotiationId) -> Negotiation:
        """A negotiation nobody else changes."""
        return self._read(self._row(negotiation, lock=True))

    def listed(self, *states: NegotiationState) -> tuple[Negotiation, ...]:
        """The negotiations in these states, the newest first."""
        query = select(NegotiationRow).order_by(NegotiationRow.id.desc())
        if states:
            query = query.where(NegotiationRow.state.in_([state.value for state in states]))
        return self._many(query)

    def of_case(self, case: CaseId) -> tuple[Negotiation, ...]:
        """The negotiations of a case, the oldest first."""
        query = select(NegotiationRow).where(NegotiationRow.case_id == case_number(case))
        return self._many(query.order_by(NegotiationRow.id))

    def _keep_rounds(self, negotiation: Negotiation) -> None:
        key = negotiation_number(negotiation.id)
        kept = {row.number: row for row in self._rounds(key)}
        for one in negotiation.rounds:
            row = kept.get(one.number)
            if row is None:
                row = NegotiationRoundRow(negotiation_id=key, number=one.number, offer=one.offer)
                self.transaction.session.add(row)
            elif row.state == one.state.value:
                continue
            row.state, row.answer, row.quote = one.state.value, one.answer, one.quote
            row.inquiry_id = None if one.inquiry is None else inquiry_number(one.inquiry)
            row.changed_at = self.transaction.now
        self.transaction.session.flush()

    def _many(self, query: Select[NegotiationRow]) -> tuple[Negotiation, ...]:
        found = self.transaction.session.scalars(query.execution_options(populate_existing=True)).all()
        return tuple(self._read(row) for row in found)

    def _rounds(self, key: int) -> Sequence[NegotiationRoundRow]:
        query = select(NegotiationRoundRow).where(NegotiationRoundRow.negotiation_id == key)
        ordered = query.order_by(NegotiationRoundRow.number).execution_options(populate_existing=True)
        return self.transaction.session.scalars(ordered).all()

    def _row(self, negotiation: NegotiationId, *, lock: bool = False) -> NegotiationRow:
        wanted = NegotiationRow.id == negotiation_number(negotiation)
        return self.transaction.one(NegotiationRow, wanted, what=f"negotiation {negotiation!r}", lock=lock)

    def _read(self, row: NegotiationRow) -> Negotiation:
        return Negotiation(
            id=negotiation_id(row.id),
            mandate=from_json(Mandate, row.mandate),
            state=NegotiationState(row.state),
            proposed_by=UserName(row.proposed_by),
            created_at=row.created_at,
            rounds=tuple(map(_round, self._rounds(row.id))),
            price=row.price,
            note=row.note,
        )

    def _note(self, negotiation: Negotiation) -> None:
        """The audit says which mandate by its hash: its ceiling is not told in passing."""
        mandate = negotiation.mandate
        last = negotiation.rounds[-1] if negotiation.rounds else None
        facts = {
            "supplier": mandate.supplier,
            "case": mandate.case,
            "mandate": mandate_hash(mandate),
            "round": last.number if last else 0,
            "offer": last.offer if last else None,
            "answer": last.answer if last else None,
            "price": negotiation.price,
            "note": negotiation.note,
        }
        event = f"negotiation_{negotiation.state.value.replace(' ', '_')}"
        self.transaction.note(scope=f"negotiation:{negotiation.id}", event=event, subject=negotiation.id, facts=facts)


def _round(row: NegotiationRoundRow) -> Round:
    return Round(
        number=row.number,
        offer=row.offer,
        state=RoundState(row.state),
        answer=row.answer,
        quote=row.quote,
        inquiry=None if row.inquiry_id is None else inquiry_id(row.inquiry_id),
    )
