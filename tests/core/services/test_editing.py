"""Another plan instead of the one that waits: superseded and proposed in one transaction, or nothing at all."""

from dataclasses import replace

import pytest

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import CaseState
from core.domain.crafting import EditOption
from core.domain.errors import (
    AlreadyDecidedError,
    ConflictError,
    HashMismatchError,
    InvalidValueError,
    NotAuthorisedError,
    NotFeasibleError,
)
from core.domain.ids import LocationCode, UserName
from core.domain.options import Option
from core.domain.plans import Transfer, Wait
from core.domain.users import AGENT_NAME, Role, User
from core.services.editing import Forwarded, PutForward, put_forward
from core.services.execution import ExecutionState
from core.services.resolving import record_evidence
from tests.builders import DELTA, MARIA, OMAR, PAUL, VIVIAN
from tests.core.services.test_crafting import ONE, options, planned, with_action
from tests.core.services.test_resolving import QUOTE
from tests.desk import Desk

__all__ = ["planned"]

ZOE = User(name=UserName("zoe"), role=Role.OPERATIONS_MANAGER, limit=None)


def waiting(desk: Desk) -> tuple[Option, Approval]:
    moved = with_action(desk, Transfer)
    return moved, desk.propose(moved)


def forwarded(desk: Desk, approval: Approval | None, user: User = MARIA, **given: object) -> Forwarded:
    shown = {"instead_of": approval.id, "plan_hash": approval.plan_hash} if approval else {}
    with desk.open(user.name) as uow:
        return put_forward(uow, PutForward(case=ONE, **{**shown, **given}), user)


def states(desk: Desk) -> dict[str, ApprovalState]:
    with desk.open() as uow:
        return {one.id: one.state for one in uow.approvals.of_case(ONE)}


def test_an_edit_supersedes_what_waited_and_somebody_else_approves_it(planned: Desk) -> None:
    moved, approval = waiting(planned)

    done = forwarded(planned, approval, changes=EditOption(option=moved.id, quantity=10), reason="Reno needs some")

    new = done.approval
    assert states(planned) == {approval.id: ApprovalState.SUPERSEDED, new.id: ApprovalState.PENDING}
    assert (done.before, new.proposed_by, new.plan_hash != approval.plan_hash) == (moved, MARIA.name, True)
    with planned.open() as uow:
        assert uow.cases.get(ONE).state is CaseState.PROPOSED
        advice = uow.proposals.get(new.proposal).advice
        assert advice.text.startswith("maria edited this plan: Transfer 10 VALVE-3 from RENO")
        assert advice.note == "Reason given: Reno needs some"
    with pytest.raises(NotAuthorisedError, match="'maria' proposed this plan and may not approve it"):
        planned.decide(new, MARIA)
    with pytest.raises(AlreadyDecidedError, match="is superseded"):
        planned.decide(approval, OMAR)
    assert planned.execute(approval).state is ExecutionState.SUPERSEDED
    planned.decide(new, OMAR)
    assert planned.execute(new).state is ExecutionState.EXECUTED


def test_another_option_of_the_planner_stays_the_desks_proposal(planned: Desk) -> None:
    _, approval = waiting(planned)
    other = next(one for one in options(planned) if isinstance(one.actions[0], Wait))

    done = forwarded(planned, approval, option=other.id)

    assert (done.approval.proposed_by, done.after) == (AGENT_NAME, other)
    assert planned.decide(done.approval, MARIA).state is ApprovalState.APPROVED


def test_an_edit_that_needs_two_people_asks_for_two(planned: Desk) -> None:
    moved, approval = waiting(planned)
    with planned.open_agent_uow(AGENT_NAME) as uow:
        kept = uow.cases.evidence(ONE)
        record_evidence(uow, ONE, replace(kept, quotes=(replace(QUOTE, available_quantity=2_000),)))

    done = forwarded(planned, approval, changes=EditOption(option=moved.id, supplier=DELTA, quantity=1_000))

    assert (approval.approvals_needed, done.approval.approvals_needed, done.approval.tier) == (1, 2, 4)
    planned.let_in(ZOE)
    assert planned.decide(done.approval, OMAR).state is ApprovalState.PENDING
    assert planned.decide(done.approval, ZOE).state is ApprovalState.APPROVED


def test_after_a_refused_edit_what_waited_waits_on(planned: Desk) -> None:
    moved, approval = waiting(planned)

    with pytest.raises(NotFeasibleError) as caught:
        forwarded(planned, approval, changes=EditOption(option=moved.id, quantity=31))
    assert caught.value.details["reasons"] == (
        "transfer 30 VALVE-3 from RENO: 31 units cannot be had; accepted are 1 to 30",
    )
    with pytest.raises(NotFeasibleError, match="no transfer from 'GHENT'"):
        forwarded(planned, approval, changes=EditOption(option=moved.id, origin=LocationCode("GHENT")))
    with pytest.raises(ConflictError, match="proposes already; nothing was changed"):
        forwarded(planned, approval, changes=EditOption(option=moved.id, quantity=25))
    with pytest.raises(ConflictError, match="waits for a decision"):
        forwarded(planned, None, changes=EditOption(option=moved.id, quantity=10))
    with pytest.raises(HashMismatchError):
        forwarded(planned, approval, changes=EditOption(option=moved.id, quantity=10), plan_hash="f" * 64)
    with pytest.raises(InvalidValueError, match="one of them"):
        forwarded(planned, approval)
    with pytest.raises(NotAuthorisedError, match="'vivian' \\(viewer\\) may not propose"):
        forwarded(planned, approval, VIVIAN, changes=EditOption(option=moved.id, quantity=10))

    assert states(planned) == {approval.id: ApprovalState.PENDING}
    assert planned.decide(approval, PAUL).state is ApprovalState.APPROVED


def test_without_anything_waiting_a_person_puts_a_plan_forward(planned: Desk) -> None:
    moved = with_action(planned, Transfer)

    done = forwarded(planned, None, changes=EditOption(option=moved.id, quantity=5))

    assert (done.before, done.approval.state) == (moved, ApprovalState.PENDING)
