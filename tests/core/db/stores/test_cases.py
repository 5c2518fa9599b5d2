"""Cases keep what a scan said, what planning rested on and what it found, through the states their lives allow."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from core.domain.cases import CaseState, may_become
from core.domain.errors import ConflictError, NotFoundError
from core.domain.evidence import CaseEvidence
from core.domain.ids import CaseId, OptionId
from core.domain.options import RejectedIdea, StockElsewhere
from core.domain.quotes import QuoteRefusal, RefusalReason
from core.ports.storage import UnitOfWork
from tests.builders import GULF, RENO, TODAY, VALVE, buy, day, re_promise, transfer
from tests.core.services.doing.actions import ask_credit
from tests.core.services.test_resolving import EXPEDITE, QUOTE
from tests.desk import Desk, detected

ONE = CaseId("CASE-1")
EVIDENCE = CaseEvidence(
    stock=(
        StockElsewhere(
            id="stock:RENO",
            location=RENO,
            quantity=30,
            arrive_on=day(3),
            fixed_cost=Decimal("40.0000"),
            unit_cost=Decimal("0.5"),
        ),
    ),
    quotes=(QUOTE,),
    expedites=(EXPEDITE,),
    refusals=(QuoteRefusal(supplier=GULF, item=VALVE, reason=RefusalReason.NO_STOCK, note='none, "sorry"'),),
)


def test_a_case_reads_as_it_was_opened(desk: Desk) -> None:
    with desk.open() as uow:
        opened = uow.cases.open(detected(), on=TODAY, deadline=day(3))

    with desk.open() as uow:
        assert uow.cases.get(ONE) == opened
        assert uow.cases.all() == (opened,)
    assert (opened.id, opened.state, opened.detected, opened.deadline) == (ONE, CaseState.OPEN, detected(), day(3))


def test_refreshing_with_the_same_says_so_and_writes_nothing(desk: Desk) -> None:
    with desk.open() as uow:
        uow.cases.open(detected(), on=TODAY, deadline=None)
    with desk.open() as uow:
        assert uow.cases.refresh(ONE, detected(), deadline=None) is False
        assert uow.cases.refresh(ONE, detected(exposure="1200.00"), deadline=None) is True
        assert uow.cases.refresh(ONE, detected(exposure="1200.00"), deadline=day(2)) is True

    with desk.open() as uow:
        case, trail = uow.cases.get(ONE), uow.audit.trail("case:CASE-1")
    assert (case.detected.exposure, case.deadline) == (Decimal("1200.00"), day(2))
    assert [event for _, _, event, _, _ in trail] == ["case_opened", "case_refreshed", "case_refreshed"]


@pytest.mark.breaks_laws("rows are changed by hand")
def test_a_case_takes_only_the_steps_of_its_life(desk: Desk) -> None:
    for old, new in product(CaseState, CaseState):
        with desk.open() as uow:
            case = uow.cases.open(detected(f"{old} to {new}"), on=TODAY, deadline=None).id
            for step in PATHS[old]:
                step_to(uow, case, step)
            if new is old or may_become(old, new):
                step_to(uow, case, new)
            else:
                with pytest.raises(ConflictError, match=f"case {case} is {old}; it cannot become {new}"):
                    step_to(uow, case, new)
                assert uow.cases.get(case).state is old


def step_to(uow: UnitOfWork, case: CaseId, state: CaseState) -> None:
    if state is CaseState.SNOOZED:
        uow.cases.snooze(case, until=day(7), why="the supplier is closed")
    else:
        uow.cases.move(case, to=state)


PATHS: dict[CaseState, tuple[CaseState, ...]] = {
    CaseState.OPEN: (),
    CaseState.TRIAGED: (CaseState.TRIAGED,),
    CaseState.SNOOZED: (CaseState.SNOOZED,),
    CaseState.PROPOSED: (CaseState.PROPOSED,),
    CaseState.APPROVED: (CaseState.PROPOSED, CaseState.APPROVED),
    CaseState.EXECUTING: (CaseState.PROPOSED, CaseState.APPROVED, CaseState.EXECUTING),
    CaseState.RESOLVED: (CaseState.PROPOSED, CaseState.APPROVED, CaseState.EXECUTING, CaseState.RESOLVED),
    CaseState.ACCEPTED: (CaseState.ACCEPTED,),
    CaseState.AUTO_CLOSED: (CaseState.AUTO_CLOSED,),
}


def test_evidence_reads_back_and_the_newest_counts(desk: Desk) -> None:
    with desk.open() as uow:
        uow.cases.open(detected(), on=TODAY, deadline=None)
        assert uow.cases.evidence(ONE) == CaseEvidence()
        uow.cases.save_evidence(ONE, EVIDENCE)

    with desk.open() as uow:
        assert uow.cases.evidence(ONE) == EVIDENCE
        uow.cases.save_evidence(ONE, replace(EVIDENCE, quotes=()))
        assert uow.cases.evidence(ONE).quotes == ()


def test_options_and_rejected_ideas_read_back_by_round(desk: Desk) -> None:
    ideas = (RejectedIdea(resolution="R07", what="PO-1/1", reason="Gulf says no"),)
    case, made = desk.offered([transfer()], [buy(), re_promise()], [ask_credit()])
    with desk.open() as uow:
        assert (uow.cases.options(case.id), uow.cases.rejected(case.id)) == (made, ())
        assert uow.cases.option(made[1].id) == made[1]
        uow.cases.start_round(case.id)
        assert uow.cases.options(case.id) == ()
        uow.cases.save_options(case.id, (), ideas, deadline=day(2))

    with desk.open() as uow:
        assert uow.cases.rejected(case.id) == ideas
        assert uow.cases.option(made[0].id) == made[0]
        assert uow.cases.get(case.id).deadline == day(2)


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    with desk.open() as uow:
        for act in (uow.cases.get, uow.cases.start_round, uow.cases.options):
            with pytest.raises(NotFoundError, match="there is no case 'CASE-9'"):
                act(CaseId("CASE-9"))
        with pytest.raises(NotFoundError, match="there is no option 'CASE-1-1A'"):
            uow.cases.option(OptionId("CASE-1-1A"))


def test_before_the_first_scan_there_is_none(desk: Desk) -> None:
    with desk.open() as uow:
        assert uow.cases.last_scan() is None


def test_cases_of_one_scan_are_opened_in_order_and_only_what_changed_is_refreshed(desk: Desk) -> None:
    two = (detected(), replace(detected(), root="item VALVE-4@HOUSTON"))
    with desk.open() as uow:
        assert uow.cases.open_all(two, on=TODAY) == (CaseId("CASE-1"), CaseId("CASE-2"))

    with desk.open() as uow:
        heads = tuple(uow.cases.heads().values())
        now = (two[0], replace(two[1], lacking=7))
        refreshed = uow.cases.refresh_all(list(zip(heads, now, strict=True)))

    assert refreshed == (CaseId("CASE-2"),)
    with desk.open() as uow:
        assert [case.detected for case in uow.cases.all()] == list(now)
        assert [head.of(found) for head, found in zip(uow.cases.heads().values(), now, strict=True)] == list(
            uow.cases.all()
        )
        assert [len(uow.audit.trail(f"case:CASE-{n}")) for n in (1, 2)] == [1, 2]
