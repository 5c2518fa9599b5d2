"""Who may use which tool: the permissions each needs, and those that say more than some visitors see."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.errors import NotAuthorisedError
from core.domain.identity import Principal
from core.domain.permissions import Permission
from tools.core_access import ToolCore
from tools.provenance import Source
from tools.registry import TOOLS, Toolset
from tools.spec import NextStep, Refusal, ToolOutput

_P = Permission
_CASES, _ORDERS, _STOCK, _SUPPLY = ({_P.CASES_READ}, {_P.ORDERS_READ}, {_P.STOCK_READ}, {_P.SUPPLY_READ})
_PROPOSES = {_P.PROPOSALS_WRITE}
NEEDS: Mapping[str, frozenset[Permission]] = {
    name: frozenset(needed)
    for name, needed in {
        "list_cases": _CASES,
        "show_case": _CASES,
        "list_options": _CASES,
        "show_option": _CASES,
        "plan_options": _CASES | {_P.CASES_WORK},
        "find_stock_elsewhere": _CASES | _STOCK,
        "request_supplier_quotes": _CASES | _SUPPLY | {_P.CASES_WORK},
        "request_expedite_quotes": _CASES | _SUPPLY | {_P.CASES_WORK},
        "show_supply_impact": _ORDERS | _SUPPLY,
        "simulate_scenario": _ORDERS | _SUPPLY,
        "list_orders": _ORDERS,
        "show_order": _ORDERS,
        "explain_order_line": _ORDERS | _SUPPLY,
        "promise_date": {_P.PROMISES_QUOTE},
        "show_customer": _ORDERS,
        "show_item": _STOCK | _SUPPLY,
        "configure_item": {_P.PROMISES_QUOTE},
        "show_stock": _STOCK,
        "show_availability": _STOCK | _SUPPLY,
        "list_supply": _SUPPLY,
        "show_supplier": _SUPPLY,
        "list_suppliers": _SUPPLY,
        "show_kpis": {_P.KPIS_READ},
        "list_proposals": {_P.APPROVALS_READ},
        "show_proposal": {_P.APPROVALS_READ},
        "list_tasks": _CASES,
        "show_scan": {_P.SCANS_READ},
        "propose_option": _CASES | _PROPOSES,
        "propose_transfer": _CASES | _STOCK | _PROPOSES,
        "propose_new_date": _CASES | _ORDERS | _PROPOSES,
        "propose_order_change": _ORDERS | _PROPOSES,
        "propose_expedite": _CASES | _SUPPLY | _PROPOSES,
        "propose_purchase": _CASES | _SUPPLY | _PROPOSES,
        "propose_supplier_letter": _CASES | _SUPPLY | _PROPOSES,
        "propose_negotiation": _CASES | _SUPPLY | _PROPOSES,
        "draft_order": {_P.INTAKE_WRITE},
    }.items()
}
"""What somebody must be allowed to, to use a tool: all that its answer shows, and what it does."""

ROW_BY_ROW = frozenset({"list_cases", "show_case", "list_orders", "show_order", "show_customer", "show_scan"})
"""Tools that show rows as they stand, to everybody those that are theirs."""
OF_EVERY_CUSTOMER = frozenset(
    {"list_options", "show_option", "show_item", "show_stock", "list_supply", "list_proposals", "show_proposal"}
)
"""The same for who sees every customer: what lies and comes at a site is nobody's alone. All other tools answer from
the whole books, or write into them."""


def check_may(principal: Principal, permission: Permission) -> None:
    """NotAuthorisedError where it is nothing they may."""
    if not principal.may(permission):
        raise NotAuthorisedError(f"{principal.name!r} may not {permission.value} here; a key with that permission may")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmittedToolset(Toolset):
    """The tools of somebody at a door. What is not theirs to use is refused before anything happens."""

    principal: Principal

    def call(
        self, name: str, arguments: Mapping[str, object], *, sources: Mapping[str, Source] | None = None
    ) -> ToolOutput:
        """What the tool gives, or a Refusal."""
        return barred(self.principal, name) or Toolset.call(self, name, arguments, sources=sources)


def admitted_toolset(core: ToolCore, principal: Principal) -> AdmittedToolset:
    """Every tool on this core, for who may use it. The core of somebody limited to some sites or customers must be
    one that shows no more than theirs."""
    return AdmittedToolset(tools={tool.name: tool for tool in TOOLS}, core=core, principal=principal)


def barred(principal: Principal, name: str) -> Refusal | None:
    """Why somebody may not use a tool; None where they may."""
    missing = sorted(NEEDS.get(name, frozenset()) - principal.permissions)
    if missing:
        return _refusal(f"{name} needs {', '.join(missing)}, which is not {principal.name!r}'s here")
    scope = principal.scope
    if scope.whole or name in ROW_BY_ROW or name not in NEEDS:
        return None
    if scope.customers is None and name in OF_EVERY_CUSTOMER:
        return None
    return _refusal(
        f"{name} answers from more of the books than you see ({scope.words}); somebody who sees all can ask"
    )


def _refusal(message: str) -> Refusal:
    return Refusal(code=NotAuthorisedError.code, message=message, next=NextStep.FAILED)
