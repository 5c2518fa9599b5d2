"""The files of a company pack and their columns, as docs/company-pack.md describes them."""

from dataclasses import dataclass

SETTINGS_FILE = "pack.toml"
NOT_USED_YET = ("history",)
_LANGUAGES = ("en", "de", "es", "fr", "nl")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """One kind of file: the columns it must have, those it may have, and whether a pack must have it. A pack without a
    `wider` one is whole all the same, and nothing is said about it."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    needed: bool = False
    wider: bool = False

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
            "lot_control",
            "shelf_life_days",
            "minimum_lot",
            "lot_multiple",
            "maximum_lot",
            "safety_days",
            "planning_fence_days",
            "demand_fence_days",
            "made_to_order",
            "phantom",
            "weight",
            "tariff_code",
            "origin",
        ),
        needed=True,
    ),
    "locations": FileFormat(
        required=("location",),
        optional=(
            "site",
            "name",
            "may_ship_from",
            "kind",
            "calendar",
            "cut_off",
            "lines_a_day",
            "region",
            "country",
            "node_priority",
            "pick_up",
            "takes_returns",
            "shipment_cost",
            "line_cost",
            "handling_cost",
        ),
        needed=True,
    ),
    "suppliers": FileFormat(
        required=("supplier", "name"),
        optional=("approved", "active", "email", "country", "reliability", "acknowledges_within_hours", "drop_ships"),
    ),
    "customers": FileFormat(
        required=("customer", "name"),
        optional=(
            "tier",
            "email",
            "late_penalty_percent",
            "ship_complete",
            "region",
            "country",
            "allow_partial",
            "allow_substitution",
            "shelf_life_days",
            "otif_target",
            "credit_limit",
            "payment_days",
        ),
        needed=True,
    ),
    "stock": FileFormat(required=("item", "location", "on_hand"), optional=("reserved",), needed=True),
    "bom": FileFormat(
        required=("parent", "component", "quantity_per"),
        optional=("scrap", "unit", "revision", "valid_from", "valid_to", "operation"),
    ),
    "supplier_items": FileFormat(
        required=("supplier", "item", "lead_time_days", "unit_price"),
        optional=(
            "minimum_order",
            "multiple",
            "maximum_order",
            "priority",
            "unit",
            "safety_days",
            "weekly_capacity",
            "valid_from",
            "valid_to",
        ),
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
            "address",
            "ship_complete",
            "allow_partial",
            "allow_substitution",
            "minimum_value",
            "payment_terms",
            "payment_state",
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
            "latest_acceptable",
            "cancel_after",
            "line_set",
            "set_rule",
            "minimum_shipment",
            "strategy",
            "node",
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
    "calendars": FileFormat(required=("calendar", "name"), optional=("holidays",), wider=True),
    "calendar_shifts": FileFormat(required=("calendar", "weekday", "begins", "ends"), wider=True),
    "calendar_exceptions": FileFormat(required=("calendar", "date", "minutes"), optional=("reason",), wider=True),
    "work_centers": FileFormat(
        required=("work_center", "name", "location"),
        optional=("calendar", "stations", "hourly_cost", "overtime_minutes", "overtime_hourly_cost"),
        wider=True,
    ),
    "routings": FileFormat(
        required=("item", "operation", "work_center"),
        optional=("name", "setup_minutes", "unit_minutes", "yield_percent"),
        wider=True,
    ),
    "operation_alternates": FileFormat(
        required=("item", "operation", "work_center"), optional=("priority", "time_factor"), wider=True
    ),
    "downtimes": FileFormat(required=("work_center", "first", "last"), optional=("reason",), wider=True),
    "alternates": FileFormat(
        required=("item", "alternate", "scope"),
        optional=("ratio", "priority", "valid_from", "valid_to", "approval_needed"),
        wider=True,
    ),
    "units": FileFormat(required=("item", "unit", "base_units"), wider=True),
    "customer_items": FileFormat(required=("customer", "number", "item"), wider=True),
    "addresses": FileFormat(
        required=("customer", "address", "name"),
        optional=("street", "city", "postcode", "region", "country"),
        wider=True,
    ),
    "price_breaks": FileFormat(required=("supplier", "item", "minimum", "unit_price"), wider=True),
    "carriers": FileFormat(required=("carrier", "name"), wider=True),
    "freight_rates": FileFormat(
        required=("carrier", "service", "origin", "region", "days", "shipment_cost"),
        optional=("kilogram_cost", "carbon"),
        wider=True,
    ),
    "tariffs": FileFormat(required=("tariff_code", "origin", "destination", "effective", "percent"), wider=True),
    "price_lists": FileFormat(
        required=("price_list", "name", "valid_from"),
        optional=("valid_to", "kind", "currency", "customer", "tier", "region", "priority"),
        wider=True,
    ),
    "price_list_lines": FileFormat(
        required=("price_list", "line", "item", "unit_price", "valid_from"),
        optional=("valid_to", "minimum"),
        wider=True,
    ),
    "discounts": FileFormat(
        required=("discount", "name", "kind", "value", "valid_from"),
        optional=(
            "valid_to",
            "currency",
            "customer",
            "tier",
            "region",
            "item",
            "channel",
            "minimum",
            "combination",
            "sequence",
            "on_contracts",
        ),
        wider=True,
    ),
    "quotas": FileFormat(
        required=("quota", "item", "first", "last", "quantity"),
        optional=("channel", "customer", "region", "borrow", "released_on"),
        wider=True,
    ),
    "lots": FileFormat(
        required=("lot", "item"),
        optional=(
            "status",
            "received_on",
            "expires_on",
            "supplier",
            "supplier_lot",
            "purchase_order",
            "work_order",
            "origin",
            "unit_cost",
        ),
        wider=True,
    ),
    "lot_stock": FileFormat(required=("lot", "location", "on_hand"), wider=True),
    "products": FileFormat(required=("item",), optional=_LANGUAGES, wider=True),
    "product_features": FileFormat(
        required=("item", "feature", "name"),
        optional=(
            "position",
            "required",
            "default",
            "none",
            "least",
            "most",
            "step",
            "unit",
            "price",
            *_LANGUAGES,
        ),
        wider=True,
    ),
    "product_options": FileFormat(
        required=("item", "feature", "option", "name"),
        optional=("position", "price", "lead_days", *_LANGUAGES),
        wider=True,
    ),
    "product_rules": FileFormat(required=("item", "rule", "kind", "then"), optional=("when", "because"), wider=True),
    "product_parts": FileFormat(
        required=("item", "line", "component"),
        optional=("quantity_per", "per_feature", "per", "when", "scrap", "operation"),
        wider=True,
    ),
    "product_steps": FileFormat(
        required=("item", "line", "operation", "work_center"),
        optional=("name", "setup_minutes", "unit_minutes", "yield_percent", "per_feature", "per", "when"),
        wider=True,
    ),
}
