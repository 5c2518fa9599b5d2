"""`expediter print`: a pick list or a packing slip as a PDF file."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from core.bootstrap.printing import printer
from core.domain.papers import Paper
from core.ports.storage import UnitOfWork
from core.services.fulfilment.papers import packing_slip_paper, pick_list_paper
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import say
from ui.cli.workplace import CLI, PackChoice, workplace

app = typer.Typer(help="Papers for the warehouse: pick lists and packing slips.", no_args_is_help=True)
File = Annotated[Path, typer.Option("--to", metavar="FILE", help="Where the PDF goes; what is there is replaced.")]


@app.command("pick-list")
@options.takes_pack
def pick_list_command(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The number of the pick list.")],
    choice: PackChoice,
    to: File,
) -> None:
    """Print a pick list in walking order."""
    _print(choice, pick_list_paper, number, to)


@app.command("packing-slip")
@options.takes_pack
def packing_slip_command(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The number of the shipment.")],
    choice: PackChoice,
    to: File,
) -> None:
    """Print what is in which package of a shipment."""
    _print(choice, packing_slip_paper, number, to)


def _print(choice: PackChoice, paper_of: Callable[[UnitOfWork, str], Paper], number: str, to: Path) -> None:
    with failures_said(), workplace(choice) as place:
        with place.application.open_uow(CLI) as uow:
            paper = paper_of(uow, number)
        to.write_bytes(printer().pdf(paper))
        say(f"{paper.title} {paper.number} is in {to}")
