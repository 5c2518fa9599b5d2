"""Orders of five lines that take the same items in any order: nobody deadlocks, and sorting them first gains little."""

import itertools
import random
from dataclasses import dataclass

from core.bootstrap.opening import open_books
from core.db.unit_of_work import SqlOpener
from core.domain.errors import TryAgainError
from core.domain.ids import ItemCode
from core.domain.stock import Claim, ReserveStock
from core.services.reserving import reserve_stock
from evals.bench.crowd import Turn, crowd
from evals.bench.hot_item import CLERK
from evals.bench.stockroom import PLACE, Stockroom

THREADS = 16
LINES = 5
PAIRS = 5
_DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiveLines:
    """Orders a second with their lines in random order and sorted, and how many deadlocks the server counted."""

    random_order: float
    sorted_order: float
    deadlocks: int
    orders: int

    @property
    def ratio(self) -> float:
        """What random order costs."""
        return self.random_order / self.sorted_order


def five_lines(room: Stockroom, items: list[ItemCode], *, orders: int, seed: int) -> FiveLines:
    """So many orders each way, each a transaction; the ways take turns and the middle pair counts."""
    pairs = list[tuple[float, float]]()
    before = _deadlocks(room)
    with open_books(room.urls.app) as books:
        for pair in range(PAIRS):
            paces = dict[bool, float]()
            for tidy in (pair % 2 == 0, pair % 2 == 1):
                each = _Round(books=books, items=items, tidy=tidy, name=f"{seed}-{pair}-{tidy}")
                left = itertools.count(orders // PAIRS, -1)
                paces[tidy] = crowd(THREADS, lambda n, each=each, left=left: each.turn_of(n, left)).per_second
            pairs.append((paces[False], paces[True]))
    middle = sorted(pairs, key=lambda pair: pair[0] / pair[1])[PAIRS // 2]
    deadlocks = _deadlocks(room) - before
    return FiveLines(random_order=middle[0], sorted_order=middle[1], deadlocks=deadlocks, orders=2 * orders)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One crowd of orders, all tidy or none."""

    books: SqlOpener
    items: list[ItemCode]
    tidy: bool
    name: str

    def turn_of(self, thread: int, left: "itertools.count[int]") -> Turn:
        dice, numbers = random.Random(f"{self.name}-{thread}"), itertools.count()

        def turn() -> bool:
            if next(left) <= 0:
                return False
            self._order(f"{self.name}-{thread}-{next(numbers)}", dice)
            return True

        return turn

    def _order(self, key: str, dice: random.Random) -> None:
        wanted = dice.sample(self.items, LINES)
        claims = [
            Claim(item=item, location=PLACE, quantity=1, reference=f"{key}/{line}")
            for line, item in enumerate(sorted(wanted) if self.tidy else wanted, start=1)
        ]
        while True:
            try:
                with self.books(CLERK) as uow:
                    reserve_stock(uow, ReserveStock(key=key, claims=tuple(claims)))
                return
            except TryAgainError:  # the server counts it
                continue


def _deadlocks(room: Stockroom) -> int:
    with room.server.superuser(room.database) as superuser:
        superuser.execute("SELECT pg_stat_force_next_flush()")
        found = superuser.execute(_DEADLOCKS).fetchone()
    assert found is not None
    return int(found[0])
