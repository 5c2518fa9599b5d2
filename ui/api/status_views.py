"""How an order stands, in the words its customer may read: no price, no cost, no other customer, no reason inside."""

from core.domain.ids import OrderNo
from core.ports.storage import UnitOfWork
from core.services.returning.self_service import returnable
from ui.schemas.identity import OrderStatus, StatusLine, StatusParcel, StatusReturn


def order_status(uow: UnitOfWork, number: OrderNo) -> OrderStatus:
    """One order, its lines and its shipments."""
    order, back = uow.orders.order(number), returnable(uow, number)
    return OrderStatus(
        order=order.number,
        customer_po=order.customer_po,
        state=order.state.value,
        as_of=uow.company.settings().as_of,
        lines=tuple(
            StatusLine(
                line=line.line,
                item=line.item,
                name=uow.company.item(line.item).name,
                ordered=line.ordered - line.cancelled,
                shipped=line.shipped,
                promised=line.promised,
                state=line.state.value,
                returnable=back.get(line.line, 0),
            )
            for line in uow.orders.lines(number)
        ),
        returns=tuple(
            StatusReturn(number=one.number, state=one.state.value, units=sum(line.quantity for line in one.lines))
            for one in uow.returns.of_order(number)
        ),
        parcels=tuple(
            StatusParcel(
                number=one.number,
                state=one.state.value,
                carrier=one.carrier or "",
                tracking=one.tracking_number,
                expected=one.expected_on,
                delivered=one.delivered_on,
            )
            for one in uow.shipments.of_order(number)
        ),
    )
