"""The commands that measure, as groups the command line takes up by the entry-point group `expediter.commands`."""

import typer

from evals.bench.agent import agent_command
from evals.bench.all import all_command
from evals.bench.ctp import ctp_command
from evals.bench.hot import hot_command
from evals.bench.place import place_command
from evals.bench.promise import promise_command
from evals.bench.repair import repair_command
from evals.bench.reserve import reserve_command
from evals.bench.scan import scan_command
from evals.bench.uniform import uniform_command
from evals.bench.whatif import whatif_command
from evals.bench.writeback import writeback_command
from evals.chat.command import chat_command
from evals.frepple.command import frepple_command
from evals.lateness.command import lateness_command
from evals.workers.command import workers_command

bench = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
evaluate = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@bench.callback()
def bench_group() -> None:
    """Measure speed on this machine, against a baseline of the same run."""


@evaluate.callback()
def evaluate_group() -> None:
    """Compare answers with ones that somebody else worked out."""


bench.command("agent")(agent_command)
bench.command("ctp")(ctp_command)
bench.command("all")(all_command)
bench.command("hot")(hot_command)
bench.command("place")(place_command)
bench.command("promise")(promise_command)
bench.command("repair")(repair_command)
bench.command("reserve")(reserve_command)
bench.command("uniform")(uniform_command)
bench.command("whatif")(whatif_command)
bench.command("scan")(scan_command)
bench.command("workers")(workers_command)
bench.command("writeback")(writeback_command)
evaluate.command("chat")(chat_command)
evaluate.command("frepple")(frepple_command)
evaluate.command("lateness")(lateness_command)
