"""Who is at the doors, and what visitors limited to some sites or customers see."""

from pathlib import Path

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"


def upgrade() -> None:
    """Run the frozen statements."""
    _run("0042_identity.sql")
    _run("0042_visitors.sql")


def downgrade() -> None:
    """Run those that take them back."""
    _run("0042_visitors_down.sql")
    _run("0042_identity_down.sql")


def _run(name: str) -> None:
    op.execute((_FUNCTIONS / name).read_text(encoding="utf-8"))
