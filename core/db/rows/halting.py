"""Rows of halts: when everything was stopped, why and by whom, and who let it go on."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class HaltRow(Row):
    """One halt; open until it is resumed, and only one is open at a time."""

    __tablename__ = "halts"
    __table_args__ = (
        CheckConstraint("(resumed_by IS NULL) = (resumed_at IS NULL)", name="resumed_whole"),
        Index(
            "uq_halts_open",
            "resumed_at",
            unique=True,
            postgresql_where="resumed_at IS NULL",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[Key]
    reason: Mapped[str]
    halted_by: Mapped[str] = mapped_column(ForeignKey("users.name"))
    halted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    resumed_by: Mapped[str | None] = mapped_column(ForeignKey("users.name"))
    resumed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    comment: Mapped[str]
