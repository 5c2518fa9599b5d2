"""Rows of master data: settings, items, places, bills of materials, lanes, customers and suppliers."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.closing import Closing
from core.db.rows.root import Amount, Key, Price, Row, Share


class SettingsRow(Row):
    """The one row of company-wide settings."""

    __tablename__ = "settings"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str]
    as_of: Mapped[date]
    currency: Mapped[str]
    time_zone: Mapped[str]
    default_ship_from: Mapped[str]
    late_penalty_percent: Mapped[Share]
    buffer_days: Mapped[int] = mapped_column(Integer)
    assumptions: Mapped[list[str]] = mapped_column(JSONB)
    content_hash: Mapped[str]


class ItemRow(Closing, Row):
    """An item."""

    __tablename__ = "items"
    __table_args__ = (
        CheckConstraint("lot_control IN ('none', 'lot', 'serial')", name="lot_control_known"),
        CheckConstraint("minimum_lot > 0 AND lot_multiple > 0", name="lots_positive"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    unit: Mapped[str]
    make: Mapped[bool]
    finished_good: Mapped[bool]
    standard_cost: Mapped[Price]
    list_price: Mapped[Price]
    safety_stock: Mapped[int]
    lead_time_days: Mapped[int] = mapped_column(Integer)
    lot_control: Mapped[str]
    shelf_life_days: Mapped[int | None] = mapped_column(Integer)
    minimum_lot: Mapped[int]
    lot_multiple: Mapped[int]
    maximum_lot: Mapped[int | None]
    safety_days: Mapped[int] = mapped_column(Integer)
    planning_fence_days: Mapped[int] = mapped_column(Integer)
    demand_fence_days: Mapped[int] = mapped_column(Integer)
    made_to_order: Mapped[bool]
    phantom: Mapped[bool]
    weight: Mapped[int]
    tariff_code: Mapped[str]
    origin: Mapped[str]


class LocationRow(Closing, Row):
    """A location; `virtual` ones (supplier, customer, production, opening) balance the ledger."""

    __tablename__ = "locations"
    __table_args__ = (CheckConstraint("kind IN ('plant', 'warehouse', 'store', 'third_party')", name="kind_known"),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    site: Mapped[str]
    name: Mapped[str]
    may_ship: Mapped[bool]
    virtual: Mapped[bool]
    kind: Mapped[str]
    calendar: Mapped[str | None] = mapped_column(ForeignKey("calendars.code"))
    cut_off: Mapped[str]
    lines_a_day: Mapped[int | None] = mapped_column(Integer)
    region: Mapped[str]
    country: Mapped[str]
    node_priority: Mapped[int] = mapped_column(Integer)
    pick_up: Mapped[bool]
    takes_returns: Mapped[bool]
    shipment_cost: Mapped[Price]
    line_cost: Mapped[Price]
    handling_cost: Mapped[Price]


class BomComponentRow(Closing, Row):
    """A component of a parent item."""

    __tablename__ = "bom_components"
    __table_args__ = (
        CheckConstraint("parent_id <> component_id", name="not_itself"),
        CheckConstraint("quantity_per > 0", name="quantity_positive"),
    )

    parent_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    component_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    quantity_per: Mapped[Share]
    scrap: Mapped[Share]
    revision: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    operation: Mapped[int | None] = mapped_column(Integer)


class LaneRow(Closing, Row):
    """A transfer lane."""

    __tablename__ = "lanes"

    origin_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    destination_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    days: Mapped[int] = mapped_column(Integer)
    fixed_cost: Mapped[Price]
    unit_cost: Mapped[Price]


class CustomerRow(Closing, Row):
    """A customer."""

    __tablename__ = "customers"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    tier: Mapped[int] = mapped_column(Integer)
    email: Mapped[str]
    late_penalty_percent: Mapped[Share]
    ship_complete: Mapped[bool]
    region: Mapped[str]
    country: Mapped[str]
    allow_partial: Mapped[bool]
    allow_substitution: Mapped[bool]
    shelf_life_days: Mapped[int] = mapped_column(Integer)
    otif_target: Mapped[Share]
    credit_limit: Mapped[Amount | None]
    payment_days: Mapped[int] = mapped_column(Integer)


class SupplierRow(Closing, Row):
    """A supplier."""

    __tablename__ = "suppliers"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    approved: Mapped[bool]
    active: Mapped[bool]
    email: Mapped[str]
    country: Mapped[str]
    reliability: Mapped[Share]
    acknowledges_within_hours: Mapped[int] = mapped_column(Integer)
    drop_ships: Mapped[bool]


class SupplierItemRow(Closing, Row):
    """What a supplier offers for an item."""

    __tablename__ = "supplier_items"
    __table_args__ = (UniqueConstraint("item_id", "supplier_id"),)

    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    lead_time_days: Mapped[int] = mapped_column(Integer)
    unit_price: Mapped[Price]
    minimum_order: Mapped[int]
    multiple: Mapped[int]
    maximum_order: Mapped[int | None]
    priority: Mapped[int] = mapped_column(Integer)
    safety_days: Mapped[int] = mapped_column(Integer)
    weekly_capacity: Mapped[int | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
