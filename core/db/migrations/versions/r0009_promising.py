"""Promises with reasons and pegs, and quotes that hold supply."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0009_promising.sql"
_LOST = Lost(
    tables=("promise_quotes",),
    columns={
        "promise_records.reason_code": "'stated'",
        "promise_records.schedule": "'[]'",
        "promise_records.constraints": "'[]'",
        "promise_records.pegs": "'[]'",
        "promise_records.commands": "'[]'",
        "promise_records.rule_versions": "'{}'",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0009_promising_down.sql")
