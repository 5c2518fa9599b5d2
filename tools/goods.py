"""What an agent may ask about items: what they are, where they lie, what comes, and what can be promised of them."""

from datetime import date

from pydantic import Field

from core.domain.overviews import PlaceAvailability, StockOverview, SupplyKind, SupplyOverview
from core.services.looking.goods import AvailabilityAsked, SupplyAsked
from tools.arguments import Day, Item, Limit, Location, Supplier
from tools.core_access import ReadCore
from tools.spec import Chart, Cost, Number, Point, Series, ToolInput, ToolOutput, reads

MOST_ROWS = 20


class ShowItem(ToolInput):
    """What show_item takes."""

    item: Item


class OfferRow(ToolOutput):
    """What a supplier asks for one base unit, its lead time in calendar days, and order sizes in base units."""

    supplier: str
    item: str
    lead_time_days: int
    unit_price: Number
    minimum_order: int
    multiple: int
    priority: int


class ComponentRow(ToolOutput):
    """One unit of the item takes so many of a component."""

    component: str
    quantity_per: Number


class StockRow(ToolOutput):
    """An item at a location, in base units; `free` is on hand less reserved and blocked."""

    location: str
    on_hand: int
    reserved: int
    blocked: int
    free: int


class OpenSupplyRow(ToolOutput):
    """A line of open supply; `days_overdue` is above 0 when its day is past. `supplier` for purchases, `origin` for
    transfers."""

    kind: str
    number: str
    line: int
    item: str
    location: str
    open: int
    due: date
    days_overdue: int
    stage: str
    supplier: str | None
    origin: str | None


class ItemShown(ToolOutput):
    """An item: what it is, who sells it (the first choice first), what it is made of, where it lies, what comes, and
    what customers are owed of it."""

    as_of: date
    item: str
    name: str
    unit: str
    make: bool
    finished_good: bool
    standard_cost: Number
    list_price: Number
    currency: str
    lead_time_days: int
    safety_stock: int
    on_hand: int
    free: int
    stock: tuple[StockRow, ...]
    stock_left_out: int
    supply: tuple[OpenSupplyRow, ...]
    supply_left_out: int
    owed_lines: int
    owed_units: int
    owed_late_lines: int
    sources: tuple[OfferRow, ...]
    sources_left_out: int
    components: tuple[ComponentRow, ...]
    components_left_out: int


def _show_item(core: ReadCore, asked: ShowItem) -> ItemShown:
    found = core.item(asked.item)
    item = found.item
    sources = sorted(found.sources, key=lambda one: (one.priority, one.supplier))
    components = sorted(found.components, key=lambda one: one.component)
    return ItemShown(
        as_of=found.as_of,
        item=item.code,
        name=item.name,
        unit=item.unit,
        make=item.make,
        finished_good=item.finished_good,
        standard_cost=item.standard_cost,
        list_price=item.list_price,
        currency=found.currency,
        lead_time_days=item.lead_time_days,
        safety_stock=item.safety_stock,
        on_hand=sum(row.on_hand for row in found.stock),
        free=sum(row.free for row in found.stock),
        stock=tuple(StockRow.model_validate(row) for row in found.stock[:MOST_ROWS]),
        stock_left_out=max(0, len(found.stock) - MOST_ROWS),
        supply=tuple(supply_row(row, found.as_of) for row in found.supply),
        supply_left_out=found.supply_left_out,
        owed_lines=found.owed.lines,
        owed_units=found.owed.units,
        owed_late_lines=found.owed.late,
        sources=tuple(OfferRow.model_validate(one) for one in sources[:MOST_ROWS]),
        sources_left_out=max(0, len(sources) - MOST_ROWS),
        components=tuple(ComponentRow.model_validate(one) for one in components[:MOST_ROWS]),
        components_left_out=max(0, len(components) - MOST_ROWS),
    )


def supply_row(row: SupplyOverview, as_of: date) -> OpenSupplyRow:
    """A line of open supply in one row."""
    return OpenSupplyRow(
        kind=row.kind.value,
        number=row.number,
        line=row.line,
        item=row.item,
        location=row.location,
        open=row.open,
        due=row.due,
        days_overdue=max(0, (as_of - row.due).days),
        stage=row.stage,
        supplier=row.supplier,
        origin=row.origin,
    )


class ShowStock(ToolInput):
    """What show_stock takes."""

    item: Item
    location: Location | None = Field(None, description="only there: code or whole name; none: everywhere")


class StockShown(ToolOutput):
    """Where an item lies, by location; the totals are of all locations asked for."""

    as_of: date
    item: str
    name: str
    unit: str
    on_hand: int
    reserved: int
    free: int
    rows: tuple[StockRow, ...]
    left_out: int


