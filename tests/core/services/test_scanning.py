"""A scan keeps one case a root cause: it opens, refreshes, closes and opens again under the same id."""

from decimal import Decimal

import pytest

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.errors import UsageError
from core.domain.ids import CaseId, SupplierCode
from core.domain.overlays import SupplierOutage
from core.domain.proposals import Advice, AdviceSource
from core.domain.users import AGENT_NAME
from core.planning.rules import OverdueSupply, Policy, ScanRules
from core.services.proposing import ProposeCommand, propose
from core.services.resolving import plan_options
from core.services.rule_values import rules_of
from core.services.scanning import ScanCommand, ScanReport, alternatives_of, look, may_keep, scan, transfers_of
from tests.builders import HOUSTON, TODAY, day, transfer
from tests.desk import Desk

LATE = "E01|item VALVE-3@HOUSTON|late"
ONE = CaseId("CASE-1")


def scanned(desk: Desk, rules: ScanRules | None = None) -> ScanReport:
    with desk.open() as uow:
        return scan(uow, ScanCommand(rules=rules or ScanRules()))


def figures(report: ScanReport) -> dict[str, object]:
    return {figure.name: figure.value for figure in report.figures}


def audit_rows(desk: Desk) -> int:
    with desk.open() as uow:
        return len(uow.audit.trail("case:CASE-1"))


def cover(desk: Desk) -> None:
    """The missing valves turn up in Houston."""
    desk.alter("UPDATE purchase_order_lines SET due = '2024-10-06' WHERE ordered = 50")


def uncover(desk: Desk) -> None:
    desk.alter("UPDATE purchase_order_lines SET due = '2024-10-24' WHERE ordered = 50")


def proposed(desk: Desk) -> CaseState:
    """Some way out of the case is planned and proposed."""
    with desk.open(AGENT_NAME) as uow:
        option = plan_options(uow, ONE).options[0]
        advice = Advice(source=AdviceSource.RULES, option=option.id, text="try it")
        propose(uow, ProposeCommand(case=ONE, option=option.id, advice=advice, proposed_by=AGENT_NAME))
        return uow.cases.get(ONE).state


def state(desk: Desk) -> CaseState:
    with desk.open() as uow:
        return uow.cases.get(ONE).state


def test_a_scan_opens_a_case_for_the_order_that_will_be_late(desk: Desk) -> None:
    report = scanned(desk)

    assert (report.as_of, report.opened, report.refreshed, report.closed) == (TODAY, (ONE,), (), ())
    (case,) = report.cases
    found = case.detected
    assert (found.key, case.state, case.opened_on, case.planning_round) == (LATE, CaseState.OPEN, TODAY, 0)
    assert (found.lacking, found.needed_by, found.exposure) == (25, day(5), Decimal("812.50"))
    (line,) = found.impacts
    assert (line.order, line.line, line.due, line.projected, line.days_late) == ("SO-1", 1, day(5), day(20), 15)
    assert figures(report) == {
        "lines": 3,
        "lines_on_time": 2,
        "lines_late": 1,
        "lines_uncovered": 0,
        "units_uncovered": 0,
        "exposure": Decimal("812.50"),
    }


def test_the_same_scan_again_writes_nothing_about_the_case(desk: Desk) -> None:
    first = scanned(desk)
    written = audit_rows(desk)

    again = scanned(desk)

    assert (again.opened, again.refreshed, again.closed) == ((), (), ())
    assert again.cases == first.cases
    assert audit_rows(desk) == written


def test_a_case_that_got_worse_is_refreshed(desk: Desk) -> None:
    scanned(desk)
    desk.alter("UPDATE purchase_order_lines SET due = due + 2 WHERE ordered = 50")

    report = scanned(desk)

    assert (report.opened, report.refreshed, report.closed) == ((), (ONE,), ())
    assert report.cases[0].detected.exposure == Decimal("837.50")


def test_a_case_whose_cause_is_gone_closes(desk: Desk) -> None:
    scanned(desk)
    cover(desk)

    report = scanned(desk)

    assert (report.opened, report.refreshed, report.closed, report.cases) == ((), (), (ONE,), ())
    assert state(desk) is CaseState.AUTO_CLOSED


def test_a_cause_that_is_back_opens_its_case_again(desk: Desk) -> None:
    scanned(desk)
    cover(desk)
    scanned(desk)
    uncover(desk)

    report = scanned(desk)

    assert (report.opened, report.closed) == ((ONE,), ())
    assert [case.id for case in report.cases] == [ONE]


def test_a_proposal_whose_cause_is_gone_waits_for_nobody(desk: Desk) -> None:
    scanned(desk)
    assert proposed(desk) is CaseState.PROPOSED
    cover(desk)

    assert scanned(desk).closed == (ONE,)

    with desk.open() as uow:
        (approval,) = uow.approvals.of_case(ONE)
    assert approval.state is ApprovalState.SUPERSEDED


def test_a_case_that_waits_for_a_decision_is_refreshed_and_stays_proposed(desk: Desk) -> None:
    scanned(desk)
    proposed(desk)
    desk.alter("UPDATE purchase_order_lines SET due = due + 2 WHERE ordered = 50")

    assert scanned(desk).refreshed == (ONE,)
    assert state(desk) is CaseState.PROPOSED


