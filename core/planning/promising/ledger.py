"""The balance of one item at one place, day by day: what can be given away, and from when on."""

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field

from core.planning.snapshot import NEVER


@dataclass(frozen=True, slots=True, order=True)
class Receipt:
    """Units that come in on a day; `source` is a row of the snapshot's supply, -1 for stock, below that new orders."""

    day: int
    source: int
    quantity: int


@dataclass(slots=True)
class Ledger:
    """Changes by day, days rising, the first one the business date or later."""

    days: list[int]
    changes: list[int]
    receipts: list[Receipt]
    _balance: list[int] = field(default_factory=list[int])
    _least: list[int] = field(default_factory=list[int])

    def add(self, day: int, quantity: int) -> None:
        """A change on a day; the same with the sign turned takes it back, exactly."""
        at = bisect_left(self.days, day)
        if at < len(self.days) and self.days[at] == day:
            self.changes[at] += quantity
            if self.changes[at] == 0:
                del self.days[at], self.changes[at]
        else:
            self.days.insert(at, day)
            self.changes.insert(at, quantity)
        self._least = []

    def receive(self, receipt: Receipt) -> None:
        """Note what comes, for pegging; the change itself is `add`."""
        insort(self.receipts, receipt)

    def unreceive(self, receipt: Receipt) -> None:
        """Forget it again."""
        self.receipts.remove(receipt)

    def free(self, day: int) -> int:
        """ATP(t): the least balance from that day on, never below zero."""
        least = self._leasts()
        at = bisect_right(self.days, day) - 1
        return max(0, least[at]) if at >= 0 else 0

    def next_free(self, day: int, units: int) -> int:
        """The first day after this one on which more than so many are free; NEVER where known supply does not do."""
        least = self._leasts()
        at = max(bisect_right(self.days, day), bisect_right(least, units))
        return self.days[at] if at < len(least) else NEVER

    def lendable(self, day: int, units: int) -> tuple[int, int]:
        """How many of so many units are there on that day although promised, and the first day they are missed."""
        self._leasts()
        at = bisect_right(self.days, day) - 1
        lent = min(units, self._balance[at]) if at >= 0 else 0
        if lent <= 0:
            return 0, NEVER
        missed = next((n for n in range(at + 1, len(self.days)) if self._balance[n] < lent), None)
        return (lent, NEVER) if missed is None else (lent, self.days[missed])

    def _leasts(self) -> list[int]:
        """The least balance from each day on; rises with the day."""
        if len(self._least) != len(self.days):
            total, self._balance = 0, []
            for change in self.changes:
                total += change
                self._balance.append(total)
            least, lowest = [0] * len(self.days), None
            for at in range(len(self.days) - 1, -1, -1):
                lowest = self._balance[at] if lowest is None else min(lowest, self._balance[at])
                least[at] = lowest
            self._least = least
        return self._least
