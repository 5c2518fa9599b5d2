"""Wider master data of a pack: working time, work, alternates, units, addresses, freight and tariffs."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from core.domain.calendars import Calendar, CalendarException, Shift
from core.services.packs import wider_files as files
from core.services.packs.cells import time_text
from core.services.packs.desk import Desk
from core.services.packs.gaps import GapRule
from core.services.packs.masters import Masters
from core.services.packs.parts import refuse_backwards
from core.services.packs.products import read_products
from core.services.packs.records import RecordRows, Records, read_records
from core.services.packs.sheet import Known

_PLAIN = {
    "customer_items": files.CUSTOMER_ITEMS,
    "addresses": files.ADDRESSES,
    "freight_rates": files.FREIGHT_RATES,
    "tariffs": files.TARIFFS,
}


def read_calendars(desk: Desk) -> tuple[tuple[Calendar, ...], Known]:
    """The calendars, each with its shifts and the days that differ."""
    rows = read_records(desk.sheets["calendars"], files.CALENDARS, {})
    codes = rows.known()
    shifts, exceptions = _shifts(desk, codes), _exceptions(desk, codes)
    named = rows.columns["calendar"]
    return rows.values(
        shifts=[tuple(shifts.get(code, ())) for code in named],
        exceptions=[tuple(exceptions.get(code, ())) for code in named],
    ), codes


def read_wider(desk: Desk, masters: Masters) -> dict[str, Any]:
    """The parts of a Company that packs may leave out, by their names there."""
    known = {
        "item": masters.item_codes,
        "location": masters.location_codes,
        "customer": masters.customer_codes,
        "supplier": masters.supplier_codes,
        "calendar": masters.calendar_codes,
    }
    work_centers = _read(desk, files.WORK_CENTERS, known)
    carriers = _read(desk, files.CARRIERS, known)
    known |= {"work_center": work_centers.known(), "carrier": carriers.known()}
    operations = _read(desk, files.ROUTINGS, known)
    return {
        "calendars": masters.calendars,
        "work_centers": work_centers.values(),
        "operations": operations.values(),
        "operation_alternates": _operation_alternates(desk, known, operations),
        "downtimes": _downtimes(desk, known),
        "alternates": _alternates(desk, known),
        "units": _units(desk, known, masters),
        "price_breaks": _read(desk, files.PRICE_BREAKS, known).values(),
        "carriers": carriers.values(),
        "products": read_products(desk, masters, known["work_center"]),
        **{name: _read(desk, records, known).values() for name, records in _PLAIN.items()},
    }


def _read(desk: Desk, records: Records, known: Mapping[str, Known]) -> RecordRows:
    return read_records(desk.sheets[records.kind], records, known)


def _shifts(desk: Desk, codes: Known) -> dict[str, list[Shift]]:
    rows = _read(desk, files.SHIFTS, {"calendar": codes})
    columns, sheet = rows.columns, rows.sheet
    ended: dict[tuple[str, int], int] = {}
    found: dict[str, list[Shift]] = defaultdict(list)
    keys = rows.named()
    for row in sorted(sheet.good(), key=lambda row: keys[row]):
        code, weekday, begins = keys[row]
        ends = columns["ends"][row]
        if begins >= ends:
            accepted = (
                f"accepted is a time after {time_text(begins)}; a night shift is one row before midnight, one after"
            )
            sheet.reject(row, "ends", GapRule.CONTRADICTION, accepted)
        elif begins < ended.get((code, weekday), 0):
            accepted = f"accepted is a time from {time_text(ended[code, weekday])} on, when the shift before it ends"
            sheet.reject(row, "begins", GapRule.CONTRADICTION, accepted)
        else:
            ended[code, weekday] = ends
            found[code].append(Shift(weekday=weekday, begins=begins, ends=ends))
    return found


def _exceptions(desk: Desk, codes: Known) -> dict[str, list[CalendarException]]:
    rows = _read(desk, files.EXCEPTIONS, {"calendar": codes})
    keys, columns = rows.named(), rows.columns
    found: dict[str, list[CalendarException]] = defaultdict(list)
    for row in sorted(rows.sheet.good(), key=lambda row: keys[row]):
        day = CalendarException(on=keys[row][1], minutes=columns["minutes"][row], reason=columns["reason"][row])
        found[keys[row][0]].append(day)
    return found


def _operation_alternates(desk: Desk, known: Mapping[str, Known], operations: RecordRows) -> tuple[Any, ...]:
    rows = _read(desk, files.OPERATION_ALTERNATES, known)
    keys = [key[:2] for key in operations.named()]
    steps = {keys[row] for row in operations.sheet.good()}
    named = rows.named()
    for row in rows.sheet.good():
        if named[row][:2] in steps or not operations.sheet.complete:
            continue
        if named[row][:2] in keys:
            rows.sheet.follow(row, "operation")
        else:
            accepted = "accepted is an operation of the item's routing"
            rows.sheet.reject(row, "operation", GapRule.ORPHAN_REFERENCE, accepted)
    return rows.values()


def _downtimes(desk: Desk, known: Mapping[str, Known]) -> tuple[Any, ...]:
    rows = _read(desk, files.DOWNTIMES, known)
    refuse_backwards(rows.sheet, ("first", "last"), rows.columns["first"], rows.columns["last"])
    return rows.values()


def _alternates(desk: Desk, known: Mapping[str, Known]) -> tuple[Any, ...]:
    rows = _read(desk, files.ALTERNATES, known)
    columns = rows.columns
    for row in rows.sheet.good():
        if columns["item"][row] == columns["alternate"][row]:
            rows.sheet.reject(row, "alternate", GapRule.CONTRADICTION, "accepted is another item")
    refuse_backwards(rows.sheet, ("valid_from", "valid_to"), columns["valid_from"], columns["valid_to"])
    return rows.values()


def _units(desk: Desk, known: Mapping[str, Known], masters: Masters) -> tuple[Any, ...]:
    rows = _read(desk, files.UNITS, known)
    base = {str(item.code): item.unit for item in masters.items}
    for row in rows.sheet.good():
        if base.get(rows.columns["item"][row]) == rows.columns["unit"][row]:
            accepted = "accepted is another unit than the one the item is counted in"
            rows.sheet.reject(row, "unit", GapRule.CONTRADICTION, accepted)
    return rows.values()
