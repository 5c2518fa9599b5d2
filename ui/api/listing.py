"""Lists over HTTP: what each may be sorted by, where a page goes on, and what its filters are."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel

from core.domain.errors import NotFoundError
from core.domain.listing.paging import USUAL_PAGE, By, Key, Page, Reading, Sort
from ui.api.paging import Cursor, Limit, cursor_of, key_of

CODE = r"^[^\x00-\x1f\x7f]+$"
"""What a code or number of the books may be in a path."""
TAGGED: dict[int | str, dict[str, Any]] = {
    200: {"headers": {"ETag": {"schema": {"type": "string"}, "description": "Of what was read."}}}
}
"""The answer of one thing: a client that sends the ETag as If-None-Match gets 304 while it is the same."""
T = TypeVar("T")
Wanted = TypeVar("Wanted")


@dataclass(frozen=True, slots=True)
class Asked(Generic[By]):
    """The page a request asks for."""

    request: Request
    reading: Reading[By]

    def next(self, key: Key | None) -> str | None:
        """The cursor of the page after."""
        return None if key is None else cursor_of(self.request, key)


def pages(sorts: type[By], usual: By, *, descending: bool = False) -> Any:
    """`Annotated[Asked[...], pages(...)]` in the signature of a list's route."""
    names = [sign + one.value for one in sorts for sign in ("", "-")]
    first = ("-" if descending else "") + usual.value

    def asked(
        request: Request,
        sort: str = Query(
            default=first,
            pattern=f"^-?({'|'.join(one.value for one in sorts)})$",
            description="What the list is sorted by, `-` before it for downwards. What has no such value comes last.",
            examples=[names[-1]],
        ),
        limit: Limit = USUAL_PAGE,
        cursor: Cursor = None,
    ) -> Asked[By]:
        order = Sort(by=sorts(sort.removeprefix("-")), descending=sort.startswith("-"))
        return Asked(request, Reading(sort=order, after=key_of(request, cursor), limit=limit))

    return Depends(asked)


def filtered(kind: Callable[..., Wanted], query: BaseModel, **fixed: object) -> Wanted:
    """The filter of the books that the filters of a request are, by the same names."""
    return kind(**{name: getattr(query, name) for name in type(query).model_fields}, **fixed)


def the_one(read: Callable[[Any, Reading[Any]], Page[T]], wanted: object, by: StrEnum, *, what: str) -> T:
    """The one row a filter by number finds; NotFoundError where there is none, or none that the visitor sees."""
    found = read(wanted, Reading(sort=Sort(by=by), limit=1)).items
    if not found:
        raise NotFoundError(f"there is no {what}")
    return found[0]
