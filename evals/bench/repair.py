"""`expediter bench repair`: how fast and how near to the best all shortages are chosen for together.

The baseline is greedy on unit costs, what is paid once shared over the units taken: what a planner with a list does.
The AdventureWorks pack, where it is there, is scanned, and all its open cases planned together, suppliers offering at
the terms of the master data; every way out proposed is then simulated again on the books as a whole.
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from core.bootstrap.opening import open_books
from core.domain.cases import Case
from core.domain.ids import SupplierCode, UserName
from core.domain.quotes import Quote
from core.planning.choosing.choose import choose
from core.planning.choosing.verifying import verify
from core.planning.netting import net
from core.planning.repair.chosen import Together
from core.planning.repair.together import changed
from core.planning.rules import ScanRules
from core.planning.snapshot import PRICE_SCALE, Snapshot, date_of
from core.ports.storage import UnitOfWork
from core.services.packs.reading import read_pack
from core.services.planning_together import PlanTogether, plan_together
from core.services.scanning import Figure, ScanCommand, scan
from evals.bench.figures import figure, shown
from evals.bench.shortages import problem_of
from evals.bench.stockroom import room_of
from ui.cli import options
from ui.cli.printing import say

SIZES = {100: ("<= 2", "<= 2"), 1_000: ("<= 2.5", "<= 2"), 10_000: ("<= 2.5", "<= 6")}
"""Shortages, with the goals of gap and seconds."""
PACK = Path("..") / "shared" / "data" / "adventureworks" / "2014-05-01"
BENCH = UserName("bench")
RUNS = {100: 5, 1_000: 5, 10_000: 3}


def repair_command(
    pack: Annotated[Path, typer.Option("--pack", metavar="DIR", help="The AdventureWorks pack.")] = PACK,
    as_json: options.Json = False,
    quick: bool = typer.Option(False, "--quick", help="The smallest size once: that it works, the times mean little."),
) -> None:
    """Choose resolutions for 100, 1,000 and 10,000 shortages that compete for stock, suppliers and budgets."""
    figures = sized(100, runs=1) if quick else [one for size in SIZES for one in sized(size, runs=RUNS[size])]
    if not quick and pack.is_dir():
        figures += packed(pack)
    elif not quick:
        say(f"{pack} is not there: pack_repair_s is left out")
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


def packed(pack: Path) -> list[Figure]:
    """The figures of a company: its open cases planned together from its database."""
    company = read_pack(pack, mapping=None, quarantine=True).company
    with room_of(company) as room, open_books(room.urls.app) as books:
        with books(BENCH) as uow:
            cases = scan(uow, ScanCommand(rules=ScanRules())).cases
            _offer(uow, cases)
        with books(BENCH) as uow:
            began = perf_counter()
            choice = plan_together(uow, PlanTogether()).choice
            seconds = perf_counter() - began
            kept, proposed = _as_predicted(uow.snapshot(), choice)
    return [
        figure("pack_repair_s", seconds, "s", "<= 10"),
        figure("pack_cases", len(choice.cases), "cases"),
        figure("pack_options", proposed, "options"),
        figure("options_as_predicted", kept / max(1, proposed), "share", "== 1"),
        figure("pack_marginal_costs_proven", _proven(choice), "share"),
        figure("pack_gap_percent", float(choice.gap_percent), "%"),
        figure("pack_saved", float(choice.idle - choice.total), company.settings.currency),
    ]


def _proven(choice: Together) -> float:
    """The share of the ways not taken whose marginal cost is proven."""
    others = [idea.exact for case in choice.cases for idea in case.ideas if not idea.chosen]
    return sum(others) / max(1, len(others))


def _offer(uow: UnitOfWork, cases: tuple[Case, ...]) -> None:
    """Every approved supplier offers what a case lacks at the terms of the master data."""
    snapshot = uow.snapshot()
    for case in cases:
        quotes = tuple(_offers(snapshot, case))
        if quotes:
            uow.cases.save_evidence(case.id, replace(uow.cases.evidence(case.id), quotes=quotes))


def _offers(snapshot: Snapshot, case: Case) -> list[Quote]:
    sources, lacking = snapshot.sources, case.detected.lacking
    rows = [row for row, item in enumerate(sources.item) if snapshot.items.code[int(item)] == case.detected.item]
    found: list[Quote] = []
    for row in rows if lacking > 0 else []:
        supplier = SupplierCode(snapshot.parties.supplier[int(sources.supplier[row])])
        found.append(
            Quote(
                quote_id=f"terms of {supplier} for {case.detected.item}",
                supplier=supplier,
                item=case.detected.item,
                quantity=lacking,
                unit_price=Decimal(int(sources.price[row])) / PRICE_SCALE,
                currency=snapshot.currency,
                lead_time_days=int(sources.lead_days[row]),
                available_quantity=int(sources.maximum[row]),
                minimum_order=int(sources.minimum[row]),
                multiple=int(sources.multiple[row]),
                valid_until=date_of(snapshot.as_of + 30),
            )
        )
    return found


def _as_predicted(snapshot: Snapshot, choice: Together) -> tuple[int, int]:
    """How many of the ways out proposed change every line as predicted when the books are netted again."""
    result = net(snapshot, ScanRules())
    proposed = [one for case in choice.cases for one in case.proposed]
    return sum(changed(snapshot, result, one.actions) == one.changes for one in proposed), len(proposed)
