"""`expediter bench promise`: how long a promise through bills of materials takes, how many are confirmed a second."""

import asyncio
import gc
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from core.bootstrap.batching import quoting
from core.bootstrap.opening import open_books
from core.db.snapshot.resident import ResidentBooks
from core.db.unit_of_work import SqlOpener
from core.domain.company import Company
from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, LocationCode, OrderNo, UserName
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.promising import Ask, Promise
from core.domain.quoting import QuotePromise
from core.planning.promising import Book, open_book, promise
from core.planning.simulation import location_position
from core.planning.snapshot import Snapshot, date_of
from core.services.checking import check
from core.services.packs.reading import read_pack
from core.services.promising import ConfirmOrder, InquirePromise, confirm, inquire, quote
from core.services.scanning import Figure
from evals.bench.callers import callers
from evals.bench.stockroom import room_of
from ui.cli import options
from ui.cli.failing import DONE, MISSED, failures_said
from ui.cli.figures import figure_json, misses
from ui.cli.printing import print_json, say

BENCH = UserName("bench")
CLIENTS = 8
SORTED = 1_000_000
COMMITS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is measured."""

    asks: int
    orders: int


WHOLE, QUICK = Size(asks=600, orders=48), Size(asks=40, orders=8)


def promise_command(
    pack: Annotated[Path, typer.Option("--pack", metavar="DIR", help="The company pack to promise on.")],
    as_json: options.Json = False,
    quick: Annotated[bool, typer.Option("--quick", help="Few promises: that it works, the times mean little.")] = False,
) -> None:
    """Promise a pack's goods through their bills of materials, then let eight clients confirm orders at once."""
    with failures_said():
        company = read_pack(pack, mapping=None, quarantine=True).company
        measured = run(company, QUICK if quick else WHOLE)
        if as_json:
            print_json({"figures": [figure_json(figure) for figure in measured]})
        else:
            for figure in measured:
                say(f"{figure.name}: {figure.value} {figure.unit}")
        raise SystemExit(MISSED if misses(measured) else DONE)


def run(company: Company, size: Size = WHOLE) -> tuple[Figure, ...]:
    """Measure on a server of its own: first one book in memory, then the services on the database."""
    with room_of(company) as room, open_books(room.urls.app, resident=ResidentBooks()) as books:
        snapshot, reading = _read(books)
        began = perf_counter()
        book = open_book(snapshot)
        opening = perf_counter() - began
        asks = _asks(book, company.settings.default_ship_from, size.asks)
        times, answers = _promise(book, asks)
        sure = [ask for ask, answer in zip(asks, answers, strict=True) if not answer.unplannable][: size.orders]
        if not sure:
            raise InvalidValueError("nothing of the pack can be promised; accepted is a pack with stock or suppliers")
        asked = _inquire(books, sure)
        with _served():
            alone, together = _quote(books, sure), _quote_together(books, sure)
            confirmed = _confirm(books, company, sure)
        with books(BENCH) as uow:
            broken = sum(len(law.broken) for law in check(uow))
        commits = _commits(books)
    return (
        Figure(name="ctp_asks", value=len(times), unit="promises"),
        Figure(name="ctp_p50_ms", value=_milliseconds(_at(times, 50)), unit="ms"),
        Figure(name="ctp_p99_ms", value=_milliseconds(_at(times, 99)), unit="ms"),
        Figure(name="snapshot_ms", value=_milliseconds(reading), unit="ms"),
        Figure(name="book_ms", value=_milliseconds(opening), unit="ms"),
        Figure(name="inquiry_ms", value=_milliseconds(asked), unit="ms"),
        Figure(name="quotes_per_s_alone", value=_rounded(len(sure) / alone), unit="1/s"),
        Figure(name="quotes_per_s_8_clients", value=_rounded(len(sure) / together), unit="1/s"),
        Figure(name="confirmed_orders", value=len(sure), unit="orders"),
        Figure(name="promises_per_s_8_clients", value=_rounded(len(sure) / confirmed), unit="1/s"),
        Figure(name="broken_invariants", value=broken, unit="breaches", goal="== 0"),
        Figure(name="baseline_sort_ms", value=_milliseconds(_sort()), unit="ms"),
        Figure(name="baseline_commits_per_s", value=_rounded(commits), unit="1/s"),
    )


