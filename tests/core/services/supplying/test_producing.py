"""Work orders at work: released, issued, reported on, finished, closed with their cost."""

from decimal import Decimal
from typing import Any

import pytest

from core.domain.errors import (
    ConflictError,
    DomainError,
    IllegalTransitionError,
    InsufficientStockError,
    InvalidValueError,
)
from core.domain.production import OperationState
from core.domain.supply_life import WorkStage
from core.services.supplying.issuing import IssueComponents, IssuedPart, IssueResult, issue_components
from core.services.supplying.producing import (
    CompleteWork,
    EndWork,
    ReleaseWork,
    ReportOperation,
    WorkResult,
    cancel_work,
    close_work,
    complete_work,
    release_work,
    report_operation,
)
from tests.builders import HOUSTON, MOTOR, PUMP, RENO, SEAL, VALVE, YARD, day
from tests.core.services.supplying.works import WO_9, build_works, lawful, on_hand, released, work_order
from tests.desk import Desk


def issue(desk: Desk, *parts: IssuedPart, key: str = "i1", why_more: str = "") -> IssueResult:
    command = IssueComponents(key=key, number=WO_9, parts=parts, issued_on=day(0), why_more=why_more)
    with desk.open() as uow:
        return issue_components(uow, command)


def part(item: Any = MOTOR, quantity: int = 4, location: Any = YARD, **values: Any) -> IssuedPart:
    return IssuedPart(item=item, location=location, quantity=quantity, **values)


def report(desk: Desk, sequence: int, good: int, *, minutes: int = 0, **values: Any) -> WorkResult:
    command = ReportOperation(
        key=f"{sequence} {good} {values}", number=WO_9, sequence=sequence, good=good, minutes=minutes, **values
    )
    with desk.open() as uow:
        return report_operation(uow, command)


def finish(desk: Desk, good: int, *, key: str = "f1", **values: Any) -> WorkResult:
    command = CompleteWork(key=key, number=WO_9, good=good, completed_on=day(1), **values)
    desk.wait_for(day(1))
    with desk.open() as uow:
        return complete_work(uow, command)


def test_a_release_writes_down_what_the_order_needs(desk: Desk) -> None:
    build_works(desk)

    assert released(desk).stage is WorkStage.RELEASED

    with desk.open() as uow:
        parts, steps = uow.making.parts(WO_9), uow.making.steps(WO_9)
    assert [(p.item, p.required, p.issued) for p in parts] == [(MOTOR, 4, 0), (SEAL, 9, 0)]
    assert [(s.sequence, s.work_center, s.load(4)) for s in steps] == [(10, "ASSEMBLY", 180), (20, "TEST", 30)]
    assert lawful(desk) == []


def test_without_its_components_an_order_is_released_only_for_a_reason(desk: Desk) -> None:
    with desk.open() as uow:
        work_order(uow, ordered=7)
    with (
        pytest.raises(InsufficientStockError, match="'WO-9' lacks 1 of 'MOTOR' at its site") as caught,
        desk.open() as uow,
    ):
        release_work(uow, ReleaseWork(key="r", number=WO_9, version=1))
    assert caught.value.details["short"] == [{"item": MOTOR, "missing": 1}]

    with desk.open() as uow:
        assert uow.making.order(WO_9).stage is WorkStage.OPEN
        result = release_work(uow, ReleaseWork(key="r", number=WO_9, version=1, why_short="motors come on Monday"))
    assert (result.stage, result.short) == (WorkStage.RELEASED, ((MOTOR, 1),))


def test_components_are_issued_in_parts_from_anywhere_on_the_site(desk: Desk) -> None:
    released(desk)

    first = issue(desk, part(MOTOR, 4), part(SEAL, 5, HOUSTON))

    assert first.missing == ((SEAL, 4),)
    assert (on_hand(desk, MOTOR, YARD), on_hand(desk, SEAL, HOUSTON)) == (2, 15)
    assert issue(desk, part(MOTOR, 4), part(SEAL, 5, HOUSTON)) == first
    with desk.open() as uow:
        assert not uow.making.order(WO_9).components_issued
    assert issue(desk, part(SEAL, 4), key="i2").missing == ()
    with desk.open() as uow:
        order = uow.making.order(WO_9)
    assert (order.components_issued, order.stage, on_hand(desk, SEAL, YARD)) == (True, WorkStage.STARTED, 96)
    assert lawful(desk) == []


