"""How the actions of a plan are taken back, in words."""

from collections.abc import Sequence

from core.domain.plans import Action, RePromise
from core.planning.naming import counted


def undo_words(actions: Sequence[Action]) -> str:
    """One sentence for the whole plan; promises are counted."""
    promises = sum(isinstance(action, RePromise) for action in actions)
    parts = [action.way_back for action in actions if action.way_back and not isinstance(action, RePromise)]
    if promises:
        parts.append(f"give {counted(promises, 'order line')} the promised date of before and tell the customers")
    return "; ".join(parts) if parts else "nothing to undo"
