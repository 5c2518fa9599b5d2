"""Answers from other tools: by id and hash, edits only of what was shown, and nothing decided on the way."""

import json
from typing import Any

import pytest

from agents.hitl.answers import (
    IGNORED,
    MOST_ACTIONS,
    AskAbout,
    Decide,
    PutInstead,
    from_agent_inbox,
    from_langchain,
    from_tool_approval,
)
from agents.hitl.request import ApprovalRequest, request_of
from agents.hitl.shown import to_agent_inbox, to_interrupt, to_langchain, to_tool_approval
from core.domain.approval import Approval, ApprovalState, DecisionKind
from core.domain.crafting import TheseActions
from core.domain.errors import (
    AlreadyDecidedError,
    HashMismatchError,
    InvalidValueError,
    NotAuthorisedError,
    NotFoundError,
)
from core.domain.plans import Transfer
from core.services.approvals import DecideCommand, decide
from core.services.editing import PutForward, put_forward
from tests.agents.hitl.shapes import AGENT_INBOX, HITL_REQUEST, HUMAN_INTERRUPT, TOOL_APPROVAL, letter_request
from tests.builders import MARIA, OMAR
from tests.core.services.test_crafting import ONE, options, planned, with_action
from tests.desk import Desk

__all__ = ["planned"]


def waiting(desk: Desk) -> tuple[Approval, ApprovalRequest]:
    approval = desk.propose(with_action(desk, Transfer))
    with desk.open() as uow:
        return approval, request_of(approval, uow.proposals.get(approval.proposal), options=options(desk))


def edited(request: ApprovalRequest, **changes: Any) -> dict[str, Any]:
    first, *others = request.args["actions"]
    return {
        "type": "edit",
        "edited_action": {
            "name": request.action,
            "args": {**request.args, "actions": [{**first, **changes}, *others]},
        },
    }


def test_what_waits_has_the_shapes_the_other_tools_read(planned: Desk) -> None:
    approval, request = waiting(planned)

    assert HITL_REQUEST.validate_python(to_langchain([request, request]))
    assert TOOL_APPROVAL.validate_python(to_tool_approval(request))["tool_call_id"] == request.key
    assert AGENT_INBOX.validate_python(to_agent_inbox(request))
    assert HUMAN_INTERRUPT.validate_python(to_interrupt(request))
    assert json.loads(json.dumps(to_langchain([request]))) == to_langchain([request])
    shown = to_agent_inbox(request)["action_requests"][0]
    assert shown["args"] == shown["arguments"] == request.args
    assert request.key == f"{approval.id}:{approval.plan_hash}"
    assert {one.option for one in request.alternatives} == {one.id for one in options(planned)} - {
        with_action(planned, Transfer).id
    }


def test_a_yes_is_a_command_that_the_person_signed_in_gives(planned: Desk) -> None:
    approval, request = waiting(planned)

    (answer,) = from_langchain({"decisions": [{"type": "approve"}]}, [request])

    assert answer == Decide(approval=approval.id, plan_hash=approval.plan_hash, decision="approve")
    assert isinstance(answer, Decide)
    with planned.open() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.PENDING
    kind = DecisionKind(answer.decision)
    with planned.open(MARIA.name) as uow:
        said = DecideCommand(
            approval=answer.approval, plan_hash=answer.plan_hash, kind=kind, comment=answer.comment, channel="api"
        )
        assert decide(uow, said, MARIA).state is ApprovalState.APPROVED


def test_an_edit_is_a_new_plan_of_the_editor_priced_by_the_core(planned: Desk) -> None:
    approval, request = waiting(planned)
    first = request.args["actions"][0]

    given = {request.key: {"decisions": [edited(request, quantity=10, cost="0.01")]}}
    (answer,) = from_langchain(given, [request])

    assert isinstance(answer, PutInstead)
    with planned.open(MARIA.name) as uow:
        command = PutForward(
            case=answer.case,
            changes=TheseActions(actions=answer.actions),
            instead_of=answer.approval,
            plan_hash=answer.plan_hash,
        )
        done = put_forward(uow, command, MARIA)
    moved = next(one for one in done.after.actions if isinstance(one, Transfer))
    assert (moved.quantity, first["quantity"] > 10, str(moved.cost) != "0.01") == (10, True, True)
    assert done.approval.proposed_by == MARIA.name
    with pytest.raises(NotAuthorisedError, match="proposed this plan and may not approve it"):
        planned.decide(done.approval, MARIA)
    with pytest.raises(AlreadyDecidedError, match="is superseded"):
        planned.decide(approval, OMAR)


