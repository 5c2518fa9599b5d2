"""People take cases up or put them aside; a case put aside comes back on its day, or when more is at stake."""

from dataclasses import replace
from decimal import Decimal
from typing import LiteralString

import psycopg
import pytest

from core.db.roles import dsn_of
from core.domain.cases import CaseState
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.ids import CaseId
from core.domain.triage import Verdict
from core.planning.rules import ScanRules
from core.services.scanning import ScanCommand, queue, scan
from core.services.triaging import (
    OverrideTriage,
    SnoozeCase,
    in_turn,
    override_triage,
    snooze_case,
    take_case,
    triage_cases,
)
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


def test_the_rules_say_what_comes_first_and_a_persons_word_goes_before_them(desk: Desk, case: CaseId) -> None:
    with desk.open() as uow:
        by_rules = triage_cases(uow)[case]
        assert (by_rules.verdict, by_rules.by) == (Verdict.ACT_NOW, None)
        assert uow.cases.triages()[case] == by_rules
    noted = "SELECT count(*) FROM audit_log WHERE event = 'case_triaged'"
    assert counted(desk, noted) == 1
    with desk.open() as uow:
        triage_cases(uow)
    assert counted(desk, noted) == 1

    word = OverrideTriage(case=case, verdict=Verdict.WATCH, why="the customer agreed to wait")
    with desk.open() as uow:
        with pytest.raises(NotAuthorisedError):
            override_triage(uow, word, VIVIAN)
        with pytest.raises(InvalidValueError, match="needs a reason"):
            override_triage(uow, replace(word, why=" "), MARIA)
        with pytest.raises(InvalidValueError, match="merging names the other case"):
            override_triage(uow, replace(word, verdict=Verdict.MERGE), MARIA)
        said = override_triage(uow, word, MARIA)
        assert triage_cases(uow)[case] == said == uow.cases.triages()[case]
        assert (said.verdict, said.by, in_turn([case], {case: said})) == (Verdict.WATCH, MARIA.name, [case])


def counted(desk: Desk, query: LiteralString) -> int:
    with psycopg.connect(dsn_of(desk.urls.app)) as connection:
        ((number,),) = connection.execute(query).fetchall()
    return int(number)
