"""Mails as they came."""

import hashlib
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert

from core.db.rows import MailRow
from core.db.stores.retention import refuse_forgotten
from core.db.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SqlMailStore:
    """The mails of this transaction."""

    transaction: Transaction

    def keep(self, raw: bytes, *, message_id: str) -> str | None:
        """Keep a mail; the hash it is known by, None where it was kept before."""
        content_hash = hashlib.sha256(raw).hexdigest()
        statement = insert(MailRow).values(
            content_hash=content_hash,
            message_id=message_id,
            size=len(raw),
            raw=raw,
            kept_at=self.transaction.now,
        )
        kept = self.transaction.session.execute(
            statement.on_conflict_do_nothing().returning(MailRow.content_hash)
        ).scalar_one_or_none()
        if kept is not None:
            facts = {"size": len(raw)}  # who wrote it is in the row, which can be erased; a link of the chain cannot
            self.transaction.note(scope="mails", event="mail_kept", subject=content_hash, facts=facts)
        return kept

    def raw(self, content_hash: str) -> bytes:
        """A mail, byte for byte; NotFoundError where none of this hash was kept, or it is forgotten."""
        what = f"mail {content_hash!r}"
        row = self.transaction.one(MailRow, MailRow.content_hash == content_hash, what=what)
        refuse_forgotten(row.forgotten_at, what=what)
        return row.raw
