"""One node of a view, and what is to be done to it."""

from dataclasses import dataclass, field

import numpy as np

from core.planning.snapshot import Ints
from core.planning.whatif import columns as of

Row = tuple[int, ...]


@dataclass(slots=True, kw_only=True)
class Node:
    """What is asked and what comes, as columns (columns.py). They are replaced, never written into."""

    asked: Ints
    coming: Ints


@dataclass(slots=True, kw_only=True)
class Orders:
    """What changes at a node: requirements by ID that go, that come, and that are for other units; supplies likewise;
    `stock` are the units on hand from now on."""

    gone: set[int] = field(default_factory=set[int])
    new: dict[int, Row] = field(default_factory=dict[int, Row])
    units: dict[int, int] = field(default_factory=dict[int, int])
    gone_supplies: set[int] = field(default_factory=set[int])
    new_supplies: dict[int, Row] = field(default_factory=dict[int, Row])

    def leave(self, name: int) -> None:
        """A requirement goes; one that only just came never did."""
        self.units.pop(name, None)
        if self.new.pop(name, None) is None:
            self.gone.add(name)

    def ask(self, name: int, units: int) -> None:
        """A requirement is for so many units."""
        row = self.new.get(name)
        if row is None:
            self.units[name] = units
        else:
            self.new[name] = (*row[: of.QUANTITY], units, *row[of.QUANTITY + 1 :])

    def withdraw(self, supply: int) -> None:
        """A supply comes no more."""
        self.new_supplies.pop(supply, None)
        self.gone_supplies.add(supply)


def requirement(name: int, *, key: int, need: int, quantity: int, kind: int, ref: int, ready: int) -> Row:
    """A requirement nobody has served yet."""
    return (name, key, need, quantity, kind, ref, ready, 0, 0, of.UNKNOWN, of.UNKNOWN)


def with_asked(asked: Ints, orders: Orders) -> Ints:
    """A copy of the requirements without those that go, with those that come, in the order of their keys; equal keys
    are left for the caller to put in order."""
    if orders.gone:
        asked = asked[:, without(asked[of.ID], orders.gone)]
    elif not orders.new:
        asked = asked.copy()
    if orders.new:
        asked = np.concatenate((asked, np.array(tuple(orders.new.values()), dtype=np.int64).T), axis=1)
        asked = asked[:, asked[of.KEY].argsort(kind="stable")]
    for name, units in orders.units.items():
        asked[of.QUANTITY, place_of(asked, name)] = units
    return asked


def with_coming(coming: Ints, orders: Orders) -> Ints:
    """The receipts without those that go and with those that come, in order."""
    if orders.gone_supplies:
        coming = coming[:, without(coming[of.SUPPLY], orders.gone_supplies)]
    if orders.new_supplies:
        coming = np.concatenate((coming, np.array(tuple(orders.new_supplies.values()), dtype=np.int64).T), axis=1)
        coming = coming[:, coming[of.TURN].argsort()]
    return coming


def without(names: Ints, gone: set[int]) -> Ints:
    """The places of the names that stay."""
    if len(gone) == 1:
        return np.flatnonzero(names != next(iter(gone)))
    return np.flatnonzero(~np.isin(names, list(gone)))


def place_of(asked: Ints, name: int) -> int:
    """Where a requirement is."""
    return int((asked[of.ID] == name).argmax())