def test_rejecting_asking_and_the_inbox_s_own_words(planned: Desk) -> None:
    approval, request = waiting(planned)
    asked = AskAbout(approval=approval.id, case=ONE, plan_hash=approval.plan_hash, question="Why Reno?")
    no = Decide(approval=approval.id, plan_hash=approval.plan_hash, decision="reject", comment="too dear")
    aside = Decide(approval=approval.id, plan_hash=approval.plan_hash, decision="reject", comment=IGNORED)
    yes = Decide(approval=approval.id, plan_hash=approval.plan_hash, decision="approve")

    assert from_tool_approval({request.key: {"type": "reject", "message": " too dear "}}, [request]) == (no,)
    assert from_tool_approval({"type": "respond", "message": "Why Reno?"}, [request]) == (asked,)
    assert from_agent_inbox([{"type": "accept", "args": None}], [request]) == (yes,)
    assert from_agent_inbox([{"type": "ignore", "args": None}], [request]) == (aside,)
    assert from_agent_inbox({request.key: [{"type": "response", "args": "Why Reno?"}]}, [request]) == (asked,)


def test_the_inbox_s_texts_become_values_again(planned: Desk) -> None:
    _, request = waiting(planned)
    plain = edited(request, quantity=10)
    args = {name: v if isinstance(v, str) else json.dumps(v) for name, v in plain["edited_action"]["args"].items()}

    given = [{"type": "edit", "args": {"action": request.action, "args": args}}]

    assert from_agent_inbox(given, [request]) == from_tool_approval(plain, [request])


def test_an_answer_by_position_is_refused_where_more_than_one_waits(planned: Desk) -> None:
    _, request = waiting(planned)
    both = [request, letter_request()]
    approve = {"decisions": [{"type": "approve"}, {"type": "approve"}]}

    for read, given in (
        (from_langchain, approve),
        (from_tool_approval, {"type": "approve"}),
        (from_agent_inbox, [{"type": "accept"}]),
    ):
        with pytest.raises(InvalidValueError, match="2 requests wait and the answer names none"):
            read(given, both)
        with pytest.raises(InvalidValueError, match="0 requests wait"):
            read(given, [])
    with pytest.raises(InvalidValueError, match="one request takes one decision, got 2"):
        from_langchain(approve, [request])


def test_each_is_answered_under_its_own_key(planned: Desk) -> None:
    approval, request = waiting(planned)
    letter = letter_request()

    found = from_langchain(
        {
            letter.key: {"decisions": [{"type": "reject", "message": "not them"}]},
            request.key: {"decisions": [{"type": "approve"}]},
        },
        [request, letter],
    )

    assert [(one.approval, one.plan_hash) for one in found] == [
        (letter.approval_id, letter.action_hash),
        (approval.id, approval.plan_hash),
    ]


def test_what_was_shown_before_and_what_never_waited_is_not_answered(planned: Desk) -> None:
    approval, request = waiting(planned)

    with pytest.raises(HashMismatchError, match="is not what waits now"):
        from_langchain({f"{approval.id}:{'0' * 64}": {"decisions": [{"type": "approve"}]}}, [request])
    with pytest.raises(NotFoundError, match="no request 'AP-999:x' waits here"):
        from_langchain({"AP-999:x": {"decisions": [{"type": "approve"}]}}, [request])


def test_another_tool_or_another_approval_cannot_be_edited_in(planned: Desk) -> None:
    _, request = waiting(planned)
    other, elsewhere, many, none = (edited(request) for _ in range(4))
    other["edited_action"]["name"] = "send_supplier_letter"
    elsewhere["edited_action"]["args"]["case_id"] = "CASE-2"
    many["edited_action"]["args"]["actions"] *= MOST_ACTIONS + 1
    none["edited_action"]["args"]["actions"] = []

    for given, message in (
        (other, "'send_supplier_letter' was not asked for; an edit of"),
        (elsewhere, "case_id cannot be edited; it is 'CASE-1'"),
        (many, "actions is a list of 1 to 50"),
        (none, "actions is a list of 1 to 50"),
        (edited(request, quantity="ten"), "quantity 'ten' is not a whole number"),
        (edited(request, cost="1E+1000000"), "is not an amount"),
        (edited(request, kind="delete_all"), "action kind 'delete_all' is not one of"),
        (edited(request, extra=1), "takes exactly"),
    ):
        with pytest.raises(InvalidValueError, match=message):
            from_tool_approval(given, [request])


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        {},
        7,
        "approve",
        {"decisions": "approve"},
        {"decisions": []},
        {"decisions": [{"type": "sudo"}]},
        {"decisions": [{"type": "approve", "actor": "omar"}]},
        {"decisions": [{"type": "respond"}]},
    ],
)
def test_what_is_no_answer_is_refused(planned: Desk, given: object) -> None:
    _, request = waiting(planned)

    with pytest.raises(InvalidValueError):
        from_langchain(given, [request])


@pytest.mark.parametrize(
    "args",
    ["[" * 50_000, '{"quantity": 1, "quantity": 2}', "nought", "9" * 100_001],
    ids=["deep", "twice", "word", "long"],
)
def test_an_inbox_argument_that_cannot_be_read_is_refused(planned: Desk, args: str) -> None:
    _, request = waiting(planned)
    given = [{"type": "edit", "args": {"action": request.action, "args": {**request.args, "actions": args}}}]

    with pytest.raises(InvalidValueError):
        from_agent_inbox(given, [request])
