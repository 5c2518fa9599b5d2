"""What a view has changed so far: order lines, supply, stock and nodes; all else is read from the books."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from core.planning.positions import line_position, supply_position
from core.planning.rules import OverdueSupply
from core.planning.whatif import columns as of
from core.planning.whatif.errors import NotFollowed
from core.planning.whatif.indexing import Index
from core.planning.whatif.node import Node, Orders
from core.planning.whatif.places import Newcomers
from core.planning.whatif.resident import Resident


class Line(NamedTuple):
    """An order line; `requirement` is its ID."""

    order: str
    line: int
    item: int
    location: int
    quantity: int
    due: int
    order_date: int
    entry: int
    priority: int
    price: int
    penalty: int
    customer: int
    held: int
    requirement: int


class Coming(NamedTuple):
    """A supply line."""

    kind: int
    number: str
    line: int
    item: int
    location: int
    quantity: int
    due: int
    start: int
    issued: bool
    supplier: int = -1


@dataclass(slots=True, kw_only=True)
class State:
    """`lines` and `supplies` by position in the books, new ones behind them; None where one is gone. `children` are
    the first IDs of components by parent, `taken` the IDs of what a supply takes, `homes` the nodes of new IDs,
    `available` the days of requirements that changed. `orders`, `parents` (rows whose components changed) and `pushed`
    (supplies whose components changed) by node are still to be done; so are the dates of the nodes in `undated`, by
    level; `served` are those whose cover is to be found, too."""

    resident: Resident
    index: Index
    nodes: dict[int, Node] = field(default_factory=dict[int, Node])
    lines: dict[int, Line | None] = field(default_factory=dict[int, Line | None])
    line_names: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])
    supplies: dict[int, Coming | None] = field(default_factory=dict[int, Coming | None])
    supply_names: dict[tuple[int, str, int], int] = field(default_factory=dict[tuple[int, str, int], int])
    stock: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    leads: dict[int, int] = field(default_factory=dict[int, int])
    children: dict[int, int] = field(default_factory=dict[int, int])
    taken: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    homes: dict[int, int] = field(default_factory=dict[int, int])
    available: dict[int, int] = field(default_factory=dict[int, int])
    orders: defaultdict[int, defaultdict[int, Orders]] = field(
        default_factory=lambda: defaultdict[int, defaultdict[int, Orders]](lambda: defaultdict[int, Orders](Orders))
    )
    undated: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict[int, set[int]](set[int]))
    served: set[int] = field(default_factory=set[int])
    parents: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict[int, set[int]](set[int]))
    pushed: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict[int, set[int]](set[int]))
    new_lines: Newcomers = field(default_factory=Newcomers)
    new_orders: Newcomers = field(default_factory=Newcomers)
    new_supplies: Newcomers = field(default_factory=Newcomers)
    next: int = 0

    def node(self, at: int) -> Node:
        """A node as it is now."""
        changed = self.nodes.get(at)
        if changed is not None:
            return changed
        span = self.index.spans.get(at)
        if span is None:
            return Node(asked=of.nothing(of.REQUIREMENT), coming=of.nothing(of.RECEIPT))
        first, end, first_receipt, end_receipt = self.index.edges[:, span].tolist()
        return Node(
            asked=self.index.requirements[:, first:end], coming=self.index.receipts[:, first_receipt:end_receipt]
        )

    def level(self, node: int) -> int:
        """How far down the item of a node stands."""
        return self.resident.levels[node // self.resident.groups]

    def to_do(self, node: int) -> Orders:
        """What is to be done to a node; NotFollowed where it is tied to others."""
        self.check(node)
        return self.orders[self.level(node)][node]

    def date(self, node: int) -> None:
        """The days of a node are to be found anew."""
        self.check(node)
        self.undated[self.level(node)].add(node)

    def check(self, node: int) -> None:
        """NotFollowed for a node that orders planned for promises tie to others."""
        if node in self.resident.unsafe:
            raise NotFollowed("orders planned for promises tie these items together")

    def home(self, requirement: int) -> int:
        """The node of a requirement."""
        born = self.homes.get(requirement)
        return int(self.index.nodes[requirement]) if born is None else born

    def day_of(self, requirement: int) -> int:
        """When a requirement has everything."""
        changed = self.available.get(requirement)
        return int(self.index.requirements[of.AVAILABLE, requirement]) if changed is None else changed

    def named(self, count: int) -> int:
        """The first of so many new IDs."""
        first = self.next
        self.next += count
        return first

    def components(self, parent: int, count: int) -> tuple[int, ...]:
        """The IDs of what a requirement's short units are made of."""
        first = self.children.get(parent)
        if first is not None:
            return tuple(range(first, first + count))
        at = int(self.index.child_first[parent])
        return tuple(self.index.child_rows[at : at + count].tolist())

    def takes(self, supply: int) -> tuple[int, ...]:
        """The IDs of what a supply takes."""
        changed = self.taken.get(supply)
        if changed is not None or supply >= self.index.taken_first.size - 1:
            return changed or ()
        first, end = self.index.taken_first[supply : supply + 2].tolist()
        return tuple(self.index.taken_rows[first:end].tolist())

    def line_at(self, order: str, line: int) -> int | None:
        """The position of an open order line."""
        at = self.line_names.get((order, line))
        if at is None:
            at = line_position(self.resident.snapshot, order, line)
        return None if at is None or (at in self.lines and self.lines[at] is None) else at

    def line(self, at: int) -> Line:
        """An open order line."""
        changed = self.lines.get(at)
        if changed is not None:
            return changed
        demand = self.resident.snapshot.demand
        return Line(
            order=demand.order[at],
            line=int(demand.line[at]),
            item=int(demand.item[at]),
            location=int(demand.location[at]),
            quantity=int(demand.quantity[at]),
            due=int(demand.due[at]),
            order_date=int(demand.order_date[at]),
            entry=int(demand.entry[at]),
            priority=int(demand.priority[at]),
            price=int(demand.price[at]),
            penalty=int(demand.penalty[at]),
            customer=int(demand.customer[at]),
            held=int(demand.held[at]) if demand.held.size else 0,
            requirement=int(self.index.line_rows[at]),
        )

    def supply_at(self, kind: int, number: str, line: int) -> int | None:
        """The position of an open supply line."""
        at = self.supply_names.get((kind, number, line))
        if at is None:
            at = supply_position(self.resident.snapshot.supply, kind, number, line)
        return None if at is None or (at in self.supplies and self.supplies[at] is None) else at

    def supply(self, at: int) -> Coming:
        """An open supply line."""
        changed = self.supplies.get(at)
        if changed is not None:
            return changed
        supply = self.resident.snapshot.supply
        return Coming(
            kind=int(supply.kind[at]),
            number=supply.number[at],
            line=int(supply.line[at]),
            item=int(supply.item[at]),
            location=int(supply.location[at]),
            quantity=int(supply.quantity[at]),
            due=int(supply.due[at]),
            start=int(supply.start[at]),
            issued=bool(supply.issued[at]),
            supplier=int(supply.supplier[at]),
        )

    def believed(self, supply: Coming) -> int:
        """The day a supply is believed to come, its components being there in time."""
        due = supply.due
        if self.resident.rules.overdue is OverdueSupply.FROM_TODAY:
            due = max(due, self.resident.snapshot.as_of)
        return self.resident.timing.arrives(int(self.resident.grouping.group_of[supply.location]), due)
