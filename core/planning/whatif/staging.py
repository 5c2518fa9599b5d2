"""What an event changes at the nodes it names, before anything is followed from there."""

from bisect import bisect_left

from core.domain.errors import ConflictError, NotFoundError
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.buffers import buffer_days
from core.planning.effects.events import (
    Booked,
    BuiltWith,
    Event,
    LineAdded,
    LineChanged,
    LineRemoved,
    MinutesSet,
    PlannedDropped,
    SourceLead,
    StockSet,
    SupplyAdded,
    SupplyChanged,
    SupplyRemoved,
)
from core.planning.outcome import SALES_LINE, WORK_ORDER_COMPONENT
from core.planning.positions import first_not_before
from core.planning.rules import OverdueSupply
from core.planning.snapshot import PURCHASE_ORDER, TRANSFER_ORDER, WORK_ORDER
from core.planning.whatif import columns as of
from core.planning.whatif.errors import NotFollowed
from core.planning.whatif.indexing import KEYS
from core.planning.whatif.node import requirement
from core.planning.whatif.passing import exploded, key_of, lead_of, parts_of
from core.planning.whatif.places import place_for
from core.planning.whatif.state import Coming, Line, State


def stage(state: State, event: Event) -> None:
    """Note what an event does; NotFollowed for one that cannot be followed node by node, and NotFoundError or
    ConflictError for one that does not fit the books."""
    match event:
        case LineAdded():
            _line_added(state, event)
        case LineChanged():
            _line_changed(state, event)
        case LineRemoved():
            at = _open_line(state, event.order, event.line)
            _unasked(state, state.line(at))
            state.lines[at] = None
        case StockSet():
            _stocked(state, event)
        case SupplyAdded():
            _supply_added(state, event)
        case SupplyChanged() | SupplyRemoved():
            _supply_changed(state, event)
        case SourceLead():
            _led(state, event)
        case MinutesSet() | Booked():
            pass  # work centres are looked at by rules under which nothing is followed
        case BuiltWith() | PlannedDropped():
            raise NotFollowed("what work orders are built with, and what is planned for promises, ties items together")


def _open_line(state: State, order: str, line: int) -> int:
    at = state.line_at(order, line)
    if at is None:
        raise NotFoundError(f"order line '{order}/{line}' is not open")
    if at in state.resident.promised_to:
        raise NotFollowed("orders are planned for this line")
    return at


def _line_added(state: State, event: LineAdded) -> None:
    if state.line_at(event.order, event.line) is not None:
        raise ConflictError(f"order line '{event.order}/{event.line}' exists already; a new line needs its own number")
    at = len(state.resident.snapshot.demand.order) + len(state.line_names)
    state.line_names[event.order, event.line] = at
    named = {name: getattr(event, name) for name in Line._fields if name != "requirement"}
    _asked(state, at, Line(**named, requirement=state.named(1)))


def _line_changed(state: State, event: LineChanged) -> None:
    at = _open_line(state, event.order, event.line)
    before = state.line(at)
    named = ("item", "location", "quantity", "due", "price", "held")
    said = {name: getattr(event, name) for name in named if getattr(event, name) is not None}
    after = before._replace(**said)
    moved = (before.item, before.location, before.due) != (after.item, after.location, after.due)
    if moved:
        _unasked(state, before)
        _asked(state, at, after._replace(requirement=state.named(1)))
        return
    node = _node_of(state, after)
    state.lines[at] = after
    if after.quantity - after.held == before.quantity - before.held:
        state.date(node)
    else:
        state.to_do(node).ask(after.requirement, _units(after.quantity - after.held))


def _asked(state: State, at: int, line: Line) -> None:
    """The line stands in line at its node."""
    known = (*(getattr(line, name) for name in KEYS[state.resident.rules.policy]), _position(state, at, line))
    rank = of.LINES + place_for(state.index.lines, state.new_lines, (*known, line.order, line.line))
    node = _node_of(state, line)
    state.lines[at] = line
    state.homes[line.requirement] = node
    state.to_do(node).new[line.requirement] = requirement(
        line.requirement,
        key=key_of(state, rank, line.due),
        need=line.due,
        quantity=_units(line.quantity - line.held),
        kind=SALES_LINE,
        ref=at,
        ready=state.resident.snapshot.as_of,
    )


def _position(state: State, at: int, line: Line) -> int:
    """Twice the position of a line of the books; of a new one an odd number, between its neighbours."""
    demand = state.resident.snapshot.demand
    if at < len(demand.order):
        return 2 * at
    place = bisect_left(demand.order, line.order)
    while place < len(demand.order) and demand.order[place] == line.order and demand.line[place] < line.line:
        place += 1
    return 2 * place - 1


def _unasked(state: State, line: Line) -> None:
    state.to_do(_node_of(state, line)).leave(line.requirement)


def _node_of(state: State, line: Line) -> int:
    grouping = state.resident.grouping
    group = grouping.ship if grouping.ship >= 0 else int(grouping.group_of[line.location])
    return line.item * state.resident.groups + group


def _units(units: int) -> int:
    if not 0 <= units <= LARGEST_QUANTITY:
        raise NotFollowed("more units than the limit, or fewer than none")
    return units


