"""The bill of materials by level: low-level codes, the rows of each parent, and the loop that makes both
impossible."""

from dataclasses import dataclass

import numpy as np

from core.domain.errors import CircularBomError
from core.planning.snapshot import Bom, Flags, Ints, Positions
from core.planning.spans import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """`level` of an item: the longest way down from an item that nothing contains. The components of
    item i are rows first[i] .. first[i + 1] - 1 of `component` and `per_parent`."""

    level: Ints
    levels: int
    first: Ints
    component: Positions
    per_parent: Ints

    def counts(self, items: Positions) -> Ints:
        """How many components each of these items has."""
        return np.diff(self.first)[items]


def flat_structure(items: int) -> Structure:
    """Items of which nothing is made of anything: one level."""
    level, first = np.zeros(items, dtype=np.int64), np.zeros(items + 1, dtype=np.int64)
    nothing, none = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    return Structure(level=level, levels=1, first=first, component=nothing, per_parent=none)


def read_structure(bom: Bom, codes: tuple[str, ...], *, also: tuple[Positions, Positions] | None = None) -> Structure:
    """The levels of a bill of materials; a loop is refused by name. `also` are further (parent, component) pairs that
    stand on different levels, such as what single work orders are built with instead."""
    used = np.flatnonzero(bom.per_parent > 0)
    parent, component = bom.parent[used], bom.component[used]
    first = np.searchsorted(parent, np.arange(len(codes) + 1)).astype(np.int64)
    level = _levels(*_with(parent, component, also, len(codes)), codes) if also else _levels(first, component, codes)
    return Structure(
        level=level,
        levels=int(level.max(initial=0)) + 1,
        first=first,
        component=component,
        per_parent=bom.per_parent[used],
    )


def _with(
    parent: Positions, component: Positions, also: tuple[Positions, Positions], items: int
) -> tuple[Ints, Positions]:
    """The components of each item with the further ones among them."""
    parents, components = np.concatenate((parent, also[0])), np.concatenate((component, also[1]))
    order = np.argsort(parents, kind="stable")
    return np.searchsorted(parents[order], np.arange(items + 1)).astype(np.int64), components[order]


def _levels(first: Ints, component: Positions, codes: tuple[str, ...]) -> Ints:
    """Take away, again and again, the items that nothing left contains: the round is the level."""
    containing = np.bincount(component, minlength=len(codes))
    level = np.zeros(len(codes), dtype=np.int64)
    free, done, round_ = np.flatnonzero(containing == 0), 0, 0
    while free.size:
        level[free], done, round_ = round_, done + free.size, round_ + 1
        below = component[rows_of(first[free], first[free + 1] - first[free])]
        taken_away = np.bincount(below, minlength=len(codes))
        containing -= taken_away
        free = np.flatnonzero((taken_away > 0) & (containing == 0))
    if done < len(codes):
        _refuse_loop(first, component, containing > 0, codes)
    return level


def _refuse_loop(first: Ints, component: Positions, left: Flags, codes: tuple[str, ...]) -> None:
    """Every item left is inside something left: walking up must come back."""
    parent = np.repeat(np.arange(len(codes)), np.diff(first))
    inside = {int(c): int(p) for p, c in zip(parent[::-1], component[::-1], strict=True) if left[p] and left[c]}
    walk = [min(inside)]
    while (up := inside[walk[-1]]) not in walk:
        walk.append(up)
    loop = walk[walk.index(up) :][::-1]
    turn = loop.index(min(loop))
    names = tuple(codes[item] for item in loop[turn:] + loop[:turn])
    shown = " -> ".join(repr(name) for name in (*names, names[0]))
    raise CircularBomError(
        f"the bill of materials leads back to itself: {shown}; take out one of these rows", loop=names
    )
