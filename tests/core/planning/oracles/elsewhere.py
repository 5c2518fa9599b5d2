"""Short units from elsewhere in plain Python: every unit a donor receives is one entry of a list of days."""

from typing import Any, NamedTuple

from core.planning.snapshot import NEVER, PER_PARENT_SCALE, Snapshot
from tests.core.planning.oracle import Need, later
from tests.core.planning.oracles.working import after, back


class Way(NamedTuple):
    """A lane or an alternate (-1 the other), and the donor it leads to."""

    donor: tuple[int, int]
    lane: int
    alternate: int
    days: int
    ratio: int


class Taking(NamedTuple):
    """Units of a requirement (position) over a way, from the `low`-th unit of the donor on."""

    requirement: int
    units: int
    way: Way
    low: int
    taken: int
    group: int


def usable_alternates(books: Snapshot) -> list[int]:
    """Rows valid today without approval."""
    rows = books.alternates
    today = [r for r in range(rows.item.size) if rows.valid_from[r] <= books.as_of <= rows.valid_to[r]]
    return [r for r in today if not rows.approval[r] and rows.item[r] != rows.alternate[r]]


def side_by_side(books: Snapshot, rows: list[int], *, use_bom: bool) -> tuple[list[int], dict[int, int]]:
    """The rows whose items can stand on one level, and the level of every item with them there."""
    bom = zip(books.bom.parent.tolist(), books.bom.component.tolist(), strict=True)
    edges = list(bom) if use_bom else []
    pairs = {r: (int(books.alternates.item[r]), int(books.alternates.alternate[r])) for r in rows}
    items = range(len(books.items.code))
    label = _labels(len(items), list(pairs.values()))
    looped = _core({(label[p], label[c]) for p, c in edges})
    kept = [r for r in rows if label[pairs[r][0]] not in looped]
    label = _labels(len(items), [pairs[r] for r in kept])
    above = {(label[p], label[c]) for p, c in edges}

    def level(item: int) -> int:
        return max((level(p) + 1 for p, c in above if c == item), default=0)

    return kept, {item: level(label[item]) for item in items}


def _labels(items: int, pairs: list[tuple[int, int]]) -> list[int]:
    label = list(range(items))
    for one, other in pairs:
        old, new = max(label[one], label[other]), min(label[one], label[other])
        label = [new if of == old else of for of in label]
    return label


def _core(edges: set[tuple[int, int]]) -> set[int]:
    """What is left of a graph without its ends."""
    while True:
        inside = {p for p, _ in edges} & {c for _, c in edges}
        left = {(p, c) for p, c in edges if p in inside and c in inside}
        if left == edges:
            return inside
        edges = left


def ways(oracle: Any, need: Need) -> list[Way]:
    """The ways of a requirement as they are tried."""
    books, group_of, found = oracle.books, oracle.group_of, []
    for row in range(books.lanes.origin.size) if oracle.rules.lanes else ():
        origin, end = group_of[books.lanes.origin[row]], group_of[books.lanes.destination[row]]
        only, days = int(books.lane_terms.item[row]), int(books.lanes.days[row])
        if end == need.group and origin != end and only in (-1, need.item):
            key = (int(books.lane_terms.priority[row]), days, int(books.lanes.origin[row]), row)
            found.append((key, Way((need.item, origin), row, -1, days, PER_PARENT_SCALE)))
    others = books.alternates
    instead = [
        ((int(others.priority[row]), int(others.alternate[row]), row), row)
        for row in oracle.alternates
        if others.item[row] == need.item
    ]
    lanes = [way for _, way in sorted(found)]
    return lanes + [
        Way((int(others.alternate[row]), need.group), -1, row, 0, int(others.ratio[row])) for _, row in sorted(instead)
    ]


def fetched(oracle: Any, short: dict[int, Need]) -> list[Taking]:
    """What these short requirements take, turn by turn; their `fetched` is counted up."""
    donors = {way.donor for need in short.values() for way in ways(oracle, need)}
    units = {donor: _days(oracle, donor) for donor in donors}
    mark = {donor: sum(n.quantity - n.short for n in oracle.needs if (n.item, n.group) == donor) for donor in donors}
    tried = {
        at: [way for way in ways(oracle, need) if mark[way.donor] < len(units[way.donor])] for at, need in short.items()
    }
    found = list[Taking]()
    for turn in range(max(map(len, tried.values()), default=0)):
        line = [
            (way.donor, limit, need.need, need.rank, at, way)
            for at, need in short.items()
            if need.short > need.fetched and turn < len(tried[at])
            for way in [tried[at][turn]]
            if (limit := _limit(oracle, need, way)) >= oracle.books.as_of
        ]
        for donor, limit, _, _, at, way in sorted(line):
            need = short[at]
            left = need.short - need.fetched
            there = sum(day <= limit for day in units[donor]) - mark[donor]
            taken = max(0, min(-(-left * way.ratio // PER_PARENT_SCALE), there))
            got = min(left, taken * PER_PARENT_SCALE // way.ratio)
            if got:
                used = -(-got * way.ratio // PER_PARENT_SCALE)
                found.append(Taking(at, got, way, mark[donor], used, need.group))
            need.fetched, mark[donor] = need.fetched + got, mark[donor] + taken
    return found


def _days(oracle: Any, donor: tuple[int, int]) -> list[int]:
    return [day for day, _, units in oracle.receipts(*donor) for _ in range(units)]


def _limit(oracle: Any, need: Need, way: Way) -> int:
    new = oracle.ends(need)
    if way.lane < 0:
        kind = bool(oracle.books.alternates.component[way.alternate]) == (need.kind > 0)
        return new - 1 if kind and new > need.need else -1
    deadline = max(need.need, new)
    if deadline == NEVER:
        return NEVER
    if oracle.rules.calendars:
        return back(oracle.books, oracle.place(way.donor[1]), deadline - way.days, 0)
    return deadline - way.days


def arrival(oracle: Any, taking: Taking) -> int:
    """The day the units of a taking are there."""
    day = max(_days(oracle, taking.way.donor)[taking.low + taking.taken - 1], oracle.books.as_of)
    if taking.way.lane < 0 or not oracle.rules.calendars:
        return later(day, taking.way.days)
    leaves = after(oracle.books, oracle.place(taking.way.donor[1]), day, 0)
    return after(oracle.books, oracle.place(taking.group), later(leaves, taking.way.days), 0)
