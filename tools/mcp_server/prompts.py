"""Prompts that people can start from, as files in the folder beside this one."""

from importlib.resources import files
from typing import Any

from mcp.server.mcpserver import MCPServer

_FOLDER = files("tools.mcp_server") / "prompts"


def add_prompts(server: MCPServer[Any]) -> None:
    """Offer them."""

    def triage_inbox() -> str:
        return _text("triage_inbox")

    def explain_late_order(order: str) -> str:
        return _text("explain_late_order", order=order)

    def compare_ways_out(case: str) -> str:
        return _text("compare_ways_out", case=case)

    def draft_customer_update(order: str) -> str:
        return _text("draft_customer_update", order=order)

    for function, what in (
        (triage_inbox, "Look through the open cases and say which need a person first, and why."),
        (explain_late_order, "Say why an order is late or at risk, and what it waits for."),
        (compare_ways_out, "Put the ways out of a case side by side."),
        (draft_customer_update, "Draft what a customer could be told about an order; nothing is sent."),
    ):
        server.prompt(title=function.__name__.replace("_", " ").capitalize(), description=what)(function)


def _text(name: str, **given: str) -> str:
    """The prompt with what was given in its places; a place is written `{{name}}`."""
    text = (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
    for place, value in given.items():
        text = text.replace("{{" + place + "}}", value)
    return text
