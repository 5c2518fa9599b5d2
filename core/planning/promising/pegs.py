"""What a promise rests on: its takings laid over what is free of each receipt, and the orders still to be placed."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from sys import maxsize
from typing import Final, TypeAlias

from core.domain.ids import ItemCode, LocationCode
from core.domain.promising import Peg, PegKind, TrialKind, TrialOrder
from core.planning.promising.book import Book, Changed, Entry, Node, Ordered, Supplied
from core.planning.promising.ledger import Receipt
from core.planning.promising.needs import dated
from core.planning.promising.opened import Told
from core.planning.promising.straight import straight
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
_Row: TypeAlias = tuple[int, ItemCode, LocationCode, int, PegKind, str, int, int]
"""Level, item, location, day, kind, reference, whole quantity and units of a peg: in this order they are told."""
_peg: Final = straight(Peg)
_order: Final = straight(TrialOrder)


def trial_orders_of(book: Book, entries: Sequence[Entry]) -> tuple[TrialOrder, ...]:
    """The orders that would have to be placed, by begin, kind, item and place."""
    items, places, suppliers = book.snapshot.items.code, book.snapshot.locations.code, book.snapshot.parties.supplier
    rows: list[tuple[int, TrialKind, str, str, int, int, int, int, int]] = []
    for entry in entries:
        if isinstance(entry, Supplied):
            _, kind, item, place, units, begin, due, origin, supplier = entry.order
            rows.append((begin, kind, items[item], places[place], due, units, len(rows), origin, supplier))
    rows.sort()
    return tuple(
        [
            _order(
                kind,
                item,
                place,
                units,
                dated(begin),
                dated(due),
                None if origin < 0 else places[origin],
                None if supplier < 0 else suppliers[supplier],
            )
            for begin, kind, item, place, due, units, _, origin, supplier in rows
        ]
    )


def pegs_of(book: Book, entries: Sequence[Entry]) -> tuple[Peg, ...]:
    """Every taking of these entries, which are the last of the log, from the thing asked for downwards; one peg for all
    units of the same thing from the same place. Takings of new orders are of those; the others of the earliest receipts
    of which something is free, then, where they were lent it, of what is there."""
    rows: list[_Row] = []
    known = book.opened.told
    loose: defaultdict[Node, list[Changed]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Supplied):
            rows.append((entry.level, *_new(book, entry.order, entry.receipt[0]), entry.used))
        elif isinstance(entry, Changed) and entry.level >= 0:
            loose[entry.node].append(entry)
    for node, takes in loose.items():
        for level, receipt, units in _of_what_is_there(node, takes):
            rows.append((level, *(known.get(receipt[1]) or _told(book, node, receipt)), units))
    rows.sort()
    return tuple(
        [
            _peg(kind, reference, item, place, units, dated(day), level, whole)
            for level, item, place, day, kind, reference, whole, units in _together(rows)
        ]
    )


def _together(rows: Sequence[_Row]) -> Sequence[_Row]:
    """Sorted rows, those that tell of the same as one."""
    found: list[_Row] = []
    reference = None
    for row in rows:
        if row[5] == reference and row[:-1] == found[-1][:-1]:
            found[-1] = (*row[:-1], found[-1][-1] + row[-1])
        else:
            found.append(row)
            reference = row[5]
    return found


def _of_what_is_there(node: Node, loose: Sequence[Changed]) -> list[tuple[int, Receipt, int]]:
    """Level, receipt and units of what each taking is of."""
    receipts = node.ledger.receipts
    found: list[tuple[int, Receipt, int]] = []
    if len(receipts) < 2 or receipts[1][0] > max([take.day for take in loose]):
        return _of_the_first(receipts, loose, node.own)
    whole = _less_direct(receipts, node.own)
    free = _free_of_each(node, whole, loose)
    for _, day, quantity, level, _ in loose:
        wanted, end = -quantity, bisect_right(receipts, (day, maxsize, 0))
        for offered in (free, whole):
            for at in range(end) if wanted else ():
                units = offered[at]
                if units > 0:
                    if units > wanted:
                        units = wanted
                    free[at], whole[at] = free[at] - units if free[at] > units else 0, whole[at] - units
                    found.append((level, receipts[at], units))
                    wanted -= units
                    if not wanted:
                        break
    return found


def _of_the_first(
    receipts: Sequence[Receipt], loose: Sequence[Changed], own: Sequence[tuple[int, int, int]]
) -> list[tuple[int, Receipt, int]]:
    """The same where nothing but the first receipt comes in time: then it does not matter what of it is free."""
    found: list[tuple[int, Receipt, int]] = []
    if receipts:
        receipt, (left, *_) = receipts[0], _less_direct(receipts[:1], own)
        for take in loose:
            units = min(-take.quantity, left) if receipt[0] <= take.day else 0
            if units > 0:
                left -= units
                found.append((take.level, receipt, units))
    return found


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
    mine = [(take.day, -take.quantity) for take in loose]
    mine += [(day, units) for _, day, units in node.own]
    mine.sort()
    coming: defaultdict[int, int] = defaultdict(int)
    for day, _, units in receipts:
        coming[day] += units
    at, known = len(days) - 1, None
    for row in range(len(whole) - 1, -1, -1):
        day, units = receipts[row][0], whole[row]
        if day != known:
            known = day
            while at >= 0 and days[at] >= day:
                carried -= changes[at]
                at -= 1
            carried += coming[day]
            while mine and mine[-1][0] >= day:
                carried -= mine.pop()[1]
            carried = max(0, carried)
        if carried:
            free[row] = units - carried if carried < units else 0
            carried = carried - units if carried > units else 0
    return free


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
