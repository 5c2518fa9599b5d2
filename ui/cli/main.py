"""The command line: every command, and nothing but the wiring."""

import logging
import sys
from collections.abc import Sequence
from typing import TextIO, cast

import structlog
import typer

from ui.cli import databases, feeds, papers, policy, tasks, users
from ui.cli.cases import case_command, cases_command, resolve_command
from ui.cli.checking import check_command
from ui.cli.converting import convert_command
from ui.cli.deciding import approve_command, changes_command, reject_command, undo_command
from ui.cli.delegating import delegate_command
from ui.cli.demo import demo_command
from ui.cli.doctor import doctor_command
from ui.cli.editing import edit_command
from ui.cli.facts import facts_command
from ui.cli.failing import faults_said
from ui.cli.halting import halt_command, resume_command
from ui.cli.impact import impact_command
from ui.cli.loading import load_command
from ui.cli.measuring import Extensible
from ui.cli.odds import odds_command
from ui.cli.ordering import draft_command, drafts_command, order_command
from ui.cli.planning import plan_command
from ui.cli.printing import Outlet
from ui.cli.proposals import proposals_command
from ui.cli.questions import ask_command
from ui.cli.scanning import scan_command
from ui.cli.serving import serve_command
from ui.cli.setting_up import init_command
from ui.cli.trace import trace_command
from ui.cli.triaging import triage_command
from ui.cli.what_if import what_if_command
from ui.cli.working import jobs_command, worker_command

app = typer.Typer(
    name="expediter",
    cls=Extensible,
    help="Keeps a manufacturer's promises when supply breaks.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)
app.command("demo")(demo_command)
app.command("init")(init_command)
app.command("load")(load_command)
app.command("convert")(convert_command)
app.command("scan")(scan_command)
app.command("what-if")(what_if_command)
app.command("odds")(odds_command)
app.command("cases")(cases_command)
app.command("case")(case_command)
app.command("triage")(triage_command)
app.command("plan")(plan_command)
app.command("impact")(impact_command)
app.command("resolve")(resolve_command)
app.command("proposals")(proposals_command)
app.command("ask")(ask_command)
app.command("edit")(edit_command)
app.command("approve")(approve_command)
app.command("reject")(reject_command)
app.command("undo")(undo_command)
app.command("changes")(changes_command)
app.command("halt")(halt_command)
app.command("resume")(resume_command)
app.command("delegate")(delegate_command)
app.command("order")(order_command)
app.command("drafts")(drafts_command)
app.command("draft")(draft_command)
app.command("check")(check_command)
app.command("doctor")(doctor_command)
app.command("trace")(trace_command)
app.command("facts")(facts_command)
app.command("serve")(serve_command)
app.command("worker")(worker_command)
app.command("jobs")(jobs_command)
app.add_typer(databases.app, name="db")
app.add_typer(feeds.app, name="feeds")
app.add_typer(papers.app, name="print")
app.add_typer(policy.app, name="policy")
app.add_typer(tasks.app, name="tasks")
app.add_typer(users.app, name="users")


def main(args: Sequence[str] | None = None) -> None:
    """The console script. Results go to standard output; the log, warnings and worse, to standard error."""
    if sys.stdout is not None:  # it is None when it was closed before we began
        sys.stdout = cast(TextIO, Outlet(sys.stdout))
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    with faults_said():
        app(args, prog_name="expediter")
