"""The order of the queue."""

from datetime import date
from decimal import Decimal

from core.domain.cases import Case, CaseState, DetectedCase, ExceptionType
from core.domain.ids import CaseId, ItemCode
from core.domain.queueing import in_queue_order, score

AS_OF = date(2026, 3, 2)


def case(name: str, *, exposure: str = "2400", tier: int = 3, deadline: date | None = date(2026, 3, 3)) -> Case:
    detected = DetectedCase(
        type=ExceptionType.DEMAND_SHORTAGE,
        root=f"item {name}",
        cause="uncovered",
        title=name,
        item=ItemCode(name),
        location="RENO",
        lacking=1,
        needed_by=date(2026, 3, 9),
        exposure=Decimal(exposure),
        best_tier=tier,
        impacts=(),
        fixes=(),
    )
    return Case(
        id=CaseId(name),
        state=CaseState.OPEN,
        detected=detected,
        deadline=deadline,
        planning_round=0,
        opened_on=AS_OF,
    )


def test_score_is_weighted_exposure_per_hour_left() -> None:
    assert score(case("A"), as_of=AS_OF) == Decimal(100)
    assert score(case("A", tier=1), as_of=AS_OF) == Decimal(300)
    assert score(case("A", tier=2), as_of=AS_OF) == Decimal(200)


def test_a_deadline_today_or_missed_counts_as_one_hour() -> None:
    assert score(case("A", deadline=AS_OF), as_of=AS_OF) == Decimal(2400)
    assert score(case("A", deadline=date(2026, 2, 1)), as_of=AS_OF) == Decimal(2400)


def test_the_disappearing_option_goes_before_the_larger_exposure() -> None:
    urgent = case("CASE-1", exposure="1000", deadline=AS_OF)
    large = case("CASE-2", exposure="9000", deadline=date(2026, 3, 12))

    assert in_queue_order((large, urgent), as_of=AS_OF) == (urgent, large)


def test_a_case_not_planned_yet_counts_the_hours_until_the_units_are_needed() -> None:
    unplanned = case("CASE-1", deadline=None)
    planned = case("CASE-2", deadline=unplanned.detected.needed_by)

    assert score(unplanned, as_of=AS_OF) == score(planned, as_of=AS_OF)


def test_equal_cases_stand_in_the_order_of_their_numbers() -> None:
    tenth, second = case("CASE-10"), case("CASE-2")

    assert in_queue_order((tenth, second), as_of=AS_OF) == (second, tenth)
