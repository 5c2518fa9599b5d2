"""What a quiet night does to the books of an ERP: goods come in, leave and are made as they were due."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING

from core.domain.company import Company
from core.domain.ids import ItemCode, LocationCode, PurchaseOrderNo
from core.domain.items import BomComponent, StockBalance
from core.domain.orders import (
    PurchaseOrder,
    PurchaseOrderLine,
    SalesOrderLine,
    SupplyState,
    TransferOrder,
    WorkOrder,
)

Place = tuple[ItemCode, LocationCode]


@dataclass(slots=True, kw_only=True)
class Stock:
    """Units on hand and, of these, held by transfers that have not left, as the day goes by. What lies at a `busy`
    place was touched by people here since the ERP last told of it: the night leaves it alone."""

    on_hand: Counter[Place]
    held: Counter[Place]
    places: Mapping[str, list[LocationCode]]
    busy: frozenset[Place] = frozenset()

    def free(self, place: Place) -> int:
        """Units that may be taken."""
        return 0 if place in self.busy else self.on_hand[place] - self.held[place]

    def take_at_site(self, item: ItemCode, site: str, units: int) -> bool:
        """Take the units from the places of a site, or none where there are too few."""
        there = [(item, place) for place in self.places[site] if self.free((item, place)) > 0]
        if sum(self.free(place) for place in there) < units:
            return False
        for place in there:
            part = min(units, self.free(place))
            self.on_hand[place] -= part
            units -= part
        return True

    def rows(self) -> tuple[StockBalance, ...]:
        """The stock of a pack."""
        return tuple(
            StockBalance(item=item, location=place, on_hand=units, reserved=self.held[item, place])
            for (item, place), units in sorted(self.on_hand.items())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Documents and places that people changed here since the ERP last told of them."""

    documents: frozenset[str] = frozenset()
    places: frozenset[Place] = field(default_factory=frozenset[Place])


def touched(said: Company, ours: Company) -> Touched:
    """What differs in our books from what the ERP said last."""
    there, here = _standing(said), _standing(ours)
    documents = {name for name, told in there.items() if here.get(name, told) != told}
    counts, held = _counts(said), _counts(ours)
    places = {place for place in counts.keys() | held.keys() if counts[place] != held[place]}
    return Touched(documents=frozenset(documents), places=frozenset(places))


def _standing(company: Company) -> dict[str, object]:
    """How far each document is, by its name."""
    found: dict[str, object] = {_name(x): (x.ordered, x.shipped, x.cancelled, x.due) for x in company.sales_order_lines}
    found |= {_name(x): (x.ordered, x.received, x.due) for x in company.purchase_order_lines}
    found |= {x.number: (x.ordered, x.completed, x.start, x.due, x.state) for x in company.work_orders}
    return found | {x.number: (x.quantity, x.shipped, x.due, x.state) for x in company.transfer_orders}


def _name(line: SalesOrderLine | PurchaseOrderLine) -> str:
    return f"{line.order}/{line.line}"


def _counts(company: Company) -> Counter[Place]:
    return Counter({(row.item, row.location): row.on_hand for row in company.stock})


def stock_of(company: Company, busy: frozenset[Place]) -> Stock:
    """The stock of the pack as the night begins."""
    places: dict[str, list[LocationCode]] = defaultdict(list)
    for place in company.locations:
        places[place.site].append(place.code)
    return Stock(
        on_hand=Counter({(row.item, row.location): row.on_hand for row in company.stock}),
        held=Counter({(row.item, row.location): row.reserved for row in company.stock}),
        places=places,
        busy=busy,
    )


def overnight(company: Company, stock: Stock, today: date, *, left_alone: frozenset[str]) -> Company:
    """The company a day on. Documents that are `left_alone` stay as they are."""
    company = _received(company, stock, today, left_alone)
    company = _moved(company, stock, today, left_alone)
    company = _made(company, stock, today, left_alone)
    return _shipped(company, stock, today, left_alone)


