"""Ranking: of all trials the few that are worth a person's time."""

from collections.abc import Sequence

import numpy as np

from core.planning.repair.lateness import Picture
from core.planning.repair.trials import Problem, Trial
from core.planning.snapshot import Flags


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


def moved(before: Picture, after: Picture) -> Flags:
    """The lines whose promised date, projected date or uncovered units change."""
    return (before.due != after.due) | (before.projected != after.projected) | (before.short != after.short)


def does_good(problem: Problem, trial: Trial) -> bool:
    """A promise is given, a line comes sooner or rests on firmer ground, or less is lacking."""
    before, after = problem.before, trial.after
    sooner = (after.projected < before.projected) | (after.short < before.short)
    firmer = before.groundless & ~after.groundless
    less = trial.lack.unsupplied < problem.lack.unsupplied or trial.lack.safety < problem.lack.safety
    return less or bool(trial.promises) or bool((sooner | firmer).any())


def _beats(one: Trial, other: Trial) -> bool:
    """Whether one, which ranks no lower, is as good in every respect: money, promises, each line, what is lacking."""
    return (
        one.total_cost <= other.total_cost
        and len(one.promises) <= len(other.promises)
        and one.lack.unsupplied <= other.lack.unsupplied
        and one.lack.safety <= other.lack.safety
        and bool(np.all(one.after.lateness <= other.after.lateness))
    )
