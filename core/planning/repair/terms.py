"""Terms: what the books say of a case beyond the columns, read by the service: holds, prices asked, who takes what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.domain.awarding import FREE, Bounds
from core.domain.ids import OrderNo
from core.domain.parties import PriceBreak
from core.domain.plans import AnswerChange, ApplyChange, CorrectLedger, MoveOperation, Reship, ShipQuicker


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTerms:
    """What may be done with an order line: shipped in parts of at least `least` units, replaced by an alternate, picked
    for another line or from another place (`movable`: it is on nobody's pick list). `may_lose` is its strategy: whether
    another line may have what it counts on."""

    splittable: bool
    substitutable: bool
    movable: bool
    may_lose: bool = False
    least: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHold:
    """A hold of an order that waits for its release."""

    number: str
    order: OrderNo
    kind: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPrice:
    """Another price a supplier asks for an open purchase order line; `within` says that the band of the policy allows
    it."""

    order: str
    line: int
    quantity: int
    old: Decimal
    new: Decimal
    within: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDay:
    """A day of a work centre: the minutes it has without overtime and those booked; `allowed` is the overtime decided,
    `most` the limit."""

    center: str
    day: date
    capacity: int
    allowed: int
    booked: int
    most: int
    hourly_cost: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCenter:
    """A work centre that can do a waiting operation of a work order, as a plan would write it; `why_not` where it
    cannot, and `relieves` where it takes work off a day with too much."""

    action: MoveOperation
    why_not: str = ""
    relieves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedStock:
    """A count that waits to be posted, as a plan would post it; `why_not` where a plan cannot."""

    action: CorrectLedger
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostGoods:
    """A shipment that was lost or damaged, as a plan would send it again; `goods` is their cost without the freight."""

    shipment: str
    action: Reship | None = None
    goods: Decimal = Decimal(0)
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickerWay:
    """A quicker service for what is still here, as a plan would release it; `why_not` where there is none."""

    what: str
    action: ShipQuicker | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChange:
    """What a customer asked exactly to have changed, as a plan would apply it or decline it; `why_not` where it cannot
    be applied."""

    signal: str
    accepted: AnswerChange
    declined: AnswerChange
    applied: tuple[ApplyChange, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTerms:
    """The terms of one case; lines that are not named may be neither split, replaced nor moved. `fixed_work` are work
    orders whose components stay as they are, with the reason; `breaks` the price breaks of suppliers by item; `longer`
    the days on which work centres that make the item could work overtime; `award` bounds how a need is shared out among
    suppliers."""

    lines: Mapping[tuple[str, int], LineTerms] = field(default_factory=dict[tuple[str, int], LineTerms])
    holds: tuple[OpenHold, ...] = ()
    prices: tuple[AskedPrice, ...] = ()
    overloads: tuple[WorkingDay, ...] = ()
    centers: tuple[OtherCenter, ...] = ()
    counts: tuple[CountedStock, ...] = ()
    lost: tuple[LostGoods, ...] = ()
    changes: tuple[AskedChange, ...] = ()
    quicker: tuple[QuickerWay, ...] = ()
    fixed_work: Mapping[str, str] = field(default_factory=dict[str, str])
    longer: tuple[WorkingDay, ...] = ()
    breaks: Mapping[tuple[str, str], tuple[PriceBreak, ...]] = field(
        default_factory=dict[tuple[str, str], tuple[PriceBreak, ...]]
    )
    award: Bounds = FREE


NO_TERMS = CaseTerms()