def _show_stock(core: ReadCore, asked: ShowStock) -> StockShown:
    found = core.stock(asked.item, asked.location)
    rows: tuple[StockOverview, ...] = found.stock
    return StockShown(
        as_of=found.as_of,
        item=found.item.code,
        name=found.item.name,
        unit=found.item.unit,
        on_hand=sum(row.on_hand for row in rows),
        reserved=sum(row.reserved for row in rows),
        free=sum(row.free for row in rows),
        rows=tuple(StockRow.model_validate(row) for row in rows[:MOST_ROWS]),
        left_out=max(0, len(rows) - MOST_ROWS),
    )


class ShowAvailability(ToolInput):
    """What show_availability takes."""

    item: Item
    location: Location | None = Field(None, description="from there: code or whole name; none: all that have it")
    until: Day | None = Field(None, description="the last day, such as 2026-06-30; none: 90 days from today")


class AvailableRow(ToolOutput):
    """From a day on, until the next row of the place, so many units can be promised. `projected` is the balance."""

    location: str
    on: date
    units: int
    projected: int


class AvailabilityShown(ToolOutput):
    """What can be promised of an item without breaking a later promise, place by place and day by day, and the same as
    a chart of steps. Locations that share stock are one place, named by its first location."""

    as_of: date
    until: date
    item: str
    name: str
    unit: str
    today: int
    rows: tuple[AvailableRow, ...]
    rows_left_out: int
    places_left_out: int
    chart: Chart


def _show_availability(core: ReadCore, asked: ShowAvailability) -> AvailabilityShown:
    found = core.availability(AvailabilityAsked(item=asked.item, location=asked.location, until=asked.until))
    rows = [
        AvailableRow(location=place.place, on=step.on, units=step.units, projected=step.projected)
        for place in found.places
        for step in place.steps
    ]
    item = found.item
    return AvailabilityShown(
        as_of=found.as_of,
        until=found.until,
        item=item.code,
        name=item.name,
        unit=item.unit,
        today=sum(place.steps[0].units for place in found.places if place.steps),
        rows=tuple(rows[:MOST_ROWS]),
        rows_left_out=max(0, len(rows) - MOST_ROWS),
        places_left_out=found.places_left_out,
        chart=Chart(
            title=f"{item.code} that can be promised",
            unit=item.unit,
            series=tuple(_series(place) for place in found.places),
        ),
    )


def _series(place: PlaceAvailability) -> Series:
    return Series(name=place.place, points=tuple(Point(on=step.on, value=step.units) for step in place.steps))


class ListSupply(ToolInput):
    """What list_supply takes; every part narrows the list."""

    item: Item | None = Field(None, description="only of this item: its code or whole name")
    supplier: Supplier | None = Field(None, description="only purchases from this supplier: its code or whole name")
    kind: SupplyKind | None = Field(None, description="only 'purchase', 'work' or 'transfer' orders")
    late_only: bool = Field(False, description="true for those whose day is past only")
    limit: Limit = 20


class SupplyList(ToolOutput):
    """Open supply by the day it is due; `left_out` says how many more lines there are."""

    as_of: date
    supply: tuple[OpenSupplyRow, ...]
    left_out: int


def _list_supply(core: ReadCore, asked: ListSupply) -> SupplyList:
    found = core.open_supply(
        SupplyAsked(
            item=asked.item,
            supplier=asked.supplier,
            kind=asked.kind,
            late_only=asked.late_only,
            limit=asked.limit,
        )
    )
    return SupplyList(
        as_of=found.as_of,
        supply=tuple(supply_row(row, found.as_of) for row in found.supply),
        left_out=found.left_out,
    )


SHOW_ITEM = reads(
    "show_item",
    "Shows one item: master data, who sells it at what price and lead time, what it is made of, stock by location, "
    "open supply, and what customers are owed of it. Quantities are base units.",
    cost=Cost.CHEAP,
    examples=({"item": "FG-100"},),
    takes=ShowItem,
    gives=ItemShown,
    handler=_show_item,
)
SHOW_STOCK = reads(
    "show_stock",
    "Shows where an item lies: on hand, reserved, blocked and free by location, in base units. What can still be "
    "promised of it is show_availability, as later promises count there too.",
    cost=Cost.CHEAP,
    examples=({"item": "FG-100"}, {"item": "FG-100", "location": "RENO"}),
    takes=ShowStock,
    gives=StockShown,
    handler=_show_stock,
)
SHOW_AVAILABILITY = reads(
    "show_availability",
    "Shows what can be promised of an item by known supply, day by day, without breaking a later promise (available to "
    "promise), with a chart. What could be bought or made on top is promise_date.",
    cost=Cost.MODERATE,
    examples=({"item": "FG-100", "location": "RENO", "until": "2026-06-30"},),
    takes=ShowAvailability,
    gives=AvailabilityShown,
    handler=_show_availability,
)
LIST_SUPPLY = reads(
    "list_supply",
    "Lists open purchase, work and transfer order lines by the day they are due: of one item, one supplier, one kind, "
    "or only those past their day. Who hangs on one of them is show_supply_impact.",
    cost=Cost.CHEAP,
    examples=({"late_only": True}, {"supplier": "GULF", "kind": "purchase"}),
    takes=ListSupply,
    gives=SupplyList,
    handler=_list_supply,
)
