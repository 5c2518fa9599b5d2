"""Fitting: the lateness of suppliers from their deliveries, each shrunk to its group and to all.

A delivery has a path of names, the widest first, such as (country, supplier). Every beginning of a path is a cell; the
empty one holds all deliveries. From the widest cell to the narrowest the chances are

    chance(cell) = (counts(cell) + weight x chance(the cell around it)) / (deliveries(cell) + weight)

so that a cell with few deliveries says what is said of the cell around it (the posterior mean of a Dirichlet prior
centred there). A delivery counts half for every half-life it is older than the day looked from: suppliers change. The
smooth shape keeps the chances of early, punctual and late of each cell, and lays the days early and the days late out
as discretised lognormals of the same mean and spread of logarithms, so that a tail is where few deliveries are.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from core.planning.robustness.lateness import EARLIEST, LATEST, SPAN, Floats, Lateness, stated
from core.planning.snapshot import Ints, day_number

Path: TypeAlias = tuple[str, ...]
_LEAST_SPREAD = 0.3


class Shape(StrEnum):
    """How the chances of a cell are laid out."""

    COUNTED = "counted"
    SMOOTH = "smooth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How to fit: `weight` is how many deliveries the cell around a cell is worth, `half_life` in days (0: deliveries
    do not age). What is set here was chosen on deliveries up to 2012 (docs/robustness.md)."""

    weight: float = 20
    half_life: int = 90
    shape: Shape = Shape.SMOOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """Per delivery: its path, the days it came after the promised date, and the day number it came on."""

    path: tuple[Path, ...]
    late: Ints
    on: Ints


def deliveries_of(rows: Sequence[tuple[Path, date, date]]) -> Deliveries:
    """Of each its path, the day it was promised for and the day it came."""
    return Deliveries(
        path=tuple(path for path, _, _ in rows),
        late=np.array([(on - due).days for _, due, on in rows], dtype=np.int64),
        on=np.array([day_number(on) for _, _, on in rows], dtype=np.int64),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LatenessModel:
    """Cells by path; the empty path is all deliveries."""

    cells: Mapping[Path, Lateness]

    def of(self, path: Path) -> Lateness:
        """Of the longest beginning of the path that is known."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.cells:
                return self.cells[path[:length]]
        return self.cells[()]


def fitted(
    deliveries: Deliveries,
    *,
    as_of: int,
    fit: Fit | None = None,
    prior: Lateness | None = None,
    on_time: Mapping[Path, float] | None = None,
) -> LatenessModel:
    """The model of deliveries as seen from a day number; with a prior, all deliveries are shrunk to it. `on_time` is
    the share on time, 0 to 1, that is said of some paths: they are shrunk to the cell around them with that share.
    Without a prior there must be a delivery."""
    how = fit or Fit()
    weight = _weights(deliveries.on, as_of, how.half_life)
    said = on_time or {}
    counts = _counts(deliveries, weight, said)
    raw: dict[Path, Floats] = {}
    for path in sorted(counts, key=lambda path: (len(path), path)):
        around = raw[path[:-1]] if path else (prior.chance if prior else None)
        if path in said and around is not None:
            around = stated(around, said[path])
        raw[path] = _shrunk(counts[path], around, how.weight)
    return LatenessModel(cells={path: Lateness(chance=_laid_out(chance, how.shape)) for path, chance in raw.items()})


def _weights(on: Ints, as_of: int, half_life: int) -> Floats:
    if not half_life:
        return np.ones(on.size)
    return 0.5 ** (np.maximum(as_of - on, 0) / half_life)


def _counts(deliveries: Deliveries, weight: Floats, said: Iterable[Path]) -> dict[Path, Floats]:
    """Deliveries by day of each cell; those of which only something is said have none."""
    at = np.clip(deliveries.late, EARLIEST, LATEST) - EARLIEST
    rows: dict[Path, list[int]] = {(): []}
    rows |= {path[:length]: [] for path in said for length in range(len(path) + 1)}
    for row, path in enumerate(deliveries.path):
        for length in range(len(path) + 1):
            rows.setdefault(path[:length], []).append(row)
    return {
        path: np.bincount(at[of], weights=weight[of], minlength=SPAN).astype(np.float64) for path, of in rows.items()
    }


def _shrunk(counts: Floats, around: Floats | None, weight: float) -> Floats:
    total = counts.sum()
    if around is None:
        return counts / total
    return (counts + weight * around) / (total + weight)


def _laid_out(chance: Floats, shape: Shape) -> Floats:
    chance = chance / chance.sum()
    if shape is Shape.COUNTED:
        return chance
    found = np.zeros(SPAN)
    found[-EARLIEST] = chance[-EARLIEST]
    found[1 - EARLIEST :] = _lognormal(chance[1 - EARLIEST :])
    found[:-EARLIEST] = _lognormal(chance[:-EARLIEST][::-1])[::-1]
    return found / found.sum()


def _lognormal(chance: Floats) -> Floats:
    """The chances of 1, 2, ... days as a lognormal, cut at whole days and a half, of the same sum; the last day has the
    rest of the tail."""
    total = float(chance.sum())
    if total <= 0:
        return chance
    logs = np.log(np.arange(1, chance.size + 1))
    mean = float(chance @ logs) / total
    spread = max(_LEAST_SPREAD, math.sqrt(float(chance @ (logs - mean) ** 2) / total))
    cuts = np.log(np.arange(1, chance.size) + 0.5)
    reached = np.array([_normal((cut - mean) / spread) for cut in cuts.tolist()])
    return total * np.diff(np.concatenate(([0.0], reached, [1.0])))


def _normal(value: float) -> float:
    return (1 + math.erf(value / math.sqrt(2))) / 2
