"""The book a promise is worked out on: ledgers copied when first touched, and a log that takes everything back."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple, TypeAlias

from core.domain.promising import TrialKind
from core.planning.promising.capacity import Slot
from core.planning.promising.ledger import Ledger, Receipt
from core.planning.promising.opened import USUAL, Opened, Pool
from core.planning.promising.reopening import Resident
from core.planning.promising.rules import PromisingRules
from core.planning.promising.spots import Spot
from core.planning.promising.working import Times
from core.planning.snapshot import Snapshot


class Node:
    """An item at a place in one book: what is known of it, its ledger, and what promises took of new orders there, as
    (source, day, units)."""

    __slots__ = ("group", "item", "kept", "ledger", "own", "spot")

    def __init__(self, spot: Spot, ledger: Ledger, *, kept: int) -> None:
        self.spot: Final = spot
        self.item: Final = spot.item
        self.group: Final = spot.group
        self.kept: Final = kept
        self.ledger: Final = ledger
        self.own: Final[list[tuple[int, int, int]]] = []

    def free(self, day: int) -> int:
        """ATP with look-ahead, less the safety stock where the rules keep it."""
        ledger = self.ledger
        at = bisect_right(ledger.days, day)
        return max(0, (ledger.known or ledger.leasts())[at - 1] - self.kept) if at else 0


class Changed(NamedTuple):
    """A balance changed. With a `level` of 0 and more it is a taking of what was free that a promise rests on, so far
    down. `known` is what the ledger knew before."""

    node: Node
    day: int
    quantity: int
    level: int
    known: list[int] | None


class Supplied(NamedTuple):
    """A new order was placed for a node, and so many of it taken at once for a day, so far down; `known` is what the
    ledger knew before."""

    order: "Ordered"
    node: Node
    receipt: Receipt
    day: int
    used: int
    level: int
    known: list[int] | None


class Worked(NamedTuple):
    """Minutes of work centres were taken."""

    slots: Sequence[Slot]


class Drawn(NamedTuple):
    """Units of something limited were taken: of a supplier's week, or of the stock of one location."""

    pool: Pool
    quantity: int


class Ordered(NamedTuple):
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


_RESIDENT: Final = Resident()
"""What this process opened last; opening on top of it answers as opening from nothing does."""
Entry: TypeAlias = Changed | Supplied | Worked | Drawn


