"""Agents open the case of a change that was asked for."""

from pathlib import Path

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0041_cases_of_changes.sql"


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Forward only: an older program is restored together with its backup (ADR 0017)."""
    raise NotImplementedError("revision 0041 is not taken back; restore the backup made before it")
