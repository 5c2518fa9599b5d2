"""Ranking: of all trials the few that are worth a person's time."""

from collections.abc import Sequence

import numpy as np

from core.planning.repair.changes import helped, hurt, recovered
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
    """A line that missed its promise or had little slack gains a day, one is on time again, the exposure is lower, or
    less is lacking; a promise given and units supplied at last count only where no line is hurt and the exposure is not
    higher."""
    before, after, lack = problem.before, trial.after, trial.lack
    gains = (before.lateness > 0) & helped(before, after)
    exposed = int(after.exposure.sum()) - int(before.exposure.sum())
    if gains.any() or recovered(before, after) or exposed < 0:
        return True
    safer = lack.safety < problem.lack.safety or lack.unsafe < problem.lack.unsafe
    harmless = not exposed and not hurt(before, after).any()
    return safer or (harmless and (bool(trial.promises) or lack.unsupplied < problem.lack.unsupplied))


def may_do_good(problem: Problem, draft: Trial) -> bool:
    """Whether it is worth giving new dates to: it does good without them, or more supply is there to promise on."""
    return draft.lack.less_than(problem.lack) or does_good(problem, draft)


def _beats(one: Trial, other: Trial) -> bool:
    """Whether one, which ranks no lower, is as good in every respect: money, promises, each line, what is lacking."""
    return (
        one.total_cost <= other.total_cost
        and len(one.promises) <= len(other.promises)
        and one.lack.at_most(other.lack)
        and bool(np.all(one.after.lateness <= other.after.lateness))
    )
