"""The other side: LangGraph's own prebuilt ReAct loop, unmodified, over the same tools with the same prompt.

The only module outside agents that knows langgraph, so that what we compare with is what others would use.
"""

import json
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.tools import BaseTool, StructuredTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from langgraph.prebuilt import create_react_agent

from agents.prompts import prompt
from core.bootstrap.application import Application
from core.domain.ids import CaseId
from evals.bench.agent_said import Transcript, chosen, words_on
from tools.core_access import ToolCore
from tools.provenance import Source
from tools.registry import TOOLS, toolset
from tools.service_core import ServiceCore
from tools.spec import Tool

TOOLS_OF_THE_DESK = (
    "list_cases", "show_case", "find_stock_elsewhere", "request_supplier_quotes", "request_expedite_quotes",
    "plan_options", "list_options", "show_option", "propose_option",
)  # fmt: skip
"""What the desk's own steps do, and no more: offering every tool would only make the baseline dearer."""

Step = Callable[[ToolCore, CaseId], tuple[str, dict[str, Any]]]


def _case(name: str) -> Step:
    return lambda _, case: (name, {"case": case})


def _best(core: ToolCore, case: CaseId) -> tuple[str, dict[str, Any]]:
    return "show_option", {"option": chosen(core, case).id}


def _propose(core: ToolCore, case: CaseId) -> tuple[str, dict[str, Any]]:
    return "propose_option", {"case": case, "option": chosen(core, case).id}


SHORTEST: tuple[Step, ...] = (
    _case("request_supplier_quotes"), _case("request_expedite_quotes"), _case("plan_options"), _propose,
)  # fmt: skip
"""The fewest steps that lead to the same plan."""
STEP_BY_STEP: tuple[Step, ...] = (
    _case("show_case"), _case("find_stock_elsewhere"), _case("request_supplier_quotes"),
    _case("request_expedite_quotes"), _case("plan_options"), _best, _propose,
)  # fmt: skip
"""What an agent does that looks before it acts."""


class SteppingModel(BaseChatModel):
    """Takes its steps in order, one call each, then says why; keeps what it was sent, tools and all, at every call."""

    core: Any
    steps: Any
    transcript: Any
    offered: Any = ()

    @property
    def _llm_type(self) -> str:
        return "stepping"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> "SteppingModel":
        """The same model, told of the tools."""
        return self.model_copy(update={"offered": [convert_to_openai_tool(one) for one in tools]})

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        sent = {"messages": convert_to_openai_messages(messages), "tools": list(self.offered)}
        done = sum(isinstance(message, AIMessage) for message in messages)
        case = self.transcript.case
        if done < len(self.steps):
            name, arguments = self.steps[done](self.core, case)
            said = AIMessage(content="", tool_calls=[{"name": name, "args": arguments, "id": f"call-{done}"}])
            self.transcript.add(sent, {"name": name, "arguments": arguments})
        else:
            said = AIMessage(content=words_on(chosen(self.core, case)))
            self.transcript.add(sent, said.content)
        return ChatResult(generations=[ChatGeneration(message=said)])


def propose_by_react(app: Application, case: CaseId, steps: Sequence[Step]) -> Transcript:
    """Let the loop take the case to its proposal."""
    core = ServiceCore(open_uow=app.open_agent_uow, suppliers=app.suppliers)
    transcript = Transcript(case=case)
    model = SteppingModel(core=core, steps=tuple(steps), transcript=transcript)
    tools = [_wrapped(tool, core) for tool in TOOLS if tool.name in TOOLS_OF_THE_DESK]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=DeprecationWarning)  # the loop is still what people use
        loop = create_react_agent(model, tools, prompt=prompt("advise"))
    loop.invoke({"messages": [("user", f"Work out the best way out of {case} and propose it.")]})
    return transcript


def _wrapped(tool: Tool, core: ToolCore) -> BaseTool:
    """The tool as the loop takes it, with the answer ours gives."""
    ours = toolset(core)

    def call(**arguments: Any) -> str:
        said = {name: value for name, value in arguments.items() if value is not None}
        answer = ours.call(tool.name, said, sources=dict.fromkeys(said, Source.CORE))
        return json.dumps(answer.model_dump(mode="json"), ensure_ascii=False)

    return StructuredTool.from_function(func=call, name=tool.name, description=tool.doc, args_schema=tool.takes)
