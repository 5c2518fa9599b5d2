"""Down and up again from the nodes a change touches: who is short now, and when everything is there now.

Down, level by level: each node touched is served again; where the short units of a made item change, so do the
requirements of its components. Up, from the lowest level: days are found again where something changed, a work order
whose components come on another day moves, and so does what waits for a component. Where nothing changes nothing
further is touched. What is found is what netting the changed books as a whole would find.
"""

import numpy as np

from core.domain.quantity import LARGEST_QUANTITY
from core.planning.outcome import PLANNED_COMPONENT, SALES_LINE
from core.planning.rules import Policy
from core.planning.snapshot import NEVER, PER_PARENT_SCALE, Ints
from core.planning.whatif import columns as of
from core.planning.whatif.errors import NotFollowed
from core.planning.whatif.fair import covered_fairly
from core.planning.whatif.node import Node, Orders, requirement, with_asked, with_coming
from core.planning.whatif.resident import Bill
from core.planning.whatif.state import State

_RANK = (1 << of.RANK_BITS) - 1
_NO_ORDERS = dict[int, Orders]()
_NO_ROWS = np.zeros(0, dtype=np.int64)


def follow(state: State) -> None:
    """Do all that is to be done."""
    for level in range(state.resident.structure.levels):
        for node, orders in sorted(state.orders.pop(level, _NO_ORDERS).items()):
            _serve(state, node, orders)
    for level in reversed(range(state.resident.structure.levels)):
        for node in sorted(state.undated.pop(level, ())):
            _date(state, node)


