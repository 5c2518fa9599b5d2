"""After an execution the books are scanned again: verified means that everything is as the plan said it would be."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.domain.approval import Approval
from core.domain.cases import CaseState
from core.domain.errors import ConflictError
from core.domain.ids import CaseId, CustomerCode, ItemCode, OrderNo
from core.domain.options import Forecast, LineForecast, Verification
from core.domain.proposals import Advice, AdviceSource
from core.domain.users import AGENT_NAME
from core.planning.rules import ScanRules
from core.services.proposing import ProposeCommand, propose
from core.services.scanning import ScanCommand, scan
from core.services.verifying import compare, verify
from tests.builders import VALVE, re_promise, transfer, wait
from tests.desk import Desk, option

ONE = CaseId("CASE-1")


def verified(desk: Desk, approval: Approval) -> Verification:
    with desk.open() as uow:
        return verify(uow, approval.id)


def scanned_and_executed(desk: Desk, *actions: object) -> Approval:
    """The late order found by a scan, and a plan for it executed."""
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=ScanRules()))
        uow.cases.start_round(ONE)
        made = option(ONE, tuple(actions), uow.snapshot())  # pyright: ignore[reportArgumentType]  any kinds of action
        uow.cases.save_options(ONE, (made,), (), deadline=None)
    with desk.open(AGENT_NAME) as uow:
        advice = Advice(source=AdviceSource.RULES, option=made.id, text="it helps")
        proposed = propose(uow, ProposeCommand(case=ONE, option=made.id, advice=advice, proposed_by=AGENT_NAME))
    approval = desk.decide(proposed)
    desk.execute(approval)
    return approval


def state(desk: Desk) -> CaseState:
    with desk.open() as uow:
        return uow.cases.get(ONE).state


def test_a_plan_that_did_what_it_said_resolves_its_case(desk: Desk) -> None:
    approval = scanned_and_executed(desk, transfer())

    answer = verified(desk, approval)

    assert (answer.verified, answer.differences) == (True, ())
    assert answer.realised == answer.predicted
    assert (answer.realised.lines_late, answer.realised.exposure) == (0, Decimal(0))
    assert state(desk) is CaseState.RESOLVED
    with desk.open() as uow:
        effect = uow.effects.get(approval.id)
        assert effect is not None
        assert effect.verification == answer


def test_waiting_leaves_the_case_accepted(desk: Desk) -> None:
    answer = verified(desk, scanned_and_executed(desk, wait()))

    assert (answer.verified, answer.realised.lines_late) == (True, 1)
    assert state(desk) is CaseState.ACCEPTED


def test_a_plan_that_helps_only_in_part_leaves_the_case_accepted(desk: Desk) -> None:
    answer = verified(desk, scanned_and_executed(desk, transfer(10)))

    assert (answer.verified, answer.realised.lines_late) == (True, 1)
    assert state(desk) is CaseState.ACCEPTED


def test_an_outcome_other_than_predicted_opens_the_case_and_says_what_differs(desk: Desk) -> None:
    approval = scanned_and_executed(desk, transfer(), re_promise(9))
    desk.alter("UPDATE transfer_orders SET due = due + 10 WHERE number = 'TO-1.1A-1'")

    answer = verified(desk, approval)

    assert answer.differences == (
        "late lines: predicted 0, found 1",
        "exposure: predicted 0.00, found 675.00",
        (
            "order line SO-1/1: predicted 2024-10-07 (promised 2024-10-13, 0 short, 0.00 at risk),"
            " found 2024-10-17 (promised 2024-10-13, 0 short, 675.00 at risk)"
        ),
    )
    assert not answer.verified
    assert state(desk) is CaseState.OPEN
    with desk.open() as uow:
        assert uow.audit.trail(f"approval:{approval.id}")[-1][2] == "not_as_predicted"


def test_a_line_that_moves_without_being_late_is_seen(desk: Desk) -> None:
    approval = scanned_and_executed(desk, transfer())
    desk.alter("UPDATE work_orders SET due = due - 1")

    answer = verified(desk, approval)

    assert answer.differences == ("a line that is on time has another date than predicted",)


def test_verifying_again_gives_the_first_answer(desk: Desk) -> None:
    approval = scanned_and_executed(desk, transfer())
    first = verified(desk, approval)
    desk.alter("UPDATE transfer_orders SET due = due + 10 WHERE number = 'TO-1.1A-1'")

    assert verified(desk, approval) == first


def test_verifying_at_the_same_moment_keeps_one_answer(desk: Desk) -> None:
    approval = scanned_and_executed(desk, transfer())
    with ThreadPoolExecutor(1) as pool:
        with desk.open() as uow:
            first = verify(uow, approval.id)
            later = pool.submit(verified, desk, approval)
            desk.until_somebody_waits()
        second = later.result()

    assert second == first
    with desk.open() as uow:
        events = [event for _, _, event, _, _ in uow.audit.trail(f"approval:{approval.id}")]
    assert events == ["executed", "verified"]


def test_what_was_not_executed_cannot_be_verified(desk: Desk) -> None:
    approval = desk.approved(transfer())

    with pytest.raises(ConflictError, match="AP-1-1A has not been executed; there is nothing to verify"):
        verified(desk, approval)


LINE = LineForecast(
    order=OrderNo("SO-1"),
    line=1,
    customer=CustomerCode("HARBOR"),
    item=ItemCode(VALVE),
    due=date(2024, 10, 9),
    projected=None,
    short=5,
    exposure=Decimal("12.50"),
)
FORECAST = Forecast(lines_late=0, lines_uncovered=1, exposure=Decimal("12.50"), digest="d", lines=(LINE,))


def test_equal_forecasts_have_no_difference() -> None:
    assert compare(FORECAST, replace(FORECAST, exposure=Decimal("12.5"))) == ()


def test_a_line_that_is_only_in_one_forecast_is_on_time_in_the_other() -> None:
    better = replace(FORECAST, lines_uncovered=0, exposure=Decimal(0), lines=())

    assert compare(FORECAST, better) == (
        "uncovered lines: predicted 1, found 0",
        "exposure: predicted 12.50, found 0",
        "order line SO-1/1: predicted no date (promised 2024-10-09, 5 short, 12.50 at risk), found on time",
    )


def test_only_the_first_twenty_differences_are_told() -> None:
    many = tuple(replace(LINE, line=number) for number in range(40))

    assert len(compare(replace(FORECAST, lines=many), replace(FORECAST, lines=()))) == 20
