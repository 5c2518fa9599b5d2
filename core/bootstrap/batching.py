"""The batchers of one process, on the books they write to."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from core.db.batching.placing import PlacingBatcher
from core.db.batching.promising import PromisingBatcher
from core.db.batching.reserving import ReservingBatcher
from core.db.unit_of_work import SqlOpener
from core.domain.ids import UserName
from core.domain.placing import OrderPlaced, PlaceOrder
from core.domain.quoting import QuoteGiven, QuotePromise
from core.domain.stock import ReserveStock, StockReserved
from core.domain.users import WORKER_NAME
from core.planning.promising import PromisingRules
from core.services.ordering.placing import place_order
from core.services.promising import quote
from core.services.promising.desk_rules import desk_rules
from core.services.reserving import reserve_stock


@dataclass(frozen=True, slots=True, kw_only=True)
class Batches:
    """What a process carries out in micro-batches."""

    reservations: ReservingBatcher
    orders: PlacingBatcher
    quotes: PromisingBatcher


@contextmanager
def batching(books: SqlOpener) -> Generator[Batches]:
    """All of them, for as long as the block lasts; each takes its connection when it is first asked for something."""
    with reserving(books) as reservations, placing(books) as orders, quoting(books) as quotes:
        yield Batches(reservations=reservations, orders=orders, quotes=quotes)


@contextmanager
def reserving(books: SqlOpener) -> Generator[ReservingBatcher]:
    """Reservations for many callers at once; what a batch cannot decide goes the ordinary way."""

    def alone(actor: UserName, command: ReserveStock) -> StockReserved:
        with books(actor) as uow:
            return reserve_stock(uow, command)

    with ReservingBatcher(books, alone) as batcher:
        yield batcher


@contextmanager
def placing(books: SqlOpener) -> Generator[PlacingBatcher]:
    """Orders placed whole for many callers at once; what a batch cannot decide goes the ordinary way."""

    def alone(actor: UserName, command: PlaceOrder) -> OrderPlaced:
        with books(actor) as uow:
            return place_order(uow, command)

    with PlacingBatcher(books, alone) as batcher:
        yield batcher


@contextmanager
def quoting(books: SqlOpener) -> Generator[PromisingBatcher]:
    """Promises held by quotes for many callers at once, on books the process keeps."""

    def alone(actor: UserName, command: QuotePromise) -> QuoteGiven:
        with books(actor) as uow:
            return quote(uow, command)

    def rules() -> PromisingRules:
        with books(WORKER_NAME) as uow:
            return desk_rules(uow)

    with PromisingBatcher(books, alone, rules=rules) as batcher:
        yield batcher
