"""The day after: what the ERP of Sabine Valve and Pump says a day later, with what was planted in between."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING

from core.demo.planted import Planted
from core.domain.cases import ExceptionType
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

SLIP_DAYS = 18
_SLIPS = "BO-"
_LOST = (ItemCode("BV-02"), LocationCode("HOU-SHIP"))
# A day on, the outage of a foundry keeps these castings below their safety stock within the window that is looked at.
_THIN = ItemCode("CA-06")
_FOUND = (ItemCode("SE-04"), LocationCode("RNO-STORE"))

Place = tuple[ItemCode, LocationCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDay:
    """The later pack, and the cases that loading it over the day before opens and closes."""

    company: Company
    opens: tuple[Planted, ...]
    closes: tuple[Planted, ...]
    slipped: PurchaseOrderNo


@dataclass(slots=True, kw_only=True)
class _Stock:
    """Units on hand and, of these, held by transfers that have not left, as the day goes by."""

    on_hand: Counter[Place]
    held: Counter[Place]
    places: dict[str, list[LocationCode]] = field(default_factory=dict[str, list[LocationCode]])

    def free(self, place: Place) -> int:
        """Units that may be taken."""
        return self.on_hand[place] - self.held[place]

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


def next_day(company: Company, *, before: Company) -> NextDay:
    """What the ERP says a day after `company`. `before` are the books without disruptions, to recount from."""
    today = company.settings.as_of + timedelta(days=1)
    stock = _stock_of(company)
    company = _received(company, stock, today)
    company = _moved(company, stock, today)
    company = _made(company, stock, today)
    company = _shipped(company, stock, today)
    company, slipped = _slip(company)
    stock.on_hand[_LOST] = stock.held[_LOST]
    _recount(before, stock)
    rows = tuple(
        StockBalance(item=item, location=place, on_hand=units, reserved=stock.held[item, place])
        for (item, place), units in sorted(stock.on_hand.items())
    )
    settings = replace(company.settings, as_of=today)
    return NextDay(
        company=replace(company, stock=rows, settings=settings),
        opens=(
            Planted(type=ExceptionType.DEMAND_SHORTAGE, about=_LOST[0]),
            Planted(type=ExceptionType.COMPONENT_SHORTAGE, about=slipped.item),
            Planted(type=ExceptionType.SAFETY_STOCK_BREACHED, about=_THIN),
        ),
        closes=(Planted(type=ExceptionType.COMPONENT_SHORTAGE, about=_FOUND[0]),),
        slipped=slipped.order,
    )


def _stock_of(company: Company) -> _Stock:
    places: dict[str, list[LocationCode]] = defaultdict(list)
    for place in company.locations:
        places[place.site].append(place.code)
    return _Stock(
        on_hand=Counter({(row.item, row.location): row.on_hand for row in company.stock}),
        held=Counter({(row.item, row.location): row.reserved for row in company.stock}),
        places=places,
    )


def _received(company: Company, stock: _Stock, today: date) -> Company:
    """Purchases that were due by today and not overdue before came in whole."""
    open_ = {order.number for order in company.purchase_orders if order.state is SupplyState.OPEN}
    lines: list[PurchaseOrderLine] = []
    for line in company.purchase_order_lines:
        if line.order in open_ and company.settings.as_of <= line.due <= today and line.open_quantity:
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
    return order if order.number in left else replace(order, state=SupplyState.RECEIVED)


def _moved(company: Company, stock: _Stock, today: date) -> Company:
    """Transfers left on their day and arrived on theirs."""
    return replace(company, transfer_orders=tuple(_move(order, stock, today) for order in company.transfer_orders))


def _move(order: TransferOrder, stock: _Stock, today: date) -> TransferOrder:
    if order.state is not SupplyState.OPEN:
        return order
    if not order.shipped and order.ship_on <= today:
        stock.on_hand[order.item, order.origin] -= order.quantity
        stock.held[order.item, order.origin] -= order.quantity
        order = replace(order, shipped=True)
    if order.shipped and order.due <= today:
        stock.on_hand[order.item, order.destination] += order.quantity
        order = replace(order, state=SupplyState.RECEIVED)
    return order


def _made(company: Company, stock: _Stock, today: date) -> Company:
    """Work orders that began took their components, where those were there; those due were finished."""
    parts: dict[ItemCode, list[BomComponent]] = defaultdict(list)
    for row in company.bom:
        parts[row.parent].append(row)
    site_of = {place.code: place.site for place in company.locations}
    ranked = sorted(company.work_orders, key=lambda order: (order.start, order.number))
    after = {order.number: _work(order, parts[order.item], stock, site_of[order.location], today) for order in ranked}
    return replace(company, work_orders=tuple(after[order.number] for order in company.work_orders))


def _work(order: WorkOrder, parts: list[BomComponent], stock: _Stock, site: str, today: date) -> WorkOrder:
    if order.state is not SupplyState.OPEN:
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


def _shipped(company: Company, stock: _Stock, today: date) -> Company:
    """Lines due today left where they could leave whole, the important ones first."""
    orders = {order.number: order for order in company.sales_orders}
    due = [line for line in company.sales_order_lines if line.open_quantity and line.due <= today]
    ranked = sorted(due, key=lambda line: (orders[line.order].priority, line.due, line.order, line.line))
    gone: dict[tuple[str, int], SalesOrderLine] = {}
    for line in ranked:
        place = line.item, orders[line.order].ship_from
        if stock.free(place) >= line.open_quantity:
            stock.on_hand[place] -= line.open_quantity
            gone[line.order, line.line] = replace(line, shipped=line.ordered - line.cancelled)
    lines = tuple(gone.get((line.order, line.line), line) for line in company.sales_order_lines)
    return replace(company, sales_order_lines=lines)


def _slip(company: Company) -> tuple[Company, PurchaseOrderLine]:
    """A supplier of bolts says that its next large order comes weeks later."""
    open_ = [line for line in company.purchase_order_lines if line.item.startswith(_SLIPS) and line.open_quantity]
    first = max(open_, key=lambda line: (line.open_quantity, line.order, line.line))
    lines = tuple(
        replace(line, due=line.due + timedelta(days=SLIP_DAYS)) if line is first else line
        for line in company.purchase_order_lines
    )
    return replace(company, purchase_order_lines=lines), first


def _recount(before: Company, stock: _Stock) -> None:
    """What was thought scrapped is found fit for use after all."""
    there = next(row.on_hand for row in before.stock if (row.item, row.location) == _FOUND)
    stock.on_hand[_FOUND] += there
