"""Lots and serial numbers: whether they may be used, where they are, where they came from and went to."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from core.domain.ids import ItemCode, LocationCode, LotCode, SerialNo
from core.domain.lots import Lot, LotStatus, LotStock
from core.domain.tracing import TraceStep


class LotStore(Protocol):
    """The lots of the company; their units are moved and reserved through the stock store."""

    def add(self, lot: Lot) -> None: ...
    def find(self, code: LotCode) -> Lot | None: ...
    def get(self, code: LotCode) -> Lot: ...

    def stock_of(self, item: ItemCode, location: LocationCode) -> tuple[LotStock, ...]:
        """Units of every lot of an item at a location, by lot code."""
        ...

    def where(self, code: LotCode) -> tuple[LotStock, ...]:
        """The places where units of a lot are."""
        ...

    def set_status(self, code: LotCode, *, old: LotStatus, new: LotStatus, why: str) -> None:
        """Whether a lot may be used; ConflictError when its status is no longer `old`."""
        ...

    def past(self, day: date) -> tuple[Lot, ...]:
        """Available lots whose last good day is over."""
        ...

    def place_of(self, item: ItemCode, serial: SerialNo) -> LocationCode | None:
        """Where a unit is; None when the number is unknown."""
        ...

    def trace_forward(self, lots: Sequence[LotCode]) -> tuple[TraceStep, ...]:
        """Every move of these lots, of what was made of them, and so on, to the customers."""
        ...

    def trace_back(self, lots: Sequence[LotCode]) -> tuple[TraceStep, ...]:
        """Every move of these lots, of what they were made of, and so on, from the suppliers."""
        ...

    def trace_serial(self, item: ItemCode, serial: SerialNo) -> tuple[TraceStep, ...]:
        """Every move of a unit, and of what it was made of, and so on, from the suppliers."""
        ...
