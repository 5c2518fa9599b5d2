"""Returns: the life of an RMA, what became of what came back, and the money given back for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.errors import InvalidValueError
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo, UserName
from core.domain.money import rounded


class ReturnState(StrEnum):
    """Where a return is in its life."""

    REQUESTED = "requested"
    AUTHORISED = "authorised"
    LABEL_SENT = "label_sent"
    RECEIVED = "received"
    INSPECTED = "inspected"
    DISPOSED = "disposed"
    REFUNDED = "refunded"
    EXCHANGED = "exchanged"
    CLOSED = "closed"
    REFUSED = "refused"


_S = ReturnState
RETURN_STEPS: Mapping[ReturnState, frozenset[ReturnState]] = {
    _S.REQUESTED: frozenset({_S.AUTHORISED, _S.REFUSED}),
    _S.AUTHORISED: frozenset({_S.LABEL_SENT, _S.RECEIVED, _S.REFUSED}),
    _S.LABEL_SENT: frozenset({_S.RECEIVED, _S.REFUSED}),
    _S.RECEIVED: frozenset({_S.INSPECTED}),
    _S.INSPECTED: frozenset({_S.DISPOSED}),
    _S.DISPOSED: frozenset({_S.REFUNDED, _S.EXCHANGED, _S.CLOSED}),
    _S.REFUNDED: frozenset({_S.CLOSED}),
    _S.EXCHANGED: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset(),
    _S.REFUSED: frozenset(),
}


class Wish(StrEnum):
    """What the customer wants for the goods."""

    REFUND = "refund"
    EXCHANGE = "exchange"


class ReturnMethod(StrEnum):
    """How goods come back: a carrier with our label, or the customer brings them to a store."""

    CARRIER = "carrier"
    STORE = "store"


class ReturnReason(StrEnum):
    """Why the customer sends goods back."""

    DAMAGED = "damaged"
    DEFECTIVE = "defective"
    WRONG_ITEM = "wrong_item"
    LATE = "late"
    NOT_NEEDED = "not_needed"
    END_OF_LIFE = "end_of_life"
    OTHER = "other"

    @property
    def is_ours(self) -> bool:
        """Whether it is our doing, so that no restocking fee is asked."""
        return self in {ReturnReason.DAMAGED, ReturnReason.DEFECTIVE, ReturnReason.WRONG_ITEM, ReturnReason.LATE}


class DispositionKind(StrEnum):
    """What becomes of returned units."""

    RESTOCK = "restock"
    REWORK = "rework"
    REFURBISH = "refurbish"
    RECYCLE = "recycle"
    REUSE = "reuse"
    SCRAP = "scrap"

    @property
    def stays(self) -> bool:
        """Whether the units stay in stock, sellable or to be worked on; else they leave it."""
        return self in {DispositionKind.RESTOCK, DispositionKind.REWORK, DispositionKind.REFURBISH}

    @property
    def taken_apart(self) -> bool:
        """Whether components may be taken out of the units to be used again."""
        return self in {DispositionKind.REUSE, DispositionKind.RECYCLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine:
    """Units of an order line that come back; a unit with a serial number has a line of its own. `finding` is what
    whoever looked at them found."""

    position: int
    line: int
    item: ItemCode
    reason: ReturnReason
    quantity: int
    serial: str = ""
    lot: str = ""
    received: int = 0
    disposed: int = 0
    finding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A return by its RMA number; the goods come back to `location`."""

    number: str
    order: OrderNo
    location: LocationCode
    state: ReturnState = ReturnState.REQUESTED
    wish: Wish = Wish.REFUND
    method: ReturnMethod = ReturnMethod.CARRIER
    note: str = ""
    refusal: str = ""
    exchange_order: OrderNo | None = None
    version: int = 1
    requested_at: datetime
    received_at: datetime | None = None
    lines: tuple[ReturnLine, ...]

    def line_at(self, position: int) -> ReturnLine | None:
        """The line at a position, None where there is none."""
        return next((line for line in self.lines if line.position == position), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """What became of units of a return line, where they went and who decided."""

    position: int
    kind: DispositionKind
    quantity: int
    location: LocationCode
    lot: str = ""
    note: str = ""
    decided_by: UserName


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievedComponent:
    """A component taken out of a returned unit and put into stock to be used again."""

    position: int
    item: ItemCode
    quantity: int
    location: LocationCode
    lot: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestockingPolicy:
    """The company's policy as data: percent kept of a refund for taking goods back, where that is not our doing."""

    version: str = "2026-1"
    percent: Decimal = Decimal(15)

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:
            raise InvalidValueError(
                f"a restocking fee of {self.percent!r} percent is not one; accepted are 0 to 100", field="percent"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money given back for a return; `fee` was kept. `before_receipt` when a person decided not to wait."""

    amount: Decimal
    fee: Decimal
    currency: str
    before_receipt: bool
    decided_by: UserName
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRate:
    """How much of what was delivered came back, in one group of items, customers or reasons."""

    group: str
    delivered: int
    returned: int

    @property
    def percent(self) -> Decimal | None:
        """Percent of the delivered units, None where none were delivered."""
        return rounded(Decimal(100) * self.returned / self.delivered) if self.delivered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialEvent:
    """One thing that happened to a unit with a serial number."""

    on: date
    event: str
    document: str
    place: str
    customer: CustomerCode | None = None


def refund_of(
    parts: Iterable[tuple[Decimal, int, ReturnReason]], *, restocking_percent: Decimal
) -> tuple[Decimal, Decimal]:
    """What is given back for units at their price, and the fee kept: none where the return is our doing."""
    amount = fee = Decimal(0)
    for price, units, reason in parts:
        value = rounded(price * units)
        kept = Decimal(0) if reason.is_ours else rounded(value * restocking_percent / 100)
        amount, fee = amount + value - kept, fee + kept
    return amount, fee
