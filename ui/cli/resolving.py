"""`expediter resolve`: working out the ways out of a case, as far as it gets without a person."""

from typing import Annotated

import typer

from agents.worker.worker import Advance, Standing, Worker
from core.domain.cases import ACTIVE_STATES, WAITING_STATES, CaseState
from core.domain.errors import UsageError
from core.domain.ids import CaseId
from core.services.scanning import queue
from ui.cli import options
from ui.cli.cases import planned, say_next, show_case, shown_json
from ui.cli.failing import failures_said
from ui.cli.printing import console, print_json, say
from ui.cli.shifts import open_worker
from ui.cli.workplace import CLI, PackChoice, Workplace, workplace


@options.takes_pack
def resolve_command(
    choice: PackChoice,
    case: Annotated[str | None, typer.Argument(metavar="ID", help="Such as CASE-3.")] = None,
    all_cases: Annotated[bool, typer.Option("--all", help="Every open case, most urgent first.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="With --all, at most so many.")] = 20,
    as_json: options.Json = False,
) -> None:
    """Work out the ways out of a case and put one before people. This never answers for a person."""
    with failures_said():
        if (case is None) is not all_cases:
            raise UsageError("name one case, or say --all")
        with workplace(choice) as place, open_worker(place) as worker:
            found: list[dict[str, object]] = []
            for wanted in _wanted(place, case, limit):
                if _is_closed(place, wanted, quiet=as_json):
                    found.append(_data(place, wanted, None))
                    continue
                came = _advanced(worker, wanted)
                found.append(_data(place, wanted, came))
                if not as_json:
                    _show(place, wanted, came)
            if as_json:
                print_json(found)


def _advanced(worker: Worker, wanted: CaseId) -> Advance:
    """As far as the case gets without a person; a round whose proposal ran out is followed by another."""
    with console.status(f"{wanted}: asking suppliers, planning, simulating"):
        came = worker.advance(wanted)
        return worker.advance(wanted) if came.outcome == "expired" else came


def _show(place: Workplace, wanted: CaseId, came: Advance) -> None:
    with place.application.open_uow(CLI) as uow:
        show_case(uow, uow.cases.get(wanted))
        say_next(uow, uow.cases.get(wanted), place.choice)
    if came.standing is Standing.BUSY:
        say(f"{wanted}: another worker is at it; look again in a moment.")
    if came.standing is Standing.HALTED:
        say(f"{wanted}: {came.message}. It goes on after `expediter resume`.")


def _data(place: Workplace, wanted: CaseId, came: Advance | None) -> dict[str, object]:
    """The case as it is now, and how the run of the desk stands; none where there was nothing to work out."""
    with place.application.open_uow(CLI) as uow:
        case = shown_json(uow, uow.cases.get(wanted))
    run = None if came is None else {"standing": came.standing.value, "outcome": came.outcome, "said": came.message}
    return {**case, "run": run}


def _is_closed(place: Workplace, wanted: CaseId, *, quiet: bool) -> bool:
    with place.application.open_uow(CLI) as uow:
        state = uow.cases.get(wanted).state
    if state in ACTIVE_STATES:
        return False
    if quiet:
        return True
    shows = f"`expediter case {wanted}{place.choice.words}` shows what was done"
    say(f"{wanted} is not open but {state}; there is nothing to work out, {shows}.")
    return True


def _wanted(place: Workplace, case: str | None, limit: int) -> tuple[CaseId, ...]:
    if case is not None:
        return (CaseId(case),)
    with place.application.open_uow(CLI) as uow:
        found = [
            one
            for one in queue(uow, uow.company.settings().as_of)
            if one.state in WAITING_STATES or (one.state is CaseState.PROPOSED and not planned(uow, one))
        ]
    return tuple(one.id for one in found)[:limit]
