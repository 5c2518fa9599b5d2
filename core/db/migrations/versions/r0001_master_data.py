"""Master data and users."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.db.migrations.stepping import Lost, tell_losses

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_LOST = Lost(
    tables=(
        "settings",
        "items",
        "locations",
        "bom_components",
        "lanes",
        "customers",
        "suppliers",
        "supplier_items",
        "users",
    )
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("default_ship_from", sa.Text(), nullable=False),
        sa.Column("late_penalty_percent", sa.Numeric(precision=12, scale=6), nullable=False),
        sa.Column("buffer_days", sa.Integer(), nullable=False),
        sa.Column("assumptions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_settings_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
    )
    op.create_table(
        "items",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("make", sa.Boolean(), nullable=False),
        sa.Column("finished_good", sa.Boolean(), nullable=False),
        sa.Column("standard_cost", sa.Numeric(precision=19, scale=4), nullable=False),
        sa.Column("list_price", sa.Numeric(precision=19, scale=4), nullable=False),
        sa.Column("safety_stock", sa.BigInteger(), nullable=False),
        sa.Column("lead_time_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("code", name=op.f("uq_items_code")),
    )
    op.create_table(
        "locations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("may_ship", sa.Boolean(), nullable=False),
        sa.Column("virtual", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locations")),
        sa.UniqueConstraint("code", name=op.f("uq_locations_code")),
    )
    op.create_table(
        "bom_components",
        sa.Column("parent_id", sa.BigInteger(), nullable=False),
        sa.Column("component_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity_per", sa.Numeric(precision=12, scale=6), nullable=False),
        sa.Column("scrap", sa.Numeric(precision=12, scale=6), nullable=False),
        sa.CheckConstraint("parent_id <> component_id", name=op.f("ck_bom_components_not_itself")),
        sa.CheckConstraint("quantity_per > 0", name=op.f("ck_bom_components_quantity_positive")),
        sa.ForeignKeyConstraint(["component_id"], ["items.id"], name=op.f("fk_bom_components_component_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["items.id"], name=op.f("fk_bom_components_parent_id")),
        sa.PrimaryKeyConstraint("parent_id", "component_id", name=op.f("pk_bom_components")),
    )
    op.create_table(
        "lanes",
        sa.Column("origin_id", sa.BigInteger(), nullable=False),
        sa.Column("destination_id", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("fixed_cost", sa.Numeric(precision=19, scale=4), nullable=False),
        sa.Column("unit_cost", sa.Numeric(precision=19, scale=4), nullable=False),
        sa.ForeignKeyConstraint(["destination_id"], ["locations.id"], name=op.f("fk_lanes_destination_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["locations.id"], name=op.f("fk_lanes_origin_id")),
        sa.PrimaryKeyConstraint("origin_id", "destination_id", name=op.f("pk_lanes")),
    )
    op.create_table(
        "customers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("late_penalty_percent", sa.Numeric(precision=12, scale=6), nullable=False),
        sa.Column("ship_complete", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("code", name=op.f("uq_customers_code")),
    )
    op.create_table(
        "suppliers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppliers")),
        sa.UniqueConstraint("code", name=op.f("uq_suppliers_code")),
    )
    op.create_table(
        "supplier_items",
        sa.Column("supplier_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("lead_time_days", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=19, scale=4), nullable=False),
        sa.Column("minimum_order", sa.BigInteger(), nullable=False),
        sa.Column("multiple", sa.BigInteger(), nullable=False),
        sa.Column("maximum_order", sa.BigInteger(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_supplier_items_item_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_supplier_items_supplier_id")),
        sa.PrimaryKeyConstraint("supplier_id", "item_id", name=op.f("pk_supplier_items")),
        sa.UniqueConstraint("item_id", "supplier_id", name=op.f("uq_supplier_items_item_id_supplier_id")),
    )
    op.create_table(
        "users",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("money_limit", sa.Numeric(precision=19, scale=2), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_users")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_users_token_hash")),
    )


def downgrade() -> None:
    """Drop the tables, the last first."""
    tell_losses(revision, _LOST)
    for table in reversed(_LOST.tables):
        op.drop_table(table)
