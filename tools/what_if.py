"""What an agent may ask about what might happen."""

from decimal import Decimal
from typing import Annotated, TypeAlias

from pydantic import Field

from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, LocationCode, OptionId, OrderNo, SupplierCode, WorkCenterCode
from core.domain.overlays import SupplierOutage
from core.domain.overviews import NameKind
from core.domain.scenarios import (
    CenterStop,
    DemandChange,
    LineOutlook,
    NewDemand,
    PriceRise,
    Scenario,
    SupplyCut,
    SupplyDelay,
    TariffRise,
    Totals,
)
from tools.arguments import MOST_UNITS, NO_CONTROL, Day, Item, Line, Location, OptionRef, Order, Supplier, Units
from tools.core_access import ReadCore
from tools.spec import Cost, ToolInput, ToolOutput, reads

MOST_PARTS = 20
MOST_LINES = 20
Days: TypeAlias = Annotated[int, Field(ge=1, le=3650, description="for how many days from today, 1 to 3650")]
Percent: TypeAlias = Annotated[
    Decimal,
    Field(ge=-100, le=1000, max_digits=8, decimal_places=4, description="percent more, such as 12.5"),
]
AnyOrder: TypeAlias = Annotated[
    str,
    Field(min_length=1, max_length=60, pattern=NO_CONTROL, description="an open order's number, such as 'PO-1'"),
]


class AskedDelay(ToolInput):
    """An open purchase, work or transfer order that comes later."""

    order: AnyOrder
    line: int | None = Field(None, ge=1, le=1_000_000, description="one line of it; none means all")
    days: int = Field(ge=-3650, le=3650, description="days later than due, or than today if overdue; below 0 is sooner")


class AskedCut(ToolInput):
    """A line of an open order that brings less."""

    order: AnyOrder
    line: Line = 1
    quantity: Units


class AskedOutage(ToolInput):
    """A supplier that delivers nothing for some days, or all suppliers of a country: name one of both."""

    supplier: Supplier | None = Field(None, description="this supplier only: its code or whole name")
    country: str | None = Field(
        None, min_length=1, max_length=60, pattern=NO_CONTROL, description="all suppliers of this country, such as 'CN'"
    )
    days: Days


class AskedStop(ToolInput):
    """A work centre that stands still for some days."""

    center: str = Field(min_length=1, max_length=60, pattern=NO_CONTROL, description="the work centre's code")
    days: Days


class AskedPriceRise(ToolInput):
    """A supplier that asks for more."""

    supplier: Supplier
    percent: Percent


class AskedTariff(ToolInput):
    """Duty on what comes from a country, or from one supplier: name one of both."""

    country: str | None = Field(
        None, min_length=1, max_length=60, pattern=NO_CONTROL, description="all suppliers of this country, such as 'CN'"
    )
    supplier: Supplier | None = Field(None, description="this supplier only: its code or whole name")
    percent: Percent


class AskedDemand(ToolInput):
    """Units that somebody asks for."""

    item: Item
    quantity: Units
    due: Day
    location: Location | None = Field(
        None, description="where from: code or whole name; none means where the item is asked for"
    )


class AskedDemandChange(ToolInput):
    """An open order line that is for other units, or another day."""

    order: Order
    line: Line = 1
    quantity: int | None = Field(None, ge=0, le=MOST_UNITS, description="base units from now on; 0: nobody wants it")
    due: Day | None = Field(None, description="the day it is wanted, such as 2026-03-31")


class SimulateScenario(ToolInput):
    """What simulate_scenario takes: at least one part."""

    delays: tuple[AskedDelay, ...] = Field((), max_length=MOST_PARTS, description="orders that come later or sooner")
    cuts: tuple[AskedCut, ...] = Field((), max_length=MOST_PARTS, description="order lines that bring less")
    outages: tuple[AskedOutage, ...] = Field((), max_length=MOST_PARTS, description="suppliers that deliver nothing")
    stops: tuple[AskedStop, ...] = Field((), max_length=MOST_PARTS, description="work centres that stand still")
    price_rises: tuple[AskedPriceRise, ...] = Field(
        (), max_length=MOST_PARTS, description="suppliers that ask for so many percent more for what is open"
    )
    tariffs: tuple[AskedTariff, ...] = Field(
        (), max_length=MOST_PARTS, description="duty of so many percent more on what is open from a country or supplier"
    )
    demand: tuple[AskedDemand, ...] = Field((), max_length=MOST_PARTS, description="new demand")
    demand_changes: tuple[AskedDemandChange, ...] = Field(
        (), max_length=MOST_PARTS, description="open order lines for other units or another day"
    )
    options: tuple[OptionRef, ...] = Field((), max_length=5, description="option ids whose plans are done as well")


