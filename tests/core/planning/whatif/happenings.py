"""Random events that fit given books."""

from hypothesis import strategies as st

from core.planning.effects.events import (
    Event,
    LineAdded,
    LineChanged,
    LineRemoved,
    SourceLead,
    StockSet,
    SupplyAdded,
    SupplyChanged,
    SupplyRemoved,
)
from core.planning.snapshot import PURCHASE_ORDER, TRANSFER_ORDER, WORK_ORDER, Snapshot

_units = st.integers(0, 9)


@st.composite
def events(draw: st.DrawFn, books: Snapshot) -> Event:
    """One event that may happen to these books."""
    lines, supplies = len(books.demand.order), len(books.supply.number)
    kinds = ["add line", "stock", "add supply"]
    kinds += ["change line", "re-date", "remove line"] * (lines > 0)
    kinds += ["change supply", "move supply", "remove supply"] * (supplies > 0)
    kinds += ["lead"] * (books.sources.item.size > 0)
    kind = draw(st.sampled_from(kinds))
    if kind in {"change line", "re-date", "remove line"}:
        return _of_line(draw, books, kind)
    if kind in {"change supply", "move supply", "remove supply"}:
        return _of_supply(draw, books, kind)
    return _new(draw, books, kind)


def _day(draw: st.DrawFn, books: Snapshot) -> int:
    return books.as_of + draw(st.integers(-3, 8))


def _of_line(draw: st.DrawFn, books: Snapshot, kind: str) -> Event:
    demand = books.demand
    at = draw(st.integers(0, len(demand.order) - 1))
    order, line = demand.order[at], int(demand.line[at])
    if kind == "remove line":
        return LineRemoved(order=order, line=line)
    if kind == "re-date":
        return LineChanged(order=order, line=line, due=_day(draw, books))
    held = int(demand.held[at]) if demand.held.size else 0
    quantity = held + draw(_units)
    return LineChanged(
        order=order,
        line=line,
        quantity=quantity,
        held=draw(st.none() | st.integers(0, quantity)),
        item=draw(st.none() | st.integers(0, len(books.items.code) - 1)),
        location=draw(st.none() | st.integers(0, len(books.locations.code) - 1)),
        price=draw(st.none() | st.integers(0, 90_000)),
    )


def _of_supply(draw: st.DrawFn, books: Snapshot, kind: str) -> Event:
    supply = books.supply
    at = draw(st.integers(0, len(supply.number) - 1))
    kind_, number, line = int(supply.kind[at]), supply.number[at], int(supply.line[at])
    if kind == "remove supply":
        return SupplyRemoved(kind=kind_, number=number, line=line)
    if kind == "change supply":
        return SupplyChanged(kind=kind_, number=number, line=line, quantity=draw(_units))
    due = _day(draw, books)
    return SupplyChanged(kind=kind_, number=number, line=line, due=due, start=draw(st.none() | st.just(due - 2)))


def _new(draw: st.DrawFn, books: Snapshot, kind: str) -> Event:
    item = draw(st.integers(0, len(books.items.code) - 1))
    location = draw(st.integers(0, len(books.locations.code) - 1))
    if kind == "stock":
        return StockSet(item=item, location=location, available=draw(_units))
    due = _day(draw, books)
    if kind == "add supply":
        taken = set(books.supply.number)
        number = draw(st.sampled_from(["N0", "N25", "N35", "N9"]).filter(lambda one: one not in taken) | st.none())
        number = number or f"X{len(taken)}"
        supply = draw(st.sampled_from([WORK_ORDER, PURCHASE_ORDER, TRANSFER_ORDER]))
        start = due - draw(st.integers(0, 3))
        return SupplyAdded(
            kind=supply, number=number, item=item, location=location, quantity=draw(_units), due=due, start=start
        )
    if kind == "lead":
        row = draw(st.integers(0, books.sources.item.size - 1))
        item, days = int(books.sources.item[row]), draw(st.integers(0, 6))
        shortest = int(books.items.lead_days[item]) if books.items.make[item] else days
        return SourceLead(item=item, supplier=int(books.sources.supplier[row]), days=days, lead_days=shortest)
    number = draw(st.sampled_from(["S0", "S15", "S9"]))
    line = 1 + sum(one == number for one in books.demand.order)
    while (number, line) in set(zip(books.demand.order, books.demand.line.tolist(), strict=True)):
        line += 1
    return LineAdded(
        order=number,
        line=line,
        item=item,
        location=location,
        quantity=draw(_units),
        due=due,
        requested=due,
        order_date=books.as_of - 3,
        entry=draw(st.integers(1, 3)),
        priority=draw(st.integers(1, 3)),
        price=draw(st.integers(0, 90_000)),
        penalty=100,
        customer=0,
    )
