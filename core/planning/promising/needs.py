"""What the search for supply passes around: a need, an answer, and the search itself as its parts see it."""

from dataclasses import dataclass
from typing import Protocol

from core.domain.promising import ConstraintCode
from core.planning.promising.book import Book
from core.planning.snapshot import NEVER, date_of


@dataclass(frozen=True, slots=True)
class Need:
    """Units wanted at a group by a day; `level` is how far below the thing asked for."""

    item: int
    group: int
    quantity: int
    day: int
    level: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Units that are there by the day, already written in the book, and the first day on which more may be."""

    quantity: int
    next_day: int = NEVER


class Searching(Protocol):
    """The search: more can be looked for further down, and what stands in the way is noted."""

    @property
    def book(self) -> Book: ...
    @property
    def whole(self) -> bool: ...
    def supply(self, need: Need) -> Answer: ...
    def note(self, code: ConstraintCode, text: str) -> None: ...
    def another(self) -> bool: ...


def item_name(book: Book, item: int) -> str:
    """The item's code in quotes."""
    return repr(book.snapshot.items.code[item])


def place_name(book: Book, group: int) -> str:
    """The code in quotes of the location a group receives at."""
    return repr(book.snapshot.locations.code[book.terms.place[group]])


def day_text(day: int) -> str:
    """The date."""
    return date_of(day).isoformat()


def rounded_up(units: int, minimum: int, multiple: int) -> int:
    """The least order size that holds so many units."""
    return -(-max(units, minimum) // multiple) * multiple


def rounded_down(units: int, minimum: int, multiple: int) -> int:
    """The largest order size within so many units, 0 where there is none."""
    size = units // multiple * multiple
    return size if size >= minimum else 0
