"""Stock as a ledger: moves between places, claims on what is there, and the places that are not places."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo, SerialNo

LONGEST_REFERENCE = 200


class VirtualPlace(StrEnum):
    """Where units come from and go to when they enter or leave our places; every move has two ends."""

    OPENING = "(opening)"
    SUPPLIER = "(supplier)"
    CUSTOMER = "(customer)"
    PRODUCTION = "(production)"
    IN_TRANSIT = "(in transit)"
    ADJUSTMENT = "(adjustment)"
    SCRAP = "(scrap)"

    @property
    def location(self) -> LocationCode:
        """The code of the location."""
        return LocationCode(self.value)


class ReservationKind(StrEnum):
    """What a claim is for. An advisory one only says what somebody would like; a time-boxed one ends by itself."""

    TRANSFER = "transfer"
    ADVISORY = "advisory"
    TIME_BOXED = "time_boxed"
    HARD = "hard"

    @property
    def holds(self) -> bool:
        """Whether the units are kept from everybody else."""
        return self is not ReservationKind.ADVISORY


class ReservationState(StrEnum):
    """How a claim ended, if it did."""

    OPEN = "open"
    RELEASED = "released"
    CONSUMED = "consumed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A wish to keep units for a document, known by its reference: one open reservation each.

    `expires_at` is for a time-boxed claim and must be given for it. `lot` asks for units of this lot only.
    """

    item: ItemCode
    location: LocationCode
    quantity: int
    reference: str
    kind: ReservationKind = ReservationKind.HARD
    order: OrderNo | None = None
    line: int | None = None
    lot: LotCode | None = None
    expires_at: datetime | None = None
    cause: str = ""

    def __post_init__(self) -> None:
        checked(self)
        if self.quantity < 1:
            raise InvalidValueError(f"a reservation is of at least 1 unit, not of {self.quantity!r}", field="quantity")
        if self.line is not None and self.line < 1:
            raise InvalidValueError(f"line {self.line!r} is not one; accepted is 1 or more, or none", field="line")
        if not 0 < len(self.reference) <= LONGEST_REFERENCE:
            accepted = f"accepted are 1 to {LONGEST_REFERENCE} characters"
            raise InvalidValueError(f"reference {self.reference!r} is not one; {accepted}", field="reference")
        if (self.kind is ReservationKind.TIME_BOXED) != (self.expires_at is not None):
            raise InvalidValueError(
                f"a {self.kind.value} reservation {self.reference!r} with expires_at {self.expires_at!r} means nothing;"
                " a time_boxed one has a time, no other has",
                field="expires_at",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class StockReserved:
    """The claims of a command were granted, all of them."""

    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveStock:
    """Reserve for a document, all claims or none; the key makes the same command again the same answer."""

    key: str
    claims: tuple[Claim, ...]

    def __post_init__(self) -> None:
        if not self.claims:
            raise InvalidValueError("a command to reserve names at least 1 claim, not none", field="claims")

    def granted(self) -> StockReserved:
        """The answer when there was enough."""
        return StockReserved(references=tuple([claim.reference for claim in self.claims]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """A claim that was granted; `taken` of its units have left stock for it already."""

    item: ItemCode
    location: LocationCode
    quantity: int
    taken: int = 0
    reference: str
    kind: ReservationKind
    state: ReservationState = ReservationState.OPEN
    order: OrderNo | None = None
    line: int | None = None
    lot: LotCode | None = None
    expires_at: datetime | None = None
    cause: str = ""

    @property
    def held(self) -> int:
        """Units still kept for it."""
        open_ = self.state is ReservationState.OPEN and self.kind.holds
        return self.quantity - self.taken if open_ else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StockMove:
    """Units that go from one place to another, with the document that says so. Serial numbers are one a unit."""

    item: ItemCode
    origin: LocationCode
    destination: LocationCode
    quantity: int
    reason: str
    reference: str
    moved_on: date
    lot: LotCode | None = None
    unit_cost: Decimal | None = None
    order: OrderNo | None = None
    line: int | None = None
    serials: tuple[SerialNo, ...] = ()

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise InvalidValueError(f"a move is of at least 1 unit, not of {self.quantity!r}", field="quantity")
        if self.origin == self.destination:
            raise InvalidValueError(f"a move leads somewhere, not from {self.origin!r} to itself", field="destination")
        if not self.reason.strip():
            raise InvalidValueError("a move says why; the reason is empty", field="reason")
        check_serials(self.serials, self.quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumption:
    """Units of a reservation that leave stock; `document` is what they leave on, such as a shipment."""

    reference: str
    quantity: int
    destination: LocationCode
    reason: str
    document: str
    moved_on: date
    lot: LotCode | None = None
    unit_cost: Decimal | None = None
    serials: tuple[SerialNo, ...] = ()

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise InvalidValueError(f"at least 1 unit leaves stock, not {self.quantity!r}", field="quantity")
        check_serials(self.serials, self.quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLevel:
    """Units of an item at a location: on hand, reserved, and blocked because their lot may not be used."""

    item: ItemCode
    location: LocationCode
    on_hand: int
    reserved: int
    blocked: int = 0

    @property
    def available(self) -> int:
        """Units anybody may still reserve."""
        return max(0, self.on_hand - self.reserved - self.blocked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A key of which fewer units are free than were wanted."""

    item: ItemCode
    location: LocationCode
    lot: LotCode | None = None
    wanted: int
    available: int

    def __str__(self) -> str:
        lot = f" in lot {self.lot!r}" if self.lot else ""
        return f"{self.wanted} of {self.item!r} were needed at {self.location!r}{lot}, {self.available} are available"


def check_serials(serials: tuple[SerialNo, ...], quantity: int) -> None:
    """Serial numbers are none, or one a unit and each once."""
    if serials and (len(serials) != quantity or len(set(serials)) != quantity):
        raise InvalidValueError(
            f"{quantity} units have {quantity} different serial numbers, {len(set(serials))} were given: {serials!r}",
            field="serials",
        )
