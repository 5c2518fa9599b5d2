"""Count sheets: what is to be counted at a place, and what was found."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from core.domain.counting import CountSheet, CountState, StockLoss
from core.domain.ids import ItemCode, LocationCode, UserName


class CountStore(Protocol):
    """The count sheets of the company; ConflictError when a sheet is no longer at the version that was read."""

    def add(self, sheet: CountSheet) -> None: ...
    def get(self, code: str, *, lock: bool = False) -> CountSheet: ...
    def waiting(self, item: ItemCode, location: LocationCode) -> tuple[CountSheet, ...]:
        """The sheets that were counted and wait to be posted, with the item at the location, by code."""
        ...

    def enter(self, code: str, found: Mapping[int, tuple[int, int]], *, version: int) -> None:
        """What was expected and counted, by line; the sheet is then counted, by the actor of the transaction."""
        ...

    def close(self, code: str, *, to: CountState, approved_by: UserName | None, version: int) -> None:
        """The sheet is posted or cancelled."""
        ...

    def keep_losses(self, losses: Sequence[StockLoss]) -> None:
        """Order lines lost units they had reserved, because fewer are there than the books said."""
        ...
