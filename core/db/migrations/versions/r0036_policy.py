"""The policy as versions of data, and what follows from it."""

from pathlib import Path

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0036_policy.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Forward only: an older program is restored together with its backup (ADR 0017)."""
    raise NotImplementedError("revision 0036 is not taken back; restore the backup made before it")
