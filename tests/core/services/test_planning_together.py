"""All open cases planned together: read only, or kept as the options people decide on."""

from decimal import Decimal

import pytest

from core.domain.cases import CaseState
from core.domain.errors import InvalidValueError, UsageError
from core.domain.ids import CaseId, OrderNo
from core.domain.plans import Transfer
from core.planning.netting import net
from core.planning.repair.together import changed
from core.planning.rules import ScanRules
from core.services.planning_together import PlanTogether, keep_together, plan_together
from core.services.proposing import propose
from core.services.reserve_prices import reserve_price
from core.services.scanning import ScanCommand, scan
from tests.builders import VALVE
from tests.desk import Desk, command

ONE = CaseId("CASE-1")


@pytest.fixture
def late(desk: Desk) -> Desk:
    """The late order found by a scan."""
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=ScanRules()))
    return desk


def test_the_plan_is_shown_and_nothing_is_written(late: Desk) -> None:
    with late.open() as uow:
        report = plan_together(uow, PlanTogether())
        snapshot, kept = uow.snapshot(), uow.cases.options(ONE)

    (case,) = report.choice.cases
    assert (case.case, case.lacking, case.covered) == (ONE, 25, 25)
    assert [one.said for one in case.ideas if one.chosen] == [f"transfer 25 {VALVE} from RENO"]
    assert report.choice.bound <= report.choice.total <= report.choice.greedy < report.choice.idle
    assert [one.factor for one in report.choice.steadiness] == [0, 1, 10]
    assert report.unasked == 1
    assert kept == ()
    result = net(snapshot, ScanRules())
    assert all(changed(snapshot, result, one.actions) == one.changes for one in case.proposed)


def test_a_plan_kept_is_proposed_and_approved_as_any_option(late: Desk) -> None:
    with late.open() as uow:
        keep_together(uow, PlanTogether())
        first, reserve = uow.cases.options(ONE)[0], reserve_price(uow, ONE)

    with late.open() as uow:
        approval = propose(uow, command(first))

    assert [type(action) for action in first.actions] == [Transfer]
    assert reserve is not None
    assert (reserve.item, reserve.units, reserve.currency) == (VALVE, 25, "USD")
    assert reserve.worth > 0
    assert reserve.allows_price(reserve.most, currency="USD")
    assert not reserve.allows_fee(reserve.worth * 26, 26, currency="USD")
    assert approval.case == ONE
    with late.open() as uow:
        assert uow.cases.get(ONE).state is CaseState.PROPOSED
        assert plan_together(uow, PlanTogether()).choice.cases == ()


def test_without_a_budget_the_case_waits_and_says_why(late: Desk) -> None:
    with late.open() as uow:
        report = plan_together(uow, PlanTogether(budget=Decimal(0)))

    (case,) = report.choice.cases
    assert case.covered == 0
    assert case.why_waiting == "not enough is left of spending budget"
    assert report.choice.total == report.choice.idle


def test_a_budget_below_nothing_and_no_scan_are_refused(desk: Desk) -> None:
    with desk.open() as uow:
        with pytest.raises(InvalidValueError):
            plan_together(uow, PlanTogether(budget=Decimal(-1)))
        with pytest.raises(UsageError):
            plan_together(uow, PlanTogether())


def test_lines_read_at_once_are_those_read_one_by_one(late: Desk) -> None:
    with late.open() as uow:
        impacts = uow.cases.get(ONE).detected.impacts
        keys = {(OrderNo(impact.order), impact.line) for impact in impacts}
        sold = uow.orders.of_lines({*keys, (OrderNo("nobody's"), 1)})
        one_by_one = {key: (uow.orders.order(key[0]), uow.orders.line(*key)) for key in keys}
        claimed = uow.stock.claimed(keys)
        claims = {key for key in keys if uow.stock.claims_of(*key)}

    assert keys
    assert sold == one_by_one
    assert claimed == claims
