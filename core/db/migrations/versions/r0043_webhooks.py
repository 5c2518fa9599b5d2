"""Webhooks out and in."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0043"
down_revision = "0047"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"
_LOST = Lost(
    tables=("webhooks", "hook_sources", "webhook_deliveries", "inbound_events"),
    forgotten=("hook_secrets", "webhook_notes", "inbound_versions"),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute((_FUNCTIONS / "0043_webhooks.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Run those that take them back. Secrets go with what they sign, notes with what was to be told."""
    step_down(revision, _LOST, "0043_webhooks_down.sql")
