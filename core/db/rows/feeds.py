"""Rows of feeds: the packs loaded, what they contradict, and what was done here and awaits the ERP."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class FeedRow(Row):
    """One pack that was loaded, whole and compressed as it was read, with what came of it; append-only."""

    __tablename__ = "feeds"

    id: Mapped[Key]
    name: Mapped[str]
    as_of: Mapped[date]
    content_hash: Mapped[str]
    books: Mapped[bytes] = mapped_column(LargeBinary)
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class FeedConflictRow(Row):
    """Where a pack contradicts what was done or promised here; open until a later pack or a person settles it."""

    __tablename__ = "feed_conflicts"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'settled')", name="state_known"),
        Index("uq_feed_conflicts_open", "kind", "subject", unique=True, postgresql_where="state = 'open'"),
    )

    id: Mapped[Key]
    kind: Mapped[str]
    subject: Mapped[str]
    said: Mapped[str]
    held: Mapped[str]
    state: Mapped[str]
    opened_by: Mapped[int] = mapped_column(ForeignKey("feeds.id"))
    opened_on: Mapped[date]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("feeds.id"))


class AwaitedEffectRow(Row):
    """Something done here that the ERP has yet to show; once it does, `theirs` is the ERP's own number for it."""

    __tablename__ = "awaited_effects"
    __table_args__ = (CheckConstraint("state IN ('awaiting', 'matched', 'withdrawn')", name="state_known"),)

    reference: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    proposal_id: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))
    expected: Mapped[str]
    state: Mapped[str]
    theirs: Mapped[str | None]
    since: Mapped[date]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("feeds.id"))
