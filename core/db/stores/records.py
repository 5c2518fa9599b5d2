"""The effect ledger, the outbox and the audit trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.jobs.store import defer
from core.db.locks import lock_key
from core.db.rows import EffectRow, OutboxRow
from core.db.stores import order_facts
from core.db.transaction import Transaction
from core.domain.errors import ConflictError
from core.domain.ids import ApprovalId, UserName
from core.domain.jobs import Deferral, JobName
from core.domain.options import Verification
from core.domain.proposals import Effect, MessageKind, MessageState, OutboxMessage

CLAIM_LASTS = timedelta(minutes=2)
# Whoever puts a message into the outbox wants it sent: nobody has to remember to ask for that.
_SOON = Deferral(name=JobName.OUTBOX_DELIVER, once=JobName.OUTBOX_DELIVER, priority=10)


@dataclass(frozen=True, slots=True)
class SqlEffectStore:
    """One row an executed approval: its primary key is what makes an effect happen once."""

    transaction: Transaction

    def add(self, effect: Effect) -> bool:
        """Claim the effect; False when the approval was executed before."""
        statement = insert(EffectRow).values(
            approval_id=effect.approval,
            executed_hash=effect.executed_hash,
            executed_by=effect.executed_by,
            executed_at=effect.executed_at,
            result=list(effect.result),
        )
        added = self.transaction.session.execute(
            statement.on_conflict_do_nothing().returning(EffectRow.approval_id)
        ).one_or_none()
        if added is not None:
            self._note("executed", effect.approval, {"hash": effect.executed_hash, "result": list(effect.result)})
        return added is not None

    def get(self, approval: ApprovalId) -> Effect | None:
        """What was done under an approval, None when it was not executed."""
        query = select(EffectRow).where(EffectRow.approval_id == approval)
        row = self.transaction.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        return None if row is None else _effect(row)

    def executed(self, since: datetime, until: datetime) -> tuple[Effect, ...]:
        """What was done since a moment and before another, in that order."""
        query = (
            select(EffectRow)
            .where(EffectRow.executed_at >= since, EffectRow.executed_at < until)
            .order_by(EffectRow.executed_at, EffectRow.approval_id)
        )
        return tuple(map(_effect, self.transaction.session.scalars(query.execution_options(populate_existing=True))))

    def verified(self, approval: ApprovalId, verification: Verification) -> None:
        """Keep predicted and realised side by side."""
        self.transaction.session.execute(
            update(EffectRow)
            .where(EffectRow.approval_id == approval)
            .values(verification=to_json(Verification, verification))
        )
        facts = {"verified": verification.verified, "differences": list(verification.differences)}
        self._note("verified" if verification.verified else "not_as_predicted", approval, facts)

    def undone(self, approval: ApprovalId, *, by: UserName) -> bool:
        """Mark the effect as taken back; False when it was already."""
        marked = self.transaction.session.execute(
            update(EffectRow)
            .where(EffectRow.approval_id == approval, EffectRow.undone_at.is_(None))
            .values(undone_at=self.transaction.now, undone_by=by)
            .returning(EffectRow.approval_id)
        ).one_or_none()
        if marked is not None:
            self._note("undone", approval, {"by": by})
        return marked is not None

    def _note(self, event: str, approval: ApprovalId, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"approval:{approval}", event=event, subject=approval, facts=facts)


@dataclass(frozen=True, slots=True)
class SqlOutboxStore:
    """Messages to partners, written with the change they tell of."""

    transaction: Transaction

    def add(self, message: OutboxMessage) -> None:
        """Put a message in the outbox; its key must be new."""
        self.transaction.session.add(
            OutboxRow(
                key=message.key,
                partner=message.partner,
                kind=message.kind.value,
                payload=dict(message.payload),
                approval_id=message.approval,
                state=message.state.value,
                attempts=0,
                created_at=self.transaction.now,
                changed_at=self.transaction.now,
            )
        )
        self.transaction.session.flush()
        defer(self.transaction, _SOON)
        self._note("message_queued", message.key, order_facts.queued(message))

    def offer(self, message: OutboxMessage) -> bool:
        """Put a message in the outbox unless one of its key was there before, whatever became of it."""
        known = select(OutboxRow.id).where(OutboxRow.key == message.key)
        lock = select(func.pg_advisory_xact_lock(lock_key(f"outbox:{message.key}")))
        self.transaction.session.execute(lock)
        if self.transaction.session.scalars(known).one_or_none() is not None:
            return False
        self.add(message)
        return True

    def claim(self, *, limit: int, besides: Sequence[str] = ()) -> tuple[OutboxMessage, ...]:
        """Take messages to partners to send, oldest first, skipping those another worker holds. A message claimed so
        long ago that its worker must have died is given out again with its attempts: the caller must know that it may
        have arrived. Notices to channels are claimed on their own."""
        return self._claim(OutboxRow.kind != MessageKind.NOTICE.value, limit=limit, besides=besides)

    def claim_notice(self, *, channels: Sequence[str], besides: Sequence[str] = ()) -> OutboxMessage | None:
        """Take the oldest notice to one of these channels, in the same way."""
        ours = and_(OutboxRow.kind == MessageKind.NOTICE.value, OutboxRow.partner.in_(channels))
        return next(iter(self._claim(ours, limit=1, besides=besides)), None)

    def _claim(self, which: ColumnElement[bool], *, limit: int, besides: Sequence[str]) -> tuple[OutboxMessage, ...]:
        forgotten = and_(
            OutboxRow.state == MessageState.CLAIMED.value, OutboxRow.changed_at < self.transaction.now - CLAIM_LASTS
        )
        due = (
            select(OutboxRow)
            .where(which, or_(OutboxRow.state == MessageState.NEW.value, forgotten), OutboxRow.key.not_in(besides))
            .order_by(OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
        rows = self.transaction.session.scalars(due).all()
        claimed = tuple(_message(row) for row in rows)
        for row in rows:
            row.state, row.attempts, row.changed_at = MessageState.CLAIMED.value, row.attempts + 1, self.transaction.now
        self.transaction.session.flush()
        return claimed

    def settle(self, message: OutboxMessage) -> None:
        """Store what became of a claimed message; nothing when the claim was lost to another worker meanwhile."""
        settled = self.transaction.session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.key == message.key,
                OutboxRow.state == MessageState.CLAIMED.value,
                OutboxRow.attempts == message.attempts + 1,
            )
            .values(
                state=message.state.value,
                answer=dict(message.answer) if message.answer else None,
                changed_at=self.transaction.now,
            )
            .returning(OutboxRow.id)
        ).one_or_none()
        if settled is not None:
            self._note(f"message_{message.state.value}", message.key, {"answer": message.answer})

    def of_approval(self, approval: ApprovalId) -> tuple[OutboxMessage, ...]:
        """The messages an approval caused, oldest first."""
        query = select(OutboxRow).where(OutboxRow.approval_id == approval).order_by(OutboxRow.id)
        rows = self.transaction.session.scalars(query.execution_options(populate_existing=True))
        return tuple(_message(row) for row in rows)

    def unsent(self) -> int:
        """How many messages wait, or may be leaving."""
        states = (MessageState.NEW.value, MessageState.CLAIMED.value)
        counting = select(func.count()).select_from(OutboxRow).where(OutboxRow.state.in_(states))
        return self.transaction.session.scalars(counting).one()

    def withdraw(self, key: str) -> bool:
        """Stop a message. True when the partner has nothing of it; False when it has, or may have, or when there is no
        such message. ConflictError while it is being sent."""
        query = select(OutboxRow).where(OutboxRow.key == key).with_for_update()
        row = self.transaction.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        if row is None:
            return False
        if row.state == MessageState.CLAIMED.value:
            raise ConflictError(f"message {key!r} is being sent; try again in a moment", key=key)
        if row.state == MessageState.NEW.value:
            row.state, row.changed_at = MessageState.WITHDRAWN.value, self.transaction.now
            self._note("message_withdrawn", key, {"attempts": row.attempts})
            return row.attempts == 0
        return row.state in {MessageState.REFUSED.value, MessageState.WITHDRAWN.value}

    def _note(self, event: str, subject: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"outbox:{subject}", event=event, subject=subject, facts=facts)


def _message(row: OutboxRow) -> OutboxMessage:
    return OutboxMessage(
        key=row.key,
        partner=row.partner,
        kind=MessageKind(row.kind),
        payload=row.payload,
        approval=ApprovalId(row.approval_id) if row.approval_id else None,
        state=MessageState(row.state),
        attempts=row.attempts,
        answer=row.answer,
    )


def _effect(row: EffectRow) -> Effect:
    return Effect(
        approval=ApprovalId(row.approval_id),
        executed_hash=row.executed_hash,
        executed_by=UserName(row.executed_by),
        executed_at=row.executed_at,
        result=tuple(row.result),
        verification=from_json(Verification, row.verification) if row.verification else None,
        undone_at=row.undone_at,
        undone_by=UserName(row.undone_by) if row.undone_by else None,
    )
