"""Views of a list that a person keeps under a name: the list, and what its address asks for."""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors import InvalidValueError

LONGEST_NAME, LONGEST_QUERY, MOST_VIEWS = 60, 2000, 50
_NAME = re.compile(r"[^\x00-\x1f\x7f]+")
_QUERY = re.compile(r"[A-Za-z0-9%&=+._~*-]*")


class Listed(StrEnum):
    """Lists that can be narrowed."""

    INBOX = "inbox"
    ORDERS = "orders"
    STOCK = "stock"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """One view. `query` is the part of an address after its question mark, empty for the list as it is."""

    page: Listed
    name: str
    query: str

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= LONGEST_NAME or self.name != self.name.strip() or not _NAME.fullmatch(self.name):
            raise InvalidValueError(
                f"{self.name!r} is no name of a view; accepted: 1 to {LONGEST_NAME} characters on one line",
                field="name",
            )
        if len(self.query) > LONGEST_QUERY or not _QUERY.fullmatch(self.query):
            raise InvalidValueError(
                f"what a view asks for is the part of an address after '?', up to {LONGEST_QUERY:,} characters",
                field="query",
            )
