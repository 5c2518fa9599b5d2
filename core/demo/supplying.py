"""What is in stock, being made, on order and on its way, level by level so that the order book is mostly kept."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from core.demo.covering import Habit, Need, cover, needs_in_turn
from core.demo.orders import CURRENCY, OrderBook
from core.demo.places import HOUSTON, PRODUCTION, RENO, SHIPPING, STORE, TRANSIT_DAYS, TULSA
from core.domain.ids import ItemCode, LocationCode, PurchaseOrderNo, SupplierCode, TransferOrderNo, WorkOrderNo
from core.domain.items import BomComponent, Item, StockBalance
from core.domain.orders import PurchaseOrder, PurchaseOrderLine, TransferOrder, WorkOrder
from core.domain.parties import SupplierItem
from core.domain.quantity import rounded_up

_RENO_MAKES = frozenset({"GV", "BV", "CV"})
_TULSA_MAKES = frozenset({"FV", "LV", "YS", "AC", "AV", "YK"})
_NOT_IN_RENO = frozenset({"GV-06"})
# Made for projects that were cancelled: what one site has too much of and another may come to lack.
_SURPLUS = {("BV-03", "HOU-SHIP"): 60, ("GV-02", "RNO-SHIP"): 35, ("CV-03", "GHENT"): 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Something on order: which item, where, when (days after the as-of date) and how much."""

    item: ItemCode
    location: LocationCode
    day: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """A work order before it has a number; `start` in days after the as-of date."""

    arrival: Arrival
    start: int


