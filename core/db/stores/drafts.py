"""Letters and drafts of orders: each letter kept once, each version of a draft kept for ever."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy import Sequence as NumberSequence
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.locks import lock_key
from core.db.rows import (
    CustomerRow,
    DraftLetterRow,
    DraftVersionRow,
    LetterReadingRow,
    LetterRow,
    OrderDraftRow,
    SalesOrderRow,
)
from core.db.stores.retention import refuse_forgotten
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import CustomerCode
from core.domain.intake.drafts import OPEN_STATES, DraftId, DraftOrder, DraftState
from core.domain.intake.letters import Letter
from core.domain.intake.readings import ReadLetter
from core.domain.intake.transcripts import ReadBy

_PREFIX = "DRAFT-"
_IDS = NumberSequence("order_drafts_id_seq")


@dataclass(frozen=True, slots=True)
class SqlDraftStore:
    """The letters and drafts of this transaction."""

    transaction: Transaction

    def keep_letter(self, content_hash: str, letter: Letter) -> bool:
        """Keep what was received; False when it is there already."""
        values = {
            "content_hash": content_hash,
            "sender": letter.sender,
            "subject": letter.subject,
            "message_id": letter.message_id,
            "letter": to_json(Letter, letter),
            "kept_by": self.transaction.actor,
            "kept_at": self.transaction.now,
        }
        kept = insert(LetterRow).values(values).on_conflict_do_nothing().returning(LetterRow.content_hash)
        new = self.transaction.session.scalars(kept).one_or_none() is not None
        if new:
            self._note(f"letter:{content_hash}", "letter_kept", content_hash, {"documents": len(letter.documents)})
        return new

    def letter(self, content_hash: str) -> Letter:
        """What was received; NotFoundError where its words are forgotten."""
        what = f"letter {content_hash!r}"
        row = self.transaction.one(LetterRow, LetterRow.content_hash == content_hash, what=what)
        refuse_forgotten(row.forgotten_at, what=what)
        return from_json(Letter, row.letter)

    def keep_reading(self, content_hash: str, reading: ReadLetter) -> None:
        """Keep how a letter was read; the first of each kind stays."""
        values = {
            "content_hash": content_hash,
            "read_by": reading.transcript.by.value,
            "reading": to_json(ReadLetter, reading),
            "kept_at": self.transaction.now,
        }
        added = insert(LetterReadingRow).values(values).on_conflict_do_nothing().returning(LetterReadingRow.read_by)
        if self.transaction.session.scalars(added).one_or_none() is not None:
            facts = {"by": values["read_by"], "lines": len(reading.lines)}
            self._note(f"letter:{content_hash}", "letter_read", content_hash, facts)

    def reading(self, content_hash: str, by: ReadBy) -> ReadLetter | None:
        """How a letter was read."""
        row = LetterReadingRow
        query = select(row.reading).where(row.content_hash == content_hash, row.read_by == by.value)
        found = self.transaction.session.scalars(query).one_or_none()
        return None if found is None else from_json(ReadLetter, found)

    def new_id(self) -> DraftId:
        """An id no draft has."""
        return DraftId(f"{_PREFIX}{self.transaction.session.scalars(select(func.next_value(_IDS))).one()}")

    def add(self, draft: DraftOrder) -> None:
        """A new draft with its letters."""
        session, now = self.transaction.session, self.transaction.now
        row = OrderDraftRow(id=_number(draft.id), created_at=now, changed_at=now)
        self._write(row, draft)
        session.add(row)
        session.flush()
        self._keep_version(draft)
        for letter in draft.letters:
            session.add(DraftLetterRow(content_hash=letter, draft_id=row.id))
        session.flush()

    def save(self, draft: DraftOrder, *, version: int, letter: str | None = None) -> DraftOrder:
        """The draft one version on."""
        row = self._row(draft.id, lock=True)
        if row.version != version:
            raise ConflictError(f"{draft.id} is at version {row.version}, not {version}; read it again")
        letters = (*draft.letters, letter) if letter else draft.letters
        after = replace(draft, version=version + 1, letters=letters)
        self._write(row, after)
        row.changed_at = self.transaction.now
        self.transaction.session.flush()
        self._keep_version(after)
        if letter:
            self.transaction.session.add(DraftLetterRow(content_hash=letter, draft_id=row.id))
            self.transaction.session.flush()
        return after

    def get(self, draft: DraftId) -> DraftOrder:
        """A draft."""
        return from_json(DraftOrder, self._row(draft).draft)

    def lock(self, draft: DraftId) -> DraftOrder:
        """A draft nobody else changes."""
        return from_json(DraftOrder, self._row(draft, lock=True).draft)

    def listed(self, *states: DraftState) -> tuple[DraftOrder, ...]:
        """The drafts in these states, the newest first."""
        query = select(OrderDraftRow.draft).order_by(OrderDraftRow.id.desc())
        if states:
            query = query.where(OrderDraftRow.state.in_([state.value for state in states]))
        return self._drafts(query)

    def of_letter(self, content_hash: str) -> DraftId | None:
        """The draft a letter went into."""
        query = select(DraftLetterRow.draft_id).where(DraftLetterRow.content_hash == content_hash)
        found = self.transaction.session.scalars(query).one_or_none()
        return None if found is None else DraftId(f"{_PREFIX}{found}")

    def of_message(self, message_id: str) -> DraftId | None:
        """The draft of the letter with this message id, the newest if several say they have it."""
        if not message_id:
            return None
        query = (
            select(DraftLetterRow.draft_id)
            .join(LetterRow, LetterRow.content_hash == DraftLetterRow.content_hash)
            .where(LetterRow.message_id == message_id)
            .order_by(DraftLetterRow.draft_id.desc())
        )
        found = self.transaction.session.scalars(query).first()
        return None if found is None else DraftId(f"{_PREFIX}{found}")

    def open_of(self, customer: CustomerCode) -> tuple[DraftOrder, ...]:
        """The open drafts of a customer, the oldest first."""
        self.transaction.session.execute(select(func.pg_advisory_xact_lock(lock_key(f"drafts-of:{customer}"))))
        states = sorted(state.value for state in OPEN_STATES)
        query = (
            select(OrderDraftRow.draft)
            .join(CustomerRow, CustomerRow.id == OrderDraftRow.customer_id)
            .where(CustomerRow.code == customer, OrderDraftRow.state.in_(states))
        )
        return self._drafts(query.order_by(OrderDraftRow.id))

    def _drafts(self, query: Select[dict[str, Any]]) -> tuple[DraftOrder, ...]:
        return tuple(from_json(DraftOrder, found) for found in self.transaction.session.scalars(query))

    def _write(self, row: OrderDraftRow, draft: DraftOrder) -> None:
        transaction, customer, order = self.transaction, None, None
        if draft.customer_code is not None:
            what = f"customer {draft.customer_code!r}"
            customer = transaction.key(CustomerRow.id, CustomerRow.code, draft.customer_code, what=what)
        if draft.order is not None:
            what = f"sales order {draft.order!r}"
            order = transaction.one(SalesOrderRow, SalesOrderRow.number == draft.order, what=what).id
        row.customer_id, row.order_id = customer, order
        row.state, row.version, row.draft = draft.state.value, draft.version, to_json(DraftOrder, draft)

    def _keep_version(self, draft: DraftOrder) -> None:
        kept = DraftVersionRow(
            draft_id=_number(draft.id),
            version=draft.version,
            draft=to_json(DraftOrder, draft),
            changed_by=self.transaction.actor,
            changed_at=self.transaction.now,
        )
        self.transaction.session.add(kept)
        self.transaction.session.flush()
        facts = {
            "state": draft.state.value,
            "version": draft.version,
            "level": draft.level.value,
            "customer": draft.customer.value,
            "customer_po": draft.customer_po.value,
            "lines": len(draft.lines),
            "order": draft.order,
        }
        self._note(f"draft:{draft.id}", f"draft_{draft.state.value}", draft.id, facts)

    def _row(self, draft: DraftId, *, lock: bool = False) -> OrderDraftRow:
        return self.transaction.one(
            OrderDraftRow, OrderDraftRow.id == _number(draft), what=f"draft {draft!r}", lock=lock
        )

    def _note(self, scope: str, event: str, subject: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=scope, event=event, subject=subject, facts=facts)


def _number(draft: str) -> int:
    """The row key behind a draft's id."""
    digits = draft.removeprefix(_PREFIX)
    if digits == draft or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise NotFoundError(f"there is no draft {draft!r}; ids of drafts look like 'DRAFT-3'")
    return int(digits)
