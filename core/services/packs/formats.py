"""The files of a company pack and their columns, as docs/company-pack.md describes them."""

from dataclasses import dataclass

SETTINGS_FILE = "pack.toml"
NOT_USED_YET = ("routings", "work_centers", "history")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """One kind of file: the columns it must have, those it may have, and whether a pack must have it."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    needed: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, the required ones first."""
        return self.required + self.optional


FORMATS: dict[str, FileFormat] = {
    "items": FileFormat(
        required=("item", "name"),
        optional=(
            "unit",
            "make",
            "finished_good",
            "standard_cost",
            "list_price",
            "safety_stock",
            "lead_time_days",
        ),
        needed=True,
    ),
    "locations": FileFormat(required=("location",), optional=("site", "name", "may_ship_from"), needed=True),
    "suppliers": FileFormat(required=("supplier", "name"), optional=("approved", "active", "email")),
    "customers": FileFormat(
        required=("customer", "name"),
        optional=("tier", "email", "late_penalty_percent", "ship_complete"),
        needed=True,
    ),
    "stock": FileFormat(required=("item", "location", "on_hand"), optional=("reserved",), needed=True),
    "bom": FileFormat(required=("parent", "component", "quantity_per"), optional=("scrap", "unit")),
    "supplier_items": FileFormat(
        required=("supplier", "item", "lead_time_days", "unit_price"),
        optional=("minimum_order", "multiple", "maximum_order", "priority", "unit"),
    ),
    "lanes": FileFormat(
        required=("origin", "destination", "days"),
        optional=("fixed_cost", "unit_cost"),
    ),
    "sales_orders": FileFormat(
        required=("order", "customer", "order_date"),
        optional=(
            "customer_po",
            "channel",
            "currency",
            "ship_from",
            "priority",
            "entry_sequence",
            "requested_date",
        ),
        needed=True,
    ),
    "sales_order_lines": FileFormat(
        required=("order", "line", "item", "quantity"),
        optional=(
            "unit_price",
            "discount",
            "requested_date",
            "first_promised_date",
            "promised_date",
            "shipped",
            "cancelled",
        ),
        needed=True,
    ),
    "purchase_orders": FileFormat(
        required=("purchase_order", "supplier", "order_date"), optional=("currency", "state")
    ),
    "purchase_order_lines": FileFormat(
        required=("purchase_order", "line", "item", "location", "quantity", "unit_price", "due_date"),
        optional=("received",),
    ),
    "work_orders": FileFormat(
        required=("work_order", "item", "location", "quantity", "start_date", "due_date"),
        optional=("completed", "components_issued", "state"),
    ),
    "transfer_orders": FileFormat(
        required=("transfer_order", "item", "origin", "destination", "quantity", "ship_date", "due_date"),
        optional=("shipped", "state"),
    ),
}
