"""What a written value means: one value, several that are all possible, or none."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number, and the unit written with it as it was written ("40 pcs": 40, "pcs"); dozens are multiplied out."""

    value: Decimal
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A price for `per` of a unit (100 in "4.50 per 100"), with its ISO 4217 currency where one was written."""

    value: Decimal
    currency: str | None = None
    per: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A calendar day. `latest` says that the writer takes earlier days too ("by the 14th")."""

    day: date
    latest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """More than one reading, each as a person writes it without doubt ("2026-04-03"); none of them is chosen."""

    readings: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """No reading."""

    why: str
