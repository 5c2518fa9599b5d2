"""Rows of mails as they came, before anybody read them."""

from datetime import datetime

from sqlalchemy import DateTime, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Row


class MailRow(Row):
    """A mail byte for byte, known by the SHA-256 of them; never changed, and empty once it is forgotten."""

    __tablename__ = "mails"
    __table_args__ = (Index(None, "kept_at", postgresql_where=text("forgotten_at IS NULL")),)

    content_hash: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(index=True)
    size: Mapped[int] = mapped_column(Integer)
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    forgotten_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
