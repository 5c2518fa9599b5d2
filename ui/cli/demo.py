"""`expediter demo`: the first journey told on the demo company, or on a pack, with sandbox partners only."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from agents.worker.worker import Worker
from core.demo.company import SEED
from core.demo.sizes import Size
from core.domain.approval import Approval, ApprovalState, DecisionKind
from core.domain.cases import WAITING_STATES, Case
from core.domain.errors import NotFoundError, UsageError
from core.domain.options import Verification
from core.planning.rules import ScanRules
from core.services.approvals import DecideCommand, decide
from core.services.packs.reading import PackReading
from core.services.scanning import ScanCommand, queue
from ui.cli import options
from ui.cli.asking import at_terminal
from ui.cli.cases import show_approval
from ui.cli.demo_stage import APPROVERS, stage
from ui.cli.failing import DONE, MISSED, failures_said
from ui.cli.figures import figure_json
from ui.cli.next_morning import say_sound, tell_next_morning
from ui.cli.outcome import say_ending, tell_outcome, write_change_list
from ui.cli.printing import console, count, heading, print_json, quiet, say
from ui.cli.reports import case_table, figure_table, impact_table, pack_json, print_case, print_options
from ui.cli.scanning import VARIES, Scanned, run_scan
from ui.cli.shifts import open_worker
from ui.cli.workplace import CLI, PackChoice, Workplace

_TRIED = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How the story went."""

    scanned: Scanned
    ending: str
    sound: bool
    approval: Approval | None = None
    verification: Verification | None = None


def demo_command(
    pack: options.Pack = None,
    mapping: options.Mapping = None,
    quarantine: options.Quarantine = False,
    seed: Annotated[int, typer.Option(min=0, max=2**31, help="The seed of the demo company.")] = SEED,
    size: options.DemoSize = Size.FULL,
    day: Annotated[int, typer.Option(min=1, max=2, help="2 tells the next day, too: a later pack is loaded.")] = 1,
    yes: Annotated[bool, typer.Option("--yes", help="Let the demo approver answer.")] = False,
    as_json: options.Json = False,
    out: options.Out = None,
) -> None:
    """Tell the first journey end to end: risk, cause, options, decision, execution, verification."""
    choice = PackChoice(folder=pack, mapping=mapping, quarantine=quarantine)
    with failures_said(), quiet(as_json):
        if day > 1 and (pack is not None or size is not Size.FULL):
            raise UsageError("--day 2 is told of the full-size demo company; leave out --pack and --size")
        with stage(choice, seed=seed, size=size) as scene:
            place, asks = scene.place, at_terminal() and not yes and not as_json
            told = tell(place, asks=asks, out=out or place.change_lists)
            later = tell_next_morning(scene) if day > 1 else None
            if as_json:
                print_json(_as_json(place, told) | ({"next_day": later.as_json()} if later else {}))
            raise SystemExit(DONE if told.sound and (later is None or later.sound) else MISSED)


def tell(place: Workplace, *, asks: bool, out: Path) -> Told:
    """The story in five parts; with `asks` the person at the terminal decides, else the demo approver."""
    _opening(place.reading)
    heading("1. What will miss its promise?")
    scanned = run_scan(place, ScanCommand(rules=ScanRules()))
    console.print(figure_table(scanned.figures))
    if not scanned.cases:
        return _nothing(place, scanned)
    console.print(case_table(scanned.cases))
    with open_worker(place) as worker:
        approval = _work_queue(place, worker)
        _show(place, approval)
        heading("4. The decision")
        yes = not asks or typer.confirm("Do exactly this?")
        _decide(place, approval, DecisionKind.APPROVE if yes else DecisionKind.REJECT)
        heading("5. Execution and verification")
        with console.status("Executing, sending, scanning again"):
            worker.advance(approval.case, begin=False)
    return _ending(place, scanned, approval, out)


def _opening(reading: PackReading | None) -> None:
    assert reading is not None
    company = reading.company
    heading(f"{company.settings.name}, {company.settings.as_of}")
    say(
        f"{len(company.items)} items, {len(company.locations)} locations, {len(company.suppliers)} suppliers,"
        f" {len(company.sales_orders)} open orders with {len(company.sales_order_lines)} lines."
        " Suppliers and mail are sandboxes on this machine; nothing leaves it."
    )
    for sentence in company.settings.assumptions:
        say(f"  assumed: {sentence}", style="dim")
    noted = count(reading.warnings, "thing")
    say(f"  read with mapping {reading.mapping_name!r}; {noted} noted in the data", style="dim")


