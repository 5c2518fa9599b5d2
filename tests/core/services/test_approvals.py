"""A person decides on exactly the plan that was shown, within their authority, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier

import pytest

from core.domain.approval import Approval, ApprovalState, DecisionKind
from core.domain.cases import CaseState
from core.domain.errors import (
    AlreadyDecidedError,
    DomainError,
    HashMismatchError,
    InvalidValueError,
    NotAuthorisedError,
    NotFoundError,
    ProposalExpiredError,
)
from core.domain.ids import ApprovalId, UserName
from core.domain.users import AGENT_NAME, WORKER_NAME, Role, User
from core.services.approvals import pending
from core.services.execution import ExecutionState
from tests.builders import MARIA, OMAR, PAUL, VIVIAN, buy, transfer
from tests.desk import Desk


def state_of(desk: Desk, approval: Approval) -> tuple[ApprovalState, CaseState, int]:
    """The state of the approval and of its case, and how many people have spoken."""
    with desk.open() as uow:
        now = uow.approvals.get(approval.id)
        return now.state, uow.cases.get(approval.case).state, len(now.decisions)


UNDECIDED = (ApprovalState.PENDING, CaseState.PROPOSED, 0)


def test_one_person_approves_a_plan_of_tier_three(desk: Desk) -> None:
    approval = desk.decide(desk.proposed(transfer()), MARIA, comment="go ahead")

    assert approval.state is ApprovalState.APPROVED
    assert state_of(desk, approval) == (ApprovalState.APPROVED, CaseState.APPROVED, 1)
    (decision,) = approval.decisions
    assert (decision.user, decision.role, decision.kind, decision.plan_hash) == (
        MARIA.name,
        Role.OPERATIONS_MANAGER,
        DecisionKind.APPROVE,
        approval.plan_hash,
    )
    assert (decision.comment, decision.channel, decision.decided_at) == ("go ahead", "console", desk.clock.now)


def test_the_first_no_ends_a_plan_and_opens_its_case(desk: Desk) -> None:
    approval = desk.decide(desk.proposed(transfer()), kind=DecisionKind.REJECT, comment="Reno needs them")

    assert state_of(desk, approval) == (ApprovalState.REJECTED, CaseState.OPEN, 1)


def test_two_people_approve_a_plan_of_tier_four(desk: Desk) -> None:
    approval = desk.proposed(buy(1000))

    assert desk.decide(approval, MARIA).state is ApprovalState.PENDING
    assert state_of(desk, approval) == (ApprovalState.PENDING, CaseState.PROPOSED, 1)
    assert desk.decide(approval, OMAR).state is ApprovalState.APPROVED


def test_the_same_person_does_not_count_twice(desk: Desk) -> None:
    approval = desk.proposed(buy(1000))
    desk.decide(approval, MARIA)

    for kind in DecisionKind:
        with pytest.raises(AlreadyDecidedError, match="'maria' has decided on AP-1-1A already"):
            desk.decide(approval, MARIA, kind=kind)

    assert state_of(desk, approval) == (ApprovalState.PENDING, CaseState.PROPOSED, 1)
    assert desk.execute(approval).state is ExecutionState.WAITING


def test_a_second_persons_no_ends_a_plan_of_tier_four(desk: Desk) -> None:
    approval = desk.proposed(buy(1000))
    desk.decide(approval, MARIA)

    assert desk.decide(approval, OMAR, kind=DecisionKind.REJECT).state is ApprovalState.REJECTED
    assert desk.execute(approval).state is ExecutionState.REJECTED


def test_another_plan_than_the_one_shown_is_refused(desk: Desk) -> None:
    approval = desk.proposed(transfer())

    with pytest.raises(HashMismatchError, match="had hash 'ffffffffffff', AP-1-1A is for"):
        desk.decide(approval, plan_hash="f" * 64)

    assert state_of(desk, approval) == UNDECIDED


def test_the_time_to_decide_ends(desk: Desk) -> None:
    approval = desk.proposed(transfer())
    desk.clock.pass_by(hours=24, seconds=1)

    with pytest.raises(ProposalExpiredError, match="expired at 2024-10-05 09:00 UTC; plan the case again"):
        desk.decide(approval)

    assert state_of(desk, approval) == UNDECIDED


@pytest.mark.parametrize("comment", ["", "  \n", "x" * 2001])
def test_a_rejection_needs_a_reason_that_can_be_read(desk: Desk, comment: str) -> None:
    approval = desk.proposed(transfer())

    with pytest.raises(InvalidValueError, match="a rejection needs a reason"):
        desk.decide(approval, kind=DecisionKind.REJECT, comment=comment)

    assert state_of(desk, approval) == UNDECIDED


def test_an_approval_needs_no_comment(desk: Desk) -> None:
    assert desk.decide(desk.proposed(transfer()), comment="").state is ApprovalState.APPROVED


PROGRAM = User(name=AGENT_NAME, role=Role.AGENT, limit=None)
SERVICE = User(name=WORKER_NAME, role=Role.SERVICE, limit=None)


@pytest.mark.parametrize(
    ("user", "why"),
    [
        (VIVIAN, "role 'viewer' may not decide; planner or buyer or operations_manager may"),
        (PROGRAM, "'exception-desk' is a program (agent); only people decide"),
        (SERVICE, "'expediter-worker' is a program (service); only people decide"),
        (replace(MARIA, active=False), "'maria' is no longer active"),
        (PAUL, "the plan commits 775.00, the limit of 'paul' is 500.00"),
    ],
)
def test_whoever_may_not_decide_is_told_why(desk: Desk, user: User, why: str) -> None:
    approval = desk.proposed(buy(50))

    for kind in DecisionKind:
        with pytest.raises(NotAuthorisedError) as refusal:
            desk.decide(approval, user, kind=kind)
        assert refusal.value.message == why

    assert state_of(desk, approval) == UNDECIDED


def test_the_limit_itself_may_be_approved(desk: Desk) -> None:
    approval = desk.proposed(buy(50))

    assert desk.decide(approval, replace(PAUL, limit=Decimal(775))).state is ApprovalState.APPROVED


def test_who_asked_for_a_plan_does_not_approve_it(desk: Desk) -> None:
    _, (option,) = desk.offered([transfer()])
    approval = desk.propose(option, by=MARIA.name)

    with pytest.raises(NotAuthorisedError, match="'maria' proposed this plan and may not approve it"):
        desk.decide(approval, MARIA)

    assert desk.decide(approval, OMAR).state is ApprovalState.APPROVED


def test_an_unknown_approval_is_not_found(desk: Desk) -> None:
    approval = replace(desk.proposed(transfer()), id=ApprovalId("AP-9-1A"))

    with pytest.raises(NotFoundError, match="there is no approval 'AP-9-1A'"):
        desk.decide(approval)


def test_pending_lists_what_waits_for_people_and_leaves_out_what_expired(desk: Desk) -> None:
    early = desk.proposed(transfer())
    desk.clock.pass_by(hours=3)
    late = desk.proposed(buy(), root="item VALVE-3@RENO")
    desk.decide(desk.proposed(transfer(2, "TO-3.1A-1"), root="item SEAL@YARD"))

    assert [approval.id for approval in waiting(desk)] == [early.id, late.id]
    desk.clock.pass_by(hours=22)
    assert [approval.id for approval in waiting(desk)] == [late.id]


def waiting(desk: Desk) -> tuple[Approval, ...]:
    with desk.open() as uow:
        return pending(uow)


def people(desk: Desk, count: int) -> list[User]:
    """More operations managers."""
    made = [User(name=UserName(f"manager{n:02}"), role=Role.OPERATIONS_MANAGER, limit=None) for n in range(count)]
    desk.let_in(*made)
    return made


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each act gave, an error included, all of them begun together."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except DomainError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_thirty_two_approvers_one_decides_and_the_plan_is_executed_once(desk: Desk) -> None:
    approval = desk.proposed(transfer(), buy())
    managers = people(desk, 32)

    def approve_and_execute(user: User) -> ExecutionState:
        desk.decide(approval, user)
        return desk.execute(approval).state

    answers = at_once([lambda user=user: approve_and_execute(user) for user in managers])

    assert answers.count(ExecutionState.EXECUTED) == 1
    losers = [answer for answer in answers if isinstance(answer, AlreadyDecidedError)]
    assert len(losers) == 31
    (decision,) = _decisions(desk, approval)
    assert {loser.message.partition(";")[0] for loser in losers} <= {
        f"AP-1-1A is {state} ({decision} said approve)" for state in ("approved", "executed")
    }
    with desk.open() as uow:
        assert uow.stock.available(transfer().item, transfer().origin) == 25
        assert len(uow.outbox.of_approval(approval.id)) == 1


def test_of_many_approvers_of_a_plan_for_two_exactly_two_count(desk: Desk) -> None:
    approval = desk.proposed(buy(1000))

    answers = at_once([lambda user=user: desk.decide(approval, user) for user in people(desk, 8)])

    assert sum(isinstance(answer, AlreadyDecidedError) for answer in answers) == 6
    assert len(_decisions(desk, approval)) == 2
    assert state_of(desk, approval)[0] is ApprovalState.APPROVED


def test_one_person_pressing_many_times_decides_once(desk: Desk) -> None:
    approval = desk.proposed(buy(1000))

    answers = at_once([lambda: desk.decide(approval, MARIA)] * 8)

    assert sum(isinstance(answer, AlreadyDecidedError) for answer in answers) == 7
    assert state_of(desk, approval) == (ApprovalState.PENDING, CaseState.PROPOSED, 1)


def test_a_yes_and_a_no_at_the_same_moment_are_one_decision(desk: Desk) -> None:
    approval = desk.proposed(transfer())

    answers = at_once(
        [
            lambda: desk.decide(approval, MARIA),
            lambda: desk.decide(approval, OMAR, kind=DecisionKind.REJECT, comment="no"),
        ]
    )

    assert sum(isinstance(answer, AlreadyDecidedError) for answer in answers) == 1
    state, _, spoken = state_of(desk, approval)
    assert spoken == 1
    outcome = desk.execute(approval).state
    expected = {
        ApprovalState.APPROVED: ExecutionState.EXECUTED,
        ApprovalState.REJECTED: ExecutionState.REJECTED,
    }
    assert outcome is expected[state]


def _decisions(desk: Desk, approval: Approval) -> list[UserName]:
    with desk.open() as uow:
        return [decision.user for decision in uow.approvals.get(approval.id).decisions]
