"""Reservations for work orders are gone: components are issued, never reserved."""

from pathlib import Path

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0020_no_production_claims.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Forward only: an older program is restored together with its backup (ADR 0017)."""
    raise NotImplementedError("revision 0020 is not taken back; restore the backup made before it")
