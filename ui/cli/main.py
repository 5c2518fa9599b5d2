"""The command line: every command, and nothing but the wiring."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any, TextIO, cast

import typer

from core.domain.errors import UsageError
from ui.cli.failing import failures_said, faults_said
from ui.cli.later import Commands, Later, LaterGroup
from ui.cli.printing import Outlet
from ui.cli.remote.places import THROUGH_SERVER
from ui.logs.lines import LogTerms, write_logs

SERVER = "server"


class Expediter(LaterGroup):
    """Every command, in the order in which people meet them."""

    extensible = True
    places = {  # noqa: RUF012 - typer makes the instance and knows of no such argument
        "demo": Later(
            "ui.cli.demo:demo_command",
            "Tell the first journey end to end: risk, cause, options, decision, execution, verification.",
        ),
        "init": Later(
            "ui.cli.setting_up:init_command",
            "Set up the database commands work on: tables, a company, and a first person who may decide.",
        ),
        "load": Later(
            "ui.cli.loading:load_command",
            "Load a company pack into the configured database, or the embedded one; a later pack of the same company"
            " is reconciled with what is there, by somebody who may load packs.",
        ),
        "convert": Later(
            "ui.cli.converting:convert_command",
            "Write a planning model of frePPLe as a company pack, with all that is assumed and left out in its "
            "pack.toml.",
        ),
        "scan": Later(
            "ui.cli.scanning:scan_command",
            "Scan the books: net supply against demand, find root causes, keep one case for each.",
        ),
        "what-if": Later(
            "ui.cli.what_if:what_if_command",
            "Ask what would happen to the promises; every option may be given more than once.",
        ),
        "odds": Later(
            "ui.cli.odds:odds_command",
            "Say how sure promises are, over 1,000 scenarios of how late suppliers deliver.",
        ),
        "suppliers": Later(
            "ui.cli.suppliers:suppliers_command",
            "Show how suppliers have delivered, the worst on time first, and the days to add to their word.",
        ),
        "cases": Later("ui.cli.cases:cases_command", "List the open cases, most urgent first."),
        "case": Later(
            "ui.cli.cases:case_command",
            "Show one case: what happened, why, whom it hurts, the options and what waits for a decision.",
        ),
        "triage": Later(
            "ui.cli.triaging:triage_command",
            "Say what to do first about each open case by the rules, or about one case as a person.",
        ),
        "plan": Later(
            "ui.cli.planning:plan_command",
            "Plan all open cases together: who gets what, what it costs, what it saves.",
        ),
        "impact": Later(
            "ui.cli.impact:impact_command",
            "Show which order lines hang on open supply and which are worse off without it, or what an order line "
            "rests on.",
        ),
        "resolve": Later(
            "ui.cli.resolving:resolve_command", "Work out the ways out of a case and put one before people."
        ),
        "negotiate": Later(
            "ui.cli.negotiating:negotiate_command",
            "Ask for a mandate to bargain over a supplier's quote; nothing is offered before a person approves it.",
        ),
        "negotiations": Later(
            "ui.cli.negotiating:negotiations_command",
            "List the negotiations with suppliers, the newest first, or show every round of one.",
        ),
        "proposals": Later(
            "ui.cli.proposals:proposals_command",
            "List the proposals that wait for a decision, most urgent first, and those that compete.",
        ),
        "ask": Later(
            "ui.cli.questions:ask_command",
            "Ask about a case: why not something, what waiting costs, whom it hurts.",
        ),
        "chat": Later(
            "ui.cli.chatting:chat_command",
            "Ask about orders, stock, supply and cases, or have something proposed; without a question, talk.",
        ),
        "edit": Later(
            "ui.cli.editing:edit_command",
            "Put another plan in the place of the one proposed: the same with something changed, or another option.",
        ),
        "approve": Later(
            "ui.cli.deciding:approve_command",
            "Approve the plan that waits; when enough people have, it is executed and verified.",
        ),
        "reject": Later("ui.cli.deciding:reject_command", "Reject the plan that waits; the case is open again."),
        "undo": Later("ui.cli.deciding:undo_command", "Take an executed plan back, as far as the world still allows."),
        "changes": Later(
            "ui.cli.deciding:changes_command",
            "Write the change list of an executed plan, what somebody keys into any ERP, once more.",
        ),
        "halt": Later("ui.cli.halting:halt_command", "Stop all execution, sending and agent runs at once."),
        "resume": Later(
            "ui.cli.halting:resume_command",
            "Let everything that was halted go on where it stood; an operations manager or administrator does.",
        ),
        "delegate": Later(
            "ui.cli.delegating:delegate_command",
            "Let somebody decide in your stead, in the own name, with your role and limit; or list, or end, what "
            "holds.",
        ),
        "order": Later(
            "ui.cli.ordering:order_command",
            "Read an order from words, a mail or a file: a draft, or one question that asks for all that is missing.",
        ),
        "drafts": Later(
            "ui.cli.ordering:drafts_command",
            "List the draft orders somebody has to settle, the newest first.",
        ),
        "draft": Later(
            "ui.cli.ordering:draft_command",
            "Show a draft order, give it values, have the customer asked, confirm it, or reject it.",
        ),
        "configure": Later(
            "ui.cli.configuring:configure_command",
            "List the products made as each order says, show one's options, or check, price and date what was chosen.",
        ),
        "inquire": Later(
            "ui.cli.inquiring:inquire_command",
            "Write to suppliers about what a case lacks, and put the letters before people; nothing is sent before a "
            "yes.",
        ),
        "inquiries": Later(
            "ui.cli.inquiring:inquiries_command",
            "List the letters to suppliers, the newest first, and the replies that wait for a person.",
        ),
        "inquiry": Later(
            "ui.cli.inquiring:inquiry_command",
            "Show a letter with its replies; change or propose it, take a reply in, or settle what a reply leaves "
            "open.",
        ),
        "check": Later(
            "ui.cli.checking:check_command",
            "Check every invariant: of the pack named, else of the configured database, else of every embedded one.",
        ),
        "audit": Later("ui.cli.audits:app", "The audit log as a file that proves itself."),
        "config": Later(
            "ui.cli.settings_shown:config_command",
            "Show every setting in force and where it came from; secrets are not shown.",
        ),
        "retention": Later(
            "ui.cli.retention:retention_command",
            "Forget what is kept for a time only and is over: messages, traces, sessions, answers, checkpoints.",
        ),
        "doctor": Later(
            "ui.cli.doctor:doctor_command",
            "Say how program, machine, settings, login, database, books, people, keys and model are, and what to do.",
        ),
        "trace": Later(
            "ui.cli.trace:trace_command",
            "Show the steps of a run of the agents, what each took and cost, and how it ended.",
        ),
        "facts": Later(
            "ui.cli.facts:facts_command",
            "Show the key figures: on time in full, fill rates, promises, exceptions, returns, stock, suppliers.",
        ),
        "serve": Later(
            "ui.cli.serving:serve_command",
            "Serve the API and the console on one port of this machine, with a worker, until Ctrl-C.",
        ),
        "mcp": Later(
            "ui.cli.mcp_serving:mcp_command",
            "Serve the tools to another agent on standard input and output, as the owner of an API key.",
        ),
        "worker": Later(
            "ui.cli.working:worker_command",
            "Do jobs until Ctrl-C or SIGTERM: scans, cases, deliveries, upkeep, each by one worker wherever it runs.",
        ),
        "jobs": Later("ui.cli.working:jobs_command", "List what runs, what waits and what failed, newest first."),
        "db": Later("ui.cli.databases:app", "The embedded database."),
        "backup": Later(
            "ui.cli.backups:backup_command",
            "Write the books to one file while everybody goes on working, and prove that it can be restored.",
        ),
        "restore": Later(
            "ui.cli.backups:restore_command",
            "Put a backup in the place of the books, compared and checked first; it begins halted, and what was there "
            "is kept under another name.",
        ),
        "feeds": Later(
            "ui.cli.feeds:app",
            "Show the feed of the ERP: its last pack, its limit, what it contradicts, what it has yet to show.",
        ),
        "print": Later("ui.cli.papers:app", "Papers for the warehouse: pick lists and packing slips."),
        "policy": Later("ui.cli.policy:app", "What people must agree to, and what runs by itself."),
        "tasks": Later("ui.cli.tasks:app", "List what only a person can settle, oldest first; `done` settles one."),
        "keys": Later("ui.cli.keys:app", "API keys for machines."),
        "webhooks": Later("ui.cli.webhooks:app", "Other programs that are told what happens here."),
        "hooks": Later("ui.cli.hooks:app", "Partners' programs that tell us things, and what they said."),
        "users": Later("ui.cli.users:app", "People, their roles and limits."),
    }

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, or the one of its name that goes through a server when one was named."""
        if ctx.params.get(SERVER) is None:
            return super().get_command(ctx, cmd_name)
        with failures_said():
            if cmd_name not in THROUGH_SERVER:
                known = ", ".join(THROUGH_SERVER)
                raise UsageError(f"`{cmd_name}` does not go through a server; with --server there are {known}")
        return self.remote[cmd_name]

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.remote = Commands(THROUGH_SERVER)


app = typer.Typer(
    name="expediter",
    cls=Expediter,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)


@app.callback()
def expediter(
    server: Annotated[
        str | None, typer.Option(metavar="URL", help="Work through this server, as the person of your token file.")
    ] = None,
) -> None:
    """Keeps a manufacturer's promises when supply breaks."""


def main(args: Sequence[str] | None = None) -> None:
    """The console script. Results go to standard output; the log, warnings and worse, to standard error."""
    if sys.stdout is not None:  # it is None when it was closed before we began
        sys.stdout = cast(TextIO, Outlet(sys.stdout))
    write_logs(LogTerms())
    with faults_said():
        app(args, prog_name="expediter")
