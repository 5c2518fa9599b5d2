"""Ranking: of all trials the few that are worth a person's time."""

from collections.abc import Sequence

import numpy as np

from core.planning.repair.changes import helped
from core.planning.repair.trials import Problem, Trial


def worthwhile(problem: Problem, trials: Sequence[Trial]) -> tuple[Trial, ...]:
    """The trials that do some good, no two alike and none beaten by another in every respect, the best first; one
    place of the policy's most options is kept for doing nothing."""
    good = [trial for trial in trials if does_good(problem, trial)]
    ranked = sorted(range(len(good)), key=lambda n: (good[n].objective, good[n].total_cost, n))
    kept: list[Trial] = []
    for trial in (good[n] for n in ranked):
        if not any(_beats(other, trial) for other in kept):
            kept.append(trial)
    return tuple(kept[: problem.policy.most_options - 1])


def does_good(problem: Problem, trial: Trial) -> bool:
    """A promise is given, a line is helped, or less is lacking."""
    less = trial.lack.less_than(problem.lack)
    return less or bool(trial.promises) or bool(helped(problem.before, trial.after).any())


def _beats(one: Trial, other: Trial) -> bool:
    """Whether one, which ranks no lower, is as good in every respect: money, promises, each line, what is lacking."""
    return (
        one.total_cost <= other.total_cost
        and len(one.promises) <= len(other.promises)
        and one.lack.at_most(other.lack)
        and bool(np.all(one.after.lateness <= other.after.lateness))
    )
