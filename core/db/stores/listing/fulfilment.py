"""Lists of shipments and returns."""

from collections.abc import Mapping

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from core.db.rows import (
    CustomerRow,
    LocationRow,
    ReturnLineRow,
    ReturnRow,
    SalesOrderRow,
    ShipmentLineRow,
    ShipmentRow,
)
from core.db.stores.listing.filtering import keyed, least, same, within
from core.db.stores.listing.keyset import Along, along, code, ordered, read_page
from core.domain.ids import CarrierCode, CustomerCode, LocationCode, OrderNo
from core.domain.listing.fulfilment import (
    ListedReturn,
    ListedShipment,
    ReturnFilter,
    ReturnSort,
    ShipmentFilter,
    ShipmentSort,
)
from core.domain.listing.paging import Page, Reading
from core.domain.returns import ReturnState
from core.domain.shipments import ShipmentState

_SENT, _BACK = ShipmentRow, ReturnRow
_SHIPMENTS: Mapping[ShipmentSort, tuple[Along, ...]] = {
    ShipmentSort.NUMBER: (),
    ShipmentSort.SHIP_ON: along(_SENT.ship_on),
    ShipmentSort.EXPECTED: along(_SENT.expected_on),
}
_RETURNS: Mapping[ReturnSort, tuple[Along, ...]] = {
    ReturnSort.NUMBER: (),
    ReturnSort.REQUESTED: along(_BACK.requested_at),
    ReturnSort.CHANGED: along(_BACK.changed_at),
}
_UNITS = (
    select(func.coalesce(func.sum(ShipmentLineRow.quantity), 0))
    .where(ShipmentLineRow.shipment_id == _SENT.id)
    .correlate(_SENT)
    .scalar_subquery()
)


def shipments(session: Session, wanted: ShipmentFilter, asked: Reading[ShipmentSort]) -> Page[ListedShipment]:
    """Shipments."""
    query = (
        select(_SENT, SalesOrderRow.number, CustomerRow.code, LocationRow.code, _UNITS)
        .join(SalesOrderRow, SalesOrderRow.id == _SENT.order_id)
        .join(CustomerRow, CustomerRow.id == SalesOrderRow.customer_id)
        .join(LocationRow, LocationRow.id == _SENT.location_id)
        .where(
            same(_SENT.number, wanted.number),
            same(SalesOrderRow.number, wanted.order),
            same(CustomerRow.code, wanted.customer),
            keyed(_SENT.location_id, LocationRow.id, LocationRow.code, wanted.location),
            same(_SENT.state, wanted.state),
            _SENT.problem != "" if wanted.troubled else true(),
            within(_SENT.ship_on, wanted.ship_after, wanted.ship_before),
        )
    )
    return read_page(session, query, ordered(_SHIPMENTS, asked, code(_SENT.number)), asked, _shipment)


def returns(session: Session, wanted: ReturnFilter, asked: Reading[ReturnSort]) -> Page[ListedReturn]:
    """Returns."""
    units, received = (
        select(func.coalesce(func.sum(column), 0))
        .where(ReturnLineRow.return_id == _BACK.id)
        .correlate(_BACK)
        .scalar_subquery()
        for column in (ReturnLineRow.quantity, ReturnLineRow.received)
    )
    query = (
        select(_BACK, SalesOrderRow.number, CustomerRow.code, LocationRow.code, units, received)
        .join(SalesOrderRow, SalesOrderRow.id == _BACK.order_id)
        .join(CustomerRow, CustomerRow.id == SalesOrderRow.customer_id)
        .join(LocationRow, LocationRow.id == _BACK.location_id)
        .where(
            same(_BACK.number, wanted.number),
            same(SalesOrderRow.number, wanted.order),
            same(CustomerRow.code, wanted.customer),
            keyed(_BACK.location_id, LocationRow.id, LocationRow.code, wanted.location),
            same(_BACK.state, wanted.state),
            least(_BACK.requested_at, wanted.requested_since),
        )
    )
    return read_page(session, query, ordered(_RETURNS, asked, code(_BACK.number)), asked, _return)


def _shipment(row: ShipmentRow, order: str, customer: str, location: str, units: int) -> ListedShipment:
    return ListedShipment(
        number=row.number,
        order=OrderNo(order),
        customer=CustomerCode(customer),
        location=LocationCode(location),
        state=ShipmentState(row.state),
        method=row.method,
        carrier=None if row.carrier is None else CarrierCode(row.carrier),
        service=row.service,
        tracking_number=row.tracking_number,
        ship_on=row.ship_on,
        expected_on=row.expected_on,
        shipped_on=row.shipped_on,
        delivered_on=row.delivered_on,
        problem=row.problem,
        version=row.version,
        units=int(units),
    )


def _return(row: ReturnRow, order: str, customer: str, location: str, units: int, received: int) -> ListedReturn:
    return ListedReturn(
        number=row.number,
        order=OrderNo(order),
        customer=CustomerCode(customer),
        location=LocationCode(location),
        state=ReturnState(row.state),
        wish=row.wish,
        method=row.method,
        exchange_order=None if row.exchange_order is None else OrderNo(row.exchange_order),
        version=row.version,
        units=int(units),
        received=int(received),
        requested_at=row.requested_at,
        received_at=row.received_at,
        changed_at=row.changed_at,
    )
