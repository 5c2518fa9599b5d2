"""Requests in the forms of others: LangChain's batched request, one request for each call, and Agent Inbox's."""

from collections.abc import Sequence
from typing import Any

from agents.hitl.request import ApprovalRequest


def to_langchain(requests: Sequence[ApprovalRequest]) -> dict[str, Any]:
    """LangChain's HITLRequest: all at once, in this order. Answers come back under the key of each (answers.py)."""
    return {
        "action_requests": [{"name": one.action, "args": one.args, "description": one.description} for one in requests],
        "review_configs": [
            {"action_name": one.action, "allowed_decisions": list(one.allowed)} for one in _first_of_each(requests)
        ],
    }


def to_tool_approval(request: ApprovalRequest) -> dict[str, Any]:
    """LangChain's request for one call; its id is the key that an answer names."""
    return {
        "type": "tool_approval",
        "tool_call_id": request.key,
        "name": request.action,
        "args": request.args,
        "description": request.description,
    }


def to_agent_inbox(request: ApprovalRequest) -> dict[str, Any]:
    """The same for Agent Inbox, which shows one request a thread and looks for `arguments` where LangChain says
    `args`."""
    both = {"name": request.action, "args": request.args, "arguments": request.args}
    return {
        "action_requests": [{**both, "description": request.description}],
        "review_configs": [{"action_name": request.action, "allowed_decisions": list(request.allowed)}],
    }


def to_interrupt(request: ApprovalRequest) -> dict[str, Any]:
    """Agent Inbox's older form, which the inbox still takes."""
    return {
        "action_request": {"action": request.action, "args": request.args},
        "config": {
            "allow_accept": "approve" in request.allowed,
            "allow_edit": "edit" in request.allowed,
            "allow_ignore": "reject" in request.allowed,
            "allow_respond": "respond" in request.allowed,
        },
        "description": request.description,
    }


def _first_of_each(requests: Sequence[ApprovalRequest]) -> list[ApprovalRequest]:
    found: dict[str, ApprovalRequest] = {}
    for one in requests:
        found.setdefault(one.action, one)
    return list(found.values())
