"""A supplier bargained with: asked for in the chat, allowed by a person, offered over HTTP, planned with, ordered.

docs/suppliers.md tells the rules. With a model and without one.
"""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from agents.llm.scripted import ScriptedModel
from agents.worker.chat import open_chat
from agents.worker.checkpoints import prepare_checkpoints
from agents.worker.models import NO_MODEL, ModelSettings
from agents.worker.opening import open_worker
from agents.worker.shift import Shift, perform
from agents.worker.worker import Standing, Worker
from core.domain.approval import Approval
from core.domain.cases import Case, CaseState
from core.domain.errors import NotAuthorisedError
from core.domain.ids import ApprovalId, CaseId, SupplierCode
from core.domain.jobs import JobName
from core.domain.negotiating.mandates import Channel
from core.domain.negotiating.rounds import Negotiation, NegotiationState, RoundState
from core.domain.plans import Buy
from core.domain.proposals import AdviceSource
from core.services.execution import ExecutionState
from core.services.planning_together import PlanTogether, keep_together
from tests.journeys.test_disruption import ROSA, Sabine, late_motors, sabine
from tests.journeys.test_disruption_by_agents import OTTO, Told, let_in_otto, no_model

__all__ = ["sabine"]

NORDRIVE = SupplierCode("NORDRIVE")


def advised(case: CaseId) -> Told:
    """A model that recommends the first option of the planning after the negotiation."""
    advice = {
        "option_id": f"{case}-2A",
        "evidence_ids": ["E1"],
        "risks": ["A supplier may be late."],
        "explanation": "Option A keeps the promises for the least money.",
        "question": None,
    }
    return Told(models=ModelSettings(model=ScriptedModel([json.dumps(advice)])), source=AdviceSource.MODEL)


@pytest.mark.parametrize("told_by", [no_model, advised])
def test_a_price_bargained_for_is_planned_with_and_ordered_once(
    sabine: Sabine, told_by: Callable[[CaseId], Told]
) -> None:
    prepare_checkpoints(sabine.app.urls)
    let_in_otto(sabine)
    case = late_motors(sabine.scan())
    listed = its_price_is_asked_and_its_worth_known(sabine, case)
    mandate = a_mandate_is_asked_for_in_the_chat(sabine, case)
    told = told_by(case.id)
    with open_worker(sabine.app, models=told.models) as worker:
        nothing_is_offered_before_a_person_agrees(sabine, worker, mandate)
        agreed = it_is_bargained_round_by_round(sabine, worker, mandate)
        assert agreed.price is not None
        assert agreed.price < listed

        # The desk asks every supplier again, is told the listed price, and plans with the one bargained for.
        came = worker.advance(case.id)
        assert came.standing is Standing.WAITING
        bought = the_last_price_is_proposed(sabine, came.approval, agreed, told)
        sabine.approve(the_approval(sabine, came.approval), ROSA)
        ended = worker.advance(case.id, begin=False)
        again = worker.advance(case.id, begin=False)
    assert (ended.outcome, ended.differences, again.standing) == ("verified", (), Standing.IDLE)
    it_was_ordered_once_at_that_price(sabine, case, bought)
    assert sabine.broken() == []


def its_price_is_asked_and_its_worth_known(sabine: Sabine, case: Case) -> Decimal:
    """The supplier's quote, and a plan over all cases that says what a motor more is worth."""
    (listed,) = (quote for quote in sabine.ask_around(case).quotes if quote.supplier == NORDRIVE)
    with sabine.app.open_uow(ROSA.name) as uow:
        keep_together(uow, PlanTogether())
        assert uow.cases.evidence(case.id).reserve is not None
    return listed.unit_price


