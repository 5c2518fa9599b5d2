"""Working days: counting, going forward and going back by them at each place; past the days known every day is one."""

from dataclasses import dataclass

import numpy as np

from core.planning.grouping import Grouping
from core.planning.receiving import Coming
from core.planning.snapshot import NEVER, Days, Flags, Ints, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Workdays:
    """By group and day from the business date `as_of` on. `before[group, day]` counts the working days before a day,
    `nth[group, n]` is the n-th working day (from 0), both as far as the snapshot knows; every day before the business
    date and after the last known one is a working day."""

    as_of: int
    before: Ints
    nth: Ints

    def count_before(self, group: Ints, day: Ints) -> Ints:
        """Working days from the business date up to, not including, these days; negative before the business date."""
        known = self.before.shape[1] - 1
        at = day - self.as_of
        counted = self.before[group, np.clip(at, 0, known)]
        return counted + np.minimum(at, 0) + np.maximum(at - known, 0)

    def day_at(self, group: Ints, number: Ints) -> Ints:
        """The day of a working day's number, counted as count_before counts."""
        known = self.before.shape[1] - 1
        total = self.before[group, known]
        inside = self.nth[group, np.clip(number, 0, self.nth.shape[1] - 1)]
        beyond = self.as_of + known + number - total
        return np.where(number < 0, self.as_of + number, np.where(number < total, inside, beyond))

    def after(self, group: Ints, day: Ints, days: Ints | int) -> Ints:
        """So many working days after each day, where a day that is none counts from the next one; NEVER stays."""
        never = day >= NEVER
        begun = np.where(never, self.as_of, day)
        return np.where(never, NEVER, np.minimum(self.day_at(group, self.count_before(group, begun) + days), NEVER))

    def back(self, group: Ints, day: Ints, days: Ints) -> Ints:
        """The last working day from which so many working days lead to this day at the latest."""
        return self.day_at(group, self.count_before(group, day + 1) - 1 - days)

    def arrivals(self, coming: Coming) -> Days:
        """The day each receipt comes: supply on a working day of its place; what lies in stock is there."""
        eta = coming.eta.copy()
        group, due = coming.group[coming.held :].astype(np.int64), coming.eta[coming.held :].astype(np.int64)
        eta[coming.held :] = self.after(group, due, 0)
        return eta

    def between(self, group: Ints, first: Ints, last: Ints) -> Ints:
        """Working days from a day up to, not including, another; never below zero."""
        return np.maximum(self.count_before(group, last) - self.count_before(group, first), 0)


def workdays_of(snapshot: Snapshot, grouping: Grouping) -> Workdays:
    """The working days of each group: those of its first location, where it receives and makes."""
    works = _days_of_groups(snapshot.working_days, grouping)
    groups, known = works.shape
    before = np.zeros((groups, known + 1), dtype=np.int64)
    np.cumsum(works, axis=1, out=before[:, 1:])
    nth = np.zeros((groups, max(known, 1)), dtype=np.int64)
    group, day = np.nonzero(works)
    nth[group, before[group, day]] = snapshot.as_of + day
    return Workdays(as_of=snapshot.as_of, before=before, nth=nth)


def _days_of_groups(working_days: Flags, grouping: Grouping) -> Flags:
    groups = grouping.production.size
    if working_days.size == 0:
        return np.ones((groups, 0), dtype=np.bool_)
    return working_days[first_places(grouping)]


def first_places(grouping: Grouping) -> Ints:
    """The location each group receives and makes at: its first one."""
    _, first = np.unique(grouping.group_of, return_index=True)
    return first.astype(np.int64)
