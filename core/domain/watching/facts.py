"""What detection reads beside the columns of the engine: records of documents, lots, shipments, holds, returns, feeds.

Each record is one thing as it stands at a moment. They are read in one transaction with the snapshot, so that the two
agree. Ages are whole hours up to `now`, worked out where the records are read.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.ids import CustomerCode, ItemCode, LocationCode, LotCode, OrderNo, SupplierCode

LineKey = tuple[OrderNo, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseWatch:
    """An open purchase order line. `confirmed*` is the supplier's last word, None where there is none yet."""

    order: str
    line: int
    supplier: SupplierCode
    item: ItemCode
    location: LocationCode
    ordered: int
    open: int
    unit_price: Decimal
    due: date
    ordered_on: date
    age_hours: int
    answer_hours: int
    acknowledged: bool
    lead_days: int
    confirmed_date: date | None = None
    confirmed_quantity: int | None = None
    confirmed_price: Decimal | None = None
    drop_ship_for: LineKey | None = None
    tariff_code: str = ""
    origin: str = ""
    destination: str = ""
    cancelled_line: LineKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkWatch:
    """An open work order. Minutes are of the work still to do and of working time left until it is due."""

    order: str
    item: ItemCode
    location: LocationCode
    planned: int
    good: int
    scrapped: int
    due: date
    minutes_left: int
    minutes_until_due: int
    released: bool
    work_center: str = ""
    cancelled_line: LineKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadWatch:
    """A work centre on one day: minutes of work booked, minutes there are, the work orders that run there."""

    work_center: str
    location: LocationCode
    on: date
    load: int
    available: int
    reason: str
    work_orders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotClaim:
    """Units of a lot reserved for an order line that is due; days of shelf life the customer wants left then."""

    line: LineKey
    quantity: int
    due: date
    shelf_life_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LotWatch:
    """A lot that is on hold, or that expires, with what is reserved on it."""

    lot: LotCode
    item: ItemCode
    location: LocationCode
    on_hold: bool
    quantity: int
    expires: date | None
    why: str
    claims: tuple[LotClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscrepancyWatch:
    """A count or an adjustment that left less than was committed: units missing and the lines that lost theirs."""

    reference: str
    item: ItemCode
    location: LocationCode
    missing: int
    lines: tuple[LineKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationWatch:
    """Reservations at one place that cannot all be kept, or one whose line needs nothing any more."""

    subject: str
    item: ItemCode
    location: LocationCode
    reserved: int
    on_hand: int
    without_demand: bool
    lines: tuple[LineKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PickWatch:
    """A release that was picked short, or that a location rejected."""

    pick: str
    line: LineKey
    item: ItemCode
    location: LocationCode
    released: int
    picked: int
    rejected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWatch:
    """A line whose stock is there and that was not released: the last day it can leave, and whether today's cut-off
    has passed."""

    line: LineKey
    item: ItemCode
    location: LocationCode
    quantity: int
    leave_by: date
    cut_off_passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentWatch:
    """A shipment on its way; `trouble` is what the carrier reports (lost, damaged, ...), empty for none."""

    shipment: str
    carrier: str
    promised: date
    expected: date | None
    trouble: str
    lines: tuple[LineKey, ...]
    item: ItemCode
    location: LocationCode
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWatch:
    """An order line that could not be promised for the requested date and whose customer has not agreed yet."""

    line: LineKey
    item: ItemCode
    location: LocationCode
    quantity: int
    requested: date
    earliest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWatch:
    """A change a customer asked for that waits for a person: `cancels` with `supply` already released for it, or
    `asked` for exactly, so that a plan can apply it."""

    reference: str
    order: OrderNo
    lines: tuple[LineKey, ...]
    what: str
    frozen: bool
    cancels: bool
    supply: tuple[str, ...]
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldWatch:
    """An open hold on an order."""

    reference: str
    order: OrderNo
    kind: str
    reason: str
    age_hours: int
    limit_hours: int
    value: Decimal
    lines: tuple[LineKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyWatch:
    """An order line's price against what was agreed, and its margin after all costs in percent of its price."""

    line: LineKey
    customer: CustomerCode
    unit_price: Decimal
    agreed_price: Decimal | None
    margin_percent: Decimal | None
    floor_percent: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateWatch:
    """Open orders of one customer with the same purchase order number and the same lines."""

    customer: CustomerCode
    customer_po: str
    orders: tuple[OrderNo, ...]
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaWatch:
    """A quota with less left than a line wants, at a place with stock."""

    quota: str
    line: LineKey
    item: ItemCode
    location: LocationCode
    wanted: int
    left: int
    in_stock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWatch:
    """Lines that must leave or arrive together, each with the day it is promised for."""

    order: OrderNo
    name: str
    days: tuple[tuple[int, date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnWatch:
    """A return that is not settled."""

    number: str
    order: OrderNo
    customer: CustomerCode
    age_hours: int
    received: bool
    disposed: bool
    refunded: bool
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedWatch:
    """Another system: how long ago it last came, and what in it contradicts what was done here."""

    feed: str
    age_hours: int
    limit_hours: int
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalWatch:
    """Something said from outside: a disruption of a supplier or a lane, a document read with doubt, a gap in data, an
    order that came twice.

    `kind` is `disruption`, `document`, `gap` or `duplicate`; `confidence` is percent, 100 where nobody doubts it.
    """

    reference: str
    kind: str
    subject: str
    text: str
    confidence: int = 100
    suspicious: bool = False
    supplier: SupplierCode | None = None
    destination: LocationCode | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffWatch:
    """A tariff rule that takes effect after today, with the duty before and after in percent."""

    tariff_code: str
    origin: str
    destination: str
    effective: date
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandWatch:
    """An open line against what the customer usually orders of the item: the median of `earlier` lines."""

    line: LineKey
    item: ItemCode
    location: LocationCode
    customer: CustomerCode
    quantity: int
    typical: int
    earlier: int
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WishWatch:
    """A line promised later than the customer asked, whose customer would take it sooner."""

    line: LineKey
    requested: date
    promised: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RushWatch:
    """A new order line of the highest priority."""

    line: LineKey
    entered: date
    item: ItemCode
    location: LocationCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything watched. Each tuple is sorted by its key, so that equal books give equal facts."""

    purchases: tuple[PurchaseWatch, ...] = ()
    works: tuple[WorkWatch, ...] = ()
    loads: tuple[LoadWatch, ...] = ()
    lots: tuple[LotWatch, ...] = ()
    discrepancies: tuple[DiscrepancyWatch, ...] = ()
    reservations: tuple[ReservationWatch, ...] = ()
    picks: tuple[PickWatch, ...] = ()
    releases: tuple[ReleaseWatch, ...] = ()
    shipments: tuple[ShipmentWatch, ...] = ()
    entries: tuple[EntryWatch, ...] = ()
    changes: tuple[ChangeWatch, ...] = ()
    holds: tuple[HoldWatch, ...] = ()
    money: tuple[MoneyWatch, ...] = ()
    duplicates: tuple[DuplicateWatch, ...] = ()
    quotas: tuple[QuotaWatch, ...] = ()
    sets: tuple[SetWatch, ...] = ()
    returns: tuple[ReturnWatch, ...] = ()
    feeds: tuple[FeedWatch, ...] = ()
    signals: tuple[SignalWatch, ...] = ()
    tariffs: tuple[TariffWatch, ...] = ()
    demands: tuple[DemandWatch, ...] = ()
    wishes: tuple[WishWatch, ...] = ()
    rushes: tuple[RushWatch, ...] = ()


NO_FACTS = Facts()
