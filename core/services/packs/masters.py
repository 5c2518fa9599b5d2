"""Master data of a pack: calendars, items, locations, customers and suppliers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.domain.calendars import Calendar
from core.domain.ids import CustomerCode, ItemCode, LocationCode, SupplierCode
from core.domain.items import Item, Location, LocationKind, LotControl
from core.domain.parties import Customer, Supplier
from core.services.packs.cells import (
    as_address,
    as_clock,
    as_code,
    as_country,
    as_decimal,
    as_flag,
    as_member,
    as_text,
    as_whole,
)
from core.services.packs.desk import Desk, as_price, percentage
from core.services.packs.gaps import GapRule
from core.services.packs.parts import Part, read_parts
from core.services.packs.sheet import Known, Sheet

LONGEST_LEAD_TIME = 3650
LOWEST_TIER = 9

_DAYS = as_whole(most=LONGEST_LEAD_TIME)
_NO, _YES = Part(parse=as_flag, blank=False), Part(parse=as_flag, blank=True)
_MONEY = Part(parse=as_price, blank=Decimal(0))
_ITEM_MORE = {
    "lot_control": Part(parse=as_member(LotControl), blank=LotControl.NONE),
    "shelf_life_days": Part(parse=as_whole(1, 36_500)),
    "minimum_lot": Part(parse=as_whole(1), blank=1),
    "lot_multiple": Part(parse=as_whole(1), blank=1),
    "maximum_lot": Part(parse=as_whole(1)),
    "safety_days": Part(parse=_DAYS, blank=0),
    "planning_fence_days": Part(parse=_DAYS, blank=0),
    "demand_fence_days": Part(parse=_DAYS, blank=0),
    "made_to_order": _NO,
    "phantom": _NO,
    "weight": Part(parse=as_whole(), blank=0),
    "tariff_code": Part(parse=as_code, blank=""),
    "origin": Part(parse=as_country, blank=""),
}
_LOCATION_MORE = {
    "kind": Part(parse=as_member(LocationKind), blank=LocationKind.WAREHOUSE),
    "calendar": Part(refers="calendar"),
    "cut_off": Part(parse=as_clock, blank="16:00"),
    "lines_a_day": Part(parse=as_whole(1, 1_000_000)),
    "region": Part(parse=as_text, blank=""),
    "country": Part(parse=as_country, blank=""),
    "node_priority": Part(parse=as_whole(1, 99), blank=1),
    "pick_up": _NO,
    "takes_returns": _NO,
    "shipment_cost": _MONEY,
    "line_cost": _MONEY,
    "handling_cost": _MONEY,
}
_CUSTOMER_MORE = {
    "region": Part(parse=as_text, blank=""),
    "country": Part(parse=as_country, blank=""),
    "allow_partial": _YES,
    "allow_substitution": _NO,
    "shelf_life_days": Part(parse=_DAYS, blank=0),
    "otif_target": Part(parse=percentage, blank=Decimal(95)),
    "credit_limit": Part(parse=as_decimal(2)),
    "payment_days": Part(parse=_DAYS, blank=30),
}
_SUPPLIER_MORE = {
    "country": Part(parse=as_country, blank=""),
    "reliability": Part(parse=percentage, blank=Decimal(100)),
    "acknowledges_within_hours": Part(parse=as_whole(1, 10_000), blank=48),
    "drop_ships": _NO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Masters:
    """Master data with the codes that references may name."""

    calendars: tuple[Calendar, ...]
    items: tuple[Item, ...]
    locations: tuple[Location, ...]
    customers: tuple[Customer, ...]
    suppliers: tuple[Supplier, ...]
    calendar_codes: Known
    item_codes: Known
    location_codes: Known
    customer_codes: Known
    supplier_codes: Known


def read_masters(desk: Desk, *, calendars: tuple[Calendar, ...], calendar_codes: Known) -> Masters:
    """Reads the four files everything else refers to."""
    items, item_codes = _items(desk)
    locations, location_codes = _locations(desk, calendar_codes)
    customers, customer_codes = _customers(desk)
    suppliers, supplier_codes = _suppliers(desk)
    return Masters(
        calendars=calendars,
        calendar_codes=calendar_codes,
        items=items,
        locations=locations,
        customers=customers,
        suppliers=suppliers,
        item_codes=item_codes,
        location_codes=location_codes,
        customer_codes=customer_codes,
        supplier_codes=supplier_codes,
    )


def _items(desk: Desk) -> tuple[tuple[Item, ...], Known]:
    sheet = desk.sheets["items"]
    codes = sheet.required("item", as_code, "")
    names = sheet.required("name", as_text, "")
    units = sheet.defaulted("unit", as_code, "EA")
    make = sheet.defaulted("make", as_flag, False)
    finished = sheet.defaulted("finished_good", as_flag, False)
    costs = sheet.defaulted("standard_cost", as_price, Decimal(0))
    prices = sheet.defaulted("list_price", as_price, Decimal(0))
    safety = sheet.defaulted("safety_stock", as_whole(), 0)
    lead = sheet.defaulted("lead_time_days", as_whole(most=LONGEST_LEAD_TIME), 0)
    more = read_parts(sheet, _ITEM_MORE)
    sheet.unique(codes, "item")
    _refuse_lots(sheet, more)
    items = [
        Item(
            code=ItemCode(codes[row]),
            name=names[row],
            unit=units[row],
            make=make[row],
            finished_good=finished[row],
            standard_cost=costs[row],
            list_price=prices[row],
            safety_stock=safety[row],
            lead_time_days=lead[row],
            **_at(more, row),
        )
        for row in sheet.good()
    ]
    return tuple(sorted(items, key=lambda item: item.code)), sheet.known(codes)


def _locations(desk: Desk, calendars: Known) -> tuple[tuple[Location, ...], Known]:
    sheet = desk.sheets["locations"]
    codes = sheet.required("location", as_code, "")
    sites = sheet.defaulted("site", as_code, "")
    names = sheet.defaulted("name", as_text, "")
    may_ship = sheet.defaulted("may_ship_from", as_flag, False)
    more = read_parts(sheet, _LOCATION_MORE, {"calendar": calendars})
    for row in sheet.good():
        if codes[row].startswith("("):
            accepted = "accepted is a code that does not start with '(', as those of locations that are not real do"
            sheet.reject(row, "location", GapRule.NOT_A_CODE, accepted)
    sheet.unique(codes, "location")
    locations = [
        Location(
            code=LocationCode(codes[row]),
            site=sites[row] or codes[row],
            name=names[row] or codes[row],
            may_ship=may_ship[row],
            **_at(more, row),
        )
        for row in sheet.good()
    ]
    return tuple(sorted(locations, key=lambda location: location.code)), sheet.known(codes)


def _customers(desk: Desk) -> tuple[tuple[Customer, ...], Known]:
    sheet = desk.sheets["customers"]
    codes = sheet.required("customer", as_code, "")
    names = sheet.required("name", as_text, "")
    tiers = sheet.defaulted("tier", as_whole(1, LOWEST_TIER), 3)
    emails = sheet.defaulted("email", as_address, "")
    penalties = sheet.defaulted("late_penalty_percent", percentage, desk.mapping.default_late_penalty_percent)
    complete = sheet.defaulted("ship_complete", as_flag, False)
    more = read_parts(sheet, _CUSTOMER_MORE)
    sheet.unique(codes, "customer")
    customers = [
        Customer(
            code=CustomerCode(codes[row]),
            name=names[row],
            tier=tiers[row],
            email=emails[row],
            late_penalty_percent=penalties[row],
            ship_complete=complete[row],
            **_at(more, row),
        )
        for row in sheet.good()
    ]
    return tuple(sorted(customers, key=lambda customer: customer.code)), sheet.known(codes)


def _suppliers(desk: Desk) -> tuple[tuple[Supplier, ...], Known]:
    sheet = desk.sheets["suppliers"]
    codes = sheet.required("supplier", as_code, "")
    names = sheet.required("name", as_text, "")
    approved = sheet.defaulted("approved", as_flag, True)
    active = sheet.defaulted("active", as_flag, True)
    emails = sheet.defaulted("email", as_address, "")
    more = read_parts(sheet, _SUPPLIER_MORE)
    sheet.unique(codes, "supplier")
    suppliers = [
        Supplier(
            code=SupplierCode(codes[row]),
            name=names[row],
            approved=approved[row],
            active=active[row],
            email=emails[row],
            **_at(more, row),
        )
        for row in sheet.good()
    ]
    return tuple(sorted(suppliers, key=lambda supplier: supplier.code)), sheet.known(codes)


def _at(more: Mapping[str, Sequence[Any]], row: int) -> dict[str, Any]:
    return {name: values[row] for name, values in more.items()}


def _refuse_lots(sheet: Sheet, more: Mapping[str, Sequence[Any]]) -> None:
    for row in sheet.good():
        least, most = more["minimum_lot"][row], more["maximum_lot"][row]
        if most is not None and most < least:
            accepted = f"accepted is nothing or at least the minimum lot of {least:,}"
            sheet.reject(row, "maximum_lot", GapRule.CONTRADICTION, accepted)
