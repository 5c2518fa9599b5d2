"""Greedy: each shortage in turn takes the way with the least cost a unit, what is paid once shared over its units."""

from collections.abc import Collection, Sequence

from core.planning.choosing.ledger import Ledger


def greedy(ledger: Ledger, shortages: Sequence[int] | None = None) -> None:
    """Cover the shortages, all of them in order of (need, id) unless named, where that costs less than waiting."""
    for shortage in range(len(ledger.left)) if shortages is None else shortages:
        cover(ledger, shortage)


def cover(ledger: Ledger, shortage: int, *, without: Collection[int] = ()) -> None:
    """Cover one shortage by the ways with the least cost a unit, of equals the first, as long as a unit costs less than
    waiting; never from the sources `without`. One that must be whole is covered in full where that costs less."""
    columns = ledger.columns
    ways = [way for way in columns.ways_of[shortage] if columns.way_source[way] not in without]
    if columns.whole[shortage]:
        _cover_whole(ledger, shortage, ways)
        return
    while ledger.left[shortage]:
        best = _cheapest(ledger, ways)
        if best is None or best[0] >= 0:
            return
        ledger.change(best[1], best[2])


def _cheapest(ledger: Ledger, ways: Sequence[int]) -> tuple[float, int, int] | None:
    """What a unit costs more than waiting by the way with the least, which way, and how many units; None where no way
    has room."""
    best: tuple[float, int, int] | None = None
    for way in ways:
        units, grows = ledger.offer(way)
        if units and (best is None or grows / units < best[0]):
            best = grows / units, way, units
    return best


def _cover_whole(ledger: Ledger, shortage: int, ways: Sequence[int]) -> None:
    """By the cheapest of all ways that bring it all, or by those in time together, where that costs less."""
    mark, before, left = ledger.mark(), ledger.total, ledger.left[shortage]
    offers = [(*ledger.offer(way), way) for way in ways]
    alone = min(((grows, way) for units, grows, way in offers if units == left), default=(0, -1))
    timely = [way for way in ways if not ledger.columns.late[way]]
    while ledger.left[shortage] and (best := _cheapest(ledger, timely)) is not None:
        ledger.change(best[1], best[2])
    together = ledger.total - before
    if not ledger.left[shortage] and together < min(0, alone[0]):
        return
    ledger.back(mark)
    if alone[0] < 0:
        ledger.change(alone[1], left)
