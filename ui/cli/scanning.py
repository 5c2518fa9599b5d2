"""`expediter scan`: what will miss its promise, why, and the late list."""

import csv
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from core.domain.cases import Case
from core.domain.errors import UsageError
from core.domain.ids import SupplierCode
from core.domain.overlays import SupplierOutage
from core.planning.rules import OverdueSupply, Policy, ScanRules
from core.services.rule_values import values_of
from core.services.scanning import (
    Figure,
    Look,
    ScanCommand,
    alternatives_of,
    figures_of,
    look,
    may_keep,
    reconcile,
    transfers_of,
)
from ui.cli import options
from ui.cli.failing import DONE, MISSED, failures_said
from ui.cli.figures import figure_json, misses
from ui.cli.printing import console, count, money, print_json, say
from ui.cli.reports import case_table, figure_table, pack_json, print_pack
from ui.cli.workplace import CLI, PackChoice, Workplace, workplace

SCAN_GOAL_SECONDS = 2
VARIES = ("scan_seconds",)
_LINE_COLUMNS = ("order", "line", "item", "qty", "due_date", "state", "short")

Outage = Annotated[
    str | None, typer.Option(metavar="supplier=CODE", help="What if this supplier is out? Nothing is kept.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """A look, its figures with the time it took, and the cases kept (none when it was a look only)."""

    seen: Look
    figures: tuple[Figure, ...]
    cases: tuple[Case, ...]
    kept: bool


@options.takes_pack
def scan_command(
    choice: PackChoice,
    policy: Annotated[Policy, typer.Option(help="Who is served first.")] = Policy.PRIORITY,
    pool_locations: Annotated[bool, typer.Option("--pool-locations", help="Treat all locations as one.")] = False,
    ship_from: Annotated[str | None, typer.Option(metavar="LOCATION", help="Ship every line from here.")] = None,
    overdue_supply: Annotated[OverdueSupply, typer.Option(help="What overdue supply does.")] = OverdueSupply.FROM_TODAY,
    no_bom: Annotated[bool, typer.Option("--no-bom", help="One level: no components.")] = False,
    calendars: Annotated[bool, typer.Option("--calendars", help="Count working days.")] = False,
    capacity: Annotated[bool, typer.Option("--capacity", help="Count minutes of work centres.")] = False,
    lanes: Annotated[bool, typer.Option("--lanes", help="Count what is left elsewhere.")] = False,
    alternates: Annotated[bool, typer.Option("--alternates", help="Count what may take its place.")] = False,
    outage: Outage = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How many days the outage lasts.")] = 14,
    keep: Annotated[bool, typer.Option("--keep", help="Let the cases follow these rules from now on.")] = False,
    as_json: options.Json = False,
    lines_out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the late list as CSV.")] = None,
) -> None:
    """Scan the books: net supply against demand, find root causes, keep one case for each."""
    rules = ScanRules(
        policy=policy,
        overdue=overdue_supply,
        pool_locations=pool_locations,
        ship_from=ship_from,
        use_bom=not no_bom,
        calendars=calendars,
        capacity=capacity,
        lanes=lanes,
        alternates=alternates,
    )
    with failures_said():
        command = ScanCommand(rules=rules, outage=_outage(outage, days), adopt=keep)
        with workplace(choice) as place:
            scanned = run_scan(place, command)
            if lines_out is not None:
                write_lines(lines_out, scanned.seen)
            if as_json:
                print_json(_as_json(place, scanned))
            else:
                _print(place, scanned, lines_out)
        raise SystemExit(MISSED if misses(scanned.figures) else DONE)


def run_scan(place: Workplace, command: ScanCommand) -> Scanned:
    """Look, time it from opening the connection to the late list, and keep the cases if they may follow the look."""
    started = time.perf_counter()
    with place.application.open_uow(CLI) as uow:
        seen = look(uow, command)
        seconds = Decimal(str(round(time.perf_counter() - started, 4)))
        kept = may_keep(uow, command)
        cases = reconcile(uow, seen).cases if kept else ()
    timed = Figure(name="scan_seconds", value=seconds, unit="s", goal=f"<= {SCAN_GOAL_SECONDS}")
    return Scanned(seen=seen, figures=(*figures_of(seen), timed), cases=cases, kept=kept)


def write_lines(file: Path, seen: Look) -> None:
    """One CSV row an open order line."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_LINE_COLUMNS)
        for line in seen.lines:
            writer.writerow((line.order, line.line, line.item, line.quantity, line.due, line.state, line.short))


def _outage(said: str | None, days: int) -> SupplierOutage | None:
    if said is None:
        return None
    kind, _, code = said.partition("=")
    if kind != "supplier" or not code:
        raise UsageError(f"--outage {said!r} is not of the form supplier=CODE")
    return SupplierOutage(supplier=SupplierCode(code), days=days)


def _as_json(place: Workplace, scanned: Scanned) -> dict[str, object]:
    seen = scanned.seen
    return {
        "figures": [figure_json(figure) for figure in scanned.figures],
        "varies": list(VARIES),
        "as_of": seen.as_of,
        "rules": dict(values_of(seen.rules)),
        "kept": scanned.kept,
        "pack": pack_json(place.reading),
        "cases": [
            {
                "id": case.id,
                "type": case.detected.type.value,
                "title": case.detected.title,
                "exposure": case.detected.exposure,
                "lines": len(case.detected.impacts),
                "state": case.state.value,
            }
            for case in scanned.cases
        ],
        "transfers": [
            {"item": t.item, "from": t.origin, "to": t.destination, "quantity": t.quantity} for t in transfers_of(seen)
        ],
        "alternatives": [
            {
                "item": a.item,
                "supplier": a.supplier,
                "lead_days": a.lead_days,
                "unit_price": a.unit_price,
                "minimum": a.minimum,
            }
            for a in alternatives_of(seen)
        ],
    }


def _print(place: Workplace, scanned: Scanned, lines_out: Path | None) -> None:
    print_pack(place.reading)
    console.print(figure_table(scanned.figures))
    if scanned.seen.outage is not None:
        found = alternatives_of(scanned.seen)
        sources = count(len(found), "other source") + ":" if found else "No item has another source."
        say(f"What if {scanned.seen.outage.supplier} is out? Nothing was kept. {sources}")
        for a in found:
            say(f"  {a.item}: {a.supplier}, {a.lead_days} days, {money(a.unit_price)} a unit, at least {a.minimum}")
    elif not scanned.kept:
        say("The cases are kept under other rules: this was a look only, nothing was kept. --keep adopts these rules.")
    elif scanned.cases:
        console.print(case_table(scanned.cases))
        words = place.choice.words
        say(f"Next: `expediter case ID{words}` shows one, `expediter resolve ID{words}` works out the ways out of it.")
    else:
        say("Every order line is covered in time. There is nothing to decide.")
    if transfers_of(scanned.seen):
        moves = count(len(transfers_of(scanned.seen)), "transfer")
        say(f"{moves} would cover what other locations hold (--json lists them).")
    if lines_out is not None:
        say(f"The late list is in {lines_out}.")
