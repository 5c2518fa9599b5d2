"""Negotiations with suppliers, and the mandates people approve."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0040_negotiations.sql"
_LOST = Lost(
    tables=(
        "negotiations",
        "negotiation_rounds",
    ),
    columns={
        "proposals.negotiation_id": "NULL",
    },
    rows={
        "proposals of negotiations, with their approvals": "FROM proposals WHERE negotiation_id IS NOT NULL",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0040_negotiations_down.sql")
