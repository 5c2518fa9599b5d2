"""Rows of inquiries: letters to suppliers, every version of them, and what came back."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class InquiryRow(Row):
    """An inquiry as it is now."""

    __tablename__ = "inquiries"
    __table_args__ = (
        CheckConstraint("kind IN ('quote_request', 'counter_offer', 'decline')", name="kind_known"),
        CheckConstraint(
            "state IN ('draft', 'waiting', 'approved', 'sent', 'answered', 'refused', 'unclear', 'unanswered',"
            " 'withdrawn', 'superseded')",
            name="state_known",
        ),
        CheckConstraint("version > 0", name="version_positive"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"))
    kind: Mapped[str]
    state: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    token: Mapped[str] = mapped_column(unique=True)
    inquiry: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class InquiryLetterRow(Row):
    """A letter as it was written at one of its versions, known by its Message-ID; never changed."""

    __tablename__ = "inquiry_letters"

    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiries.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    letter: Mapped[str]
    letter_hash: Mapped[str]
    written_by: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class InquiryReplyRow(Row):
    """A mail from a supplier, how it was read and what people settled; one that answers nothing has no inquiry."""

    __tablename__ = "inquiry_replies"
    __table_args__ = (
        CheckConstraint(
            "state IN ('unclear', 'review', 'used', 'refused', 'late', 'stray', 'superseded', 'dismissed')",
            name="state_known",
        ),
        CheckConstraint("(state = 'stray') <= (inquiry_id IS NULL)", name="stray_has_none"),
    )

    id: Mapped[Key]
    content_hash: Mapped[str] = mapped_column(ForeignKey("mails.content_hash"), unique=True)
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiries.id"), index=True)
    state: Mapped[str]
    reply: Mapped[dict[str, Any]] = mapped_column(JSONB)
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
