"""`expediter bench ctp`: how long it takes to promise what is not there, three levels down.

| figure | what it is |
|---|---|
| `p50_ms`, `p99_ms_three_levels` | a promise that reaches the third level, and its taking back, at best |
| `per_s` | promises in a second, all asks one after the other |
| `equal_to_oracle` | 1 when plain Python (plain_promise.py) promises the same dates and the same orders |
| `ratio_vs_oracle` | the time of ours over that of plain Python, same asks |
| `p99_ms_full_features` | the same with calendars, finite capacity and lanes on |
"""

import gc
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Annotated

import numpy as np
import typer

from core.domain.ids import ItemCode, LocationCode
from core.domain.promising import Ask, Promise
from core.planning.promising import USUAL, Book, opened, promise
from core.planning.snapshot import NO_OPERATIONS, NO_WORK_CENTERS, NO_WORKING_DAYS, Lanes, Snapshot, date_of
from core.services.scanning import Figure
from evals.bench.book import HORIZON, SMALL, WHOLE, Shape, draw
from evals.bench.book_columns import snapshot_of
from evals.bench.figures import figure, shown
from evals.bench.plain_answers import said_plainly
from evals.bench.plain_promise import Plainly
from ui.cli import options
from ui.cli.failing import failures_said

ROUNDS, LEVELS = 5, 3
# More than is free by so many: some runs of the kind people ask for when it is not on the shelf.
MORE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is measured: open lines of a company of a shape, asks, and how many of them plain Python answers."""

    lines: int
    asks: int
    sample: int
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """The first promises, of each how many levels it rests on and the seconds it took at best, and the seconds of the
    quickest round."""

    answers: tuple[Promise, ...]
    levels: tuple[int, ...]
    seconds: tuple[float, ...]
    round: float


def ctp_command(
    lines: Annotated[int, typer.Option("--lines", metavar="N", help="Open order lines in the book.")] = 100_000,
    as_json: options.Json = False,
    quick: Annotated[bool, typer.Option("--quick", help="A small book, few asks: that it works.")] = False,
) -> None:
    """Promise finished goods beyond what is free, through three levels, against plain Python."""
    with failures_said():
        size = Size(lines=2_000, asks=60, sample=8, shape=SMALL) if quick else _whole(lines)
        raise SystemExit(shown("ctp", run(size, goals=not quick), as_json=as_json))


def _whole(lines: int) -> Size:
    return Size(lines=lines, asks=2_000, sample=40, shape=WHOLE)


def run(size: Size, *, goals: bool = True) -> tuple[Figure, ...]:
    """Draw a book, promise on it as it is when only parts and days count, then with everything on."""
    full = snapshot_of(draw(size.lines, shape=size.shape))
    snapshot = plain_terms(full)
    began = perf_counter()
    ready = opened(snapshot, USUAL)
    opening = perf_counter() - began
    asks = asks_of(Book(ready), size)
    gc.collect()
    gc.freeze()
    try:
        timed = [_timed(Book(ready), asks, keep=size.sample) for _ in range(ROUNDS)]
        ours = _best(timed)
        deep = sorted(s for s, levels in zip(ours.seconds, ours.levels, strict=True) if levels >= LEVELS)
        plain, equal = _against(snapshot, asks[: size.sample], ours)
        everything = opened(full, USUAL)
        features = sorted(_best([_timed(Book(everything), asks[: size.asks // 10], keep=0) for _ in range(2)]).seconds)
    finally:
        gc.unfreeze()
    sample = sum(ours.seconds[: size.sample])
    return (
        figure("lines", size.lines, "lines"),
        figure("asks", len(asks), "promises"),
        figure("asks_three_levels", len(deep), "promises"),
        figure("open_book_ms", opening * 1000, "ms"),
        figure("p50_ms", _at(deep, 50) * 1000, "ms"),
        figure("p99_ms_three_levels", _at(deep, 99) * 1000, "ms", "<= 2" if goals else None),
        figure("per_s", len(asks) / ours.round, "1/s"),
        figure("equal_to_oracle", int(equal), "", ">= 1"),
        figure("oracle_ms", plain / size.sample * 1000, "ms"),
        figure("ratio_vs_oracle", sample / plain),
        figure("p50_ms_full_features", _at(features, 50) * 1000, "ms"),
        figure("p99_ms_full_features", _at(features, 99) * 1000, "ms"),
    )


def plain_terms(snapshot: Snapshot) -> Snapshot:
    """The book without calendars, capacity and lanes: every place for itself, making and buying in days."""
    none, nothing = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    lanes = Lanes(origin=none, destination=none, days=none, fixed_cost=nothing, unit_cost=nothing)
    return replace(
        snapshot,
        lanes=lanes,
        operations=NO_OPERATIONS,
        work_centers=NO_WORK_CENTERS,
        working_days=NO_WORKING_DAYS,
    )


def asks_of(book: Book, size: Size) -> list[Ask]:
    """Finished goods anywhere, as sales have them, for days within the horizon; each more than is free by then."""
    dice, snapshot, finished = np.random.default_rng(7), book.snapshot, size.shape.finished
    popular = draw(4 * size.asks, seed=7, shape=size.shape).lines
    sold = popular.item < finished
    items, places = popular.item[sold][: size.asks].tolist(), popular.location[sold][: size.asks].tolist()
    days = dice.integers(0, HORIZON, size=size.asks).tolist()
    return [
        Ask(
            item=ItemCode(snapshot.items.code[item]),
            location=LocationCode(snapshot.locations.code[place]),
            quantity=book.free(item, book.terms.group_of[place], book.today + day) + MORE,
            requested=date_of(book.today + day),
        )
        for item, place, day in zip(items, places, days, strict=True)
    ]


def _timed(book: Book, asks: Sequence[Ask], *, keep: int) -> Timed:
    """Every ask once, taken back each time. Only so many answers are kept: who asks one thing after the other does not
    hold on to thousands, for the garbage collector to look through at every promise."""
    times, answers, levels, began = list[float](), list[Promise](), list[int](), perf_counter()
    for ask in asks:
        start, mark = perf_counter(), book.bookmark()
        answer = promise(book, ask)
        book.rollback(mark)
        times.append(perf_counter() - start)
        levels.append(_levels(answer))
        if len(answers) < keep:
            answers.append(answer)
    spent = perf_counter() - began
    return Timed(answers=tuple(answers), levels=tuple(levels), seconds=tuple(times), round=spent)


def _best(rounds: Sequence[Timed]) -> Timed:
    seconds = tuple(min(these) for these in zip(*(one.seconds for one in rounds), strict=True))
    first = rounds[0]
    return Timed(answers=first.answers, levels=first.levels, seconds=seconds, round=min(one.round for one in rounds))


def _levels(answer: Promise) -> int:
    """How many levels a promise rests on; the thing asked for is one."""
    return 1 + max((peg.level for peg in answer.pegs), default=0)


def _against(snapshot: Snapshot, asks: Sequence[Ask], ours: Timed) -> tuple[float, bool]:
    """Seconds plain Python takes for these asks, and whether it says the same."""
    oracle, seconds, equal = Plainly(snapshot, USUAL), 0.0, True
    for ask, answer in zip(asks, ours.answers, strict=False):
        saved, began = oracle.world.tried.copy(), perf_counter()
        found = oracle.promise(ask)
        seconds += perf_counter() - began
        oracle.world.tried = saved
        equal = equal and found == said_plainly(snapshot, answer)
    return seconds, equal


def _at(times: Sequence[float], percent: int) -> float:
    return times[min(len(times) - 1, len(times) * percent // 100)] if times else 0.0
