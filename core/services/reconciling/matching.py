"""Matching: orders of a pack under the ERP's own numbers that are what we ordered here under ours."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.domain.company import Company
from core.domain.feeds import AwaitedEffect, EffectKind, EffectState
from core.domain.ids import PurchaseOrderNo, TransferOrderNo
from core.domain.orders import PurchaseOrder, PurchaseOrderLine, SupplyState, TransferOrder

Numbers = Mapping[tuple[EffectKind, str], str]
"""Our number for a kind of order and the ERP's number for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """An order of the pack that is like one of ours but for its date: taking it in could count the units twice."""

    kind: EffectKind
    theirs: str
    ours: str


def known_numbers(effects: Iterable[AwaitedEffect]) -> dict[tuple[EffectKind, str], str]:
    """The ERP's numbers that were matched before."""
    return {
        (effect.kind, effect.theirs): effect.reference.partition(":")[2]
        for effect in effects
        if effect.state is EffectState.MATCHED and effect.theirs is not None
    }


def renamed(company: Company, numbers: Numbers) -> Company:
    """The company with our numbers in place of the ERP's; the only line of such an order is our only line, 1."""
    if not numbers:
        return company
    purchases = {said: ours for (kind, said), ours in numbers.items() if kind is EffectKind.PURCHASE_ORDER}
    transfers = {said: ours for (kind, said), ours in numbers.items() if kind is EffectKind.TRANSFER_ORDER}
    lines = tuple(_line(line, purchases) for line in company.purchase_order_lines)
    return replace(
        company,
        purchase_orders=tuple(
            replace(order, number=PurchaseOrderNo(purchases.get(order.number, order.number)))
            for order in company.purchase_orders
        ),
        purchase_order_lines=lines,
        transfer_orders=tuple(
            replace(order, number=TransferOrderNo(transfers.get(order.number, order.number)))
            for order in company.transfer_orders
        ),
    )


def _line(line: PurchaseOrderLine, numbers: Mapping[str, str]) -> PurchaseOrderLine:
    ours = numbers.get(line.order)
    return line if ours is None else replace(line, order=PurchaseOrderNo(ours), line=1)


def found_numbers(
    *, before: Company, ours: Company, theirs: Company
) -> tuple[dict[tuple[EffectKind, str], str], tuple[Doubtful, ...]]:
    """Orders that are new in the pack and what we ordered here: matched by supplier, item, place, quantity and date.

    Those that differ in the date only are doubtful. `before` and `theirs` carry our numbers where they are known.
    """
    numbers: dict[tuple[EffectKind, str], str] = {}
    doubtful: list[Doubtful] = []
    for kind, orders in (
        (EffectKind.PURCHASE_ORDER, (_purchases(before), _purchases(ours), _purchases(theirs))),
        (EffectKind.TRANSFER_ORDER, (_transfers(before), _transfers(ours), _transfers(theirs))),
    ):
        known, own, said = orders
        waiting = {number: what for number, what in own.items() if number not in known and number not in said}
        fresh = {number: what for number, what in said.items() if number not in known and number not in own}
        exact = _paired(waiting, fresh, whole=True)
        numbers |= {(kind, number): mine for number, mine in exact.items()}
        left = {number: what for number, what in waiting.items() if number not in exact.values()}
        rest = {number: what for number, what in fresh.items() if number not in exact}
        for number, mine in sorted(_paired(left, rest, whole=False).items()):
            doubtful.append(Doubtful(kind=kind, theirs=number, ours=mine))
    return numbers, tuple(doubtful)


_What = tuple[tuple[Any, ...], Any]
"""What an order is for, and its date."""


def _paired(waiting: Mapping[str, _What], fresh: Mapping[str, _What], *, whole: bool) -> dict[str, str]:
    """Each new order with one of ours that is the same, the first by number, none of ours twice."""
    free: dict[Any, list[str]] = defaultdict(list)
    for number in sorted(waiting, reverse=True):
        free[waiting[number] if whole else waiting[number][0]].append(number)
    pairs: dict[str, str] = {}
    for number in sorted(fresh):
        same = free.get(fresh[number] if whole else fresh[number][0])
        if same:
            pairs[number] = same.pop()
    return pairs


def _purchases(company: Company) -> dict[str, _What]:
    """Open purchase orders of one line; an order of several lines is matched by its number only."""
    lines: dict[str, list[PurchaseOrderLine]] = defaultdict(list)
    for line in company.purchase_order_lines:
        lines[line.order].append(line)
    return {
        order.number: _purchase(order, lines[order.number][0])
        for order in company.purchase_orders
        if order.state is SupplyState.OPEN and len(lines[order.number]) == 1
    }


def _purchase(order: PurchaseOrder, line: PurchaseOrderLine) -> _What:
    return (order.supplier, line.item, line.location, line.ordered), line.due


def _transfers(company: Company) -> dict[str, _What]:
    return {order.number: _transfer(order) for order in company.transfer_orders if order.state is SupplyState.OPEN}


def _transfer(order: TransferOrder) -> _What:
    return (order.item, order.origin, order.destination, order.quantity), order.due
