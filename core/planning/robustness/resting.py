"""Resting: the order lines of a netting, followed down their pegs, and when they are there in many scenarios at once.

The pegs stay as they are in every scenario; the days move. A requirement is covered when the latest of its receipts has
come; what is made is there as many days later as its last component is, beyond its start; what is short as many days
later as its components are. Where a supply comes after another that the netting served later, netting again would peg
otherwise: `agreement.py` says how often that matters.
"""

from dataclasses import dataclass, replace

import numpy as np

from core.planning.daycount import later
from core.planning.pegging import PegGraph, Runs, rests_on, served_by
from core.planning.robustness.drawing import bought
from core.planning.snapshot import NEVER, Days, Flags, Ints, Positions, Snapshot
from core.planning.spans import run_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """For some owners (rows) the members (rows) each waits for, laid end to end from `first`; nothing else it waits for
    comes after the day `floor`."""

    owner: Ints
    members: Ints
    first: Ints
    floor: Ints

    def last_of(self, days: Ints) -> Ints:
        """Per owner and scenario the latest day of what it waits for."""
        if self.owner.size == 0:
            return np.zeros((0, days.shape[1]), dtype=np.int64)
        return np.maximum(np.maximum.reduceat(days[self.members], self.first, axis=0), self.floor[:, None])


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """Of some order lines those that rest on orders whose day is uncertain (`lines`, positions in snapshot.demand), and
    what moves with these orders, as rows of the requirements and of the receipts between them.

    `pegs` lead from requirements to their receipts, `lent` to those elsewhere that they take from,
    `planned` from requirements to what making their short units takes,
    `orders` from receipts to the requirements of the orders they come from; `planned_needed` and `orders_needed` are
    the days the last of those is there as netted. Per requirement: `cover` as netted, the day its short units are
    `there` (0: none are short), and whether it `waits` for its cover. Per receipt: its day as netted (`eta`), the
    `earliest` one if nothing it takes is late, and the day its order is to `start`. `supplies` are the uncertain
    ones (positions in snapshot.supply), `rows` their receipts, `extra` the days netting adds to theirs where nothing
    that moves does.
    """

    as_of: int
    lines: Ints
    line_rows: Ints
    pegs: Fan
    lent: Fan
    planned: Fan
    orders: Fan
    lent_needed: Ints
    planned_needed: Ints
    orders_needed: Ints
    cover: Ints
    there: Ints
    waits: Flags
    eta: Ints
    earliest: Ints
    start: Ints
    supplies: Ints
    rows: Ints
    extra: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Per line and scenario: the day the last unit covered by known supply comes, and the day everything is there."""

    cover: Ints
    available: Ints


def resting(snapshot: Snapshot, graph: PegGraph, lines: Ints, *, moved: Flags | None = None) -> Resting:
    """What these order lines (positions in snapshot.demand) rest on of the supplies that are `moved`, those of
    suppliers unless it says which."""
    result, of = graph.result, bought(snapshot) if moved is None else moved
    wanted = result.line_requirement[lines].astype(np.int64)
    moves = _moving(graph, wanted, of)
    available = result.requirements.available[moves.met].astype(np.int64)
    cover = result.requirements.cover[moves.met].astype(np.int64)
    supply = result.receipts.supply[moves.came].astype(np.int64)
    ordered = np.flatnonzero(supply >= 0)
    own = np.arange(graph.rows.quantity.size) < result.pegs.quantity.size
    eaten = graph.rows.receipt
    pegs = _fan(graph.pegs, moves.met, moves.receipts, result.receipts.eta, of=eaten, only=own)
    lent = _fan(graph.pegs, moves.met, moves.receipts, result.receipts.eta, of=eaten, only=~own)
    planned = _fan(graph.planned, moves.met, moves.requirements, result.requirements.available)
    orders = _fan(graph.components, supply[ordered], moves.requirements, result.requirements.available)
    orders = replace(orders, owner=ordered[orders.owner])
    needed = np.maximum(planned.last_of(available[:, None])[:, 0], snapshot.as_of)
    short = result.requirements.short[moves.met] > 0
    pegged = np.isin(moves.met, result.pegs.requirement)
    eta = result.receipts.eta[moves.came].astype(np.int64)
    kept = moves.requirements[wanted]
    return Resting(
        as_of=snapshot.as_of,
        lines=lines[kept],
        line_rows=np.searchsorted(moves.met, wanted[kept]),
        pegs=pegs,
        lent=lent,
        planned=planned,
        orders=orders,
        lent_needed=lent.last_of(eta[:, None])[:, 0],
        planned_needed=needed,
        orders_needed=orders.last_of(available[:, None])[:, 0],
        cover=cover,
        there=_there(
            snapshot, result.requirements.item[moves.met], (short, pegged), (cover, available), (planned, needed)
        ),
        waits=~short | pegged,
        **_days(snapshot, supply, eta, orders, moved=of),
    )


def arrivals(rest: Resting, days: Ints) -> Arrivals:
    """When the lines are there, given per order of `rest.supplies` and scenario the day it comes; what is made, or
    moved on, comes no sooner than what it takes allows.

    Passes go on until no day moves, which is once for each level below a line; orders that wait for each other in a
    circle are left where they are after as many passes as there are receipts.
    """
    scenarios = days.shape[1]
    eta = np.repeat(rest.earliest[:, None], scenarios, axis=1)
    eta[rest.rows] = _capped(days + rest.extra[:, None], never=rest.eta[rest.rows])
    drawn = eta
    cover = np.repeat(rest.cover[:, None], scenarios, axis=1)
    available = np.full(cover.shape, rest.as_of)
    for _ in range(rest.eta.size + 2):
        cover[rest.pegs.owner] = rest.pegs.last_of(eta)
        before, available = available, _available(rest, cover, available, eta)
        if np.array_equal(before, available):
            break
        eta = _pushed(rest, drawn, available)
    return Arrivals(cover=cover[rest.line_rows], available=available[rest.line_rows])


def _available(rest: Resting, cover: Ints, available: Ints, eta: Ints) -> Ints:
    """Cover, and for what is short as many days later than netted as the last of what making it takes, or of what it
    takes from elsewhere."""
    there = np.repeat(rest.there[:, None], cover.shape[1], axis=1)
    moved = np.maximum(rest.planned.last_of(available), rest.as_of) - rest.planned_needed[:, None]
    there[rest.planned.owner] = _capped(there[rest.planned.owner] + moved, never=rest.there[rest.planned.owner])
    at = rest.lent.owner
    beyond = np.maximum(rest.lent.last_of(eta) - rest.lent_needed[:, None], 0)
    there[at] = _capped(there[at] + beyond, never=rest.there[at])
    return np.where(rest.waits[:, None], np.maximum(cover, there), there)


def _pushed(rest: Resting, eta: Ints, available: Ints) -> Ints:
    """An order whose components come after its start, and after the day netted, ends as many days later."""
    at = rest.orders.owner
    if at.size == 0:
        return eta
    beyond = rest.orders.last_of(available) - np.maximum(rest.orders_needed, rest.start[at])[:, None]
    pushed = eta.copy()
    pushed[at] = np.maximum(eta[at], _capped(rest.eta[at, None] + beyond, never=rest.eta[at]))
    return pushed


def _capped(days: Ints, *, never: Ints) -> Ints:
    return np.where(never[:, None] >= NEVER, NEVER, np.minimum(days, NEVER))


def _days(snapshot: Snapshot, supply: Ints, eta: Ints, orders: Fan, *, moved: Flags) -> dict[str, Ints]:
    """The days of receipts that are not netted but given: when they come if all goes well, and which are drawn."""
    ordered = np.flatnonzero(supply >= 0)
    due, start = np.full(supply.size, snapshot.as_of), np.zeros(supply.size, dtype=np.int64)
    due[ordered] = np.maximum(snapshot.supply.due[supply[ordered]], snapshot.as_of)
    start[ordered] = snapshot.supply.start[supply[ordered]]
    earliest = eta.copy()
    earliest[orders.owner] = np.minimum(eta[orders.owner], due[orders.owner])
    rows = ordered[moved[supply[ordered]]]
    extra = np.maximum(earliest[rows] - due[rows], 0)
    return {
        "eta": eta, "earliest": earliest, "start": start, "supplies": supply[rows], "rows": rows, "extra": extra
    }  # fmt: skip


def _there(
    snapshot: Snapshot, item: Positions, state: tuple[Flags, Flags], netted: tuple[Ints, Ints], made: tuple[Fan, Ints]
) -> Ints:
    """When short units are there, as netted; where the cover hides that day, a lead time after what they take."""
    (short, pegged), (cover, available), (planned, needed) = state, netted, made
    begin = np.full(cover.size, snapshot.as_of)
    begin[planned.owner] = needed
    lead = later(begin, snapshot.items.lead_days[item].astype(np.int64))
    hidden = pegged & (available <= cover)
    return np.where(short, np.where(hidden, np.minimum(available, lead), available), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moving:
    """The requirements and receipts between some lines and the uncertain orders they rest on: as flags of all, and as
    the rising positions of those."""

    requirements: Flags
    receipts: Flags
    met: Ints
    came: Ints


def _moving(graph: PegGraph, wanted: Ints, moved: Flags) -> _Moving:
    down = rests_on(graph, wanted)
    supply = graph.result.receipts.supply[down.receipts].astype(np.int64)
    there = np.zeros(supply.size, dtype=np.bool_)
    ordered = np.flatnonzero(supply >= 0)
    there[ordered] = moved[supply[ordered]]
    up = served_by(graph, down.receipts[there])
    met = np.intersect1d(down.requirements, up.requirements, assume_unique=True)
    came = np.intersect1d(down.receipts, up.receipts, assume_unique=True)
    requirements = np.zeros(graph.result.requirements.kind.size, dtype=np.bool_)
    receipts = np.zeros(graph.result.receipts.eta.size, dtype=np.bool_)
    requirements[met] = receipts[came] = True
    return _Moving(requirements=requirements, receipts=receipts, met=met, came=came)


def _fan(
    runs: Runs,
    owners: Ints,
    moving: Flags,
    netted: Days,
    *,
    of: Positions | None = None,
    only: Flags | None = None,
) -> Fan:
    """What each owner has of the runs (`only` some rows): what moves as rows of what moves, of the rest the latest day
    as netted."""
    rows = runs.of(owners)
    owner = np.repeat(np.arange(owners.size), runs.first[owners + 1] - runs.first[owners])
    if only is not None:
        owner, rows = owner[only[rows]], rows[only[rows]]
    node = rows if of is None else of[rows].astype(np.int64)
    moves = moving[node]
    floor = np.zeros(owners.size, dtype=np.int64)
    np.maximum.at(floor, owner[~moves], netted[node[~moves]])
    starts = run_starts(owner[moves])
    some = owner[moves][starts]
    members = np.searchsorted(np.flatnonzero(moving), node[moves]).astype(np.int64)
    return Fan(owner=some, members=members, first=starts, floor=floor[some])
