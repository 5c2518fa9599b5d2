"""`expediter eval intake`: a hundred order texts, labelled before the reader was written, taken in with no model; or,
with `--practice`, those that readers may be tuned to."""

from typing import Annotated

import typer

from agents.order_intake.desk import take_in
from agents.worker.intake import intake_services
from evals.bench.figures import shown
from evals.intake.labels import FOLDER, PRACTICE, read_labels
from evals.intake.measuring import failures, intake_figures
from evals.intake.place import intake_place
from evals.intake.running import grades
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import say


def intake_command(
    show_failures: Annotated[
        bool, typer.Option("--show-failures", help="Name what was not right; nobody tunes a reader to it.")
    ] = False,
    practice: Annotated[
        bool, typer.Option("--practice", help="The texts to practise on, which readers may be tuned to.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Take in the hundred labelled order texts, and compare the drafts and questions they become."""
    folder = PRACTICE if practice else FOLDER
    labels = read_labels(folder / "labels.json")
    with failures_said():
        with intake_place() as app:
            desk = intake_services(app)
            found = list(grades(labels, lambda letter: take_in(desk, letter), folder=folder / "texts"))
        for sentence in failures(found) if show_failures else ():
            say(sentence, style="yellow")
        raise SystemExit(shown("intake", intake_figures(found, texts=len(labels.texts)), as_json=as_json))
