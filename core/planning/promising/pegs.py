"""What a promise rests on: its takings laid over what is free of each receipt, and the orders still to be placed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from core.domain.ids import ItemCode, LocationCode, SupplierCode
from core.domain.promising import Peg, PegKind, TrialKind, TrialOrder
from core.planning.promising.book import Book, Changed, Entry, Node, Ordered, Supplied
from core.planning.promising.ledger import Receipt
from core.planning.promising.needs import dated
from core.planning.promising.opened import Told
from core.planning.snapshot import (
    PLANNED_PURCHASE,
    PLANNED_TRANSFER,
    PLANNED_WORK,
    PURCHASE_ORDER,
    TRANSFER_ORDER,
    WORK_ORDER,
    Snapshot,
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
_Key: TypeAlias = tuple[int, ItemCode, LocationCode, int, PegKind, str, int]
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
    units of the same thing from the same place. Takings of new orders are of those; the others of the earliest receipts
    of which something is free, then, where they were lent it, of what is there."""
    units: defaultdict[_Key, int] = defaultdict(int)
    loose: defaultdict[Node, list[Changed]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Supplied):
            units[(entry.level, *_new(book, entry.order, entry.receipt[0]))] += entry.used
        elif isinstance(entry, Changed) and entry.level >= 0:
            loose[entry.node].append(entry)
    for node, takes in loose.items():
        for level, receipt, quantity in _of_what_is_there(node, takes):
            units[(level, *_told(book, node, receipt))] += quantity
    return tuple(
        [
            Peg(
                kind=kind,
                reference=reference,
                item=item,
                location=place,
                quantity=quantity,
                on=dated(day),
                level=level,
                whole=whole,
            )
            for (level, item, place, day, kind, reference, whole), quantity in sorted(units.items())
        ]
    )


def _of_what_is_there(node: Node, loose: Sequence[Changed]) -> Iterator[tuple[int, Receipt, int]]:
    """Level, receipt and units of what each taking is of."""
    receipts = node.ledger.receipts
    if len(receipts) < 2 or receipts[1][0] > max([take.day for take in loose]):
        yield from _of_the_first(receipts, loose, node.own)
        return
    whole = _less_direct(receipts, node.own)
    free = _free_of_each(node, whole, loose)
    for _, day, quantity, level, _ in loose:
        wanted = -quantity
        for offered in (free, whole):
            for at, there in enumerate(offered):
                if wanted <= 0:
                    break
                if there <= 0 or whole[at] <= 0:
                    continue
                receipt = receipts[at]
                if receipt[0] > day:
                    break
                units = min(wanted, there, whole[at])
                wanted -= units
                free[at], whole[at] = max(0, free[at] - units), whole[at] - units
                yield level, receipt, units


def _of_the_first(
    receipts: Sequence[Receipt], loose: Sequence[Changed], own: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[int, Receipt, int]]:
    """The same where nothing but the first receipt comes in time: then it does not matter what of it is free."""
    for receipt, units in zip(receipts[:1], _less_direct(receipts[:1], own), strict=True):
        left = units
        for take in loose:
            got = min(-take.quantity, left) if receipt[0] <= take.day else 0
            if got > 0:
                left -= got
                yield take.level, receipt, got


def _less_direct(receipts: Sequence[Receipt], own: Sequence[tuple[int, int, int]]) -> list[int]:
    """Units of each receipt that no taking has to itself."""
    if not own:
        return [quantity for _, _, quantity in receipts]
    direct: defaultdict[int, int] = defaultdict(int)
    for source, _, units in own:
        direct[source] += units
    return [quantity if source >= -1 else quantity - direct.get(source, 0) for _, source, quantity in receipts]


def _free_of_each(node: Node, whole: Sequence[int], loose: Sequence[Changed]) -> list[int]:
    """Discrete ATP: what others need is taken from the last receipt before it, and from earlier ones where that does
    not do. What others need on days is what comes on them less the change, and less the own takings."""
    ledger, carried, free = node.ledger, 0, list(whole)
    days, changes, receipts = ledger.days, ledger.changes, ledger.receipts
    mine = sorted([*((day, units) for _, day, units in node.own), *((take.day, -take.quantity) for take in loose)])
    at, known = len(days) - 1, None
    for row in range(len(whole) - 1, -1, -1):
        day, units = receipts[row][0], whole[row]
        if day != known:
            known = day
            while at >= 0 and days[at] >= day:
                carried -= changes[at]
                at -= 1
            carried += _coming(receipts, row)
            while mine and mine[-1][0] >= day:
                carried -= mine.pop()[1]
        if carried <= 0:
            carried = 0
        elif carried < units:
            free[row], carried = units - carried, 0
        else:
            free[row] = 0
            carried -= units
    return free


def _coming(receipts: Sequence[Receipt], last: int) -> int:
    """Units that come on the day of the last one of these."""
    day, _, units = receipts[last]
    while last > 0 and receipts[last - 1][0] == day:
        last -= 1
        units += receipts[last][2]
    return units


def _told(book: Book, node: Node, receipt: Receipt) -> Told:
    """How a receipt is told of; of what is on order the same for every promise on a reading, so worked out once."""
    day, source, quantity = receipt
    if source >= 0:
        told = book.opened.told.get(source)
        if told is None:
            told = book.opened.told[source] = _on_order(book.snapshot, node, receipt)
        return told
    if source == -1:
        spot = node.spot
        return spot.code, spot.site, day, PegKind.STOCK, "", quantity
    return _new(book, book.orders[source], day)


def _new(book: Book, order: Ordered, day: int) -> Told:
    """How what an order still to be placed brings is told of."""
    codes, reference = book.snapshot.locations.code, ""
    if order.supplier >= 0:
        reference = book.snapshot.parties.supplier[order.supplier]
    elif order.origin >= 0:
        reference = codes[order.origin]
    item, place = ItemCode(book.snapshot.items.code[order.item]), LocationCode(codes[order.location])
    return item, place, day, _NEW[order.kind], reference, 0


def _on_order(snapshot: Snapshot, node: Node, receipt: Receipt) -> Told:
    supply, row = snapshot.supply, receipt[1]
    place, kind = LocationCode(snapshot.locations.code[int(supply.location[row])]), _ON_ORDER[int(supply.kind[row])]
    reference = f"{supply.number[row]}/{supply.line[row]}"
    return node.spot.code, place, receipt[0], kind, reference, int(supply.quantity[row])
