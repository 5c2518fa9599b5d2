"""Small books for tests: rows as plain tuples, days counted from the business date, sorted into a Snapshot."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np

from core.domain.quantity import LARGEST_QUANTITY
from core.planning import snapshot as columns
from core.planning.snapshot import PER_PARENT_SCALE, PRICE_SCALE, Snapshot

AS_OF = 20_000
KINDS = {"WO": columns.WORK_ORDER, "PO": columns.PURCHASE_ORDER, "TO": columns.TRANSFER_ORDER}


class ItemRow(NamedTuple):
    """`lead` is days to make; for a bought item the shortest lead of its sources replaces it."""

    code: str
    make: bool = False
    lead: int = 0
    safety: int = 0
    finished: bool = False
    cost: str = "0"


class LocationRow(NamedTuple):
    """A place; locations of one site share stock for production."""

    code: str
    site: str = "SITE"
    may_ship: bool = True


class DemandRow(NamedTuple):
    """An open order line. An empty location is the first one; `entry` defaults to the row's place."""

    order: str
    line: int
    item: str
    quantity: int
    due: int
    location: str = ""
    order_date: int = 0
    entry: int | None = None
    priority: int = 3
    price: str = "0"
    penalty: int = 0
    customer: str = "C1"
    requested: int | None = None


class StockRow(NamedTuple):
    """Units available; an empty location is the first one."""

    item: str
    quantity: int
    location: str = ""


class SupplyRow(NamedTuple):
    """An open supply line, kind "WO", "PO" or "TO". `start` defaults to the due day."""

    kind: str
    number: str
    item: str
    quantity: int
    due: int
    location: str = ""
    start: int | None = None
    supplier: str = ""
    issued: bool = False
    line: int = 1


class BomRow(NamedTuple):
    """One unit of parent takes `quantity` of component."""

    parent: str
    component: str
    quantity: str = "1"


class LaneRow(NamedTuple):
    """A way to move stock."""

    origin: str
    destination: str
    days: int = 1
    fixed: str = "0"
    unit: str = "0"


class SourceRow(NamedTuple):
    """An approved supplier of an item."""

    item: str
    supplier: str
    lead: int = 0
    price: str = "0"
    minimum: int = 1
    multiple: int = 1
    maximum: int = LARGEST_QUANTITY


def book(
    *,
    items: Iterable[tuple[Any, ...]],
    locations: Iterable[tuple[Any, ...]] = (("MAIN",),),
    demand: Iterable[tuple[Any, ...]] = (),
    stock: Iterable[tuple[Any, ...]] = (),
    supply: Iterable[tuple[Any, ...]] = (),
    bom: Iterable[tuple[Any, ...]] = (),
    lanes: Iterable[tuple[Any, ...]] = (),
    sources: Iterable[tuple[Any, ...]] = (),
    as_of: int = AS_OF,
    buffer_days: int = 2,
    customers: Iterable[tuple[str, int]] = (),
    suppliers: Iterable[str] = (),
) -> Snapshot:
    """A snapshot of these rows; the order in which rows are given does not matter (but for `entry` left out)."""
    places = [LocationRow(*row) for row in locations]
    demands, supplies = _lines(demand), [SupplyRow(*row) for row in supply]
    offers, things = [SourceRow(*row) for row in sources], sorted(ItemRow(*row) for row in items)
    parties = _parties(demands, supplies, offers, dict(customers), set(suppliers))
    item_at = _places(row.code for row in things)
    place_at = _places(sorted(row.code for row in places))
    place_at[""] = place_at[places[0].code]
    return Snapshot(
        as_of=as_of,
        currency="EUR",
        buffer_days=buffer_days,
        items=_items(things, offers),
        locations=_locations(sorted(places)),
        parties=parties,
        demand=_demand(demands, item_at, place_at, _places(parties.customer), as_of),
        stock=_stock([StockRow(*row) for row in stock], item_at, place_at),
        supply=_supply(supplies, item_at, place_at, _places(parties.supplier), as_of),
        bom=_bom([BomRow(*row) for row in bom], item_at),
        lanes=_lanes([LaneRow(*row) for row in lanes], place_at),
        sources=_sources(offers, item_at, _places(parties.supplier)),
    )


def _lines(demand: Iterable[tuple[Any, ...]]) -> list[DemandRow]:
    rows = [DemandRow(*row) for row in demand]
    return [row if row.entry is not None else row._replace(entry=n) for n, row in enumerate(rows)]


def _parties(
    demands: Sequence[DemandRow],
    supplies: Sequence[SupplyRow],
    offers: Sequence[SourceRow],
    customers: dict[str, int],
    suppliers: set[str],
) -> columns.Parties:
    tiers = dict.fromkeys((d.customer for d in demands), 3) | customers
    names = {s.supplier for s in supplies if s.supplier} | {o.supplier for o in offers} | suppliers
    return columns.Parties(
        customer=tuple(sorted(tiers)),
        customer_name=tuple(sorted(tiers)),
        customer_tier=_positions([tiers[c] for c in sorted(tiers)]),
        supplier=tuple(sorted(names)),
        supplier_name=tuple(sorted(names)),
    )


def _items(rows: Sequence[ItemRow], offers: Sequence[SourceRow]) -> columns.Items:
    best: dict[str, int] = {}
    for offer in offers:
        best[offer.item] = min(offer.lead, best.get(offer.item, offer.lead))
    return columns.Items(
        code=tuple(row.code for row in rows),
        make=_flags([row.make for row in rows]),
        finished_good=_flags([row.finished for row in rows]),
        lead_days=_days([row.lead if row.make else best.get(row.code, row.lead) for row in rows]),
        safety_stock=_units([row.safety for row in rows]),
        unit_cost=_scaled([row.cost for row in rows], PRICE_SCALE),
    )


