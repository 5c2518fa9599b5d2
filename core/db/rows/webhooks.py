"""Rows of webhooks: subscriptions and deliveries, sources and messages, and what signs both."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class WebhookRow(Row):
    """A subscription; `events` are those of the audit log it is noted for."""

    __tablename__ = "webhooks"
    __table_args__ = (Index(None, "owner"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(ARRAY(Text))
    events: Mapped[list[str]] = mapped_column(ARRAY(Text))
    owner: Mapped[str] = mapped_column(ForeignKey("users.name"))
    sites: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    customers: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    disabled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    disabled_because: Mapped[str]


class HookSourceRow(Row):
    """A partner's program that may tell us things."""

    __tablename__ = "hook_sources"
    __table_args__ = (
        CheckConstraint("kind IN ('supplier', 'carrier', 'warehouse')", name="kind_known"),
        CheckConstraint("style IN ('expediter', 'base64', 'sha256')", name="style_known"),
    )

    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    party: Mapped[str]
    style: Mapped[str]
    acts_as: Mapped[str] = mapped_column(ForeignKey("users.name"))
    created_by: Mapped[str] = mapped_column(ForeignKey("users.name"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    disabled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class HookSecretRow(Row):
    """What a webhook (`out:ID`) or a source (`in:NAME`) signs with, and for a while what it signed with before."""

    __tablename__ = "hook_secrets"
    __table_args__ = (CheckConstraint("(secret_before IS NULL) = (before_until IS NULL)", name="before_whole"),)

    holder: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[str]
    secret_before: Mapped[str | None]
    before_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class WebhookDeliveryRow(Row):
    """One event for one subscription; while a worker is at it, `next_at` is when another may take it over."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event"),
        CheckConstraint("state IN ('waiting', 'delivered', 'dead')", name="state_known"),
        CheckConstraint("(state = 'waiting') = (next_at IS NOT NULL)", name="waits_until"),
        Index(None, "next_at", postgresql_where=text("state = 'waiting'")),
        Index(None, "created_at"),
    )

    id: Mapped[Key]
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id"))
    event: Mapped[str]
    topic: Mapped[str]
    body: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(Integer)
    next_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    status: Mapped[int | None] = mapped_column(Integer)
    said: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    delivered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class WebhookNoteRow(Row):
    """A link of the audit log of which deliveries are to be made; the database's trigger writes it."""

    __tablename__ = "webhook_notes"

    id: Mapped[Key]
    scope: Mapped[str]
    sequence: Mapped[int]


class InboundEventRow(Row):
    """A message as it came, and what became of it."""

    __tablename__ = "inbound_events"
    __table_args__ = (
        UniqueConstraint("source", "event"),
        UniqueConstraint("source", "digest"),
        CheckConstraint("state IN ('stored', 'done', 'quarantined')", name="state_known"),
        CheckConstraint("(state = 'stored') = (next_at IS NOT NULL)", name="waits_until"),
        Index(None, "next_at", postgresql_where=text("state = 'stored'")),
        Index(None, "received_at", postgresql_where=text("forgotten_at IS NULL")),
    )

    id: Mapped[Key]
    source: Mapped[str] = mapped_column(ForeignKey("hook_sources.name"))
    event: Mapped[str]
    digest: Mapped[str]
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    headers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(Integer)
    next_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    code: Mapped[str]
    said: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    forgotten_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class InboundVersionRow(Row):
    """The newest version of something a source told."""

    __tablename__ = "inbound_versions"

    source: Mapped[str] = mapped_column(ForeignKey("hook_sources.name"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
