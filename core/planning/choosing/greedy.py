"""Greedy: each shortage in turn takes the way with the least cost a unit, what is paid once shared over its units."""

from collections.abc import Collection, Sequence

from core.planning.choosing.ledger import Ledger


def greedy(ledger: Ledger, shortages: Sequence[int] | None = None) -> None:
    """Cover the shortages, all of them in order of (need, id) unless named, where that costs less than waiting."""
    for shortage in range(len(ledger.left)) if shortages is None else shortages:
        cover(ledger, shortage)


def cover(ledger: Ledger, shortage: int, *, without: Collection[int] = ()) -> None:
    """Cover one shortage by the ways with the least cost a unit, of equals the first, as long as a unit costs less than
    waiting; never from the sources `without`."""
    columns = ledger.columns
    while ledger.left[shortage]:
        best: tuple[float, int, int] | None = None
        for way in columns.ways_of[shortage]:
            if columns.way_source[way] in without:
                continue
            units, grows = ledger.offer(way)
            if grows < 0 and (best is None or grows / units < best[0]):
                best = grows / units, way, units
        if best is None:
            return
        ledger.change(best[1], best[2])
