"""Drawing: in many scenarios, the day each open order comes of which it is known how late such orders are."""

import hashlib
from dataclasses import dataclass

import numpy as np

from core.planning.buffers import word_day
from core.planning.robustness.common_factor import COMMON_SHARE, together
from core.planning.robustness.lateness import Floats, Lateness, SupplierLateness
from core.planning.robustness.pooled import POOLED
from core.planning.snapshot import (
    PLANNED_PURCHASE,
    PLANNED_TRANSFER,
    PLANNED_WORK,
    PURCHASE_ORDER,
    TRANSFER_ORDER,
    WORK_ORDER,
    Flags,
    Ints,
    Snapshot,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """What scenarios are drawn from: how late suppliers are, the seed, and how many scenarios. `making` says how late
    work orders of a location are and `moving` transfers to one, None where nothing is known and they come as planned.
    `common` is the share of the slips of a supplier's orders that all of them have together, 0 to 1."""

    lateness: SupplierLateness = POOLED
    making: SupplierLateness | None = None
    moving: SupplierLateness | None = None
    common: float = COMMON_SHARE
    seed: int = 1
    scenarios: int = 1_000


def bought(snapshot: Snapshot) -> Flags:
    """Which supplies come from suppliers."""
    return (snapshot.supply.kind == PURCHASE_ORDER) | (snapshot.supply.kind == PLANNED_PURCHASE)


def uncertain(snapshot: Snapshot, chances: Chances) -> Flags:
    """Which supplies may come on another day than planned."""
    kind, found = snapshot.supply.kind, bought(snapshot)
    if chances.making is not None:
        found = found | (kind == WORK_ORDER) | (kind == PLANNED_WORK)
    if chances.moving is not None:
        found = found | (kind == TRANSFER_ORDER) | (kind == PLANNED_TRANSFER)
    return found


def drawn_days(snapshot: Snapshot, supplies: Ints, chances: Chances) -> Ints:
    """Per uncertain order line (positions in snapshot.supply) and scenario the day number it comes, never before the
    business date: an order that is overdue has not come so far, which is what its remaining days are drawn under.

    The dice of a line are those of its order's number and the seed, in part those of its supplier. So an order comes on
    the same day in every option of a case (common random numbers), and all lines of an order are late together.
    """
    supply, found = snapshot.supply, np.zeros((supplies.size, chances.scenarios), dtype=np.int64)
    thrown: dict[tuple[str, str], Floats] = {}
    for row, at in enumerate(map(int, supplies)):
        supplier, lateness = _lateness(snapshot, at, chances)
        key = supply.number[at], supplier
        if key not in thrown:
            thrown[key] = _thrown(*key, chances)
        due = word_day(snapshot, at)
        found[row] = due + lateness.days(thrown[key], at_least=snapshot.as_of - due)
    return np.maximum(found, snapshot.as_of)


def _lateness(snapshot: Snapshot, at: int, chances: Chances) -> tuple[str, Lateness]:
    """The supplier of an order ("": none), and how late such orders are."""
    supply = snapshot.supply
    kind, place = int(supply.kind[at]), snapshot.locations.code[int(supply.location[at])]
    if kind in (WORK_ORDER, PLANNED_WORK) and chances.making is not None:
        return "", chances.making.of(place)
    if kind in (TRANSFER_ORDER, PLANNED_TRANSFER) and chances.moving is not None:
        return "", chances.moving.of(place)
    supplier = int(supply.supplier[at])
    code = snapshot.parties.supplier[supplier] if supplier >= 0 else ""
    return code, chances.lateness.of(code)


def _thrown(number: str, supplier: str, chances: Chances) -> Floats:
    own = _dice(number, chances)
    if not supplier or not chances.common:
        return own
    return together(own, _dice(f"supplier {supplier}", chances), chances.common)


def _dice(number: str, chances: Chances) -> Floats:
    key = int.from_bytes(hashlib.blake2b(number.encode(), digest_size=8).digest(), "big")
    return np.random.Generator(np.random.Philox(key=[chances.seed, key])).random(chances.scenarios)
