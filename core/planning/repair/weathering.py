"""Weathering: what each option comes to over many scenarios of how late the orders it rests on are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from core.domain.money import rounded
from core.domain.options import Option
from core.domain.robustness import OptionOdds, percent
from core.planning.exposure import late_units
from core.planning.pegging import peg_graph
from core.planning.repair.aligning import rows_left
from core.planning.repair.late_terms import late_terms
from core.planning.repair.trials import Problem, Trial
from core.planning.robustness.drawing import Chances, drawn_days, uncertain
from core.planning.robustness.resting import arrivals, resting
from core.planning.snapshot import Flags, Ints

WORST_PERCENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Weathered:
    """Per scenario: whether every line comes as the option says, and how much more than netted lateness costs (cents,
    negative: less)."""

    holds: Flags
    more: Ints


def with_odds(
    problem: Problem, seen: Flags, chances: Chances, options: Sequence[tuple[Option, Trial]]
) -> tuple[Option, ...]:
    """The options with their odds over the lines seen (flags of the books before), and their ranks among each other:
    by the mean of the objective, and by the mean of its worst twentieth. Ties go to the better objective, then the
    letter. Every option meets the same scenarios."""
    found = [_odds(option, weathered(problem, trial, seen, chances)) for option, trial in options]
    expected = _ranks([(one.expected, option) for one, (option, _) in zip(found, options, strict=True)])
    worst = _ranks([(one.worst, option) for one, (option, _) in zip(found, options, strict=True)])
    return tuple(
        replace(option, odds=replace(one, expected_rank=expected[at], worst_rank=worst[at]))
        for at, ((option, _), one) in enumerate(zip(options, found, strict=True))
    )


def weathered(problem: Problem, trial: Trial, seen: Flags, chances: Chances) -> Weathered:
    """What the scenarios do to the lines seen under a trial; lines that rest on nothing uncertain come as netted."""
    left = rows_left(problem.snapshot, trial.snapshot)
    graph, moved = peg_graph(trial.snapshot, trial.result), uncertain(trial.snapshot, chances)
    rest = resting(trial.snapshot, graph, np.flatnonzero(seen[left]), moved=moved)
    before = left[rest.lines]
    terms = late_terms(
        trial.snapshot,
        trial.result,
        problem.policy,
        promised=problem.snapshot.demand.due[left],
        unfounded=trial.after.groundless[left],
        late=late_units(trial.result)[trial.result.line_requirement],
    ).of(rest.lines)
    there = arrivals(rest, drawn_days(trial.snapshot, rest.supplies, chances))
    said = np.maximum(trial.after.projected[before], trial.snapshot.demand.due[rest.lines])[:, None]
    more = terms.cents(there.cover, there.available) - trial.after.lateness[before][:, None]
    holds = np.logical_and.reduce(there.available <= said, axis=0)
    return Weathered(holds=np.asarray(holds, dtype=np.bool_), more=more.sum(axis=0))


def _odds(option: Option, found: Weathered) -> OptionOdds:
    count = found.more.size
    worst = np.sort(found.more)[-max(1, -(-count * WORST_PERCENT // 100)) :]
    return OptionOdds(
        holds=percent(int(found.holds.sum()), count),
        expected=rounded(option.objective + _mean(found.more)),
        worst=rounded(option.objective + _mean(worst)),
        expected_rank=0,
        worst_rank=0,
        scenarios=count,
    )


def _mean(cents: Ints) -> Decimal:
    return Decimal(int(cents.sum())) / (100 * cents.size)


def _ranks(amounts: Sequence[tuple[Decimal, Option]]) -> list[int]:
    keys = [(amount, option.objective, option.letter) for amount, option in amounts]
    places = sorted(keys)
    return [places.index(key) + 1 for key in keys]
