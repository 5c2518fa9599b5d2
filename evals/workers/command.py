"""`expediter bench workers`: two workers, one killed ten times in a run of 200 cases."""

import typer

from agents.worker.checkpoints import prepare_checkpoints
from core.services.scanning import Figure
from evals.bench.figures import shown
from evals.bench.stockroom import room_of
from evals.workers.books import books_of
from evals.workers.killing import run
from ui.cli import options

CASES, KILLS = 200, 10
LONGEST = 600.0


def workers_command(
    cases: int = typer.Option(CASES, min=4, max=900, help="How many cases."),
    kills: int = typer.Option(KILLS, min=0, max=100, help="How often one worker is killed."),
    as_json: options.Json = False,
) -> None:
    """Two workers, one killed (SIGKILL) again and again: nothing is done twice, nothing is lost, every case ends."""
    raise SystemExit(shown("workers", measured(cases, kills), as_json=as_json))


def measured(cases: int, kills: int) -> tuple[Figure, ...]:
    """The run on a server of its own."""
    with room_of(books_of(cases)) as room:
        prepare_checkpoints(room.urls)
        return run(room.urls, cases=cases, kills=kills, seconds=LONGEST)