class LineChanged(ToolOutput):
    """An order line that would stand otherwise. `before` and `after` are sentences; `exposure` is money more at
    risk."""

    order: str
    line: int
    customer: str
    item: str
    before: str
    after: str
    exposure: Decimal


class BookTotals(ToolOutput):
    """All open order lines together."""

    late: int
    uncovered: int
    exposure: Decimal


class ScenarioTold(ToolOutput):
    """What a scenario would do, the lines that lose most money first; `cost` is what supply and plans cost more.
    Nothing was kept."""

    assumed: tuple[str, ...]
    before: BookTotals
    after: BookTotals
    cost: Decimal
    lines: tuple[LineChanged, ...]
    lines_left_out: int


def _simulate(core: ReadCore, asked: SimulateScenario) -> ScenarioTold:
    options = tuple(OptionId(one) for one in asked.options)
    report = core.what_if(_scenario(core, asked), options=options, limit=MOST_LINES)
    return ScenarioTold(
        assumed=report.assumed,
        before=_totals(report.before),
        after=_totals(report.after),
        cost=report.cost,
        lines=tuple(
            LineChanged(
                order=line.order,
                line=line.line,
                customer=line.customer,
                item=line.item,
                before=_said(line.before),
                after=_said(line.after),
                exposure=line.exposure,
            )
            for line in report.lines
        ),
        lines_left_out=report.left_out,
    )


def _scenario(core: ReadCore, asked: SimulateScenario) -> Scenario:
    return Scenario(
        disruptions=(
            *(SupplierOutage(supplier=who, days=one.days) for one in asked.outages for who in _out(core, one)),
            *(SupplyDelay(order=one.order, line=one.line, days=one.days) for one in asked.delays),
            *(SupplyCut(order=one.order, line=one.line, quantity=one.quantity) for one in asked.cuts),
            *(CenterStop(center=WorkCenterCode(one.center), days=one.days) for one in asked.stops),
            *(PriceRise(supplier=_supplier(core, one.supplier), percent=one.percent) for one in asked.price_rises),
            *(_tariff(core, one) for one in asked.tariffs),
            *(
                DemandChange(order=OrderNo(one.order), line=one.line, quantity=one.quantity, due=one.due)
                for one in asked.demand_changes
            ),
        ),
        demand=tuple(_demand(core, one) for one in asked.demand),
    )


def _supplier(core: ReadCore, said: str) -> SupplierCode:
    return SupplierCode(core.code_of(NameKind.SUPPLIER, said))


def _out(core: ReadCore, asked: AskedOutage) -> tuple[SupplierCode, ...]:
    if (asked.country is None) == (asked.supplier is None):
        raise InvalidValueError("an outage names a country or a supplier, one of both", field="outages")
    return (_supplier(core, asked.supplier),) if asked.supplier is not None else core.suppliers_in(asked.country or "")


def _tariff(core: ReadCore, asked: AskedTariff) -> TariffRise:
    if (asked.country is None) == (asked.supplier is None):
        raise InvalidValueError("a tariff names a country or a supplier, one of both", field="tariffs")
    if asked.supplier is not None:
        return TariffRise(suppliers=(_supplier(core, asked.supplier),), percent=asked.percent)
    country = asked.country or ""
    return TariffRise(suppliers=core.suppliers_in(country), percent=asked.percent, country=country)


def _demand(core: ReadCore, asked: AskedDemand) -> NewDemand:
    place = None if asked.location is None else LocationCode(core.code_of(NameKind.LOCATION, asked.location))
    item = ItemCode(core.code_of(NameKind.ITEM, asked.item))
    return NewDemand(item=item, quantity=asked.quantity, due=asked.due, location=place)


def _totals(totals: Totals) -> BookTotals:
    return BookTotals(late=totals.late, uncovered=totals.uncovered, exposure=totals.exposure)


def _said(stand: LineOutlook | None) -> str:
    if stand is None:
        return "not open"
    when = "no known day" if stand.projected is None else stand.projected.isoformat()
    return f"{stand.state}, promised {stand.promised.isoformat()}, there {when}, {stand.short} short"


SIMULATE_SCENARIO = reads(
    "simulate_scenario",
    "What would happen to the promises if supply came late, short or not at all, if a work centre stood still, prices "
    "or duty rose, somebody asked for more or otherwise, or if options were carried out: the order lines that would "
    "stand otherwise, before and after, those that lose most money first, and the totals of the whole book. Give any "
    "number of parts; they happen together. Simulated on a copy of the books: nothing is kept, nobody is told.",
    cost=Cost.MODERATE,
    examples=(
        {"delays": [{"order": "PO-1", "days": 7}]},
        {"tariffs": [{"country": "CN", "percent": 25}], "stops": [{"center": "WELD", "days": 3}]},
    ),
    takes=SimulateScenario,
    gives=ScenarioTold,
    handler=_simulate,
)
