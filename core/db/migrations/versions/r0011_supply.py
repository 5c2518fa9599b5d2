"""Acknowledgements, advance ship notices, receipts, operations, issues, planned orders."""

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0011_supply.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Forward only: an older program is restored together with its backup."""
    raise NotImplementedError("revision 0011 is not taken back; restore the backup made before it")
