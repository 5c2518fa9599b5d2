"""What a customer asks to have changed; what a work order is built with instead."""

from pathlib import Path

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0019_changes_and_substitutes.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Forward only: an older program is restored together with its backup (ADR 0017)."""
    raise NotImplementedError("revision 0019 is not taken back; restore the backup made before it")
