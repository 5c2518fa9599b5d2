"""The columns of a node: one row a requirement as it is served, and one row a receipt as it is eaten."""

from typing import TypeVar

import numpy as np

from core.planning.snapshot import Ints

T = TypeVar("T", int, Ints)

ID, KEY, NEED, QUANTITY, KIND, REF, READY, SHORT, HIGH, COVER, AVAILABLE = range(11)
"""Of a requirement: what it is called here, its place in line, the day of need, units; what it is (KIND as in
outcome.py) and for whom (REF: an order line, a supply, or the ID of the parent); the day its components are there;
units short, the end of the interval covered, the day that is there, the day everything is there."""
REQUIREMENT = 11

SUPPLY, UNITS, ETA, TURN = range(4)
"""Of a receipt: its supply (-1 stock on hand), units, the day it comes, its place among the others."""
RECEIPT = 4

UNKNOWN = -1
"""The READY and AVAILABLE of a requirement nobody has worked out."""

RANK_BITS, _ZONE_BITS = 40, 38
_NEED_BITS = 22
RANKS = 1 << RANK_BITS
MADE_FOR_ORDERS, LINES = 1 << _ZONE_BITS, 2 << _ZONE_BITS
"""Where the ranks of what is made for orders' components begin, and those of order lines."""
FURTHEST = 1 << _NEED_BITS
"""So many days from the business date a day of need may lie to be followed."""
PLACE_BITS = 37
TURN_BITS = 31
STOCK_TURN = -(1 << 63)


def turn(eta: T, place: T) -> T:
    """A receipt's place among the others of its node: by day, then by key."""
    return (eta << TURN_BITS) + place


def nothing(columns: int) -> Ints:
    """No rows."""
    return np.zeros((columns, 0), dtype=np.int64)
