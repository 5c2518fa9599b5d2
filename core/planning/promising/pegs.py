"""What a promise rests on: its takings laid over what is free of each receipt, and the orders still to be placed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from core.domain.ids import ItemCode, LocationCode, SupplierCode
from core.domain.promising import Peg, PegKind, TrialKind, TrialOrder
from core.planning.promising.book import Book, Changed, Ordered
from core.planning.promising.ledger import Receipt
from core.planning.snapshot import (
    PLANNED_PURCHASE,
    PLANNED_TRANSFER,
    PLANNED_WORK,
    PURCHASE_ORDER,
    TRANSFER_ORDER,
    WORK_ORDER,
    date_of,
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


def trial_orders_of(book: Book, mark: int) -> tuple[TrialOrder, ...]:
    """The orders that would have to be placed, by begin, kind, item and place."""
    items, places = book.snapshot.items.code, book.snapshot.locations.code
    orders = [
        TrialOrder(
            kind=entry.kind,
            item=ItemCode(items[entry.item]),
            location=LocationCode(places[entry.location]),
            quantity=entry.quantity,
            begin=date_of(entry.begin),
            due=date_of(entry.due),
            origin=None if entry.origin < 0 else LocationCode(places[entry.origin]),
            supplier=None if entry.supplier < 0 else SupplierCode(book.snapshot.parties.supplier[entry.supplier]),
        )
        for entry in book.since(mark)
        if isinstance(entry, Ordered)
    ]
    return tuple(sorted(orders, key=lambda o: (o.begin, o.kind, o.item, o.location, o.due, o.quantity)))


def pegs_of(book: Book, mark: int) -> tuple[Peg, ...]:
    """Every taking since a bookmark, peg by peg, from the thing asked for downwards."""
    orders = {entry.number: entry for entry in book.since(0) if isinstance(entry, Ordered)}
    taken: defaultdict[tuple[int, int], list[Changed]] = defaultdict(list)
    for entry in book.since(mark):
        if isinstance(entry, Changed) and entry.level >= 0:
            taken[entry.item, entry.group].append(entry)
    pegs = [
        _peg(book, orders, take, receipt, units)
        for (item, group), takes in taken.items()
        for take, receipt, units in _spread(book, item, group, takes)
    ]
    return tuple(sorted(_merged(pegs), key=lambda p: (p.level, p.item, p.location, p.on, p.kind, p.reference)))


def _merged(pegs: Iterable[Peg]) -> Iterator[Peg]:
    """One peg for all units of the same thing from the same place."""
    units: dict[Peg, int] = {}
    for peg in pegs:
        same = replace(peg, quantity=0)
        units[same] = units.get(same, 0) + peg.quantity
    return (replace(peg, quantity=count) for peg, count in units.items())


def _spread(book: Book, item: int, group: int, takes: list[Changed]) -> Iterator[tuple[Changed, Receipt, int]]:
    """Takings of new orders from those; the others from the earliest receipts of which something is free, then, where
    they were lent it, from what is there."""
    receipts = book.ledger(item, group).receipts
    before = [
        e for e in book.since(0) if isinstance(e, Changed) and e.source != -1 and (e.item, e.group) == (item, group)
    ]
    own = list({id(entry): entry for entry in (*before, *takes)}.values())
    whole = _less_direct(receipts, own)
    free = _free_of_each(book, item, group, whole, own)
    direct = {receipt.source: receipt for receipt in reversed(receipts)}
    for take in takes:
        if take.source != -1:
            yield take, direct[take.source], -take.quantity
            continue
        wanted = -take.quantity
        for offered in (free, whole):
            for at, receipt in enumerate(receipts):
                units = min(wanted, offered[at], whole[at]) if receipt.day <= take.day else 0
                if units > 0:
                    wanted -= units
                    free[at], whole[at] = max(0, free[at] - units), whole[at] - units
                    yield take, receipt, units


def _less_direct(receipts: list[Receipt], own: list[Changed]) -> list[int]:
    """Units of each receipt that no taking has to itself."""
    direct: defaultdict[int, int] = defaultdict(int)
    for entry in own:
        if entry.source != -1:
            direct[entry.source] -= entry.quantity
    return [receipt.quantity - direct.get(receipt.source, 0) for receipt in receipts]


def _free_of_each(book: Book, item: int, group: int, whole: list[int], own: list[Changed]) -> list[int]:
    """Discrete ATP: what others need is taken from the last receipt before it, and from earlier ones where that does
    not do."""
    ledger = book.ledger(item, group)
    needed: defaultdict[int, int] = defaultdict(int)
    for day, change in zip(ledger.days, ledger.changes, strict=True):
        needed[day] -= change
    for receipt in ledger.receipts:
        needed[receipt.day] += receipt.quantity
    for entry in own:
        needed[entry.day] += entry.quantity
    days, free, carried = sorted(needed, reverse=True), [0] * len(whole), 0
    at = 0
    for row in range(len(whole) - 1, -1, -1):
        while at < len(days) and days[at] >= ledger.receipts[row].day:
            carried += needed[days[at]]
            at += 1
        free[row] = max(0, whole[row] - max(0, carried))
        carried = max(0, carried - whole[row])
    return free


def _peg(book: Book, orders: dict[int, Ordered], take: Changed, receipt: Receipt, units: int) -> Peg:
    snapshot = book.snapshot
    place, whole, reference = book.terms.place[take.group], 0, ""
    if receipt.source == -1:
        kind, whole = PegKind.STOCK, receipt.quantity
    elif receipt.source >= 0:
        row = receipt.source
        place, whole = int(snapshot.supply.location[row]), int(snapshot.supply.quantity[row])
        kind = _ON_ORDER[int(snapshot.supply.kind[row])]
        reference = f"{snapshot.supply.number[row]}/{snapshot.supply.line[row]}"
    else:
        order = orders[receipt.source]
        kind, place = _NEW[order.kind], order.location
        if order.supplier >= 0:
            reference = snapshot.parties.supplier[order.supplier]
        elif order.origin >= 0:
            reference = snapshot.locations.code[order.origin]
    return Peg(
        kind=kind,
        reference=reference,
        item=ItemCode(snapshot.items.code[take.item]),
        location=LocationCode(snapshot.locations.code[place]),
        quantity=units,
        on=date_of(receipt.day),
        level=take.level,
        whole=whole,
    )
