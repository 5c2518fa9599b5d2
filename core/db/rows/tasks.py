"""Rows of the tasks of people."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class HumanTaskRow(Row):
    """Something only a person can settle: asked of a role, due on a day, answered with one word and a note."""

    __tablename__ = "human_tasks"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'done', 'withdrawn')", name="state_known"),
        CheckConstraint(
            "kind IN ('question', 'offer', 'price', 'waiver', 'correction', 'recount', 'credit', 'return', 'change')",
            name="kind_known",
        ),
        CheckConstraint("(state = 'done') = (answer <> '')", name="answered_when_done"),
        Index("ix_human_tasks_due", "due", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    kind: Mapped[str]
    role: Mapped[str | None]
    about: Mapped[str]
    due: Mapped[date | None]
    answer: Mapped[str]
    note: Mapped[str]
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    proposal_id: Mapped[str | None] = mapped_column(ForeignKey("proposals.id"))