def _stocked(state: State, event: StockSet) -> None:
    before = state.stock.get((event.item, event.location))
    if before is None:
        before = _stock_of(state, event.item, event.location)
    after = state.stock[event.item, event.location] = _units(event.available)
    node = event.item * state.resident.groups + int(state.resident.grouping.group_of[event.location])
    orders, here = state.to_do(node), state.node(node).coming
    if -1 in orders.gone_supplies:
        held = orders.new_supplies[-1][of.UNITS] if -1 in orders.new_supplies else 0
    else:
        held = int(here[of.UNITS, 0]) if here.shape[1] and here[of.SUPPLY, 0] < 0 else 0
    orders.withdraw(-1)
    units = held + after - max(before, 0)
    if units:
        orders.new_supplies[-1] = (-1, units, state.resident.snapshot.as_of, of.STOCK_TURN)


def _stock_of(state: State, item: int, location: int) -> int:
    keys = state.resident.stock_keys
    key = item * len(state.resident.snapshot.locations.code) + location
    at = int(keys.searchsorted(key))
    found = at < keys.size and keys[at] == key
    return int(state.resident.snapshot.stock.available[at]) if found else 0


def _supply_added(state: State, event: SupplyAdded) -> None:
    _followable(event.kind)
    if state.supply_at(event.kind, event.number, event.line) is not None:
        name = f"'{event.number}/{event.line}'"
        raise ConflictError(f"order line {name} exists already; a new order needs a number of its own")
    if any(number == event.number for number in state.resident.snapshot.built_instead.number):
        raise NotFollowed("this work order is built with other components")
    at = len(state.resident.snapshot.supply.number) + len(state.supply_names)
    state.supply_names[event.kind, event.number, event.line] = at
    _comes(state, at, Coming(**{name: getattr(event, name) for name in Coming._fields}))


def _supply_changed(state: State, event: SupplyChanged | SupplyRemoved) -> None:
    _followable(event.kind)
    at = state.supply_at(event.kind, event.number, event.line)
    if at is None:
        kinds = {WORK_ORDER: "work order", TRANSFER_ORDER: "transfer order"}
        raise NotFoundError(f"{kinds.get(event.kind, 'purchase order')} line '{event.number}/{event.line}' is not open")
    before = state.supply(at)
    if event.kind == WORK_ORDER and event.number in state.resident.snapshot.built_instead.number:
        raise NotFollowed("this work order is built with other components")
    _goes(state, at, before)
    if isinstance(event, SupplyRemoved):
        state.supplies[at] = None
        return
    said = {name: getattr(event, name) for name in ("quantity", "due", "start") if getattr(event, name) is not None}
    _comes(state, at, before._replace(**said))


def _followable(kind: int) -> None:
    if kind > TRANSFER_ORDER:
        raise NotFollowed("what is planned for promises ties items together")


def _goes(state: State, at: int, supply: Coming) -> None:
    """The supply brings and takes nothing more."""
    node = supply.item * state.resident.groups + int(state.resident.grouping.group_of[supply.location])
    state.to_do(node).withdraw(at)
    for child in state.takes(at):
        state.to_do(state.home(child)).leave(child)
    state.taken[at] = ()


def _comes(state: State, at: int, supply: Coming) -> None:
    """The supply comes as netting would believe, and takes what it takes."""
    state.supplies[at] = supply
    resident = state.resident
    word = supply.due - (buffer_days(resident.snapshot, supply.supplier) if supply.kind == PURCHASE_ORDER else 0)
    ignored = resident.rules.overdue is OverdueSupply.IGNORE and word < resident.snapshot.as_of
    if not _units(supply.quantity) or ignored:
        return
    groups = resident.groups
    group = int(resident.grouping.group_of[supply.location])
    node, eta = supply.item * groups + group, state.believed(supply)
    place = place_for(state.index.supplies, state.new_supplies, _supply_key(state, at, supply, 0))
    state.to_do(node).new_supplies[at] = (at, supply.quantity, eta, of.turn(eta, place))
    if supply.kind == WORK_ORDER and not supply.issued:
        _takes(state, at, supply, node=node)


def _takes(state: State, at: int, supply: Coming, *, node: int) -> None:
    resident = state.resident
    parts = resident.bills.get(supply.item)
    if not parts:
        return
    rank = place_for(state.index.orders, state.new_orders, _supply_key(state, at, supply, supply.start))
    group = int(resident.grouping.production[node % resident.groups])
    first = state.named(len(parts))
    state.taken[at] = tuple(range(first, first + len(parts)))
    for child, (component, per_parent) in enumerate(parts, start=first):
        home = state.homes[child] = component * resident.groups + group
        state.to_do(home).new[child] = requirement(
            child,
            key=key_of(state, rank, supply.start),
            need=supply.start,
            quantity=exploded(supply.quantity, per_parent),
            kind=WORK_ORDER_COMPONENT,
            ref=at,
            ready=resident.snapshot.as_of,
        )
    state.pushed[node].add(at)


def _supply_key(state: State, at: int, supply: Coming, first: int) -> tuple[int | str, ...]:
    """Twice the position of a supply of the books; of a new one an odd number, between its neighbours."""
    table = state.resident.snapshot.supply
    if at < len(table.number):
        return first, 2 * at, supply.kind, supply.number, supply.line
    place = first_not_before(table, supply.kind, supply.number, supply.line)
    return first, 2 * place - 1, supply.kind, supply.number, supply.line


def _led(state: State, event: SourceLead) -> None:
    """Short units of the item come on other days; a made item would also ask for its components on others."""
    if event.lead_days == lead_of(state, event.item):
        return
    if parts_of(state, event.item):
        raise NotFollowed("the time to make an item changes")
    state.leads[event.item] = event.lead_days
    groups = state.resident.groups
    for node in range(event.item * groups, (event.item + 1) * groups):
        if node in state.index.spans or node in state.nodes:
            state.date(node)
