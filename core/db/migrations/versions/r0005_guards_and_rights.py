"""Guards on history, and what the application and the agents may do with each table."""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_GUARDS = Path(__file__).parents[2] / "functions" / "0005_guards.sql"

_RIGHTS = """
GRANT USAGE ON SCHEMA public TO expediter_app, expediter_agent;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO expediter_app;
REVOKE INSERT ON alembic_version FROM expediter_app;
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO expediter_app;
GRANT EXECUTE ON FUNCTION refuse_rewriting(), guard_approval() TO expediter_app, expediter_agent;
GRANT UPDATE ON settings, items, locations, customers, suppliers, supplier_items, lanes, bom_components, stock_balances,
    reservations, sales_orders, sales_order_lines, purchase_orders, purchase_order_lines, work_orders, transfer_orders,
    cases, case_plans, approvals, effect_ledger, outbox, human_tasks, audit_heads, users
    TO expediter_app;
GRANT SELECT ON settings, items, locations, customers, suppliers, supplier_items, lanes, bom_components, stock_balances,
    stock_moves, reservations, sales_orders, sales_order_lines, promise_records, purchase_orders, purchase_order_lines,
    work_orders, transfer_orders, scans, cases, case_plans, case_options, proposals, approvals, approval_decisions,
    effect_ledger, audit_heads, audit_log, alembic_version TO expediter_agent;
GRANT SELECT (name, role, money_limit, active, demo) ON users TO expediter_agent;
GRANT INSERT ON case_options, case_plans, proposals, approvals, audit_log, audit_heads TO expediter_agent;
GRANT UPDATE ON case_plans, audit_heads TO expediter_agent;
GRANT UPDATE (state, planning_round, deadline) ON cases TO expediter_agent;
"""


def upgrade() -> None:
    """Create the guards and grant the rights."""
    op.execute(_GUARDS.read_text(encoding="utf-8"))
    op.execute(_RIGHTS)


def downgrade() -> None:
    """Take the rights and guards back."""
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM expediter_app, expediter_agent")
    op.execute("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM expediter_app, expediter_agent")
    op.execute("DROP FUNCTION refuse_rewriting() CASCADE")
    op.execute("DROP FUNCTION guard_approval() CASCADE")
