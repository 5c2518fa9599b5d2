"""Shipments, picking, packing, tracking, proof of delivery."""

from pathlib import Path

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0013_fulfilment.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Forward only: an older program is restored together with its backup."""
    raise NotImplementedError("revision 0013 is not taken back; restore the backup made before it")
