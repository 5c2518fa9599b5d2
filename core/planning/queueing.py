"""Work standing in line at work centres: where in the free minutes each operation ends, and what it takes of them."""

from dataclasses import dataclass

import numpy as np

from core.planning.free_minutes import LAST_DAY, FreeMinutes
from core.planning.serving import within_runs
from core.planning.snapshot import NEVER, Flags, Ints
from core.planning.spans import run_lengths, run_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One operation of each of some jobs (`at`), in the order of the queue; `begin` counts from the business date."""

    at: Ints
    center: Ints
    begin: Ints
    load: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Some rows of a queue where they come to stand: each ends at `finish` in the free minutes of its centre, of which
    `load` are its own, and on `day`, if it `fits` in the days laid out, as it would `alone`. `place` numbers the
    `centers`; `before[place, day]` are the free minutes before a day, less than `most` of them on all days."""

    rows: Ints
    place: Ints
    before: Ints
    most: int
    centers: Ints
    load: Ints
    finish: Ints
    day: Ints
    fits: Flags
    alone: Flags


def standing(free: FreeMinutes, queue: Step) -> tuple[FreeMinutes, Line, Ints]:
    """As many days as the queue takes, where its rows come to stand in them, and the day each row ends, counted from
    the business date (NEVER beyond ten years). What would not fit in ten years even alone keeps nobody waiting."""
    free = free.until(int(queue.begin.max()) + 1)
    line = line_of(free, queue, np.arange(queue.at.size))
    while not line.fits.all() and free.days < LAST_DAY:
        free = free.until(2 * free.days)
        line = line_of(free, queue, np.arange(queue.at.size))
    if not line.fits.all():
        line = line_of(free, queue, np.flatnonzero(line.alone))
    day = np.full(queue.at.size, NEVER, dtype=np.int64)
    day[line.rows[line.fits]] = line.day[line.fits]
    return free, line, day


def line_of(free: FreeMinutes, queue: Step, rows: Ints) -> Line:
    """One running maximum and one search serve all centres: each has a range of numbers of its own."""
    center, begin = queue.center[rows], queue.begin[rows]
    starts = run_starts(center)
    lengths = run_lengths(starts, rows.size)
    place = np.repeat(np.arange(starts.size), lengths)
    before = np.zeros((starts.size, free.days + 1), dtype=np.int64)
    np.cumsum(free.by_day[center[starts]], axis=1, out=before[:, 1:])
    most = int(before[:, -1].max(initial=0)) + 1
    load = np.minimum(queue.load[rows], most)
    ready, total = before[place, np.minimum(begin, free.days)], before[place, -1]
    running = within_runs(load, starts, lengths)
    apart = place * (2 * most + 1)
    finish = np.maximum.accumulate(np.maximum(ready - (running - load), -most) + apart) - apart + running
    boundaries = (before + np.arange(starts.size)[:, None] * most).ravel()
    found = np.searchsorted(boundaries, np.minimum(finish, most) + place * most, side="left")
    return Line(
        rows=rows,
        place=place,
        before=before,
        most=most,
        centers=center[starts],
        load=load,
        finish=finish,
        day=found - place * (free.days + 1) - 1,
        fits=finish <= total,
        alone=ready + load <= total,
    )


def taken_minutes(line: Line, rows: Ints) -> Ints:
    """Minutes that these rows take by centre and day, up to the last day that is worked on: each takes the free minutes
    right before it ends, as far as there are any laid out."""
    if rows.size == 0:
        return np.zeros((line.before.shape[0], 0), dtype=np.int64)
    total = line.before[line.place[rows], -1]
    ends = np.minimum(line.finish[rows], total)
    load, finish = ends - np.minimum(line.finish[rows] - line.load[rows], total), ends + line.place[rows] * line.most
    before = line.before[:, : int(line.day[rows].max()) + 2] if line.fits[rows].all() else line.before
    loads = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(load)))
    at = before.ravel() + np.repeat(np.arange(line.centers.size) * line.most, before.shape[1])
    next_one = np.searchsorted(finish, at, side="right")
    part = np.minimum(next_one, rows.size - 1)
    begun = np.minimum(np.maximum(at - (finish[part] - load[part]), 0), load[part])
    used = loads[next_one] + np.where(next_one < rows.size, begun, 0)
    return np.diff(used.reshape(before.shape), axis=1)
