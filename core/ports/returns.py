"""What the services need of returns: their life, the guard on how much comes back, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Protocol

from core.domain.ids import ItemCode, OrderNo
from core.domain.returns import (
    Disposition,
    Refund,
    RetrievedComponent,
    Return,
    ReturnRate,
    SerialEvent,
)


class ReturnStore(Protocol):
    """Returns; `save` is a compare-and-set on the version that was read."""

    def add(self, given: Return) -> None:
        """A new return; InvalidValueError when a line would return more than was delivered."""
        ...

    def new_number(self, order: OrderNo) -> str: ...
    def get(self, number: str) -> Return: ...
    def of_order(self, order: OrderNo) -> tuple[Return, ...]: ...

    def save(self, given: Return, *, version: int, event: str, facts: Mapping[str, object]) -> Return:
        """What the return is from now on, audited as `event`; ConflictError when it is not at `version` any more."""
        ...

    def give_back_claims(self, given: Return) -> None:
        """The units of a refused return may be asked for again."""
        ...

    def returnable(self, order: OrderNo) -> Mapping[int, int]:
        """Units by line that were delivered and are in no return; lines without any are left out."""
        ...

    def delivered_serial(self, order: OrderNo, line: int, serial: str) -> bool:
        """Whether the unit left with a shipment of the order line."""
        ...

    def shipped_lots(self, order: OrderNo, line: int) -> tuple[date | None, str]:
        """The first last good day of the lots shipped with an order line, and where their material is from."""
        ...

    def dispose(self, number: str, disposition: Disposition) -> None: ...
    def dispositions(self, number: str) -> tuple[Disposition, ...]: ...
    def retrieve(self, number: str, component: RetrievedComponent) -> None: ...
    def retrieved(self, number: str) -> tuple[RetrievedComponent, ...]: ...

    def refund(self, number: str, refund: Refund) -> None:
        """Money given back, once a return; ConflictError the second time."""
        ...

    def refund_of(self, number: str) -> Refund | None: ...

    def rates(self, by: Literal["item", "customer", "reason"], *, since: date | None = None) -> Sequence[ReturnRate]:
        """How much came back, by group; every group is measured against what was delivered to it."""
        ...

    def history(self, item: ItemCode, serial: str) -> tuple[SerialEvent, ...]:
        """What happened to a unit through sale, return, retrieval and reuse, oldest first."""
        ...