class Book:
    """Stock, orders and promises as they would be after the commands in the log. What was `opened` is shared with other
    books and stays as it is."""

    def __init__(self, opened_books: Opened) -> None:
        self.opened: Final = opened_books
        self.snapshot: Final = opened_books.snapshot
        self.rules: Final = opened_books.rules
        self.terms: Final = opened_books.terms
        self.today: Final = opened_books.snapshot.as_of
        self.load: Final = opened_books.load.copy()
        self.times: Final = Times(opened_books.working, opened_books.rules.calendars)
        self._nodes: dict[tuple[int, int], Node] = {}
        self._drawn: dict[Pool, int] = {}
        self._log: list[Entry] = []
        self.orders: Final = dict[int, Ordered]()

    def node(self, item: int, group: int) -> Node:
        """An item at a place, to look at; what changes it goes through the log."""
        node = self._nodes.get((item, group))
        if node is None:
            spot = self.opened.spots.at(item, group)
            kept = spot.safety_stock if self.rules.keep_safety_stock else 0
            node = Node(spot, self.opened.known.ledger(item, group), kept=kept)
            self._nodes[item, group] = node
        return node

    def holding(self, item: int, group: int) -> Node | None:
        """An item at a place where anything of it is, comes or is wanted; nothing is free at the others."""
        node = self._nodes.get((item, group))
        if node is None:
            return self.node(item, group) if self.opened.known.has(item, group) else None
        return node if node.ledger.days else None

    def ledger(self, item: int, group: int) -> Ledger:
        """The ledger of an item at a place."""
        return self.node(item, group).ledger

    def free(self, item: int, group: int, day: int) -> int:
        """ATP with look-ahead, less the safety stock where the rules keep it."""
        return self.node(item, group).free(day)

    def drawn(self, pool: Pool) -> int:
        """Units taken of something limited, open purchase orders included."""
        return self.opened.drawn.get(pool, 0) + self._drawn.get(pool, 0)

    def on_hand(self, item: int, location: int) -> int:
        """Units that lie at a location and were not moved away."""
        return max(0, self.opened.stock.get((item, location), 0) - self.drawn(stock_at(location, item)))

    def working_after(self, location: int, day: int) -> int:
        """The day, or the first one after it on which the location works."""
        return self.opened.working.after(location, day)

    def bookmark(self) -> int:
        """Where the log stands."""
        return len(self._log)

    def since(self, mark: int) -> Sequence[Entry]:
        """What was done after a bookmark."""
        return self._log[mark:]

    def change(self, node: Node, day: int, quantity: int, *, level: int = -1) -> None:
        """Change a balance; with a level it is a taking of what was free."""
        ledger = node.ledger
        self._log.append(Changed(node, day, quantity, level, ledger.known))
        ledger.add(day, quantity)

    def supply(self, order: Ordered, node: Node, receipt: Receipt, *, day: int, used: int, level: int) -> None:
        """Place a trial order that brings a receipt to a node, and take some of it for a day."""
        ledger = node.ledger
        self._log.append(Supplied(order, node, receipt, day, used, level, ledger.known))
        node.own.append((order.number, day, used))
        ledger.receive(receipt)
        _move(ledger, receipt, day=day, used=used)
        self.orders[order.number] = order

    def work(self, slots: Sequence[Slot]) -> None:
        """Take minutes of work centres."""
        for slot in slots:
            self.load.take(slot.center, slot.day, slot.minutes)
        self._log.append(Worked(slots))

    def draw(self, pool: Pool, quantity: int) -> None:
        """Take units of something limited."""
        self._drawn[pool] = self._drawn.get(pool, 0) + quantity
        self._log.append(Drawn(pool, quantity))

    def rollback(self, mark: int) -> None:
        """Take back everything after the bookmark, last first."""
        log = self._log
        while len(log) > mark:
            self._take_back(log.pop())

    def new_number(self) -> int:
        """A number for the next trial order: -2, -3 and so on, as stock is -1."""
        return -2 - len(self._log)

    def _take_back(self, entry: Entry) -> None:
        if isinstance(entry, Changed):
            node, day, quantity, _, known = entry
            node.ledger.add(day, -quantity)
            node.ledger.known = known
        elif isinstance(entry, Supplied):
            order, node, receipt, day, used, _, known = entry
            node.ledger.unreceive(receipt)
            _move(node.ledger, receipt, day=day, used=used, sign=-1)
            node.ledger.known = known
            node.own.pop()
            del self.orders[order.number]
        elif isinstance(entry, Worked):
            for slot in entry.slots:
                self.load.take(slot.center, slot.day, -slot.minutes)
        else:
            self._drawn[entry.pool] -= entry.quantity


def _move(ledger: Ledger, receipt: Receipt, *, day: int, used: int, sign: int = 1) -> None:
    """What a receipt and a taking of it change; nothing where all of it is taken on its day."""
    there, _, units = receipt
    if there == day:
        if units != used:
            ledger.add(day, sign * (units - used))
    else:
        ledger.add(there, sign * units)
        ledger.add(day, -sign * used)


def stock_at(location: int, item: int) -> Pool:
    """What lies at a location."""
    return "stock", location, item


def open_book(snapshot: Snapshot, rules: PromisingRules = USUAL, *, without: Collection[tuple[str, int]] = ()) -> Book:
    """A book over a snapshot; the order lines `without`, as (order, line), do not count as promised."""
    return Book(_RESIDENT.opened(snapshot, rules, without=without))
