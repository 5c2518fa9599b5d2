"""Rows of commands that were carried out, so that the same command again has the same answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Row


class CommandRow(Row):
    """One command by its idempotency key: what was asked, as a hash, and what was answered."""

    __tablename__ = "commands"

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    request_hash: Mapped[str]
    result: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    actor: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
