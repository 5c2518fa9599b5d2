"""How a pack's master data hangs together: stock, bills of materials, lanes and what suppliers offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.domain.ids import ItemCode, LocationCode, SupplierCode
from core.domain.items import BomComponent, Lane, StockBalance
from core.domain.money import PRICE_STEP
from core.domain.parties import SupplierItem
from core.domain.quantity import LARGEST_QUANTITY
from core.services.packs.bom_loops import entangled, loops_in
from core.services.packs.cells import as_code, as_day, as_decimal, as_whole
from core.services.packs.desk import Desk, as_price, units_factor
from core.services.packs.gaps import GapRule
from core.services.packs.mapping import EVERY_OTHER, LaneRule
from core.services.packs.masters import LONGEST_LEAD_TIME, Masters
from core.services.packs.parts import Part, read_parts, refuse_backwards
from core.services.packs.sheet import Sheet

_LONGEST_LANE = 365
# With the most scrap, half, the engine's limit of a million components in one parent is kept.
_LARGEST_PER = Decimal(400_000)
_QUANTITY_PER = as_decimal(6, most=_LARGEST_PER, positive=True)
_SCRAP = as_decimal(4, most=Decimal("0.5"))
_VALID = {"valid_from": Part(parse=as_day), "valid_to": Part(parse=as_day)}
_BOM_MORE = {
    "revision": Part(parse=as_code, blank=""),
    **_VALID,
    "operation": Part(parse=as_whole(most=1_000_000)),
}
_OFFER_MORE = {
    "safety_days": Part(parse=as_whole(most=LONGEST_LEAD_TIME), blank=0),
    "weekly_capacity": Part(parse=as_whole(1)),
    **_VALID,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRows:
    """The stock file read: per row item and location, units on hand, and units said to be reserved."""

    sheet: Sheet
    keys: list[tuple[str, str]]
    on_hand: list[int]
    said: list[int | None]

    def on_hand_by_place(self) -> dict[tuple[str, str], int | None]:
        """Units on hand by (item, location); None where the row that says so is refused."""
        refused = dict.fromkeys(self.keys[row] for row in self.sheet.bad)
        return refused | {self.keys[row]: self.on_hand[row] for row in self.sheet.good()}


def read_stock(desk: Desk, masters: Masters) -> StockRows:
    """The stock file, before transfer orders hold any of it."""
    sheet = desk.sheets["stock"]
    items = sheet.refer("item", masters.item_codes)
    places = sheet.refer("location", masters.location_codes)
    rows = StockRows(
        sheet=sheet,
        keys=list(zip(items, places, strict=True)),
        on_hand=sheet.required("on_hand", as_whole(), 0),
        said=sheet.optional("reserved", as_whole()),
    )
    sheet.unique(rows.keys, "item,location")
    return rows


def balances(stock: StockRows, held: Mapping[tuple[str, str], int]) -> tuple[StockBalance, ...]:
    """Stock with what transfer orders that have not left hold reserved, whatever more the file says is."""
    sheet, unexplained = stock.sheet, list[int]()
    for row in sheet.good():
        said, least = stock.said[row], held.get(stock.keys[row], 0)
        if said is not None and not least <= said <= stock.on_hand[row]:
            accepted = (
                f"accepted is from {least:,}, what open transfers hold, to {stock.on_hand[row]:,}, what is on hand"
            )
            sheet.reject(row, "reserved", GapRule.CONTRADICTION, accepted)
        elif said is not None and said > least:
            unexplained.append(row)
    accepted = "loaded with what open transfer orders hold; the rest is free for the order book"
    sheet.warn(unexplained, "reserved", GapRule.UNEXPLAINED_RESERVATION, accepted)
    rows = [
        StockBalance(
            item=ItemCode(stock.keys[row][0]),
            location=LocationCode(stock.keys[row][1]),
            on_hand=stock.on_hand[row],
            reserved=held.get(stock.keys[row], 0),
        )
        for row in sheet.good()
    ]
    return tuple(sorted(rows, key=lambda balance: (balance.item, balance.location)))


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
    more = read_parts(sheet, _BOM_MORE)
    refuse_backwards(sheet, ("valid_from", "valid_to"), more["valid_from"], more["valid_to"])
    edges = list(zip(parents, components, strict=True))
    sheet.unique(edges, "parent,component")
    _refuse_loops(sheet, edges)
    for row in sheet.good():
        if per[row] * factors[row] > _LARGEST_PER:
            accepted = f"accepted is at most {_LARGEST_PER:,} base units of the component"
            sheet.reject(row, "quantity_per", GapRule.OUT_OF_RANGE, accepted)
    rows = [
        BomComponent(
            parent=ItemCode(parents[row]),
            component=ItemCode(components[row]),
            quantity_per=per[row] * factors[row],
            scrap=scrap[row],
            **{name: values[row] for name, values in more.items()},
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
    more = read_parts(sheet, _OFFER_MORE)
    refuse_backwards(sheet, ("valid_from", "valid_to"), more["valid_from"], more["valid_to"])
    base = {item.code: item.unit for item in masters.items}
    own = [base.get(ItemCode(code), "") for code in items]
    factors = units_factor(desk, sheet, sheet.defaulted("unit", as_code, ""), own)
    sheet.unique(list(zip(suppliers, items, strict=True)), "supplier,item")
    _refuse_order_sizes(sheet, minimum, multiple, maximum, factors)
    each = [_per_base_unit(price, factor) for price, factor in zip(prices, factors, strict=True)]
    for row in sheet.good():
        if prices[row] and not each[row]:
            accepted = f"accepted is a price of at least 0.0001 for one of the {factors[row]:,} base units"
            sheet.reject(row, "unit_price", GapRule.TOO_PRECISE, accepted)
    offers = [
        SupplierItem(
            supplier=SupplierCode(suppliers[row]),
            item=ItemCode(items[row]),
            lead_time_days=lead[row],
            unit_price=each[row],
            minimum_order=minimum[row] * factors[row],
            multiple=multiple[row] * factors[row],
            maximum_order=None if (most := maximum[row]) is None else most * factors[row],
            priority=priority[row],
            **{name: values[row] for name, values in more.items()},
        )
        for row in sheet.good()
    ]
    return tuple(sorted(offers, key=lambda offer: (offer.supplier, offer.item)))


def _refuse_order_sizes(
    sheet: Sheet, minimum: list[int], multiple: list[int], maximum: list[int | None], factors: list[int]
) -> None:
    for row in sheet.good():
        most = maximum[row]
        if most is not None and most < minimum[row]:
            accepted = f"accepted is nothing or at least the minimum order of {minimum[row]:,}"
            sheet.reject(row, "maximum_order", GapRule.CONTRADICTION, accepted)
        elif max(minimum[row], multiple[row], most or 0) * factors[row] > LARGEST_QUANTITY:
            accepted = f"accepted are order sizes of at most {LARGEST_QUANTITY:,} base units"
            sheet.reject(row, "minimum_order", GapRule.OUT_OF_RANGE, accepted)


def _per_base_unit(price: Decimal, factor: int) -> Decimal:
    return price if factor == 1 else (price / factor).quantize(PRICE_STEP, rounding=ROUND_HALF_UP)
