"""The files of wider master data, column by column: alternates, units, addresses, work, freight and tariffs."""

from decimal import Decimal

from core.domain.calendars import Calendar, CalendarException, Shift
from core.domain.freight import Carrier, FreightRate, TariffRule
from core.domain.items import AlternateScope, CustomerItem, ItemAlternate, UnitConversion
from core.domain.making import Downtime, Operation, OperationAlternate, WorkCenter
from core.domain.parties import CustomerAddress, PriceBreak
from core.services.packs.cells import (
    MINUTES_A_DAY,
    as_code,
    as_country,
    as_day,
    as_decimal,
    as_flag,
    as_member,
    as_text,
    as_time,
    as_weekday,
    as_whole,
)
from core.services.packs.demand import NO_DAY
from core.services.packs.desk import as_price
from core.services.packs.parts import Part
from core.services.packs.records import Records

LARGEST_OPERATION = 1_000_000
_FACTOR = as_decimal(6, most=Decimal(100_000), positive=True)
_MINUTES = as_whole(most=1_000_000)
_ZERO, _ONE = Decimal(0), Decimal(1)

_NAME = Part(parse=as_text, blank="", needed=True)
_TEXT = Part(parse=as_text, blank="")
_PRIORITY = Part(parse=as_whole(1, 99), blank=1)
_MONEY = Part(parse=as_price, blank=_ZERO)
_DAY = Part(parse=as_day)
_OPERATION = Part(parse=as_whole(most=LARGEST_OPERATION), needed=True, blank=0)
_ITEM, _CUSTOMER, _SUPPLIER = (Part(refers=kind, needed=True) for kind in ("item", "customer", "supplier"))
_LOCATION, _WORK_CENTER = (Part(refers=kind, needed=True) for kind in ("location", "work_center"))
_CALENDAR, _CARRIER = (Part(refers=kind, needed=True) for kind in ("calendar", "carrier"))


def _code(*, needed: bool = True) -> Part:
    return Part(parse=as_code, blank="", needed=needed)


