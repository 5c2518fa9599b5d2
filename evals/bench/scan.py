"""`expediter bench scan`: from the database to the late list, against a raw read, a scan in SQL and one in Python.

| figure | what it is |
|---|---|
| `scan_s` | seconds from the database to the late list: one reading of the books, netting, the list; the best of five |
| `ratio_vs_raw_read` | that over a bare read of the same tables: the columns as they are stored, no join, no order |
| `ratio_vs_sql_scan` | that over the same scan written in SQL (sql_scan.py) |
| `ratio_vs_python_scan` | that over the same scan in plain Python, rows fetched as usual (row_scan.py) |
| `equal_to_oracle` | 1 when all three find the same lines in the same state, short of as much, there on one day |
| `pegs_conserved` | 1 when at every node the pegged units are the smaller of what is needed and what comes |
| `full_features_ratio` | the scan with calendars, capacity and lanes over the plain one |
| `pack_scan_s` | seconds of a scan of the AdventureWorks pack with all features, where the pack is there |
| `growth_exponent` | of the time from 100,000 lines on; 1 is in proportion |
| `bytes_per_line` | by what the scan raises the peak of a fresh process, over the lines |
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

from core.bootstrap.opening import open_books
from core.db.unit_of_work import SqlOpener
from core.domain.ids import UserName
from core.planning.latelist import LateList, late_list
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.rules import ScanRules
from core.planning.snapshot import Ints, Snapshot
from core.services.packs.reading import read_pack
from core.services.scanning import Figure
from evals.bench.bare_read import bare_read
from evals.bench.book import SMALL, WHOLE, Shape, draw
from evals.bench.figures import best_of, figure, shown
from evals.bench.filling import filled
from evals.bench.row_scan import row_scan
from evals.bench.scan_memory import peak_bytes
from evals.bench.sql_scan import Late, sql_scan
from evals.bench.stockroom import Stockroom, room_of
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import say

BENCH = UserName("bench")
PACK = Path("..") / "shared" / "data" / "adventureworks" / "2014-05-01"
LINES, QUICK, LARGE = 100_000, 1_000, 1_000_000
TIMES = 5
PLAIN = ScanRules()
FULL = ScanRules(calendars=True, capacity=True, lanes=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scans:
    """Seconds of each way from one database to the late list, and what they found."""

    ours: float
    full: float
    raw: float
    in_sql: float
    in_python: float
    late: int
    equal: bool
    conserved: bool


def scan_command(
    lines: Annotated[int, typer.Option(min=1_000, help="Open order lines of the synthetic book.")] = LINES,
    pack: Annotated[Path, typer.Option("--pack", metavar="DIR", help="The AdventureWorks pack.")] = PACK,
    quick: Annotated[bool, typer.Option("--quick", help="A small book: that it works, times mean little.")] = False,
    as_json: options.Json = False,
) -> None:
    """Scan a synthetic book of many lines, from the database to the late list, against three baselines."""
    with failures_said():
        if quick:
            raise SystemExit(shown("scan", run(QUICK, shape=SMALL), as_json=as_json))
        figures = run(lines)
        if pack.is_dir():
            figures = (*figures, figure("pack_scan_s", pack_seconds(pack), "s", "<= 0.5"))
        elif not as_json:
            say(f"pack_scan_s is left out: there is no folder {str(pack)!r}")
        raise SystemExit(shown("scan", figures, as_json=as_json))


def run(lines: int, *, shape: Shape = WHOLE) -> tuple[Figure, ...]:
    """The figures for a book of so many lines."""
    smaller = _seconds(LINES) if lines > LINES else None
    with filled(draw(lines, shape=shape)) as room:
        found = _scans(room)
        memory = peak_bytes(room.urls.app) / lines
    goals = shape is WHOLE
    large = lines >= LARGE
    figures = [
        figure("lines", lines, "order lines"),
        figure("scan_s", found.ours, "s"),
        figure("ratio_vs_raw_read", found.ours / found.raw, "", "<= 1.5" if goals else None),
        figure("ratio_vs_sql_scan", found.ours / found.in_sql, "", "<= 0.2" if goals else None),
        figure("ratio_vs_python_scan", found.ours / found.in_python, "", "<= 0.2" if goals else None),
        figure("equal_to_oracle", int(found.equal), "", ">= 1"),
        figure("pegs_conserved", int(found.conserved), "", ">= 1"),
        figure("full_features_ratio", found.full / found.ours, "", "<= 2" if goals else None),
        figure("late_lines", found.late, "order lines"),
        figure("bytes_per_line", memory, "B", "<= 300" if large else None),
    ]
    if smaller is not None:
        exponent = math.log(found.ours / smaller) / math.log(lines / LINES)
        figures.append(figure("growth_exponent", exponent, "", "<= 1.05" if large else None))
    return tuple(figures)


def pack_seconds(pack: Path) -> float:
    """Seconds of a scan of a company pack with all features."""
    company = read_pack(pack, mapping=None, quarantine=True).company
    with room_of(company) as room, open_books(room.urls.app) as books:
        return best_of(TIMES, lambda: _scan(books, FULL))


def _seconds(lines: int) -> float:
    with filled(draw(lines)) as room, open_books(room.urls.app) as books:
        return best_of(TIMES, lambda: _scan(books, PLAIN))


def _scans(room: Stockroom) -> Scans:
    """Ours and the raw read in turns, so that a slow moment of the machine meets both; the slow ones once or twice."""
    ours, full, raw = list[float](), list[float](), list[float]()
    with open_books(room.urls.app) as books, room.server.superuser(room.database) as connection:
        for _ in range(TIMES):
            raw.append(best_of(1, lambda: bare_read(connection)))
            ours.append(best_of(1, lambda: _scan(books, PLAIN)))
            full.append(best_of(1, lambda: _scan(books, FULL)))
        by_sql, in_sql = _timed(connection, sql_scan)
        by_row, in_python = _timed(connection, row_scan)
        snapshot, result, late = _scan(books, PLAIN)
    expected = list(
        zip(late.at.tolist(), late.state.tolist(), late.short.tolist(), late.available.tolist(), strict=True)
    )
    return Scans(
        ours=min(ours),
        full=min(full),
        raw=min(raw),
        in_sql=in_sql,
        in_python=in_python,
        late=late.at.size,
        equal=[tuple(one) for one in by_sql] == expected and [tuple(one) for one in by_row] == expected,
        conserved=conserved(snapshot, result),
    )


def _timed(connection: Any, way: Callable[[Any], list[Late]]) -> tuple[list[Late], float]:
    found = list[list[Late]]()
    seconds = best_of(2, lambda: found.append(way(connection)))
    return found[-1], seconds


def _scan(books: SqlOpener, rules: ScanRules) -> tuple[Snapshot, NetResult, LateList]:
    with books(BENCH) as uow:
        snapshot = uow.snapshot()
    result = net(snapshot, rules)
    return snapshot, result, late_list(snapshot, result)


def conserved(snapshot: Snapshot, result: NetResult) -> bool:
    """Whether at every node (item, group) the pegged units are the smaller of what is needed and what comes."""
    groups = int(result.group_of.max(initial=0)) + 1
    nodes = len(snapshot.items.code) * groups
    needs, receipts, pegs = result.requirements, result.receipts, result.pegs

    def by_node(item: NDArray[np.int32], group: NDArray[np.int32], units: Ints) -> Ints:
        total = np.zeros(nodes, dtype=np.int64)
        np.add.at(total, item.astype(np.int64) * groups + group, units)
        return total

    needed = by_node(needs.item, needs.group, needs.quantity)
    comes = by_node(receipts.item, receipts.group, receipts.quantity)
    pegged = by_node(needs.item[pegs.requirement], needs.group[pegs.requirement], pegs.quantity)
    return bool((pegged == np.minimum(needed, comes)).all())
