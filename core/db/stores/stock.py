"""Stock: what is available, reservations and moves; the database's triggers keep the balances."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, select, text, tuple_

from core.db.rows import ItemRow, LocationRow, LotRow, ReservationRow, SalesOrderRow, StockBalanceRow, StockMoveRow
from core.db.stores.stock_records import (
    by_scope,
    claims_json,
    insufficient,
    moves_json,
    moves_where,
    notes_of,
    parts_json,
    plain_move,
    reservations_where,
    scope_of,
    shortage,
)
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, InsufficientStockError
from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo
from core.domain.stock import (
    Claim,
    Consumption,
    Reservation,
    ReservationKind,
    ReservationState,
    Shortage,
    StockLevel,
    StockMove,
)

_AVAILABLE = text("SELECT free_units(:item, :location, :lot)")
_RESERVE = text(
    "SELECT command, item, location, lot, wanted, available FROM reserve_stock(CAST(:claims AS jsonb), :now) ORDER BY 1"
)
_MOVE = text("SELECT item, location, lot, wanted, available FROM move_stock(CAST(:moves AS jsonb), :now)")
_CONSUME = text("SELECT reference, wanted, available FROM consume_claims(CAST(:parts AS jsonb), :now)")
_CHANGE = text("SELECT id FROM change_claims(:ids, :state, :quantities, :kind, :until)")
_LOCK = text(
    "SELECT lock_balances(ARRAY(SELECT id FROM items WHERE code = :item), ARRAY(SELECT id FROM locations"
    " WHERE code = :location))"
)
_OPEN = ReservationRow.state == ReservationState.OPEN.value


@dataclass(frozen=True, slots=True)
class SqlStockStore:
    """Balances, reservations and moves of this transaction."""

    transaction: Transaction

    def available(self, item: ItemCode, location: LocationCode, *, lot: LotCode | None = None) -> int:
        """Units that may still be reserved; 0 where the item is not kept."""
        values = {"item": item, "location": location, "lot": lot}
        return self.transaction.session.scalars(_AVAILABLE, values).one()

    def balance(self, item: ItemCode, location: LocationCode) -> StockLevel:
        """On hand, reserved and blocked; all 0 where the item is not kept."""
        query = (
            select(StockBalanceRow.on_hand, StockBalanceRow.reserved, StockBalanceRow.blocked)
            .join(ItemRow, ItemRow.id == StockBalanceRow.item_id)
            .join(LocationRow, LocationRow.id == StockBalanceRow.location_id)
            .where(ItemRow.code == item, LocationRow.code == location)
        )
        on_hand, reserved, blocked = self.transaction.session.execute(query).one_or_none() or (0, 0, 0)
        return StockLevel(item=item, location=location, on_hand=on_hand, reserved=reserved, blocked=blocked)

    def reserve(self, item: ItemCode, location: LocationCode, *, quantity: int, reference: str) -> None:
        """Reserve units for a transfer order, all or none; InsufficientStockError says how many there were."""
        kind = ReservationKind.TRANSFER
        self.reserve_many([Claim(item=item, location=location, quantity=quantity, reference=reference, kind=kind)])

    def release(self, reference: str) -> None:
        """Give reserved units back; ConflictError when the reservation is no longer open."""
        if not self.release_references([reference]):
            raise ConflictError(f"reservation {reference!r} is not open any more; nothing was released")

    def reserve_many(self, claims: Sequence[Claim]) -> None:
        """Grant all claims or none; `details["short"]` of the refusal lists every key of which there was too little."""
        if not claims:
            return
        (short,) = self.reserve_each([claims])
        if short:
            raise insufficient(short)
        for scope, subject, facts in notes_of(claims):
            self._note(scope, "stock_reserved", subject, facts)

    def reserve_each(self, commands: Sequence[Sequence[Claim]]) -> tuple[tuple[Shortage, ...], ...]:
        """Grant each command, in this order, wholly or not at all: what it was short of; the caller audits."""
        values = {"claims": claims_json(commands), "now": self.transaction.now}
        found: list[list[Shortage]] = [[] for _ in commands]
        for row in self.transaction.session.execute(_RESERVE, values).mappings():
            found[int(row["command"]) - 1].append(shortage(row))
        return tuple(tuple(short) for short in found)

    def claim_of(self, reference: str) -> Reservation | None:
        """The open reservation of a reference."""
        found = reservations_where(self.transaction, _OPEN, ReservationRow.reference == reference)
        return found[0] if found else None

    def claims_of(self, order: OrderNo, line: int | None = None) -> tuple[Reservation, ...]:
        """The open reservations of an order, or of one of its lines."""
        return reservations_where(self.transaction, _OPEN, *_of_order(order, line))

    def claimed(self, lines: Collection[tuple[OrderNo, int]]) -> frozenset[tuple[OrderNo, int]]:
        """Those of these order lines for which units are reserved."""
        of_lines = tuple_(SalesOrderRow.number, ReservationRow.line).in_(sorted(lines))
        found = reservations_where(self.transaction, _OPEN, of_lines)
        return frozenset((one.order, one.line) for one in found if one.order is not None and one.line is not None)

    def claims_on(
        self, item: ItemCode, location: LocationCode, *, lot: LotCode | None = None
    ) -> tuple[Reservation, ...]:
        """The open reservations that hold units of an item, or of one of its lots, at a location."""
        lots = [] if lot is None else [LotRow.code == lot]
        holds = ReservationRow.kind != ReservationKind.ADVISORY.value
        here = (ItemRow.code == item, LocationRow.code == location)
        return reservations_where(self.transaction, _OPEN, holds, *here, *lots)

    def release_claims(
        self, order: OrderNo, line: int | None = None, kind: ReservationKind | None = None
    ) -> tuple[Reservation, ...]:
        """Give back what an order, or one of its lines, holds, of one kind or of all; what was given back."""
        kinds = [] if kind is None else [ReservationRow.kind == kind.value]
        return self._end(ReservationState.RELEASED, _OPEN, *_of_order(order, line), *kinds)

    def release_references(self, references: Sequence[str]) -> tuple[Reservation, ...]:
        """Give back the open reservations among these; what was given back."""
        return self._end(ReservationState.RELEASED, _OPEN, ReservationRow.reference.in_(references))

    def expire(self, *, limit: int = 1000) -> tuple[Reservation, ...]:
        """Give back the time-boxed reservations whose time has passed; what was given back."""
        due = ReservationRow.expires_at <= self.transaction.now
        first = select(ReservationRow.id).where(_OPEN, due).order_by(ReservationRow.expires_at, ReservationRow.id)
        return self._end(ReservationState.EXPIRED, ReservationRow.id.in_(first.limit(limit)))

    def shrink(self, reference: str, *, to: int) -> None:
        """Keep only so many of the units still held; ConflictError when fewer, or none, are held."""
        claim = self.claim_of(reference)
        if claim is None or not 0 < to <= claim.quantity - claim.taken:
            held = "nothing" if claim is None else f"{claim.quantity - claim.taken} units"
            raise ConflictError(f"reservation {reference!r} holds {held}; it cannot be made to hold {to!r}")
        self._change([reference], quantity=to)
        self._note_of(claim, "stock_claim_shrunk", {reference: {"to": to}})

    def extend(self, references: Sequence[str], *, until: datetime) -> None:
        """Let time-boxed reservations last at least until then; none is ever shortened."""
        boxed = (_OPEN, ReservationRow.kind == ReservationKind.TIME_BOXED.value)
        found = reservations_where(self.transaction, *boxed, ReservationRow.reference.in_(references))
        gone = set(references) - {claim.reference for claim in found if not _over(claim, self.transaction.now)}
        if gone:
            raise ConflictError(f"reservation {min(gone)!r} has ended or is not time-boxed; it cannot be extended")
        self._change(references, until=until)
        for scope, part in by_scope(found):
            facts: dict[str, object] = {claim.reference: {"until": until} for claim in part}
            self._note(scope, "stock_claim_extended", part[0].reference, facts)

    def consume(self, parts: Sequence[Consumption]) -> None:
        """Let units of reservations leave stock, all or none; InsufficientStockError names what was not held."""
        named = ReservationRow.reference.in_({part.reference for part in parts})
        before = {claim.reference: claim for claim in reservations_where(self.transaction, _OPEN, named)}
        values = {"parts": parts_json(parts), "now": self.transaction.now}
        short = self.transaction.session.execute(_CONSUME, values).mappings().all()
        if short:
            raise _not_held(short)
        for part in parts:
            claim = before[part.reference]
            facts = {
                "quantity": part.quantity,
                "to": part.destination,
                "on": part.document,
                "lot": part.lot or claim.lot,
            }
            self._note_of(claim, "stock_consumed", {part.reference: facts})

    def move(self, moves: Sequence[StockMove]) -> None:
        """Move units that nobody reserved, all or none."""
        if not moves:
            return
        values = {"moves": moves_json(moves), "now": self.transaction.now}
        short = [shortage(row) for row in self.transaction.session.execute(_MOVE, values).mappings()]
        if short:
            raise insufficient(short, end="nothing was moved")
        for reference in sorted({move.reference for move in moves}):
            facts = [plain_move(move) for move in moves if move.reference == reference]
            self._note(f"stock:{reference}", "stock_moved", reference, {"moves": facts})

    def moves_of(self, reference: str) -> tuple[StockMove, ...]:
        """The moves of a document, oldest first."""
        return moves_where(self.transaction, StockMoveRow.reference == reference)

    def lock(self, item: ItemCode, location: LocationCode) -> StockLevel:
        """The balance, which nobody else changes until this transaction ends."""
        self.transaction.session.execute(_LOCK, {"item": item, "location": location})
        return self.balance(item, location)

    def _end(self, state: ReservationState, *conditions: ColumnElement[bool]) -> tuple[Reservation, ...]:
        ids = self.transaction.session.scalars(
            select(ReservationRow.id)
            .join(ItemRow, ItemRow.id == ReservationRow.item_id)
            .outerjoin(SalesOrderRow, SalesOrderRow.id == ReservationRow.order_id)
            .where(*conditions)
        ).all()
        ended = self._settle(list(ids), state)
        found = reservations_where(self.transaction, ReservationRow.id.in_(ended)) if ended else ()
        for scope, part in by_scope(found):
            facts: dict[str, object] = {c.reference: {"units": c.quantity - c.taken} for c in part}
            self._note(scope, f"stock_{state.value}", part[0].reference, facts)
        return found

    def _change(
        self,
        references: Sequence[str],
        *,
        quantity: int | None = None,
        until: datetime | None = None,
    ) -> None:
        query = select(ReservationRow.id).where(_OPEN, ReservationRow.reference.in_(references))
        ids = list(self.transaction.session.scalars(query))
        changed = self._settle(ids, ReservationState.OPEN, quantity=quantity, until=until)
        if len(changed) < len(set(references)):
            raise ConflictError(
                f"a reservation among {sorted(references)!r} ended at the same moment; nothing was changed"
            )

    def _settle(
        self,
        ids: list[int],
        state: ReservationState,
        *,
        quantity: int | None = None,
        until: datetime | None = None,
    ) -> list[int]:
        values = {
            "ids": ids,
            "state": state.value,
            "quantities": [quantity] * len(ids),
            "kind": None,  # a reservation stays of the kind it was made
            "until": until,
        }
        return list(self.transaction.session.scalars(_CHANGE, values)) if ids else []

    def _note_of(self, claim: Reservation, event: str, facts: dict[str, object]) -> None:
        self._note(scope_of(claim), event, claim.reference, facts)

    def _note(self, scope: str, event: str, subject: str, facts: dict[str, object]) -> None:
        self.transaction.note(scope=scope, event=event, subject=subject, facts=facts)


def _of_order(order: OrderNo, line: int | None) -> tuple[ColumnElement[bool], ...]:
    lines = () if line is None else (ReservationRow.line == line,)
    return (SalesOrderRow.number == order, *lines)


def _over(claim: Reservation, now: datetime) -> bool:
    return claim.expires_at is not None and claim.expires_at <= now


def _not_held(short: Sequence[RowMapping]) -> InsufficientStockError:
    first = short[0]
    return InsufficientStockError(
        f"{first['wanted']} units of {first['reference']!r} were to leave, {first['available']} are held for it or may"
        " be used; nothing was taken",
        wanted=first["wanted"],
        available=first["available"],
        short=[dict(row) for row in short],
    )
