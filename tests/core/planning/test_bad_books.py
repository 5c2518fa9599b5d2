"""Books at the edge of what there can be: a clear error or a correct answer, never a wrong one."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from core.domain.errors import DomainError, InvalidValueError, NotFoundError
from core.domain.evidence import CaseEvidence
from core.domain.quantity import LARGEST_QUANTITY
from core.domain.scenarios import Scenario, SupplyDelay
from core.domain.supply_impact import ImpactAsked, SupplyImpact
from core.planning.detection import detect
from core.planning.effects.applying import applied
from core.planning.exposure import standing
from core.planning.forecasting import forecast
from core.planning.impact_report import impact_report
from core.planning.latelist import late_list
from core.planning.netting import net
from core.planning.promising import open_book
from core.planning.repair.together import CaseOnDesk, plan_cases
from core.planning.rules import OverdueSupply, Policy, ScanRules
from core.planning.snapshot import NEVER, Snapshot
from core.planning.whatif.answering import answer
from core.planning.whatif.resident import Resident
from core.planning.whatif.scenario import scenario_events
from tests.core.planning.books import AS_OF, book
from tests.core.planning.repair.cases import case_of

FAR = 2_932_896 - AS_OF  # 9999-12-31
RULES = ScanRules(policy=Policy.FIRST_COME, overdue=OverdueSupply.AS_DATED)


def test_with_no_lead_time_at_all_what_is_short_can_be_there_today() -> None:
    books = book(
        items=[("TABLE", True, 0), ("LEG", False, 0)],
        bom=[("TABLE", "LEG", "4")],
        sources=[("LEG", "S1", 0)],
        demand=[("SO-1", 1, "TABLE", 3, 0)],
    )

    result = net(books, RULES)

    assert (result.line_short.tolist(), result.line_available.tolist()) == ([3], [AS_OF])


def test_dates_at_the_end_of_the_calendar_do_not_wrap_around() -> None:
    books = book(
        items=[("TABLE", True, 3650), ("LEG", False, 0)],
        bom=[("TABLE", "LEG", "4")],
        supply=[("PO", "PO-1", "LEG", 4, FAR, "", None, "S1"), ("PO", "PO-2", "TABLE", 1, FAR, "", None, "S1")],
        demand=[("SO-1", 1, "TABLE", 1, FAR), ("SO-2", 1, "TABLE", 1, FAR)],
    )

    result = net(books, RULES)

    assert result.line_short.tolist() == [0, 1]
    assert result.line_cover.tolist()[0] == AS_OF + FAR
    assert AS_OF + FAR < int(result.line_available[1]) <= NEVER


def test_one_item_may_hold_every_line() -> None:
    lines = 3_000
    books = book(
        items=[("BOLT",)],
        stock=[("BOLT", lines - 2)],
        demand=[(f"SO-{n:05}", 1, "BOLT", 1, n % 50) for n in range(lines)],
    )

    result = net(books, RULES)

    assert int(result.line_short.sum()) == 2
    last = books.demand.due == AS_OF + 49
    assert np.flatnonzero(result.line_short).tolist() == np.flatnonzero(last)[-2:].tolist()


def test_the_largest_quantities_add_up_to_what_they_are_or_are_refused() -> None:
    many = [(f"SO-{n}", 1, "SAND", LARGEST_QUANTITY, n) for n in range(4)]

    result = net(book(items=[("SAND",)], stock=[("SAND", LARGEST_QUANTITY)], demand=many), RULES)

    assert result.line_short.tolist() == [0, *[LARGEST_QUANTITY] * 3]


@pytest.mark.parametrize("price", ["0", "922337203685477"])
def test_what_is_at_stake_is_exact_or_refused(price: str) -> None:
    line = ("SO-1", 1, "SAND", LARGEST_QUANTITY, 0, "", 0, None, 3, price, 10_000)
    books = book(items=[("SAND",)], demand=[line])
    result = net(books, RULES)

    if price == "0":
        assert standing(books, result).cents.tolist() == [0]
    else:
        with pytest.raises(InvalidValueError, match="at stake"):
            standing(books, result)


def test_a_quantity_below_zero_is_refused_by_name() -> None:
    with pytest.raises(InvalidValueError, match="stock of item 'BOLT' is -1"):
        net(book(items=[("BOLT",)], stock=[("BOLT", -1)]), RULES)


def test_a_day_that_no_calendar_has_is_told_as_not_known() -> None:
    books = book(
        items=[("TABLE", True, 3650)],
        demand=[("SO-1", 1, "TABLE", 1, FAR)],
        supply=[("WO", "WO-1", "TABLE", 1, FAR, "", FAR - 1)],
    )
    result = net(books, RULES)
    resident, later = Resident.of(books, RULES), SupplyDelay(order="WO-1", days=3650)

    (case,) = detect(after := applied(books, scenario_events(books, Scenario(disruptions=(later,)))), net(after, RULES))
    impact = impact_report(books, result, ImpactAsked(reference="WO-1", later=3650))
    report = answer(resident, Scenario(disruptions=(later,)), limit=1)

    assert case.impacts[0].projected is None
    assert isinstance(impact, SupplyImpact)
    assert impact.worsened[0].after is None
    assert report.lines[0].after is not None
    assert report.lines[0].after.projected is None


def test_an_order_of_which_nothing_is_left_is_no_way_out() -> None:
    books = book(
        items=[("TABLE", True, 4)],
        demand=[("SO-1", 1, "TABLE", 6, 3)],
        supply=[("WO", "WO-1", "TABLE", 0, 9, "", 7)],
    )
    result = net(books, RULES)
    case = case_of(detect(books, result)[0])

    plan = plan_cases(books, result, [CaseOnDesk(case=case, evidence=CaseEvidence())])

    assert "WO-1" not in " ".join(idea.said for idea in plan.cases[0].ideas)


@pytest.mark.parametrize("entry", [partial(net, rules=RULES), partial(Resident.of, rules=RULES), open_book])
@pytest.mark.parametrize(
    ("books", "said"),
    [
        ({"items": [("A", True), ("B", True)], "bom": [("A", "B"), ("B", "A")]}, "'A' -> 'B' -> 'A'"),
        ({"items": [("A",)], "stock": [("A", -1)]}, "stock of item 'A' is -1; accepted: 0 to"),
        ({"items": [("A",)], "demand": [("S", 1, "A", LARGEST_QUANTITY + 1, 0)]}, "quantity of order 'S' line 1 is"),
    ],
)
def test_books_nobody_should_have_are_refused_alike_wherever_they_are_opened(
    entry: Callable[[Snapshot], object], books: dict[str, Any], said: str
) -> None:
    with pytest.raises(DomainError, match=said):
        entry(book(**books))


def test_nothing_at_all_is_netted_planned_and_told_as_nothing() -> None:
    books = book(items=[])
    result = net(books, RULES)

    assert (late_list(books, result).at.size, detect(books, result), forecast(books, result).lines_late) == (0, (), 0)
    assert plan_cases(books, result, ()).total == 0
    with pytest.raises(NotFoundError, match="nothing open is called 'PO-1'"):
        impact_report(books, result, ImpactAsked(reference="PO-1"))
    with pytest.raises(NotFoundError, match="no open purchase, work or transfer order 'PO-1'"):
        answer(Resident.of(books, RULES), Scenario(disruptions=(SupplyDelay(order="PO-1", days=1),)), limit=1)
