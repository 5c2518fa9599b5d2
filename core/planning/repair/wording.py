"""The words of an option: its title, and what has to be so for it to work."""

from collections.abc import Sequence

from core.domain.plans import Action, Wait
from core.planning.naming import counted, day_name
from core.planning.repair.trials import Problem, Trial
from core.planning.snapshot import day_number


def title_of(trial: Trial, actions: Sequence[Action]) -> str:
    """`Transfer 40 FG-100 from RENO, new dates for 3 order lines`."""
    parts = [take.idea.said(take.quantity) for take in trial.mix]
    if trial.alternative:
        parts.append(trial.alternative.said)
    if trial.promises:
        dates = "a new date" if len(trial.promises) == 1 else "new dates"
        parts.append(f"{dates} for {counted(len(trial.promises), 'order line')}")
    parts += [
        f"wait until {action.until.isoformat()}, then look again" for action in actions if isinstance(action, Wait)
    ]
    text = ", ".join(parts)
    return text[0].upper() + text[1:]


def notes_of(problem: Problem, trial: Trial) -> tuple[str, ...]:
    """The evidence behind each block, what comes late all the same, and what the new dates rest on."""
    needed = max(problem.snapshot.as_of, day_number(problem.case.detected.needed_by))
    notes: list[str] = []
    supplied = problem.lack.unsupplied - trial.lack.unsupplied
    if supplied:
        notes.append(f"{supplied:,} of {counted(problem.lack.unsupplied, 'unit')} without supply get one")
    for take in trial.mix:
        notes.append(take.idea.note)
        arrives = take.idea.reach.arrives
        if arrives > needed:
            late = counted(arrives - needed, "day")
            notes.append(f"{take.idea.said(take.quantity)}: there on {day_name(arrives)}, {late} after the first need")
    if trial.alternative:
        notes.append(trial.alternative.note)
    return (*notes, *_promise_notes(problem, trial))


def _promise_notes(problem: Problem, trial: Trial) -> list[str]:
    after, demand = trial.after, problem.snapshot.demand
    given = {(promise.order, promise.line) for promise in trial.promises}
    promised = [line for line in problem.lines if (demand.order[line], int(demand.line[line])) in given]
    planned = sum(int(after.short[line]) > 0 for line in promised)
    groundless = sum(bool(after.groundless[line]) for line in problem.lines)
    notes: list[str] = []
    if planned:
        notes.append(f"{counted(planned, 'new date')} rest on making that has still to be ordered")
    if groundless:
        notes.append(f"{counted(groundless, 'order line')} still rest on supply that nobody has ordered: no new date")
    return notes
