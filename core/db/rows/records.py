"""Rows of what was done and said: effects, outbox, audit and users."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, Numeric, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class UserRow(Row):
    """Somebody who may act; passwords and tokens are kept only as hashes."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    money_limit: Mapped[Decimal | None] = mapped_column(Numeric(19, 2))
    active: Mapped[bool]
    demo: Mapped[bool]
    password_hash: Mapped[str | None]
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    person: Mapped[str | None] = mapped_column(ForeignKey("users.name"))
    sites: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    customers: Mapped[list[str] | None] = mapped_column(ARRAY(Text))


class EffectRow(Row):
    """The ledger of effects: one row for each approval that was executed, with what it did and what came of it."""

    __tablename__ = "effect_ledger"

    approval_id: Mapped[str] = mapped_column(ForeignKey("approvals.id"), primary_key=True)
    executed_hash: Mapped[str]
    executed_by: Mapped[str]
    executed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    result: Mapped[dict[str, Any]] = mapped_column(JSONB)
    verification: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    undone_by: Mapped[str | None]


class OutboxRow(Row):
    """A message for a partner, written with the change it tells of and sent afterwards under its key."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'claimed', 'sent', 'refused', 'unknown', 'withdrawn')", name="state_known"),
    )

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(unique=True)
    partner: Mapped[str]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    approval_id: Mapped[str | None] = mapped_column(ForeignKey("approvals.id"))
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(Integer)
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class AuditHeadRow(Row):
    """The last link of each chain of audit rows; locked while a link is added."""

    __tablename__ = "audit_heads"

    scope: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    hash: Mapped[str]


class AuditRow(Row):
    """One link: who did what to which thing, chained by hash to the one before in its scope; append-only."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "recorded_at"),)

    scope: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[str]
    event: Mapped[str]
    subject: Mapped[str]
    facts: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    previous: Mapped[str]
    hash: Mapped[str]
