"""Rows of sales, purchase, work and transfer orders and of the history of promises."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Amount, Key, Price, Row

_STATE_KNOWN = "state IN ('draft', 'open', 'received', 'cancelled')"
_LIFE_KNOWN = (
    "state IN ('draft', 'validated', 'on hold', 'confirmed', 'allocated', 'released', 'picked', 'packed', 'shipped',"
    " 'delivered', 'invoiced', 'closed', 'cancelled')"
)
_CHANNEL_KNOWN = (
    "channel IN ('portal', 'edi', 'email', 'phone', 'sales_rep', 'storefront', 'marketplace', 'social', 'pos')"
)
_STRATEGY_KNOWN = "strategy IN ('win', 'gain', 'improve', 'redistribute', 'fill', 'lose', 'skip')"


class SalesOrderRow(Row):
    """A sales order; a trigger fills `po_key`, the customer's number as duplicates are looked for."""

    __tablename__ = "sales_orders"
    __table_args__ = (
        CheckConstraint(_LIFE_KNOWN, name="state_known"),
        CheckConstraint(_CHANNEL_KNOWN, name="channel_known"),
        CheckConstraint("kind IN ('order', 'quote')", name="kind_known"),
        CheckConstraint("payment_state IN ('open', 'authorised', 'paid', 'refunded')", name="payment_state_known"),
        CheckConstraint("version > 0 AND minimum_value >= 0", name="values_possible"),
        Index(None, "customer_id", "po_key"),
        Index(None, "entry_sequence"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer_po: Mapped[str]
    channel: Mapped[str]
    order_date: Mapped[date]
    currency: Mapped[str]
    ship_from_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    priority: Mapped[int] = mapped_column(Integer)
    entry_sequence: Mapped[int]
    state: Mapped[str]
    version: Mapped[int]
    kind: Mapped[str]
    po_key: Mapped[str]
    address: Mapped[str | None]
    ship_complete: Mapped[bool]
    allow_partial: Mapped[bool]
    allow_substitution: Mapped[bool]
    minimum_value: Mapped[Amount]
    payment_terms: Mapped[str]
    payment_state: Mapped[str]
    quote_expires_on: Mapped[date | None]
    source: Mapped[str | None]


class SalesOrderLineRow(Row):
    """An order line; `promised` moves with the promise history, `first_promised` never.

    A trigger keeps in `held_from` the state a line on hold was in before.
    """

    __tablename__ = "sales_order_lines"
    __table_args__ = (
        CheckConstraint("ordered > 0 AND shipped >= 0 AND cancelled >= 0", name="quantities_positive"),
        CheckConstraint("shipped + cancelled <= ordered", name="not_more_than_ordered"),
        CheckConstraint(
            "delivered BETWEEN 0 AND shipped AND returned BETWEEN 0 AND shipped AND invoiced BETWEEN 0 AND ordered",
            name="counts_possible",
        ),
        CheckConstraint(_LIFE_KNOWN, name="state_known"),
        CheckConstraint(_STRATEGY_KNOWN, name="strategy_known"),
        CheckConstraint("minimum_shipment > 0", name="minimum_shipment_positive"),
        CheckConstraint("set_rule IN ('ship', 'arrive')", name="set_rule_known"),
        CheckConstraint("(line_set IS NULL) = (set_rule IS NULL)", name="set_with_its_rule"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    ordered: Mapped[int]
    shipped: Mapped[int]
    cancelled: Mapped[int]
    unit_price: Mapped[Price]
    requested: Mapped[date]
    first_promised: Mapped[date | None]
    promised: Mapped[date | None]
    state: Mapped[str]
    held_from: Mapped[str | None]
    latest_acceptable: Mapped[date | None]
    cancel_after: Mapped[date | None]
    line_set: Mapped[str | None]
    set_rule: Mapped[str | None]
    minimum_shipment: Mapped[int]
    strategy: Mapped[str]
    node_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id"))
    delivered: Mapped[int]
    invoiced: Mapped[int]
    returned: Mapped[int]


class PurchaseOrderRow(Row):
    """A purchase order; a trigger keeps `state`, what planning counts, in step with `stage`, its life."""

    __tablename__ = "purchase_orders"
    __table_args__ = (CheckConstraint(_STATE_KNOWN, name="state_known"),)

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"))
    order_date: Mapped[date]
    currency: Mapped[str]
    state: Mapped[str]
    proposal_id: Mapped[str | None]
    stage: Mapped[str]
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class PurchaseOrderLineRow(Row):
    """A purchase order line; `due` is the date counted on, `requested` the one first asked for where it moved.

    `confirmed` is what the supplier agreed to send, which is at most what is still coming. With a sales order line the
    supplier ships to the customer.
    """

    __tablename__ = "purchase_order_lines"
    __table_args__ = (
        CheckConstraint("ordered > 0 AND received >= 0 AND confirmed >= 0", name="quantities_possible"),
        CheckConstraint("(sales_order_id IS NULL) = (sales_line IS NULL)", name="sales_line_whole"),
        ForeignKeyConstraint(
            ["sales_order_id", "sales_line"], ["sales_order_lines.order_id", "sales_order_lines.line"]
        ),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_orders.id"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    ordered: Mapped[int]
    received: Mapped[int]
    unit_price: Mapped[Price]
    due: Mapped[date]
    requested: Mapped[date | None]
    confirmed: Mapped[int | None]
    sales_order_id: Mapped[int | None]
    sales_line: Mapped[int | None] = mapped_column(Integer)


class WorkOrderRow(Row):
    """A work order."""

    __tablename__ = "work_orders"
    __table_args__ = (
        CheckConstraint(_STATE_KNOWN, name="state_known"),
        CheckConstraint("ordered > 0 AND completed >= 0 AND completed <= ordered", name="quantities_possible"),
        CheckConstraint("scrapped >= 0", name="scrap_possible"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    ordered: Mapped[int]
    completed: Mapped[int]
    start: Mapped[date]
    due: Mapped[date]
    components_issued: Mapped[bool]
    state: Mapped[str]
    stage: Mapped[str]
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    scrapped: Mapped[int] = mapped_column(server_default=text("0"))
    released_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class TransferOrderRow(Row):
    """A transfer order; until it ships its units are reserved at the origin."""

    __tablename__ = "transfer_orders"
    __table_args__ = (
        CheckConstraint(_STATE_KNOWN, name="state_known"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("received >= 0 AND lost >= 0 AND received + lost <= quantity", name="arrivals_possible"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    origin_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    destination_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    quantity: Mapped[int]
    ship_on: Mapped[date]
    due: Mapped[date]
    shipped: Mapped[bool]
    state: Mapped[str]
    proposal_id: Mapped[str | None]
    stage: Mapped[str]
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    received: Mapped[int] = mapped_column(server_default=text("0"))
    lost: Mapped[int] = mapped_column(server_default=text("0"))
