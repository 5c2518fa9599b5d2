"""The first journey driven by the desk, with a model and without one: proposed, asked about, edited, decided, proved.

docs/journeys/disruption.md tells the same story with the commands.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from agents.llm.scripted import ScriptedModel
from agents.worker.answering import answer_question
from agents.worker.checkpoints import prepare_checkpoints
from agents.worker.models import NO_MODEL, ModelSettings
from agents.worker.opening import open_worker
from agents.worker.worker import Standing
from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.crafting import EditOption
from core.domain.errors import NotAuthorisedError
from core.domain.ids import CaseId, UserName
from core.domain.plans import Buy
from core.domain.proposals import AdviceSource
from core.domain.users import Role, User
from core.services.accounts import AgreeToPerson, add_user, agree_to_person, waiting
from core.services.editing import Forwarded, PutForward, put_forward
from core.services.questions import answers_of
from core.services.waiting import WaitingPlan, board
from tests.journeys.test_disruption import ROSA, Sabine, late_motors, sabine

__all__ = ["sabine"]

OTTO = User(name=UserName("otto"), role=Role.OPERATIONS_MANAGER, limit=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Which model the desk has, and who then speaks."""

    models: ModelSettings
    source: AdviceSource


def scripted(case: CaseId) -> Told:
    """A model that recommends the second option, and answers a question."""
    advice = {
        "option_id": f"{case}-1B",
        "evidence_ids": ["E1"],
        "risks": ["The supplier may be late."],
        "explanation": "Option B keeps the promises with motors from a supplier that has them.",
        "question": None,
    }
    reply = {"text": "Nordrive can deliver, yet it is not what is proposed.", "can_answer": True}
    model = ScriptedModel([json.dumps(advice), json.dumps(reply)])
    return Told(models=ModelSettings(model=model), source=AdviceSource.MODEL)


def no_model(case: CaseId) -> Told:
    return Told(models=NO_MODEL, source=AdviceSource.RULES)


def let_in_otto(sabine: Sabine) -> None:
    """A second person who may decide: Rosa agrees to it."""
    with sabine.app.open_uow(UserName("admin")) as uow:
        add_user(uow, OTTO, token="token of otto")
    with sabine.app.open_uow(ROSA.name) as uow:
        request = waiting(uow, OTTO.name)
        assert request is not None
        agree_to_person(
            uow,
            AgreeToPerson(key="otto", name=OTTO.name, digest=request.digest, agree=True, comment="he plans with me"),
        )


@pytest.mark.parametrize("told_by", [no_model, scripted])
def test_the_desk_takes_the_motors_from_the_scan_to_the_proof(
    sabine: Sabine, told_by: Callable[[CaseId], Told]
) -> None:
    prepare_checkpoints(sabine.app.urls)
    let_in_otto(sabine)
    case = late_motors(sabine.scan()).id
    told = told_by(case)
    with open_worker(sabine.app, models=told.models) as worker:
        # The desk asks suppliers and the books, compares, proposes, and waits.
        came = worker.advance(case)
        plan = proposed(sabine, told)
        assert (came.standing, came.approval) == (Standing.WAITING, plan.approval.id)

        # A question is answered in place; what waits waits on.
        asked(sabine, plan, told)
        assert worker.advance(case, begin=False).approval == plan.approval.id

        # Rosa wants two motors more of the first purchase: a new plan, for somebody else to approve.
        done = edited(sabine, plan)
        again = worker.advance(case, begin=False)
        assert (again.standing, again.approval) == (Standing.WAITING, done.approval.id)
        with pytest.raises(NotAuthorisedError):
            sabine.approve(done.approval, ROSA)
        sabine.approve(done.approval, OTTO)

        # What was approved happens, and the books are what the edited plan said they would be.
        ended = worker.advance(case, begin=False)
    assert (ended.standing, ended.outcome, ended.differences) == (Standing.CLOSED, "verified", ())
    with sabine.app.open_uow(ROSA.name) as uow:
        assert uow.cases.get(case).state in {CaseState.RESOLVED, CaseState.ACCEPTED}
        assert uow.approvals.get(plan.approval.id).state is ApprovalState.SUPERSEDED
    bought = {action.reference for action in done.after.actions if isinstance(action, Buy)}
    assert {entry.reference for entry in sabine.trade.journal} == bought
    assert sabine.broken() == []


def proposed(sabine: Sabine, told: Told) -> WaitingPlan:
    """What waits, advised by whom it should be, on evidence that is named."""
    with sabine.app.open_uow(ROSA.name) as uow:
        (plan,) = board(uow).plans
        advice = uow.proposals.get(plan.approval.proposal).advice
    assert (advice.source, advice.option) == (told.source, plan.option.id)
    assert advice.evidence
    return plan


def asked(sabine: Sabine, plan: WaitingPlan, told: Told) -> None:
    """A question with its answer, kept with the case."""
    case = plan.case.id
    kept = answer_question(sabine.app, case, "why not Nordrive?", by=ROSA.name, models=told.models)
    assert (kept.answer.read, kept.answer.source) == (True, told.source)
    with sabine.app.open_uow(ROSA.name) as uow:
        assert answers_of(uow, case) == (kept,)
        assert uow.approvals.get(plan.approval.id).state is ApprovalState.PENDING


def edited(sabine: Sabine, plan: WaitingPlan) -> Forwarded:
    """Two units more of the first purchase, put forward by Rosa instead of what waits."""
    (first, *_) = (action for action in plan.option.actions if isinstance(action, Buy))
    edit = EditOption(option=plan.option.id, part=1, quantity=first.quantity + 2)
    seen = plan.approval
    wanted = PutForward(case=plan.case.id, changes=edit, instead_of=seen.id, plan_hash=seen.plan_hash, reason="a spare")
    with sabine.app.open_uow(ROSA.name) as uow:
        return put_forward(uow, wanted, ROSA)
