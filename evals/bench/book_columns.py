"""The synthetic book as the columns of the engine, without a database."""

import numpy as np
from numpy.typing import NDArray

from core.planning.snapshot import (
    PER_PARENT_SCALE,
    PRICE_SCALE,
    PURCHASE_ORDER,
    WORK_ORDER,
    Bom,
    Demand,
    Items,
    Lanes,
    Locations,
    Operations,
    Parties,
    Snapshot,
    Sources,
    Stock,
    Supply,
    WorkCenters,
)
from evals.bench.book import (
    AS_OF,
    SETUP_MINUTES,
    SHIFT_MINUTES,
    STATIONS,
    TAKES,
    Book,
    Receipts,
    Shape,
)

# As long as calendars are resolved when the books are read.
DAYS = 420
FREE = 10**12


def item_code(shape: Shape, item: int) -> str:
    """Finished goods, made parts, bought parts, in this order."""
    if item < shape.finished:
        return f"F{item:05}"
    return f"P{item - shape.finished:05}" if item < shape.made else f"R{item - shape.made:05}"


def neighbours(shape: Shape) -> list[tuple[int, int, int]]:
    """Origin, destination and days of every lane: each place is served by the next two."""
    places = shape.locations
    return sorted(((place + step) % places, place, 2 * step) for place in range(places) for step in (1, 2))


def snapshot_of(book: Book) -> Snapshot:
    """The books as one reading of them would bring them in."""
    shape = book.shape
    return Snapshot(
        as_of=AS_OF,
        currency="USD",
        buffer_days=0,
        items=_items(book),
        locations=Locations(
            code=tuple(f"L{place:02}" for place in range(shape.locations)),
            site=np.arange(shape.locations, dtype=np.int32),
            may_ship=np.ones(shape.locations, dtype=np.bool_),
        ),
        parties=_parties(shape),
        demand=_demand(book),
        stock=Stock(
            item=_rows(book.stock_item),
            location=_rows(book.stock_location),
            available=book.stock_units.astype(np.int64),
        ),
        supply=_supply(book.receipts, book),
        bom=Bom(
            parent=np.repeat(np.arange(shape.made, dtype=np.int32), TAKES),
            component=_rows(book.component.ravel()),
            per_parent=book.per_parent.ravel() * PER_PARENT_SCALE,
        ),
        lanes=_lanes(shape),
        sources=_sources(book),
        work_centers=WorkCenters(
            code=tuple(f"W{n:02}" for n in range(shape.centers)),
            location=np.arange(shape.centers, dtype=np.int32) % shape.locations,
            minutes=np.where(weekdays(), SHIFT_MINUTES * STATIONS, 0)[None, :].repeat(shape.centers, axis=0),
        ),
        operations=_operations(shape),
        working_days=weekdays()[None, :].repeat(shape.locations, axis=0),
    )


def _items(book: Book) -> Items:
    shape = book.shape
    return Items(
        code=tuple(item_code(shape, item) for item in range(shape.items)),
        make=np.arange(shape.items) < shape.made,
        finished_good=np.arange(shape.items) < shape.finished,
        lead_days=_rows(book.lead),
        safety_stock=np.zeros(shape.items, dtype=np.int64),
        unit_cost=book.cost * PRICE_SCALE,
    )


def _parties(shape: Shape) -> Parties:
    return Parties(
        customer=tuple(f"C{n:03}" for n in range(shape.customers)),
        customer_name=tuple(f"Customer {n}" for n in range(shape.customers)),
        customer_tier=np.full(shape.customers, 3, dtype=np.int32),
        supplier=tuple(f"S{n:03}" for n in range(shape.suppliers)),
        supplier_name=tuple(f"Supplier {n}" for n in range(shape.suppliers)),
    )


def _lanes(shape: Shape) -> Lanes:
    lanes = np.array(neighbours(shape), dtype=np.int32)
    return Lanes(
        origin=lanes[:, 0],
        destination=lanes[:, 1],
        days=lanes[:, 2],
        fixed_cost=np.full(len(lanes), 50 * PRICE_SCALE, dtype=np.int64),
        unit_cost=np.full(len(lanes), PRICE_SCALE, dtype=np.int64),
    )


def _sources(book: Book) -> Sources:
    shape, bought = book.shape, np.arange(book.shape.made, book.shape.items)
    return Sources(
        item=_rows(bought),
        supplier=_rows(book.supplier),
        lead_days=_rows(book.lead[bought]),
        price=book.cost[bought] * PRICE_SCALE,
        minimum=np.ones(shape.bought, dtype=np.int64),
        multiple=np.ones(shape.bought, dtype=np.int64),
        maximum=np.full(shape.bought, FREE, dtype=np.int64),
    )


def weekdays() -> NDArray[np.bool_]:
    """Monday to Friday, from the business date on."""
    return np.arange(DAYS) % 7 < 5


def center_of(shape: Shape, item: int, step: int) -> int:
    """The work centre of an operation of a made item."""
    return (item * 7 + step * 13) % shape.centers


def _operations(shape: Shape) -> Operations:
    steps = [(item, 10 * (step + 1), center_of(shape, item, step)) for item in range(shape.made) for step in range(2)]
    item, sequence, center = (np.array(column, dtype=np.int32) for column in zip(*steps, strict=True))
    return Operations(
        item=item,
        sequence=sequence,
        center=center,
        setup=np.full(item.size, SETUP_MINUTES, dtype=np.int64),
        unit=np.full(item.size, 1_000_000, dtype=np.int64),
        good=np.full(item.size, 1_000_000, dtype=np.int64),
    )


def _demand(book: Book) -> Demand:
    lines = book.lines
    size = lines.order.size
    numbers = [f"SO-{n:07}" for n in range(int(lines.order[-1]) + 1)] if size else []
    return Demand(
        order=tuple(numbers[order] for order in lines.order.tolist()),
        line=_rows(np.arange(size) - np.searchsorted(lines.order, lines.order) + 1),
        item=_rows(lines.item),
        location=_rows(lines.location),
        quantity=lines.quantity.astype(np.int64),
        due=_rows(lines.due),
        requested=_rows(lines.due),
        order_date=np.full(size, AS_OF - 7, dtype=np.int32),
        entry=lines.order + 1,
        priority=_rows(lines.priority),
        price=lines.price * PRICE_SCALE,
        penalty=np.full(size, 100, dtype=np.int64),
        customer=_rows(lines.customer),
        held=np.zeros(size, dtype=np.int64),
    )


def _supply(receipts: Receipts, book: Book) -> Supply:
    made = int(receipts.made.sum())
    buys = receipts.item.size - made
    start = receipts.due.copy()
    start[:made] -= book.lead[receipts.item[:made]]
    return Supply(
        kind=np.repeat(np.array([WORK_ORDER, PURCHASE_ORDER], dtype=np.int8), [made, buys]),
        number=(*(f"WO-{n:07}" for n in range(made)), *(f"PO-{n:07}" for n in range(buys))),
        line=np.ones(receipts.item.size, dtype=np.int32),
        item=_rows(receipts.item),
        location=_rows(receipts.location),
        quantity=receipts.quantity.astype(np.int64),
        due=_rows(receipts.due),
        start=_rows(start),
        supplier=np.concatenate((np.full(made, -1), book.supplier[receipts.item[made:] - book.shape.made])).astype(
            np.int32
        ),
        issued=receipts.made.copy(),
    )


def _rows(values: NDArray[np.signedinteger]) -> NDArray[np.int32]:
    return values.astype(np.int32)
