"""Drawing: in many scenarios, the day each open purchase order comes."""

import hashlib
from dataclasses import dataclass

import numpy as np

from core.planning.robustness.lateness import Floats, SupplierLateness
from core.planning.robustness.pooled import POOLED
from core.planning.snapshot import PLANNED_PURCHASE, PURCHASE_ORDER, Flags, Ints, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """What scenarios are drawn from: how late suppliers are, the seed, and how many scenarios."""

    lateness: SupplierLateness = POOLED
    seed: int = 1
    scenarios: int = 1_000


def bought(snapshot: Snapshot) -> Flags:
    """Which supplies come from suppliers."""
    return (snapshot.supply.kind == PURCHASE_ORDER) | (snapshot.supply.kind == PLANNED_PURCHASE)


def drawn_days(snapshot: Snapshot, supplies: Ints, chances: Chances) -> Ints:
    """Per purchase order line (positions in snapshot.supply) and scenario the day number it comes, never before the
    business date: an order that is overdue has not come so far, which is what its remaining days are drawn under.

    The dice of a line are those of its order's number and the seed. So an order comes on the same day in every option
    of a case (common random numbers), and all lines of an order are late together.
    """
    supply, found = snapshot.supply, np.zeros((supplies.size, chances.scenarios), dtype=np.int64)
    thrown: dict[str, Floats] = {}
    for row, at in enumerate(map(int, supplies)):
        number, supplier = supply.number[at], int(supply.supplier[at])
        if number not in thrown:
            thrown[number] = _dice(number, chances)
        code = snapshot.parties.supplier[supplier] if supplier >= 0 else ""
        due = int(supply.due[at])
        found[row] = due + chances.lateness.of(code).days(thrown[number], at_least=snapshot.as_of - due)
    return np.maximum(found, snapshot.as_of)


def _dice(number: str, chances: Chances) -> Floats:
    key = int.from_bytes(hashlib.blake2b(number.encode(), digest_size=8).digest(), "big")
    return np.random.Generator(np.random.Philox(key=[chances.seed, key])).random(chances.scenarios)
