"""Which of the orders planned for an order line are no longer needed when fewer of its units are wanted.

What a line, or an order planned for it, took beside planned orders it goes on taking; planned orders come after that.
Of several that bring the same those that come first are kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np

from core.domain.promising import Peg, PegKind
from core.planning.grouping import Grouping, group_locations
from core.planning.lowlevel import read_structure
from core.planning.positions import line_position
from core.planning.requirements import exploded
from core.planning.rules import ScanRules
from core.planning.snapshot import PLANNED_TRANSFER, PLANNED_WORK, Snapshot

Node: TypeAlias = tuple[int, int]
_NEW = frozenset({PegKind.NEW_PURCHASE, PegKind.NEW_WORK_ORDER, PegKind.NEW_TRANSFER})


def needless(snapshot: Snapshot, order: str, line: int, *, left: int, pegs: Iterable[Peg]) -> tuple[str, ...]:
    """The numbers of the planned orders that an open line with only so many units left open does not need; `pegs` is
    what its promise rests on."""
    planned, at = snapshot.planned, line_position(snapshot, order, line)
    rows = [n for n, key in enumerate(zip(planned.order, planned.line.tolist(), strict=True)) if key == (order, line)]
    if at is None or not rows:
        return ()
    grouping, demand = group_locations(snapshot.locations, ScanRules()), snapshot.demand
    family = _Family(snapshot, grouping, rows)
    held = int(demand.held[at]) if demand.held.size else 0
    node = int(demand.item[at]), int(grouping.group_of[demand.location[at]])
    for peg in pegs:
        if peg.kind in _NEW:
            place = snapshot.locations.code.index(peg.location)
            family.used[snapshot.items.code.index(peg.item), int(grouping.group_of[place])] += peg.quantity
    family.line = node, int(demand.quantity[at]) - held, max(0, left - held)
    kept = {row for one in family.at for row in family.kept(one)}
    return tuple(sorted(planned.number[row] for row in rows if row not in kept))


class _Family:
    """The planned orders of one line (rows of the table) by where they come, and what each takes where."""

    def __init__(self, snapshot: Snapshot, grouping: Grouping, rows: list[int]) -> None:
        planned = snapshot.planned
        self._units = {row: int(planned.quantity[row]) for row in rows}
        self._node = {row: (int(planned.item[row]), int(grouping.group_of[planned.location[row]])) for row in rows}
        self.at = defaultdict[Node, list[int]](list)
        for row in sorted(rows, key=lambda row: (int(planned.due[row]), planned.number[row])):
            self.at[self._node[row]].append(row)
        self._takers = defaultdict[Node, list[tuple[int, int]]](list)
        for row in rows:
            for node, units in _taken(snapshot, grouping, row):
                self._takers[node].append((row, units))
        self.line: tuple[Node, int, int] = (-1, -1), 0, 0
        self.used = defaultdict[Node, int](int)
        self._kept: dict[Node, set[int]] = {}

    def kept(self, node: Node) -> set[int]:
        """Those that come there and are still needed."""
        if node not in self._kept:
            self._kept[node] = set(self.at[node])  # where transfers lead back here, nothing is dropped
            self._kept[node] = self._needed(node)
        return self._kept[node]

    def _needed(self, node: Node) -> set[int]:
        before, after = self.line[1:] if self.line[0] == node else (0, 0)
        for row, units in self._takers[node]:
            before += units
            after += units if row in self.kept(self._node[row]) else 0
        need = after - max(0, before - self.used[node])
        found = set[int]()
        for row in self.at[node]:
            if need > 0:
                found.add(row)
                need -= self._units[row]
        return found


def _taken(snapshot: Snapshot, grouping: Grouping, row: int) -> Iterator[tuple[Node, int]]:
    """What a planned order takes: components where it is made, or its own item where it leaves."""
    planned = snapshot.planned
    if planned.kind[row] == PLANNED_TRANSFER:
        yield (int(planned.item[row]), int(grouping.group_of[planned.origin[row]])), int(planned.quantity[row])
    elif planned.kind[row] == PLANNED_WORK:
        structure = read_structure(snapshot.bom, snapshot.items.code)
        one = np.array([row])
        _, components, units = exploded(planned.item[one], planned.quantity[one], structure, snapshot.items.code)
        group = int(grouping.production[grouping.group_of[planned.location[row]]])
        for component, quantity in zip(components.tolist(), units.tolist(), strict=True):
            yield (component, group), quantity