def a_mandate_is_asked_for_in_the_chat(sabine: Sabine, case: Case) -> Approval:
    """By rules, in the name of who asks; a chat neither approves nor begins it."""
    chat = open_chat(sabine.app, OTTO, models=NO_MODEL)
    talk = chat.begin()
    reply = chat.ask(talk, f"negotiate with NORDRIVE for {case.id}")
    refused = chat.ask(talk, f"approve {reply['proposal']}")
    assert (reply["tool"], reply["code"], refused["code"]) == ("propose_negotiation", "", "not_mine")
    approval = the_approval(sabine, ApprovalId(reply["proposal"]))
    with sabine.app.open_uow(ROSA.name) as uow:
        assert approval.negotiation is not None
        mandate = uow.negotiations.get(approval.negotiation).mandate
    assert (approval.proposed_by, approval.tier, mandate.channel) == (OTTO.name, 3, Channel.API)
    for secret in (mandate.opening, mandate.target, mandate.ceiling, mandate.largest_step):
        assert str(secret) not in json.dumps(reply)
    return approval


def nothing_is_offered_before_a_person_agrees(sabine: Sabine, worker: Worker, mandate: Approval) -> None:
    """Who asked may not agree to it; without a yes no offer leaves."""
    assert worker.execute(mandate.id).state == ExecutionState.WAITING
    worker.deliver()
    assert negotiated(sabine, mandate).rounds == ()
    with pytest.raises(NotAuthorisedError):
        sabine.approve(mandate, OTTO)
    sabine.approve(mandate, ROSA)
    assert worker.execute(mandate.id).state == ExecutionState.EXECUTED


def it_is_bargained_round_by_round(sabine: Sabine, worker: Worker, mandate: Approval) -> Negotiation:
    """Each offer goes out over HTTP, each answer is heard, and it ends by itself; jobs that come twice do nothing."""
    for _ in range(6):
        worker.deliver()
        for _ in range(2):
            perform(Shift(app=sabine.app, worker=worker), JobName.NEGOTIATE, {"negotiation": str(mandate.negotiation)})
    after = negotiated(sabine, mandate)
    assert after.state is NegotiationState.AGREED
    assert {one.state for one in after.rounds} == {RoundState.ANSWERED}
    assert len(after.rounds) == after.mandate.most_rounds
    assert [one.offer for one in after.rounds] == sorted(one.offer for one in after.rounds)
    assert all(one.offer <= after.mandate.ceiling for one in after.rounds)
    assert [entry for entry in sabine.trade.journal if entry.verb == "place_order"] == []
    return after


def the_last_price_is_proposed(
    sabine: Sabine, approval: ApprovalId | None, agreed: Negotiation, told: Told
) -> tuple[Buy, ...]:
    """What waits buys at the price of the last round, advised by whom it should be, on evidence that is named."""
    waiting = the_approval(sabine, approval)
    with sabine.app.open_uow(ROSA.name) as uow:
        proposal = uow.proposals.get(waiting.proposal)
    bought = tuple(action for action in proposal.plan.actions if isinstance(action, Buy))
    (of_nordrive,) = (action for action in bought if action.supplier == NORDRIVE)
    assert (of_nordrive.quote, of_nordrive.unit_price) == (agreed.rounds[-1].quote, agreed.price)
    assert proposal.advice.source is told.source
    assert proposal.advice.evidence
    return bought


def it_was_ordered_once_at_that_price(sabine: Sabine, case: Case, bought: tuple[Buy, ...]) -> None:
    """One purchase order of each supplier, at the terms that were approved."""
    placed = [entry.reference for entry in sabine.trade.journal if entry.verb == "place_order"]
    assert sorted(placed) == sorted(action.reference for action in bought)
    assert sorted(action.supplier for action in bought) == ["BRAZOS", "NORDRIVE"]
    with sabine.app.open_uow(ROSA.name) as uow:
        assert uow.cases.get(case.id).state is CaseState.RESOLVED


def the_approval(sabine: Sabine, approval: ApprovalId | None) -> Approval:
    assert approval is not None
    with sabine.app.open_uow(ROSA.name) as uow:
        return uow.approvals.get(approval)


def negotiated(sabine: Sabine, mandate: Approval) -> Negotiation:
    assert mandate.negotiation is not None
    with sabine.app.open_uow(ROSA.name) as uow:
        return uow.negotiations.get(mandate.negotiation)
