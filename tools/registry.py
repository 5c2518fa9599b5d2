"""Every tool there is, and the set of them that works on one core."""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.cases import LIST_CASES, SHOW_CASE
from tools.core_access import ToolCore
from tools.evidence import FIND_STOCK_ELSEWHERE, REQUEST_EXPEDITE_QUOTES, REQUEST_SUPPLIER_QUOTES
from tools.impact import SHOW_SUPPLY_IMPACT
from tools.options import LIST_OPTIONS, PLAN_OPTIONS, PROPOSE_OPTION, SHOW_OPTION
from tools.spec import NextStep, Refusal, Tool, ToolOutput
from tools.what_if import SIMULATE_SCENARIO

TOOLS: tuple[Tool, ...] = (
    LIST_CASES,
    SHOW_CASE,
    SHOW_SUPPLY_IMPACT,
    FIND_STOCK_ELSEWHERE,
    REQUEST_SUPPLIER_QUOTES,
    REQUEST_EXPEDITE_QUOTES,
    PLAN_OPTIONS,
    LIST_OPTIONS,
    SHOW_OPTION,
    SIMULATE_SCENARIO,
    PROPOSE_OPTION,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolset:
    """Tools by name, bound to a core."""

    tools: Mapping[str, Tool]
    core: ToolCore

    def call(self, name: str, arguments: Mapping[str, object]) -> ToolOutput:
        """What the tool gives, or a Refusal; a name that is no tool is a Refusal as well."""
        tool = self.tools.get(name)
        if tool is None:
            message = f"there is no tool {name[:80]!r}; accepted are {sorted(self.tools)}"
            return Refusal(code="unknown_tool", message=message, next=NextStep.FIXABLE, field="name")
        return tool.run(self.core, arguments)


def toolset(core: ToolCore) -> Toolset:
    """Every tool, on this core."""
    return Toolset(tools={tool.name: tool for tool in TOOLS}, core=core)
