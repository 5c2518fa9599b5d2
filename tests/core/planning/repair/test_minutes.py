"""Making in the choice over all cases: the minutes work centres have left, and overtime where it is sooner."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from core.domain.evidence import CaseEvidence
from core.domain.plans import Make, Overtime
from core.planning.detection import detect
from core.planning.free_minutes import free_minutes
from core.planning.netting import net
from core.planning.repair.chosen import Together
from core.planning.repair.terms import CaseTerms, WorkingDay
from core.planning.repair.together import Ask, CaseOnDesk, changed, plan_cases
from core.planning.repair.work_minutes import steps_of, worked
from core.planning.rules import ScanRules
from core.planning.snapshot import Operations, Snapshot, WorkCenters
from tests.core.planning.books import AS_OF, book
from tests.core.planning.repair.cases import case_of, day

STEP_COLUMNS = ("item", "sequence", "center", "setup", "unit", "good")
DAYS = tuple(
    WorkingDay(center="LATHE", day=day(n), capacity=100, allowed=0, booked=0, most=100, hourly_cost=Decimal(12))
    for n in range(3)
)


def made(*, lines: int = 1, days: int = 21, due: int = 9) -> Snapshot:
    """Lines for 10 P and 10 Q; each unit takes 20 minutes at LATHE, which has 100 minutes on each of so many days."""
    books = book(
        items=[("C",), ("P", True, 3, 0, True, "40"), ("Q", True, 3, 0, True, "40")],
        demand=[(f"SO-{n}", 1, "PQ"[n], 10, due, "", 0, 0, 1, "100", 500, f"C{n}") for n in range(lines)],
        stock=[("C", 500)],
        bom=[("P", "C"), ("Q", "C")],
    )
    one = np.zeros(2, dtype=np.int32)
    whole = np.zeros((1, 21), dtype=np.int64)
    whole[0, :days] = 100
    steps = Operations(
        item=np.array([1, 2], dtype=np.int32),
        sequence=one,
        center=one,
        setup=np.zeros(2, dtype=np.int64),
        unit=np.full(2, 20_000_000),
        good=np.full(2, 1_000_000),
    )
    centers = WorkCenters(code=("LATHE",), location=one[:1], minutes=whole)
    return replace(books, operations=steps, work_centers=centers)


def of_parts(*, there: int, days: int) -> Snapshot:
    """A line for 10 P, each made of one Q, itself made of C; Q takes the minutes of LATHE, P none. Some Q are there."""
    books = book(
        items=[("C",), ("P", True, 3, 0, True, "40"), ("Q", True, 3, 0, True, "40")],
        demand=[("SO-0", 1, "P", 10, 9, "", 0, 0, 1, "100", 500, "C0")],
        stock=[("C", 500), ("Q", there)],
        bom=[("P", "Q"), ("Q", "C")],
    )
    like = made(days=days)
    steps = replace(like.operations, **{name: getattr(like.operations, name)[1:] for name in STEP_COLUMNS})
    return replace(books, operations=steps, work_centers=like.work_centers)


def together(books: Snapshot, terms: CaseTerms | None = None) -> Together:
    result = net(books, ScanRules())
    desks = [
        CaseOnDesk(case=case_of(detected, number=number), evidence=CaseEvidence(), terms=terms or CaseTerms())
        for number, detected in enumerate(detect(books, result), start=1)
    ]
    chosen = plan_cases(books, result, desks, Ask())
    assert all(changed(books, result, one.actions) == one.changes for case in chosen.cases for one in case.proposed)
    return chosen


def test_work_goes_on_in_overtime_only_where_the_day_is_full() -> None:
    books = made()
    free, steps = free_minutes(books), steps_of(books, 1)

    plain = worked(free, steps, 10, start=AS_OF, longer={})
    more = worked(free, steps, 10, start=AS_OF, longer={(0, AS_OF): 60, (0, AS_OF + 1): 60})

    assert plain is not None
    assert more is not None
    assert (plain.end, plain.overtime) == (AS_OF + 1, {})
    assert (more.end, more.overtime) == (AS_OF + 1, {(0, AS_OF): 60})


def test_two_orders_share_the_minutes_of_a_work_centre() -> None:
    enough, few = together(made(lines=2)), together(made(lines=2, days=3))

    assert [case.covered for case in enough.cases] == [10, 10]
    assert sorted(case.covered for case in few.cases) == [5, 10]
    [short] = [case for case in few.cases if case.covered < 10]
    assert "seconds of work at LATHE until" in short.why_waiting


@pytest.mark.parametrize(("there", "days", "covered"), [(0, 21, 10), (0, 1, 5), (5, 1, 10), (10, 0, 10)])
def test_components_that_must_be_made_take_the_minutes_of_their_work_centres(
    there: int, days: int, covered: int
) -> None:
    [case] = together(of_parts(there=there, days=days)).cases

    assert (case.lacking, case.covered) == (10, covered)
    assert ("seconds of work at LATHE until" in case.why_waiting) == (covered < 10)


def test_overtime_is_worked_where_what_is_late_costs_more_than_the_wages() -> None:
    books = made(due=0)

    plain, [order, longer] = together(books), together(books, CaseTerms(longer=DAYS)).actions

    assert [type(action) for action in plain.actions] == [Make]
    assert isinstance(order, Make)
    assert isinstance(longer, Overtime)
    assert (order.finish, order.cost) == (day(0), Decimal(0))
    assert (longer.day, longer.minutes, longer.cost) == (day(0), 100, Decimal("20.00"))


def test_overtime_that_costs_more_than_it_saves_is_shown_with_what_it_would_cost() -> None:
    dear = tuple(replace(one, hourly_cost=Decimal(900)) for one in DAYS)

    made_of = together(made(due=0), CaseTerms(longer=dear))

    [action] = made_of.actions
    assert isinstance(action, Make)
    [other] = [one for one in made_of.cases[0].ideas if "overtime" in one.said]
    assert other.exact
    assert other.marginal > 1000
