"""The balance of one item at one place, day by day: what can be given away, and from when on."""

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from core.planning.snapshot import NEVER

Receipt: TypeAlias = tuple[int, int, int]
"""Day, source and units of what comes in; the source is a row of the snapshot's supply, -1 for stock, below that new
orders. A plain tuple: every promise reads out dozens."""


@dataclass(slots=True)
class Ledger:
    """Changes by day, days rising, the first one the business date or later."""

    days: list[int]
    changes: list[int]
    receipts: list[Receipt]
    known: list[int] | None = None
    """The least balance from each day on, as last worked out; none since a change. Never written in, so that whoever
    takes a change back can put it here again."""

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
        self.known = None

    def receive(self, receipt: Receipt) -> None:
        """Note what comes, for pegging; the change itself is `add`."""
        insort(self.receipts, receipt)

    def unreceive(self, receipt: Receipt) -> None:
        """Forget it again."""
        self.receipts.remove(receipt)

    def free(self, day: int) -> int:
        """ATP(t): the least balance from that day on, never below zero."""
        at = bisect_right(self.days, day)
        return max(0, self.leasts()[at - 1]) if at else 0

    def next_free(self, day: int, units: int) -> int:
        """The first day after this one on which more than so many are free; NEVER where known supply does not do."""
        least = self.leasts()
        at = max(bisect_right(self.days, day), bisect_right(least, units))
        return self.days[at] if at < len(least) else NEVER

    def lendable(self, day: int, units: int) -> tuple[int, int]:
        """How many of so many units are there on that day although promised, and the first day they are missed."""
        balance = list(accumulate(self.changes))
        at = bisect_right(self.days, day) - 1
        lent = min(units, balance[at]) if at >= 0 else 0
        if lent <= 0:
            return 0, NEVER
        missed = next((n for n in range(at + 1, len(balance)) if balance[n] < lent), None)
        return (lent, NEVER) if missed is None else (lent, self.days[missed])

    def leasts(self) -> list[int]:
        """The least balance from each day on; rises with the day."""
        if self.known is None:
            balance = list(accumulate(self.changes))
            balance.reverse()
            self.known = list(accumulate(balance, min))
            self.known.reverse()
        return self.known