REFUSED_ISSUES: dict[str, tuple[type[DomainError], IssuedPart, str, str]] = {
    "no component": (InvalidValueError, part(VALVE, 1, HOUSTON), "", r"accepted is one of \['MOTOR', 'SEAL'\]"),
    "another site": (InvalidValueError, part(SEAL, 1, RENO), "", r"accepted is one of \['HOUSTON', 'YARD'\]"),
    "nothing": (InvalidValueError, part(quantity=0), "", "quantity 0 of 'MOTOR' is not accepted"),
    "more than is needed": (ConflictError, part(quantity=5), "", "more than the 4 that it may take"),
    "more than is there": (InsufficientStockError, part(SEAL, 21, HOUSTON), "a try", "nothing was moved"),
    "a lot of what has none": (InvalidValueError, part(lot="L"), "", "accepted is no lot"),
}


@pytest.mark.parametrize(("error", "one", "more", "why"), REFUSED_ISSUES.values(), ids=REFUSED_ISSUES.keys())
def test_an_issue_that_cannot_be_changes_nothing(
    desk: Desk, error: type[DomainError], one: IssuedPart, more: str, why: str
) -> None:
    released(desk)

    with pytest.raises(error, match=why):
        issue(desk, part(MOTOR, 1), one, why_more=more)

    assert (on_hand(desk, SEAL, HOUSTON), on_hand(desk, MOTOR, YARD)) == (20, 6)
    with desk.open() as uow:
        assert [p.issued for p in uow.making.parts(WO_9)] == [0, 0]
    assert lawful(desk) == []


def test_more_than_needed_is_issued_for_a_reason(desk: Desk) -> None:
    released(desk)

    issue(desk, part(MOTOR, 5), why_more="one was dropped")

    assert on_hand(desk, MOTOR, YARD) == 1


def test_units_pass_the_operations_in_their_order(desk: Desk) -> None:
    build_works(desk)
    released(desk)

    assert report(desk, 10, 3, minutes=160).stage is WorkStage.STARTED
    with pytest.raises(ConflictError, match=r"operation 20 .* 3 came to it"):
        report(desk, 20, 4)
    report(desk, 20, 2, minutes=20, scrapped=1, reason="leaks")
    report(desk, 10, 1, minutes=30, done=True)
    with pytest.raises(ConflictError, match="operation 10 of 'WO-9' is 'done'"):
        report(desk, 10, 1, minutes=1)

    with desk.open() as uow:
        first, second = uow.making.steps(WO_9)
    assert (first.good, first.minutes, first.state) == (4, 190, OperationState.DONE)
    assert (second.good, second.scrapped, second.state) == (2, 1, OperationState.STARTED)
    assert lawful(desk) == []


@pytest.mark.parametrize(
    ("sequence", "values", "why"),
    [
        (15, {}, r"accepted is one of \[10, 20\]"),
        (10, {"scrapped": 1}, "1 units are scrapped without a reason"),
        (10, {"minutes": -1}, "accepted is 0 or more"),
    ],
)
def test_a_report_that_cannot_be_is_refused(desk: Desk, sequence: int, values: dict[str, Any], why: str) -> None:
    build_works(desk)
    released(desk)

    with pytest.raises(InvalidValueError, match=why):
        report(desk, sequence, 1, **values)

    with desk.open() as uow:
        assert [step.good for step in uow.making.steps(WO_9)] == [0, 0]


def test_finished_units_come_into_stock_and_take_their_components_with_them(desk: Desk) -> None:
    released(desk)

    first = finish(desk, 3, backflush=True)

    assert (first.stage, first.completed, on_hand(desk, PUMP)) == (WorkStage.STARTED, 3, 3)
    assert (on_hand(desk, MOTOR, YARD), on_hand(desk, SEAL, HOUSTON)) == (3, 14)
    assert finish(desk, 3, backflush=True) == first
    last = finish(desk, 1, key="f2", backflush=True)
    assert (last.stage, on_hand(desk, PUMP)) == (WorkStage.COMPLETED, 4)
    assert (on_hand(desk, MOTOR, YARD), on_hand(desk, SEAL, HOUSTON)) == (2, 11)
    assert "WO-9" not in desk.snapshot().supply.number
    assert lawful(desk) == []