def test_a_proposal_nobody_decided_in_time_opens_its_case_again(desk: Desk) -> None:
    scanned(desk)
    proposed(desk)
    desk.clock.pass_by(hours=24, seconds=1)

    scanned(desk)

    with desk.open() as uow:
        (approval,) = uow.approvals.of_case(ONE)
    assert (approval.state, state(desk)) == (ApprovalState.EXPIRED, CaseState.OPEN)
    assert proposed(desk) is CaseState.PROPOSED


def test_what_was_accepted_comes_back_only_when_it_is_worse(desk: Desk) -> None:
    scanned(desk)
    with desk.open() as uow:
        uow.cases.move(ONE, to=CaseState.ACCEPTED)

    assert (scanned(desk).opened, state(desk)) == ((), CaseState.ACCEPTED)
    desk.alter("UPDATE purchase_order_lines SET due = due - 1 WHERE ordered = 50")
    assert (scanned(desk).opened, state(desk)) == ((), CaseState.ACCEPTED)
    desk.alter("UPDATE purchase_order_lines SET due = due + 2 WHERE ordered = 50")
    assert (scanned(desk).opened, state(desk)) == ((ONE,), CaseState.OPEN)


def test_what_was_accepted_closes_when_its_cause_is_gone(desk: Desk) -> None:
    scanned(desk)
    with desk.open() as uow:
        uow.cases.move(ONE, to=CaseState.ACCEPTED)
    cover(desk)

    assert scanned(desk).closed == (ONE,)


def test_a_scan_keeps_its_rules_for_what_follows(desk: Desk) -> None:
    rules = ScanRules(policy=Policy.FIRST_COME, overdue=OverdueSupply.IGNORE, pool_locations=True, use_bom=False)
    scanned(desk, rules)

    with desk.open() as uow:
        last = uow.cases.last_scan()

    assert last is not None
    assert (last[0], rules_of(last[1]), last[2]) == (TODAY, rules, desk.clock.now)


def test_pooled_locations_need_no_transfer(desk: Desk) -> None:
    report = scanned(desk, ScanRules(pool_locations=True))

    assert (report.cases, figures(report)["lines_on_time"]) == ((), 3)


def test_shipping_from_one_place_counts_what_it_lacks_and_who_has_it(desk: Desk) -> None:
    with desk.open() as uow:
        seen = look(uow, ScanCommand(rules=ScanRules(ship_from=HOUSTON)))
        report = scan(uow, ScanCommand(rules=ScanRules(ship_from=HOUSTON)))

    counted = figures(report)
    assert (counted["items_short_on_hand"], counted["units_short_on_hand"]) == (2, 57)
    assert (counted["items_coverable_by_transfer"], counted["units_coverable_by_transfer"]) == (1, 50)
    (transfer,) = transfers_of(seen)
    assert (transfer.item, transfer.origin, transfer.destination, transfer.quantity) == (
        "VALVE-3",
        "RENO",
        "HOUSTON",
        50,
    )


def test_pooling_and_shipping_from_one_place_exclude_each_other(desk: Desk) -> None:
    with pytest.raises(UsageError, match="--ship-from cannot be used with it"):
        scanned(desk, ScanRules(pool_locations=True, ship_from=HOUSTON))
    with pytest.raises(UsageError, match="no location 'PARIS' to ship from; accepted: 'HOUSTON', 'RENO', 'YARD'"):
        scanned(desk, ScanRules(ship_from="PARIS"))

    with desk.open() as uow:
        assert uow.cases.last_scan() is None


def test_an_outage_is_shown_and_never_kept(desk: Desk) -> None:
    gone = ScanCommand(rules=ScanRules(), outage=SupplierOutage(supplier=SupplierCode("GULF"), days=60))

    with desk.open() as uow:
        seen = look(uow, gone)
    with pytest.raises(UsageError, match="an outage is a what-if"), desk.open() as uow:
        scan(uow, gone)

    assert seen.outage is not None
    assert seen.outage.purchase_orders == ("PO-1",)
    assert [(other.item, other.supplier, other.unit_price) for other in alternatives_of(seen)] == [
        ("SEAL", "DELTA", Decimal("2.5")),
        ("VALVE-3", "DELTA", Decimal("15.5")),
    ]
    with desk.open() as uow:
        assert uow.cases.all() == ()


@pytest.mark.breaks_laws("rows are changed by hand")
def test_the_worst_case_is_worked_first(desk: Desk) -> None:
    desk.alter("UPDATE sales_order_lines SET promised = '2024-10-06' WHERE ordered = 2")
    desk.alter("UPDATE work_orders SET due = '2024-11-04'")

    report = scanned(desk)

    assert [case.detected.exposure for case in report.cases] == sorted(
        (case.detected.exposure for case in report.cases), reverse=True
    )
    assert len(report.cases) == 2


def test_a_scan_under_other_rules_is_refused_until_they_are_adopted_and_then_drops_what_was_planned(desk: Desk) -> None:
    first, other = ScanCommand(rules=ScanRules()), ScanRules(use_bom=False)
    with desk.open() as uow:
        scan(uow, first)
    approval = desk.proposed(transfer(), root="item PLANNED@HOUSTON")

    with desk.open() as uow:
        assert not may_keep(uow, ScanCommand(rules=other))
    with pytest.raises(UsageError, match="kept under other rules"), desk.open() as uow:
        scan(uow, ScanCommand(rules=other))
    with desk.open() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.PENDING

    with desk.open() as uow:
        scan(uow, ScanCommand(rules=other, adopt=True))
        assert uow.approvals.get(approval.id).state is ApprovalState.SUPERSEDED
        assert may_keep(uow, ScanCommand(rules=other))
