"""One item that many threads want: our reservations in micro-batches against a hand-written SELECT ... FOR UPDATE."""

import itertools
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from core.bootstrap.batching import reserving
from core.bootstrap.opening import open_books
from core.db.batching.threads import loop_in_a_thread
from core.db.unit_of_work import SqlOpener
from core.domain.ids import ItemCode, UserName
from core.domain.stock import Claim, ReserveStock, StockReserved
from evals.bench.crowd import Pace, Turn, crowd
from evals.bench.stockroom import PLACE, Stockroom

THREADS = 32
CLERK = UserName("bench")
# One connection a thread is how it is usually written; a small pool in front is the best that can be made of it.
POOLED = 8
Reserve = Callable[[ReserveStock], StockReserved]
TABLES_BY_HAND = """
CREATE TABLE IF NOT EXISTS plain_balances (item text PRIMARY KEY, on_hand bigint NOT NULL, reserved bigint NOT NULL);
CREATE TABLE IF NOT EXISTS plain_reservations (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item text NOT NULL REFERENCES plain_balances, quantity bigint NOT NULL, reference text NOT NULL UNIQUE,
    recorded_at timestamptz NOT NULL);
TRUNCATE plain_balances, plain_reservations;
INSERT INTO plain_balances VALUES ('HOT', 1000000000, 0)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HotItem:
    """Reservations a second, ours and by hand; ours also write the command's key and the audit log."""

    ours: Pace
    by_hand: Pace
    pooled: Pace

    @property
    def ratio(self) -> float:
        """How many times as many we make as by hand, one connection a thread."""
        return self.ours.per_second / self.by_hand.per_second

    @property
    def pooled_ratio(self) -> float:
        """The same against a small pool of connections."""
        return self.ours.per_second / self.pooled.per_second


def hot_item(room: Stockroom, item: ItemCode, *, seconds: float) -> HotItem:
    """All ways on the same server, in turns, so that a slow moment of the machine meets them all; each one's median."""
    ours, by_hand, pooled = list[Pace](), list[Pace](), list[Pace]()
    for turn in range(3):
        by_hand.append(threads_by_hand(room, THREADS, seconds=seconds))
        ours.append(_ours(room, item, seconds=seconds, name=f"hot-{turn}"))
        pooled.append(threads_by_hand(room, THREADS, connections=POOLED, seconds=seconds))
    return HotItem(ours=_median(ours), by_hand=_median(by_hand), pooled=_median(pooled))


def _median(paces: list[Pace]) -> Pace:
    return sorted(paces, key=lambda pace: pace.per_second)[len(paces) // 2]


@contextmanager
def batcher(room: Stockroom) -> Generator[tuple[Reserve, SqlOpener]]:
    """Reservations as the command line and the worker make them: from threads."""
    with open_books(room.urls.app) as books, reserving(books) as reservations, loop_in_a_thread() as wait:
        yield lambda command: wait(reservations.reserve(CLERK, command)), books


def _ours(room: Stockroom, item: ItemCode, *, seconds: float, name: str) -> Pace:
    with batcher(room) as (reserve, _):

        def turn_of(thread: int) -> Turn:
            numbers = itertools.count()

            def turn() -> bool:
                reference = f"{name}-{thread}-{next(numbers)}"
                claim = Claim(item=item, location=PLACE, quantity=1 + thread % 3, reference=reference)
                reserve(ReserveStock(key=reference, claims=(claim,)))
                return True

            return turn

        return crowd(THREADS, turn_of, seconds=seconds)


def threads_by_hand(room: Stockroom, callers: int, *, seconds: float, connections: int | None = None) -> Pace:
    """So many threads that reserve as it is usually written, over a connection each or over fewer."""
    with ExitStack() as stack:
        pool = SimpleQueue[Any]()
        for number in range(connections or callers):
            connection = stack.enter_context(room.server.superuser(room.database))
            connection.autocommit = False
            if number == 0:
                connection.execute(TABLES_BY_HAND)
                connection.commit()
            pool.put(connection)
        return crowd(callers, lambda thread: _hand(pool, thread), seconds=seconds)


def _hand(pool: "SimpleQueue[Any]", thread: int) -> Turn:
    numbers: Callable[[], int] = itertools.count().__next__

    def turn() -> bool:
        connection = pool.get()
        try:
            _reserve_by_hand(connection, 1 + thread % 3, f"{thread}-{numbers()}")
        finally:
            pool.put(connection)
        return True

    return turn


def _reserve_by_hand(connection: Any, quantity: int, reference: str) -> None:
    found = connection.execute("SELECT on_hand - reserved FROM plain_balances WHERE item = 'HOT' FOR UPDATE").fetchone()
    if found[0] >= quantity:
        connection.execute("UPDATE plain_balances SET reserved = reserved + %s WHERE item = 'HOT'", [quantity])
        connection.execute(
            "INSERT INTO plain_reservations (item, quantity, reference, recorded_at) VALUES ('HOT', %s, %s, now())",
            [quantity, reference],
        )
    connection.commit()
