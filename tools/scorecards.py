"""What an agent may ask about how suppliers have done, one beside another."""

from datetime import date
from decimal import Decimal

from core.domain.scorecards import Scorecard
from tools.arguments import Limit
from tools.core_access import ReadCore
from tools.spec import Cost, ToolInput, ToolOutput, reads


class ListSuppliers(ToolInput):
    """What list_suppliers takes."""

    limit: Limit = 20


class ScorecardRow(ToolOutput):
    """How a supplier has done: percents of its deliveries in time by the day counted on, of the units that came of
    those ordered, of answered lines whose day was kept and of lines whose price was; none where nothing is known. The
    trend is the last quarter beside the time before. `days_to_add` to its word make four of five deliveries in time."""

    supplier: str
    name: str
    lines: int
    overdue: int
    on_time_percent: Decimal | None
    units_percent: Decimal | None
    dates_kept_percent: Decimal | None
    prices_kept_percent: Decimal | None
    few_cases: bool
    trend: str
    days_to_add: int


class SupplierList(ToolOutput):
    """Suppliers of whom a line was due in a year up to the business date, the worst on time first."""

    since: date | None
    as_of: date | None
    suppliers: tuple[ScorecardRow, ...]
    left_out: int


def _list_suppliers(core: ReadCore, asked: ListSuppliers) -> SupplierList:
    cards = core.scorecards()
    window = cards[0].window if cards else None
    return SupplierList(
        since=window.since if window else None,
        as_of=window.as_of if window else None,
        suppliers=tuple(_row(card) for card in cards[: asked.limit]),
        left_out=max(0, len(cards) - asked.limit),
    )


def _row(card: Scorecard) -> ScorecardRow:
    came = card.delivered
    return ScorecardRow(
        supplier=card.supplier,
        name=card.name,
        lines=came.lines,
        overdue=came.overdue,
        on_time_percent=came.on_time.percent,
        units_percent=came.units.percent,
        dates_kept_percent=came.dates_kept.percent,
        prices_kept_percent=came.prices_kept.percent,
        few_cases=came.on_time.thin,
        trend=came.trend.value,
        days_to_add=card.buffer.days,
    )


LIST_SUPPLIERS = reads(
    "list_suppliers",
    "Lists how suppliers have delivered in the last year, the worst on time first: on time, units, answered days and "
    "prices kept, the trend, and the days to add to their word. One supplier with its prices: show_supplier.",
    cost=Cost.CHEAP,
    examples=({}, {"limit": 5}),
    takes=ListSuppliers,
    gives=SupplierList,
    handler=_list_suppliers,
)
