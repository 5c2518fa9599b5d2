"""What a rule of detection finds: an exception with its own root, and the shortage it explains if there is one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.cases import ExceptionType
from core.domain.ids import ItemCode
from core.domain.watching.facts import LineKey

NO_ITEM = ItemCode("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One exception seen in the facts.

    A finding takes over the lines the engine calls late or short because of `supply` (purchase or work order lines),
    because nothing covers `short_item` at `location` (those of `short_for` before any other finding, the rest after
    all others where it names some), or that are named in `takes`. With `needs_harm` it is one only
    where it takes over a line, with `needs_idle` only where nothing is pegged to its supply. `exposure` None means
    what its lines have at stake.
    """

    type: ExceptionType
    root: str
    cause: str
    title: str
    fixes: tuple[str, ...]
    needed_by: date
    item: ItemCode = NO_ITEM
    location: str = ""
    lacking: int = 0
    exposure: Decimal | None = None
    lines: tuple[LineKey, ...] = ()
    supply: tuple[tuple[str, int], ...] = ()
    short_item: ItemCode | None = None
    short_for: tuple[LineKey, ...] = ()
    takes: tuple[LineKey, ...] = ()
    needs_harm: bool = False
    needs_idle: bool = False

    @property
    def key(self) -> str:
        """The identity under which scans recognise it again."""
        return f"{self.type}|{self.root}|{self.cause}"
