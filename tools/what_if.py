"""What an agent may ask about what might happen."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from core.domain.ids import ItemCode, LocationCode, OptionId, SupplierCode
from core.domain.overlays import SupplierOutage
from core.domain.scenarios import LineOutlook, NewDemand, Scenario, SupplyCut, SupplyDelay, Totals
from tools.core_access import ReadCore
from tools.spec import Cost, ToolInput, ToolOutput, reads

MOST_PARTS = 20
MOST_LINES = 20


class AskedDelay(ToolInput):
    """An open purchase, work or transfer order that comes later."""

    order: str = Field(max_length=60, description="the order number, such as 'PO-1'")
    line: int | None = Field(None, description="one line of it; none means all")
    days: int = Field(description="days later than due, or than today if overdue; below 0 is sooner")


class AskedCut(ToolInput):
    """A line of an open order that brings less."""

    order: str = Field(max_length=60, description="the order number, such as 'PO-1'")
    line: int = Field(1, description="its line")
    quantity: int = Field(description="how many base units less, 1 or more")


class AskedOutage(ToolInput):
    """A supplier that delivers nothing for some days."""

    supplier: str = Field(max_length=60, description="the supplier's code")
    days: int = Field(description="for how many days from the business date, 1 to 3650")


class AskedDemand(ToolInput):
    """Units that somebody asks for."""

    item: str = Field(max_length=60, description="the item code")
    quantity: int = Field(description="base units, 1 or more")
    due: date = Field(description="the day they are wanted, such as 2026-03-31")
    location: str | None = Field(None, max_length=60, description="where from; none means where the item is asked for")


class SimulateScenario(ToolInput):
    """What simulate_scenario takes: at least one part."""

    delays: tuple[AskedDelay, ...] = Field((), max_length=MOST_PARTS, description="orders that come later or sooner")
    cuts: tuple[AskedCut, ...] = Field((), max_length=MOST_PARTS, description="order lines that bring less")
    outages: tuple[AskedOutage, ...] = Field((), max_length=MOST_PARTS, description="suppliers that deliver nothing")
    demand: tuple[AskedDemand, ...] = Field((), max_length=MOST_PARTS, description="new demand")
    options: tuple[str, ...] = Field((), max_length=5, description="option ids whose plans are done as well")


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
    report = core.what_if(_scenario(asked), options=tuple(OptionId(one) for one in asked.options), limit=MOST_LINES)
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


def _scenario(asked: SimulateScenario) -> Scenario:
    return Scenario(
        disruptions=(
            *(SupplierOutage(supplier=SupplierCode(one.supplier), days=one.days) for one in asked.outages),
            *(SupplyDelay(order=one.order, line=one.line, days=one.days) for one in asked.delays),
            *(SupplyCut(order=one.order, line=one.line, quantity=one.quantity) for one in asked.cuts),
        ),
        demand=tuple(
            NewDemand(
                item=ItemCode(one.item),
                quantity=one.quantity,
                due=one.due,
                location=None if one.location is None else LocationCode(one.location),
            )
            for one in asked.demand
        ),
    )


def _totals(totals: Totals) -> BookTotals:
    return BookTotals(late=totals.late, uncovered=totals.uncovered, exposure=totals.exposure)


def _said(stand: LineOutlook | None) -> str:
    if stand is None:
        return "not open"
    when = "no known day" if stand.projected is None else stand.projected.isoformat()
    return f"{stand.state}, promised {stand.promised.isoformat()}, there {when}, {stand.short} short"


SIMULATE_SCENARIO = reads(
    "simulate_scenario",
    "What would happen to the promises if supply came late, short or not at all, if somebody asked for more, or if "
    "options were carried out: the order lines that would stand otherwise, before and after, those that lose most "
    "money first, and the totals of the whole book. Give any number of parts; they happen together. Simulated on a "
    "copy of the books: nothing is kept, nobody is told.",
    cost=Cost.MODERATE,
    examples=({"delays": [{"order": "PO-1", "days": 7}]},),
    takes=SimulateScenario,
    gives=ScenarioTold,
    handler=_simulate,
)
