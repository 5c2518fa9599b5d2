"""Rows of order entry from free text: what was received, how it was read, and the drafts it became."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class LetterRow(Row):
    """What was received, once a content; never changed, and without its words once it is forgotten."""

    __tablename__ = "letters"
    __table_args__ = (Index(None, "kept_at", postgresql_where=text("forgotten_at IS NULL")),)

    content_hash: Mapped[str] = mapped_column(primary_key=True)
    sender: Mapped[str]
    subject: Mapped[str]
    message_id: Mapped[str]
    letter: Mapped[dict[str, Any]] = mapped_column(JSONB)
    kept_by: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    forgotten_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class LetterReadingRow(Row):
    """How a letter was read by rules or by a model; never changed."""

    __tablename__ = "letter_readings"
    __table_args__ = (CheckConstraint("read_by IN ('rules', 'model')", name="read_by_known"),)

    content_hash: Mapped[str] = mapped_column(ForeignKey("letters.content_hash"), primary_key=True)
    read_by: Mapped[str] = mapped_column(primary_key=True)
    reading: Mapped[dict[str, Any]] = mapped_column(JSONB)
    kept_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class OrderDraftRow(Row):
    """A draft order as it is now; a confirmed one names the order it became, which no other draft became."""

    __tablename__ = "order_drafts"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'asking', 'ready', 'confirmed', 'rejected', 'duplicate', 'superseded')",
            name="state_known",
        ),
        CheckConstraint("state <> 'confirmed' OR order_id IS NOT NULL", name="confirmed_names_order"),
        CheckConstraint("version > 0", name="version_positive"),
        Index("ix_order_drafts_open", "customer_id", postgresql_where=text("state NOT IN ('confirmed', 'rejected')")),
        Index("uq_order_drafts_confirmed", "order_id", unique=True, postgresql_where=text("state = 'confirmed'")),
    )

    id: Mapped[Key]
    state: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("sales_orders.id"))
    draft: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class DraftVersionRow(Row):
    """A draft as it was at one of its versions, and who made it so; never changed."""

    __tablename__ = "draft_versions"

    draft_id: Mapped[int] = mapped_column(ForeignKey("order_drafts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    draft: Mapped[dict[str, Any]] = mapped_column(JSONB)
    changed_by: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class DraftLetterRow(Row):
    """Which draft a letter went into; a letter goes into one."""

    __tablename__ = "draft_letters"

    content_hash: Mapped[str] = mapped_column(ForeignKey("letters.content_hash"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("order_drafts.id"), index=True)
