"""What somebody may do through a surface, and which role may do what: the table every door is checked against."""

from collections.abc import Mapping
from enum import StrEnum

from core.domain.users import Role


class Permission(StrEnum):
    """One thing that may be done; a scope of an API key has the same name."""

    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    PROMISES_QUOTE = "promises:quote"
    STOCK_READ = "stock:read"
    STOCK_RESERVE = "stock:reserve"
    ALLOCATION_RUN = "allocation:run"
    SUPPLY_READ = "supply:read"
    WORK_REPORT = "work:report"
    CASES_READ = "cases:read"
    CASES_WORK = "cases:work"
    TASKS_ANSWER = "tasks:answer"
    PROPOSALS_WRITE = "proposals:write"
    APPROVALS_READ = "approvals:read"
    APPROVALS_DECIDE = "approvals:decide"
    RUNS_READ = "runs:read"
    INTAKE_READ = "intake:read"
    INTAKE_WRITE = "intake:write"
    CHAT_USE = "chat:use"
    MCP_USE = "mcp:use"
    SCANS_READ = "scans:read"
    SCANS_RUN = "scans:run"
    KPIS_READ = "kpis:read"
    POLICIES_READ = "policies:read"
    POLICIES_CHANGE = "policies:change"
    AUDIT_READ = "audit:read"
    IMPORTS_READ = "imports:read"
    IMPORTS_WRITE = "imports:write"
    LINKS_WRITE = "links:write"
    PEOPLE_READ = "people:read"
    PEOPLE_MANAGE = "people:manage"
    KEYS_MANAGE = "keys:manage"
    WEBHOOKS_MANAGE = "webhooks:manage"
    OPERATIONS_READ = "operations:read"
    HALT_USE = "halt:use"
    HALT_RESUME = "halt:resume"


_P = Permission
_BOOKS = frozenset(
    {_P.ORDERS_READ, _P.STOCK_READ, _P.SUPPLY_READ, _P.CASES_READ, _P.APPROVALS_READ, _P.SCANS_READ, _P.KPIS_READ}
)
_OFFICE = _BOOKS | {_P.RUNS_READ, _P.INTAKE_READ, _P.CHAT_USE, _P.POLICIES_READ, _P.HALT_USE, _P.TASKS_ANSWER}
_DESK = _OFFICE | {
    _P.PROMISES_QUOTE,
    _P.CASES_WORK,
    _P.PROPOSALS_WRITE,
    _P.APPROVALS_DECIDE,
    _P.SCANS_RUN,
    _P.MCP_USE,
}
_ORDERS = frozenset({_P.ORDERS_WRITE, _P.PROMISES_QUOTE, _P.STOCK_RESERVE, _P.INTAKE_WRITE, _P.LINKS_WRITE})
MAY: Mapping[Role, frozenset[Permission]] = {
    Role.VIEWER: _BOOKS | {_P.INTAKE_READ, _P.HALT_USE},  # whoever sees that something is wrong stops it
    Role.CUSTOMER_SERVICE: _OFFICE | _ORDERS | {_P.MCP_USE},
    Role.PLANNER: _DESK | _ORDERS | {_P.ALLOCATION_RUN, _P.WORK_REPORT},
    Role.BUYER: _DESK,
    Role.OPERATIONS_MANAGER: frozenset(_P),
    Role.FINANCE: _OFFICE | {_P.AUDIT_READ, _P.CASES_WORK, _P.MCP_USE},
    Role.QUALITY: _OFFICE | {_P.CASES_WORK, _P.MCP_USE, _P.WORK_REPORT},
    Role.ADMINISTRATOR: _OFFICE
    | {
        _P.POLICIES_CHANGE,
        _P.AUDIT_READ,
        _P.IMPORTS_READ,
        _P.IMPORTS_WRITE,
        _P.PEOPLE_READ,
        _P.PEOPLE_MANAGE,
        _P.KEYS_MANAGE,
        _P.WEBHOOKS_MANAGE,
        _P.OPERATIONS_READ,
        _P.HALT_RESUME,
    },
    Role.AGENT: _BOOKS | {_P.RUNS_READ, _P.PROPOSALS_WRITE, _P.MCP_USE, _P.CHAT_USE},
    Role.SERVICE: _BOOKS
    | _ORDERS
    | {_P.RUNS_READ, _P.INTAKE_READ, _P.PROPOSALS_WRITE, _P.MCP_USE, _P.CHAT_USE, _P.OPERATIONS_READ}
    | {_P.WORK_REPORT},  # a scanner at a machine
}
"""Approving, giving scarce units out anew, answering tasks, changing the policy and letting people act are people's."""

FOR_PEOPLE_ONLY = frozenset(
    {
        _P.APPROVALS_DECIDE,
        _P.ALLOCATION_RUN,
        _P.TASKS_ANSWER,
        _P.POLICIES_CHANGE,
        _P.PEOPLE_MANAGE,
        _P.KEYS_MANAGE,
        _P.WEBHOOKS_MANAGE,
        _P.IMPORTS_WRITE,
        _P.HALT_USE,
        _P.HALT_RESUME,
    }
)
"""What no agent, no service and no API key ever may, whoever it belongs to."""
