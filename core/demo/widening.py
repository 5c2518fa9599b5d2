"""The wider master data of the full-size company: countries, credit, calendars, work, freight, tariffs, addresses."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from core.demo import working
from core.demo.places import GHENT, HOUSTON, RENO, TULSA
from core.demo.shipping import ADDRESSES_OF, REGIONS, addresses, carriers, freight_rates, tariffs
from core.domain.company import Company
from core.domain.ids import CalendarCode, CustomerCode, ItemCode
from core.domain.items import (
    AlternateScope,
    CustomerItem,
    Item,
    ItemAlternate,
    Location,
    LocationKind,
    LotControl,
    UnitConversion,
)
from core.domain.orders import SalesOrder
from core.domain.parties import Customer, PriceBreak, Supplier, SupplierItem

_KINDS = {"STORE": LocationKind.WAREHOUSE, "PROD": LocationKind.PLANT, "SHIP": LocationKind.WAREHOUSE}
_TARIFF_CODES = {
    **dict.fromkeys(("GV", "BV", "CV", "FV", "LV", "AV", "YS"), "8481.80"),
    **dict.fromkeys(("CP", "PS"), "8413.70"),
    **dict.fromkeys(("MO", "AM"), "8501.52"),
    **dict.fromkeys(("CA", "BC", "VC", "IC", "FC", "YC", "FD"), "7325.99"),
}
_LOTS = frozenset({"CA", "BC", "FC", "YC", "SE", "FS"})
_SERIALS = frozenset({"CP", "PS", "AC"})
_KEEPS = {"SE": 1825, "FS": 1825, "PT": 365}
_ABROAD = {"FENGDU": "CN", "NANTONG": "CN", "KAOHSIUNG": "TW", "DUSSEL": "DE", "IBERIA": "ES"}
_ORIGINS = {"FD": "CN", "AM": "TW"}
_DIRECT = frozenset({"LAREDO"})
_GRAMS_A_DOLLAR = 45
_CREDIT = {1: 750_000, 2: 250_000, 3: 80_000}
_ALTERNATES = (
    ("GV-02", "BV-02", AlternateScope.FINISHED),
    ("GV-03", "BV-03", AlternateScope.FINISHED),
    ("LV-02", "GV-02", AlternateScope.FINISHED),
    ("FV-04", "BV-04", AlternateScope.FINISHED),
    ("MO-10", "MO-20", AlternateScope.COMPONENT),
    ("AM-S", "AM-M", AlternateScope.COMPONENT),
    ("PK-1", "GK-1", AlternateScope.COMPONENT),
)
_UNITS = (("BO-S", "BOX", 50), ("BO-L", "BOX", 25), ("GK-1", "CTN", 20), ("NP-1", "ROLL", 500), ("SC-02", "PAK", 10))


def widened(company: Company, seed: int) -> Company:
    """The company with everything a pack of the full size says besides."""
    rng = random.Random(f"{seed} wider")
    items = tuple(_item(item) for item in company.items)
    return replace(
        company,
        items=items,
        locations=tuple(_location(place) for place in company.locations),
        customers=_customers(company),
        suppliers=tuple(_supplier(supplier, rng) for supplier in company.suppliers),
        supplier_items=tuple(_offer(offer) for offer in company.supplier_items),
        sales_orders=tuple(_order(order, company) for order in company.sales_orders),
        alternates=_alternates(),
        units=tuple(sorted((_unit(*row) for row in _UNITS), key=lambda unit: (unit.item, unit.unit))),
        customer_items=_customer_items(company),
        addresses=addresses(company.customers),
        price_breaks=tuple(_break(offer) for offer in company.supplier_items if offer.priority == 1),
        calendars=working.calendars(),
        work_centers=working.work_centers(),
        operations=working.operations(items),
        operation_alternates=working.operation_alternates(items),
        carriers=carriers(),
        freight_rates=freight_rates(),
        tariffs=tariffs(),
    )


def _item(item: Item) -> Item:
    family = item.code[:2]
    lots = LotControl.SERIAL if family in _SERIALS else LotControl.LOT if family in _LOTS else LotControl.NONE
    return replace(
        item,
        lot_control=lots,
        shelf_life_days=_KEEPS.get(family),
        weight=max(20, int(item.standard_cost * _GRAMS_A_DOLLAR)),
        tariff_code=_TARIFF_CODES.get(family, ""),
        origin=_ORIGINS.get(family, "US"),
    )


def _location(place: Location) -> Location:
    region, country = REGIONS[place.site]
    third = place.site == GHENT
    return replace(
        place,
        kind=LocationKind.THIRD_PARTY if third else _KINDS[place.code.partition("-")[2]],
        calendar=CalendarCode(working.CALENDAR_OF[place.site]),
        cut_off="14:30" if third else "16:00",
        lines_a_day=40 if third else 120 if place.may_ship else None,
        region=region,
        country=country,
        node_priority={HOUSTON: 1, TULSA: 2, RENO: 3, GHENT: 4}[place.site],
        takes_returns=place.may_ship and not third,
        shipment_cost=Decimal(38) if third else Decimal(18) if place.may_ship else Decimal(0),
        line_cost=Decimal("2.40") if place.may_ship else Decimal(0),
        handling_cost=Decimal("0.35") if place.may_ship else Decimal(0),
    )


def _customers(company: Company) -> tuple[Customer, ...]:
    """Customers with a limit that leaves room for what they have ordered."""
    owed = Counter[CustomerCode]()
    customer_of = {order.number: order.customer for order in company.sales_orders}
    for line in company.sales_order_lines:
        owed[customer_of[line.order]] += int(line.open_quantity * line.unit_price) + 1
    return tuple(_customer(customer, owed[customer.code]) for customer in company.customers)


def _customer(customer: Customer, owed: int) -> Customer:
    region, country = REGIONS[ADDRESSES_OF[customer.code]]
    room = (Decimal(owed) * Decimal("1.4") / 1000).to_integral_value(rounding=ROUND_CEILING) * 1000
    return replace(
        customer,
        region=region,
        country=country,
        allow_substitution=customer.tier == 3,
        shelf_life_days=180 if customer.tier == 1 else 0,
        otif_target={1: Decimal(98), 2: Decimal(95), 3: Decimal(90)}[customer.tier],
        credit_limit=max(Decimal(_CREDIT[customer.tier]), room),
        payment_days={1: 45, 2: 30, 3: 30}[customer.tier],
    )


def _supplier(supplier: Supplier, rng: random.Random) -> Supplier:
    country = _ABROAD.get(supplier.code, "US")
    reliability = Decimal(rng.randint(860, 990)) / 10
    return replace(
        supplier,
        country=country,
        reliability=reliability,
        acknowledges_within_hours=72 if country != "US" else 48,
        drop_ships=supplier.code in _DIRECT,
    )


def _offer(offer: SupplierItem) -> SupplierItem:
    return replace(offer, weekly_capacity=offer.minimum_order * 25, valid_from=date(2026, 1, 1))


def _order(order: SalesOrder, company: Company) -> SalesOrder:
    customer = next(one for one in company.customers if one.code == order.customer)
    return replace(
        order,
        address="MAIN",
        ship_complete=customer.ship_complete,
        allow_substitution=customer.tier == 3,
        payment_terms=f"{45 if customer.tier == 1 else 30} days net",
    )


def _alternates() -> tuple[ItemAlternate, ...]:
    rows = [
        ItemAlternate(item=ItemCode(item), alternate=ItemCode(alternate), scope=scope)
        for item, alternate, scope in _ALTERNATES
    ]
    return tuple(sorted(rows, key=lambda row: (row.item, row.alternate, row.scope)))


def _unit(item: str, unit: str, base_units: int) -> UnitConversion:
    return UnitConversion(item=ItemCode(item), unit=unit, base_units=base_units)


def _customer_items(company: Company) -> tuple[CustomerItem, ...]:
    """Important customers have numbers of their own for the gate valves."""
    return tuple(
        CustomerItem(customer=customer.code, number=f"{customer.code[:3]}-{item[-2:]}7", item=ItemCode(item))
        for customer in company.customers
        if customer.tier == 1
        for item in ("GV-02", "GV-03", "GV-04")
    )


def _break(offer: SupplierItem) -> PriceBreak:
    price = (offer.unit_price * Decimal("0.96")).quantize(Decimal("0.01"))
    return PriceBreak(supplier=offer.supplier, item=offer.item, minimum=offer.minimum_order * 4, unit_price=price)
