"""Rows of the agents' runs: runs, model calls, spans."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class RunRow(Row):
    """One run of a graph; only its end is written later."""

    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (outcome = '')", name="outcome_at_the_end"),
        CheckConstraint("graph <> '' AND subject <> ''", name="of_something"),
        CheckConstraint("deadline > started_at AND most_calls >= 0", name="limits_possible"),
        Index("uq_runs_under_way", "graph", "subject", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_runs_subject", "subject"),
    )

    id: Mapped[Key]
    graph: Mapped[str]
    subject: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    deadline: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    most_calls: Mapped[int] = mapped_column(Integer)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    outcome: Mapped[str]


class ModelCallRow(Row):
    """One question to a model and what it cost; append-only."""

    __tablename__ = "model_calls"
    __table_args__ = (
        CheckConstraint(
            "LEAST(prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, micros, milliseconds) >= 0",
            name="counts_possible",
        ),
        Index("ix_model_calls_run_id", "run_id"),
        Index("ix_model_calls_at", "at"),
    )

    id: Mapped[Key]
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    purpose: Mapped[str]
    verb: Mapped[str]
    model: Mapped[str]
    prompt_hash: Mapped[str]
    prompt_tokens: Mapped[int]
    cached_tokens: Mapped[int]
    completion_tokens: Mapped[int]
    reasoning_tokens: Mapped[int]
    micros: Mapped[int | None]
    milliseconds: Mapped[int]
    failure: Mapped[str]
    fields: Mapped[list[Any]] = mapped_column(JSONB)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SpanRow(Row):
    """One step of a run; append-only."""

    __tablename__ = "spans"
    __table_args__ = (
        CheckConstraint("number >= 1 AND parent >= 0 AND parent < number", name="numbers_in_order"),
        CheckConstraint("ended_at >= started_at", name="times_in_order"),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    parent: Mapped[int] = mapped_column(Integer)
    name: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    status: Mapped[str]
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB)
