"""Levels of a bill of materials on which what may take one another's place stands together."""

from dataclasses import replace

import numpy as np

from core.planning.lowlevel import Structure
from core.planning.snapshot import Flags, Ints, Positions

Pairs = tuple[Positions, Positions]
"""Two columns of items, row for row."""


def side_by_side(structure: Structure, pairs: Pairs, *, also: Pairs | None) -> tuple[Structure, Flags]:
    """The structure with both items of each pair on one level, and which pairs that could be done for: not those that
    stand above one another, or would through other pairs. `also` are (parent, component) beside the structure's."""
    items = structure.level.size
    parent = np.repeat(np.arange(items), np.diff(structure.first))
    component = structure.component.astype(np.int64)
    if also is not None:
        parent, component = np.concatenate((parent, also[0])), np.concatenate((component, also[1]))
    label = _labels(items, pairs)
    kept = ~_in_loop(label[parent], label[component], items)[label[pairs[0]]]
    if not kept.all():
        label = _labels(items, (pairs[0][kept], pairs[1][kept]))
    level = _levels(label[parent], label[component], items)[label]
    return replace(structure, level=level, levels=int(level.max(initial=0)) + 1), kept


def _labels(items: int, pairs: Pairs) -> Ints:
    """One number for all items that pairs lead to from one another: that of the first of them."""
    label = np.arange(items)
    while True:
        before = label.copy()
        least = np.minimum(label[pairs[0]], label[pairs[1]])
        np.minimum.at(label, pairs[0], least)
        np.minimum.at(label, pairs[1], least)
        label = label[label]
        if (label == before).all():
            return label


def _in_loop(parent: Ints, component: Ints, items: int) -> Flags:
    """What is left when all that has no parent, or no component, is taken away again and again."""
    left = np.ones(items, dtype=np.bool_)
    while True:
        edges = left[parent] & left[component]
        above, below = np.zeros(items, dtype=np.bool_), np.zeros(items, dtype=np.bool_)
        above[component[edges]], below[parent[edges]] = True, True
        still = left & above & below
        if (still == left).all():
            return left
        left = still


def _levels(parent: Ints, component: Ints, items: int) -> Ints:
    """The longest way down to each label from one that nothing contains."""
    level, left = np.zeros(items, dtype=np.int64), np.ones(items, dtype=np.bool_)
    while left.any():
        inside = np.zeros(items, dtype=np.bool_)
        inside[component[left[parent]]] = True
        level[inside] += 1
        left = inside
    return level