def _received(company: Company, stock: Stock, today: date, left_alone: frozenset[str]) -> Company:
    """Purchases that were due by today and not overdue before came in whole."""
    open_ = {order.number for order in company.purchase_orders if order.state is SupplyState.OPEN}
    lines: list[PurchaseOrderLine] = []
    for line in company.purchase_order_lines:
        due = company.settings.as_of <= line.due <= today and (line.item, line.location) not in stock.busy
        if line.order in open_ and due and line.open_quantity and _name(line) not in left_alone:
            stock.on_hand[line.item, line.location] += line.open_quantity
            lines.append(replace(line, received=line.ordered))
        else:
            lines.append(line)
    left = {line.order for line in lines if line.open_quantity}
    return replace(
        company,
        purchase_order_lines=tuple(lines),
        purchase_orders=tuple(_settled(order, left) for order in company.purchase_orders),
    )


def _settled(order: PurchaseOrder, left: set[PurchaseOrderNo]) -> PurchaseOrder:
    over = order.state is SupplyState.OPEN and order.number not in left
    return replace(order, state=SupplyState.RECEIVED) if over else order


def _moved(company: Company, stock: Stock, today: date, left_alone: frozenset[str]) -> Company:
    """Transfers left on their day and arrived on theirs."""
    orders = (order if order.number in left_alone else _move(order, stock, today) for order in company.transfer_orders)
    return replace(company, transfer_orders=tuple(orders))


def _move(order: TransferOrder, stock: Stock, today: date) -> TransferOrder:
    busy = {(order.item, order.origin), (order.item, order.destination)} & stock.busy
    if order.state is not SupplyState.OPEN or busy:
        return order
    if not order.shipped and order.ship_on <= today:
        stock.on_hand[order.item, order.origin] -= order.quantity
        stock.held[order.item, order.origin] -= order.quantity
        order = replace(order, shipped=True)
    if order.shipped and order.due <= today:
        stock.on_hand[order.item, order.destination] += order.quantity
        order = replace(order, state=SupplyState.RECEIVED)
    return order


def _made(company: Company, stock: Stock, today: date, left_alone: frozenset[str]) -> Company:
    """Work orders that began took their components, where those were there; those due were finished."""
    parts: dict[ItemCode, list[BomComponent]] = defaultdict(list)
    for row in company.bom:
        parts[row.parent].append(row)
    site_of = {place.code: place.site for place in company.locations}
    free = [order for order in company.work_orders if order.number not in left_alone]
    ranked = sorted(free, key=lambda order: (order.start, order.number))
    after = {order.number: _work(order, parts[order.item], stock, site_of[order.location], today) for order in ranked}
    return replace(company, work_orders=tuple(after.get(order.number, order) for order in company.work_orders))


def _work(order: WorkOrder, parts: list[BomComponent], stock: Stock, site: str, today: date) -> WorkOrder:
    if order.state is not SupplyState.OPEN or (order.item, order.location) in stock.busy:
        return order
    if not order.components_issued and order.start < today:
        needs = [(row.component, _units(order, row)) for row in parts]
        held = Counter(stock.on_hand)
        if all(stock.take_at_site(item, site, units) for item, units in needs):
            order = replace(order, components_issued=True)
        else:
            stock.on_hand = held
    if order.components_issued and order.due <= today:
        stock.on_hand[order.item, order.location] += order.open_quantity
        order = replace(order, completed=order.ordered, state=SupplyState.RECEIVED)
    return order


def _units(order: WorkOrder, row: BomComponent) -> int:
    per = row.quantity_per / (1 - row.scrap)
    return int((order.open_quantity * per).to_integral_value(rounding=ROUND_CEILING))


def _shipped(company: Company, stock: Stock, today: date, left_alone: frozenset[str]) -> Company:
    """Lines due today left where they could leave whole, the important ones first."""
    orders = {order.number: order for order in company.sales_orders}
    due = [
        line
        for line in company.sales_order_lines
        if line.open_quantity and line.due <= today and _name(line) not in left_alone
    ]
    ranked = sorted(due, key=lambda line: (orders[line.order].priority, line.due, line.order, line.line))
    gone: dict[tuple[str, int], SalesOrderLine] = {}
    for line in ranked:
        place = line.item, orders[line.order].ship_from
        if stock.free(place) >= line.open_quantity:
            stock.on_hand[place] -= line.open_quantity
            gone[line.order, line.line] = replace(line, shipped=line.ordered - line.cancelled)
    lines = tuple(gone.get((line.order, line.line), line) for line in company.sales_order_lines)
    return replace(company, sales_order_lines=lines)
