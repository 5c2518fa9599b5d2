"""Crafting: an option as somebody wants it, tried, priced and written by the same code as the planner's own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from core.domain.crafting import Changes, Compose, EditOption, TheseActions
from core.domain.errors import ConflictError, InsufficientStockError, NotFoundError
from core.domain.ids import OrderNo
from core.domain.options import Option
from core.domain.plans import Action, RePromise, Wait
from core.planning.exposure import in_money
from core.planning.repair.changes import moved
from core.planning.repair.composition import Composition, LineName, UnfitError, Workbench, misfits
from core.planning.repair.recognising import recognised
from core.planning.repair.trials import Problem, Trial, actions_of, dated, drafted, nothing, promised, tried
from core.planning.repair.weathering import with_odds
from core.planning.repair.wishing import composed, edited
from core.planning.repair.writing import written
from core.planning.robustness.drawing import Chances
from core.planning.simulation import line_position
from core.planning.snapshot import Flags, date_of, day_number

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_WAIT_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The options a crafted one stands beside, and who suppliers turn out to be."""

    options: tuple[Option, ...]
    chances: Chances

    @property
    def letter(self) -> str:
        """The next letter; UnfitError when all are used."""
        used = max((LETTERS.index(option.letter) for option in self.options), default=-1)
        if used + 1 == len(LETTERS):
            raise UnfitError(f"this planning round has {len(LETTERS)} options; plan the case again")
        return LETTERS[used + 1]


def craft(bench: Workbench, changes: Changes, beside: Round) -> Option:
    """The option; UnfitError holds every reason why it cannot be. Exposure and objective are counted over the lines
    that the options it stands beside are counted over, so that all compare; what it does to lines beyond is added."""
    composition = composition_of(bench, changes, beside.options)
    letter = beside.letter
    trial, actions = _tried(bench.problem, composition, letter=letter)
    return _beside(bench.problem, trial, actions, beside, letter=letter)


def composition_of(bench: Workbench, changes: Changes, options: Sequence[Option]) -> Composition:
    """What the changes ask for, in the ideas of the workbench."""
    match changes:
        case Compose():
            return composed(bench, changes)
        case TheseActions():
            if not changes.actions:
                raise UnfitError("a way out has at least one action")
            return recognised(bench, changes.actions)
        case EditOption():
            found = [option for option in options if option.id == changes.option]
            if not found:
                raise UnfitError(f"{changes.option!r} is no option of this planning round; it has {_ids(options)}")
            return edited(bench, found[0], changes)


def _ids(options: Sequence[Option]) -> str:
    return ", ".join(option.id for option in options) or "none yet"


def _tried(problem: Problem, wanted: Composition, *, letter: str) -> tuple[Trial, tuple[Action, ...]]:
    if wanted.wait is not None:
        return nothing(problem), (_wait(problem, wanted.wait),)
    reasons = misfits(wanted.mix)
    if reasons:
        raise UnfitError(*reasons)
    try:
        trial = _trial(problem, wanted, letter=letter)
        return trial, actions_of(problem, trial, mark=letter)
    except (ConflictError, InsufficientStockError, NotFoundError) as error:
        raise UnfitError(error.message) from error


def _wait(problem: Problem, until: date) -> Wait:
    today = problem.snapshot.as_of
    if not 1 <= day_number(until) - today <= LONGEST_WAIT_DAYS:
        accepted = f"accepted is {date_of(today + 1)} to {date_of(today + LONGEST_WAIT_DAYS)}"
        raise UnfitError(f"nothing can be left until {until}; {accepted}")
    return Wait(until=until)


def _trial(problem: Problem, wanted: Composition, *, letter: str) -> Trial:
    if wanted.alternative is not None:
        if wanted.dates:
            raise UnfitError(f"{wanted.alternative.said}: new dates cannot be given together with it")
        return tried(problem, wanted.alternative)
    draft = drafted(problem, wanted.mix, mark=letter)
    given: dict[LineName, RePromise] = {}
    for promise in promised(problem, draft).promises if wanted.settled else ():
        given[(promise.order, promise.line)] = promise
    for line, day in wanted.dates.items():
        given[line] = _promise(problem, line, day)
    trial = dated(problem, draft, _in_order(problem, given))
    _check_kept(problem, trial, wanted)
    return trial