def _locations(rows: Sequence[LocationRow]) -> columns.Locations:
    sites = _places(sorted({row.site for row in rows}))
    return columns.Locations(
        code=tuple(row.code for row in rows),
        site=_positions([sites[row.site] for row in rows]),
        may_ship=_flags([row.may_ship for row in rows]),
    )


def _demand(
    rows: Sequence[DemandRow],
    item_at: dict[str, int],
    place_at: dict[str, int],
    customer_at: dict[str, int],
    as_of: int,
) -> columns.Demand:
    rows = sorted(rows, key=lambda row: (row.order, row.line))
    return columns.Demand(
        order=tuple(row.order for row in rows),
        line=_positions([row.line for row in rows]),
        item=_positions([item_at[row.item] for row in rows]),
        location=_positions([place_at[row.location] for row in rows]),
        quantity=_units([row.quantity for row in rows]),
        due=_days([as_of + row.due for row in rows]),
        requested=_days([as_of + (row.due if row.requested is None else row.requested) for row in rows]),
        order_date=_days([as_of + row.order_date for row in rows]),
        entry=_units([row.entry or 0 for row in rows]),
        priority=_positions([row.priority for row in rows]),
        price=_scaled([row.price for row in rows], PRICE_SCALE),
        penalty=_units([row.penalty for row in rows]),
        customer=_positions([customer_at[row.customer] for row in rows]),
    )


def _stock(rows: Sequence[StockRow], item_at: dict[str, int], place_at: dict[str, int]) -> columns.Stock:
    units: dict[tuple[int, int], int] = {}
    for row in rows:
        key = item_at[row.item], place_at[row.location]
        units[key] = units.get(key, 0) + row.quantity
    keys = sorted(units)
    return columns.Stock(
        item=_positions([item for item, _ in keys]),
        location=_positions([place for _, place in keys]),
        available=_units([units[key] for key in keys]),
    )


def _supply(
    rows: Sequence[SupplyRow],
    item_at: dict[str, int],
    place_at: dict[str, int],
    supplier_at: dict[str, int],
    as_of: int,
) -> columns.Supply:
    rows = sorted(rows, key=lambda row: (KINDS[row.kind], row.number, row.line))
    return columns.Supply(
        kind=np.array([KINDS[row.kind] for row in rows], dtype=np.int8),
        number=tuple(row.number for row in rows),
        line=_positions([row.line for row in rows]),
        item=_positions([item_at[row.item] for row in rows]),
        location=_positions([place_at[row.location] for row in rows]),
        quantity=_units([row.quantity for row in rows]),
        due=_days([as_of + row.due for row in rows]),
        start=_days([as_of + (row.due if row.start is None else row.start) for row in rows]),
        supplier=_positions([supplier_at[row.supplier] if row.supplier else -1 for row in rows]),
        issued=_flags([row.issued for row in rows]),
    )


def _bom(rows: Sequence[BomRow], item_at: dict[str, int]) -> columns.Bom:
    rows = sorted(rows, key=lambda row: (item_at[row.parent], item_at[row.component]))
    return columns.Bom(
        parent=_positions([item_at[row.parent] for row in rows]),
        component=_positions([item_at[row.component] for row in rows]),
        per_parent=_scaled([row.quantity for row in rows], PER_PARENT_SCALE),
    )


def _lanes(rows: Sequence[LaneRow], place_at: dict[str, int]) -> columns.Lanes:
    rows = sorted(rows, key=lambda row: (place_at[row.origin], place_at[row.destination]))
    return columns.Lanes(
        origin=_positions([place_at[row.origin] for row in rows]),
        destination=_positions([place_at[row.destination] for row in rows]),
        days=_days([row.days for row in rows]),
        fixed_cost=_scaled([row.fixed for row in rows], PRICE_SCALE),
        unit_cost=_scaled([row.unit for row in rows], PRICE_SCALE),
    )


def _sources(rows: Sequence[SourceRow], item_at: dict[str, int], supplier_at: dict[str, int]) -> columns.Sources:
    rows = sorted(rows, key=lambda row: (item_at[row.item], supplier_at[row.supplier]))
    return columns.Sources(
        item=_positions([item_at[row.item] for row in rows]),
        supplier=_positions([supplier_at[row.supplier] for row in rows]),
        lead_days=_days([row.lead for row in rows]),
        price=_scaled([row.price for row in rows], PRICE_SCALE),
        minimum=_units([row.minimum for row in rows]),
        multiple=_units([row.multiple for row in rows]),
        maximum=_units([row.maximum for row in rows]),
    )


def _places(codes: Iterable[str]) -> dict[str, int]:
    return {code: n for n, code in enumerate(codes)}


def _positions(values: Sequence[int]) -> columns.Positions:
    return np.array(values, dtype=np.int32)


def _days(values: Sequence[int]) -> columns.Days:
    return np.array(values, dtype=np.int32)


def _units(values: Sequence[int]) -> columns.Ints:
    return np.array(values, dtype=np.int64)


def _flags(values: Sequence[bool]) -> columns.Flags:
    return np.array(values, dtype=np.bool_)


def _scaled(values: Sequence[str], scale: int) -> columns.Ints:
    return np.array([int(Decimal(str(value)) * scale) for value in values], dtype=np.int64)
