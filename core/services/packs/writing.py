"""Writing a company as a pack folder, so that reading it gives the same company."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from core.domain.company import Company, Settings
from core.services.packs.assuming import assumed_of
from core.services.packs.cells import WEEKDAYS, time_text
from core.services.packs.formats import FORMATS, SETTINGS_FILE
from core.services.packs.goods_files import RECORDS as GOODS
from core.services.packs.product_rows import PRODUCT_FILES, product_rows
from core.services.packs.wider_files import RECORDS as WIDER

Cell: TypeAlias = str | int | bool | Decimal | date | None


def write_pack(folder: Path, company: Company) -> None:
    """Writes every file of the pack; the same company gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS_FILE).write_bytes(_settings(company.settings).encode())
    for kind, shape in FORMATS.items():
        columns = tuple(column for column in shape.columns if column not in _LEFT_OUT.get(kind, ()))
        rows = [_row(kind, columns, value) for value in _values(kind, company)]
        if rows or not shape.wider:
            (folder / f"{kind}.csv").write_bytes(_table(columns, rows).encode())


_LEFT_OUT = {
    "bom": {"unit"},
    "supplier_items": {"unit"},
    "sales_orders": {"requested_date"},
    "sales_order_lines": {"discount"},
}
# What a column is called in the domain, where it is not called the same.
_CALLED: dict[str, dict[str, str]] = {
    "items": {"item": "code"},
    "locations": {"location": "code", "may_ship_from": "may_ship"},
    "suppliers": {"supplier": "code"},
    "customers": {"customer": "code"},
    "sales_orders": {"order": "number"},
    "sales_order_lines": {
        "quantity": "ordered",
        "requested_date": "requested",
        "first_promised_date": "first_promised",
        "promised_date": "promised",
    },
    "purchase_orders": {"purchase_order": "number"},
    "purchase_order_lines": {"purchase_order": "order", "quantity": "ordered", "due_date": "due"},
    "work_orders": {"work_order": "number", "quantity": "ordered", "start_date": "start", "due_date": "due"},
    "transfer_orders": {"transfer_order": "number", "ship_date": "ship_on", "due_date": "due"},
    **{records.kind: dict(records.called) for records in (*WIDER, *GOODS)},
}
_PARTS = {"routings": "operations"}
_TIMES = frozenset({"begins", "ends"})
_OF_CALENDARS = frozenset({"calendar_shifts", "calendar_exceptions"})


def _values(kind: str, company: Company) -> Iterable[Any]:
    """The rows of a file as domain values; shifts and days that differ come with their calendar's code."""
    match kind:
        case "calendar_shifts":
            return [(calendar.code, shift) for calendar in company.calendars for shift in calendar.shifts]
        case "calendar_exceptions":
            return [(calendar.code, day) for calendar in company.calendars for day in calendar.exceptions]
        case _ if kind in PRODUCT_FILES:
            return product_rows(kind, company.products)
        case _:
            return getattr(company, _PARTS.get(kind, kind))


def _row(kind: str, columns: Sequence[str], entry: Any) -> list[Cell]:
    if kind in PRODUCT_FILES:
        return [entry[column] for column in columns]
    calendar: str = entry[0] if kind in _OF_CALENDARS else ""
    value: Any = entry[1] if kind in _OF_CALENDARS else entry
    called = _CALLED.get(kind, {})
    return [calendar if calendar and column == "calendar" else _part(column, called, value) for column in columns]


def _part(column: str, called: Mapping[str, str], value: Any) -> Cell:
    if column == "weekday":
        weekday: int = value.weekday
        return WEEKDAYS[weekday]
    part: Any = getattr(value, called.get(column, column))
    return time_text(part) if column in _TIMES else part


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
