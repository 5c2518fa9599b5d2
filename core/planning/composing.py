"""A snapshot from plain rows: books that come from no database, such as a model of somebody else or an example.

Days are dates; the order in which rows are given does not matter.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.planning import snapshot as columns
from core.planning.snapshot import NEVER, PER_PARENT_SCALE, Snapshot, day_number

UNLIMITED = 10**12


class PlainItem(NamedTuple):
    """An item; `lead_days` is the time to make it. A lot is of `minimum` at least, in steps of `multiple`."""

    code: str
    make: bool = False
    lead_days: int = 0
    minimum: int = 1
    multiple: int = 1
    safety_days: int = 0


class PlainStock(NamedTuple):
    """Units that lie at a location."""

    item: str
    location: str
    quantity: int


class PlainSupply(NamedTuple):
    """An order that comes in on a day: `kind` is one of the numbers of core/planning/snapshot.py."""

    kind: int
    number: str
    item: str
    location: str
    quantity: int
    due: date


class PlainPart(NamedTuple):
    """Units of a component for one of its parent, in millionths."""

    parent: str
    component: str
    per_parent: int = PER_PARENT_SCALE


class PlainLane(NamedTuple):
    """A way between two locations for one item."""

    item: str
    origin: str
    destination: str
    days: int
    priority: int = 1


class PlainSource(NamedTuple):
    """A supplier of an item; an empty location is any."""

    item: str
    supplier: str
    lead_days: int
    location: str = ""
    priority: int = 1
    safety_days: int = 0
    minimum: int = 1
    multiple: int = 1


class PlainClaim(NamedTuple):
    """Units promised already."""

    item: str
    location: str
    quantity: int
    due: date


def compose(
    *,
    as_of: date,
    items: Iterable[PlainItem],
    locations: Iterable[str],
    stock: Iterable[PlainStock] = (),
    supply: Iterable[PlainSupply] = (),
    parts: Iterable[PlainPart] = (),
    lanes: Iterable[PlainLane] = (),
    sources: Iterable[PlainSource] = (),
    claims: Iterable[PlainClaim] = (),
) -> Snapshot:
    """The snapshot; every location is a site of its own that may ship, and nothing has a price."""
    things, places = sorted(items), sorted(set(locations))
    offers, ways = sorted(sources), sorted(lanes, key=lambda lane: (lane.origin, lane.destination, lane.item))
    suppliers = sorted({offer.supplier for offer in offers})
    item = {row.code: n for n, row in enumerate(things)}
    place = {code: n for n, code in enumerate(places)} | {"": -1}
    return Snapshot(
        as_of=day_number(as_of),
        currency="XXX",
        buffer_days=0,
        items=_items(things, offers),
        locations=_locations(places),
        parties=_parties(suppliers),
        demand=_no_demand(),
        stock=_stock(list(stock), item, place),
        supply=_supply(list(supply), item, place),
        bom=_bom(list(parts), item),
        lanes=_lanes(ways, place),
        lane_terms=_lane_terms(ways, item),
        sources=_sources(offers, item, suppliers),
        source_terms=_source_terms(offers, place),
        item_terms=_item_terms(things),
        claims=_claims(list(claims), item, place),
    )


def _locations(places: list[str]) -> columns.Locations:
    ships = np.ones(len(places), dtype=np.bool_)
    return columns.Locations(code=tuple(places), site=_ints(list(range(len(places)))), may_ship=ships)


def _parties(suppliers: list[str]) -> columns.Parties:
    names = tuple(suppliers)
    return columns.Parties(customer=(), customer_name=(), customer_tier=_ints([]), supplier=names, supplier_name=names)


def _lanes(ways: Sequence[PlainLane], place: dict[str, int]) -> columns.Lanes:
    return columns.Lanes(
        origin=_ints([place[lane.origin] for lane in ways]),
        destination=_ints([place[lane.destination] for lane in ways]),
        days=_ints([lane.days for lane in ways]),
        fixed_cost=_longs([0] * len(ways)),
        unit_cost=_longs([0] * len(ways)),
    )


def _lane_terms(ways: Sequence[PlainLane], item: dict[str, int]) -> columns.LaneTerms:
    return columns.LaneTerms(
        priority=_ints([lane.priority for lane in ways]), item=_ints([item[lane.item] for lane in ways])
    )


def _items(things: Sequence[PlainItem], offers: Sequence[PlainSource]) -> columns.Items:
    quickest: dict[str, int] = {}
    for offer in offers:
        quickest[offer.item] = min(offer.lead_days, quickest.get(offer.item, offer.lead_days))
    return columns.Items(
        code=tuple(row.code for row in things),
        make=np.array([row.make for row in things], dtype=np.bool_),
        finished_good=np.ones(len(things), dtype=np.bool_),
        lead_days=_ints([row.lead_days if row.make else quickest.get(row.code, row.lead_days) for row in things]),
        safety_stock=_longs([0] * len(things)),
        unit_cost=_longs([0] * len(things)),
    )


def _item_terms(things: Sequence[PlainItem]) -> columns.ItemTerms:
    return columns.ItemTerms(
        minimum=_longs([row.minimum for row in things]),
        multiple=_longs([row.multiple for row in things]),
        maximum=_longs([UNLIMITED] * len(things)),
        safety_days=_ints([row.safety_days for row in things]),
        fence=_ints([0] * len(things)),
        phantom=np.zeros(len(things), dtype=np.bool_),
    )


def _no_demand() -> columns.Demand:
    days, units = _ints([]), _longs([])
    return columns.Demand(
        order=(),
        line=days,
        item=days,
        location=days,
        quantity=units,
        due=days,
        requested=days,
        order_date=days,
        entry=units,
        priority=days,
        price=units,
        penalty=units,
        customer=days,
    )


def _stock(rows: list[PlainStock], item: dict[str, int], place: dict[str, int]) -> columns.Stock:
    units: dict[tuple[int, int], int] = {}
    for row in rows:
        key = item[row.item], place[row.location]
        units[key] = units.get(key, 0) + row.quantity
    keys = sorted(units)
    return columns.Stock(
        item=_ints([key[0] for key in keys]),
        location=_ints([key[1] for key in keys]),
        available=_longs([units[key] for key in keys]),
    )


def _supply(rows: list[PlainSupply], item: dict[str, int], place: dict[str, int]) -> columns.Supply:
    rows = sorted(rows)
    days = _ints([day_number(row.due) for row in rows])
    return columns.Supply(
        kind=np.array([row.kind for row in rows], dtype=np.int8),
        number=tuple(row.number for row in rows),
        line=_ints([1] * len(rows)),
        item=_ints([item[row.item] for row in rows]),
        location=_ints([place[row.location] for row in rows]),
        quantity=_longs([row.quantity for row in rows]),
        due=days,
        start=days,
        supplier=_ints([-1] * len(rows)),
        issued=np.ones(len(rows), dtype=np.bool_),
    )


def _bom(rows: list[PlainPart], item: dict[str, int]) -> columns.Bom:
    rows = sorted(rows)
    return columns.Bom(
        parent=_ints([item[row.parent] for row in rows]),
        component=_ints([item[row.component] for row in rows]),
        per_parent=_longs([row.per_parent for row in rows]),
    )


def _sources(offers: Sequence[PlainSource], item: dict[str, int], suppliers: list[str]) -> columns.Sources:
    return columns.Sources(
        item=_ints([item[offer.item] for offer in offers]),
        supplier=_ints([suppliers.index(offer.supplier) for offer in offers]),
        lead_days=_ints([offer.lead_days for offer in offers]),
        price=_longs([0] * len(offers)),
        minimum=_longs([offer.minimum for offer in offers]),
        multiple=_longs([offer.multiple for offer in offers]),
        maximum=_longs([UNLIMITED] * len(offers)),
    )


def _source_terms(offers: Sequence[PlainSource], place: dict[str, int]) -> columns.SourceTerms:
    return columns.SourceTerms(
        priority=_ints([offer.priority for offer in offers]),
        safety_days=_ints([offer.safety_days for offer in offers]),
        weekly_capacity=_longs([UNLIMITED] * len(offers)),
        valid_from=_ints([0] * len(offers)),
        valid_to=_ints([NEVER] * len(offers)),
        location=_ints([place[offer.location] for offer in offers]),
    )


def _claims(rows: list[PlainClaim], item: dict[str, int], place: dict[str, int]) -> columns.Claims:
    rows = sorted(rows)
    return columns.Claims(
        item=_ints([item[row.item] for row in rows]),
        location=_ints([place[row.location] for row in rows]),
        quantity=_longs([row.quantity for row in rows]),
        due=_ints([day_number(row.due) for row in rows]),
    )


def _ints(values: list[int]) -> NDArray[np.int32]:
    return np.array(values, dtype=np.int32)


def _longs(values: list[int]) -> NDArray[Any]:
    return np.array(values, dtype=np.int64)
