"""Hard pegs: what a planned order brings is kept for the order line it was promised to, and for what that line takes.

The rest of a planned order, where order sizes made it more, serves anybody. Of the orders planned for a line those that
bring its own item serve the line, the others what is made or moved for it: first what is needed first, and only what
is not needed before they come. Whatever is not kept for anybody is pegged as all other supply is.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from core.planning.frame import Frame
from core.planning.positions import line_position
from core.planning.requirements import Needs
from core.planning.snapshot import Ints

_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earmarks:
    """Units of a receipt (row of what comes) kept for a requirement (position), by requirement."""

    requirement: Ints
    row: Ints
    units: Ints

    def kept_for(self, requirements: int) -> Ints:
        """Units kept for each of so many requirements."""
        return _summed(self.requirement, self.units, requirements)

    def kept_of(self, rows: int) -> Ints:
        """Units of each of so many receipts that are kept for somebody."""
        return _summed(self.row, self.units, rows)


NO_EARMARKS = Earmarks(requirement=_NONE, row=_NONE, units=_NONE)


def earmarks_of(frame: Frame, needs: Needs) -> Earmarks:
    """What is kept for whom; `needs` are the order lines, then what orders take."""
    rows = _rows(frame)
    families = _families(frame, rows)
    if not families:
        return NO_EARMARKS
    found = list[tuple[int, int, int]]()
    takers = _takers(frame, needs)
    for key, supplies in families.items():
        line = line_position(frame.snapshot, *key)
        if line is None:
            continue
        below = [at for supply in supplies for at in takers.get(supply, ())]
        takes = [line, *sorted(below, key=lambda at: (int(needs.need[at]), at))]
        found += _matched(frame, needs, takes, [rows[supply] for supply in supplies])
    columns = np.array(sorted(found), dtype=np.int64).reshape(-1, 3)
    return Earmarks(requirement=columns[:, 0], row=columns[:, 1], units=columns[:, 2])


def _rows(frame: Frame) -> dict[int, int]:
    """Of each planned order (position in supply) its row of what comes."""
    supplies = np.array(list(frame.planned), dtype=np.int64)
    return dict(zip(frame.planned, frame.rows_of(supplies).tolist(), strict=True))


def _families(frame: Frame, rows: dict[int, int]) -> dict[tuple[str, int], list[int]]:
    """The supplies (positions) planned for each order line, those that come first first."""
    planned, eta = frame.snapshot.planned, frame.coming.eta
    families = defaultdict[tuple[str, int], list[int]](list)
    for supply in sorted(rows, key=lambda supply: (int(eta[rows[supply]]), supply)):
        row = frame.planned[supply]
        if planned.order[row]:
            families[planned.order[row], int(planned.line[row])].append(supply)
    return dict(sorted(families.items()))


def _takers(frame: Frame, needs: Needs) -> dict[int, list[int]]:
    """What each planned order takes (positions in needs)."""
    found = defaultdict[int, list[int]](list)
    first = frame.snapshot.demand.quantity.size
    for at, supply in enumerate(needs.ref[first:].tolist(), start=first):
        if supply in frame.planned:
            found[supply].append(at)
    return found


def _matched(frame: Frame, needs: Needs, takers: list[int], rows: list[int]) -> list[tuple[int, int, int]]:
    """Takers (positions), the line first, served from these rows of what comes."""
    coming = frame.coming
    left = {at: int(needs.quantity[at]) for at in takers}
    found = list[tuple[int, int, int]]()
    supplies = coming.kept[np.array(rows, dtype=np.int64) - coming.held]
    brought = zip(rows, coming.node_of(supplies).tolist(), coming.open.quantity[supplies].tolist(), strict=True)
    for row, node, units_brought in brought:
        rest = units_brought
        for at in takers:
            here = int(needs.item[at]) * coming.groups + int(needs.group[at]) == node
            units = min(rest, left[at]) if here and (at == takers[0] or needs.need[at] >= coming.eta[row]) else 0
            if units > 0:
                found.append((at, row, units))
                left[at], rest = left[at] - units, rest - units
    return found


def _summed(at: Ints, units: Ints, size: int) -> Ints:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, at, units)
    return total
