"""`expediter bench hot`: one item that everybody wants, against a hand-written row lock; nothing is sold twice.

Our callers are coroutines of one process, because that is how the API calls: 32 and 128 of them, each waiting for its
reservation (durable, audited, with its idempotency key) before it asks for the next. The baseline is SELECT ... FOR
UPDATE, UPDATE, INSERT, COMMIT over a connection a caller, as far as the server takes that many; written once with
threads and once with coroutines, and the faster of both counts. Both ways are measured round by round, and of the
rounds the middle one counts.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import typer

from core.bootstrap.batching import reserving
from core.bootstrap.opening import open_books
from core.domain.ids import ItemCode
from core.domain.stock import Claim, ReserveStock
from core.services.scanning import Figure
from evals.bench.by_hand import make_plain_tables, row_lock
from evals.bench.callers import warm
from evals.bench.crowd import Pace
from evals.bench.figures import figure, shown
from evals.bench.hot_item import CLERK, threads_by_hand
from evals.bench.rounds import Round, middle, middle_wait, round_of
from evals.bench.stockroom import PLACE, Stockroom, stockroom
from evals.bench.taking import SCARCE, take_all
from ui.cli import options

CALLERS = (32, 128)
CONNECTIONS = 90
"""How many of the server's hundred connections the baseline may take."""
PROCESSES = 2
HOT = ItemCode("HOT")
PLENTY, FEW = 1_000_000_000, 3_000
STOCK = {HOT: PLENTY, SCARCE: FEW}


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How long each way is measured in a round, and how many rounds. `connections` are the most the baseline may
    take."""

    seconds: float
    rounds: int
    connections: int = CONNECTIONS


WHOLE, QUICK = Size(seconds=1.0, rounds=5), Size(seconds=0.2, rounds=1)


def hot_command(
    as_json: options.Json = False,
    quick: bool = typer.Option(False, "--quick", help="A few seconds: correctness only, the times mean little."),
) -> None:
    """Reservations of one item by 32 and by 128 callers, by two processes too, against a hand-written row lock."""
    raise SystemExit(shown("hot", run(QUICK if quick else WHOLE), as_json=as_json))


def run(size: Size = WHOLE) -> tuple[Figure, ...]:
    """Measure on a server of its own."""
    with stockroom(STOCK) as room:
        return measured(room, size)


def measured(room: Stockroom, size: Size) -> tuple[Figure, ...]:
    """Measure in a room that has this stock."""
    figures = [one for count in CALLERS for one in _measured(room, count, size)]
    told = sum(_by_processes(room))
    oversold, drift = _wrong(room, told)
    return (
        *figures,
        figure("oversold_units", oversold, "units", "== 0"),
        figure("counter_minus_rows", drift, "units", "== 0"),
        figure("two_processes_granted_units", told, "units", f"== {FEW}"),
    )


def _measured(room: Stockroom, count: int, size: Size) -> Sequence[Figure]:
    rounds, connections = list[Round](), min(count, size.connections)
    for turn in range(size.rounds):
        threads = threads_by_hand(room, count, connections=connections, seconds=size.seconds)
        ours = _ours(room, count, seconds=size.seconds, name=f"{count}-{turn}")
        make_plain_tables(room, items=1)
        coroutines = row_lock(room, count, connections=connections, seconds=size.seconds)
        rounds.append(round_of(ours, threads, coroutines))
    one = middle(rounds)
    return (
        figure(f"ratio_vs_row_lock_{count}", one.ratio, "x", ">= 10"),
        figure(f"p99_ms_{count}", middle_wait(rounds, 0.99), "ms", "<= 15"),
        figure(f"p50_ms_{count}", middle_wait(rounds, 0.5), "ms"),
        figure(f"per_s_{count}", one.ours.per_second, "1/s"),
        figure(f"row_lock_per_s_{count}", one.theirs.per_second, "1/s"),
    )


def _ours(room: Stockroom, count: int, *, seconds: float, name: str) -> Pace:
    with open_books(room.urls.app) as books, reserving(books) as batcher:

        async def turn(caller: int, number: int) -> None:
            reference = f"{name}-{caller}-{number}"
            claim = Claim(item=HOT, location=PLACE, quantity=1 + caller % 3, reference=reference)
            await batcher.reserve(CLERK, ReserveStock(key=reference, claims=(claim,)))

        return asyncio.run(warm(count, turn, seconds=seconds))


def _by_processes(room: Stockroom) -> list[int]:
    """Units of the scarce item that each of two processes was told it has, when both take all they can get."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        return list(pool.map(take_all, [room.urls.app] * PROCESSES, range(PROCESSES)))


def _wrong(room: Stockroom, told: int) -> tuple[int, int]:
    """Units sold twice, by the balances or by what callers were told; and by which balances differ from their rows."""
    oversold = drift = 0
    with open_books(room.urls.app) as books, books(CLERK) as uow:
        for item, stock in STOCK.items():
            balance = uow.stock.balance(item, PLACE)
            rows = sum(claim.held for claim in uow.stock.claims_on(item, PLACE))
            oversold += max(0, balance.reserved - balance.on_hand, balance.reserved - stock)
            drift += abs(balance.reserved - rows)
            if item == SCARCE:
                oversold += max(0, told - stock)
                drift += abs(balance.reserved - told)
    return oversold, drift
