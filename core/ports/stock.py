"""Stock: balances, reservations and moves; a balance changes in the statement that records why."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo
from core.domain.stock import Claim, Consumption, Reservation, ReservationKind, Shortage, StockLevel, StockMove


class StockStore(Protocol):
    """Stock balances; a reservation and the balance it takes from change in one statement.

    InsufficientStockError says, in `details["short"]`, every key of which there was too little; then nothing was done.
    """

    def available(self, item: ItemCode, location: LocationCode, *, lot: LotCode | None = None) -> int: ...
    def balance(self, item: ItemCode, location: LocationCode) -> StockLevel: ...
    def reserve(self, item: ItemCode, location: LocationCode, *, quantity: int, reference: str) -> None: ...
    def release(self, reference: str) -> None: ...

    def reserve_many(self, claims: Sequence[Claim]) -> None:
        """Grant all claims or none."""
        ...

    def reserve_each(self, commands: Sequence[Sequence[Claim]]) -> tuple[tuple[Shortage, ...], ...]:
        """Grant each command, in this order, wholly or not at all: and what each was short of."""
        ...

    def claim_of(self, reference: str) -> Reservation | None:
        """The open reservation of a reference."""
        ...

    def claims_of(self, order: OrderNo, line: int | None = None) -> tuple[Reservation, ...]:
        """The open reservations of an order, or of one of its lines, oldest first."""
        ...

    def claimed(self, lines: Collection[tuple[OrderNo, int]]) -> frozenset[tuple[OrderNo, int]]:
        """Those of these order lines for which units are reserved."""
        ...

    def claims_on(
        self, item: ItemCode, location: LocationCode, *, lot: LotCode | None = None
    ) -> tuple[Reservation, ...]:
        """The open reservations that hold units of an item at a location, oldest first."""
        ...

    def release_claims(
        self, order: OrderNo, line: int | None = None, kind: ReservationKind | None = None
    ) -> tuple[Reservation, ...]:
        """Give back what an order, or one of its lines, holds; what was given back."""
        ...

    def release_references(self, references: Sequence[str]) -> tuple[Reservation, ...]:
        """Give back the open reservations among these; what was given back."""
        ...

    def shrink(self, reference: str, *, to: int) -> None:
        """Keep only so many of the units still held, at least 1."""
        ...

    def extend(self, references: Sequence[str], *, until: datetime) -> None:
        """Let time-boxed reservations last at least until then; none is ever shortened."""
        ...

    def expire(self, *, limit: int = 1000) -> tuple[Reservation, ...]:
        """Give back the time-boxed reservations whose time has passed; what was given back."""
        ...

    def consume(self, parts: Sequence[Consumption]) -> None:
        """Let units of reservations leave stock, all or none."""
        ...

    def move(self, moves: Sequence[StockMove]) -> None:
        """Move units that nobody reserved, all or none."""
        ...

    def moves_of(self, reference: str) -> tuple[StockMove, ...]:
        """The moves of a document, oldest first."""
        ...

    def lock(self, item: ItemCode, location: LocationCode) -> StockLevel:
        """The balance, which nobody else changes until this transaction ends."""
        ...
