"""Wider case states, tasks with a due date, what detection reads."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0017_cases.sql"
_LOST = Lost(
    tables=(
        "signals",
        "feed_limits",
        "stock_losses",
    ),
    columns={
        "cases.snoozed_until": "NULL",
        "human_tasks.kind": "'question'",
        "human_tasks.role": "NULL",
        "human_tasks.about": "''",
        "human_tasks.due": "NULL",
        "human_tasks.answer": "CASE state WHEN 'done' THEN 'done' ELSE '' END",
        "human_tasks.note": "''",
        "human_tasks.answered_by": "NULL",
        "human_tasks.answered_at": "NULL",
        "human_tasks.proposal_id": "NULL",
    },
    rows={
        "cases that were taken up or put aside (they become open)": "FROM cases WHERE state IN ('triaged', 'snoozed')",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0017_cases_down.sql")
