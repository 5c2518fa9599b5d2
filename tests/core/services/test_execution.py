"""What was approved is done once, exactly as simulated, or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import LiteralString

import pytest

from core.db.embedded import Server
from core.domain.approval import ApprovalState, DecisionKind
from core.domain.cases import CaseState
from core.domain.ids import ApprovalId
from core.domain.plans import Action
from core.domain.proposals import MessageKind
from core.domain.users import WORKER_NAME
from core.planning.simulation import apply
from core.services.execution import ExecutionOutcome, ExecutionState, execute
from tests.builders import OMAR, SO_2, buy, expedite, re_promise, transfer, wait
from tests.columns import differences
from tests.desk import Desk

EVERY_KIND: dict[str, tuple[Action, ...]] = {
    "wait": (wait(),),
    "transfer": (transfer(),),
    "all there is": (transfer(50),),
    "two transfers from one place": (transfer(20), transfer(30, "TO-1.1A-2", arrive=4)),
    "expedite": (expedite(),),
    "buy": (buy(),),
    "re-promise": (re_promise(),),
    "re-promise a line never promised": (re_promise(order=SO_2, line=1, old=6, quantity=20),),
    "everything at once": (
        re_promise(),
        re_promise(12, order=SO_2, line=1, old=6, quantity=20),
        buy(10),
        expedite(),
        transfer(25),
        transfer(5, "TO-1.1A-0"),
    ),
}


@pytest.mark.parametrize("actions", EVERY_KIND.values(), ids=EVERY_KIND.keys())
def test_execution_does_to_the_books_exactly_what_the_simulation_did(desk: Desk, actions: tuple[Action, ...]) -> None:
    simulated = apply(desk.snapshot(), actions)
    approval = desk.approved(*actions)

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.EXECUTED
    assert list(differences(desk.snapshot(), simulated)) == []


def test_execution_says_what_it_did_and_keeps_it(desk: Desk) -> None:
    approval = desk.approved(transfer(), buy(), expedite(), re_promise())

    outcome = desk.execute(approval)

    assert outcome.result == (
        "purchase order PO-1.1A-2 to DELTA: 25 VALVE-3, there on 2024-10-10",
        "purchase order PO-1/1 expedited from 2024-10-24 to 2024-10-08",
        "order line SO-1/1 promised for 2024-10-13 instead of 2024-10-09",
        "transfer order TO-1.1A-1: 25 VALVE-3 from RENO to HOUSTON, there on 2024-10-07",
    )
    with desk.open() as uow:
        effect = uow.effects.get(approval.id)
        assert effect is not None
        assert (effect.executed_hash, effect.executed_by, effect.executed_at, effect.result) == (
            approval.plan_hash,
            WORKER_NAME,
            desk.clock.now,
            outcome.result,
        )
        assert uow.approvals.get(approval.id).state is ApprovalState.EXECUTED
        assert uow.cases.get(approval.case).state is CaseState.EXECUTING


def test_execution_puts_one_message_a_partner_in_the_outbox(desk: Desk) -> None:
    actions = (buy(), expedite(), re_promise(), re_promise(12, line=2, old=10, quantity=2))

    approval = desk.executed(*actions)

    with desk.open() as uow:
        queued = uow.outbox.of_approval(approval.id)
    assert [(m.key, m.kind, m.partner) for m in queued] == [
        ("AP-1-1A:PO-1.1A-2", MessageKind.PLACE_ORDER, "DELTA"),
        ("AP-1-1A:EX-AP-1-1A-PO-1-1", MessageKind.EXPEDITE_ORDER, "GULF"),
        ("AP-1-1A:notice:HARBOR", MessageKind.CUSTOMER_NOTICE, "mail"),
    ]
    assert queued[2].payload["recipient"] == "buyer@harbor.example"
    assert str(queued[2].payload["body"]).splitlines()[4:6] == [
        "  order SO-1 line 1: 2024-10-13 instead of 2024-10-09",
        "  order SO-1 line 2: 2024-10-16 instead of 2024-10-14",
    ]


def test_a_customer_without_an_address_becomes_a_task_for_a_person(desk: Desk) -> None:
    approval = desk.executed(re_promise(12, order=SO_2, line=1, old=6, quantity=20))

    with desk.open() as uow:
        assert uow.outbox.of_approval(approval.id) == ()
        asked = uow.audit.trail("task:notice AP-1-1A MESA")
    assert [event for _, _, event, _, _ in asked] == ["person_asked"]


def test_executing_again_answers_already_and_does_nothing(desk: Desk) -> None:
    approval = desk.approved(transfer())
    first = desk.execute(approval)
    after = desk.snapshot()

    again = desk.execute(approval)

    assert again == ExecutionOutcome(approval=approval.id, state=ExecutionState.ALREADY, result=first.result)
    assert list(differences(desk.snapshot(), after)) == []


def test_what_nobody_decided_waits(desk: Desk) -> None:
    approval = desk.proposed(transfer())

    assert refused(desk, approval.id) is ExecutionState.WAITING


def test_what_was_rejected_is_not_executed(desk: Desk) -> None:
    approval = desk.proposed(transfer())
    desk.decide(approval, kind=DecisionKind.REJECT, comment="too dear")

    assert refused(desk, approval.id) is ExecutionState.REJECTED


def test_what_was_approved_too_long_ago_expires_and_its_case_opens_again(desk: Desk) -> None:
    approval = desk.approved(transfer())
    desk.clock.pass_by(hours=24, seconds=1)

    assert refused(desk, approval.id) is ExecutionState.EXPIRED

    with desk.open() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.EXPIRED
        assert uow.cases.get(approval.case).state is CaseState.OPEN


def test_the_last_second_still_counts(desk: Desk) -> None:
    approval = desk.approved(transfer())
    desk.clock.pass_by(hours=24)

    assert desk.execute(approval).state is ExecutionState.EXECUTED


def test_a_plan_of_two_people_is_executed_when_both_approved(desk: Desk) -> None:
    approval = desk.proposed(buy(1000))
    assert (approval.tier, approval.approvals_needed) == (4, 2)

    desk.decide(approval)
    assert refused(desk, approval.id) is ExecutionState.WAITING
    desk.decide(approval, OMAR)

    assert desk.execute(approval).state is ExecutionState.EXECUTED


def test_two_workers_at_the_same_moment_have_one_effect(desk: Desk) -> None:
    approval = desk.approved(transfer(), buy(), re_promise())
    simulated = apply(desk.snapshot(), (transfer(), buy(), re_promise()))
    barrier = Barrier(6)

    def worker(_: int) -> ExecutionOutcome:
        barrier.wait()
        return execute(desk.open_uow, approval.id, by=WORKER_NAME)

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(worker, range(6)))

    states = sorted(outcome.state for outcome in outcomes)
    assert states == [*[ExecutionState.ALREADY] * 5, ExecutionState.EXECUTED]
    assert len({outcome.result for outcome in outcomes}) == 1
    assert list(differences(desk.snapshot(), simulated)) == []


def test_an_execution_that_gave_way_to_another_transaction_is_tried_again(desk: Desk, postgres_server: Server) -> None:
    approval = desk.approved(transfer())
    with ThreadPoolExecutor(1) as pool, postgres_server.superuser(desk.database) as other:
        other.execute("SET deadlock_timeout = '10min'")  # so that it is always the execution that gives way
        other.execute("BEGIN")
        other.execute("SELECT 1 FROM cases WHERE id = 1 FOR UPDATE")
        waiting = pool.submit(desk.execute, approval)
        desk.until_somebody_waits()
        other.execute("SELECT 1 FROM audit_heads WHERE scope = 'case:CASE-1' FOR UPDATE")
        other.execute("ROLLBACK")

        assert waiting.result().state is ExecutionState.EXECUTED


def test_a_number_taken_meanwhile_makes_the_plan_stale(desk: Desk) -> None:
    approval = desk.approved(transfer(), buy(25, "PO-2"))

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert outcome.differences == ("somebody stored the same thing before: Key (number)=(PO-2) already exists.",)
    with desk.open() as uow:
        assert uow.stock.available(transfer().item, transfer().origin) == 50


FORGED: dict[str, tuple[LiteralString, str]] = {
    "another plan": (
        "UPDATE proposals SET plan = replace(plan, '\"quantity\":25', '\"quantity\":26')",
        "the plan stored is not the plan that was approved",
    ),
    "another plan with its hash": (
        """UPDATE proposals SET plan = replace(plan, '"quantity":25', '"quantity":26'),
        plan_hash = encode(sha256(convert_to(replace(plan, '"quantity":25', '"quantity":26'), 'UTF8')), 'hex')""",
        "the plan stored is not the plan that was approved",
    ),
    "a decision on another plan": (
        "UPDATE approval_decisions SET plan_hash = repeat('0', 64)",
        "the plan stored is not the plan that was approved",
    ),
    "nobody's decision": ("DELETE FROM approval_decisions", "0 of 1 approvals are there"),
    "a program's decision": (
        "UPDATE approval_decisions SET user_name = 'expediter-worker'",
        "'expediter-worker' may not approve this plan",
    ),
    "the proposer's decision": (
        "UPDATE approval_decisions SET user_name = 'exception-desk'",
        "'exception-desk' may not approve this plan",
    ),
    "one approval for a plan that takes two": (
        "UPDATE proposals SET tier = 4",
        "1 of 2 approvals are there",
    ),
    "a plan said to be cheaper than it is": (
        "UPDATE proposals SET money = 10",
        "the plan commits 387.50, approved were 10.00",
    ),
}


@pytest.mark.parametrize(("forgery", "problem"), FORGED.values(), ids=FORGED.keys())
def test_rows_changed_behind_our_back_are_not_executed(
    desk: Desk, books_as_superuser: Callable[[LiteralString], None], forgery: LiteralString, problem: str
) -> None:
    approval = desk.approved(buy())
    books_as_superuser(forgery)

    outcome = desk.execute(approval)

    assert (outcome.state, outcome.differences) == (ExecutionState.REFUSED, (problem,))
    with desk.open() as uow:
        assert uow.effects.get(approval.id) is None


def refused(desk: Desk, approval: ApprovalId) -> ExecutionState:
    """What came of asking for an execution that must change no book."""
    before = desk.snapshot()
    outcome = execute(desk.open_uow, approval, by=WORKER_NAME)
    assert list(differences(desk.snapshot(), before)) == []
    assert outcome.result == ()
    with desk.open() as uow:
        assert uow.effects.get(approval) is None
        assert uow.outbox.of_approval(approval) == ()
    return outcome.state
