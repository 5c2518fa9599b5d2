"""Operations done at another work centre than their own, by requirement."""

from dataclasses import dataclass, fields

import numpy as np

from core.planning.ordering import stable_order
from core.planning.snapshot import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerouted:
    """Operations done at another work centre than their own: of which requirement (position), which row of the
    operations, the centre, its minutes and the day number they end."""

    requirement: Ints
    operation: Ints
    center: Ints
    minutes: Ints
    end: Ints

    def of(self, requirement: int) -> Ints:
        """The rows of one requirement, operation by operation, where they stand by requirement."""
        first, last = np.searchsorted(self.requirement, [requirement, requirement + 1])
        return np.arange(int(first), int(last))


_NONE = np.zeros(0, dtype=np.int64)
NO_REROUTED = Rerouted(requirement=_NONE, operation=_NONE, center=_NONE, minutes=_NONE, end=_NONE)


def joined_rerouted(parts: list[Rerouted]) -> Rerouted:
    """The rows of all parts by requirement, then by operation."""
    some = [part for part in parts if part.requirement.size]
    if not some:
        return NO_REROUTED
    columns: dict[str, Ints] = {
        one.name: np.concatenate([getattr(part, one.name) for part in some]) for one in fields(Rerouted)
    }
    order = stable_order(columns["requirement"], columns["operation"])
    return Rerouted(**{name: column[order] for name, column in columns.items()})
