"""How a pack's master data hangs together: stock, bills of materials, lanes and what suppliers offer."""

from decimal import ROUND_HALF_UP, Decimal

from core.domain.ids import ItemCode, LocationCode, SupplierCode
from core.domain.items import BomComponent, Lane, StockBalance
from core.domain.money import PRICE_STEP
from core.domain.parties import SupplierItem
from core.services.packs.bom_loops import entangled, loops_in
from core.services.packs.cells import as_code, as_decimal, as_whole
from core.services.packs.desk import Desk, as_price, units_factor
from core.services.packs.gaps import GapRule
from core.services.packs.mapping import EVERY_OTHER, LaneRule
from core.services.packs.masters import LONGEST_LEAD_TIME, Masters
from core.services.packs.sheet import Sheet

_LONGEST_LANE = 365
_QUANTITY_PER = as_decimal(6, most=Decimal(1_000_000), positive=True)
_SCRAP = as_decimal(4, most=Decimal("0.95"))


def read_stock(desk: Desk, masters: Masters, held: dict[tuple[str, str], int]) -> tuple[StockBalance, ...]:
    """Stock on hand. `held` is what transfer orders that have not left yet hold at each (item, location)."""
    sheet = desk.sheets["stock"]
    items = sheet.refer("item", masters.item_codes)
    places = sheet.refer("location", masters.location_codes)
    on_hand = sheet.required("on_hand", as_whole(), 0)
    given = sheet.optional("reserved", as_whole())
    keys = list(zip(items, places, strict=True))
    sheet.unique(keys, "item,location")
    reserved = [held.get(key, 0) if own is None else own for key, own in zip(keys, given, strict=True)]
    unexplained: list[int] = []
    for row in sheet.good():
        if reserved[row] > on_hand[row] or reserved[row] < held.get(keys[row], 0):
            accepted = f"accepted is from {held.get(keys[row], 0):,}, what open transfers hold, to what is on hand"
            value = f"{reserved[row]} of {on_hand[row]}"
            sheet.reject(row, "reserved", GapRule.CONTRADICTION, accepted, value=value)
        elif reserved[row] > held.get(keys[row], 0):
            unexplained.append(row)
    accepted = "loaded; more is reserved than the pack's open transfer orders hold"
    sheet.warn(unexplained, "reserved", GapRule.UNEXPLAINED_RESERVATION, accepted)
    balances = [
        StockBalance(
            item=ItemCode(items[row]),
            location=LocationCode(places[row]),
            on_hand=on_hand[row],
            reserved=reserved[row],
        )
        for row in sheet.good()
    ]
    return tuple(sorted(balances, key=lambda balance: (balance.item, balance.location)))


def read_bom(desk: Desk, masters: Masters) -> tuple[BomComponent, ...]:
    """The bills of materials; rows that close a loop are refused."""
    sheet = desk.sheets["bom"]
    parents = sheet.refer("parent", masters.item_codes)
    components = sheet.refer("component", masters.item_codes)
    per = sheet.required("quantity_per", _QUANTITY_PER, Decimal(1))
    scrap = sheet.defaulted("scrap", _SCRAP, Decimal(0))
    base = {item.code: item.unit for item in masters.items}
    own = [base.get(ItemCode(code), "") for code in components]
    factors = units_factor(desk, sheet, sheet.defaulted("unit", as_code, ""), own)
    edges = list(zip(parents, components, strict=True))
    sheet.unique(edges, "parent,component")
    _refuse_loops(sheet, edges)
    rows = [
        BomComponent(
            parent=ItemCode(parents[row]),
            component=ItemCode(components[row]),
            quantity_per=per[row] * factors[row],
            scrap=scrap[row],
        )
        for row in sheet.good()
    ]
    return tuple(sorted(rows, key=lambda row: (row.parent, row.component)))


def _refuse_loops(sheet: Sheet, edges: list[tuple[str, str]]) -> None:
    good = sheet.good()
    below: dict[str, list[str]] = {}
    for row in good:
        below.setdefault(edges[row][0], []).append(edges[row][1])
    loop_of: dict[str, tuple[str, ...]] = {}
    loops = loops_in(edges[row] for row in good)
    for group in entangled(below):
        loop = next(loop for loop in loops if loop[0] in group)
        loop_of.update(dict.fromkeys(group, loop))
    for row in good:
        parent, component = edges[row]
        if parent in loop_of and loop_of[parent] == loop_of.get(component):
            value = " -> ".join(loop_of[parent])
            accepted = "accepted is a bill of materials in which no item contains itself"
            sheet.reject(row, "component", GapRule.CIRCULAR_BOM, accepted, value=value)


