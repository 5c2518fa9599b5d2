"""The commands that measure, as groups the command line takes up by the entry-point group `expediter.commands`."""

import typer

from ui.cli.later import Later, LaterGroup


class Benches(LaterGroup):
    """What measures speed."""

    places = {  # noqa: RUF012 - typer makes the instance and knows of no such argument
        "agent": Later(
            "evals.bench.agent:agent_command",
            "Resolve the demo company's cases by the desk and by a plain ReAct agent, and compare what that took.",
        ),
        "all": Later(
            "evals.bench.all:all_command",
            "Run every benchmark of the engine, say whether each figure reached its goal, and draw them.",
        ),
        "console": Later(
            "evals.bench.console:console_command",
            "Open every page of the console by its address in a real Chromium, on a real company's books.",
        ),
        "ctp": Later(
            "evals.bench.ctp:ctp_command",
            "Promise finished goods beyond what is free, through three levels, against plain Python.",
        ),
        "hot": Later(
            "evals.bench.hot:hot_command",
            "Reservations of one item by 32 and by 128 callers, by two processes too, against a hand-written row lock.",
        ),
        "http": Later(
            "evals.bench.http:http_command",
            "Reservations of one item over HTTP by 32 and by 128 clients, from an API process of its own.",
        ),
        "place": Later(
            "evals.bench.place:place_command", "Orders of four lines by 32 callers, against the bare driver."
        ),
        "promise": Later(
            "evals.bench.promise:promise_command",
            "Promise a pack's goods through their bills of materials, then let eight clients confirm orders at once.",
        ),
        "repair": Later(
            "evals.bench.repair:repair_command",
            "Choose resolutions for 100, 1,000 and 10,000 shortages that compete for stock, suppliers and budgets.",
        ),
        "reserve": Later(
            "evals.bench.reserve:reserve_command",
            "Reservations of one item by 32 threads, 20,000 mixed decisions, and orders of five lines by 16 threads.",
        ),
        "scan": Later(
            "evals.bench.scan:scan_command",
            "Scan a synthetic book of many lines, from the database to the late list, against three baselines.",
        ),
        "uniform": Later(
            "evals.bench.uniform:uniform_command",
            "Reservations of 2,000 items by 32 callers, against one statement a reservation over pooled connections.",
        ),
        "whatif": Later(
            "evals.bench.whatif:whatif_command",
            "Follow single events through resident books, and compare with netting them as a whole.",
        ),
        "workers": Later(
            "evals.workers.command:workers_command",
            "Two workers, one killed (SIGKILL) again and again: nothing is done twice, nothing is lost, every case"
            " ends.",
        ),
        "writeback": Later(
            "evals.bench.writeback:writeback_command",
            "Scan a synthetic book again and again with nothing changed, and count what is written.",
        ),
    }


class Evaluations(LaterGroup):
    """What compares answers."""

    places = {  # noqa: RUF012 - typer makes the instance and knows of no such argument
        "api": Later(
            "evals.api.fuzzing:api_command",
            "Call a served demo company in ways made from its description, stateful ones too, and with the corpus.",
        ),
        "chat": Later(
            "evals.chat.command:chat_command",
            "Ask the sixty labelled questions and commands, and compare the tool calls they lead to.",
        ),
        "frepple": Later(
            "evals.frepple.command:frepple_command",
            "Promise the demands of frePPLe's test models and compare days and quantities with its own plans.",
        ),
        "intake": Later(
            "evals.intake.command:intake_command",
            "Take in the hundred labelled order texts, and compare the drafts and questions they become.",
        ),
        "lateness": Later(
            "evals.lateness.command:lateness_command",
            "Fit how late suppliers are on real deliveries up to 2012, and measure it on those promised later.",
        ),
    }


bench = typer.Typer(cls=Benches, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
evaluate = typer.Typer(cls=Evaluations, no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@bench.callback()
def bench_group() -> None:
    """Measure speed on this machine, against a baseline of the same run."""


@evaluate.callback()
def evaluate_group() -> None:
    """Compare answers with ones that somebody else worked out."""
