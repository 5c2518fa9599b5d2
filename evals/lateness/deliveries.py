"""Reading the delivery history of the Supply Chain Management System: who delivered, the day promised and the day."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from core.domain.errors import InvalidValueError
from core.planning.robustness.fitting import Deliveries, deliveries_of

FILE = "SCMS_Delivery_History_Dataset.csv"
_SCHEDULED, _DELIVERED = "Scheduled Delivery Date", "Delivered to Client Date"
_COLUMNS = (_SCHEDULED, _DELIVERED, "Fulfill Via", "Shipment Mode", "Country", "Vendor", "PO / SO #")
_FORMS = ("%d-%b-%y", "%m/%d/%y")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery; `via` says whether it came from the vendor or from a distribution centre."""

    scheduled: date
    delivered: date
    via: str
    mode: str
    country: str
    vendor: str
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The deliveries that can be read, by the day promised, and how many rows name no day for either date."""

    deliveries: tuple[Delivery, ...]
    unreadable: int


def read_history(folder: Path) -> History:
    """Read the file in the folder; InvalidValueError where it is not there or lacks a column."""
    path = folder / FILE
    if not path.is_file():
        raise InvalidValueError(f"there is no file {FILE!r} in {str(folder)!r}; --data names the folder that holds it")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise InvalidValueError(f"{FILE!r} has no column {missing[0]!r}; it needs {', '.join(_COLUMNS)}")
        rows = [_delivery(row) for row in reader]
    found = [row for row in rows if row is not None]
    return History(
        deliveries=tuple(sorted(found, key=lambda one: (one.scheduled, one.delivered, one.vendor, one.country))),
        unreadable=len(rows) - len(found),
    )


def columns(deliveries: Sequence[Delivery], path: Sequence[str]) -> Deliveries:
    """Deliveries as the model takes them, their path made of these fields."""
    return deliveries_of(
        [(tuple(str(getattr(one, name)) for name in path), one.scheduled, one.delivered) for one in deliveries]
    )


def _delivery(row: dict[str, str]) -> Delivery | None:
    """A row; None where a date is no date, as in "Date Not Captured"."""
    scheduled, delivered = _day(row[_SCHEDULED]), _day(row[_DELIVERED])
    if scheduled is None or delivered is None:
        return None
    return Delivery(
        scheduled=scheduled,
        delivered=delivered,
        via=row["Fulfill Via"],
        mode=row["Shipment Mode"],
        country=row["Country"],
        vendor=row["Vendor"],
        order=row["PO / SO #"],
    )


def _day(written: str) -> date | None:
    for form in _FORMS:
        try:
            return datetime.strptime(written.strip(), form).date()  # noqa: DTZ007 - a day, of no zone
        except ValueError:
            continue
    return None
