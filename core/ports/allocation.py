"""Storage of allocation: quotas and who took from them, what a backorder run looks at, runs, and locked lines."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from core.domain.backorders import BackorderLine, Inflow, RunKept
from core.domain.ids import ItemCode, LocationCode, OrderNo
from core.domain.quotas import Quota, QuotaUse, QuotaWish


class QuotaStore(Protocol):
    """Quotas; what is taken changes in the function that records who took it."""

    def add(self, quota: Quota) -> None: ...
    def get(self, code: str) -> Quota: ...

    def take(self, wishes: Sequence[QuotaWish], *, as_of: date) -> None:
        """All wishes or none; QuotaExhaustedError says for each that could not be met what there was."""
        ...

    def give_back(self, order: OrderNo, line: int, *, keep: int) -> int: ...
    def uses(self, order: OrderNo, line: int | None = None) -> tuple[QuotaUse, ...]: ...

    def release(self, code: str, *, on: date) -> None:
        """From that day on the quota limits nobody."""
        ...

    def lock_item(self, item: ItemCode) -> tuple[Quota, ...]:
        """The quotas of an item; nobody takes from them until the transaction ends."""
        ...

    def supply(self, codes: Sequence[str], *, until: date) -> int:
        """What these quotas of one item share: usable units on hand anywhere, those to come by a day, and those that
        left already for lines which took from them."""
        ...

    def resize(self, code: str, *, to: int) -> None:
        """The quota is of so many units from now on; ConflictError when more are taken."""
        ...


class AllocationStore(Protocol):
    """What runs look at, and what became of them."""

    def lock_node(self, item: ItemCode, location: LocationCode) -> None:
        """Hold the lines and the balance there until the transaction ends."""
        ...

    def lines_at(self, item: ItemCode, location: LocationCode, *, as_of: date) -> tuple[BackorderLine, ...]: ...
    def inflow(self, item: ItemCode, location: LocationCode, *, as_of: date) -> tuple[Inflow, ...]: ...
    def keep(self, run: RunKept) -> None: ...
    def run(self, code: str) -> RunKept: ...
    def committed(self, code: str) -> None: ...
    def lock_line(self, order: OrderNo, line: int, *, locked: bool, reason: str) -> None: ...
