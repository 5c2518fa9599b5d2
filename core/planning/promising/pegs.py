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
_Told: TypeAlias = tuple[str, str, int, PegKind, str, int]
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
        for level, receipt, quantity in _spread(node, takes):
            units[(level, *_told(book, node, receipt))] += quantity
    return tuple(
        [
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
        ]
    )


def _spread(node: Node, takes: Sequence[Changed]) -> Iterator[tuple[int, Receipt, int]]:
    """Level, receipt and units of what each taking is of. Takings of new orders are of those; the others of the
    earliest receipts of which something is free, then, where they were lent it, of what is there."""
    receipts, loose = node.ledger.receipts, [take for take in takes if take.source == -1]
    if len(loose) < len(takes):
        made = {receipt.source: receipt for receipt in receipts if receipt.source < -1}
        for take in takes:
            if take.source != -1:
                yield take.level, made[take.source], -take.quantity
    if loose:
        yield from _of_what_is_there(node, loose, [take for take in node.takes if take.source != -1])


def _of_what_is_there(
    node: Node, loose: Sequence[Changed], own: Sequence[Changed]
) -> Iterator[tuple[int, Receipt, int]]:
    receipts = node.ledger.receipts
    if len(receipts) < 2 or receipts[1].day > max(take.day for take in loose):
        yield from _of_the_first(receipts, loose, own)
        return
    whole = _less_direct(receipts, own)
    free = _free_of_each(node, whole, [*own, *loose])
    for take in loose:
        wanted, day = -take.quantity, take.day
        for offered in (free, whole):
            for at, there in enumerate(offered):
                if wanted <= 0:
                    break
                if there <= 0 or whole[at] <= 0:
                    continue
                receipt = receipts[at]
                if receipt.day > day:
                    break
                units = min(wanted, there, whole[at])
                wanted -= units
                free[at], whole[at] = max(0, free[at] - units), whole[at] - units
                yield take.level, receipt, units


def _of_the_first(
    receipts: Sequence[Receipt], loose: Sequence[Changed], own: Sequence[Changed]
) -> Iterator[tuple[int, Receipt, int]]:
    """The same where nothing but the first receipt comes in time: then it does not matter what of it is free."""
    for receipt, units in zip(receipts[:1], _less_direct(receipts[:1], own), strict=True):
        left = units
        for take in loose:
            got = min(-take.quantity, left) if receipt.day <= take.day else 0
            if got > 0:
                left -= got
                yield take.level, receipt, got


def _less_direct(receipts: Sequence[Receipt], own: Sequence[Changed]) -> list[int]:
    """Units of each receipt that no taking has to itself."""
    if not own:
        return [quantity for _, _, quantity in receipts]
    direct: defaultdict[int, int] = defaultdict(int)
    for entry in own:
        direct[entry.source] -= entry.quantity
    return [quantity if source >= -1 else quantity - direct.get(source, 0) for _, source, quantity in receipts]


def _free_of_each(node: Node, whole: Sequence[int], own: Sequence[Changed]) -> list[int]:
    """Discrete ATP: what others need is taken from the last receipt before it, and from earlier ones where that does
    not do. What others need on days is what comes on them less the change, and less the own takings."""
    ledger, carried, free = node.ledger, 0, [0] * len(whole)
    days, changes = ledger.days, ledger.changes
    mine = sorted((take.day, take.quantity) for take in own)
    at, known = len(days) - 1, None
    for row in range(len(whole) - 1, -1, -1):
        day, units = ledger.receipts[row].day, whole[row]
        if day != known:
            known = day
            while at >= 0 and days[at] >= day:
                carried -= changes[at]
                at -= 1
            carried += _coming(ledger.receipts, row)
            while mine and mine[-1][0] >= day:
                carried += mine.pop()[1]
        if carried <= 0:
            free[row], carried = units, 0
        elif carried < units:
            free[row], carried = units - carried, 0
        else:
            carried -= units
    return free


def _coming(receipts: Sequence[Receipt], last: int) -> int:
    """Units that come on the day of the last one of these."""
    day, units = receipts[last].day, receipts[last].quantity
    while last > 0 and receipts[last - 1].day == day:
        last -= 1
        units += receipts[last].quantity
    return units


def _told(book: Book, node: Node, receipt: Receipt) -> _Told:
    """How a receipt is told of; of what is on order the same for every promise on a reading, so worked out once."""
    day, source, quantity = receipt
    codes, spot = book.snapshot.locations.code, node.spot
    if source >= 0:
        told = book.opened.told.get(source)
        if told is None:
            told = book.opened.told[source] = _on_order(book.snapshot, node, receipt)
        return told
    if source == -1:
        return spot.code, codes[spot.place], day, PegKind.STOCK, "", quantity
    order, reference = book.orders[source], ""
    if order.supplier >= 0:
        reference = book.snapshot.parties.supplier[order.supplier]
    elif order.origin >= 0:
        reference = codes[order.origin]
    return spot.code, codes[order.location], day, _NEW[order.kind], reference, 0


def _on_order(snapshot: Snapshot, node: Node, receipt: Receipt) -> _Told:
    supply, row = snapshot.supply, receipt.source
    place, kind = snapshot.locations.code[int(supply.location[row])], _ON_ORDER[int(supply.kind[row])]
    reference = f"{supply.number[row]}/{supply.line[row]}"
    return node.spot.code, place, receipt.day, kind, reference, int(supply.quantity[row])
