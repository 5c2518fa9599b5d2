"""Which commands go through a server. The others are of the machine itself, or of books that are opened there."""

from collections.abc import Mapping

from ui.cli.later import Later

THROUGH_SERVER: Mapping[str, Later] = {
    "cases": Later("ui.cli.remote.cases:cases_command", "List the open cases, most urgent first."),
    "case": Later(
        "ui.cli.remote.cases:case_command",
        "Show one case: what happened, whom it hurts, the options and what waits for a decision.",
    ),
    "resolve": Later(
        "ui.cli.remote.cases:resolve_command", "Have the ways out of a case worked out and one put before people."
    ),
    "proposals": Later(
        "ui.cli.remote.deciding:proposals_command",
        "List the plans that wait for a decision, the first to run out first.",
    ),
    "approve": Later("ui.cli.remote.deciding:approve_command", "Approve the plan that waits, as it is shown."),
    "reject": Later("ui.cli.remote.deciding:reject_command", "Reject the plan that waits; the case is open again."),
    "undo": Later(
        "ui.cli.remote.deciding:undo_command", "Take an executed plan back, as far as the world still allows."
    ),
    "chat": Later(
        "ui.cli.remote.chatting:chat_command",
        "Ask about orders, stock, supply and cases, or have something proposed; without a question, talk.",
    ),
    "orders": Later("ui.cli.remote.books:orders_command", "List sales orders, the first that is wanted first."),
    "stock": Later("ui.cli.remote.books:stock_command", "List what lies where, and what of it is free."),
    "scan": Later("ui.cli.remote.books:scan_command", "Have the books scanned, and say how the last scan ended."),
    "facts": Later("ui.cli.remote.books:facts_command", "Show the key figures of a period."),
    "tasks": Later("ui.cli.remote.books:tasks_command", "List what only a person can settle, oldest first."),
    "halt": Later("ui.cli.remote.halting:halt_command", "Stop all execution, sending and agent runs at once."),
    "resume": Later("ui.cli.remote.halting:resume_command", "Let everything that was halted go on where it stood."),
    "users": Later("ui.cli.remote.people:users_command", "List who may act, with role, limit and what they see."),
    "keys": Later("ui.cli.remote.people:keys_command", "List the API keys, without secrets."),
    "call": Later(
        "ui.cli.remote.calling:call_command", "Call any operation of the API by its name, and print what it answers."
    ),
}
