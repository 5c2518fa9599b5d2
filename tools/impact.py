"""What an agent may ask about one supply or order line: who hangs on it, and what it rests on."""

from datetime import date

from pydantic import Field

from core.domain.supply_impact import Footing, ImpactAsked, PeggedLine, UpstreamSupply, WorsenedLine
from tools.arguments import NO_CONTROL
from tools.core_access import ReadCore
from tools.spec import Cost, ToolInput, ToolOutput, reads

MOST_ROWS = 20


class ShowSupplyImpact(ToolInput):
    """What show_supply_impact takes."""

    reference: str = Field(
        max_length=100,
        pattern=NO_CONTROL,
        description="an open purchase, work or transfer order such as 'PO-17', one line of it such as 'PO-17/1', or an "
        "open sales order line such as 'SO-1042/1'",
    )
    days_later: int | None = Field(
        None, ge=1, le=3650, description="what if the supply comes so many days later; left out: what if it never comes"
    )


class PeggedRow(ToolOutput):
    """An order line of which so many units rest on the supply now; `projected` is none when no date is known."""

    order: str
    line: int
    customer: str
    item: str
    units: int
    due: date
    projected: date | None


class WorsenedRow(ToolOutput):
    """An order line that is really worse off after the change; `days_later` is none when no date is known any more."""

    order: str
    line: int
    customer: str
    item: str
    more_short: int
    before: date | None
    after: date | None
    days_later: int | None


class UpstreamRow(ToolOutput):
    """Supply or stock that an order line rests on; level 0 is what the line itself takes."""

    level: int
    supply: str
    item: str
    location: str
    units: int
    on: date | None


class ImpactShown(ToolOutput):
    """For supply the lines pegged to it and those worse off; for an order line what it rests on. `left_out` counts the
    rows that are not shown."""

    about: tuple[str, ...]
    pegged: tuple[PeggedRow, ...]
    worsened: tuple[WorsenedRow, ...]
    rests_on: tuple[UpstreamRow, ...]
    left_out: int


def _show_impact(core: ReadCore, asked: ShowSupplyImpact) -> ImpactShown:
    found = core.supply_impact(ImpactAsked(reference=asked.reference, later=asked.days_later))
    if isinstance(found, Footing):
        shown = found.upstream[:MOST_ROWS]
        return ImpactShown(
            about=found.lines,
            pegged=(),
            worsened=(),
            rests_on=tuple(_upstream(one) for one in shown),
            left_out=len(found.upstream) - len(shown),
        )
    pegged, worsened = found.pegged[:MOST_ROWS], found.worsened[:MOST_ROWS]
    return ImpactShown(
        about=found.supplies,
        pegged=tuple(_pegged(one) for one in pegged),
        worsened=tuple(_worsened(one) for one in worsened),
        rests_on=(),
        left_out=len(found.pegged) - len(pegged) + len(found.worsened) - len(worsened),
    )


def _pegged(one: PeggedLine) -> PeggedRow:
    return PeggedRow(
        order=one.order,
        line=one.line,
        customer=one.customer,
        item=one.item,
        units=one.units,
        due=one.due,
        projected=one.projected,
    )


def _worsened(one: WorsenedLine) -> WorsenedRow:
    return WorsenedRow(
        order=one.order,
        line=one.line,
        customer=one.customer,
        item=one.item,
        more_short=one.more_short,
        before=one.before,
        after=one.after,
        days_later=one.days_later,
    )


def _upstream(one: UpstreamSupply) -> UpstreamRow:
    return UpstreamRow(
        level=one.level, supply=one.supply, item=one.item, location=one.location, units=one.units, on=one.on
    )


SHOW_SUPPLY_IMPACT = reads(
    "show_supply_impact",
    "Shows what hangs on one open supply, through all levels of the bill of materials: first the order lines pegged to "
    "it, then those that would really be worse off if it never came, or came so many days later, when the books are "
    "netted again. For a sales order line it shows what the line rests on instead. Changes nothing.",
    cost=Cost.MODERATE,
    examples=({"reference": "PO-17/1", "days_later": 7},),
    takes=ShowSupplyImpact,
    gives=ImpactShown,
    handler=_show_impact,
)
