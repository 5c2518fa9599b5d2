"""The shapes other tools read, as they are described; and a letter that waits."""

from typing import Any, Literal, NotRequired

from pydantic import ConfigDict, TypeAdapter, with_config
from typing_extensions import TypedDict

from agents.hitl.request import ApprovalRequest, request_of
from core.domain.ids import CaseId, ProposalId
from core.domain.inquiries import LetterProposal, letter_hash, letter_text
from tests.tools.letters import a_letter
from tests.tools.samples import NOW, TODAY

Said = Literal["approve", "edit", "reject", "respond"]
_EXACTLY = ConfigDict(extra="forbid")


@with_config(_EXACTLY)
class ActionRequest(TypedDict):
    name: str
    args: dict[str, Any]
    description: NotRequired[str]


@with_config(_EXACTLY)
class ReviewConfig(TypedDict):
    action_name: str
    allowed_decisions: list[Said]
    args_schema: NotRequired[dict[str, Any]]


@with_config(_EXACTLY)
class HITLRequest(TypedDict):
    action_requests: list[ActionRequest]
    review_configs: list[ReviewConfig]


@with_config(_EXACTLY)
class ToolApprovalRequest(TypedDict):
    type: Literal["tool_approval"]
    tool_call_id: str
    name: str
    args: dict[str, Any]
    description: str


@with_config(_EXACTLY)
class InboxRequest(TypedDict):
    name: str
    args: dict[str, Any]
    arguments: dict[str, Any]
    description: str


@with_config(_EXACTLY)
class AgentInbox(TypedDict):
    action_requests: list[InboxRequest]
    review_configs: list[ReviewConfig]


@with_config(_EXACTLY)
class InboxAction(TypedDict):
    action: str
    args: dict[str, Any]


@with_config(_EXACTLY)
class InboxConfig(TypedDict):
    allow_ignore: bool
    allow_respond: bool
    allow_edit: bool
    allow_accept: bool


@with_config(_EXACTLY)
class HumanInterrupt(TypedDict):
    action_request: InboxAction
    config: InboxConfig
    description: str


HITL_REQUEST = TypeAdapter(HITLRequest)
TOOL_APPROVAL = TypeAdapter(ToolApprovalRequest)
AGENT_INBOX = TypeAdapter(AgentInbox)
HUMAN_INTERRUPT = TypeAdapter(HumanInterrupt)


def letter_request() -> ApprovalRequest:
    """A letter to a supplier, which may be approved, rejected and asked about."""
    inquiry, approval = a_letter(CaseId("CASE-9"), "GULF", 25, TODAY)
    proposed = LetterProposal(
        id=ProposalId("PR-INQ-7-1"),
        case=inquiry.case,
        inquiry=inquiry.id,
        text=letter_text(inquiry.letter),
        letter_hash=letter_hash(inquiry.letter),
        tier=3,
        proposed_by=approval.proposed_by,
        created_at=NOW,
    )
    return request_of(approval, proposed)
