"""`expediter eval lateness`: the lateness model fitted on deliveries to 2012 and measured on those of 2013 to 2015."""

from pathlib import Path
from typing import Annotated

import typer

from core.domain.errors import InvalidValueError
from core.planning.robustness.fitting import Fit
from core.services.scanning import Figure
from evals.bench.figures import figure, shown
from evals.lateness.deliveries import History, read_history
from evals.lateness.measuring import (
    BUFFERS,
    FAR,
    LAST_FIT_DAY,
    PATH,
    Measured,
    chosen_far,
    chosen_near,
    measured_monthly,
    measured_once,
    split,
)
from evals.lateness.plot import calibration_plot
from evals.lateness.slipping import slipping_figures
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import say

MOST_SHOWN = 5


def lateness_command(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder of the delivery history, CSV.")],
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Write the plot here, as SVG.")] = None,
    choose: Annotated[
        bool, typer.Option("--choose", help="Show how the fit was chosen on deliveries up to 2012; takes minutes.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Fit how late suppliers are on real deliveries up to 2012, and measure it on those promised later."""
    with failures_said():
        history = read_history(data)
        if not all(split(history.deliveries, LAST_FIT_DAY)):
            raise InvalidValueError(f"the history has no deliveries before or none after {LAST_FIT_DAY}; it needs both")
        if choose:
            _say_chosen(history)
        once = measured_once(history.deliveries, last=LAST_FIT_DAY, fit=FAR, path=PATH)
        monthly = measured_monthly(history.deliveries, last=LAST_FIT_DAY, fit=Fit(), path=PATH)
        if plot:
            plot.write_text(calibration_plot(once, monthly), encoding="utf-8")
        figures = [*lateness_figures(history, once, monthly), *slipping_figures(history.deliveries)]
        raise SystemExit(shown("lateness", figures, as_json=as_json))


def lateness_figures(history: History, once: Measured, monthly: Measured) -> list[Figure]:
    """The figures, calibration first. Errors are of probabilities: 0.03 is three percentage points off on average."""
    seen, _ = split(history.deliveries, LAST_FIT_DAY)
    found = [figure("calibration_error", _mean(once.error))]
    found += [figure(f"calibration_error_{buffer}_days", once.error[at]) for at, buffer in enumerate(BUFFERS)]
    for name, one in (("", once), ("_monthly", monthly)):
        if name:
            found.append(figure(f"calibration_error{name}", _mean(one.error)))
        found += [
            figure(f"brier_score{name}", _mean(one.brier)),
            figure(f"log_score{name}", _mean(one.log)),
        ]
    return [
        *found,
        figure("brier_score_base_rate", _mean(once.brier_base)),
        figure("log_score_base_rate", _mean(once.log_base)),
        figure("deliveries", len(history.deliveries)),
        figure("rows_without_a_day", history.unreadable),
        figure("deliveries_fitted", len(seen)),
        figure("deliveries_measured", once.deliveries),
    ]


def _mean(values: tuple[float, ...]) -> float:
    return sum(values) / len(values)


def _say_chosen(history: History) -> None:
    for words, found in (
        ("a quarter ahead", chosen_near(history.deliveries, last=LAST_FIT_DAY)),
        ("up to four years ahead", chosen_far(history.deliveries, last=LAST_FIT_DAY)),
    ):
        say(f"Best fits {words}, by Brier score on deliveries up to {LAST_FIT_DAY.year}:", style="bold")
        for score, path, fit in found[:MOST_SHOWN]:
            cells = " > ".join(path)
            say(f"  {score:.5f}  {cells}, weight {fit.weight}, half-life {fit.half_life}, {fit.shape.value}")