def read_lanes(desk: Desk, masters: Masters) -> tuple[Lane, ...]:
    """The lanes of the file, then those the mapping declares for pairs that have none."""
    sheet = desk.sheets["lanes"]
    origins = sheet.refer("origin", masters.location_codes)
    destinations = sheet.refer("destination", masters.location_codes)
    days = sheet.required("days", as_whole(most=_LONGEST_LANE), 0)
    fixed = sheet.defaulted("fixed_cost", as_price, Decimal(0))
    unit = sheet.defaulted("unit_cost", as_price, Decimal(0))
    sheet.unique(list(zip(origins, destinations, strict=True)), "origin,destination")
    lanes: dict[tuple[str, str], Lane] = {}
    for row in sheet.good():
        if origins[row] == destinations[row]:
            sheet.reject(row, "destination", GapRule.CONTRADICTION, "accepted is another location than the origin")
            continue
        lanes[origins[row], destinations[row]] = Lane(
            origin=LocationCode(origins[row]),
            destination=LocationCode(destinations[row]),
            days=days[row],
            fixed_cost=fixed[row],
            unit_cost=unit[row],
        )
    for rule in desk.mapping.lanes:
        for lane in _declared(rule, [location.code for location in masters.locations]):
            lanes.setdefault((lane.origin, lane.destination), lane)
    return tuple(lanes[key] for key in sorted(lanes))


def _declared(rule: LaneRule, places: list[LocationCode]) -> list[Lane]:
    return [
        Lane(
            origin=origin,
            destination=destination,
            days=rule.days,
            fixed_cost=rule.fixed_cost,
            unit_cost=rule.unit_cost,
        )
        for origin in places
        for destination in places
        if origin != destination
        and rule.origin in (EVERY_OTHER, origin)
        and rule.destination in (EVERY_OTHER, destination)
    ]


def read_supplier_items(desk: Desk, masters: Masters) -> tuple[SupplierItem, ...]:
    """What suppliers offer, turned into the items' base units."""
    sheet = desk.sheets["supplier_items"]
    suppliers = sheet.refer("supplier", masters.supplier_codes)
    items = sheet.refer("item", masters.item_codes)
    lead = sheet.required("lead_time_days", as_whole(most=LONGEST_LEAD_TIME), 0)
    prices = sheet.required("unit_price", as_price, Decimal(0))
    minimum = sheet.defaulted("minimum_order", as_whole(1), 1)
    multiple = sheet.defaulted("multiple", as_whole(1), 1)
    maximum = sheet.optional("maximum_order", as_whole(1))
    priority = sheet.defaulted("priority", as_whole(1, 99), 1)
    base = {item.code: item.unit for item in masters.items}
    own = [base.get(ItemCode(code), "") for code in items]
    factors = units_factor(desk, sheet, sheet.defaulted("unit", as_code, ""), own)
    sheet.unique(list(zip(suppliers, items, strict=True)), "supplier,item")
    offers: list[SupplierItem] = []
    for row in sheet.good():
        most, factor = maximum[row], factors[row]
        if most is not None and most < minimum[row]:
            accepted = f"accepted is nothing or at least the minimum order of {minimum[row]:,}"
            sheet.reject(row, "maximum_order", GapRule.CONTRADICTION, accepted)
            continue
        offers.append(
            SupplierItem(
                supplier=SupplierCode(suppliers[row]),
                item=ItemCode(items[row]),
                lead_time_days=lead[row],
                unit_price=_per_base_unit(prices[row], factor),
                minimum_order=minimum[row] * factor,
                multiple=multiple[row] * factor,
                maximum_order=None if most is None else most * factor,
                priority=priority[row],
            )
        )
    return tuple(sorted(offers, key=lambda offer: (offer.supplier, offer.item)))


def _per_base_unit(price: Decimal, factor: int) -> Decimal:
    return price if factor == 1 else (price / factor).quantize(PRICE_STEP, rounding=ROUND_HALF_UP)
