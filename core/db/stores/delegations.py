"""Delegations, and the suggestions people take up or dismiss."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.rows import AuditRow, DelegationRow, SuggestionRow
from core.db.transaction import Transaction
from core.domain.delegating import Delegation
from core.domain.errors import ConflictError
from core.domain.ids import ApprovalId, UserName
from core.domain.learning import Suggestion, SuggestionState

COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class SqlDelegationStore:
    """Delegations of this transaction."""

    transaction: Transaction

    def add(self, delegation: Delegation) -> Delegation:
        """Keep one."""
        row = DelegationRow(
            delegator=delegation.delegator,
            delegate=delegation.delegate,
            first=delegation.first,
            last=delegation.last,
            reason=delegation.reason,
            given_by=delegation.given_by,
            given_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()
        facts = {"to": row.delegate, "first": row.first, "last": row.last, "reason": row.reason}
        self._note(row, "delegated", facts)
        return _delegation(row)

    def end(self, number: int) -> bool:
        """End it."""
        row = self._row(number)
        if row.ended_at is not None:
            return False
        row.ended_by, row.ended_at = self.transaction.actor, self.transaction.now
        self.transaction.session.flush()
        self._note(row, "delegation_ended", {"to": row.delegate})
        return True

    def get(self, number: int) -> Delegation:
        """One by its number."""
        return _delegation(self._row(number))

    def holding(self, on: date) -> tuple[Delegation, ...]:
        """Those that hold on a day."""
        row = DelegationRow
        query = select(row).where(row.first <= on, row.last >= on, row.ended_at.is_(None)).order_by(row.id)
        return tuple(_delegation(found) for found in self.transaction.session.scalars(query))

    def listed(self) -> tuple[Delegation, ...]:
        """All, newest first."""
        rows = self.transaction.session.scalars(select(DelegationRow).order_by(DelegationRow.id.desc()))
        return tuple(_delegation(row) for row in rows)

    def _row(self, number: int) -> DelegationRow:
        condition = DelegationRow.id == number
        return self.transaction.one(DelegationRow, condition, what=f"delegation {number}", lock=True)

    def _note(self, row: DelegationRow, event: str, facts: Mapping[str, object]) -> None:
        scope, subject = f"user:{row.delegator}", f"delegation {row.id}"
        self.transaction.note(scope=scope, event=event, subject=subject, facts=facts)


@dataclass(frozen=True, slots=True)
class SqlSuggestionStore:
    """Suggestions of this transaction."""

    transaction: Transaction

    def add(self, suggestion: Suggestion) -> bool:
        """Keep one; False when it is known, whatever became of it."""
        statement = insert(SuggestionRow).values(
            code=suggestion.code,
            kind=suggestion.kind.value,
            content=to_json(Suggestion, suggestion),
            because=suggestion.because,
            state=suggestion.state.value,
            found_at=self.transaction.now,
            comment="",
        )
        added = statement.on_conflict_do_nothing().returning(SuggestionRow.code)
        known = self.transaction.session.scalars(added).one_or_none() is None
        if not known:
            self._note(suggestion.code, "suggested", {"because": suggestion.because})
        return not known

    def get(self, code: str) -> Suggestion:
        """One by its code."""
        return _suggestion(self._row(code))

    def listed(self, state: SuggestionState) -> tuple[Suggestion, ...]:
        """Those in a state, by code."""
        query = select(SuggestionRow).where(SuggestionRow.state == state.value)
        rows = self.transaction.session.scalars(query.order_by(SuggestionRow.code.collate("C")))
        return tuple(_suggestion(row) for row in rows)

    def settle(self, code: str, *, to: SuggestionState, comment: str) -> None:
        """The word of the one who acts."""
        row = SuggestionRow
        settled = self.transaction.session.execute(
            update(row)
            .where(row.code == code, row.state == SuggestionState.OPEN.value)
            .values(state=to.value, settled_by=self.transaction.actor, settled_at=self.transaction.now, comment=comment)
            .returning(row.code)
        )
        if settled.one_or_none() is None:
            raise ConflictError(f"suggestion {code!r} is {self._row(code).state}; it is settled once")
        self._note(code, f"suggestion_{to.value}", {"comment": comment})

    def complain(self, approval: ApprovalId, why: str) -> None:
        """Keep a complaint."""
        self.transaction.note(scope=f"approval:{approval}", event=COMPLAINT, subject=approval, facts={"why": why})

    def complained(self, approval: ApprovalId) -> bool:
        """Whether somebody complained."""
        query = select(AuditRow.sequence).where(AuditRow.scope == f"approval:{approval}", AuditRow.event == COMPLAINT)
        return self.transaction.session.scalars(query.limit(1)).one_or_none() is not None

    def _row(self, code: str) -> SuggestionRow:
        return self.transaction.one(SuggestionRow, SuggestionRow.code == code, what=f"suggestion {code!r}")

    def _note(self, code: str, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"suggestion:{code}", event=event, subject=code, facts=facts)


def _delegation(row: DelegationRow) -> Delegation:
    return Delegation(
        number=row.id,
        delegator=UserName(row.delegator),
        delegate=UserName(row.delegate),
        first=row.first,
        last=row.last,
        reason=row.reason,
        given_by=UserName(row.given_by),
        ended_by=None if row.ended_by is None else UserName(row.ended_by),
    )


def _suggestion(row: SuggestionRow) -> Suggestion:
    kept = from_json(Suggestion, row.content)
    return Suggestion(
        code=kept.code,
        kind=kept.kind,
        rule=kept.rule,
        reluctance=kept.reluctance,
        because=kept.because,
        state=SuggestionState(row.state),
        settled_by=None if row.settled_by is None else UserName(row.settled_by),
    )
