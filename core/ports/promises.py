"""What the services need of promises: one at a time is worked out, each is kept with its reasons, quotes expire."""

from collections.abc import Sequence
from typing import Protocol

from core.domain.ids import OrderNo
from core.domain.promises import PromiseMade, PromiseQuote, PromiseQuoteState


class PromiseStore(Protocol):
    """Promises made, and quotes."""

    def take_turn(self) -> None:
        """Wait until nobody else works out a promise; the turn ends with the transaction.

        What is on order is not reserved, so two promises worked out at once could rest on the same units.
        """
        ...

    def keep(self, order: OrderNo, made: Sequence[PromiseMade]) -> None:
        """The lines of an order are promised, first and current; ConflictError when a promise is not `old` any more."""
        ...

    def made(self, order: OrderNo, line: int) -> tuple[PromiseMade, ...]:
        """The promises of a line, oldest first."""
        ...

    def add_quote(self, quote: PromiseQuote) -> None: ...
    def quote(self, code: str) -> PromiseQuote: ...

    def close_quote(self, code: str, *, to: PromiseQuoteState) -> None:
        """End an open quote; ConflictError when it has ended."""
        ...
