"""The routes of the API, one module for each noun."""

from ui.api.routes import (
    approvals,
    audit,
    case_work,
    cases,
    chat,
    halting,
    health,
    imports,
    intake,
    keys,
    links,
    metrics,
    orders,
    people,
    policies,
    quotes,
    reservations,
    runs,
    scans,
    sessions,
)

_NOUNS = (
    health,
    sessions,
    cases,
    case_work,
    approvals,
    reservations,
    orders,
    quotes,
    intake,
    chat,
    runs,
    scans,
    policies,
    halting,
    people,
    keys,
    links,
    audit,
    imports,
    metrics,
)
ROUTERS = tuple(noun.router for noun in _NOUNS)
"""Every router there is, in the order of the description."""
