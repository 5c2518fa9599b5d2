"""Opening books again after small changes: balances that moved are corrected where nothing else depends on them.

Netting explodes what a node is short of and dates what is made of it. A node that has enough on every day, before and
after, hands nothing down, and whatever takes from it has it in time: then its balance is all that changed.
"""

from bisect import bisect_left
from collections import ChainMap
from collections.abc import Collection
from dataclasses import replace
from typing import Final

import numpy as np

from core.planning.promising.commitments import Commitments
from core.planning.promising.ledger import Ledger
from core.planning.promising.moving_balances import Moved, moved_between
from core.planning.promising.opened import USUAL, Opened, opened
from core.planning.promising.rules import PromisingRules
from core.planning.snapshot import Snapshot
from core.planning.unchanged import same_books

_MOVING: Final = frozenset({"demand", "claims", "stock"})
_MOST_ROWS: Final = 2_000
_MOST_NODES: Final = 5_000
_STOCK: Final = -1


class Resident:
    """The books as they were last opened in this process, so that the next opening reads out what has changed only.

    Nothing that is kept is ever written in, so any number of threads may open books at once.
    """

    def __init__(self) -> None:
        self._last: Opened | None = None

    def opened(
        self, snapshot: Snapshot, rules: PromisingRules = USUAL, *, without: Collection[tuple[str, int]] = ()
    ) -> Opened:
        """The same as `opened` on its own."""
        last, without = self._last, _known(snapshot, without)
        if last is not None and last.rules == rules and not without:
            self._last = found = opened_again(last, snapshot)
        else:
            self._last = found = opened(snapshot, rules, without=without, before=last)
        return found


def _known(snapshot: Snapshot, lines: Collection[tuple[str, int]]) -> frozenset[tuple[str, int]]:
    """Those of the lines that are in the books, or that something is planned for; the others need not be left out."""
    demand, planned = snapshot.demand, snapshot.planned
    there = set(zip(planned.order, planned.line.tolist(), strict=True)) if planned.number else set[tuple[str, int]]()
    for order in {order for order, _ in lines}:
        at = bisect_left(demand.order, order)
        while at < len(demand.order) and demand.order[at] == order:
            there.add((order, int(demand.line[at])))
            at += 1
    return frozenset(lines) & there


def opened_again(before: Opened, snapshot: Snapshot) -> Opened:
    """Another reading made ready under the same rules, by correcting balances where that can be."""
    return reopened(before, snapshot) or opened(snapshot, before.rules, before=before)


def reopened(before: Opened, snapshot: Snapshot) -> Opened | None:
    """The same as opening the snapshot from nothing, out of what was opened before; None where that cannot be had by
    correcting balances."""
    old = before.snapshot
    if old is snapshot and before.whole:
        return before
    if not before.whole or not same_books(old, snapshot, besides=_MOVING):
        return None
    known = before.known
    group_of = np.array(before.terms.group_of, dtype=np.int64)
    moved = moved_between(old, snapshot, group_of=group_of, groups=known.groups, most=_MOST_ROWS)
    if moved is None or not _is_apart(before, moved):
        return None
    corrected = dict[int, Ledger]()
    for node in moved.nodes():
        ledger = _corrected(known, node, moved, today=snapshot.as_of)
        if ledger is None:
            return None
        corrected[node] = ledger
    if len(known.corrected) + len(corrected) > _MOST_NODES:
        return None
    return replace(
        before,
        snapshot=snapshot,
        known=replace(known, corrected={**known.corrected, **corrected}) if corrected else known,
        stock=_stock(before, moved) if moved.available else before.stock,
        told={},
    )


def _is_apart(before: Opened, moved: Moved) -> bool:
    """Whether no order planned for a promise depends on what moved: these are kept for lines and come and go with
    them."""
    planned = before.snapshot.planned
    if not planned.number:
        return True
    items = set(planned.item.tolist())
    lines = set(zip(planned.order, planned.line.tolist(), strict=True))
    return not any(node // before.known.groups in items for node in moved.nodes()) and not lines & moved.lines


def _corrected(known: Commitments, node: int, moved: Moved, *, today: int) -> Ledger | None:
    """The ledger of a node as it is now; None where it is or was short, or is tied to what must be made."""
    ledger = known.ledger(*divmod(node, known.groups))
    if known.is_tied(node) or not _has_enough(ledger):
        return None
    for day, change in moved.days[node].items():
        if change:
            ledger.add(day, change)
    change = moved.stock[node]
    if change:
        ledger.add(today, change)
        lay = sum(units for _, source, units in ledger.receipts if source == _STOCK)
        if lay:
            ledger.unreceive((today, _STOCK, lay))
        if lay + change:
            ledger.receive((today, _STOCK, lay + change))
    return ledger if _has_enough(ledger) else None


def _has_enough(ledger: Ledger) -> bool:
    return not ledger.days or ledger.leasts()[0] >= 0


def _stock(before: Opened, moved: Moved) -> ChainMap[tuple[int, int], int]:
    """What lies where, with what differs in front."""
    if isinstance(before.stock, ChainMap):
        front, behind = before.stock.maps
        return ChainMap({**front, **moved.available}, behind)
    return ChainMap(moved.available, dict(before.stock))