@contextmanager
def _served() -> Generator[None]:
    """As in a process that serves, which has not read a pack."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _read(books: SqlOpener) -> tuple[Snapshot, float]:
    """The books, and the seconds it took to read them whole."""
    with books(BENCH) as uow:
        began = perf_counter()
        return uow.snapshot(), perf_counter() - began


def _asks(book: Book, place: LocationCode, count: int) -> list[Ask]:
    """Finished goods made here by code, over and over, for today and later, each more than is free by then."""
    items, group = book.snapshot.items, book.terms.group_of[location_position(book.snapshot, place)]
    flags = zip(items.make, items.finished_good, strict=True)
    rows = [row for row, (make, sold) in enumerate(flags) if make and sold] or list(range(len(items.code)))
    asks = list[Ask]()
    for n in range(count):
        row, day = rows[n % len(rows)], book.today + 15 * (n % 3)
        quantity = book.free(row, group, day) + 10 * (1 + n % 5)
        asks.append(Ask(item=ItemCode(items.code[row]), location=place, quantity=quantity, requested=date_of(day)))
    return asks


def _promise(book: Book, asks: Sequence[Ask]) -> tuple[list[float], list[Promise]]:
    """Seconds of each promise with its rollback, and the promises."""
    times, answers = list[float](), list[Promise]()
    for ask in asks:
        began, mark = perf_counter(), book.bookmark()
        answers.append(promise(book, ask))
        book.rollback(mark)
        times.append(perf_counter() - began)
    return times, answers


def _inquire(books: SqlOpener, asks: Sequence[Ask]) -> float:
    """Seconds of one inquiry as a service: the books are read for it."""
    began = perf_counter()
    with books(BENCH) as uow:
        inquire(uow, InquirePromise(asks=(asks[0],)))
    return perf_counter() - began


def _quote(books: SqlOpener, asks: Sequence[Ask]) -> float:
    """Seconds for eight clients to quote one unit for each ask, each in a transaction of its own."""

    def quoted(number: int) -> None:
        with books(BENCH) as uow:
            quote(uow, _wish(f"alone {number}", asks[number]))

    began = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for _ in pool.map(quoted, range(len(asks))):
            pass
    return perf_counter() - began


def _quote_together(books: SqlOpener, asks: Sequence[Ask]) -> float:
    """The same with the clients sharing batches."""
    with quoting(books) as batcher:

        async def turn(client: int, number: int) -> None:
            at = number * CLIENTS + client
            if at < len(asks):
                await batcher.quote(BENCH, _wish(f"together {at}", asks[at]))

        return asyncio.run(callers(CLIENTS, turn, seconds=60, turns=-(-len(asks) // CLIENTS))).seconds


def _wish(key: str, ask: Ask) -> QuotePromise:
    return QuotePromise(key=key, asks=(replace(ask, quantity=1),))


def _confirm(books: SqlOpener, company: Company, asks: Sequence[Ask]) -> float:
    """Seconds for eight clients to confirm an order for each ask."""
    numbers = [OrderNo(f"BENCH-{n:05}") for n in range(len(asks))]
    for number, ask in zip(numbers, asks, strict=True):
        _enter(books, company, number, ask)
    began = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for _ in pool.map(lambda number: _confirmed(books, number), numbers):
            pass
    return perf_counter() - began


def _confirmed(books: SqlOpener, number: OrderNo) -> None:
    with books(BENCH) as uow:
        confirm(uow, ConfirmOrder(key=number, order=number, version=1))


def _enter(books: SqlOpener, company: Company, number: OrderNo, ask: Ask) -> None:
    order = SalesOrder(
        number=number,
        customer=company.customers[0].code,
        customer_po=number,
        channel=Channel.PORTAL,
        order_date=company.settings.as_of,
        currency=company.settings.currency,
        ship_from=ask.location,
        priority=3,
        entry_sequence=0,
        state=OrderState.VALIDATED,
    )
    line = SalesOrderLine(
        order=number,
        line=1,
        item=ask.item,
        ordered=ask.quantity,
        unit_price=Decimal(1),
        requested=ask.requested,
        state=OrderState.VALIDATED,
    )
    with books(BENCH) as uow:
        uow.orders.add(order, [line])


def _commits(books: SqlOpener) -> float:
    """Durable transactions of one small row a second, by one client."""
    began = perf_counter()
    for n in range(COMMITS):
        with books(BENCH) as uow:
            uow.audit.note(scope="bench", event="baseline", subject=str(n), facts={})
    return COMMITS / (perf_counter() - began)


def _sort() -> float:
    """Seconds to sort a million numbers in a fixed disorder, the best of three."""
    numbers = [n * 7_919 % SORTED for n in range(SORTED)]
    times = list[float]()
    for _ in range(3):
        began = perf_counter()
        sorted(numbers)
        times.append(perf_counter() - began)
    return min(times)


def _at(times: Sequence[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]


def _milliseconds(seconds: float) -> Decimal:
    return Decimal(str(round(seconds * 1000, 3)))


def _rounded(value: float) -> Decimal:
    return Decimal(str(round(value, 1)))
