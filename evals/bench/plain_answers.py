"""What the plain promise passes around: a need, what was got, order sizes, and an answer that can be compared."""

from typing import NamedTuple

from core.domain.promising import Promise
from core.planning.positions import item_position, location_position, supplier_position
from core.planning.snapshot import NEVER, Snapshot, day_number
from evals.bench.plain_world import Order


class Plain(NamedTuple):
    """Days and units, the units without a day, and the orders to place, sorted."""

    dates: list[tuple[int, int]]
    unplannable: int
    orders: list[Order]


class Got(NamedTuple):
    """Units that are there by the day, and the first later day on which more may be."""

    units: int
    next_day: int = NEVER


class Need(NamedTuple):
    """Units of an item wanted in a group by a day, so far below what was asked for."""

    item: int
    group: int
    units: int
    day: int
    level: int


class Sizes(NamedTuple):
    """Orders of at least so many, in steps, of so many at most."""

    least: int
    step: int
    most: int

    def up(self, units: int) -> int:
        """The least size that holds so many."""
        return -(-max(units, self.least) // self.step) * self.step

    def down(self, units: int) -> int:
        """The largest size within so many, 0 for none."""
        size = min(units, self.most) // self.step * self.step
        return size if size >= self.least else 0


def said_plainly(snapshot: Snapshot, answer: Promise) -> Plain:
    """An answer in the words of the plain one."""
    orders = [
        (
            order.kind.value,
            item_position(snapshot, order.item),
            location_position(snapshot, order.location),
            order.quantity,
            day_number(order.begin),
            day_number(order.due),
            -1 if order.origin is None else location_position(snapshot, order.origin),
            -1 if order.supplier is None else supplier_position(snapshot, order.supplier),
        )
        for order in answer.commands
    ]
    dates = [(day_number(part.on), part.quantity) for part in answer.dates]
    return Plain(dates, answer.unplannable, sorted(orders))
