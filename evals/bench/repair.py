"""`expediter bench repair`: how fast and how near to the best all shortages are chosen for together.

The baseline is greedy on unit costs, what is paid once shared over the units taken: what a planner with a list does.
"""

from time import perf_counter

import typer

from core.planning.choosing.choose import choose
from core.planning.choosing.verifying import verify
from core.services.scanning import Figure
from evals.bench.figures import figure, shown
from evals.bench.shortages import problem_of
from ui.cli import options

SIZES = {100: ("<= 2", "<= 2"), 1_000: ("<= 2.5", "<= 2"), 10_000: ("<= 2.5", "<= 6")}
"""Shortages, with the goals of gap and seconds."""
RUNS = {100: 5, 1_000: 5, 10_000: 3}


def repair_command(
    as_json: options.Json = False,
    quick: bool = typer.Option(False, "--quick", help="The smallest size once: that it works, the times mean little."),
) -> None:
    """Choose resolutions for 100, 1,000 and 10,000 shortages that compete for stock, suppliers and budgets."""
    figures = sized(100, runs=1) if quick else [one for size in SIZES for one in sized(size, runs=RUNS[size])]
    raise SystemExit(shown("repair", figures, as_json=as_json))


def sized(size: int, *, runs: int) -> list[Figure]:
    """The figures of one size; the fastest run counts, and all must give the same plan."""
    problem = problem_of(size)
    seconds, plans = list[float](), list[object]()
    plan = None
    for _ in range(runs):
        began = perf_counter()
        plan = choose(problem)
        seconds.append(perf_counter() - began)
        plans.append(plan)
    assert plan is not None, "there is a run at least"
    gap, within = SIZES[size]
    worse = 100.0 * (plan.greedy - plan.total) / plan.bound
    return [
        figure(f"gap_percent_{size}", plan.gap_percent, "%", gap),
        figure(f"seconds_{size}", min(seconds), "s", within),
        figure(f"points_better_than_greedy_{size}", worse, "points", ">= 5"),
        figure(f"wrong_{size}", len(verify(problem, plan)), "breaches", "== 0"),
        figure(f"runs_that_differ_{size}", sum(one != plans[0] for one in plans), "runs", "== 0"),
    ]
