"""Unrest in the model: a line moves as far as its units come late or are given away, and its customer is told."""

import numpy as np

from core.planning.choosing.columns import NOWHERE
from core.planning.choosing.drafting import Draft, Floats, flags, flat, grouped, joined, numbered, whole
from core.planning.snapshot import Ints


class Unrest:
    """Shares of lines moved and of customers told. `moves` are (source, line) of sources that move a line which has a
    share. Unless the model is exact, a line that only one shortage or one way can move has none: its cost is that of
    the units, added to the draft here."""

    def __init__(self, draft: Draft) -> None:
        self._draft, columns = draft, draft.columns
        self._counts = bool(columns.moved or columns.contacted)
        late, waits = flags(columns.late), np.flatnonzero(columns.waits_late)
        asks = whole(columns.asks) != NOWHERE
        self._late = np.concatenate([np.flatnonzero(late), late.size + waits])
        self._late_of = np.concatenate([draft.shortage[late], waits])
        self._told = np.concatenate([self._late, np.flatnonzero(asks & ~late)])
        self._told_of = np.concatenate([self._late_of, draft.shortage[asks & ~late]])
        movers = np.bincount(draft.line, minlength=draft.customer.size)
        movers += np.bincount(flat(columns.source_moves), minlength=draft.customer.size)
        self._alone = (movers == 1) & (not draft.exact)
        self._follow_sources()
        self._follow_shortages()

    def _follow_sources(self) -> None:
        draft, ways = self._draft, self._draft.ways_of
        sources = np.flatnonzero(draft.used)
        at, line = grouped(draft.columns.source_moves).pairs(sources)
        source = sources[at]
        way = ways.members[ways.start[source]]
        follows = self._alone[line] & (ways.sizes[source] == 1) & (draft.upper[way] > 0)
        self.moves = source[~follows], line[~follows]
        self._followers = way[follows], line[follows]
        way = way[follows]
        draft.cost += draft.columns.moved * np.bincount(way, 1.0 / draft.upper[way], minlength=draft.cost.size)

    def _follow_shortages(self) -> None:
        draft, ways = self._draft, self._draft.cost.size
        follows = self._alone[draft.line][self._late_of]
        each = draft.columns.moved / draft.units[self._late_of[follows]]
        grows = np.bincount(self._late[follows], each, minlength=ways + draft.units.size)
        draft.cost += grows[:ways]
        draft.waiting += grows[ways:]

    def state(self) -> tuple[Ints, Ints]:
        """Add the shares of lines moved and of customers told, and their rows; NOWHERE where there is none."""
        draft, columns = self._draft, self._draft.columns
        shared = ~self._alone[draft.line][self._late_of] & self._counts
        lines = np.unique(joined([draft.line[self._late_of[shared]], self.moves[1]]))
        moved = self._shares(lines, np.full(lines.size, float(columns.moved)), draft.customer.size)
        self._cap(self._late[shared], self._late_of[shared], moved[draft.line])
        if not columns.contacted:
            return moved, np.full(columns.customers, NOWHERE, dtype=np.int64)
        told_lines = joined([lines, draft.line[self._told_of], self._followers[1]])
        told_ones = np.unique(draft.customer[told_lines])
        cost = np.where(flags(columns.told)[told_ones], 0.0, float(columns.contacted))
        told = self._shares(told_ones, cost, columns.customers)
        self._tell(lines, moved, told)
        return moved, told

    def _shares(self, at: Ints, cost: Floats, size: int) -> Ints:
        return numbered(at, self._draft.variables.shares(cost), size=size)

    def _tell(self, lines: Ints, moved: Ints, told: Ints) -> None:
        """A customer is told as far as any of its lines moves."""
        draft = self._draft
        self._cap(self._told, self._told_of, told[draft.customer[draft.line]])
        rows = draft.core.below(lines.size)
        draft.core.put_ones(rows, moved[lines])
        draft.core.put_ones(rows, told[draft.customer[lines]], sign=-1.0)
        way, line = self._followers
        rows = draft.links.below(way.size)
        draft.links.put_ones(rows, way)
        draft.links.put(rows, told[draft.customer[line]], -draft.upper[way])

    def _cap(self, units: Ints, of: Ints, share: Ints) -> None:
        """The share of a shortage is no less than these units (of that shortage) are of all its units."""
        draft = self._draft
        shortages = np.unique(of)
        rows = numbered(shortages, draft.core.below(shortages.size), size=draft.units.size)
        draft.core.put_ones(rows[of], units)
        draft.core.put(rows[shortages], share[shortages], -draft.units[shortages])
