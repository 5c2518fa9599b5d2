"""Rounds in which two ways are measured right after one another, so that a machine that slows down slows both."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.bench.crowd import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round: our pace, and that of the fastest of the ways it is held against."""

    ours: Pace
    theirs: Pace

    @property
    def ratio(self) -> float:
        """Turns a second, ours over theirs."""
        return self.ours.per_second / self.theirs.per_second


def round_of(ours: Pace, *theirs: Pace) -> Round:
    """A round of ours against the fastest of the others."""
    return Round(ours=ours, theirs=max(theirs, key=lambda pace: pace.per_second))


def middle(rounds: Sequence[Round]) -> Round:
    """The round with the middle ratio; of an even number the lower one of the two."""
    return sorted(rounds, key=lambda one: one.ratio)[(len(rounds) - 1) // 2]


def middle_wait(rounds: Sequence[Round], share: float) -> float:
    """Milliseconds that this share of our turns did not exceed, in the middle one of the rounds."""
    return sorted(one.ours.milliseconds(share) for one in rounds)[(len(rounds) - 1) // 2]
