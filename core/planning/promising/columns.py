"""Rows of numbers by item and place, found without a search through all of them and read out as Python's own."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from core.planning.ordering import stable_order
from core.planning.snapshot import Ints

_NO_ROWS = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Rows sorted by node and then day. The nodes of an item are from `of_item[item]` up to `of_item[item + 1]`, by
    `group`; the rows of the nth node from `first[n]` up to `first[n + 1]`. A view of a column gives Python's whole
    numbers at once, which for the few rows of a node is quicker than numpy."""

    of_item: "memoryview[int]"
    group: "memoryview[int]"
    first: "memoryview[int]"
    day: "memoryview[int]"
    units: "memoryview[int]"
    source: "memoryview[int]"

    def rows(self, item: int, group: int) -> tuple[int, int]:
        """The first row of an item at a place and the one after its last; the same where it has none."""
        of_item, groups = self.of_item, self.group
        end = of_item[item + 1]
        at = bisect_left(groups, group, of_item[item], end)
        return (self.first[at], self.first[at + 1]) if at < end and groups[at] == group else _NO_ROWS


def columns_of(node: Ints, day: Ints, units: Ints, source: Ints, *, items: int, groups: int) -> Columns:
    """The rows in order; a node is item * groups + group."""
    order = stable_order(node, day, source)
    node = node[order]
    first = np.flatnonzero(np.diff(node, prepend=-1))
    item, group = np.divmod(node[first], max(groups, 1))
    return Columns(
        of_item=_view(np.searchsorted(item, np.arange(items + 1))),
        group=_view(group),
        first=_view(np.append(first, node.size)),
        day=_view(day[order]),
        units=_view(units[order]),
        source=_view(source[order]),
    )


def _view(column: Ints) -> "memoryview[int]":
    return np.ascontiguousarray(column, dtype=np.int64).data
