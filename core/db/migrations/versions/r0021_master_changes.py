"""Master data changes only under a declared origin, and each change is recorded."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0021_master_changes.sql"
_LOST = Lost(
    tables=(
        "master_data_requests",
        # What a migration took down, the way up takes down again.
        "master_data_origins WHERE kind <> 'migration'",
        "master_data_changes WHERE operation <> 'baseline'",
    ),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0021_master_changes_down.sql")
