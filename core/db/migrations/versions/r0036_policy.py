"""The policy as versions of data, and what follows from it."""

from pathlib import Path

from alembic import op

from core.db.migrations.stepping import Lost, step_down

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_UP = Path(__file__).parents[2] / "functions" / "0036_policy.sql"
_LOST = Lost(
    tables=(
        "policies WHERE number > 1",
        "autonomy_demotions",
        "rule_decisions",
        "rule_decision_scopes",
        "delegations",
        "suggestions",
    ),
    columns={
        "users.person": "NULL",
        "approvals.by_rule": "''",
        "approval_decisions.reason_code": "''",
        "approval_decisions.on_behalf_of": "NULL",
    },
    rows={
        "requests for another policy": "FROM master_data_requests WHERE kind = 'policy'",
    },
)


def upgrade() -> None:
    """Run the frozen statements."""
    op.execute(_UP.read_text(encoding="utf-8"))


def downgrade() -> None:
    """Take it back, with what older books have no place for."""
    step_down(revision, _LOST, "0036_policy_down.sql")