def _work_queue(place: Workplace, worker: Worker) -> Approval:
    """The first case of the queue whose proposal brings order lines back in time; those before it wait for a person."""
    heading("2. The desk asks suppliers, plans and simulates")
    with place.application.open_uow(CLI) as uow:
        waiting = [case for case in queue(uow, uow.company.settings().as_of) if case.state in WAITING_STATES]
    best: Approval | None = None
    for case in waiting[:_TRIED]:
        with console.status(f"{case.id}: asking suppliers, planning, simulating"):
            worker.advance(case.id)
        found = _proposed(place, case)
        if found is None:
            continue
        best = best or found[0]
        say(f"{case.id}: {found[1]}")
        if found[2]:
            return found[0]
    if best is None:
        raise NotFoundError("no case has a way out; look at the queue with `expediter cases`")
    return best


def _proposed(place: Workplace, case: Case) -> tuple[Approval, str, bool] | None:
    with place.application.open_uow(CLI) as uow:
        pending = [a for a in uow.approvals.of_case(case.id) if a.state is ApprovalState.PENDING]
        if not pending:
            return None
        option = uow.cases.option(uow.proposals.get(pending[-1].proposal).option)
        ways = len(uow.cases.options(case.id))
    return pending[-1], f"{count(ways, 'way')} out, proposed: {option.title}", option.lines_recovered > 0


def _show(place: Workplace, approval: Approval) -> None:
    with place.application.open_uow(CLI) as uow:
        case = uow.cases.get(approval.case)
        heading("3. The case, its cause and the ways out")
        print_case(case, uow.company.settings().currency)
        console.print(impact_table(case.detected.impacts))
        print_options(uow.cases.options(case.id))
        for idea in uow.cases.rejected(case.id):
            say(f"  not possible: {idea.what}: {idea.reason}", style="dim")
        show_approval(uow, approval)


def _decide(place: Workplace, approval: Approval, kind: DecisionKind) -> None:
    reason = "" if kind is DecisionKind.APPROVE else "declined at the terminal"
    needed = approval.approvals_needed if kind is DecisionKind.APPROVE else 1
    for name in APPROVERS[:needed]:
        command = DecideCommand(
            approval=approval.id, plan_hash=approval.plan_hash, kind=kind, comment=reason, channel="demo"
        )
        with place.application.open_uow(name) as uow:
            decide(uow, command, uow.users.get(name))
        say(f"{name}: {kind} {approval.id}, plan hash {approval.plan_hash[:16]}")


def _nothing(place: Workplace, scanned: Scanned) -> Told:
    sound = say_sound(place)
    say("Every order line is covered in time; nothing has to be decided.", style="bold green")
    return Told(scanned=scanned, ending="nothing to decide", sound=sound)


def _ending(place: Workplace, scanned: Scanned, approval: Approval, out: Path) -> Told:
    with place.application.open_uow(CLI) as uow:
        effect = uow.effects.get(approval.id)
    ending = tell_outcome(place.application, approval)
    if ending.done:
        write_change_list(place.application, approval.id, out)
    sound = say_sound(place)
    say_ending(ending)
    return Told(
        scanned=scanned,
        approval=approval,
        ending=ending.line,
        verification=effect.verification if effect else None,
        sound=(ending.verified or not ending.done) and sound,
    )


def _as_json(place: Workplace, told: Told) -> dict[str, object]:
    found, approval = told.verification, told.approval
    return {
        "figures": [figure_json(figure) for figure in told.scanned.figures],
        "varies": list(VARIES),
        "pack": pack_json(place.reading),
        "cases": [{"id": case.id, "title": case.detected.title} for case in told.scanned.cases],
        "case": approval.case if approval else None,
        "approval": approval.id if approval else None,
        "plan_hash": approval.plan_hash if approval else None,
        "approvers": list(APPROVERS[: approval.approvals_needed]) if approval else [],
        "predicted_exposure": found.predicted.exposure if found else None,
        "realised_exposure": found.realised.exposure if found else None,
        "ending": told.ending,
    }
