"""Claims and moves on their way into the database as JSON, reservations and moves on their way out as domain values."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.orm import aliased

from core.db.rows import (
    ItemRow,
    LocationRow,
    LotRow,
    MoveSerialRow,
    ReservationRow,
    SalesOrderRow,
    SerialRow,
    StockMoveRow,
)
from core.db.transaction import Transaction
from core.domain.errors import InsufficientStockError, NotFoundError
from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo, SerialNo
from core.domain.stock import (
    Claim,
    Consumption,
    Reservation,
    ReservationKind,
    ReservationState,
    Shortage,
    StockMove,
)

_Origin, _Destination = aliased(LocationRow), aliased(LocationRow)
_C = TypeVar("_C", Claim, Reservation)
_R, _M = ReservationRow, StockMoveRow
_RESERVATIONS = (
    select(
        ItemRow.code.label("item"), LocationRow.code.label("location"), SalesOrderRow.number.label("order"),
        LotRow.code.label("lot"), _R.quantity, _R.taken, _R.reference, _R.kind, _R.state, _R.line, _R.expires_at,
        _R.cause,
    )
    .join(ItemRow, ItemRow.id == _R.item_id)
    .join(LocationRow, LocationRow.id == _R.location_id)
    .outerjoin(SalesOrderRow, SalesOrderRow.id == _R.order_id)
    .outerjoin(LotRow, LotRow.id == _R.lot_id)
    .order_by(_R.id)
)  # fmt: skip
_MOVES = (
    select(
        _M.id, ItemRow.code.label("item"), _Origin.code.label("origin"), _Destination.code.label("destination"),
        _M.quantity, _M.reason, _M.reference, _M.moved_on, LotRow.code.label("lot"), _M.unit_cost,
        SalesOrderRow.number.label("order"), _M.line,
    )
    .join(ItemRow, ItemRow.id == _M.item_id)
    .join(_Origin, _Origin.id == _M.origin_id)
    .join(_Destination, _Destination.id == _M.destination_id)
    .outerjoin(LotRow, LotRow.id == _M.lot_id)
    .outerjoin(SalesOrderRow, SalesOrderRow.id == _M.order_id)
    .order_by(_M.id)
)  # fmt: skip


def claim_values(claim: Claim) -> dict[str, object]:
    """A claim as the database's functions read it."""
    return {
        "item": claim.item,
        "location": claim.location,
        "lot": claim.lot,
        "quantity": claim.quantity,
        "kind": claim.kind.value,
        "reference": claim.reference,
        "order_number": claim.order,
        "line": claim.line,
        "expires_at": str(claim.expires_at) if claim.expires_at else None,
        "cause": claim.cause,
    }


def claims_json(commands: Iterable[Sequence[Claim]]) -> str:
    """The claims of commands, numbered from 1."""
    numbered = enumerate(commands, start=1)
    return _json({"command": number, **claim_values(claim)} for number, claims in numbered for claim in claims)


def moves_json(moves: Iterable[StockMove]) -> str:
    """Moves in the order in which they are written."""
    return _json(
        {
            "item": move.item,
            "origin": move.origin,
            "destination": move.destination,
            "quantity": move.quantity,
            "reason": move.reason,
            "reference": move.reference,
            "moved_on": move.moved_on,
            "lot": move.lot,
            "unit_cost": move.unit_cost,
            "order_number": move.order,
            "line": move.line,
            "serials": move.serials,
        }
        for move in moves
    )


def parts_json(parts: Iterable[Consumption]) -> str:
    """Units of reservations that leave."""
    return _json(
        {
            "reference": part.reference,
            "quantity": part.quantity,
            "destination": part.destination,
            "reason": part.reason,
            "document": part.document,
            "moved_on": part.moved_on,
            "lot": part.lot,
            "unit_cost": part.unit_cost,
            "serials": part.serials,
        }
        for part in parts
    )


def shortage(row: RowMapping | Mapping[str, Any]) -> Shortage:
    """A key that was short; NotFoundError when it is unknown, which the database says by no number."""
    item, location, lot = row["item"], row["location"], row["lot"]
    if row["available"] is None:
        kept = f" or a lot {lot!r} of it" if lot else ""
        raise NotFoundError(f"there is no item {item!r}, no location {location!r}{kept}, or not the order it is for")
    return Shortage(
        item=ItemCode(item),
        location=LocationCode(location),
        lot=LotCode(lot) if lot else None,
        wanted=row["wanted"],
        available=row["available"],
    )


def insufficient(short: Sequence[Shortage], *, end: str = "nothing was reserved") -> InsufficientStockError:
    """The refusal that names every key that was short."""
    first = short[0]
    return InsufficientStockError(
        f"{'; '.join(map(str, short))}; {end}",
        item=first.item,
        location=first.location,
        wanted=first.wanted,
        available=first.available,
        short=[
            {"item": s.item, "location": s.location, "lot": s.lot, "wanted": s.wanted, "available": s.available}
            for s in short
        ],
    )


