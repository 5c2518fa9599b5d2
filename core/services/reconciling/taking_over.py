"""Taking over: what a pack changes is done to our books, orders by their own steps and stock as moves of the ledger."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.domain.company import Company
from core.domain.feeds import FeedConflict
from core.domain.ids import OrderNo
from core.domain.lots import Lot
from core.domain.order_life import OrderState
from core.domain.orders import PromiseRecord, SalesOrderLine, SupplyState, TransferOrder
from core.domain.prices import Discount, PriceList, PriceListLine
from core.domain.timeline import TimelineEntry, TimelineKind
from core.ports.storage import UnitOfWork
from core.services.reconciling.contradictions import still_owed
from core.services.reconciling.counting import book_counts, clashes_of, counts_of
from core.services.reconciling.merging import Change, Merged

_SUPPLY = ("purchase_orders", "purchase_order_lines", "work_orders", "transfer_orders")
# Prices are never taken away, they end: what was sold at them stays explained.
_ENDED = frozenset({"price_lists", "price_list_lines", "discounts"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What is taken over: the pack, our lots, what came of each table, and orders of ours that stay when gone."""

    theirs: Company
    lots: tuple[Lot, ...]
    tables: Mapping[str, Merged]
    staying: frozenset[str]

    @property
    def reason(self) -> str:
        """What is written wherever the pack changes something."""
        return f"reconciled with the pack of {self.theirs.settings.as_of}"


def take_over(uow: UnitOfWork, taking: Taking) -> tuple[FeedConflict, ...]:
    """Everything the pack changes, masters first; what stock cannot be taken over comes back as conflicts."""
    documents = {"sales_orders", "sales_order_lines", "stock", "lot_stock", *_SUPPLY}
    for name, merged in taking.tables.items():
        if name not in documents:
            _master(uow, name, merged, reason=taking.reason, as_of=taking.theirs.settings.as_of)
    _free_transfers(uow, taking)
    conflicts = _stock(uow, taking)
    _sales(uow, taking)
    _supply(uow, taking)
    return conflicts


def _master(uow: UnitOfWork, name: str, merged: Merged, *, reason: str, as_of: date) -> None:
    """New rows and changed ones; those that are gone are closed, prices end, and lots whose units are gone stay."""
    uow.feeds.insert(name, merged.new)
    changes = [(change.old, change.new) for change in merged.changed]
    if name == "lots":
        for old, new in changes:
            uow.lots.set_status(old.code, old=old.status, new=new.status, why=reason)
        return
    if name in _ENDED:
        changes += [(value, replace(value, valid_to=as_of)) for value in merged.gone if _holds_after(value, as_of)]
    uow.feeds.change(name, changes)
    if name not in _ENDED:
        uow.feeds.close(name, merged.gone, reason=f"not in the pack: {reason}")


def _holds_after(value: PriceList | PriceListLine | Discount, on: date) -> bool:
    return value.valid_to is None or value.valid_to > on


def _free_transfers(uow: UnitOfWork, taking: Taking) -> None:
    """Transfers that left, ended or changed hold nothing at their origin any more."""
    merged = taking.tables["transfer_orders"]
    over = [change.old for change in merged.changed if _waits(change.old)]
    over += [value for value in merged.gone if _waits(value) and value.number not in taking.staying]
    uow.stock.release_references([order.number for order in sorted(over, key=lambda order: order.number)])


def _waits(order: TransferOrder) -> bool:
    return order.state is SupplyState.OPEN and not order.shipped


def _stock(uow: UnitOfWork, taking: Taking) -> tuple[FeedConflict, ...]:
    stock = taking.tables["stock"]
    counts = counts_of(
        stock,
        taking.tables["lot_stock"],
        item_of={lot.code: lot.item for lot in (*taking.lots, *taking.theirs.lots)},
        reason=taking.reason,
        as_of=taking.theirs.settings.as_of,
    )
    return book_counts(uow, counts, clashes=clashes_of(stock))


def _supply(uow: UnitOfWork, taking: Taking) -> None:
    for name in _SUPPLY:
        merged = taking.tables[name]
        uow.feeds.insert(name, merged.new)
        uow.feeds.change(name, [(change.old, change.new) for change in merged.changed])
        over = [value for value in merged.gone if name != "purchase_order_lines" and _ends(value, taking)]
        uow.feeds.close(name, over, reason=f"not in the pack: {taking.reason}")
    waiting = [*taking.tables["transfer_orders"].new, *(one.new for one in taking.tables["transfer_orders"].changed)]
    for order in sorted((order for order in waiting if _waits(order)), key=lambda order: order.number):
        uow.stock.reserve(order.item, order.origin, quantity=order.quantity, reference=order.number)


def _ends(value: Any, taking: Taking) -> bool:
    return value.state is SupplyState.OPEN and value.number not in taking.staying


def _sales(uow: UnitOfWork, taking: Taking) -> None:
    """New orders whole; changed ones in a new version, with what changed told in their timeline."""
    orders, lines = taking.tables["sales_orders"], taking.tables["sales_order_lines"]
    uow.feeds.insert("sales_orders", orders.new)
    known: dict[OrderNo, Any] = {change.old.number: change.new for change in orders.changed}
    fresh = {order.number for order in orders.new}
    changes: dict[OrderNo, list[Change]] = defaultdict(list)
    for change in lines.changed:
        changes[change.old.order].append(change)
    added: dict[OrderNo, list[SalesOrderLine]] = defaultdict(list)
    for line in lines.new:
        if line.order not in fresh:
            added[line.order].append(line)
    shipped: list[SalesOrderLine] = []
    for number in sorted({*known, *changes, *added}):
        held = uow.orders.order(number)
        uow.orders.save(known.get(number, held), version=held.version)
        shipped += [change.new for change in changes[number] if _line(uow, change, taking.reason)]
        told = "; ".join(
            [*(_told(change) for change in changes[number]), *(f"line {x.line} new" for x in added[number])]
        )
        text = f"{told or 'the order changed'} ({taking.reason})"
        uow.orders.tell(number, TimelineEntry(kind=TimelineKind.NOTE, text=text))
    uow.feeds.insert("sales_order_lines", lines.new)
    uow.feeds.ship(shipped, reason=taking.reason)


def _told(change: Change) -> str:
    old, new = change.old, change.new
    names = ("item", "ordered", "shipped", "cancelled", "unit_price", "requested", "promised")
    parts = [
        f"{name} {getattr(old, name)} -> {getattr(new, name)}"
        for name in names
        if getattr(old, name) != getattr(new, name)
    ]
    return f"line {old.line}: {', '.join(parts) or 'terms'}"


def _line(uow: UnitOfWork, change: Change, reason: str) -> bool:
    """What a line says and counts from now on; whether its last units left with it."""
    old: SalesOrderLine = change.old
    new: SalesOrderLine = change.new
    if replace(new, shipped=old.shipped, cancelled=old.cancelled, promised=old.promised) != old:
        uow.orders.save_line(new)
    if new.promised is not None and new.promised != old.promised:
        record = PromiseRecord(order=old.order, line=old.line, old=old.due, new=new.promised, reason=reason)
        uow.orders.promise(record)
    shipped, cancelled = new.shipped - old.shipped, new.cancelled - old.cancelled
    if shipped or cancelled:
        uow.orders.count_line(old.order, old.line, shipped=shipped, cancelled=cancelled)
    if still_owed(new) or not still_owed(old):
        return False
    uow.stock.release_claims(old.order, old.line)
    if not new.shipped:
        uow.orders.advance(old.order, old.line, to=OrderState.CANCELLED, why=reason)
    return new.shipped > 0
