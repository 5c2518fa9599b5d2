"""What reconciling needs of storage: the pack read last, our books in a pack's shape, and ways to change them."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from core.domain.company import Company, Settings
from core.domain.feeds import AwaitedEffect, Feed, FeedConflict, FeedReport
from core.domain.orders import SalesOrderLine


class FeedStore(Protocol):
    """Packs that were loaded, what they contradict, and what was done here that the ERP has yet to show."""

    def begin(self) -> None:
        """Hold the books until the transaction ends: others read on, and wait with what they change."""
        ...

    def last(self) -> Feed | None:
        """The pack loaded last, None while there was none."""
        ...

    def remembered(self) -> Company | None:
        """What the ERP said last of everything it ever said, None where no pack was kept."""
        ...

    def books(self) -> Company:
        """Our books in the shape of a pack; closed master data is not among them."""
        ...

    def keep(self, remembered: Company, report: FeedReport, *, conflicts: Sequence[FeedConflict]) -> None:
        """Keep the pack with what came of it; conflicts that are open and not among these are settled by it."""
        ...

    def set_settings(self, settings: Settings, *, content_hash: str) -> None: ...

    def insert(self, table: str, values: Sequence[Any]) -> None:
        """New rows of a table of a Company; a closed row of master data is in use again."""
        ...

    def change(self, table: str, changes: Sequence[tuple[Any, Any]]) -> None:
        """Rows as they are from now on, each with what it was; ConflictError when one is not that any more."""
        ...

    def close(self, table: str, values: Sequence[Any], *, reason: str) -> None:
        """Master data that is no longer in use, or supply orders that are over; they stay with the reason."""
        ...

    def ship(self, lines: Sequence[SalesOrderLine], *, reason: str) -> None:
        """Lines that left whole there have taken every step to shipped, and their orders follow."""
        ...

    def effects(self) -> tuple[AwaitedEffect, ...]:
        """Everything done here that the ERP was to show, by reference."""
        ...

    def save_effects(self, effects: Sequence[AwaitedEffect]) -> None: ...

    def proposals(self) -> Mapping[str, str]:
        """The proposal that made a purchase order, a transfer order or a promise, by the reference of the effect."""
        ...

    def conflicts(self) -> tuple[FeedConflict, ...]:
        """The open conflicts, by kind and subject."""
        ...
