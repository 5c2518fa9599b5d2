"""Counting: what a pack counts otherwise is booked as moves of the ledger, lot by lot and the rest in none."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.domain.feeds import ConflictKind, FeedConflict
from core.domain.ids import ItemCode, LocationCode, LotCode
from core.domain.items import StockBalance
from core.domain.lots import LotStock
from core.domain.stock import ReservationKind, StockMove, VirtualPlace
from core.ports.storage import UnitOfWork
from core.services.reconciling.merging import Merged

_RELEASED_FIRST = (ReservationKind.ADVISORY, ReservationKind.TIME_BOXED, ReservationKind.HARD)
Place = tuple[ItemCode, LocationCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the pack counts: of every place that it counts otherwise, and of lots there. `reason` is what is written."""

    places: Mapping[Place, int]
    lots: Mapping[Place, Mapping[LotCode, int]]
    reason: str
    as_of: date


def counts_of(
    stock: Merged, lot_stock: Merged, *, item_of: Mapping[LotCode, ItemCode], reason: str, as_of: date
) -> Counts:
    """What the pack counts otherwise than we do, whether or not we moved units meanwhile, too."""
    places: dict[Place, int] = {}
    for balance, units in _told(stock):
        places[balance.item, balance.location] = units
    lots: dict[Place, dict[LotCode, int]] = defaultdict(dict)
    for part, units in _told(lot_stock):
        lots[item_of[part.lot], part.location][part.lot] = units
    return Counts(places=places, lots=lots, reason=reason, as_of=as_of)


def _told(merged: Merged) -> list[tuple[Any, int]]:
    changed = [(change.old, change.new.on_hand) for change in merged.changed]
    return [*changed, *((clash.value, clash.said) for clash in merged.clashes)]


def book_counts(uow: UnitOfWork, counts: Counts, *, clashes: Mapping[Place, int]) -> tuple[FeedConflict, ...]:
    """Book them. `clashes` are places that both sides changed, with what is on hand here: the count is taken over all
    the same, and said. A count below what is reserved frees the claims that give way first."""
    conflicts = [
        _counted(ConflictKind.COUNT_DIFFERS, place, counts.places[place], f"{here} here", counts.as_of)
        for place, here in sorted(clashes.items())
    ]
    moves: list[StockMove] = []
    for place in sorted(counts.places.keys() | counts.lots.keys()):
        level = uow.stock.lock(*place)
        count = counts.places.get(place, level.on_hand)
        least = 0
        if count < level.reserved:
            held = f"{level.reserved} reserved"
            conflicts.append(_counted(ConflictKind.COUNT_BELOW_RESERVED, place, count, held, counts.as_of))
            _give_way(uow, place, count)
            least = uow.stock.balance(*place).reserved
        moves += _moves(uow, place, max(count, least) - level.on_hand, counts)
    if moves:
        uow.stock.move(moves)
    return tuple(conflicts)


def _give_way(uow: UnitOfWork, place: Place, count: int) -> None:
    """Claims of orders are given back, the weakest kind and the newest first, until the count covers what is left."""
    claims = uow.stock.claims_on(*place)
    reserved = sum(claim.held for claim in claims)
    given: list[str] = []
    for kind in _RELEASED_FIRST:
        for claim in reversed([claim for claim in claims if claim.kind is kind and claim.held]):
            if reserved <= count:
                break
            given.append(claim.reference)
            reserved -= claim.held
    if given:
        uow.stock.release_references(given)


def _counted(kind: ConflictKind, place: Place, count: int, held: str, as_of: date) -> FeedConflict:
    subject = f"stock:{place[0]}@{place[1]}"
    return FeedConflict(kind=kind, subject=subject, said=f"{count} on hand", held=held, opened_on=as_of)


def _moves(uow: UnitOfWork, place: Place, units: int, counts: Counts) -> list[StockMove]:
    """The moves of a place: of lots the pack counts otherwise, of units in no lot, and where those are too few, of lots
    the pack does not name, the one that expires first before others."""
    there = {part.lot.code: part for part in uow.lots.stock_of(*place)}
    told = counts.lots.get(place, {})
    by_lot = {lot: max(count, _reserved(there.get(lot))) - _on_hand(there.get(lot)) for lot, count in told.items()}
    loose = uow.stock.balance(*place).on_hand - sum(part.on_hand for part in there.values())
    lacking = -(loose + units - sum(by_lot.values()))
    for part in sorted(there.values(), key=lambda part: (part.lot.expires_on or date.max, part.lot.code)):
        taken = min(part.free, max(0, lacking)) if part.lot.code not in told else 0
        by_lot[part.lot.code] = by_lot.get(part.lot.code, 0) - taken
        lacking -= taken
    rest = units - sum(by_lot.values()) + max(0, lacking)
    moves = [_move(place, units, counts, lot=lot) for lot, units in sorted(by_lot.items()) if units]
    return [*moves, _move(place, rest, counts)] if rest else moves


def _on_hand(part: LotStock | None) -> int:
    return 0 if part is None else part.on_hand


def _reserved(part: LotStock | None) -> int:
    return 0 if part is None else part.reserved


def _move(place: Place, units: int, counts: Counts, *, lot: LotCode | None = None) -> StockMove:
    outside = VirtualPlace.ADJUSTMENT.location
    return StockMove(
        item=place[0],
        origin=outside if units > 0 else place[1],
        destination=place[1] if units > 0 else outside,
        quantity=abs(units),
        reason=counts.reason,
        reference=f"pack {counts.as_of}",
        moved_on=counts.as_of,
        lot=lot,
    )


def clashes_of(stock: Merged) -> dict[Place, int]:
    """What is on hand here where both sides changed a count."""
    balances: list[StockBalance] = [part.value for part in stock.clashes]
    return {(balance.item, balance.location): balance.on_hand for balance in balances}
