"""`expediter bench writeback`: what a scan that finds nothing new writes, and how long keeping the cases takes.

| figure | what it is |
|---|---|
| `cases` | root causes found in the synthetic book, each a case with its impacts |
| `first_scan_s` | seconds of the first scan as the service does it, which opens all of them, committed |
| `scan_s` | seconds of the same scan again, from reading the books to the commit; the best of three |
| `writeback_s` | of those, what comes after netting, detecting and counting: comparing, writing, logging, the commit |
| `share_of_scan` | the one over the other |
| `rows_written_on_unchanged_rescan` | row versions made by these scans, and rows gone, in all tables |
| `scan_log_rows` | what is not counted there: the line each scan adds to the log of scans |

The rows are counted by the transaction that made each version, as the database keeps it, not by what the program says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated, Any

import typer

from core.bootstrap.opening import open_books
from core.db.unit_of_work import SqlOpener
from core.domain.ids import UserName
from core.planning.detection import detect
from core.planning.rules import ScanRules
from core.services.scanning import Figure, ScanCommand, figures_of, look, scan, write_back
from evals.bench.book import SMALL, WHOLE, Shape, draw
from evals.bench.figures import figure, shown
from evals.bench.filling import filled
from ui.cli import options
from ui.cli.failing import failures_said

BENCH = UserName("bench")
LINES, QUICK = 100_000, 1_000
TIMES = 3
LOG = "scans"
_FUTURE = 2**62
_VERSIONS = """
CREATE OR REPLACE FUNCTION pg_temp.versions(since bigint) RETURNS TABLE (name text, held bigint, made bigint)
LANGUAGE plpgsql AS $$
DECLARE t text;
BEGIN
    FOR t IN SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %L::text, count(*), count(*) FILTER (WHERE xmin::text::bigint > %s) FROM %I', t, since, t);
    END LOOP;
END $$"""
_COMMAND = ScanCommand(rules=ScanRules())


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds of one scan, and of its part after detection."""

    whole: float
    writing: float


def writeback_command(
    lines: Annotated[int, typer.Option(min=1_000, help="Open order lines of the synthetic book.")] = LINES,
    quick: Annotated[bool, typer.Option("--quick", help="A small book: that it works, times mean little.")] = False,
    as_json: options.Json = False,
) -> None:
    """Scan a synthetic book again and again with nothing changed, and count what is written."""
    with failures_said():
        figures = run(QUICK, shape=SMALL) if quick else run(lines)
        raise SystemExit(shown("writeback", figures, as_json=as_json))


def run(lines: int, *, shape: Shape = WHOLE) -> tuple[Figure, ...]:
    """The figures for a book of so many lines."""
    with filled(draw(lines, shape=shape)) as room, open_books(room.urls.app) as books:
        began = perf_counter()
        with books(BENCH) as uow:
            cases = len(scan(uow, _COMMAND).opened)
        first = perf_counter() - began
        with room.server.superuser(room.database) as connection:
            before, since = _rows(connection, since=_FUTURE), _transaction(connection)
            with books(BENCH) as uow:
                again = scan(uow, _COMMAND)
            paces = [_again(books) for _ in range(TIMES)]
            written = _written(before, _rows(connection, since=since))
    assert (again.opened, again.refreshed, again.closed) == ((), (), ()), "the books have not changed"
    best = min(paces, key=lambda pace: pace.whole)
    return (
        figure("lines", lines, "order lines"),
        figure("cases", cases, "cases"),
        figure("first_scan_s", first, "s"),
        figure("scan_s", best.whole, "s"),
        figure("writeback_s", best.writing, "s"),
        figure("share_of_scan", best.writing / best.whole, "", "<= 0.2" if shape is WHOLE else None),
        figure("rows_written_on_unchanged_rescan", sum(n for table, n in written.items() if table != LOG), "", "<= 0"),
        figure("scan_log_rows", written[LOG], "rows"),
    )


def _again(books: SqlOpener) -> Pace:
    """The service's scan with a stopwatch between its parts."""
    began = perf_counter()
    with books(BENCH) as uow:
        seen = look(uow, _COMMAND)
        found = detect(seen.snapshot, seen.result, seen.facts)
        figures = figures_of(seen)
        detected = perf_counter()
        write_back(uow, seen, found, figures=figures)
    ended = perf_counter()
    return Pace(whole=ended - began, writing=ended - detected)


def _transaction(connection: Any) -> int:
    """The number of a transaction now."""
    row = connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
    assert row is not None, "every transaction has a number"
    return row[0]


def _rows(connection: Any, *, since: int) -> Mapping[str, tuple[int, int]]:
    """Of each table how many rows it has, and how many of them later transactions wrote."""
    connection.execute(_VERSIONS)
    found = connection.execute("SELECT name, held, made FROM pg_temp.versions(%s)", [since])
    return {name: (held, made) for name, held, made in found}


def _written(before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]]) -> Mapping[str, int]:
    """Of each table the row versions written, and the rows that are no longer there."""
    return {table: max(new, before[table][0] - (rows - new)) for table, (rows, new) in after.items()}
