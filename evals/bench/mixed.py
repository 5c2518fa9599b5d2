"""Thousands of mixed decisions on little stock by many threads: nothing sold twice, no counter that drifts."""

import itertools
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from core.db.unit_of_work import SqlOpener
from core.domain.errors import InsufficientStockError
from core.domain.ids import ItemCode
from core.domain.stock import Claim, Consumption, ReservationKind, ReserveStock, VirtualPlace
from core.ports.storage import UnitOfWork
from core.services.checking import check
from core.services.reserving import Reallocate, expire_reservations, reallocate
from evals.bench.crowd import Turn, crowd
from evals.bench.hot_item import CLERK, THREADS, Reserve, batcher
from evals.bench.stockroom import PLACE, TODAY, Stockroom

# Reserving is what most callers do; what the others do, in shares of a hundred.
_SHARES = (("reserve", 80), ("cancel", 8), ("ship", 6), ("reallocate", 5), ("expire", 1))
_WHAT = tuple(itertools.chain.from_iterable([what] * share for what, share in _SHARES))

_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Ledger:
    """What the callers were told: who holds how much of what, and what has left. It knows nothing of the database."""

    held: dict[str, tuple[ItemCode, int]] = field(default_factory=dict)
    working: dict[str, tuple[ItemCode, int]] = field(default_factory=dict)
    shipped: defaultdict[ItemCode, int] = field(default_factory=lambda: defaultdict(int))
    decisions: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    lock: Lock = field(default_factory=Lock)

    def took(self, reference: str, item: ItemCode, units: int) -> None:
        """Somebody was promised units."""
        with self.lock:
            self.held[reference] = (item, units)

    def pick(self, dice: random.Random) -> str | None:
        """A reservation that nobody else will work on."""
        with self.lock:
            if not self.held:
                return None
            keys = list(itertools.islice(self.held, 64))
            reference = dice.choice(keys)
            self.working[reference] = self.held.pop(reference)
            return reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """What the decisions came to."""

    decisions: dict[str, int]
    seconds: float
    oversold: int
    drift: int
    broken: tuple[str, ...]


def mixed(room: Stockroom, stock: dict[ItemCode, int], *, decisions: int, seed: int) -> Mixed:
    """So many decisions on these items, by 32 threads; then the books against themselves and against the callers."""
    ledger, left = Ledger(), itertools.count(decisions, -1)
    with batcher(room) as (reserve, books):

        def turn_of(thread: int) -> Turn:
            worker = Worker(
                name=f"m{seed}-{thread}", dice=random.Random(seed * 1000 + thread), stock=sorted(stock),
                ledger=ledger, reserve=reserve, books=books,
            )  # fmt: skip
            return lambda: next(left) > 0 and worker.decide()

        pace = crowd(THREADS, turn_of)
        with books(CLERK) as uow:
            expire_reservations(uow, limit=decisions)
        with books(CLERK) as uow:
            sold = {item: ledger.shipped[item] for item in stock}
            for item, units in ledger.held.values():
                sold[item] += units
            oversold = sum(max(0, sold[item] - units) for item, units in stock.items())
            drift = sum(_drift(uow, item, units, ledger) for item, units in stock.items())
            broken = tuple(sentence for result in check(uow) for sentence in result.broken)
    return Mixed(decisions=dict(ledger.decisions), seconds=pace.seconds, oversold=oversold, drift=drift, broken=broken)


def _drift(uow: UnitOfWork, item: ItemCode, opening: int, ledger: Ledger) -> int:
    """Units by which the balance, the rows it stands for and what callers were told differ."""
    balance = uow.stock.balance(item, PLACE)
    rows = sum(claim.held for claim in uow.stock.claims_on(item, PLACE))
    told = sum(units for held, units in ledger.held.values() if held == item)
    on_hand = opening - ledger.shipped[item]
    return abs(balance.reserved - rows) + abs(balance.reserved - told) + abs(balance.on_hand - on_hand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One caller with dice of its own."""

    name: str
    dice: random.Random
    stock: list[ItemCode]
    ledger: Ledger
    reserve: Reserve
    books: SqlOpener
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def decide(self) -> bool:
        """One decision; a refusal is one too."""
        what = self.dice.choice(_WHAT)
        acts: dict[str, Callable[[], None]] = {
            "reserve": self._reserve, "cancel": self._cancel, "ship": self._ship,
            "reallocate": self._reallocate, "expire": self._expire,
        }  # fmt: skip
        acts[what]()
        with self.ledger.lock:
            self.ledger.decisions[what] += 1
        return True

    def _reserve(self) -> None:
        item, units, reference = self.dice.choice(self.stock), self.dice.randint(1, 3), self._new()
        boxed = self.dice.random() < 0.1
        claim = Claim(
            item=item, location=PLACE, quantity=units, reference=reference,
            kind=ReservationKind.TIME_BOXED if boxed else ReservationKind.HARD,
            expires_at=_LONG_AGO if boxed else None,
        )  # fmt: skip
        try:
            self.reserve(ReserveStock(key=reference, claims=(claim,)))
        except InsufficientStockError:
            return
        if not boxed:  # a time-boxed one is over at once: the next sweep gives it back, and nobody counts on it
            self.ledger.took(reference, item, units)

    def _cancel(self) -> None:
        reference = self.ledger.pick(self.dice)
        if reference is not None:
            with self.books(CLERK) as uow:
                uow.stock.release(reference)
            self._done(reference)

    def _ship(self) -> None:
        reference = self.ledger.pick(self.dice)
        if reference is None:
            return
        item, units = self.ledger.working[reference]
        leaving = self.dice.randint(1, units)
        part = Consumption(
            reference=reference, quantity=leaving, destination=VirtualPlace.CUSTOMER.location, reason="shipment",
            document=reference, moved_on=TODAY,
        )  # fmt: skip
        with self.books(CLERK) as uow:
            uow.stock.consume([part])
        self._done(reference)
        with self.ledger.lock:
            self.ledger.shipped[item] += leaving
        if leaving < units:
            self.ledger.took(reference, item, units - leaving)

    def _reallocate(self) -> None:
        source = self.ledger.pick(self.dice)
        if source is None:
            return
        item, units = self.ledger.working[source]
        given, reference = self.dice.randint(1, units), self._new()
        claim = Claim(item=item, location=PLACE, quantity=given, reference=reference)
        with self.books(CLERK) as uow:
            reallocate(uow, Reallocate(key=reference, source=source, to=claim))
        self._done(source)
        self.ledger.took(reference, item, given)
        if given < units:
            self.ledger.took(source, item, units - given)

    def _expire(self) -> None:
        with self.books(CLERK) as uow:
            expire_reservations(uow)

    def _new(self) -> str:
        return f"{self.name}-{next(self.numbers)}"

    def _done(self, reference: str) -> None:
        with self.ledger.lock:
            del self.ledger.working[reference]
