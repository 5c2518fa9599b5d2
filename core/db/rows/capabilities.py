"""Rows of what models' servers honour."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Row


class CapabilityRow(Row):
    """What one server was found to honour with one model, when it was last probed."""

    __tablename__ = "capabilities"

    server: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    found: Mapped[dict[str, Any]] = mapped_column(JSONB)
    probed_by: Mapped[str]
    probed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
