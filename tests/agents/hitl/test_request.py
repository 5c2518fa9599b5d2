"""The canonical request: exactly what is decided on, bound by its hash."""

from dataclasses import replace

import pytest

from agents.hitl.answers import from_tool_approval
from agents.hitl.request import request_of
from core.domain.errors import InvalidValueError, InvariantBrokenError
from core.domain.ids import CaseId, ProposalId
from core.domain.negotiating.mandates import MandateProposal, mandate_hash, mandate_text
from core.domain.plans import Transfer
from tests.agents.hitl.shapes import letter_request
from tests.core.services.test_crafting import planned, with_action
from tests.desk import Desk
from tests.tools.mandates import a_mandate
from tests.tools.samples import NOW

__all__ = ["planned"]


def test_a_request_says_what_would_be_done_and_who_may_say_yes(planned: Desk) -> None:
    approval = planned.propose(with_action(planned, Transfer))
    with planned.open() as uow:
        proposal = uow.proposals.get(approval.proposal)

    request = request_of(approval, proposal)

    assert request.args["approval_id"] == approval.id
    assert request.args["plan_hash"] == request.action_hash == approval.plan_hash
    assert all(f"* {action.sentence}" in request.description for action in proposal.plan.actions)
    assert f"not {approval.proposed_by}; {approval.rule}." in request.description
    assert [one.fact for one in request.preconditions] == [one.fact for one in proposal.plan.preconditions]
    assert request.allowed == ("approve", "edit", "reject", "respond")


def test_nobody_is_asked_about_a_plan_that_is_not_the_one_hashed(planned: Desk) -> None:
    approval = planned.propose(with_action(planned, Transfer))
    with planned.open() as uow:
        proposal = uow.proposals.get(approval.proposal)

    with pytest.raises(InvariantBrokenError, match="has another hash than the approval"):
        request_of(replace(approval, plan_hash="0" * 64), proposal)


def test_letters_and_mandates_are_decided_on_as_they_are() -> None:
    negotiation, approval = a_mandate(CaseId("CASE-9"), "GULF")
    proposed = MandateProposal(
        id=ProposalId("PR-NEG-7"),
        case=negotiation.mandate.case,
        negotiation=negotiation.id,
        text=mandate_text(negotiation.mandate),
        mandate_hash=mandate_hash(negotiation.mandate),
        tier=3,
        proposed_by=approval.proposed_by,
        created_at=NOW,
    )
    mandate, letter = request_of(approval, proposed), letter_request()

    assert (mandate.action, letter.action) == ("open_negotiation", "send_supplier_letter")
    assert (mandate.args["mandate"]["ceiling"], letter.args["letter"]["supplier"]) == ("18.47", "GULF")
    for request in (mandate, letter):
        edit = {"type": "edit", "edited_action": {"name": request.action, "args": request.args}}
        with pytest.raises(InvalidValueError, match="'edit' is not taken"):
            from_tool_approval(edit, [request])
