"""Letters to suppliers, their approvals, and what comes back."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0038_inquiries.sql"
_LOST = Lost(
    tables=(
        "inquiries",
        "inquiry_letters",
        "inquiry_replies",
    ),
    columns={
        "proposals.inquiry_id": "NULL",
    },
    rows={
        "proposals of letters, with their approvals": "FROM proposals WHERE inquiry_id IS NOT NULL",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0038_inquiries_down.sql")
