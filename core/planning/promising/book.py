"""The book a promise is worked out on: ledgers copied when first touched, and a log that takes everything back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from core.domain.promising import TrialKind
from core.planning.promising.capacity import WorkLoad
from core.planning.promising.commitments import Commitments, commitments
from core.planning.promising.ledger import Ledger, Receipt
from core.planning.promising.rules import PromisingRules
from core.planning.promising.terms import Terms, terms_of
from core.planning.snapshot import PLANNED_PURCHASE, PURCHASE_ORDER, Snapshot

USUAL: Final = PromisingRules()


Pool: TypeAlias = tuple[str, int, int]


def week_of(source: int, day: int) -> Pool:
    """What a source may deliver in the week of a day."""
    return "week", source, day // 7


def stock_at(location: int, item: int) -> Pool:
    """What lies at a location."""
    return "stock", location, item


@dataclass(frozen=True, slots=True)
class Changed:
    """A balance changed. With a `level` of 0 and more it is a taking that a promise rests on, so far down: of the new
    order `source`, or of what was free (-1)."""

    item: int
    group: int
    day: int
    quantity: int
    level: int = -1
    source: int = -1


@dataclass(frozen=True, slots=True)
class Received:
    """Units of a new order come in."""

    item: int
    group: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Worked:
    """Minutes of a work centre were taken on a day."""

    center: int
    day: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Units of something limited were taken: of a supplier's week, or of the stock of one location."""

    pool: Pool
    quantity: int


@dataclass(frozen=True, slots=True)
class Ordered:
    """A trial order, by positions; `number` tells the new orders apart."""

    number: int
    kind: TrialKind
    item: int
    location: int
    quantity: int
    begin: int
    due: int
    origin: int = -1
    supplier: int = -1


Entry = Changed | Received | Worked | Drawn | Ordered


class Book:
    """Stock, orders and promises as they would be after the commands in the log."""

    def __init__(
        self, snapshot: Snapshot, rules: PromisingRules, known: Commitments, terms: Terms, load: WorkLoad
    ) -> None:
        self.snapshot: Final = snapshot
        self.rules: Final = rules
        self.terms: Final = terms
        self.today: Final = snapshot.as_of
        self.load: Final = load
        self._known = known
        self._ledgers: dict[tuple[int, int], Ledger] = {}
        self._drawn = _drawn(snapshot)
        self._stock = _stock(snapshot)
        self._days: list[list[bool]] = snapshot.working_days.T.tolist()
        self._log: list[Entry] = []

    def ledger(self, item: int, group: int) -> Ledger:
        """The ledger of an item at a place, to look at; what changes it goes through the log."""
        key = item, group
        if key not in self._ledgers:
            self._ledgers[key] = self._known.ledger(item, group)
        return self._ledgers[key]

    def free(self, item: int, group: int, day: int) -> int:
        """ATP with look-ahead, less the safety stock where the rules keep it."""
        kept = int(self.snapshot.items.safety_stock[item]) if self.rules.keep_safety_stock else 0
        return max(0, self.ledger(item, group).free(day) - kept)

    def drawn(self, pool: Pool) -> int:
        """Units taken of something limited, open purchase orders included."""
        return self._drawn.get(pool, 0)

    def on_hand(self, item: int, location: int) -> int:
        """Units that lie at a location and were not moved away."""
        return max(0, self._stock.get((item, location), 0) - self.drawn(stock_at(location, item)))

    def working_before(self, location: int, day: int) -> int:
        """The day, or the last one before it on which the location works."""
        return next((d for d in range(day, self.today - 1, -1) if self._works(location, d)), day)

    def working_after(self, location: int, day: int) -> int:
        """The day, or the first one after it on which the location works."""
        return next((d for d in range(day, day + len(self._days) + 1) if self._works(location, d)), day)

    def _works(self, location: int, day: int) -> bool:
        at = day - self.today
        return not 0 <= at < len(self._days) or bool(self._days[at][location])

    def bookmark(self) -> int:
        """Where the log stands."""
        return len(self._log)

    def since(self, mark: int) -> Sequence[Entry]:
        """What was done after a bookmark."""
        return self._log[mark:]

    def write(self, entry: Entry) -> None:
        """Do it and keep how to take it back."""
        self._apply(entry, 1)
        self._log.append(entry)

    def rollback(self, mark: int) -> None:
        """Take back everything after the bookmark, last first."""
        while len(self._log) > mark:
            self._apply(self._log.pop(), -1)

    def new_number(self) -> int:
        """A number for the next trial order: -2, -3 and so on, as stock is -1."""
        return -2 - len(self._log)

    def _apply(self, entry: Entry, sign: int) -> None:
        match entry:
            case Changed():
                self.ledger(entry.item, entry.group).add(entry.day, sign * entry.quantity)
            case Received():
                ledger = self.ledger(entry.item, entry.group)
                ledger.add(entry.receipt.day, sign * entry.receipt.quantity)
                (ledger.receive if sign > 0 else ledger.unreceive)(entry.receipt)
            case Worked():
                self.load.take(entry.center, entry.day, sign * entry.minutes)
            case Drawn():
                self._drawn[entry.pool] = self.drawn(entry.pool) + sign * entry.quantity
            case Ordered():
                pass
            case _:
                assert_never(entry)


def open_book(snapshot: Snapshot, rules: PromisingRules = USUAL, *, without: Collection[tuple[str, int]] = ()) -> Book:
    """A book over a snapshot; the order lines `without`, as (order, line), do not count as promised."""
    terms = terms_of(snapshot)
    known = commitments(snapshot, rules, without)
    return Book(snapshot, rules, known, terms, WorkLoad(snapshot, terms.steps))


def _drawn(snapshot: Snapshot) -> dict[Pool, int]:
    """What is on order from each source that has a limit a week."""
    limits, sources, supply = snapshot.source_terms.weekly_capacity, snapshot.sources, snapshot.supply
    found: dict[Pool, int] = {}
    if limits.size == 0:
        return found
    rows = {pair: n for n, pair in enumerate(zip(sources.item.tolist(), sources.supplier.tolist(), strict=True))}
    columns = (supply.kind, supply.item, supply.supplier, supply.due, supply.quantity)
    for kind, item, supplier, due, quantity in zip(*(column.tolist() for column in columns), strict=True):
        row = rows.get((item, supplier))
        if kind in (PURCHASE_ORDER, PLANNED_PURCHASE) and row is not None:
            pool = week_of(row, due)
            found[pool] = found.get(pool, 0) + quantity
    return found


def _stock(snapshot: Snapshot) -> dict[tuple[int, int], int]:
    stock = snapshot.stock
    keys = zip(stock.item.tolist(), stock.location.tolist(), strict=True)
    return dict(zip(keys, stock.available.tolist(), strict=True))
