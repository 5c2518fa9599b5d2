"""Available to promise, with look-ahead: units that can be given away without breaking a later promise."""

from dataclasses import dataclass

import numpy as np

from core.planning.outcome import NetResult
from core.planning.projection import project_one
from core.planning.snapshot import NEVER, Days, Ints, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailableToPromise:
    """Steps from the business date on: from `day` to the next one, `units` can be promised. `projected` is
    the balance itself, which may dip later and must not be promised from."""

    day: Days
    projected: Ints
    units: Ints

    def on(self, day: int) -> int:
        """ATP(t) = max(0, the least balance from t on); a day already past counts as the first."""
        return int(self.units[max(0, int(np.searchsorted(self.day, day, side="right")) - 1)])

    def earliest(self, quantity: int, *, not_before: int) -> int:
        """The first day on which so many can be promised; NEVER where known supply does not do."""
        step = int(np.searchsorted(self.units, quantity))
        return NEVER if step == self.units.size else max(not_before, int(self.day[step]))


def available_to_promise(
    snapshot: Snapshot, result: NetResult, item: int, group: int, *, keep_safety_stock: bool = False
) -> AvailableToPromise:
    """What can be promised of an item from a group, day by day."""
    balance = project_one(snapshot, result, item=item, group=group)
    kept = int(snapshot.items.safety_stock[item]) if keep_safety_stock else 0
    return AvailableToPromise(day=balance.day, projected=balance.balance, units=np.maximum(balance.least - kept, 0))


def donor_surplus(
    snapshot: Snapshot, result: NetResult, *, item: int, location: int, keep_safety_stock: bool = False
) -> int:
    """Units a location can give away today: on hand there, and not needed later by anything its group serves."""
    promise = available_to_promise(
        snapshot, result, item, int(result.group_of[location]), keep_safety_stock=keep_safety_stock
    )
    here = (snapshot.stock.item == item) & (snapshot.stock.location == location)
    return min(int(snapshot.stock.available[here].sum()), promise.on(snapshot.as_of))
