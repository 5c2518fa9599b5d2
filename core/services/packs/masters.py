"""Master data of a pack: items, locations, customers and suppliers."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.ids import CustomerCode, ItemCode, LocationCode, SupplierCode
from core.domain.items import Item, Location
from core.domain.parties import Customer, Supplier
from core.services.packs.cells import as_address, as_code, as_flag, as_text, as_whole
from core.services.packs.desk import Desk, as_price, percentage
from core.services.packs.gaps import GapRule
from core.services.packs.sheet import Known

LONGEST_LEAD_TIME = 3650
LOWEST_TIER = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Masters:
    """Master data with the codes that references may name."""

    items: tuple[Item, ...]
    locations: tuple[Location, ...]
    customers: tuple[Customer, ...]
    suppliers: tuple[Supplier, ...]
    item_codes: Known
    location_codes: Known
    customer_codes: Known
    supplier_codes: Known


def read_masters(desk: Desk) -> Masters:
    """Reads the four files everything else refers to."""
    items, item_codes = _items(desk)
    locations, location_codes = _locations(desk)
    customers, customer_codes = _customers(desk)
    suppliers, supplier_codes = _suppliers(desk)
    return Masters(
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
    sheet.unique(codes, "item")
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
        )
        for row in sheet.good()
    ]
    return tuple(sorted(items, key=lambda item: item.code)), sheet.known(codes)


def _locations(desk: Desk) -> tuple[tuple[Location, ...], Known]:
    sheet = desk.sheets["locations"]
    codes = sheet.required("location", as_code, "")
    sites = sheet.defaulted("site", as_code, "")
    names = sheet.defaulted("name", as_text, "")
    may_ship = sheet.defaulted("may_ship_from", as_flag, False)
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
    sheet.unique(codes, "customer")
    customers = [
        Customer(
            code=CustomerCode(codes[row]),
            name=names[row],
            tier=tiers[row],
            email=emails[row],
            late_penalty_percent=penalties[row],
            ship_complete=complete[row],
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
    sheet.unique(codes, "supplier")
    suppliers = [
        Supplier(
            code=SupplierCode(codes[row]),
            name=names[row],
            approved=approved[row],
            active=active[row],
            email=emails[row],
        )
        for row in sheet.good()
    ]
    return tuple(sorted(suppliers, key=lambda supplier: supplier.code)), sheet.known(codes)
