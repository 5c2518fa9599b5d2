"""What the words of a quote mean: one plain value, several that are possible, or none, with the reason."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from agents.order_intake.values.dates import read_date
from agents.order_intake.values.numbers import Habits, read_number
from agents.order_intake.values.prices import read_price
from agents.supplier_letters.quote_words import ALL_OF_IT, DURATION, NO_MINIMUM
from core.domain.inquiry_replies import FieldRead, QuoteField
from core.domain.intake.readings import Ambiguous, Unreadable
from core.domain.intake.transcripts import Said
from core.domain.plan_text import plain

FINEST_PRICE = Decimal("0.0001")
MOST_DAYS = 730
_WEEKS = re.compile(r"week|woche|seman|semaine|weken|wk", re.IGNORECASE)
_MONTHS = re.compile(r"month|monat|mes|mois|maand", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for: what the item is called, how many in its base unit, and the day the reply is read on."""

    codes: tuple[str, ...]
    quantity: int
    as_of: date
    unit: str = "EA"


Read = tuple[tuple[str, ...], str]
"""The readings of a value in their plain form, and why they are unclear where they are."""


def units_read(said: Said, language: str, habits: Habits) -> Read:
    """Whole units."""
    found = read_number(said.text, language, habits)
    if isinstance(found, Ambiguous):
        return found.readings, found.why
    if isinstance(found, Unreadable):
        return (), found.why
    if found != found.to_integral_value() or found < 0:
        return (plain(found),), f"{said.text!r} is no whole number of units"
    return (str(int(found)),), ""


def price_read(said: Said, language: str, habits: Habits) -> tuple[FieldRead, FieldRead | None]:
    """The price of one unit, and its currency where one is written with it."""
    found = read_price(said, language, habits)
    if isinstance(found, Ambiguous | Unreadable):
        readings = found.readings if isinstance(found, Ambiguous) else ()
        return FieldRead(field=QuoteField.UNIT_PRICE, readings=readings, said=said, why=found.why), None
    each = (found.value / found.per).quantize(FINEST_PRICE)
    why = "" if each * found.per == found.value and found.value > 0 else f"{said.text!r} is no exact price of one unit"
    price = FieldRead(field=QuoteField.UNIT_PRICE, readings=(plain(each),), said=said, why=why)
    if found.currency is None:
        return price, None
    return price, FieldRead(field=QuoteField.CURRENCY, readings=(found.currency,), said=said)


def duration_read(found: re.Match[str], asked: Asked, *, until: bool) -> Read:
    """A stretch of time in calendar days, or the day on which it ends; working days run from Monday to Friday."""
    lengths = sorted({_calendar_days(int(found[name]), found, asked) for name in ("n", "m") if found[name]})
    readings = tuple(_ends(days, asked) if until else str(days) for days in lengths)
    why = f"{found[0]!r} leaves the days open" if len(lengths) > 1 else ""
    return readings, why or ("" if lengths[-1] <= MOST_DAYS else f"{found[0]!r} is longer than {MOST_DAYS} days")


def day_read(said: Said, language: str, habits: Habits, asked: Asked, *, field: QuoteField) -> Read:
    """A day: of delivery as days from now, else as it is."""
    found = read_date(said, language, asked.as_of, habits)
    if isinstance(found, Unreadable):
        return (), found.why
    if isinstance(found, Ambiguous):
        return found.readings, found.why
    if found.soonest:
        return (), f"{said.text!r} names no day"
    if field is QuoteField.VALID_UNTIL:
        return (found.day.isoformat(),), ""
    days = (found.day - asked.as_of).days
    return ((str(days),), "") if days >= 0 else ((), f"{found.day} has passed")


def words_read(field: QuoteField, said: Said, language: str, habits: Habits, asked: Asked) -> FieldRead:
    """Words somebody says are a field, understood as the rules would."""
    match field:
        case QuoteField.UNIT_PRICE:
            return price_read(said, language, habits)[0]
        case QuoteField.CURRENCY:
            found = read_price(Said(text=f"1 {said.text}", quote="", source="", start=0, end=0), language, habits)
            currency = None if isinstance(found, Ambiguous | Unreadable) else found.currency
            why = "" if currency else f"{said.text!r} is no currency"
            return FieldRead(field=field, readings=(currency,) if currency else (), said=said, why=why)
        case QuoteField.AVAILABLE if ALL_OF_IT.search(said.text):
            readings, why = (str(asked.quantity),), ""
        case QuoteField.MINIMUM if NO_MINIMUM.fullmatch(said.text.strip()):
            readings, why = ("1",), ""
        case QuoteField.AVAILABLE | QuoteField.MINIMUM:
            bare = re.search(r"\d[\d.,' ]*\d|\d", said.text)
            inner = said if bare is None else Said(text=bare[0], quote="", source="", start=0, end=0)
            readings, why = units_read(inner, language, habits)
        case QuoteField.LEAD_TIME | QuoteField.VALID_UNTIL:
            span = DURATION.search(said.text)
            if span is not None:
                readings, why = duration_read(span, asked, until=field is QuoteField.VALID_UNTIL)
            else:
                readings, why = day_read(said, language, habits, asked, field=field)
    return FieldRead(field=field, readings=readings, said=said, why=why)


def _calendar_days(count: int, found: re.Match[str], asked: Asked) -> int:
    if _WEEKS.match(found["unit"]):
        return count * 7
    if _MONTHS.match(found["unit"]):
        return count * 30
    if not (found["before"] or found["after"]):
        return count
    day, left = asked.as_of, count
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return (day - asked.as_of).days


def _ends(days: int, asked: Asked) -> str:
    return (asked.as_of + timedelta(days=min(days, MOST_DAYS))).isoformat()
