"""Lots, serials, reservations that expire, counts and the functions that reserve in batches."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_FUNCTIONS = Path(__file__).parents[2] / "functions"
_FILES = ("0010_stock.sql", "0010_stock_writes.sql")
_LOST = Lost(
    tables=(
        "lots",
        "lot_balances",
        "serials",
        "move_serials",
        "count_sheets",
        "count_lines",
    ),
    columns={
        "stock_balances.blocked": "0",
        "stock_moves.lot_id": "NULL",
        "stock_moves.unit_cost": "NULL",
        "stock_moves.order_id": "NULL",
        "stock_moves.line": "NULL",
        "reservations.taken": "0",
        "reservations.order_id": "NULL",
        "reservations.line": "NULL",
        "reservations.lot_id": "NULL",
        "reservations.expires_at": "NULL",
        "reservations.cause": "''",
    },
    rows={
        "reservations that ran out (they become released)": "FROM reservations WHERE state = 'expired'",
        "reservations of a reference that was used again": """FROM reservations a
            WHERE EXISTS (SELECT FROM reservations b WHERE a.reference = b.reference
                          AND (a.state = 'open', a.id) < (b.state = 'open', b.id))""",
    },
)


def upgrade() -> None:
    """Run the frozen statements, in two files."""
    for name in _FILES:
        op.execute((_FUNCTIONS / name).read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0010_stock_down.sql")
