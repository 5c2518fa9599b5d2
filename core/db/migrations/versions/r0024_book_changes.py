"""What changed in the tables that planning reads, noted for those who follow."""

from pathlib import Path

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0024_book_changes.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Forward only: an older program is restored together with its backup."""
    raise NotImplementedError("revision 0024 is not taken back; restore the backup made before it")
