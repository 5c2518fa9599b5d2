"""`expediter bench all`: every benchmark of the engine, one after the other, with what the machine does beside them.

Each runs in a process of its own, so that none finds the caches or the memory of another; the largest memory of each
is a figure too. A bench that fails is a figure that misses its goal, and the others still run.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from typer.core import TyperGroup

from core.domain.errors import InvalidValueError
from core.services.scanning import Figure
from evals.bench.alone import figures_alone
from evals.bench.calibration import calibrated, machine
from evals.bench.documents import rewrite_documents
from evals.bench.figures import figure
from evals.bench.page import write_page
from evals.bench.results import Results, as_json, keep, kept
from ui.cli import options
from ui.cli.failing import DONE, MISSED, failures_said
from ui.cli.figures import misses
from ui.cli.printing import print_json, say

ORDER = ("scan", "writeback", "whatif", "ctp", "hot", "uniform", "place", "repair")
LINES = 100_000
GOAL_SECONDS = "<= 480"
_BENCH = (sys.executable, "-c", "from ui.cli import main; main()", "bench")

Folder = Path | None


def all_command(
    context: typer.Context,
    lines: Annotated[int, typer.Option(min=1_000, help="Open order lines of the synthetic books.")] = LINES,
    only: Annotated[str, typer.Option("--only", metavar="NAMES", help="These benches, with commas between.")] = "",
    to: Annotated[Folder, typer.Option("--keep", metavar="DIR", help="Keep the results here, by lines.")] = None,
    page: Annotated[Folder, typer.Option("--page", metavar="DIR", help="Write a page with charts here.")] = None,
    docs: Annotated[
        Folder, typer.Option("--docs", metavar="DIR", help="Renew performance.md and its pictures.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="As quick as each bench can: times mean little.")] = False,
    as_one: options.Json = False,
) -> None:
    """Run every benchmark of the engine, say whether each figure reached its goal, and draw them."""
    with failures_said():
        if docs and not to:
            raise InvalidValueError("--docs shows results that are kept; name their folder with --keep")
        commands = _commands(context, _chosen(only), lines=lines, quick=quick)
        results = run(commands, calibrated, lines=lines, quiet=as_one)
        if to:
            keep(results, to)
        every = kept(to) if to else (results,)
        if page:
            write_page(results, every, page)
        if docs:
            rewrite_documents(every, docs)
        if as_one:
            print_json(as_json(results))
        raise SystemExit(MISSED if misses(results.figures) else DONE)


def run(
    commands: Mapping[str, Sequence[str]],
    calibrate: Callable[[], Sequence[Figure]],
    *,
    lines: int,
    quiet: bool = True,
) -> Results:
    """Measure the machine, then run these programs, by bench, each of which prints its figures as JSON."""
    began = perf_counter()
    figures = list(calibrate())
    _say(figures, quiet=quiet)
    for bench, command in commands.items():
        found = figures_alone(bench, command)
        _say(found, quiet=quiet)
        figures += found
    total = figure("all.seconds", perf_counter() - began, "s", GOAL_SECONDS)
    _say([total], quiet=quiet)
    today = datetime.now(UTC).date().isoformat()
    return Results(lines=lines, taken=today, machine=machine(), figures=(*figures, total))


def _chosen(only: str) -> tuple[str, ...]:
    """The benches named, all where none is."""
    named = [name.strip() for name in only.split(",") if name.strip()]
    unknown = [name for name in named if name not in ORDER]
    if unknown:
        raise InvalidValueError(f"--only {unknown[0]!r} is no bench; accepted: {', '.join(ORDER)}")
    return tuple(name for name in ORDER if not named or name in named)


def _commands(context: typer.Context, benches: Sequence[str], *, lines: int, quick: bool) -> dict[str, tuple[str, ...]]:
    """The command line of each bench, with the options it has."""
    group = context.parent.command if context.parent else None
    assert isinstance(group, TyperGroup), "this is a command of the group of benches"
    found: dict[str, tuple[str, ...]] = {}
    for name in (bench for bench in benches if bench in group.commands):
        known = {word for parameter in group.commands[name].params for word in parameter.opts}
        sized = ("--lines", str(lines)) if "--lines" in known else ()
        found[name] = (*_BENCH, name, "--json", *sized, *(("--quick",) if quick and "--quick" in known else ()))
    return found


def _say(figures: Sequence[Figure], *, quiet: bool) -> None:
    if quiet:
        return
    missed = misses(figures)
    for one in figures:
        goal = f"   goal {one.goal}{', missed' if one in missed else ''}" if one.goal else ""
        say(f"{one.name}: {one.value} {one.unit}{goal}".rstrip(), style="yellow" if one in missed else "")