CALENDARS = Records(
    kind="calendars",
    shape=Calendar,
    parts={"calendar": _code(), "name": _NAME, "holidays": Part(parse=as_country, blank="")},
    called={"calendar": "code"},
    key=("calendar",),
)
SHIFTS = Records(
    kind="calendar_shifts",
    shape=Shift,
    parts={
        "calendar": _CALENDAR,
        "weekday": Part(parse=as_weekday, needed=True, blank=0),
        "begins": Part(parse=as_time, needed=True, blank=0),
        "ends": Part(parse=as_time, needed=True, blank=MINUTES_A_DAY),
    },
    key=("calendar", "weekday", "begins"),
)
EXCEPTIONS = Records(
    kind="calendar_exceptions",
    shape=CalendarException,
    parts={
        "calendar": _CALENDAR,
        "date": Part(parse=as_day, needed=True, blank=NO_DAY),
        "minutes": Part(parse=as_whole(most=MINUTES_A_DAY), needed=True, blank=0),
        "reason": _TEXT,
    },
    called={"date": "on"},
    key=("calendar", "date"),
)
WORK_CENTERS = Records(
    kind="work_centers",
    shape=WorkCenter,
    parts={
        "work_center": _code(),
        "name": _NAME,
        "location": _LOCATION,
        "calendar": Part(refers="calendar"),
        "stations": Part(parse=as_whole(1, 10_000), blank=1),
        "hourly_cost": _MONEY,
        "overtime_minutes": Part(parse=as_whole(most=MINUTES_A_DAY), blank=0),
        "overtime_hourly_cost": _MONEY,
    },
    called={"work_center": "code"},
    key=("work_center",),
)
ROUTINGS = Records(
    kind="routings",
    shape=Operation,
    parts={
        "item": _ITEM,
        "operation": _OPERATION,
        "work_center": _WORK_CENTER,
        "name": _TEXT,
        "setup_minutes": Part(parse=_MINUTES, blank=0),
        "unit_minutes": Part(parse=as_decimal(6, most=Decimal(100_000)), blank=_ZERO),
        "yield_percent": Part(parse=as_decimal(6, most=Decimal(100), positive=True), blank=Decimal(100)),
    },
    called={"operation": "sequence"},
    key=("item", "operation"),
)
OPERATION_ALTERNATES = Records(
    kind="operation_alternates",
    shape=OperationAlternate,
    parts={
        "item": _ITEM,
        "operation": _OPERATION,
        "work_center": _WORK_CENTER,
        "priority": _PRIORITY,
        "time_factor": Part(parse=_FACTOR, blank=_ONE),
    },
    called={"operation": "sequence"},
    key=("item", "operation", "work_center"),
)
DOWNTIMES = Records(
    kind="downtimes",
    shape=Downtime,
    parts={
        "work_center": _WORK_CENTER,
        "first": Part(parse=as_day, needed=True, blank=NO_DAY),
        "last": Part(parse=as_day, needed=True, blank=NO_DAY),
        "reason": _TEXT,
    },
    key=("work_center", "first"),
)
ALTERNATES = Records(
    kind="alternates",
    shape=ItemAlternate,
    parts={
        "item": _ITEM,
        "alternate": Part(refers="item", needed=True),
        "scope": Part(parse=as_member(AlternateScope), needed=True, blank=AlternateScope.FINISHED),
        "ratio": Part(parse=_FACTOR, blank=_ONE),
        "priority": _PRIORITY,
        "valid_from": _DAY,
        "valid_to": _DAY,
        "approval_needed": Part(parse=as_flag, blank=True),
    },
    key=("item", "alternate", "scope"),
)
UNITS = Records(
    kind="units",
    shape=UnitConversion,
    parts={"item": _ITEM, "unit": _code(), "base_units": Part(parse=as_whole(1), needed=True, blank=1)},
    key=("item", "unit"),
)
CUSTOMER_ITEMS = Records(
    kind="customer_items",
    shape=CustomerItem,
    parts={"customer": _CUSTOMER, "number": _code(), "item": _ITEM},
    key=("customer", "number"),
)
ADDRESSES = Records(
    kind="addresses",
    shape=CustomerAddress,
    parts={
        "customer": _CUSTOMER,
        "address": _code(),
        "name": _NAME,
        **dict.fromkeys(("street", "city", "postcode", "region"), _TEXT),
        "country": Part(parse=as_country, blank=""),
    },
    called={"address": "code"},
    key=("customer", "address"),
)
PRICE_BREAKS = Records(
    kind="price_breaks",
    shape=PriceBreak,
    parts={
        "supplier": _SUPPLIER,
        "item": _ITEM,
        "minimum": Part(parse=as_whole(1), needed=True, blank=1),
        "unit_price": Part(parse=as_price, needed=True, blank=_ZERO),
    },
    key=("supplier", "item", "minimum"),
)
CARRIERS = Records(
    kind="carriers",
    shape=Carrier,
    parts={"carrier": _code(), "name": _NAME},
    called={"carrier": "code"},
    key=("carrier",),
)
FREIGHT_RATES = Records(
    kind="freight_rates",
    shape=FreightRate,
    parts={
        "carrier": _CARRIER,
        "service": _code(),
        "origin": Part(refers="location", needed=True),
        "region": _code(),
        "days": Part(parse=as_whole(most=365), needed=True, blank=0),
        "shipment_cost": Part(parse=as_price, needed=True, blank=_ZERO),
        "kilogram_cost": _MONEY,
        "carbon": Part(parse=as_whole(most=1_000_000), blank=0),
    },
    key=("carrier", "service", "origin", "region"),
)
TARIFFS = Records(
    kind="tariffs",
    shape=TariffRule,
    parts={
        "tariff_code": _code(),
        "origin": Part(parse=as_country, needed=True, blank=""),
        "destination": Part(parse=as_country, needed=True, blank=""),
        "effective": Part(parse=as_day, needed=True, blank=NO_DAY),
        "percent": Part(parse=as_decimal(6, most=Decimal(1_000)), needed=True, blank=_ZERO),
    },
    key=("tariff_code", "origin", "destination", "effective"),
)
RECORDS = (
    CALENDARS,
    SHIFTS,
    EXCEPTIONS,
    WORK_CENTERS,
    ROUTINGS,
    OPERATION_ALTERNATES,
    DOWNTIMES,
    ALTERNATES,
    UNITS,
    CUSTOMER_ITEMS,
    ADDRESSES,
    PRICE_BREAKS,
    CARRIERS,
    FREIGHT_RATES,
    TARIFFS,
)
