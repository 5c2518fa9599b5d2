"""The routes of the API, one module for each noun."""

from ui.api.routes import approvals, cases, chat, health, keys, links, orders, quotes, reservations, runs, sessions

ROUTERS = (
    health.router,
    sessions.router,
    cases.router,
    approvals.router,
    reservations.router,
    orders.router,
    quotes.router,
    keys.router,
    links.router,
    chat.router,
    runs.router,
)
"""Every router there is, in the order of the description."""