def reservations_where(transaction: Transaction, *conditions: ColumnElement[bool]) -> tuple[Reservation, ...]:
    """Reservations, oldest first."""
    found = transaction.session.execute(_RESERVATIONS.where(*conditions)).mappings()
    return tuple(_reservation(row) for row in found)


def moves_where(transaction: Transaction, *conditions: ColumnElement[bool]) -> tuple[StockMove, ...]:
    """Moves with their serial numbers, oldest first."""
    found = transaction.session.execute(_MOVES.where(*conditions)).mappings().all()
    carried = dict[int, list[SerialNo]]()
    serials = (
        select(MoveSerialRow.move_id, SerialRow.number)
        .join(SerialRow, SerialRow.id == MoveSerialRow.serial_id)
        .where(MoveSerialRow.move_id.in_([row["id"] for row in found]))
        .order_by(SerialRow.number.collate("C"))
    )
    for move, number in transaction.session.execute(serials):
        carried.setdefault(move, []).append(SerialNo(number))
    return tuple(_move(row, tuple(carried.get(row["id"], ()))) for row in found)


def scope_of(claim: Claim | Reservation) -> str:
    """The chain of the audit log a claim belongs to: its order's, or that of the document its reference begins with."""
    return f"order:{claim.order}" if claim.order else f"reservation:{claim.reference.partition('/')[0]}"


def by_scope(claims: Sequence[_C]) -> tuple[tuple[str, list[_C]], ...]:
    """Claims by their chain of the audit log, in the one order in which chains are locked."""
    grouped = dict[str, list[_C]]()
    for claim in claims:
        grouped.setdefault(scope_of(claim), []).append(claim)
    return tuple(sorted(grouped.items()))


def notes_of(claims: Sequence[Claim]) -> list[tuple[str, str, dict[str, object]]]:
    """Scope, subject and facts of what is to be said in the audit log when claims are granted."""
    if len(claims) == 1:
        (claim,) = claims
        scope = scope_of(claim)
        return [(scope, claim.reference, _plain_claims(claims, alone=scope == f"reservation:{claim.reference}"))]
    return [
        (scope, part[0].reference, _plain_claims(part, alone=scope == f"reservation:{part[0].reference}"))
        for scope, part in by_scope(claims)
    ]


def _plain_claims(claims: Sequence[Claim], *, alone: bool) -> dict[str, object]:
    return _plain_claim(claims[0]) if alone else {claim.reference: _plain_claim(claim) for claim in claims}


def _plain_claim(claim: Claim) -> dict[str, object]:
    """What the audit log keeps of a claim: all that is not empty."""
    parts = {"item": claim.item, "location": claim.location, "quantity": claim.quantity, "lot": claim.lot}
    more = {"line": claim.line, "expires_at": claim.expires_at, "cause": claim.cause or None}
    return {name: value for name, value in {**parts, **more}.items() if value is not None}


def plain_move(move: StockMove) -> dict[str, object]:
    """What the audit log keeps of a move."""
    parts = {"item": move.item, "from": move.origin, "to": move.destination, "quantity": move.quantity, "lot": move.lot}
    more = {"reason": move.reason, "serials": list(move.serials) or None}
    return {name: value for name, value in {**parts, **more}.items() if value is not None}


def _reservation(row: RowMapping) -> Reservation:
    return Reservation(
        item=ItemCode(row["item"]),
        location=LocationCode(row["location"]),
        quantity=row["quantity"],
        taken=row["taken"],
        reference=row["reference"],
        kind=ReservationKind(row["kind"]),
        state=ReservationState(row["state"]),
        order=OrderNo(row["order"]) if row["order"] else None,
        line=row["line"],
        lot=LotCode(row["lot"]) if row["lot"] else None,
        expires_at=row["expires_at"],
        cause=row["cause"],
    )


def _move(row: RowMapping, serials: tuple[SerialNo, ...]) -> StockMove:
    return StockMove(
        item=ItemCode(row["item"]),
        origin=LocationCode(row["origin"]),
        destination=LocationCode(row["destination"]),
        quantity=row["quantity"],
        reason=row["reason"],
        reference=row["reference"],
        moved_on=row["moved_on"],
        lot=LotCode(row["lot"]) if row["lot"] else None,
        unit_cost=row["unit_cost"],
        order=OrderNo(row["order"]) if row["order"] else None,
        line=row["line"],
        serials=serials,
    )


def _json(rows: Iterable[dict[str, object]]) -> str:
    return json.dumps(list(rows), default=_text, ensure_ascii=True)


def _text(value: object) -> str:
    assert isinstance(value, date | datetime | Decimal), value
    return str(value)
