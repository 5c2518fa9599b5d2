"""Lots, serials, reservations that expire, counts and the functions that reserve in batches."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"
_FILES = ("0010_stock.sql", "0010_stock_writes.sql")


def upgrade() -> None:
    """Run the frozen statements, in two files."""
    for name in _FILES:
        op.execute((_FUNCTIONS / name).read_text(encoding="utf-8"))


def downgrade() -> None:
    """Forward only: an older program is restored together with its backup."""
    raise NotImplementedError("revision 0010 is not taken back; restore the backup made before it")
