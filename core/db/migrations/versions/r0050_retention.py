"""Messages, sessions, answers and traces are kept for a time only; the words go, hashes and what was read stay."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"
_FORGETFUL = ("mails", "letters", "inbound_events")
_LOST = Lost(columns={f"{table}.forgotten_at": "NULL" for table in _FORGETFUL})


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute((_FUNCTIONS / "0050_retention.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Run those that take them back."""
    step_down(revision, _LOST, "0050_retention_down.sql")
