"""`expediter eval frepple`: promise frePPLe's test models and compare with its expected plans."""

from pathlib import Path
from typing import Annotated

import typer

from evals.frepple.comparing import compare_file, figures
from ui.cli import options
from ui.cli.failing import DONE, MISSED, failures_said
from ui.cli.figures import figure_json, misses
from ui.cli.printing import print_json, say


def frepple_command(
    cases: Annotated[Path, typer.Option("--cases", metavar="FILE", help="The models with their expected plans, JSON.")],
    as_json: options.Json = False,
) -> None:
    """Promise the demands of frePPLe's test models and compare days and quantities with its own plans."""
    with failures_said():
        found = compare_file(cases)
        measured = figures(found)
        inexact = [one for one in found if not one.exact]
        if as_json:
            print_json(
                {
                    "figures": [figure_json(figure) for figure in measured],
                    "inexact": [
                        {
                            "model": one.model,
                            "demand": one.demand,
                            "promised": one.promised,
                            "expected": one.expected,
                            "why": list(one.why),
                        }
                        for one in inexact
                    ],
                }
            )
        else:
            for figure in measured:
                say(f"{figure.name}: {figure.value}{f' (goal {figure.goal})' if figure.goal else ''}")
            for one in inexact:
                say(f"{one.model}, {one.demand}: promised {one.promised}; expected {one.expected}", style="yellow")
                for sentence in one.why:
                    say(f"  {sentence}", style="dim")
        raise SystemExit(MISSED if misses(measured) else DONE)
