"""Measuring: what the model said of deliveries it had not seen, beside what came."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from core.planning.robustness.fitting import Deliveries, Fit, LatenessModel, fitted
from core.planning.robustness.lateness import Floats
from core.planning.snapshot import day_number
from evals.lateness.deliveries import Delivery, columns

BUFFERS = (0, 1, 3, 7, 14, 30)
BINS = 10
PATH = ("via", "vendor", "country")
PATHS = (("vendor",), ("country", "vendor"), ("vendor", "country"), PATH)
LAST_FIT_DAY = date(2012, 12, 31)
# For predictions years ahead; chosen by `chosen_far`, as the default fit is by `chosen_near`.
FAR = Fit(weight=60, half_life=180)
Scored: TypeAlias = tuple[float, tuple[str, ...], Fit]
_SURE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Predictions of about one size: how many, the mean predicted and the share that came true."""

    count: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Per buffer of BUFFERS: the expected calibration error, the Brier score, the log score, both of the base rate too,
    and the bins."""

    deliveries: int
    error: tuple[float, ...]
    brier: tuple[float, ...]
    brier_base: tuple[float, ...]
    log: tuple[float, ...]
    log_base: tuple[float, ...]
    bins: tuple[tuple[Bin, ...], ...]


def split(deliveries: Sequence[Delivery], last: date) -> tuple[list[Delivery], list[Delivery]]:
    """Those to fit on, all come by the last day, and those promised after it."""
    seen = [one for one in deliveries if one.scheduled <= last and one.delivered <= last]
    return seen, [one for one in deliveries if one.scheduled > last]


def measured_once(deliveries: Sequence[Delivery], *, last: date, fit: Fit, path: Sequence[str]) -> Measured:
    """Fit once on what had come by the last day and predict all that was promised later."""
    seen, later = (columns(part, path) for part in split(deliveries, last))
    model = fitted(seen, as_of=day_number(last), fit=fit)
    predicted = np.stack([_predicted(model, later, buffer) for buffer in BUFFERS])
    return measured(predicted, later.late, seen=seen)


def measured_monthly(deliveries: Sequence[Delivery], *, last: date, fit: Fit, path: Sequence[str]) -> Measured:
    """As the product does it: before each month the model is fitted again on all that has come by then."""
    seen, later = split(deliveries, last)
    every, blocks, late = columns(deliveries, path), list[Floats](), list[np.ndarray]()
    for first in sorted({one.scheduled.replace(day=1) for one in later}):
        at = np.array([one.scheduled.replace(day=1) == first for one in deliveries])
        came = every.on < day_number(first)
        month, before = _rows(every, at), _rows(every, came)
        model = fitted(before, as_of=day_number(first) - 1, fit=fit)
        blocks.append(np.stack([_predicted(model, month, buffer) for buffer in BUFFERS]))
        late.append(month.late)
    return measured(np.concatenate(blocks, axis=1), np.concatenate(late), seen=columns(seen, path))


def measured(predicted: Floats, late: np.ndarray, *, seen: Deliveries) -> Measured:
    """The scores of predictions (buffer by delivery) of the days these deliveries came late; the base rate is that of
    the deliveries seen."""
    rows = list(_scored(predicted, late, seen))
    return Measured(
        deliveries=late.size,
        error=tuple(_error(bins) for bins, _, _ in rows),
        brier=tuple(model[0] for _, model, _ in rows),
        brier_base=tuple(base[0] for _, _, base in rows),
        log=tuple(model[1] for _, model, _ in rows),
        log_base=tuple(base[1] for _, _, base in rows),
        bins=tuple(bins for bins, _, _ in rows),
    )


def bins_of(predicted: Floats, came: np.ndarray) -> tuple[Bin, ...]:
    """Predictions by tenths of their number, equal ones together, so that a bin is never cut by the order of rows."""
    edges = np.unique(np.quantile(predicted, np.arange(1, BINS) / BINS))
    at = np.searchsorted(edges, predicted, side="left")
    found = (at == bin_ for bin_ in range(edges.size + 1))
    return tuple(
        Bin(count=int(of.sum()), predicted=float(predicted[of].mean()), observed=float(came[of].mean()))
        for of in found
        if of.any()
    )


def chosen_near(deliveries: Sequence[Delivery], *, last: date) -> list[Scored]:
    """Every way to fit with its Brier score, the mean over the buffers, for the last three years up to `last`, each
    quarter predicted from what had come before it; the best first. Nothing after `last` is looked at."""
    quarters = [date(last.year - 2 + at // 4, at % 4 * 3 + 1, 1) for at in range(12)]
    return _chosen(deliveries, pairwise([*quarters, date(last.year + 1, 1, 1)]), last=last)


def chosen_far(deliveries: Sequence[Delivery], *, last: date) -> list[Scored]:
    """The same, but all that came up to `last` predicted at once from four, three and two years before."""
    ends = [(date(last.year - back, 1, 1), date(last.year + 1, 1, 1)) for back in (3, 2, 1)]
    return _chosen(deliveries, ends, last=last)


def _chosen(deliveries: Sequence[Delivery], spans: Iterable[tuple[date, date]], *, last: date) -> list[Scored]:
    known, found = split(deliveries, last)[0], list[Scored]()
    ends = [(day_number(first), day_number(end)) for first, end in spans]
    for path in PATHS:
        every = columns(known, path)
        scheduled = every.on - every.late
        parts = [
            (first, _rows(every, every.on < first), _rows(every, (scheduled >= first) & (scheduled < end)))
            for first, end in ends
        ]
        count = sum(later.late.size for _, _, later in parts)
        for fit in _fits():
            scores = [_brier(fitted(seen, as_of=first - 1, fit=fit), later) for first, seen, later in parts]
            total = sum(score * later.late.size for score, (_, _, later) in zip(scores, parts, strict=True))
            found.append((total / count, path, fit))
    return sorted(found, key=lambda one: one[0])


def _brier(model: LatenessModel, later: Deliveries) -> float:
    known = {path: [model.of(path).within(buffer) for buffer in BUFFERS] for path in set(later.path)}
    predicted = np.array([known[path] for path in later.path])
    came = later.late[:, None] <= np.array(BUFFERS)[None, :]
    return float(((predicted - came) ** 2).mean())


def _fits() -> Iterator[Fit]:
    default = Fit()
    for weight in (5, 20, 60):
        for half_life in (0, 90, 180, 365, 730):
            for shape in type(default.shape):
                yield replace(default, weight=weight, half_life=half_life, shape=shape)


def _rows(deliveries: Deliveries, at: np.ndarray) -> Deliveries:
    rows = np.flatnonzero(at)
    return Deliveries(
        path=tuple(deliveries.path[row] for row in rows), late=deliveries.late[rows], on=deliveries.on[rows]
    )


def _predicted(model: LatenessModel, deliveries: Deliveries, buffer: int) -> Floats:
    known = {path: model.of(path).within(buffer) for path in set(deliveries.path)}
    return np.array([known[path] for path in deliveries.path])


def _scored(
    predicted: Floats, late: np.ndarray, seen: Deliveries
) -> Iterator[tuple[tuple[Bin, ...], tuple[float, float], tuple[float, float]]]:
    for row, buffer in enumerate(BUFFERS):
        came = (late <= buffer).astype(np.float64)
        base = np.full(late.size, (seen.late <= buffer).mean())
        yield bins_of(predicted[row], came), _scores(predicted[row], came), _scores(base, came)


def _scores(predicted: Floats, came: Floats) -> tuple[float, float]:
    """Brier score and log score (nats), means; lower is better."""
    sure = np.clip(predicted, _SURE, 1 - _SURE)
    log = -(came * np.log(sure) + (1 - came) * np.log(1 - sure))
    return float(((predicted - came) ** 2).mean()), float(log.mean())


def _error(bins: Sequence[Bin]) -> float:
    count = sum(one.count for one in bins)
    return sum(one.count * abs(one.predicted - one.observed) for one in bins) / count
