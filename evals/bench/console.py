"""`expediter bench console`: how long a page of the console takes to show its content, in a real Chromium."""

import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from core.demo.company import write_demo_pack
from core.domain.errors import UsageError
from core.services.scanning import Figure
from evals.bench.figures import shown
from evals.bench.repair import PACK
from ui.cli import options
from ui.cli.failing import failures_said

VISITS = 5


def console_command(
    pack: Annotated[Path, typer.Option("--pack", metavar="DIR", help="The AdventureWorks pack.")] = PACK,
    as_json: options.Json = False,
    quick: bool = typer.Option(False, "--quick", help="The demo company, each page once: that it works."),
) -> None:
    """Open every page of the console by its address in a real Chromium, on a real company's books."""
    with failures_said():
        figures = _figures(pack, quick=quick)
    raise SystemExit(shown("console", figures, as_json=as_json))


def _figures(pack: Path, *, quick: bool) -> list[Figure]:
    if find_spec("playwright") is None:
        raise UsageError("no browser can be driven: the package playwright is missing; `make setup` installs it")
    measured = import_module("evals.bench.console_visits").measured
    if quick:
        with tempfile.TemporaryDirectory() as folder:
            write_demo_pack(Path(folder) / "demo-company")
            return measured(Path(folder) / "demo-company", visits=1)
    if pack.is_dir():
        return measured(pack, visits=VISITS)
    raise UsageError(f"{pack} is not there: name the AdventureWorks pack with --pack DIR, or say --quick")
