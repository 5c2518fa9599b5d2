"""An agent asks what hangs on a supply, and what a line rests on."""

from datetime import date

from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.supply_impact import Footing, ImpactAsked, PeggedLine, SupplyImpact, UpstreamSupply, WorsenedLine
from tests.tools.fakes import FakeCore
from tools.impact import MOST_ROWS, ImpactShown
from tools.registry import toolset
from tools.spec import NextStep, Refusal

_ORDER, _CUSTOMER, _ITEM = OrderNo("SO-1042"), CustomerCode("HARBOR"), ItemCode("FG-100")


def _pegged(line: int) -> PeggedLine:
    return PeggedLine(
        order=_ORDER,
        line=line,
        customer=_CUSTOMER,
        item=_ITEM,
        units=40,
        due=date(2026, 3, 9),
        projected=date(2026, 3, 8),
    )


def test_who_is_pegged_and_who_is_worse_off_are_told_apart() -> None:
    worse = WorsenedLine(
        order=_ORDER,
        line=1,
        customer=_CUSTOMER,
        item=_ITEM,
        more_short=5,
        before=date(2026, 3, 8),
        after=None,
        days_later=None,
    )
    impact = SupplyImpact(
        supplies=("purchase order PO-7/1",),
        later=None,
        pegged=tuple(_pegged(n) for n in range(MOST_ROWS + 3)),
        worsened=(worse,),
    )
    core = FakeCore(impacts={ImpactAsked(reference="PO-7"): impact})

    shown = toolset(core).call("show_supply_impact", {"reference": "PO-7"})

    assert isinstance(shown, ImpactShown)
    assert (len(shown.pegged), shown.left_out, shown.rests_on) == (MOST_ROWS, 3, ())
    assert [(row.order, row.more_short, row.days_later) for row in shown.worsened] == [("SO-1042", 5, None)]


def test_a_line_shows_what_it_rests_on() -> None:
    upstream = UpstreamSupply(
        level=0, supply="stock", item=_ITEM, location=LocationCode("RENO"), units=3, on=date(2026, 3, 2)
    )
    footing = Footing(lines=("SO-1042/1",), upstream=(upstream,))
    core = FakeCore(impacts={ImpactAsked(reference="SO-1042/1", later=2): footing})

    shown = toolset(core).call("show_supply_impact", {"reference": "SO-1042/1", "days_later": 2})

    assert isinstance(shown, ImpactShown)
    assert (shown.about, [(row.supply, row.units) for row in shown.rests_on]) == (("SO-1042/1",), [("stock", 3)])


def test_what_is_not_open_is_refused_and_can_be_corrected() -> None:
    refused = toolset(FakeCore()).call("show_supply_impact", {"reference": "PO-404"})

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.next) == ("not_found", NextStep.FIXABLE)
