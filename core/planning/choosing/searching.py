"""Local search: shortages covered anew and sources closed, as long as the plan gets cheaper and moves are left."""

from dataclasses import dataclass

from core.planning.choosing.greedy import cover
from core.planning.choosing.ledger import Ledger

_FEW = 6


@dataclass(slots=True)
class Moves:
    """Moves that may still be tried; none are left when the search should stop."""

    left: int

    def taken(self) -> bool:
        """Whether one more may be tried; it is counted."""
        self.left -= 1
        return self.left >= 0


def improve(ledger: Ledger, moves: Moves) -> None:
    """Sweep until nothing gets better or no whole sweep is left; the same plan and moves give the same answer."""
    before = ledger.total + 1
    while ledger.total < before and moves.left >= len(ledger.left):
        before = ledger.total
        _cover_anew(ledger, moves)
        _close(ledger, moves)


def _cover_anew(ledger: Ledger, moves: Moves) -> None:
    for shortage in range(len(ledger.left)):
        if _at_best(ledger, shortage):
            continue
        if not moves.taken():
            return
        before, mark = ledger.total, ledger.mark()
        ledger.clear(shortage)
        cover(ledger, shortage)
        if ledger.total >= before:
            ledger.back(mark)


def _at_best(ledger: Ledger, shortage: int) -> bool:
    """Whether all its units come by the way that would be cheapest if nothing had to be paid once: no other is."""
    columns = ledger.columns
    ways = columns.ways_of[shortage]
    if not ways:
        return True
    unit, price, source = columns.unit, columns.unit_price, columns.way_source
    best = min((unit[way] + price[source[way]], way) for way in ways)[1]
    return ledger.use[best] == columns.units[shortage] and not columns.late[best]


def _close(ledger: Ledger, moves: Moves) -> None:
    """Everything that shares a charge, then each source with one, is closed and what it brought is brought otherwise;
    only where few shortages are served, since to close what serves many never pays."""
    columns = ledger.columns
    groups = [sources for sources in columns.charge_sources if sources]
    for sources in groups:
        used = [source for source in sources if ledger.needed[source]]
        served = _served(ledger, used)
        if not 0 < len(served) <= _FEW:
            continue
        if not moves.taken():
            return
        _try_without(ledger, used, served)


def _served(ledger: Ledger, sources: list[int]) -> list[int]:
    columns = ledger.columns
    return sorted(
        {columns.way_shortage[way] for source in sources for way in columns.source_ways[source] if ledger.use[way]}
    )


def _try_without(ledger: Ledger, sources: list[int], served: list[int]) -> None:
    before, mark = ledger.total, ledger.mark()
    for shortage in served:
        ledger.clear(shortage)
    closed = frozenset(sources)
    for shortage in served:
        cover(ledger, shortage, without=closed)
    if ledger.total >= before:
        ledger.back(mark)
