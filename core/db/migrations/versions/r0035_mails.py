"""Mails are kept as they came, before anybody reads them."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0035_mails.sql"
_LOST = Lost(
    tables=("mails",),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0035_mails_down.sql")
