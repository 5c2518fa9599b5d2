"""`expediter bench whatif`: how long one event takes to be followed through resident books, against netting them again.

Events of every kind, drawn from a seed, each on a view of its own that is thrown away. All are followed in each of five
rounds and of every event the quickest counts: what else the machine does makes a round slower, never quicker. Some of
the events are also netted as a whole, and every line compared.
"""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from time import perf_counter
from typing import Annotated

import numpy as np
import typer

from core.domain.errors import InvalidValueError
from core.planning.effects.events import (
    Event,
    LineAdded,
    LineChanged,
    LineRemoved,
    StockSet,
    SupplyAdded,
    SupplyChanged,
    SupplyRemoved,
)
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import PURCHASE_ORDER, Snapshot
from core.planning.whatif.comparing import netted_again
from core.planning.whatif.difference import Difference
from core.planning.whatif.resident import Resident
from core.planning.whatif.view import view_of
from core.services.scanning import Figure
from evals.bench.book import WHOLE as SHAPE
from evals.bench.book import Shape, draw
from evals.bench.book_columns import snapshot_of
from evals.bench.figures import best_of, figure, shown
from ui.cli import options
from ui.cli.failing import failures_said

_MILLISECONDS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many events are followed, how often, and how many of them are netted as a whole, too."""

    events: int
    rounds: int
    compared: int


WHOLE, QUICK = Size(events=2_400, rounds=5, compared=24), Size(events=80, rounds=1, compared=16)


def whatif_command(
    lines: Annotated[int, typer.Option("--lines", help="Open order lines of the synthetic book.")] = 100_000,
    seed: Annotated[int, typer.Option("--seed", help="Other dice: other events.")] = 1,
    as_json: options.Json = False,
    quick: Annotated[bool, typer.Option("--quick", help="Few events: that it works, the times mean little.")] = False,
) -> None:
    """Follow single events through resident books, and compare with netting them as a whole."""
    with failures_said():
        if lines < 1:
            raise InvalidValueError(f"a book of {lines!r} lines; accepted: 1 or more")
        measured = run(lines, QUICK if quick else WHOLE, seed=seed)
        raise SystemExit(shown("whatif", measured, as_json=as_json))


def run(lines: int, size: Size, *, seed: int, shape: Shape = SHAPE) -> tuple[Figure, ...]:
    """Measure on a synthetic book of so many lines."""
    books, rules = snapshot_of(draw(lines, shape=shape)), ScanRules()
    began = perf_counter()
    resident = Resident.of(books, rules)
    building = perf_counter() - began
    events = drawn(books, size.events, Random(seed))
    gc.collect()
    gc.freeze()  # what is resident is never garbage: the collector need not look through it at every what-if
    try:
        rounds = [_round(resident, events) for _ in range(size.rounds)]
    finally:
        gc.unfreeze()
    full = best_of(size.rounds, lambda: net(books, rules))
    equal, followed = _compared(resident, events, size.compared)
    quickest = np.array(rounds).min(axis=0)
    p50, p99 = (float(np.percentile(quickest, share)) * _MILLISECONDS for share in (50, 99))
    rate = len(events) / float(quickest.sum())
    return (
        figure("lines", lines, "order lines"),
        figure("events", len(events), "events"),
        figure("resident_s", building, "s"),
        figure("p50_ms_one_event", p50, "ms"),
        figure("p99_ms_one_event", p99, "ms", "<= 5"),
        figure("whatifs_per_s", rate, "what-ifs/s", ">= 1000"),
        figure("full_net_ms", full * _MILLISECONDS, "ms"),
        figure("ratio_vs_full_net", full * rate, "times as many"),
        figure("followed_share", followed, "of those compared"),
        figure("equal_to_full", equal, "1 is equal", ">= 1"),
    )


def _round(resident: Resident, events: Sequence[Event]) -> list[float]:
    """Seconds for each event, on a view of its own."""
    found = list[float]()
    for event in events:
        began = perf_counter()
        view_of(resident).change(event)
        found.append(perf_counter() - began)
    return found


def _compared(resident: Resident, events: Sequence[Event], many: int) -> tuple[int, float]:
    """Whether what is followed is what netting as a whole finds (1: on every line of every event compared), and the
    share of these events that could be followed."""
    step, equal, followed = max(1, len(events) // many), True, 0
    sample = events[::step]
    for event in sample:
        view = view_of(resident)
        found = view.change(event)
        again = netted_again(resident, view.snapshot(), why="to compare")
        equal = equal and lines_of(found) == lines_of(again)
        followed += found.path == "incremental"
    return int(equal), followed / len(sample)


def lines_of(found: Difference) -> list[object]:
    """Every line of a difference, whole."""
    return [(line.name, line.before, line.after) for line in found.worst(found.lines)]


def drawn(books: Snapshot, many: int, dice: Random) -> list[Event]:
    """So many events of every kind that may each happen to these books, as often on popular items as those are asked
    for."""
    kinds: tuple[Callable[[Snapshot, Random], Event], ...] = (
        _more,
        _moved,
        _gone,
        _new_line,
        _reserved,
        _counted,
        _slipped,
        _cut,
        _cancelled,
        _bought,
    )
    return [dice.choice(kinds)(books, dice) for _ in range(many)]


def _line(books: Snapshot, dice: Random) -> tuple[int, str, int]:
    at = dice.randrange(len(books.demand.order))
    return at, books.demand.order[at], int(books.demand.line[at])


def _more(books: Snapshot, dice: Random) -> Event:
    at, order, line = _line(books, dice)
    return LineChanged(order=order, line=line, quantity=int(books.demand.quantity[at]) + dice.randint(1, 30))


def _moved(books: Snapshot, dice: Random) -> Event:
    at, order, line = _line(books, dice)
    return LineChanged(order=order, line=line, due=int(books.demand.due[at]) + dice.randint(-10, 20))


def _gone(books: Snapshot, dice: Random) -> Event:
    _, order, line = _line(books, dice)
    return LineRemoved(order=order, line=line)


def _new_line(books: Snapshot, dice: Random) -> Event:
    at, order, _ = _line(books, dice)
    due = books.as_of + dice.randint(0, 60)
    return LineAdded(
        order=order,
        line=99,
        item=int(books.demand.item[at]),
        location=int(books.demand.location[at]),
        quantity=dice.randint(1, 60),
        due=due,
        requested=due,
        order_date=books.as_of,
        entry=int(books.demand.entry[-1]) + 1,
        priority=dice.randint(1, 5),
        price=int(books.demand.price[at]),
        penalty=100,
        customer=int(books.demand.customer[at]),
    )


def _reserved(books: Snapshot, dice: Random) -> Event:
    at, order, line = _line(books, dice)
    return LineChanged(order=order, line=line, held=dice.randint(0, int(books.demand.quantity[at])))


def _counted(books: Snapshot, dice: Random) -> Event:
    stock = books.stock
    at = dice.randrange(stock.item.size)
    units = int(stock.available[at] * dice.uniform(0, 1.5))
    return StockSet(item=int(stock.item[at]), location=int(stock.location[at]), available=units)


def _supply(books: Snapshot, dice: Random) -> tuple[int, int, str, int]:
    at = dice.randrange(len(books.supply.number))
    return at, int(books.supply.kind[at]), books.supply.number[at], int(books.supply.line[at])


def _slipped(books: Snapshot, dice: Random) -> Event:
    at, kind, number, line = _supply(books, dice)
    days = dice.randint(1, 20)
    due, start = int(books.supply.due[at]) + days, int(books.supply.start[at]) + days
    return SupplyChanged(kind=kind, number=number, line=line, due=due, start=start)


def _cut(books: Snapshot, dice: Random) -> Event:
    at, kind, number, line = _supply(books, dice)
    return SupplyChanged(kind=kind, number=number, line=line, quantity=int(books.supply.quantity[at]) // 2)


def _cancelled(books: Snapshot, dice: Random) -> Event:
    _, kind, number, line = _supply(books, dice)
    return SupplyRemoved(kind=kind, number=number, line=line)


def _bought(books: Snapshot, dice: Random) -> Event:
    at, *_ = _supply(books, dice)
    due = books.as_of + dice.randint(1, 30)
    return SupplyAdded(
        kind=PURCHASE_ORDER,
        number="PO-WHAT-IF",
        item=int(books.supply.item[at]),
        location=int(books.supply.location[at]),
        quantity=dice.randint(1, 80),
        due=due,
        start=due,
    )
