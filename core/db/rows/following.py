"""Rows of what changed in the tables that planning reads."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class BookChangeRow(Row):
    """One statement that changed rows, written by triggers: the keys of orders or items, none where there are many."""

    __tablename__ = "book_changes"
    __table_args__ = (
        Index("ix_book_changes_transaction", "transaction"),
        Index("ix_book_changes_marks", "recorded_at", postgresql_where="source = 'mark'"),
    )

    id: Mapped[Key]
    transaction: Mapped[int] = mapped_column(server_default=text("pg_current_xact_id()::text::bigint"))
    source: Mapped[str]
    keys: Mapped[list[int] | None] = mapped_column(ARRAY(BigInteger))
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("clock_timestamp()"))
