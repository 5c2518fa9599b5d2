"""Running a query of facts and naming what its rows hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.domain.ids import OrderNo
from core.domain.watching.facts import LineKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When facts are read: the session, the business date and the time of the transaction."""

    session: Session
    as_of: date
    now: datetime

    def rows(self, query: str, **values: object) -> list[Mapping[str, Any]]:
        """The rows of a query; `:as_of` and `:now` are known to it."""
        found = self.session.execute(text(query), {"as_of": self.as_of, "now": self.now, **values})
        return [dict(row) for row in found.mappings()]


def line_key(order: str | None, line: int | None) -> LineKey | None:
    """The key of an order line, None where there is none."""
    return None if order is None or line is None else (OrderNo(order), line)


def line_keys(found: list[list[Any]] | None) -> tuple[LineKey, ...]:
    """The keys in a JSON array of [order, line]."""
    return tuple((OrderNo(order), int(line)) for order, line in found or [])
