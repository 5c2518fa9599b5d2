"""How words become a draft order. What reads them is given from outside: tools know no reader and no model."""

from collections.abc import Callable
from typing import Protocol, TypeAlias

from core.domain.intake.drafts import DraftOrder

TakeInOrder: TypeAlias = Callable[[str], DraftOrder]
"""Reads the text of an order and keeps the draft it becomes; the same text again is the same draft."""


class Drafting(Protocol):
    """Drafts; a draft holds nothing, and only a person makes an order of it."""

    def take_in_order(self, text: str) -> DraftOrder:
        """The draft these words become. NotAuthorisedError where orders are not read."""
        ...
