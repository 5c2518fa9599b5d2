"""Rows of negotiations with suppliers: the mandate each is held to, and the offers made under it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class NegotiationRow(Row):
    """A negotiation as it is now; its mandate is never changed."""

    __tablename__ = "negotiations"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'agreed', 'walked away', 'withdrawn')", name="state_known"),
        CheckConstraint(
            "opening > 0 AND opening <= ceiling AND largest_step > 0 AND most_rounds BETWEEN 1 AND 10",
            name="within_reason",
        ),
        CheckConstraint(
            "(state = 'agreed') = (price IS NOT NULL) AND COALESCE(price, 0) <= ceiling", name="agreed_below_ceiling"
        ),
        Index(
            "uq_negotiations_one_open",
            "case_id",
            "supplier_id",
            unique=True,
            postgresql_where="state IN ('waiting', 'running')",
        ),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"))
    state: Mapped[str]
    mandate: Mapped[dict[str, Any]] = mapped_column(JSONB)
    opening: Mapped[Decimal] = mapped_column(Numeric)
    ceiling: Mapped[Decimal] = mapped_column(Numeric)
    largest_step: Mapped[Decimal] = mapped_column(Numeric)
    most_rounds: Mapped[int] = mapped_column(Integer)
    price: Mapped[Decimal | None] = mapped_column(Numeric)
    note: Mapped[str]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("users.name"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class NegotiationRoundRow(Row):
    """An offer of ours and what came back."""

    __tablename__ = "negotiation_rounds"
    __table_args__ = (
        CheckConstraint("state IN ('out', 'answered', 'refused', 'unanswered')", name="state_known"),
        CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name="answered"),
    )

    negotiation_id: Mapped[int] = mapped_column(ForeignKey("negotiations.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    offer: Mapped[Decimal] = mapped_column(Numeric)
    state: Mapped[str]
    answer: Mapped[Decimal | None] = mapped_column(Numeric)
    quote: Mapped[str]
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiries.id"))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
