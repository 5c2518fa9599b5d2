"""Sources in the model: what opens them, the lots they bring at each tier, what that pays, moves and takes from pools.

A source sold at one price has a share of its own only where opening it takes from a pool; else each of what it pays and
moves opens it. One that sells in lots or tiers has a share and a number of lots for each tier.
"""

from dataclasses import dataclass

import numpy as np

from core.planning.choosing.columns import NOWHERE
from core.planning.choosing.drafting import Draft, Draws, floats, gathered, grouped, joined, numbered, whole
from core.planning.snapshot import Flags, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """The share and the number of lots of each tier that is sold, by source."""

    source: Ints
    share: Ints
    lots: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """(source, share) of what opens each source, its tiers, and the row of each pool."""

    opens: tuple[Ints, Ints]
    tiers: Tiers
    pool_rows: Ints


def opened(draft: Draft, paid: Ints, moves: tuple[Ints, Ints]) -> Opening:
    """Add all sources to the draft: `paid` are the shares of charges, `moves` (source, share) of lines moved."""
    columns, size = draft.columns, draft.used.size
    used = np.flatnonzero(draft.used)
    at, charge = grouped(columns.source_charges).pairs(used)
    draws = Draws(draft.columns)
    singles = np.flatnonzero(draft.used & draft.plain & (np.bincount(draws.source, draws.fixed, size) > 0))
    shares = draft.variables.shares(np.zeros(singles.size))
    tiers = _tiers(draft)
    own = joined([singles, tiers.source]), joined([shares, tiers.share])
    bare = np.bincount(own[0], minlength=size) == 0
    charged = used[at], paid[charge]
    _link(draft, own, (joined([charged[0], moves[0]]), joined([charged[1], moves[1]])), bare)
    rows = draft.core.more(floats(columns.capacity))
    _take(draft, draws, rows, numbered(singles, shares, size=size), tiers)
    plain, first = np.unique(charged[0][bare[charged[0]]], return_index=True)
    opens = joined([own[0], plain]), joined([own[1], charged[1][bare[charged[0]]][first]])
    return Opening(opens=opens, tiers=tiers, pool_rows=rows)


def _tiers(draft: Draft) -> Tiers:
    """One tier of a source at most is open, from its least on; all it brings may be used."""
    columns, core, size = draft.columns, draft.core, draft.used.size
    sellers = np.flatnonzero(draft.used & ~draft.plain)
    sold = [(at, *tier) for at in sellers.tolist() for tier in columns.lots[at].tiers if tier[0] <= columns.most[at]]
    source = whole(at for at, _, _ in sold)
    lot, most = floats(columns.multiple)[source], draft.most[source]
    share = draft.variables.shares(np.zeros(source.size))
    lots = draft.variables.more(floats([price for _, _, price in sold]) * lot, np.floor(most / lot))
    rows = core.below(source.size)
    core.put(rows, lots, lot)
    core.put(rows, share, -most)
    rows = core.below(source.size)
    core.put(rows, lots, -lot)
    core.put(rows, share, floats([least for _, least, _ in sold]))
    rows = numbered(sellers, core.below(sellers.size), size=size)
    at, ways = draft.ways_of.pairs(sellers)
    core.put_ones(rows[sellers[at]], ways)
    core.put(rows[source], lots, -lot)
    several = np.flatnonzero(np.bincount(source, minlength=size) > 1)
    rows = numbered(several, core.more(np.ones(several.size)), size=size)[source]
    core.put_ones(rows[rows != NOWHERE], share[rows != NOWHERE])
    return Tiers(source=source, share=share, lots=lots)


def _link(draft: Draft, own: tuple[Ints, Ints], owed: tuple[Ints, Ints], bare: Flags) -> None:
    """A source is open as far as the shares of its own together, which pay and move what it owes; a bare one as far as
    each share it owes. No way uses more than its source is open, nor all ways together."""
    core, links, ways_of, size = draft.core, draft.links, draft.ways_of, draft.used.size
    held = ~bare[owed[0]]
    at, share = gathered(own[0], own[1], size).pairs(owed[0][held])
    rows = core.below(int(held.sum()))
    core.put_ones(rows[at], share)
    core.put_ones(rows, owed[1][held], sign=-1.0)
    owners = np.unique(own[0])
    source = joined([owners, owed[0][~held]])
    group = joined([np.searchsorted(owners, own[0]), owners.size + np.arange(source.size - owners.size)])
    shares = gathered(group, joined([own[1], owed[1][~held]]), source.size)
    at, way = ways_of.pairs(source)
    rows = links.below(way.size)
    links.put_ones(rows, way)
    link, share = shares.pairs(at)
    links.put(rows[link], share, -draft.upper[way[link]])
    full = np.flatnonzero((ways_of.sizes > 1) & (np.bincount(draft.source, draft.upper, size) > draft.most))
    first = numbered(source[::-1], np.arange(source.size)[::-1], size=size)[full]
    rows = core.more(np.where(first == NOWHERE, draft.most[full], 0.0))
    at, way = ways_of.pairs(full)
    core.put_ones(rows[at], way)
    opens = np.flatnonzero(first != NOWHERE)
    at, share = shares.pairs(first[opens])
    core.put(rows[opens[at]], share, -draft.most[full[opens[at]]])


def _take(draft: Draft, draws: Draws, rows: Ints, share_of: Ints, tiers: Tiers) -> None:
    """A source at one price takes from a pool for each unit used, any other for each lot brought."""
    core, row, size = draft.core, rows[draws.pool], draft.used.size
    units = np.flatnonzero(draft.plain[draws.source] & (draws.unit > 0))
    at, way = draft.ways_of.pairs(draws.source[units])
    core.put(row[units[at]], way, draws.unit[units[at]])
    once = np.flatnonzero((share_of[draws.source] != NOWHERE) & (draws.fixed > 0))
    core.put(row[once], share_of[draws.source[once]], draws.fixed[once])
    sold = np.flatnonzero(~draft.plain[draws.source])
    at, tier = gathered(tiers.source, np.arange(tiers.source.size), size).pairs(draws.source[sold])
    draw = sold[at]
    lot = floats(draft.columns.multiple)[draws.source[draw]]
    first = numbered(tiers.source[::-1], np.arange(tiers.source.size)[::-1], size=size)
    unit = draws.at_tiers(draw, tier - first[tiers.source[tier]])
    core.put(row[draw], tiers.lots[tier], unit * lot)
    core.put(row[draw], tiers.share[tier], draws.fixed[draw])
