"""Idempotency keys of the HTTP door: claimed before the work, the answer kept after it, each in its own transaction."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import ApiReplyRow
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, IdempotencyConflictError
from core.domain.ids import UserName
from core.ports.identity import GivenReply


@dataclass(frozen=True, slots=True)
class SqlApiReplyStore:
    """What was answered, in this transaction."""

    transaction: Transaction

    def claim(self, owner: UserName, key: str, *, fingerprint: str, lease: timedelta) -> GivenReply | None:
        """The answer that was given under the key, None where it is this caller's turn."""
        now, session = self.transaction.now, self.transaction.session
        values = {"owner": owner, "key": key, "fingerprint": fingerprint, "claimed_at": now}
        taken = insert(ApiReplyRow).values(values).on_conflict_do_nothing().returning(ApiReplyRow.key)
        if session.scalars(taken).one_or_none() is not None:
            return None
        row = self.transaction.one(ApiReplyRow, _of(owner, key), what=f"answer under key {key!r}", lock=True)
        if row.fingerprint != fingerprint:
            raise IdempotencyConflictError(f"key {key!r} was used for another request; send a new one", key=key)
        if row.status is not None:
            return GivenReply(status=row.status, headers={**(row.headers or {})}, body=row.body)
        if now < row.claimed_at + lease:
            raise ConflictError(f"the request with key {key!r} is still being worked on", busy=True)
        row.claimed_at = now
        return None

    def keep(self, owner: UserName, key: str, *, fingerprint: str, reply: GivenReply) -> None:
        """Remember what was answered."""
        answered = update(ApiReplyRow).where(_of(owner, key), ApiReplyRow.fingerprint == fingerprint)
        values = {"status": reply.status, "headers": reply.headers, "body": reply.body}
        self.transaction.session.execute(answered.values(values))

    def release(self, owner: UserName, key: str, *, fingerprint: str) -> None:
        """Nothing was done: the key is free again."""
        self.transaction.session.execute(
            delete(ApiReplyRow).where(
                _of(owner, key), ApiReplyRow.fingerprint == fingerprint, ApiReplyRow.status.is_(None)
            )
        )


def _of(owner: UserName, key: str) -> Any:
    return (ApiReplyRow.owner == owner) & (ApiReplyRow.key == key)
