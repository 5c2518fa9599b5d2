"""Rows of fulfilment: shipments with their lines, packages, tracking and proof, pick lists, and what nodes refused."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Amount, Key, Row

_STATES = "'released', 'picked', 'packed', 'shipped', 'delivered', 'lost', 'cancelled'"
_EVENTS = "'in_transit', 'out_for_delivery', 'late', 'damaged', 'lost', 'delivered', 'refused'"


class BinRow(Row):
    """Where in a location an item lies: the zone, and the bin in it."""

    __tablename__ = "bins"

    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    zone: Mapped[str]
    bin: Mapped[str]


class NodeDayRow(Row):
    """How many order lines of a location's daily capacity are taken on a day."""

    __tablename__ = "node_days"
    __table_args__ = (CheckConstraint("lines >= 0", name="lines_not_negative"),)

    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    on_day: Mapped[date] = mapped_column(primary_key=True)
    lines: Mapped[int] = mapped_column(Integer)


class PickListRow(Row):
    """Shipments of one location picked in one round."""

    __tablename__ = "pick_lists"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ShipmentRow(Row):
    """Goods of one order that leave one location together; a replacement names the shipment it makes good."""

    __tablename__ = "shipments"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state_known"),
        CheckConstraint("method IN ('delivery', 'pick_up')", name="method_known"),
        CheckConstraint("problem IN ('', 'late', 'damaged', 'lost')", name="problem_known"),
        Index(None, "order_id"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    state: Mapped[str]
    method: Mapped[str]
    carrier: Mapped[str | None] = mapped_column(ForeignKey("carriers.code"))
    service: Mapped[str]
    tracking_number: Mapped[str]
    ship_on: Mapped[date]
    expected_on: Mapped[date]
    shipped_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    freight_cost: Mapped[Amount]
    invoice: Mapped[str]
    problem: Mapped[str]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("shipments.id"))
    pick_list_id: Mapped[int | None] = mapped_column(ForeignKey("pick_lists.id"))
    version: Mapped[int] = mapped_column(Integer)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ShipmentLineRow(Row):
    """Units of an order line, of one lot, in a shipment: how many were released and how many were picked."""

    __tablename__ = "shipment_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("picked >= 0 AND picked <= quantity", name="picked_within_released"),
        ForeignKeyConstraint(["order_id", "line"], ["sales_order_lines.order_id", "sales_order_lines.line"]),
        Index(None, "order_id", "line"),
    )

    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int]
    line: Mapped[int] = mapped_column(Integer)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    lot: Mapped[str]
    quantity: Mapped[int]
    picked: Mapped[int]


class ShippedSerialRow(Row):
    """The serial number of a unit in a shipment."""

    __tablename__ = "shipped_serials"
    __table_args__ = (
        ForeignKeyConstraint(["shipment_id", "position"], ["shipment_lines.shipment_id", "shipment_lines.position"]),
        Index(None, "item_id", "serial"),
    )

    shipment_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    serial: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))


class PackageRow(Row):
    """A parcel or pallet of a shipment; weight in grams."""

    __tablename__ = "packages"
    __table_args__ = (CheckConstraint("weight >= 0", name="weight_not_negative"),)

    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"), primary_key=True)
    package: Mapped[int] = mapped_column(Integer, primary_key=True)
    weight: Mapped[int]
    label: Mapped[str]


class PackedLineRow(Row):
    """How many units of a shipment line are in a package."""

    __tablename__ = "packed_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        ForeignKeyConstraint(["shipment_id", "package"], ["packages.shipment_id", "packages.package"]),
        ForeignKeyConstraint(["shipment_id", "position"], ["shipment_lines.shipment_id", "shipment_lines.position"]),
    )

    shipment_id: Mapped[int] = mapped_column(primary_key=True)
    package: Mapped[int] = mapped_column(Integer, primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    quantity: Mapped[int]


class TrackingEventRow(Row):
    """What a carrier reported, once for each of its event numbers; append-only."""

    __tablename__ = "tracking_events"
    __table_args__ = (CheckConstraint(f"kind IN ({_EVENTS})", name="kind_known"),)

    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"), primary_key=True)
    event: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    happened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expected_on: Mapped[date | None]
    place: Mapped[str]
    text: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class DeliveryProofRow(Row):
    """Who took a shipment and when; append-only."""

    __tablename__ = "delivery_proofs"

    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"), primary_key=True)
    signed_by: Mapped[str]
    delivered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    note: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class PickShortfallRow(Row):
    """Units a location released but did not pick, or refused whole; settled when the line is released again."""

    __tablename__ = "pick_shortfalls"
    __table_args__ = (
        CheckConstraint("kind IN ('short', 'rejected')", name="kind_known"),
        CheckConstraint("missing > 0", name="missing_positive"),
        ForeignKeyConstraint(["order_id", "line"], ["sales_order_lines.order_id", "sales_order_lines.line"]),
        Index("ix_pick_shortfalls_open", "order_id", "line", postgresql_where="settled_at IS NULL"),
    )

    id: Mapped[Key]
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"))
    order_id: Mapped[int]
    line: Mapped[int] = mapped_column(Integer)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    kind: Mapped[str]
    missing: Mapped[int]
    reason: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class NodeRejectionRow(Row):
    """A location that refused an order line and is never asked for it again; append-only."""

    __tablename__ = "node_rejections"
    __table_args__ = (
        ForeignKeyConstraint(["order_id", "line"], ["sales_order_lines.order_id", "sales_order_lines.line"]),
    )

    order_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    reason: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SourcingDecisionRow(Row):
    """Which location was chosen to ship, with every location looked at and why; append-only."""

    __tablename__ = "sourcing_decisions"
    __table_args__ = (Index(None, "order_id"),)

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    decision: Mapped[dict[str, Any]] = mapped_column(JSONB)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
