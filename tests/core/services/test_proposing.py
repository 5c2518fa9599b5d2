"""An option becomes one proposal with one pending approval, under the policy, by agents or people."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.approval import ApprovalState, DecisionKind
from core.domain.cases import CaseState
from core.domain.errors import ConflictError, NotAuthorisedError, NotFoundError
from core.domain.ids import CaseId, OptionId
from core.domain.plan_text import canonical
from core.domain.plans import Resolution
from core.domain.policies import FIRST_POLICY
from core.domain.users import AGENT_NAME, Role
from core.services.proposing import gate_of, propose
from tests.builders import buy, transfer, wait
from tests.core.services.test_approvals import at_once
from tests.desk import Desk, command


def test_a_proposal_carries_everything_its_approval_is_bound_to(desk: Desk) -> None:
    _, (option,) = desk.offered([transfer()])

    approval = desk.propose(option)

    assert (approval.id, approval.proposal, approval.case) == ("AP-1-1A", "PR-1-1A", "CASE-1")
    assert (approval.tier, approval.money, approval.approvals_needed) == (3, Decimal("52.50"), 1)
    assert approval.roles == (Role.PLANNER, Role.BUYER, Role.OPERATIONS_MANAGER)
    assert approval.rule == "T3: one person up to 10,000.00"
    assert (approval.created_at, (approval.expires_at - approval.created_at).days) == (desk.clock.now, 1)
    with desk.open() as uow:
        proposal = uow.proposals.get(approval.proposal)
        assert uow.approvals.get(approval.id) == approval
        assert uow.cases.get(approval.case).state is CaseState.PROPOSED
    assert proposal.plan == option.plan
    assert (proposal.plan_text, proposal.plan_hash) == (canonical(option.plan), approval.plan_hash)
    assert (proposal.forecast, proposal.advice) == (option.forecast, command(option).advice)
    assert proposal.proposed_by == AGENT_NAME


def test_money_above_the_limit_needs_two_people(desk: Desk) -> None:
    approval = desk.proposed(buy(1000))

    assert (approval.tier, approval.money, approval.approvals_needed) == (4, Decimal(15500), 2)
    assert approval.rule == "T4: two people (money 15,500.00, one person up to 10,000.00)"


def test_the_money_of_a_proposal_is_rounded_as_every_total_is(desk: Desk) -> None:
    approval = desk.proposed(buy(3, price="1.3350"))

    with desk.open() as uow:
        assert approval.money == uow.approvals.get(approval.id).money == Decimal("4.01")


def test_waiting_is_confirmed_by_one_person(desk: Desk) -> None:
    approval = desk.proposed(wait())

    assert (approval.tier, approval.approvals_needed, approval.rule) == (0, 1, "T0 changes nothing")


def test_what_may_never_be_done_through_a_proposal_is_refused(desk: Desk) -> None:
    _, (option,) = desk.offered([transfer()])

    never = replace(FIRST_POLICY, tiers={**FIRST_POLICY.tiers, Resolution.TRANSFER: 5})

    with pytest.raises(NotAuthorisedError, match="T5 is never done through a proposal"), desk.open() as uow:
        gate_of(uow, option, never)


def test_proposing_again_gives_the_same_approval_and_writes_nothing(desk: Desk) -> None:
    _, (option,) = desk.offered([transfer()])
    first = desk.propose(option)
    written = audit_rows(desk, option.case)
    desk.clock.pass_by(hours=1)

    assert desk.propose(option) == first
    assert audit_rows(desk, option.case) == written


def test_proposing_again_after_the_decision_gives_the_decided_approval(desk: Desk) -> None:
    _, (option,) = desk.offered([transfer()])
    approval = desk.propose(option)
    desk.decide(approval, kind=DecisionKind.REJECT)

    assert desk.propose(option).state is ApprovalState.REJECTED


def test_one_option_of_a_case_waits_at_a_time(desk: Desk) -> None:
    _, (first, second) = desk.offered([transfer()], [buy()])
    desk.propose(first)

    with pytest.raises(ConflictError, match="case CASE-1 already has AP-1-1A waiting for a decision"):
        desk.propose(second)


def test_after_a_no_another_option_may_be_proposed(desk: Desk) -> None:
    _, (first, second) = desk.offered([transfer()], [buy()])
    desk.decide(desk.propose(first), kind=DecisionKind.REJECT)

    assert desk.propose(second).id == "AP-1-1B"


def test_an_option_of_an_earlier_round_is_refused(desk: Desk) -> None:
    case, (option,) = desk.offered([transfer()])
    with desk.open() as uow:
        uow.cases.start_round(case.id)

    with pytest.raises(ConflictError, match="CASE-1-1A is of an earlier planning round; CASE-1 is in 2"):
        desk.propose(option)


def test_an_option_of_another_case_is_refused(desk: Desk) -> None:
    _, (option,) = desk.offered([transfer()])
    other, _ = desk.offered([buy()], root="item SEAL@YARD")

    with pytest.raises(ConflictError, match="option CASE-1-1A is of case CASE-1, not of CASE-2"):
        desk.propose(replace(option, case=other.id))


def test_unknown_cases_and_options_are_not_found(desk: Desk) -> None:
    _, (option,) = desk.offered([transfer()])

    with pytest.raises(NotFoundError, match="there is no option 'CASE-1-1X'"):
        desk.propose(replace(option, id=OptionId("CASE-1-1X")))
    with pytest.raises(NotFoundError, match="there is no case 'CASE-0x1'; case ids look like 'CASE-17'"):
        desk.propose(replace(option, case=CaseId("CASE-0x1")))


def test_agents_may_propose_under_their_own_rights(desk: Desk) -> None:
    _, (option,) = desk.offered([transfer()])

    with desk.open_agent_uow(AGENT_NAME) as uow:
        approval = propose(uow, command(option))

    assert desk.decide(approval).state is ApprovalState.APPROVED


def test_the_same_option_proposed_at_the_same_moment_is_one_approval(desk: Desk) -> None:
    _, (option,) = desk.offered([transfer()])

    answers = at_once([lambda: desk.propose(option)] * 6)

    assert len({str(answer) for answer in answers}) == 1
    assert audit_rows(desk, option.case, event="proposed") == 1


def test_of_two_options_proposed_at_the_same_moment_one_waits(desk: Desk) -> None:
    case, (first, second) = desk.offered([transfer()], [buy()])
    with ThreadPoolExecutor(1) as pool:
        with desk.open(AGENT_NAME) as uow:
            propose(uow, command(first))
            later = pool.submit(desk.propose, second)
            desk.until_somebody_waits()
        answer = later.exception()

    assert isinstance(answer, ConflictError)
    assert answer.message == "case CASE-1 already has AP-1-1A waiting for a decision"
    with desk.open() as uow:
        assert [approval.id for approval in uow.approvals.of_case(case.id)] == ["AP-1-1A"]


def audit_rows(desk: Desk, case: CaseId, *, event: str | None = None) -> int:
    """How many links the case's audit chain has, of one kind or of all."""
    with desk.open() as uow:
        return sum(event in (None, seen) for _, _, seen, _, _ in uow.audit.trail(f"case:{case}"))
