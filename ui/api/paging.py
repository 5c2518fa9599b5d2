"""Pages of lists: a cursor says where the last one ended, and belongs to the list it came from."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Query, Request

from ui.api.errors import ApiError

LONGEST_CURSOR = 2000
LONGEST_NUMBER = 18
T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[
    str | None,
    Query(max_length=LONGEST_CURSOR, description="`next` of the page before; for the same list, filters and sort."),
]


def cursor_of(request: Request, key: Sequence[str | None]) -> str:
    """What a client sends to get the next page of the very list it asked for."""
    text = json.dumps([_list_of(request), *key], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def key_of(request: Request, cursor: str | None) -> tuple[str | None, ...] | None:
    """Where to go on; 422 for a text that is no cursor of this list."""
    if cursor is None:
        return None
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, list) and found and found[0] == _list_of(request):
        key = tuple(found[1:])
        if all(one is None or isinstance(one, str) for one in key):
            return key
    raise ApiError(
        422, "cursor_invalid", "this cursor is not of this list; begin without one, with the same filters and sort"
    )


def paged(
    request: Request, items: Sequence[T], *, cursor: str | None, limit: int, key: str
) -> tuple[Sequence[T], str | None]:
    """A page of a short list that is all there: what comes after the one whose attribute `key` the cursor names."""
    after = key_of(request, cursor)
    names = [str(getattr(one, key)) for one in items]
    start = 0 if after is None else names.index(str(after[0])) + 1 if after[0] in names else len(names)
    part = items[start : start + limit]
    more = start + limit < len(items)
    return part, cursor_of(request, [names[start + len(part) - 1]]) if more and part else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPage:
    """A page of a list of what is numbered, the newest first: those before a number, and one more than is shown, which
    says whether there are others."""

    request: Request
    before: int | None
    limit: int

    @property
    def ask(self) -> int:
        """How many to read."""
        return self.limit + 1

    def next(self, numbers: Sequence[int]) -> str | None:
        """The cursor of the page after, given the numbers that were read."""
        return cursor_of(self.request, [str(numbers[self.limit - 1])]) if len(numbers) > self.limit else None


def number_page(request: Request, cursor: str | None, limit: int) -> NumberPage:
    """The page that is asked for; 422 for a text that is no cursor of this list."""
    key = key_of(request, cursor)
    text = None if key is None or len(key) != 1 else key[0]
    if key is not None and (text is None or not text.isdigit() or len(text) > LONGEST_NUMBER):
        raise ApiError(422, "cursor_invalid", "this cursor is not of this list; begin without one")
    return NumberPage(request=request, before=None if text is None else int(text), limit=limit)


def _list_of(request: Request) -> str:
    """The list by its address, filters and sort, without where in it one is."""
    asked = sorted(
        (name, value) for name, value in request.query_params.multi_items() if name not in {"cursor", "limit"}
    )
    return hashlib.sha256(json.dumps([request.url.path, asked]).encode()).hexdigest()[:16]
