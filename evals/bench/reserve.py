"""`expediter bench reserve`: reservations against a hand-written SELECT ... FOR UPDATE, and that none is wrong."""

import json
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from core.domain.ids import ItemCode
from evals.bench.five_lines import FiveLines, five_lines
from evals.bench.hot_item import THREADS, HotItem, hot_item
from evals.bench.mixed import Mixed, mixed
from evals.bench.stockroom import stockroom

HOT = ItemCode("HOT")
MIXED = {ItemCode(f"MIXED-{number}"): 1500 for number in range(4)}
LINED = [ItemCode(f"LINE-{number:02}") for number in range(20)]
PLENTY = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the benchmark comes to."""

    hot_item_per_s: float
    hot_item_p50_ms: float
    hot_item_p99_ms: float
    hot_item_for_update_per_s: float
    hot_item_ratio_vs_for_update: float
    hot_item_ratio_vs_pooled_for_update: float
    decisions: int
    decisions_per_s: float
    oversold_units: int
    drift_units: int
    broken_invariants: int
    multi_line_orders: int
    multi_line_per_s: float
    multi_line_deadlocks: int
    multi_line_ratio_vs_sorted: float


def run(*, quick: bool = False, seed: int = 1) -> Figures:
    """Measure on a server of its own; `quick` shows only that nothing goes wrong."""
    stock = {HOT: PLENTY, **MIXED, **dict.fromkeys(LINED, PLENTY)}
    with stockroom(stock) as room:
        hot = hot_item(room, HOT, seconds=0.3 if quick else 2.0)
        many = mixed(room, MIXED, decisions=600 if quick else 20_000, seed=seed)
        lines = five_lines(room, LINED, orders=60 if quick else 600, seed=seed)
    return _figures(hot, many, lines)


def reserve_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="A few seconds: correctness only, the times mean little.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Of the dice of the mixed decisions.")] = 1,
) -> None:
    """Reservations of one item by 32 threads, 20,000 mixed decisions, and orders of five lines by 16 threads."""
    figures = run(quick=quick, seed=seed)
    if as_json:
        typer.echo(json.dumps(asdict(figures)))
    else:
        _print(figures)
    if figures.oversold_units or figures.drift_units or figures.multi_line_deadlocks or figures.broken_invariants:
        raise typer.Exit(1)


def _figures(hot: HotItem, many: Mixed, lines: FiveLines) -> Figures:
    decisions = sum(many.decisions.values())
    return Figures(
        hot_item_per_s=round(hot.ours.per_second, 1),
        hot_item_p50_ms=round(hot.ours.milliseconds(0.5), 2),
        hot_item_p99_ms=round(hot.ours.milliseconds(0.99), 2),
        hot_item_for_update_per_s=round(hot.by_hand.per_second, 1),
        hot_item_ratio_vs_for_update=round(hot.ratio, 2),
        hot_item_ratio_vs_pooled_for_update=round(hot.pooled_ratio, 2),
        decisions=decisions,
        decisions_per_s=round(decisions / many.seconds, 1),
        oversold_units=many.oversold,
        drift_units=many.drift,
        broken_invariants=len(many.broken),
        multi_line_orders=lines.orders,
        multi_line_per_s=round(lines.random_order, 1),
        multi_line_deadlocks=lines.deadlocks,
        multi_line_ratio_vs_sorted=round(lines.ratio, 2),
    )


def _print(figures: Figures) -> None:
    table = Table(title="Reservations", show_edge=False)
    for heading in ("what", "ours", "by hand", "ratio or wrong"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    table.add_row(
        f"one item, {THREADS} threads, a second",
        f"{figures.hot_item_per_s:,.0f}",
        f"{figures.hot_item_for_update_per_s:,.0f}",
        f"{figures.hot_item_ratio_vs_for_update} x",
    )
    table.add_row("  against 8 pooled connections", "", "", f"{figures.hot_item_ratio_vs_pooled_for_update} x")
    table.add_row("  wait, 50 % and 99 %", f"{figures.hot_item_p50_ms} / {figures.hot_item_p99_ms} ms", "", "")
    table.add_row(f"{figures.decisions:,} mixed decisions, a second", f"{figures.decisions_per_s:,.0f}", "", "")
    table.add_row("  units sold twice, units drifted", "", "", f"{figures.oversold_units}, {figures.drift_units}")
    table.add_row("orders of 5 lines, 16 threads, a second", f"{figures.multi_line_per_s:,.0f}", "", "")
    table.add_row("  deadlocks, speed against sorted", "", "",
                  f"{figures.multi_line_deadlocks}, {figures.multi_line_ratio_vs_sorted} x")  # fmt: skip
    Console().print(table)
