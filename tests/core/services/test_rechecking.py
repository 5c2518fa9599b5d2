"""A plan runs only while it would do what was shown, on the day it was made for, for people who may approve it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import LiteralString

import pytest

from core.domain.cases import CaseState
from core.domain.ids import CaseId
from core.domain.options import Option
from core.planning.netting import net
from core.planning.repair.changes import changes_of
from core.planning.repair.lateness import picture
from core.planning.repair.policy import DEFAULT_POLICY
from core.planning.rules import ScanRules
from core.planning.simulation import apply
from core.services.execution import ExecutionState
from tests.builders import buy, expedite, transfer, wait
from tests.desk import Desk


def shown(desk: Desk, chosen: Option) -> Option:
    """The option with its changes, as the planner would have shown it."""
    books, rules = desk.snapshot(), ScanRules()
    after = apply(books, chosen.actions)
    promised = books.demand.due
    was = picture(books, net(books, rules), DEFAULT_POLICY, promised=promised)
    will = picture(after, net(after, rules), DEFAULT_POLICY, promised=promised)
    return replace(chosen, changes=changes_of(books, was, will))


@pytest.mark.breaks_laws("rows are changed by hand")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE settings SET as_of = as_of + 1", "the business date is"),
        ("UPDATE sales_order_lines SET cancelled = ordered - shipped", "is no longer open"),
        ("UPDATE users SET active = false WHERE name = 'maria'", "no longer active"),
        ("UPDATE users SET money_limit = 1 WHERE name = 'maria'", "the limit of 'maria' is 1.00"),
        ("UPDATE users SET role = 'viewer' WHERE name = 'maria'", "role 'viewer' may not decide"),
    ],
)
def test_a_plan_that_is_no_longer_what_was_shown_is_stale(desk: Desk, change: LiteralString, said: str) -> None:
    case, (made,) = desk.offered((transfer(),))
    with desk.open() as uow:
        uow.cases.start_round(case.id)
        again = replace(shown(desk, made), id=f"{case.id}-2A")
        again = replace(again, plan=replace(made.plan, option=again.id))
        uow.cases.save_options(case.id, (again,), (), deadline=None)
    approval = desk.decide(desk.propose(again))
    desk.alter(change)

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert said in outcome.differences[0]
    with desk.open() as uow:
        assert uow.cases.get(CaseId("CASE-1")).state is CaseState.OPEN


def test_waiting_is_not_stale_because_a_day_has_passed(desk: Desk) -> None:
    approval = desk.approved(wait())
    desk.alter("UPDATE settings SET as_of = as_of + 1")

    assert desk.execute(approval).state is ExecutionState.EXECUTED


def test_an_inactive_supplier_is_neither_bought_from_nor_asked_to_hurry(desk: Desk) -> None:
    approval = desk.approved(expedite(), buy())
    desk.alter("UPDATE suppliers SET active = false")

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert len(outcome.differences) == 2


def test_two_plans_expediting_one_line_at_the_same_moment_pay_one_fee(desk: Desk) -> None:
    first = desk.approved(expedite())
    second = desk.decide(desk.proposed(expedite(), root="item OTHER@HOUSTON"))
    together = Barrier(2)

    def run(number: int) -> ExecutionState:
        together.wait()
        return desk.execute((first, second)[number]).state

    with ThreadPoolExecutor(2) as pool:
        states = set(pool.map(run, range(2)))

    assert states == {ExecutionState.EXECUTED, ExecutionState.STALE}
    with desk.open() as uow:
        assert len((*uow.outbox.of_approval(first.id), *uow.outbox.of_approval(second.id))) == 1
