"""Writing: the trials chosen, and doing nothing, as options a person can compare and a plan can be taken from."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np

from core.domain.ids import CustomerCode, OptionId, OrderNo
from core.domain.options import CostTerm, LineChange, Option
from core.domain.plans import Action, Wait, plan_of
from core.domain.tiers import tier_of
from core.planning.exposure import in_money
from core.planning.forecasting import forecast
from core.planning.repair.changes import changes_of, helped, hurt, moved, recovered
from core.planning.repair.trials import Problem, Trial, actions_of, nothing
from core.planning.repair.undoing import undo_words
from core.planning.repair.weathering import with_odds
from core.planning.repair.wording import notes_of, title_of
from core.planning.robustness.drawing import Chances
from core.planning.simulation import item_position
from core.planning.snapshot import Flags, date_of, day_number

_LETTERS = "ABCDEFGHIJ"


def options_of(problem: Problem, trials: Sequence[Trial], *, chances: Chances) -> tuple[Option, ...]:
    """The trials as options A, B, ..., and waiting last; all exposure before and after is of the same lines: those the
    case hurts and those any option moves. So are their odds."""
    seen = np.zeros(problem.before.due.size, dtype=np.bool_)
    seen[list(problem.lines)] = True
    for trial in trials:
        seen |= moved(problem.before, trial.after)
    options = [
        (written(problem, trial, seen, letter=letter, actions=actions_of(problem, trial, mark=letter)), trial)
        for letter, trial in zip(_LETTERS, trials, strict=False)
    ]
    until, idle = _look_again(problem, [option.deadline for option, _ in options]), nothing(problem)
    wait = written(problem, idle, seen, letter=_LETTERS[len(options)], actions=(Wait(until=until),))
    return with_odds(problem, seen, chances, [*options, (wait, idle)])


def written(problem: Problem, trial: Trial, seen: Flags, *, letter: str, actions: tuple[Action, ...]) -> Option:
    """A trial as the option of a letter; exposure and lateness are those of the lines seen."""
    snapshot, case = problem.snapshot, problem.case
    identity = OptionId(f"{case.id}-{case.planning_round}{letter}")
    plan = plan_of(case=case.id, option=identity, actions=actions, currency=snapshot.currency)
    changes = changes_of(snapshot, problem.before, trial.after)
    touched = {(change.order, change.line) for change in changes} | {_key(problem, line) for line in problem.lines}
    return Option(
        id=identity,
        case=case.id,
        letter=letter,
        title=title_of(trial, actions),
        plan=plan,
        tier=tier_of(plan, problem.policy.money_limit),
        cost_terms=_added_up(trial.cost_terms),
        total_cost=trial.total_cost,
        objective=trial.objective - in_money(int(problem.before.lateness[~seen].sum())),
        deadline=_deadline(problem, trial, actions),
        changes=changes,
        lines_helped=int(helped(problem.before, trial.after).sum()),
        lines_hurt=int(hurt(problem.before, trial.after).sum()),
        lines_recovered=recovered(problem.before, trial.after),
        promises_moved=len(trial.promises),
        customers_affected=_customers(changes),
        exposure_before=in_money(int(problem.before.exposure[seen].sum())),
        exposure_after=in_money(int(trial.after.exposure[seen].sum())),
        forecast=forecast(trial.snapshot, trial.result, touched=frozenset(touched)),
        undo=undo_words(actions),
        feasibility=notes_of(problem, trial),
    )


def _key(problem: Problem, line: int) -> tuple[str, int]:
    demand = problem.snapshot.demand
    return OrderNo(demand.order[line]), int(demand.line[line])


def _customers(changes: Sequence[LineChange]) -> tuple[CustomerCode, ...]:
    return tuple(sorted({change.customer for change in changes}))


def _added_up(terms: Sequence[CostTerm]) -> tuple[CostTerm, ...]:
    """Terms of one name as one."""
    amounts: dict[str, Decimal] = {}
    for term in terms:
        amounts[term.name] = amounts.get(term.name, Decimal(0)) + term.amount
    return tuple(CostTerm(name=name, amount=amount) for name, amount in amounts.items())


def _deadline(problem: Problem, trial: Trial, actions: Sequence[Action]) -> date:
    """The first day after which part of it can no longer be had in time; a new promise is told before the old one is
    broken, at the latest."""
    today = problem.snapshot.as_of
    waits = [day_number(action.until) for action in actions if isinstance(action, Wait)]
    days = [take.idea.reach.last_day for take in trial.mix]
    days += [day_number(promise.old) for promise in trial.promises]
    days += [trial.alternative.last_day] if trial.alternative else []
    return date_of(max(today, min([*days, *waits])))


def _look_again(problem: Problem, deadlines: Sequence[date]) -> date:
    """The day to look again when nothing is done: when the first option would be lost (without any, when making or
    buying would have to begin), tomorrow at the soonest."""
    snapshot, detected = problem.snapshot, problem.case.detected
    lead = int(snapshot.items.lead_days[item_position(snapshot, detected.item)]) if problem.want.known else 0
    begin = date_of(day_number(detected.needed_by) - lead)
    return max(date_of(snapshot.as_of + 1), min(deadlines, default=begin))
