"""Shipments, picking, packing, tracking, proof of delivery."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0013_fulfilment.sql"
_LOST = Lost(
    tables=(
        "bins",
        "node_days",
        "pick_lists",
        "shipments",
        "sourcing_decisions",
        "delivery_proofs",
        "node_rejections",
        "packages",
        "pick_shortfalls",
        "shipment_lines",
        "tracking_events",
        "packed_lines",
        "shipped_serials",
    ),
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0013_fulfilment_down.sql")
