"""Lists of balances, moves and reservations."""

from collections.abc import Mapping

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session, aliased

from core.db.rows import (
    ItemRow,
    LocationRow,
    LotRow,
    ReservationRow,
    SalesOrderRow,
    StockBalanceRow,
    StockMoveRow,
)
from core.db.stores.listing.filtering import keyed, same, within
from core.db.stores.listing.keyset import Along, along, code, ordered, read_page
from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo
from core.domain.listing.goods import (
    BalanceFilter,
    BalanceSort,
    ListedBalance,
    ListedMove,
    ListedReservation,
    MoveFilter,
    MoveSort,
    ReservationFilter,
    ReservationSort,
)
from core.domain.listing.paging import Page, Reading
from core.domain.stock import ReservationKind, ReservationState

_BALANCE, _MOVE, _CLAIM = StockBalanceRow, StockMoveRow, ReservationRow
_ORIGIN, _DESTINATION = aliased(LocationRow), aliased(LocationRow)
_FREE = _BALANCE.on_hand - _BALANCE.reserved - _BALANCE.blocked
_BALANCES: Mapping[BalanceSort, tuple[Along, ...]] = {
    BalanceSort.ITEM: (code(ItemRow.code), code(LocationRow.code)),
    BalanceSort.LOCATION: (code(LocationRow.code), code(ItemRow.code)),
    BalanceSort.FREE: (*along(_FREE), code(ItemRow.code), code(LocationRow.code)),
}
_MOVES: Mapping[MoveSort, tuple[Along, ...]] = {MoveSort.RECORDED: ()}
_CLAIMS: Mapping[ReservationSort, tuple[Along, ...]] = {ReservationSort.RECORDED: ()}


def balances(session: Session, wanted: BalanceFilter, asked: Reading[BalanceSort]) -> Page[ListedBalance]:
    """What lies where."""
    query = (
        select(_BALANCE, ItemRow, LocationRow)
        .join(ItemRow, ItemRow.id == _BALANCE.item_id)
        .join(LocationRow, LocationRow.id == _BALANCE.location_id)
        .where(
            LocationRow.virtual.is_(False),
            keyed(_BALANCE.item_id, ItemRow.id, ItemRow.code, wanted.item),
            same(LocationRow.code, wanted.location),
            same(LocationRow.site, wanted.site),
            ItemRow.safety_stock > _FREE if wanted.below_safety else true(),
        )
    )
    return read_page(session, query, ordered(_BALANCES, asked), asked, _balance)


def moves(session: Session, wanted: MoveFilter, asked: Reading[MoveSort]) -> Page[ListedMove]:
    """The ledger of stock."""
    place = [
        keyed(column, LocationRow.id, LocationRow.code, wanted.location)
        for column in (_MOVE.origin_id, _MOVE.destination_id)
    ]
    query = (
        select(_MOVE, ItemRow.code, _ORIGIN.code, _DESTINATION.code, LotRow.code, SalesOrderRow.number)
        .join(ItemRow, ItemRow.id == _MOVE.item_id)
        .join(_ORIGIN, _ORIGIN.id == _MOVE.origin_id)
        .join(_DESTINATION, _DESTINATION.id == _MOVE.destination_id)
        .outerjoin(LotRow, LotRow.id == _MOVE.lot_id)
        .outerjoin(SalesOrderRow, SalesOrderRow.id == _MOVE.order_id)
        .where(
            keyed(_MOVE.item_id, ItemRow.id, ItemRow.code, wanted.item),
            true() if wanted.location is None else or_(*place),
            same(_MOVE.reference, wanted.document),
            same(_MOVE.reason, wanted.reason),
            keyed(_MOVE.order_id, SalesOrderRow.id, SalesOrderRow.number, wanted.order),
            within(_MOVE.moved_on, wanted.moved_after, wanted.moved_before),
        )
    )
    return read_page(session, query, ordered(_MOVES, asked, *along(_MOVE.id)), asked, _move)


def reservations(
    session: Session, wanted: ReservationFilter, asked: Reading[ReservationSort]
) -> Page[ListedReservation]:
    """Claims on stock, those that ended too."""
    query = (
        select(_CLAIM, ItemRow.code, LocationRow.code, LotRow.code, SalesOrderRow.number)
        .join(ItemRow, ItemRow.id == _CLAIM.item_id)
        .join(LocationRow, LocationRow.id == _CLAIM.location_id)
        .outerjoin(LotRow, LotRow.id == _CLAIM.lot_id)
        .outerjoin(SalesOrderRow, SalesOrderRow.id == _CLAIM.order_id)
        .where(
            keyed(_CLAIM.item_id, ItemRow.id, ItemRow.code, wanted.item),
            keyed(_CLAIM.location_id, LocationRow.id, LocationRow.code, wanted.location),
            same(_CLAIM.reference, wanted.document),
            keyed(_CLAIM.order_id, SalesOrderRow.id, SalesOrderRow.number, wanted.order),
            same(_CLAIM.kind, wanted.kind),
            same(_CLAIM.state, wanted.state),
        )
    )
    return read_page(session, query, ordered(_CLAIMS, asked, *along(_CLAIM.id)), asked, _reservation)


def _balance(row: StockBalanceRow, item: ItemRow, place: LocationRow) -> ListedBalance:
    return ListedBalance(
        item=ItemCode(item.code),
        item_name=item.name,
        unit=item.unit,
        location=LocationCode(place.code),
        site=place.site,
        on_hand=row.on_hand,
        reserved=row.reserved,
        blocked=row.blocked,
        free=row.on_hand - row.reserved - row.blocked,
        safety_stock=item.safety_stock,
    )


def _move(
    row: StockMoveRow, item: str, origin: str, destination: str, lot: str | None, order: str | None
) -> ListedMove:
    return ListedMove(
        number=row.id,
        item=ItemCode(item),
        origin=LocationCode(origin),
        destination=LocationCode(destination),
        quantity=row.quantity,
        reason=row.reason,
        document=row.reference,
        lot=None if lot is None else LotCode(lot),
        order=None if order is None else OrderNo(order),
        line=row.line,
        moved_on=row.moved_on,
        recorded_at=row.recorded_at,
    )


def _reservation(
    row: ReservationRow, item: str, location: str, lot: str | None, order: str | None
) -> ListedReservation:
    return ListedReservation(
        number=row.id,
        item=ItemCode(item),
        location=LocationCode(location),
        quantity=row.quantity,
        taken=row.taken,
        kind=ReservationKind(row.kind),
        state=ReservationState(row.state),
        document=row.reference,
        order=None if order is None else OrderNo(order),
        line=row.line,
        lot=None if lot is None else LotCode(lot),
        expires_at=row.expires_at,
        recorded_at=row.recorded_at,
    )
