"""Calling the tools for an answer: what may be called, with which arguments, and how often."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from agents.ops_chat.heard import Heard, chosen_freely
from agents.ops_chat.services import ChatServices
from agents.ops_chat.state import Call, Step
from agents.tracing.spans import tool_span
from tools.provenance import Source
from tools.spec import Effect, NextStep, Refusal, Tool, ToolOutput

PLAN_MODE = "this is plan mode: nothing is put before people. Leave it to have that done"


def call_by_rules(services: ChatServices, call: Call, heard: Heard, *, plan: bool) -> Step:
    """A call whose arguments the grammar took from the person's words, or from what the conversation is about."""
    tool = services.tools.tools.get(call["tool"])
    if tool is not None and (refusal := _barred(services, tool, plan=plan)):
        return _step(call, refusal)
    sources = {name: heard.source_of(value) or Source.CORE for name, value in call["arguments"].items()}
    return _called(services, call, sources)


def call_by_model(services: ChatServices, call: Call, heard: Heard, *, plan: bool, before: list[Step]) -> Step:
    """A call a model wants; refused before the tool is called where nobody said its arguments, where it was made
    before, and where something was proposed already."""
    tool = services.tools.tools.get(call["tool"])
    if tool is None:
        return _called(services, call, {})
    if refusal := _barred(services, tool, plan=plan) or _once(tool, call, before):
        return _step(call, refusal)
    try:
        arguments = tool.takes.model_validate(call["arguments"])
    except ValidationError:
        return _called(services, call, {})
    sources = dict[str, Source]()
    for name, value in _given(arguments).items():
        free = chosen_freely(name, value, tool.takes.model_fields[name].default)
        source = Source.CORE if free else heard.source_of(value)
        if source is None:
            return _step(call, _tainted(name, heard.unheard(value)))
        sources[name] = source
    return _called(services, call, sources)


def _given(arguments: BaseModel) -> dict[str, Any]:
    return {name: value for name, value in arguments if value is not None}


def _barred(services: ChatServices, tool: Tool, *, plan: bool) -> Refusal | None:
    if tool.effect is not Effect.PROPOSE:
        return None
    if plan:
        return Refusal(code="plan_mode", message=PLAN_MODE, next=NextStep.FAILED)
    if services.barred:
        return Refusal(code="not_authorised", message=services.barred, next=NextStep.NEEDS_APPROVAL)
    return None


def _once(tool: Tool, call: Call, before: list[Step]) -> Refusal | None:
    if any(step["call"]["tool"] == call["tool"] and step["call"]["arguments"] == call["arguments"] for step in before):
        return Refusal(
            code="repeated", message="that was called already, with the same arguments", next=NextStep.FAILED
        )
    return None


def _tainted(name: str, value: str) -> Refusal:
    message = (
        f"{name} has {value[:80]!r}, which nobody said: accepted is what the person typed or a tool gave in this"
        " conversation. Look it up, or ask the person"
    )
    return Refusal(code="tainted_argument", message=message, next=NextStep.FIXABLE, field=name)


def refused(call: Call, code: str, message: str) -> Step:
    """A call that is not made."""
    return _step(call, Refusal(code=code, message=message, next=NextStep.FAILED))


def _called(services: ChatServices, call: Call, sources: Mapping[str, Source]) -> Step:
    with tool_span(call["tool"][:80]):
        return _step(call, services.tools.call(call["tool"], call["arguments"], sources=sources))


def _step(call: Call, output: ToolOutput) -> Step:
    code = output.code if isinstance(output, Refusal) else ""
    return Step(call=call, output=output.model_dump(mode="json"), code=code)


def output_of(services: ChatServices, step: Step) -> ToolOutput:
    """What a step gave, as the tool gave it."""
    tool = services.tools.tools.get(step["call"]["tool"])
    if step["code"] or tool is None:
        return Refusal.model_validate(step["output"])
    return tool.gives.model_validate(step["output"])


def proposal_of(services: ChatServices, step: Step) -> str:
    """The id of what a step put before people; empty where it put nothing there."""
    tool = services.tools.tools.get(step["call"]["tool"])
    if step["code"] or tool is None or tool.effect is not Effect.PROPOSE:
        return ""
    ids = (step["output"].get(name) for name in ("approval", "draft", "signal"))
    return next((str(one) for one in ids if one), "")
