"""Effects: what was done here and the ERP has yet to show, read off the parts of our books that only we changed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from core.domain.feeds import AwaitedEffect, EffectKind, EffectState
from core.services.reconciling.matching import Numbers
from core.services.reconciling.merging import Merged, Part

_ROWS = {
    "sales_orders": EffectKind.SALES_ORDER,
    "purchase_orders": EffectKind.PURCHASE_ORDER,
    "work_orders": EffectKind.WORK_ORDER,
    "transfer_orders": EffectKind.TRANSFER_ORDER,
}
_PARTS = {
    ("sales_order_lines", "promised"): EffectKind.PROMISE,
    ("purchase_order_lines", "due"): EffectKind.EXPEDITE,
}
# Lines come with their orders, and what is kept of stock here is no wish for the ERP to fulfil.
_SILENT = frozenset({"sales_order_lines", "purchase_order_lines", "stock", "lot_stock"})


def effects_after(
    tables: Iterable[Merged],
    *,
    known: Iterable[AwaitedEffect],
    numbers: Numbers,
    proposals: Mapping[str, str],
    as_of: date,
) -> tuple[AwaitedEffect, ...]:
    """Every effect that was ever awaited, as it stands now, by reference."""
    after = {effect.reference: effect for effect in known}
    awaiting, matched = dict[str, AwaitedEffect](), dict[str, AwaitedEffect]()
    theirs = {(kind, ours): said for (kind, said), ours in numbers.items()}
    for merged in tables:
        for parts, found in ((merged.awaiting, awaiting), (merged.matched, matched)):
            for effect in (_effect(merged, part, proposals, as_of) for part in parts):
                if effect is not None:
                    found[effect.reference] = effect
    for reference, effect in awaiting.items():
        old = after.get(reference)
        after[reference] = effect if old is None else replace(effect, since=old.since)
    for reference, effect in matched.items():
        if (old := after.get(reference)) is None or old.state is not EffectState.MATCHED:
            said = theirs.get((effect.kind, reference.partition(":")[2]))
            since = effect.since if old is None else old.since
            after[reference] = replace(effect, since=since, state=EffectState.MATCHED, theirs=said)
    for reference, effect in after.items():
        if effect.state is EffectState.AWAITING and reference not in awaiting:
            after[reference] = replace(effect, state=EffectState.WITHDRAWN)
    return tuple(after[reference] for reference in sorted(after))


def _effect(merged: Merged, part: Part, proposals: Mapping[str, str], as_of: date) -> AwaitedEffect | None:
    table = merged.shape.table
    kind = _kind(table, part)
    if kind is None:
        return None
    key = "/".join(str(piece) for piece in merged.shape.key_of(part.value))
    reference = f"{kind.value.split()[0]}:{key}" if kind is not EffectKind.CHANGE else f"{table}:{key}:{part.name}"
    expected = "there" if not part.name else f"{part.name} {_text(getattr(part.value, part.name))}"
    return AwaitedEffect(
        reference=reference, kind=kind, expected=expected, since=as_of, proposal=proposals.get(reference)
    )


def _kind(table: str, part: Part) -> EffectKind | None:
    if not part.name:
        return _ROWS.get(table)
    if (table, part.name) in _PARTS:
        return _PARTS[table, part.name]
    return None if table in _SILENT else EffectKind.CHANGE


def _text(value: Any) -> str:
    return "nothing" if value is None or value == "" else str(value)
