"""How a list is read: by what it is sorted, from where it goes on, and how many rows come at once."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

LONGEST_PAGE = 200
USUAL_PAGE = 50
Key: TypeAlias = tuple[str | None, ...]
"""Where a page ended: the last row's values of what the list is sorted by, as text; None where it has none."""
T = TypeVar("T")
By = TypeVar("By", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort(Generic[By]):
    """What a list is sorted by. What has no such value comes last, both ways; equal ones follow in the order of their
    number or code, the same way."""

    by: By
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[By]):
    """A page of a list: `after` is the key the page before ended with, None for the first."""

    sort: Sort[By]
    after: Key | None = None
    limit: int = USUAL_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Rows of a list in order; `next` is the key to go on after, None where this was the last page.

    Whoever follows the keys meets every row that was there all the time exactly once, whatever is added meanwhile.
    """

    items: tuple[T, ...]
    next: Key | None = None
