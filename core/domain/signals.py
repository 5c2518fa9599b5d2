"""Signals: what is said from outside that no document of ours holds: disruptions, doubtful documents, changes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.domain.amendments import Change
from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import LocationCode, OrderNo, SupplierCode

LONGEST_TEXT = 2_000


class SignalKind(StrEnum):
    """What is said."""

    DISRUPTION = "disruption"
    DOCUMENT = "document"
    GAP = "gap"
    DUPLICATE = "duplicate"
    CHANGE = "change"
    CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing said. A disruption names a supplier or the place goods go to, and the days it lasts; a change or a
    cancellation names an order and its lines (none: all), and in `asked` exactly what is to change where that is known.
    `confidence` is percent; suspicious text tries to command."""

    reference: str
    kind: SignalKind
    subject: str
    text: str
    confidence: int = 100
    suspicious: bool = False
    supplier: SupplierCode | None = None
    destination: LocationCode | None = None
    order: OrderNo | None = None
    lines: tuple[int, ...] = ()
    asked: tuple[Change, ...] = ()
    first: date | None = None
    last: date | None = None
    settled: bool = False
    outcome: str = ""

    def __post_init__(self) -> None:
        checked(self)
        changes = self.kind in {SignalKind.CHANGE, SignalKind.CANCELLATION}
        if not 0 <= self.confidence <= 100:
            raise InvalidValueError(f"confidence {self.confidence!r} is not a percentage; accepted is 0 to 100")
        if not self.text.strip() or len(self.text) > LONGEST_TEXT or not self.subject.strip():
            raise InvalidValueError(f"a signal needs a subject and 1 to {LONGEST_TEXT:,} characters of text")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise InvalidValueError(f"a signal from {self.first} to {self.last} ends before it begins")
        if changes and self.order is None:
            raise InvalidValueError(f"a {self.kind.value} names the order it is about")
        if self.asked and not changes:
            raise InvalidValueError(f"a {self.kind.value} asks for no change of an order", field="asked")
        if self.kind is SignalKind.DISRUPTION and self.supplier is None and self.destination is None:
            raise InvalidValueError("a disruption names the supplier it hits or the location goods go to")
