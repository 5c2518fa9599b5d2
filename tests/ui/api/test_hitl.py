"""What another inbox's people answer, given to the API under their own session: it decides, the adapters do not."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from agents.hitl.answers import Decide, from_agent_inbox, from_langchain
from agents.hitl.request import ApprovalRequest, request_of
from core.domain.ids import UserName
from tests.ui.conftest import sign_in
from tests.ui.world import World


@pytest.fixture
def waiting(world: World) -> ApprovalRequest:
    """The plan that waits in the world."""
    with world.open_uow(UserName("test")) as uow:
        approval = uow.approvals.get(world.approval)
        return request_of(approval, uow.proposals.get(approval.proposal), options=uow.cases.options(world.case))


def given(client: TestClient, answer: object) -> Any:
    assert isinstance(answer, Decide)
    return client.post(
        f"/v1/approvals/{answer.approval}/decision", json=answer.body, headers={"Idempotency-Key": "inbox-1"}
    )


def test_a_yes_in_another_inbox_counts_for_the_person_signed_in(mary: TestClient, waiting: ApprovalRequest) -> None:
    (answer,) = from_agent_inbox([{"type": "accept", "args": None}], [waiting])

    decided = given(mary, answer)

    assert (decided.status_code, decided.json()["state"]) == (200, "approved")
    assert decided.json()["approvals_given"] == 1


def test_it_counts_for_nobody_who_may_not_decide(stranger: TestClient, waiting: ApprovalRequest) -> None:
    (answer,) = from_langchain({waiting.key: {"decisions": [{"type": "approve"}]}}, [waiting])

    refused = given(sign_in(stranger, "vic"), answer)

    assert (given(stranger, answer).status_code, refused.status_code) == (401, 403)


def test_a_no_without_a_reason_is_refused_there(mary: TestClient, waiting: ApprovalRequest) -> None:
    (answer,) = from_langchain({"decisions": [{"type": "reject"}]}, [waiting])

    assert given(mary, answer).status_code == 422
