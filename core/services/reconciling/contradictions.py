"""Contradictions: where a pack says otherwise than what was done or promised here."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from core.domain.company import Company
from core.domain.feeds import AwaitedEffect, ConflictKind, EffectKind, EffectState, FeedConflict
from core.domain.orders import SalesOrderLine, SupplyState
from core.services.reconciling.matching import Doubtful
from core.services.reconciling.merging import Merged, Part, Shape

_SCOPES = {
    "sales_orders": "order",
    "sales_order_lines": "order",
    "purchase_orders": "purchase",
    "purchase_order_lines": "purchase",
    "work_orders": "work",
    "transfer_orders": "transfer",
}


def contradictions(
    tables: Iterable[Merged], *, doubtful: Iterable[Doubtful], expected: frozenset[str], as_of: date
) -> tuple[FeedConflict, ...]:
    """Every conflict of the pack, by kind and subject. `expected` are orders made here that are still to come."""
    found: list[FeedConflict] = []
    for merged in tables:
        if merged.shape.table in {"stock", "lot_stock"}:
            continue
        found += [_part(merged, part, ConflictKind.CHANGED_BOTH, as_of) for part in merged.clashes]
        found += [_part(merged, part, ConflictKind.TAKEN_BACK, as_of) for part in merged.back]
        found += _gone(merged, expected, as_of)
    found += [_doubt(one, as_of) for one in doubtful]
    return tuple(sorted(found, key=lambda conflict: (conflict.kind, conflict.subject)))


def subject_of(shape: Shape, value: Any, name: str = "") -> str:
    """What a conflict is about, such as `order:SO-1/1 promised`."""
    table = shape.table
    key = "/".join(str(piece) for piece in shape.key_of(value))
    return f"{_SCOPES.get(table, table)}:{key}{f' {name}' if name else ''}"


def still_owed(line: SalesOrderLine) -> bool:
    """Whether units of the line are still to be delivered."""
    return line.open_quantity > 0


def expected_later(ours: Company, effects: Iterable[AwaitedEffect], as_of: date) -> frozenset[str]:
    """Orders made here that the ERP has shown and that come after the day: they do not go by themselves."""
    shown = {effect.reference.partition(":")[2] for effect in effects if effect.state is EffectState.MATCHED}
    due: dict[str, date] = {order.number: order.due for order in ours.transfer_orders}
    due |= {line.order: line.due for line in ours.purchase_order_lines if line.open_quantity}
    return frozenset(number for number in shown if number in due and due[number] > as_of)


def _part(merged: Merged, part: Part, kind: ConflictKind, as_of: date) -> FeedConflict:
    return FeedConflict(
        kind=kind,
        subject=subject_of(merged.shape, part.value, part.name),
        said=_text(part.said),
        held=_text(getattr(part.value, part.name)),
        opened_on=as_of,
    )


def _gone(merged: Merged, expected: frozenset[str], as_of: date) -> Iterator[FeedConflict]:
    for value in merged.gone:
        if isinstance(value, SalesOrderLine) and still_owed(value):
            held = f"{value.open_quantity} of {value.item} are still owed"
            yield _absent(merged, value, ConflictKind.ORDER_GONE, held, as_of)
        elif getattr(value, "state", None) is SupplyState.OPEN and getattr(value, "number", None) in expected:
            yield _absent(merged, value, ConflictKind.EFFECT_GONE, "open, ordered here", as_of)


def _absent(merged: Merged, value: Any, kind: ConflictKind, held: str, as_of: date) -> FeedConflict:
    return FeedConflict(
        kind=kind, subject=subject_of(merged.shape, value), said="not there", held=held, opened_on=as_of
    )


def _doubt(one: Doubtful, as_of: date) -> FeedConflict:
    scope = "purchase" if one.kind is EffectKind.PURCHASE_ORDER else "transfer"
    return FeedConflict(
        kind=ConflictKind.POSSIBLE_DUPLICATE,
        subject=f"{scope}:{one.theirs}",
        said="a new order like ours for another day; it is not taken in",
        held=f"{one.ours}, ordered here",
        opened_on=as_of,
    )


def _text(value: Any) -> str:
    return "nothing" if value is None or value == "" else str(value)
