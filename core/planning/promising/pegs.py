"""What a promise rests on: its takings laid over what is free of each receipt, and the orders still to be placed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from core.domain.ids import ItemCode, LocationCode, SupplierCode
from core.domain.promising import Peg, PegKind, TrialKind, TrialOrder
from core.planning.promising.book import Book, Changed, Entry, Node, Supplied
from core.planning.promising.ledger import Receipt
from core.planning.promising.needs import dated
from core.planning.snapshot import (
    PLANNED_PURCHASE,
    PLANNED_TRANSFER,
    PLANNED_WORK,
    PURCHASE_ORDER,
    TRANSFER_ORDER,
    WORK_ORDER,
)

_ON_ORDER = {
    WORK_ORDER: PegKind.WORK_ORDER,
    PURCHASE_ORDER: PegKind.PURCHASE_ORDER,
    TRANSFER_ORDER: PegKind.TRANSFER_ORDER,
    PLANNED_WORK: PegKind.WORK_ORDER,
    PLANNED_PURCHASE: PegKind.PURCHASE_ORDER,
    PLANNED_TRANSFER: PegKind.TRANSFER_ORDER,
}
_NEW = {
    TrialKind.BUY: PegKind.NEW_PURCHASE,
    TrialKind.MAKE: PegKind.NEW_WORK_ORDER,
    TrialKind.MOVE: PegKind.NEW_TRANSFER,
}
_Key: TypeAlias = tuple[int, str, str, int, PegKind, str, int]
"""Level, item, location, day, kind, reference and whole quantity of a peg: in this order they are told."""


def trial_orders_of(book: Book, entries: Sequence[Entry]) -> tuple[TrialOrder, ...]:
    """The orders that would have to be placed, by begin, kind, item and place."""
    items, places = book.snapshot.items.code, book.snapshot.locations.code
    orders = [entry.order for entry in entries if isinstance(entry, Supplied)]
    orders.sort(key=lambda o: (o.begin, o.kind, items[o.item], places[o.location], o.due, o.quantity))
    return tuple(
        TrialOrder(
            kind=order.kind,
            item=ItemCode(items[order.item]),
            location=LocationCode(places[order.location]),
            quantity=order.quantity,
            begin=dated(order.begin),
            due=dated(order.due),
            origin=None if order.origin < 0 else LocationCode(places[order.origin]),
            supplier=None if order.supplier < 0 else SupplierCode(book.snapshot.parties.supplier[order.supplier]),
        )
        for order in orders
    )


def pegs_of(book: Book, entries: Sequence[Entry]) -> tuple[Peg, ...]:
    """Every taking of these entries, which are the last of the log, from the thing asked for downwards; one peg for all
    units of the same thing from the same place."""
    taken: defaultdict[Node, list[Changed]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Supplied):
            taken[entry.take.node].append(entry.take)
        elif isinstance(entry, Changed) and entry.level >= 0:
            taken[entry.node].append(entry)
    units: defaultdict[_Key, int] = defaultdict(int)
    for node, takes in taken.items():
        for take, receipt, quantity in _spread(node, takes):
            units[_key(book, take, receipt)] += quantity
    return tuple(
        Peg(
            kind=kind,
            reference=reference,
            item=ItemCode(item),
            location=LocationCode(place),
            quantity=quantity,
            on=dated(day),
            level=level,
            whole=whole,
        )
        for (level, item, place, day, kind, reference, whole), quantity in sorted(units.items())
    )


def _spread(node: Node, takes: Sequence[Changed]) -> Iterator[tuple[Changed, Receipt, int]]:
    """Takings of new orders from those; the others from the earliest receipts of which something is free, then, where
    they were lent it, from what is there."""
    receipts, loose = node.ledger.receipts, [take for take in takes if take.source == -1]
    if len(loose) < len(takes):
        made = {receipt.source: receipt for receipt in receipts if receipt.source < -1}
        for take in takes:
            if take.source != -1:
                yield take, made[take.source], -take.quantity
    if not loose:
        return
    own = [take for take in node.takes if take.source != -1]
    whole = _less_direct(receipts, own)
    free = _free_of_each(node, whole, [*own, *loose])
    for take in loose:
        wanted = -take.quantity
        for offered in (free, whole):
            for at, receipt in enumerate(receipts):
                if wanted <= 0 or receipt.day > take.day:
                    break
                units = min(wanted, offered[at], whole[at])
                if units > 0:
                    wanted -= units
                    free[at], whole[at] = max(0, free[at] - units), whole[at] - units
                    yield take, receipt, units


def _less_direct(receipts: Sequence[Receipt], own: Sequence[Changed]) -> list[int]:
    """Units of each receipt that no taking has to itself."""
    if not own:
        return [receipt.quantity for receipt in receipts]
    direct: defaultdict[int, int] = defaultdict(int)
    for entry in own:
        direct[entry.source] -= entry.quantity
    return [receipt.quantity - direct.get(receipt.source, 0) for receipt in receipts]


def _free_of_each(node: Node, whole: Sequence[int], own: Sequence[Changed]) -> list[int]:
    """Discrete ATP: what others need is taken from the last receipt before it, and from earlier ones where that does
    not do. What others need on days is what comes on them less the change, and less the own takings."""
    ledger, carried, free = node.ledger, 0, [0] * len(whole)
    days, changes, receipts = ledger.days, ledger.changes, ledger.receipts
    mine = sorted(own, key=lambda take: take.day)
    at, coming = len(days) - 1, len(receipts) - 1
    for row in range(len(whole) - 1, -1, -1):
        day = receipts[row].day
        while at >= 0 and days[at] >= day:
            carried -= changes[at]
            at -= 1
        while coming >= 0 and receipts[coming].day >= day:
            carried += receipts[coming].quantity
            coming -= 1
        while mine and mine[-1].day >= day:
            carried += mine.pop().quantity
        free[row] = max(0, whole[row] - max(0, carried))
        carried = max(0, carried - whole[row])
    return free


def _key(book: Book, take: Changed, receipt: Receipt) -> _Key:
    snapshot, spot = book.snapshot, take.node.spot
    place, whole, reference = spot.place, 0, ""
    if receipt.source == -1:
        kind, whole = PegKind.STOCK, receipt.quantity
    elif receipt.source >= 0:
        row = receipt.source
        place, whole = int(snapshot.supply.location[row]), int(snapshot.supply.quantity[row])
        kind = _ON_ORDER[int(snapshot.supply.kind[row])]
        reference = f"{snapshot.supply.number[row]}/{snapshot.supply.line[row]}"
    else:
        order = book.orders[receipt.source]
        kind, place = _NEW[order.kind], order.location
        if order.supplier >= 0:
            reference = snapshot.parties.supplier[order.supplier]
        elif order.origin >= 0:
            reference = snapshot.locations.code[order.origin]
    codes = snapshot.items.code[take.node.item], snapshot.locations.code[place]
    return take.level, *codes, receipt.day, kind, reference, whole