@dataclass(slots=True, kw_only=True)
class Plant:
    """The plan as it grows, top of the bill of materials first."""

    items: dict[ItemCode, Item]
    bom: dict[ItemCode, list[BomComponent]]
    rng: random.Random
    on_hand: Counter[tuple[ItemCode, LocationCode]] = field(default_factory=Counter[tuple[ItemCode, LocationCode]])
    reserved: Counter[tuple[ItemCode, LocationCode]] = field(default_factory=Counter[tuple[ItemCode, LocationCode]])
    makings: list[Making] = field(default_factory=list[Making])
    moves: list[Arrival] = field(default_factory=list[Arrival])
    purchases: list[Arrival] = field(default_factory=list[Arrival])
    needed: dict[tuple[ItemCode, str], list[tuple[int, int]]] = field(
        default_factory=lambda: defaultdict[tuple[ItemCode, str], list[tuple[int, int]]](list)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplies:
    """The supply side of the books."""

    stock: tuple[StockBalance, ...]
    work_orders: tuple[WorkOrder, ...]
    purchase_orders: tuple[PurchaseOrder, ...]
    purchase_order_lines: tuple[PurchaseOrderLine, ...]
    transfer_orders: tuple[TransferOrder, ...]


def supplies(
    book: OrderBook,
    *,
    items: Sequence[Item],
    bom: Sequence[BomComponent],
    offers: Sequence[SupplierItem],
    as_of: date,
    rng: random.Random,
) -> Supplies:
    """Stock and open supply that keep the order book."""
    rows: dict[ItemCode, list[BomComponent]] = defaultdict(list)
    for row in bom:
        rows[row.parent].append(row)
    plant = Plant(items={item.code: item for item in items}, bom=rows, rng=rng)
    _ship(plant, book, as_of)
    for (code, place), units in _SURPLUS.items():
        plant.on_hand[ItemCode(code), LocationCode(place)] += units
    levels = _levels(rows)
    for level in range(1 + max(levels.values(), default=0)):
        for code, site in sorted(plant.needed):
            if plant.items[code].make and levels[code] == level:
                _stage(plant, code, site)
    for code, site in sorted(plant.needed):
        if not plant.items[code].make:
            _stage(plant, code, site)
    orders, lines = _purchase_orders(plant, offers, as_of)
    return Supplies(
        stock=_stock(plant),
        work_orders=_work_orders(plant, as_of),
        purchase_orders=orders,
        purchase_order_lines=lines,
        transfer_orders=_transfer_orders(plant, as_of),
    )


def _levels(rows: dict[ItemCode, list[BomComponent]]) -> dict[ItemCode, int]:
    """How deep each item stands below the goods that are built last, so that every need is there before it is met."""
    levels: dict[ItemCode, int] = defaultdict(int)
    for _ in rows:
        for parent in sorted(rows):
            for row in rows[parent]:
                levels[row.component] = max(levels[row.component], levels[parent] + 1)
    return levels


def _ship(plant: Plant, book: OrderBook, as_of: date) -> None:
    """Finished goods where they ship from: made there, or brought from Houston."""
    by_order = {order.number: order for order in book.orders}
    wanted: dict[tuple[ItemCode, LocationCode], list[tuple[int, date, str, int, int, int]]] = defaultdict(list)
    for line in book.lines:
        order = by_order[line.order]
        day = (line.due - as_of).days
        rank = (order.priority, line.due, order.number, line.line, day, line.open_quantity)
        wanted[line.item, order.ship_from].append(rank)
    for (code, place), ranks in sorted(wanted.items()):
        needs = needs_in_turn((rank[4], rank[5]) for rank in sorted(ranks))
        site = next(site for site, shipping in SHIPPING.items() if shipping == place)
        if _made_at(code, site):
            _make(plant, code, site, place, needs, stocked=plant.rng.randint(7, 13))
        else:
            _bring(plant, code, site, needs)


def _made_at(code: ItemCode, site: str) -> bool:
    if site == RENO:
        return code[:2] in _RENO_MAKES and code not in _NOT_IN_RENO
    return site == HOUSTON or (site == TULSA and code[:2] in _TULSA_MAKES)


def _make(plant: Plant, code: ItemCode, site: str, place: LocationCode, needs: Sequence[Need], *, stocked: int) -> None:
    """Work orders for what is not in stock, and what they take as needs of their components."""
    item = plant.items[code]
    habit = Habit(stocked=stocked, every=plant.rng.randint(6, 9), early=plant.rng.randint(3, 5))
    covered = cover(needs, safety=item.safety_stock, habit=habit)
    plant.on_hand[code, place] += covered.on_hand
    for day, units in covered.receipts:
        start = day - item.lead_time_days
        plant.makings.append(Making(arrival=Arrival(item=code, location=place, day=day, units=units), start=start))
        for row in plant.bom[code] if start >= 0 else ():
            per = row.quantity_per / (1 - row.scrap)
            taken = int((units * per).to_integral_value(rounding=ROUND_CEILING))
            plant.needed[row.component, site].append((start, taken))


def _bring(plant: Plant, code: ItemCode, site: str, needs: Sequence[Need]) -> None:
    """Transfers from Houston; what has not left yet waits there."""
    habit = Habit(stocked=plant.rng.randint(10, 18), every=10, early=4)
    covered = cover(needs, safety=plant.items[code].safety_stock, habit=habit)
    plant.on_hand[code, SHIPPING[site]] += covered.on_hand
    for day, units in covered.receipts:
        plant.moves.append(Arrival(item=code, location=SHIPPING[site], day=day, units=units))
        if day - TRANSIT_DAYS[site] > 0:
            plant.on_hand[code, SHIPPING[HOUSTON]] += units
            plant.reserved[code, SHIPPING[HOUSTON]] += units


def _stage(plant: Plant, code: ItemCode, site: str) -> None:
    """A component where it is used: made in production, or bought into the stores."""
    needs = needs_in_turn(sorted(plant.needed[code, site]))
    if plant.items[code].make:
        _make(plant, code, site, PRODUCTION[site], needs, stocked=plant.rng.randint(5, 9))
        return
    habit = Habit(stocked=plant.rng.randint(8, 13), every=plant.rng.randint(8, 12), early=plant.rng.randint(3, 5))
    covered = cover(needs, safety=plant.items[code].safety_stock, habit=habit)
    plant.on_hand[code, STORE[site]] += covered.on_hand
    for day, units in covered.receipts:
        plant.purchases.append(Arrival(item=code, location=STORE[site], day=day, units=units))


def _stock(plant: Plant) -> tuple[StockBalance, ...]:
    return tuple(
        StockBalance(item=item, location=place, on_hand=units, reserved=plant.reserved[item, place])
        for (item, place), units in sorted(plant.on_hand.items())
        if units
    )


def _work_orders(plant: Plant, as_of: date) -> tuple[WorkOrder, ...]:
    ranked = sorted(plant.makings, key=lambda making: (making.start, making.arrival.item, making.arrival.location))
    return tuple(
        WorkOrder(
            number=WorkOrderNo(f"WO-{5000 + number}"),
            item=making.arrival.item,
            location=making.arrival.location,
            ordered=making.arrival.units,
            start=as_of + timedelta(days=making.start),
            due=as_of + timedelta(days=making.arrival.day),
            components_issued=making.start < 0,
        )
        for number, making in enumerate(ranked, start=1)
    )


def _transfer_orders(plant: Plant, as_of: date) -> tuple[TransferOrder, ...]:
    ranked = sorted(plant.moves, key=lambda move: (move.day, move.location, move.item))
    site_of = {place: site for site, place in SHIPPING.items()}
    orders: list[TransferOrder] = []
    for number, move in enumerate(ranked, start=1):
        leaves = move.day - TRANSIT_DAYS[site_of[move.location]]
        orders.append(
            TransferOrder(
                number=TransferOrderNo(f"TO-{300 + number}"),
                item=move.item,
                origin=SHIPPING[HOUSTON],
                destination=move.location,
                quantity=move.units,
                ship_on=as_of + timedelta(days=leaves),
                due=as_of + timedelta(days=move.day),
                shipped=leaves <= 0,
            )
        )
    return tuple(orders)


def _purchase_orders(
    plant: Plant, offers: Sequence[SupplierItem], as_of: date
) -> tuple[tuple[PurchaseOrder, ...], tuple[PurchaseOrderLine, ...]]:
    """Purchase orders by supplier, place and week of arrival."""
    sources: dict[ItemCode, list[SupplierItem]] = defaultdict(list)
    for offer in sorted(offers, key=lambda offer: (offer.item, offer.priority)):
        sources[offer.item].append(offer)
    grouped: dict[tuple[int, LocationCode, SupplierCode], list[tuple[Arrival, SupplierItem]]] = defaultdict(list)
    for arrival in sorted(plant.purchases, key=lambda arrival: (arrival.day, arrival.location, arrival.item)):
        offer = sources[arrival.item][1 if plant.rng.random() < 0.15 else 0]
        grouped[arrival.day // 7, arrival.location, offer.supplier].append((arrival, offer))
    orders: list[PurchaseOrder] = []
    lines: list[PurchaseOrderLine] = []
    for number, (_, _, supplier) in enumerate(sorted(grouped), start=2001):
        group = grouped[sorted(grouped)[number - 2001]]
        ordered = min(arrival.day - offer.lead_time_days for arrival, offer in group)
        order = PurchaseOrder(
            number=PurchaseOrderNo(f"PO-{number}"),
            supplier=supplier,
            order_date=as_of + timedelta(days=min(ordered, -plant.rng.randint(1, 6))),
            currency=CURRENCY,
        )
        orders.append(order)
        lines += [_purchase_line(order, line, *pair, as_of=as_of) for line, pair in enumerate(group, start=1)]
    return tuple(orders), tuple(lines)


def _purchase_line(
    order: PurchaseOrder, line: int, arrival: Arrival, offer: SupplierItem, *, as_of: date
) -> PurchaseOrderLine:
    return PurchaseOrderLine(
        order=order.number,
        line=line,
        item=arrival.item,
        location=arrival.location,
        ordered=rounded_up(arrival.units, minimum=offer.minimum_order, multiple=offer.multiple),
        unit_price=Decimal(offer.unit_price),
        due=as_of + timedelta(days=arrival.day),
    )