def _in_order(problem: Problem, given: dict[LineName, RePromise]) -> tuple[RePromise, ...]:
    """The promises in the order of the books, as the planner gives them."""
    return tuple(sorted(given.values(), key=lambda one: line_position(problem.snapshot, one.order, one.line) or 0))


def _promise(problem: Problem, line: LineName, day: date) -> RePromise:
    at = line_position(problem.snapshot, *line)
    if at is None or at not in problem.lines:
        raise UnfitError(f"order line {line[0]}/{line[1]} is not one that {problem.case.id} hurts; its dates stay")
    demand = problem.snapshot.demand
    old = date_of(int(demand.due[at]))
    if day == old:
        raise UnfitError(f"order line {line[0]}/{line[1]} is promised for {old} already")
    if day_number(day) < problem.snapshot.as_of:
        raise UnfitError(f"order line {line[0]}/{line[1]} cannot be promised for {day}: that day has passed")
    return RePromise(order=OrderNo(line[0]), line=line[1], old=old, new=day, quantity=int(demand.quantity[at]))


def _check_kept(problem: Problem, trial: Trial, wanted: Composition) -> None:
    """A date that somebody asked for must be kept by the simulation of the whole plan."""
    reasons: list[str] = []
    for order, line in sorted(wanted.dates):
        at = line_position(trial.snapshot, order, line)
        if at is None:
            continue
        row = line_position(problem.snapshot, order, line)
        day, projected = wanted.dates[(order, line)], int(trial.result.line_available[at])
        said = f"order line {order}/{line} cannot be promised for {day}"
        if row is not None and bool(trial.after.groundless[row]):
            reasons.append(
                f"order line {order}/{line} cannot be promised for {day}: it rests on supply nobody has ordered"
            )
        elif projected > day_number(day):
            there = date_of(projected)
            reasons.append(f"{said}: it would be there on {there}")
    if reasons:
        raise UnfitError(*reasons)


def _beside(problem: Problem, trial: Trial, actions: tuple[Action, ...], beside: Round, *, letter: str) -> Option:
    """The option, its figures on the ground of those it stands beside, its odds ranked among theirs."""
    counted = _counted(problem, beside.options)
    more = moved(problem.before, trial.after) & ~counted if beside.options else np.zeros_like(counted)
    seen = counted | moved(problem.before, trial.after)
    plain = written(problem, trial, seen, letter=letter, actions=actions)
    exposure = in_money(int(problem.before.exposure[more].sum()))
    plain = replace(
        plain,
        objective=plain.objective - in_money(int(problem.before.lateness[more].sum())),
        exposure_before=plain.exposure_before - exposure,
        exposure_after=plain.exposure_after - exposure,
    )
    (found,) = with_odds(problem, seen, beside.chances, [(plain, trial)])
    return _ranked(found, beside.options)


def _counted(problem: Problem, options: Sequence[Option]) -> Flags:
    """The lines the options of a round are counted over: those the case hurts and those any of them moves."""
    seen = np.zeros(problem.before.due.size, dtype=np.bool_)
    seen[list(problem.lines)] = True
    for option in options:
        for change in option.changes:
            at = line_position(problem.snapshot, change.order, change.line)
            if at is not None:
                seen[at] = True
    return seen


def _ranked(option: Option, others: Sequence[Option]) -> Option:
    odds = option.odds
    if odds is None:
        return option
    rivals = [(other.odds, (other.objective, other.letter)) for other in others if other.odds is not None]
    mine = (option.objective, option.letter)
    return replace(
        option,
        odds=replace(
            odds,
            expected_rank=1 + sum((one.expected, *key) < (odds.expected, *mine) for one, key in rivals),
            worst_rank=1 + sum((one.worst, *key) < (odds.worst, *mine) for one, key in rivals),
        ),
    )
