"""What the search for supply passes around: a need, an answer, and the search itself as its parts see it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple, Protocol, TypeAlias

from core.domain.promising import ConstraintCode
from core.planning.promising.book import Book, Node
from core.planning.snapshot import NEVER, date_of

dated = lru_cache(maxsize=16_384)(date_of)
"""The date of a day number; a promise names the same few over and over."""
_LAST_DAY = 2_932_896
"""9999-12-31: later days have no date."""


class Need(NamedTuple):
    """Units wanted at a node by a day; `level` is how far below the thing asked for."""

    node: Node
    quantity: int
    day: int
    level: int


Answer: TypeAlias = tuple[int, int]
"""Units that are there by the day, already written in the book, and the first day on which more may be."""
NOTHING: Final[Answer] = (0, NEVER)


class Searching(Protocol):
    """The search: more can be looked for further down, and what stands in the way is noted."""

    @property
    def book(self) -> Book: ...
    @property
    def whole(self) -> bool: ...
    def supply(self, need: Need) -> Answer: ...
    def to_send(self, need: Need) -> Answer: ...
    def note(self, code: ConstraintCode, say: Callable[[], str]) -> None: ...
    def another(self) -> bool: ...


def day_text(day: int) -> str:
    """The date; of days too far out for one, so."""
    return dated(day).isoformat() if day <= _LAST_DAY else "a day after 9999"
