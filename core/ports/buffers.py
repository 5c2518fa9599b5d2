"""What the services need of storage for the days plans add to a supplier's word."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from core.domain.buffers import SupplierBuffer
from core.domain.ids import SupplierCode


class BufferStore(Protocol):
    """Versions by supplier; the newest holds, and a snapshot taken afterwards counts on it."""

    def current(self) -> Mapping[SupplierCode, SupplierBuffer]:
        """The newest of each supplier that ever had one, by code; one of 0 days is none."""
        ...

    def history(self, supplier: SupplierCode) -> tuple[SupplierBuffer, ...]:
        """Every version, newest first."""
        ...

    def add(self, supplier: SupplierCode, *, days: int, percent: int, expected_on_time: Decimal) -> SupplierBuffer:
        """Another version, in the name of the one who acts; NotFoundError for an unknown supplier."""
        ...
