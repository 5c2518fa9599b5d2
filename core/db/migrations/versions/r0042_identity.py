"""Who is at the doors, and what visitors limited to some sites or customers see."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"
_LOST = Lost(
    tables=("sessions", "api_keys", "identities", "status_links", "api_replies"),
    columns={"users.sites": "NULL", "users.customers": "NULL"},
)


def upgrade() -> None:
    """Run the frozen statements."""
    _run("0042_identity.sql")
    _run("0042_visitors.sql")


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0042_visitors_down.sql", "0042_identity_down.sql")


def _run(name: str) -> None:
    op.execute((_FUNCTIONS / name).read_text(encoding="utf-8"))