def test_nothing_is_finished_out_of_nothing(desk: Desk) -> None:
    released(desk)
    issue(desk, part(MOTOR, 4))

    with pytest.raises(ConflictError, match="was not issued 2 of 'SEAL' for what it made"):
        finish(desk, 1)
    assert (on_hand(desk, PUMP), lawful(desk)) == (0, [])


def test_units_that_did_not_pass_the_last_operation_are_not_finished(desk: Desk) -> None:
    build_works(desk)
    released(desk)
    report(desk, 10, 4, minutes=180)

    with pytest.raises(ConflictError, match="0 have passed the last operation, 20; accepted is to report it first"):
        finish(desk, 1, backflush=True)
    report(desk, 20, 1)
    assert finish(desk, 1, backflush=True).completed == 1


@pytest.mark.parametrize(
    ("good", "values", "error", "why"),
    [
        (5, {"backflush": True}, ConflictError, "accepted is up to 4"),
        (0, {}, InvalidValueError, "accepted is 1 or more in all"),
        (1, {"scrapped": 1}, InvalidValueError, "1 units are scrapped without a reason"),
        (1, {"lot": "L"}, InvalidValueError, "accepted is no lot"),
    ],
)
def test_a_completion_that_cannot_be_changes_nothing(
    desk: Desk, good: int, values: dict[str, Any], error: type[DomainError], why: str
) -> None:
    released(desk)

    with pytest.raises(error, match=why):
        finish(desk, good, **values)

    assert (on_hand(desk, PUMP), on_hand(desk, MOTOR, YARD), lawful(desk)) == (0, 6, [])


def test_what_an_order_cost_is_held_against_its_standard(desk: Desk) -> None:
    build_works(desk)
    released(desk)
    issue(desk, part(MOTOR, 5), part(SEAL, 9, YARD), why_more="one motor burnt")
    report(desk, 10, 4, minutes=200, done=True)
    report(desk, 20, 4, minutes=25, done=True)
    finish(desk, 3, scrapped=1, reason="cracked", last=True)

    with desk.open() as uow:
        version = uow.making.order(WO_9).version
        cost = close_work(uow, EndWork(key="close", number=WO_9, version=version, why="done"))

    # A pump takes a motor at 120 and 2.222223 seals at 2.50, which is 125.5555575; three take 150 minutes of assembly
    # at 60 an hour and 22.5 of testing at 45.50.
    assert (cost.good, cost.scrapped) == (3, 1)
    assert (cost.standard_material, cost.actual_material) == (Decimal("376.6667"), Decimal("622.5000"))
    assert (cost.standard_labour, cost.actual_labour) == (Decimal("167.0625"), Decimal("218.9583"))
    assert cost.scrap_cost == Decimal("125.5556")
    assert cost.variance == cost.material_variance + cost.labour_variance + cost.scrap_cost == Decimal("297.7291")
    with desk.open() as uow:
        assert uow.making.cost(WO_9) == cost
        assert uow.making.order(WO_9).stage is WorkStage.CLOSED
    assert lawful(desk) == []


def test_only_an_order_nothing_was_used_for_is_cancelled(desk: Desk) -> None:
    result = released(desk)
    with desk.open() as uow:
        end = EndWork(key="end", number=WO_9, version=result.version, why="no demand")
        assert cancel_work(uow, end).stage is WorkStage.CANCELLED
    with pytest.raises(IllegalTransitionError, match="'WO-9' is 'cancelled'; accepted is one that is released"):
        issue(desk, part())
    assert (on_hand(desk, MOTOR, YARD), lawful(desk)) == (6, [])


def test_a_stale_version_is_refused(desk: Desk) -> None:
    result = released(desk)
    end = EndWork(key="end", number=WO_9, version=result.version - 1, why="no demand")

    with pytest.raises(ConflictError, match="is at version 2, not at 1; read it again"), desk.open() as uow:
        cancel_work(uow, end)
