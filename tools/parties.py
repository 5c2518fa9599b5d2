"""What an agent may ask about customers and suppliers."""

from datetime import date
from decimal import Decimal

from tools.arguments import Customer, Supplier
from tools.core_access import ReadCore
from tools.goods import OfferRow, OpenSupplyRow, supply_row
from tools.orders import OrderLineRow, line_row
from tools.spec import Cost, Number, ToolInput, ToolOutput, reads


class ShowCustomer(ToolInput):
    """What show_customer takes."""

    customer: Customer


class AddressRow(ToolOutput):
    """A place the customer wants goods sent to."""

    code: str
    name: str
    city: str
    country: str


class CustomerShown(ToolOutput):
    """A customer: its terms, what it is owed, and the lines due first. Tier 1 is the most important; the penalty is
    percent of a line's value a day late; the target percent on time and in full."""

    as_of: date
    customer: str
    name: str
    tier: int
    region: str
    country: str
    late_penalty_percent: Number
    ship_complete: bool
    allow_partial: bool
    allow_substitution: bool
    otif_target: Number
    payment_days: int
    open_lines: int
    late_lines: int
    open_units: int
    open_value: Decimal
    lines: tuple[OrderLineRow, ...]
    lines_left_out: int
    addresses: tuple[AddressRow, ...]


def _show_customer(core: ReadCore, asked: ShowCustomer) -> CustomerShown:
    found = core.customer(asked.customer)
    customer, totals = found.customer, found.totals
    return CustomerShown(
        as_of=found.as_of,
        customer=customer.code,
        name=customer.name,
        tier=customer.tier,
        region=customer.region,
        country=customer.country,
        late_penalty_percent=customer.late_penalty_percent,
        ship_complete=customer.ship_complete,
        allow_partial=customer.allow_partial,
        allow_substitution=customer.allow_substitution,
        otif_target=customer.otif_target,
        payment_days=customer.payment_days,
        open_lines=totals.lines,
        late_lines=totals.late,
        open_units=totals.units,
        open_value=totals.value,
        lines=tuple(line_row(line) for line in found.lines),
        lines_left_out=max(0, totals.lines - len(found.lines)),
        addresses=tuple(AddressRow.model_validate(one) for one in found.addresses),
    )


class ShowSupplier(ToolInput):
    """What show_supplier takes."""

    supplier: Supplier


class TrackRecord(ToolOutput):
    """Deliveries in a year: how many, how many by the day counted on, and how late the others were on average; the
    percent is none while nothing came."""

    since: date
    deliveries: int
    on_time_percent: Decimal | None
    average_days_late: Decimal | None


class SupplierShown(ToolOutput):
    """A supplier: whether it may be bought from, what it sells, what is open with it, and its track record. Plans count
    on what it brings `buffer_days` after the day it says."""

    as_of: date
    supplier: str
    name: str
    approved: bool
    active: bool
    country: str
    stated_reliability: Number
    acknowledges_within_hours: int
    drop_ships: bool
    offers: tuple[OfferRow, ...]
    offers_left_out: int
    open_supply: tuple[OpenSupplyRow, ...]
    open_supply_left_out: int
    overdue_lines: int
    buffer_days: int
    track_record: TrackRecord


def _show_supplier(core: ReadCore, asked: ShowSupplier) -> SupplierShown:
    found = core.supplier(asked.supplier)
    supplier, came = found.supplier, found.deliveries
    late = came.count - came.on_time
    return SupplierShown(
        as_of=found.as_of,
        supplier=supplier.code,
        name=supplier.name,
        approved=supplier.approved,
        active=supplier.active,
        country=supplier.country,
        stated_reliability=supplier.reliability,
        acknowledges_within_hours=supplier.acknowledges_within_hours,
        drop_ships=supplier.drop_ships,
        offers=tuple(OfferRow.model_validate(one) for one in found.offers),
        offers_left_out=found.offers_left_out,
        open_supply=tuple(supply_row(row, found.as_of) for row in found.supply),
        open_supply_left_out=found.supply_left_out,
        overdue_lines=found.late,
        buffer_days=found.buffer_days,
        track_record=TrackRecord(
            since=came.since,
            deliveries=came.count,
            on_time_percent=_share(100 * came.on_time, came.count),
            average_days_late=_share(came.days_late, late),
        ),
    )


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole).quantize(Decimal("0.1")) if whole else None


SHOW_CUSTOMER = reads(
    "show_customer",
    "Shows one customer: tier, terms, what it is owed in lines, units and money of its orders, how many lines are past "
    "their day, and the ten lines due first. More lines: list_orders.",
    cost=Cost.CHEAP,
    examples=({"customer": "HARBOR"},),
    takes=ShowCustomer,
    gives=CustomerShown,
    handler=_show_customer,
)
SHOW_SUPPLIER = reads(
    "show_supplier",
    "Shows one supplier: whether it may be bought from, what it sells at what price and lead time, what is open with "
    "it and overdue, how it has delivered in the last year, and the days plans add to its word.",
    cost=Cost.CHEAP,
    examples=({"supplier": "GULF"},),
    takes=ShowSupplier,
    gives=SupplierShown,
    handler=_show_supplier,
)
