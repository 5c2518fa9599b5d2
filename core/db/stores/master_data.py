"""Requests for changes of master data, and whether the books are set up so that somebody may agree to them."""

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.rows import MasterDataRequestRow
from core.db.stores.commands import hash_of
from core.db.transaction import Transaction
from core.domain.errors import ConflictError
from core.domain.ids import UserName
from core.domain.master_data import MasterDataKind, MasterDataRequest, RequestState

T = TypeVar("T")
_SET_UP = text("""
SELECT master_data_set_up(9223372036854775807, pg_current_xact_id()::text::bigint, transaction_timestamp())
""")


@dataclass(frozen=True, slots=True)
class SqlMasterDataStore:
    """Requests of this transaction."""

    transaction: Transaction

    def ask(self, *, code: str, kind: MasterDataKind, subject: str, command: object) -> MasterDataRequest:
        """Keep a request."""
        shape: type[Any] = type(command)
        values = {
            "code": code,
            "kind": kind.value,
            "subject": subject,
            "command": shape.__name__,
            "asked": to_json(shape, command),
            "digest": hash_of(command),
            "asked_by": self.transaction.actor,
            "asked_at": self.transaction.now,
            "state": RequestState.PENDING.value,
            "comment": "",
        }
        added = (
            insert(MasterDataRequestRow).values(values).on_conflict_do_nothing().returning(MasterDataRequestRow.code)
        )
        if self.transaction.session.scalars(added).one_or_none() is None:
            raise ConflictError(f"a change of {kind} is asked for as {code!r} already, or waits for {subject!r}")
        self._note(code, "change_asked", {"kind": kind.value, "subject": subject, "digest": values["digest"]})
        return self.get(code)

    def get(self, code: str) -> MasterDataRequest:
        """A request by its code."""
        return _request(self._row(code))

    def asked(self, code: str, shape: type[T]) -> T:
        """What exactly a request asks for."""
        return from_json(shape, self._row(code).asked)

    def pending(self, kind: MasterDataKind, subject: str) -> MasterDataRequest | None:
        """The request that waits."""
        row = MasterDataRequestRow
        query = select(row).where(
            row.kind == kind.value, row.subject == subject, row.state == RequestState.PENDING.value
        )
        found = self.transaction.session.scalars(query).one_or_none()
        return None if found is None else _request(found)

    def decide(self, code: str, *, to: RequestState, comment: str) -> None:
        """Agreed or refused, once."""
        row = self._row(code)
        if row.state != RequestState.PENDING:
            raise ConflictError(f"request {code!r} was {row.state} by {row.decided_by!r}; it is decided once")
        row.state, row.comment = to.value, comment
        row.decided_by, row.decided_at = self.transaction.actor, self.transaction.now
        self._note(code, f"change_{to.value}", {"comment": comment, "digest": row.digest})

    def somebody_may_agree(self) -> bool:
        """Whether the books are set up."""
        return bool(self.transaction.session.scalars(_SET_UP).one())

    def _row(self, code: str) -> MasterDataRequestRow:
        condition = MasterDataRequestRow.code == code
        return self.transaction.one(MasterDataRequestRow, condition, what=f"request {code!r}", lock=True)

    def _note(self, code: str, event: str, facts: dict[str, object]) -> None:
        self.transaction.note(scope=f"request:{code}", event=event, subject=code, facts=facts)


def _request(row: MasterDataRequestRow) -> MasterDataRequest:
    return MasterDataRequest(
        code=row.code,
        kind=MasterDataKind(row.kind),
        subject=row.subject,
        command=row.command,
        digest=row.digest,
        asked_by=UserName(row.asked_by),
        state=RequestState(row.state),
        decided_by=None if row.decided_by is None else UserName(row.decided_by),
    )
