"""`expediter bench uniform`: reservations of many items by 32 callers, against one conditional statement each.

The baseline is the best that is usually written: one statement, a conditional UPDATE with the INSERT of its row, sent
over a small pool of connections by coroutines; it keeps no idempotency key and no audit log, ours keeps both. Both
ways are measured round by round, and of the rounds the middle one counts.
"""

import asyncio

import typer

from core.bootstrap.batching import reserving
from core.bootstrap.opening import open_books
from core.domain.ids import ItemCode
from core.domain.stock import Claim, ReserveStock
from core.services.checking import check
from core.services.scanning import Figure
from evals.bench.by_hand import make_plain_tables, single_statement
from evals.bench.callers import warm
from evals.bench.crowd import Pace
from evals.bench.figures import figure, shown
from evals.bench.hot_item import CLERK
from evals.bench.rounds import Round, middle, middle_wait, round_of
from evals.bench.stockroom import PLACE, Stockroom, stockroom
from ui.cli import options

CALLERS = 32
ITEMS = 2_000
PLENTY = 1_000_000_000
POOLS = (4, 8, CALLERS)
"""Numbers of connections the baseline is tried with; the fastest in a round counts."""


def uniform_command(
    as_json: options.Json = False,
    quick: bool = typer.Option(False, "--quick", help="A few seconds: correctness only, the times mean little."),
) -> None:
    """Reservations of 2,000 items by 32 callers, against one statement a reservation over pooled connections."""
    figures = run(seconds=0.2, rounds=1) if quick else run(seconds=1.0, rounds=5)
    raise SystemExit(shown("uniform", figures, as_json=as_json))


def run(*, seconds: float, rounds: int) -> tuple[Figure, ...]:
    """Measure on a server of its own."""
    with stockroom({item_of(number): PLENTY for number in range(ITEMS)}) as room:
        return measured(room, seconds=seconds, rounds=rounds)


def measured(room: Stockroom, *, seconds: float, rounds: int, items: int = ITEMS) -> tuple[Figure, ...]:
    """Measure in a room that has plenty of so many items."""
    paired = list[Round]()
    for turn in range(rounds):
        ours, theirs = _ours(room, seconds=seconds, items=items, name=f"u{turn}"), list[Pace]()
        for connections in POOLS:
            make_plain_tables(room, items=items)
            theirs.append(single_statement(room, CALLERS, items=items, connections=connections, seconds=seconds))
        paired.append(round_of(ours, *theirs))
    with open_books(room.urls.app) as books, books(CLERK) as uow:
        broken = sum(len(law.broken) for law in check(uow))
    one = middle(paired)
    return (
        figure("ratio_vs_single_statement", one.ratio, "x", ">= 1.2"),
        figure("per_s", one.ours.per_second, "1/s"),
        figure("p99_ms", middle_wait(paired, 0.99), "ms"),
        figure("single_statement_per_s", one.theirs.per_second, "1/s"),
        figure("broken_invariants", broken, "breaches", "== 0"),
    )


def item_of(number: int, items: int = ITEMS) -> ItemCode:
    """One of so many items, by any number."""
    return ItemCode(f"I{number % items:05}")


def _ours(room: Stockroom, *, seconds: float, items: int, name: str) -> Pace:
    with open_books(room.urls.app) as books, reserving(books) as batcher:

        async def turn(caller: int, number: int) -> None:
            reference, item = f"{name}-{caller}-{number}", item_of(caller * 7919 + number * 104_729, items)
            claim = Claim(item=item, location=PLACE, quantity=1 + caller % 3, reference=reference)
            await batcher.reserve(CLERK, ReserveStock(key=reference, claims=(claim,)))

        return asyncio.run(warm(CALLERS, turn, seconds=seconds))
