"""How the actions of a plan are taken back, in words."""

from collections.abc import Sequence
from typing import assert_never

from core.domain.plans import Action, Buy, Expedite, RePromise, Transfer, Wait
from core.planning.naming import counted


def undo_words(actions: Sequence[Action]) -> str:
    """One sentence for the whole plan; promises are counted."""
    promises = sum(isinstance(action, RePromise) for action in actions)
    parts = [words for action in actions if (words := _undo(action))]
    if promises:
        parts.append(f"give {counted(promises, 'order line')} the promised date of before and tell the customers")
    return "; ".join(parts) if parts else "nothing to undo"


def _undo(action: Action) -> str:
    match action:
        case Transfer():
            return f"cancel transfer order {action.reference} before it ships on {action.ship_on.isoformat()}"
        case Expedite():
            order = f"{action.purchase_order}/{action.line}"
            return f"ask {action.supplier} to go back to {action.old_due.isoformat()} for {order}; the fee may be kept"
        case Buy():
            return f"cancel purchase order {action.reference} with {action.supplier} before goods are on their way"
        case RePromise() | Wait():
            return ""
        case _:
            assert_never(action)
