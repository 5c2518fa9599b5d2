"""Writing a company as a pack folder, so that reading it gives the same company."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from core.domain.company import Company, Settings
from core.services.packs.assuming import assumed_of
from core.services.packs.formats import FORMATS, SETTINGS_FILE

Cell: TypeAlias = str | int | bool | Decimal | date | None


def write_pack(folder: Path, company: Company) -> None:
    """Writes every file of the pack; the same company gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS_FILE).write_bytes(_settings(company.settings).encode())
    for kind, rows in {
        **_masters(company),
        **_structure(company),
        **_demand(company),
        **_purchases(company),
        **_works(company),
    }.items():
        (folder / f"{kind}.csv").write_bytes(_table(_COLUMNS[kind], rows).encode())


_LEFT_OUT = {
    "bom": {"unit"},
    "supplier_items": {"unit"},
    "sales_orders": {"requested_date"},
    "sales_order_lines": {"discount"},
}
_COLUMNS = {
    kind: tuple(column for column in shape.columns if column not in _LEFT_OUT.get(kind, ()))
    for kind, shape in FORMATS.items()
}


def _settings(settings: Settings) -> str:
    said = assumed_of(
        as_of=settings.as_of,
        currency=settings.currency,
        time_zone=settings.time_zone,
        buffer_days=settings.buffer_days,
    )
    declared = [sentence for sentence in settings.assumptions if sentence not in said]
    lines = [
        f"name = {_quoted(settings.name)}",
        f"as_of = {settings.as_of}",
        f"currency = {_quoted(settings.currency)}",
        f"time_zone = {_quoted(settings.time_zone)}",
        f"default_ship_from = {_quoted(settings.default_ship_from)}",
        f"default_late_penalty_percent = {settings.default_late_penalty_percent:f}",
        f"buffer_days = {settings.buffer_days}",
        "assumptions = [",
        *(f"    {_quoted(sentence)}," for sentence in declared),
        "]",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _masters(company: Company) -> dict[str, list[tuple[Cell, ...]]]:
    return {
        "items": [
            (
                item.code,
                item.name,
                item.unit,
                item.make,
                item.finished_good,
                item.standard_cost,
                item.list_price,
                item.safety_stock,
                item.lead_time_days,
            )
            for item in company.items
        ],
        "locations": [(place.code, place.site, place.name, place.may_ship) for place in company.locations],
        "suppliers": [(one.code, one.name, one.approved, one.active, one.email) for one in company.suppliers],
        "customers": [
            (one.code, one.name, one.tier, one.email, one.late_penalty_percent, one.ship_complete)
            for one in company.customers
        ],
    }


def _structure(company: Company) -> dict[str, list[tuple[Cell, ...]]]:
    return {
        "stock": [(row.item, row.location, row.on_hand, row.reserved) for row in company.stock],
        "bom": [(row.parent, row.component, row.quantity_per, row.scrap) for row in company.bom],
        "supplier_items": [
            (
                offer.supplier,
                offer.item,
                offer.lead_time_days,
                offer.unit_price,
                offer.minimum_order,
                offer.multiple,
                offer.maximum_order,
                offer.priority,
            )
            for offer in company.supplier_items
        ],
        "lanes": [
            (lane.origin, lane.destination, lane.days, lane.fixed_cost, lane.unit_cost) for lane in company.lanes
        ],
    }


def _demand(company: Company) -> dict[str, list[tuple[Cell, ...]]]:
    return {
        "sales_orders": [
            (
                order.number,
                order.customer,
                order.order_date,
                order.customer_po,
                order.channel,
                order.currency,
                order.ship_from,
                order.priority,
                order.entry_sequence,
            )
            for order in company.sales_orders
        ],
        "sales_order_lines": [
            (
                line.order,
                line.line,
                line.item,
                line.ordered,
                line.unit_price,
                line.requested,
                line.first_promised,
                line.promised,
                line.shipped,
                line.cancelled,
            )
            for line in company.sales_order_lines
        ],
    }


def _purchases(company: Company) -> dict[str, list[tuple[Cell, ...]]]:
    return {
        "purchase_orders": [
            (order.number, order.supplier, order.order_date, order.currency, order.state)
            for order in company.purchase_orders
        ],
        "purchase_order_lines": [
            (
                line.order,
                line.line,
                line.item,
                line.location,
                line.ordered,
                line.unit_price,
                line.due,
                line.received,
            )
            for line in company.purchase_order_lines
        ],
    }


def _works(company: Company) -> dict[str, list[tuple[Cell, ...]]]:
    return {
        "work_orders": [
            (
                order.number,
                order.item,
                order.location,
                order.ordered,
                order.start,
                order.due,
                order.completed,
                order.components_issued,
                order.state,
            )
            for order in company.work_orders
        ],
        "transfer_orders": [
            (
                order.number,
                order.item,
                order.origin,
                order.destination,
                order.quantity,
                order.ship_on,
                order.due,
                order.shipped,
                order.state,
            )
            for order in company.transfer_orders
        ],
    }