def _serve(state: State, at: int, orders: Orders) -> None:
    """Serve a node again and hand down what its short units need."""
    node = state.node(at)
    parts = parts_of(state, at // state.resident.groups)
    if parts:
        _drop_parts(state, at, node.asked, orders, parts)
    asked, coming = with_asked(node.asked, orders), with_coming(node.coming, orders)
    if orders.new:
        asked = _ties_settled(state, asked)
    if state.resident.rules.policy is Policy.FAIR_SHARE:
        covered = covered_fairly(state, asked, coming)
        high, short = covered.cumsum(), asked[of.QUANTITY] - covered
    else:
        total, end = int(coming[of.UNITS].sum()), asked[of.QUANTITY].cumsum()
        high = np.minimum(end, total)
        short = asked[of.QUANTITY] - high + np.minimum(end - asked[of.QUANTITY], total)
    changed = (short != asked[of.SHORT]).nonzero()[0] if parts else _NO_ROWS
    if changed.size:
        _hand_down(state, at, asked[:, changed], short[changed].tolist(), parts)
    asked[of.SHORT], asked[of.HIGH] = short, high
    state.nodes[at] = Node(asked=asked, coming=coming)
    state.served.add(at)
    state.date(at)


def parts_of(state: State, item: int) -> Bill:
    """The components of a made item, each with millionths of it for one; none for a bought one."""
    bill = state.resident.bills.get(item, ())
    return bill if bill and state.resident.snapshot.items.make[item] else ()


def exploded(units: int, per_parent: int) -> int:
    """Units of a component for so many of its parent; NotFollowed beyond the limit, which netting refuses."""
    needed = -(-units * per_parent // PER_PARENT_SCALE)
    if needed > LARGEST_QUANTITY:
        raise NotFollowed("more units than the limit")
    return needed


def _drop_parts(state: State, at: int, asked: Ints, orders: Orders, parts: Bill) -> None:
    """What was to be made for requirements that go is not asked for any more."""
    for name in sorted(orders.gone):
        row = int((asked[of.ID] == name).argmax())
        if asked[of.SHORT, row] > 0:
            _leave(state, at, name, parts)


def _leave(state: State, at: int, parent: int, parts: Bill) -> None:
    group = _making_group(state, at)
    for child, (component, _) in zip(state.components(parent, len(parts)), parts, strict=True):
        state.to_do(component * state.resident.groups + group).leave(child)


def _making_group(state: State, at: int) -> int:
    return int(state.resident.grouping.production[at % state.resident.groups])


def _hand_down(state: State, at: int, rows: Ints, short: list[int], parts: Bill) -> None:
    """Ask for the components of what is short now."""
    groups, group = state.resident.groups, _making_group(state, at)
    lead, as_of = lead_of(state, at // groups), state.resident.snapshot.as_of
    columns = (rows[of.ID].tolist(), rows[of.KEY].tolist(), rows[of.NEED].tolist(), rows[of.SHORT].tolist(), short)
    for parent, key, need, was, now in zip(*columns, strict=True):
        if not now:
            _leave(state, at, parent, parts)
        elif was:
            for child, (component, per_parent) in zip(state.components(parent, len(parts)), parts, strict=True):
                state.to_do(component * groups + group).ask(child, exploded(now, per_parent))
        else:
            day = state.resident.timing.begins(at % groups, need, lead)
            first = state.children[parent] = state.named(len(parts))
            handed = _key_below(state, key, day)
            for child, (component, per_parent) in enumerate(parts, start=first):
                node = component * groups + group
                state.homes[child] = node
                state.to_do(node).new[child] = requirement(
                    child,
                    key=handed,
                    need=day,
                    quantity=exploded(now, per_parent),
                    kind=PLANNED_COMPONENT,
                    ref=parent,
                    ready=as_of,
                )
            state.parents[at].add(parent)


def lead_of(state: State, item: int) -> int:
    """Days to make or buy an item."""
    changed = state.leads.get(item)
    return int(state.resident.snapshot.items.lead_days[item]) if changed is None else changed


def key_of(state: State, rank: int, need: int) -> int:
    """The place of a requirement in its node."""
    if not state.resident.rules.policy.by_day:
        return rank
    days = need - state.resident.snapshot.as_of + of.FURTHEST
    if not 0 <= days < 2 * of.FURTHEST:
        raise NotFollowed("a day too far out")
    return (days << of.RANK_BITS) + rank


def _key_below(state: State, key: int, need: int) -> int:
    rank = key & _RANK
    return key_of(state, rank + of.MADE_FOR_ORDERS if rank < of.MADE_FOR_ORDERS else rank, need)


def _ties_settled(state: State, asked: Ints) -> Ints:
    """Requirements of equal keys in the order in which netting meets them: as their parents are served."""
    key = asked[of.KEY]
    if not (key[1:] == key[:-1]).any():
        return asked
    rows = asked.T.tolist()
    order = sorted(range(len(rows)), key=lambda n: (rows[n][of.KEY], _met(state, rows[n])))
    return asked[:, order]


def _met(state: State, row: list[int]) -> tuple[object, ...]:
    """When a requirement is met among those of its key: independent ones first, then by level, node and place of the
    parent."""
    if row[of.KIND] != PLANNED_COMPONENT:
        return (-1, -1, row[of.KEY], (), row[of.ID])
    parent = row[of.REF]
    home = state.home(parent)
    asked = state.node(home).asked
    above = asked[:, int((asked[of.ID] == parent).argmax())].tolist()
    return (state.level(home), home, above[of.KEY], _met(state, above), row[of.ID])


def _date(state: State, at: int) -> None:
    """Find the days of a node again, and tell those that wait for it."""
    node, as_of = state.node(at), state.resident.snapshot.as_of
    asked = node.asked if at in state.nodes else node.asked.copy()
    coming = _pushed(state, node.coming, state.pushed.pop(at, set()))
    parts = parts_of(state, at // state.resident.groups)
    for parent in state.parents.pop(at, ()):
        row = asked[of.ID] == parent
        asked[of.READY, row] = max(state.day_of(child) for child in state.components(parent, len(parts)))
    if at in state.served or coming is not node.coming:
        state.served.discard(at)
        asked[of.COVER] = _cover(asked, coming, as_of)
    there = _there(state, at, asked)
    changed = (there != asked[of.AVAILABLE]).nonzero()[0]
    asked[of.AVAILABLE] = there
    state.nodes[at] = Node(asked=asked, coming=coming)
    for row in changed[asked[of.KIND, changed] != SALES_LINE].tolist():
        _tell(state, int(asked[of.ID, row]), int(asked[of.KIND, row]), int(asked[of.REF, row]), int(there[row]))


def _tell(state: State, name: int, kind: int, ref: int, day: int) -> None:
    state.available[name] = day
    if kind == PLANNED_COMPONENT:
        home = state.home(ref)
        state.parents[home].add(ref)
    else:
        supply = state.supply(ref)
        home = supply.item * state.resident.groups + int(state.resident.grouping.group_of[supply.location])
        state.pushed[home].add(ref)
    state.date(home)


def _pushed(state: State, coming: Ints, supplies: set[int]) -> Ints:
    """The receipts with the days of these work orders as their components let them be."""
    rows = [(int((coming[of.SUPPLY] == at).argmax()), _eta_of(state, at)) for at in sorted(supplies)]
    rows = [(row, eta) for row, eta in rows if coming[of.ETA, row] != eta]
    if not rows:
        return coming
    coming = coming.copy()
    for row, eta in rows:
        place = int(coming[of.TURN, row]) - of.turn(int(coming[of.ETA, row]), 0)
        coming[of.ETA, row], coming[of.TURN, row] = eta, of.turn(eta, place)
    return coming[:, coming[of.TURN].argsort()]


def _eta_of(state: State, at: int) -> int:
    """The day a supply comes, its components being there when they are."""
    supply = state.supply(at)
    eta = state.believed(supply)
    takes = state.takes(at)
    if not takes:
        return eta
    ready = max(state.day_of(child) for child in takes)
    if ready <= supply.start:
        return eta
    group = int(state.resident.grouping.group_of[supply.location])
    return max(eta, state.resident.timing.ends_after(group, ready=ready, start=supply.start, due=supply.due))


def _cover(asked: Ints, coming: Ints, as_of: int) -> Ints:
    """The day the last covered unit of each is there."""
    short, high = asked[of.SHORT], asked[of.HIGH]
    covered = asked[of.QUANTITY] - short
    cover = np.where(short > 0, NEVER, as_of)
    if coming.shape[1] == 0:
        return cover
    running, eta = coming[of.UNITS].cumsum(), coming[of.ETA]
    served = covered > 0
    first = running.searchsorted((high - covered)[served], "right")
    last = running.searchsorted(high[served])
    cover[served] = np.maximum(eta[first], eta[last])
    return cover


def _there(state: State, at: int, asked: Ints) -> Ints:
    """The day everything of each is there, short units made or bought."""
    resident, item = state.resident, at // state.resident.groups
    lead, short, cover = lead_of(state, item), asked[of.SHORT], asked[of.COVER]
    if not short.any():
        return cover
    as_of, made = resident.snapshot.as_of, bool(resident.snapshot.items.make[item])
    if parts_of(state, item):
        begin = np.maximum(asked[of.READY], as_of)
    else:
        begin = np.full(short.size, as_of if item in resident.obtainable else NEVER)
    there = resident.timing.ends(at % resident.groups, begin, lead, made=made)
    there = np.where(asked[of.QUANTITY] > short, np.maximum(cover, there), there)
    return np.where(short > 0, there, cover)
