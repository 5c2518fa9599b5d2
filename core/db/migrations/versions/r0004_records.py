"""Effects, outbox, tasks, idempotency keys and audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.db.migrations.stepping import Lost, tell_losses

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LOST = Lost(tables=("effect_ledger", "outbox", "human_tasks", "audit_heads", "audit_log"))


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "effect_ledger",
        sa.Column("approval_id", sa.Text(), nullable=False),
        sa.Column("executed_hash", sa.Text(), nullable=False),
        sa.Column("executed_by", sa.Text(), nullable=False),
        sa.Column("executed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("verification", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["approval_id"], ["approvals.id"], name=op.f("fk_effect_ledger_approval_id")),
        sa.PrimaryKeyConstraint("approval_id", name=op.f("pk_effect_ledger")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("approval_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'claimed', 'sent', 'refused', 'unknown', 'withdrawn')", name=op.f("ck_outbox_state_known")
        ),
        sa.ForeignKeyConstraint(["approval_id"], ["approvals.id"], name=op.f("fk_outbox_approval_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_table(
        "human_tasks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_human_tasks")),
        sa.UniqueConstraint("subject", name=op.f("uq_human_tasks_subject")),
    )
    op.create_table(
        "audit_heads",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_audit_heads")),
    )
    op.create_table(
        "audit_log",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "sequence", name=op.f("pk_audit_log")),
    )


def downgrade() -> None:
    """Drop the tables, the last first."""
    tell_losses(revision, _LOST)
    for table in reversed(_LOST.tables):
        op.drop_table(table)
