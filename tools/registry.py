"""Every tool there is, and the set of them that works on one core."""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.business import LIST_PROPOSALS, LIST_TASKS, SHOW_KPIS, SHOW_PROPOSAL, SHOW_SCAN
from tools.cases import LIST_CASES, SHOW_CASE
from tools.changing import (
    PROPOSE_EXPEDITE,
    PROPOSE_NEW_DATE,
    PROPOSE_ORDER_CHANGE,
    PROPOSE_PURCHASE,
    PROPOSE_TRANSFER,
)
from tools.configuring import CONFIGURE_ITEM
from tools.core_access import ToolCore
from tools.drafting import DRAFT_ORDER
from tools.evidence import FIND_STOCK_ELSEWHERE, REQUEST_EXPEDITE_QUOTES, REQUEST_SUPPLIER_QUOTES
from tools.goods import LIST_SUPPLY, SHOW_AVAILABILITY, SHOW_ITEM, SHOW_STOCK
from tools.impact import SHOW_SUPPLY_IMPACT
from tools.inquiring import PROPOSE_SUPPLIER_LETTER
from tools.negotiating import PROPOSE_NEGOTIATION
from tools.options import LIST_OPTIONS, PLAN_OPTIONS, SHOW_OPTION
from tools.orders import EXPLAIN_ORDER_LINE, LIST_ORDERS, PROMISE_DATE, SHOW_ORDER
from tools.parties import SHOW_CUSTOMER, SHOW_SUPPLIER
from tools.proposing import PROPOSE_OPTION
from tools.provenance import Source
from tools.scorecards import LIST_SUPPLIERS
from tools.spec import NextStep, Refusal, Tool, ToolOutput
from tools.what_if import SIMULATE_SCENARIO

TOOLS: tuple[Tool, ...] = (
    LIST_CASES,
    SHOW_CASE,
    LIST_OPTIONS,
    SHOW_OPTION,
    PLAN_OPTIONS,
    FIND_STOCK_ELSEWHERE,
    REQUEST_SUPPLIER_QUOTES,
    REQUEST_EXPEDITE_QUOTES,
    SHOW_SUPPLY_IMPACT,
    SIMULATE_SCENARIO,
    LIST_ORDERS,
    SHOW_ORDER,
    EXPLAIN_ORDER_LINE,
    PROMISE_DATE,
    SHOW_CUSTOMER,
    SHOW_ITEM,
    CONFIGURE_ITEM,
    SHOW_STOCK,
    SHOW_AVAILABILITY,
    LIST_SUPPLY,
    SHOW_SUPPLIER,
    LIST_SUPPLIERS,
    SHOW_KPIS,
    LIST_PROPOSALS,
    SHOW_PROPOSAL,
    LIST_TASKS,
    SHOW_SCAN,
    PROPOSE_OPTION,
    PROPOSE_TRANSFER,
    PROPOSE_NEW_DATE,
    PROPOSE_ORDER_CHANGE,
    PROPOSE_EXPEDITE,
    PROPOSE_PURCHASE,
    PROPOSE_SUPPLIER_LETTER,
    PROPOSE_NEGOTIATION,
    DRAFT_ORDER,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolset:
    """Tools by name, bound to a core."""

    tools: Mapping[str, Tool]
    core: ToolCore

    def call(
        self, name: str, arguments: Mapping[str, object], *, sources: Mapping[str, Source] | None = None
    ) -> ToolOutput:
        """What the tool gives, or a Refusal; a name that is no tool is a Refusal as well. Every argument of a PROPOSE
        tool needs a source (provenance.py): without one it is refused."""
        tool = self.tools.get(name)
        if tool is None:
            message = f"there is no tool {name[:80]!r}; accepted are {sorted(self.tools)}"
            return Refusal(code="unknown_tool", message=message, next=NextStep.FIXABLE, field="name")
        return tool.run(self.core, arguments, sources=sources)


def toolset(core: ToolCore) -> Toolset:
    """Every tool, on this core."""
    return Toolset(tools={tool.name: tool for tool in TOOLS}, core=core)
