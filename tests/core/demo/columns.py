"""A Company as the engine's columns, without a database, to judge the demo company's books by."""

from datetime import date

from core.domain.company import Company
from core.domain.orders import SupplyState
from core.planning.snapshot import Snapshot, day_number
from tests.core.planning.books import book


def snapshot_of(company: Company) -> Snapshot:
    """What a snapshot reader would find in a database loaded with the company."""
    sellers = {supplier.code for supplier in company.suppliers if supplier.approved and supplier.active}
    as_of = company.settings.as_of
    return book(
        as_of=day_number(as_of),
        buffer_days=company.settings.buffer_days,
        items=[
            (i.code, i.make, i.lead_time_days, i.safety_stock, i.finished_good, str(i.standard_cost))
            for i in company.items
        ],
        locations=[(place.code, place.site, place.may_ship) for place in company.locations],
        customers=[(customer.code, customer.tier) for customer in company.customers],
        suppliers=[supplier.code for supplier in company.suppliers],
        demand=_sold(company, as_of),
        stock=[(row.item, row.on_hand - row.reserved, row.location) for row in company.stock],
        supply=[*_made(company, as_of), *_bought(company, as_of), *_moved(company, as_of)],
        bom=[(row.parent, row.component, str(row.quantity_per / (1 - row.scrap))) for row in company.bom],
        lanes=[(r.origin, r.destination, r.days, str(r.fixed_cost), str(r.unit_cost)) for r in company.lanes],
        sources=[
            (s.item, s.supplier, s.lead_time_days, str(s.unit_price), s.minimum_order, s.multiple)
            for s in company.supplier_items
            if s.supplier in sellers
        ],
    )


def _sold(company: Company, as_of: date) -> list[tuple[object, ...]]:
    customers = {customer.code: customer for customer in company.customers}
    orders = {order.number: order for order in company.sales_orders}
    return [
        (
            line.order,
            line.line,
            line.item,
            line.open_quantity,
            (line.due - as_of).days,
            orders[line.order].ship_from,
            (orders[line.order].order_date - as_of).days,
            orders[line.order].entry_sequence,
            orders[line.order].priority,
            str(line.unit_price),
            int(customers[orders[line.order].customer].late_penalty_percent * 100),
            orders[line.order].customer,
            (line.requested - as_of).days,
        )
        for line in company.sales_order_lines
        if line.open_quantity
    ]


def _made(company: Company, as_of: date) -> list[tuple[object, ...]]:
    return [
        (
            "WO",
            order.number,
            order.item,
            order.open_quantity,
            (order.due - as_of).days,
            order.location,
            (order.start - as_of).days,
            "",
            order.components_issued,
        )
        for order in company.work_orders
        if order.state is SupplyState.OPEN
    ]


def _bought(company: Company, as_of: date) -> list[tuple[object, ...]]:
    suppliers = {order.number: order.supplier for order in company.purchase_orders}
    return [
        (
            "PO",
            line.order,
            line.item,
            line.open_quantity,
            (line.due - as_of).days,
            line.location,
            None,
            suppliers[line.order],
            False,
            line.line,
        )
        for line in company.purchase_order_lines
    ]


def _moved(company: Company, as_of: date) -> list[tuple[object, ...]]:
    return [
        ("TO", order.number, order.item, order.quantity, (order.due - as_of).days, order.destination)
        for order in company.transfer_orders
        if order.state is SupplyState.OPEN
    ]
