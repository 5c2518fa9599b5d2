"""What netting finds: every requirement with its cover, every receipt with its real date, and the pegs between."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.planning.ordering import stable_order
from core.planning.rerouted import NO_REROUTED, Rerouted
from core.planning.rules import ScanRules
from core.planning.snapshot import Days, Ints, Positions
from core.planning.spans import run_starts
from core.planning.takings import NO_TAKINGS, Takings

SALES_LINE, WORK_ORDER_COMPONENT, PLANNED_COMPONENT = 0, 1, 2
NO_CENTERS: Positions = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """Demand at one node (item, group), independent and dependent alike.

    `kind` is SALES_LINE (`ref` = position in snapshot.demand), WORK_ORDER_COMPONENT (`ref` = position in
    snapshot.supply; of a planned transfer what it moves) or PLANNED_COMPONENT (`ref` = position of the parent
    requirement whose short units would have to be made).
    `short` is the units no known supply covers; `cover` the day the last unit covered by known supply is there (NEVER
    when none is covered); `available` the day all units are there, planned making or buying of the short ones
    included.
    """

    kind: NDArray[np.int8]
    ref: Positions
    item: Positions
    group: Positions
    need: Days
    quantity: Ints
    short: Ints
    cover: Days
    available: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """Supply at one node. `supply` is a position in snapshot.supply, -1 for stock on hand; `eta` is the day it really
    comes: a work order whose components are late is pushed by as many days."""

    supply: Positions
    item: Positions
    group: Positions
    quantity: Ints
    eta: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Pegs:
    """Which receipt serves which requirement with how many units, in order of requirement, then date."""

    requirement: Positions
    receipt: Positions
    quantity: Ints


@dataclass(frozen=True, kw_only=True)
class NetResult:
    """The answer of a scan. `line_*` are in the order of snapshot.demand; `group_of` maps a location to its group.

    `takings` are short units that come from elsewhere; `center` is, by requirement, the work centre that makes it later
    than its lead time says (-1 none; empty where the rules do not look at capacity).

    A late list needs neither receipts nor pegs: they are laid out when they are first asked for, and kept.
    """

    rules: ScanRules
    group_of: Positions
    requirements: Requirements
    line_requirement: Positions
    line_short: Ints
    line_cover: Days
    line_available: Days
    takings: Takings = NO_TAKINGS
    center: Positions = field(default_factory=lambda: NO_CENTERS)
    rerouted: Rerouted = NO_REROUTED
    lay_out: Callable[[], tuple[Receipts, Pegs, Pegs, Pegs]]

    @property
    def receipts(self) -> Receipts:
        """All supply that counts, node by node, stock first, then by day."""
        return self._laid_out[0]

    @property
    def pegs(self) -> Pegs:
        """Every overlap of a requirement with a receipt."""
        return self._laid_out[1]

    @property
    def lent(self) -> Pegs:
        """Every overlap of a taking from elsewhere with a receipt; the quantity is in units of the receipt."""
        return self._laid_out[2]

    @property
    def kept(self) -> Pegs:
        """The pegs of planned orders to what they were planned for; nobody else is served from these units."""
        return self._laid_out[3]

    @cached_property
    def first_location(self) -> list[int]:
        """The first location (position) of each group."""
        return np.unique(self.group_of, return_index=True)[1].tolist()

    @cached_property
    def taken(self) -> dict[int, Ints]:
        """By requirement the rows of what it takes from elsewhere, in the order it was tried."""
        order = stable_order(self.takings.requirement)
        starts = run_starts(self.takings.requirement[order])
        runs = np.split(order, starts[1:])
        return {int(self.takings.requirement[rows[0]]): rows for rows in runs if rows.size}

    @cached_property
    def _laid_out(self) -> tuple[Receipts, Pegs, Pegs, Pegs]:
        return self.lay_out()
