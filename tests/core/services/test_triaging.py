"""People take cases up or put them aside; a case put aside comes back on its day, or when more is at stake."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.cases import CaseState
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.ids import CaseId
from core.planning.rules import ScanRules
from core.services.scanning import ScanCommand, queue, scan
from core.services.triaging import SnoozeCase, snooze_case, take_case
from tests.builders import MARIA, OMAR, TODAY, VIVIAN, day
from tests.desk import Desk

RULES = ScanCommand(rules=ScanRules())


@pytest.fixture
def case(desk: Desk) -> CaseId:
    with desk.open() as uow:
        return scan(uow, RULES).opened[0]


def test_a_case_taken_up_belongs_to_somebody_and_stays_in_the_queue(desk: Desk, case: CaseId) -> None:
    with desk.open() as uow:
        take_case(uow, case, MARIA)
        taken = take_case(uow, case, OMAR)

        assert (taken.state, taken.owner) == (CaseState.TRIAGED, OMAR.name)
        assert case in {one.id for one in queue(uow, TODAY)}


def test_a_case_put_aside_leaves_the_queue_until_its_day(desk: Desk, case: CaseId) -> None:
    with desk.open() as uow:
        aside = snooze_case(uow, SnoozeCase(case=case, until=day(7), why="the customer is closed"), MARIA)
        assert (aside.state, aside.snoozed_until) == (CaseState.SNOOZED, day(7))
        assert scan(uow, RULES).opened == ()
        assert case not in {one.id for one in queue(uow, TODAY)}

        snooze_case(uow, SnoozeCase(case=case, until=day(8), why="longer"), MARIA)
        assert uow.cases.get(case).snoozed_until == day(8)


def test_it_comes_back_when_more_is_at_stake(desk: Desk, case: CaseId) -> None:
    with desk.open() as uow:
        less = replace(uow.cases.get(case).detected, exposure=Decimal("0.01"))
        uow.cases.refresh(case, less, deadline=None)
        snooze_case(uow, SnoozeCase(case=case, until=day(7), why="small"), MARIA)

        assert scan(uow, RULES).opened == (case,)
        assert uow.cases.get(case).state is CaseState.OPEN


@pytest.mark.parametrize(("until", "why"), [(0, "x"), (91, "x"), (7, " ")])
def test_only_some_days_ahead_and_with_a_reason(desk: Desk, case: CaseId, until: int, why: str) -> None:
    with pytest.raises(InvalidValueError), desk.open() as uow:
        snooze_case(uow, SnoozeCase(case=case, until=day(until), why=why), MARIA)

    with desk.open() as uow:
        assert uow.cases.get(case).state is CaseState.OPEN


def test_who_only_looks_does_neither(desk: Desk, case: CaseId) -> None:
    with desk.open() as uow:
        with pytest.raises(NotAuthorisedError):
            take_case(uow, case, VIVIAN)
        with pytest.raises(NotAuthorisedError):
            snooze_case(uow, SnoozeCase(case=case, until=day(7), why="x"), VIVIAN)
        assert uow.cases.get(case).state is CaseState.OPEN


def test_what_is_over_is_not_put_aside(desk: Desk, case: CaseId) -> None:
    with desk.open() as uow:
        uow.cases.move(case, to=CaseState.AUTO_CLOSED)
        with pytest.raises(ConflictError, match="auto-closed"):
            snooze_case(uow, SnoozeCase(case=case, until=day(7), why="x"), MARIA)
