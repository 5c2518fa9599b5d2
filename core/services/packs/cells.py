"""Cells: the text of one CSV cell turned into a value, or into the reason why not."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, TypeVar

from core.domain.money import LARGEST_AMOUNT
from core.domain.quantity import LARGEST_QUANTITY
from core.services.packs.gaps import GapRule

LONGEST_CODE = 60
LONGEST_TEXT = 400
MOST_DIGITS = 40
FIRST_YEAR, LAST_YEAR = 1990, 2200
MINUTES_A_DAY = 24 * 60
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_WHOLE = re.compile(r"-?[0-9]+(\.0+)?")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a text is not a value, and what would be."""

    rule: GapRule
    accepted: str


Parser: TypeAlias = Callable[[str], T | Refused]


def as_code(text: str) -> str | Refused:
    """A code: up to 60 printable characters."""
    if len(text) > LONGEST_CODE:
        return Refused(GapRule.TOO_LONG, f"a code has at most {LONGEST_CODE} characters")
    if not text.isprintable():
        return Refused(GapRule.NOT_A_CODE, "a code has printable characters only")
    return text


def as_text(text: str) -> str | Refused:
    """Free text of at most 400 characters."""
    if len(text) > LONGEST_TEXT:
        return Refused(GapRule.TOO_LONG, f"a text has at most {LONGEST_TEXT} characters")
    return text


def as_address(text: str) -> str | Refused:
    """An e-mail address."""
    if len(text) > LONGEST_TEXT or not _ADDRESS.fullmatch(text):
        return Refused(GapRule.NOT_AN_ADDRESS, "accepted is one address such as orders@example.com, or nothing")
    return text


def as_flag(text: str) -> bool | Refused:
    """Yes or no."""
    value = _FLAGS.get(text.lower())
    if value is None:
        return Refused(GapRule.NOT_A_FLAG, "accepted are true, yes, 1, false, no and 0")
    return value


def as_day(text: str) -> date | Refused:
    """An ISO date in a believable year."""
    if not _DAY.fullmatch(text):
        return Refused(GapRule.NOT_A_DATE, "accepted is a date such as 2026-11-02")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Refused(GapRule.NOT_A_DATE, "accepted is a date of the calendar such as 2026-11-02")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Refused(GapRule.DATE_OUT_OF_RANGE, f"accepted are the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def as_time(text: str) -> int | Refused:
    """A time of day as minutes since midnight; 24:00 is the end of the day."""
    found = _TIME.fullmatch(text)
    minutes = int(found.group(1)) * 60 + int(found.group(2)) if found else 0
    if found is None or int(found.group(2)) > 59 or minutes > MINUTES_A_DAY:
        return Refused(GapRule.NOT_A_TIME, "accepted is a time from 00:00 to 24:00 such as 16:30")
    return minutes


def as_clock(text: str) -> str | Refused:
    """A time of day as it is written on a clock."""
    minutes = as_time(text)
    return minutes if isinstance(minutes, Refused) else time_text(minutes)


def time_text(minutes: int) -> str:
    """Minutes since midnight as a time of day, such as 16:30."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def as_weekday(text: str) -> int | Refused:
    """A day of the week by its name; Monday is 0."""
    word = text.lower()
    if word not in WEEKDAYS:
        return Refused(GapRule.NOT_A_CHOICE, f"accepted is one of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(word)


def as_country(text: str) -> str | Refused:
    """A country of ISO 3166, with a subdivision where it matters."""
    if not _COUNTRY.fullmatch(text):
        return Refused(GapRule.NOT_A_CODE, "accepted is a country of ISO 3166 such as US, or US-TX, or nothing")
    return text


def as_whole(least: int = 0, most: int = LARGEST_QUANTITY) -> Parser[int]:
    """A parser of whole numbers between two limits."""
    accepted = f"accepted is a whole number from {least:,} to {most:,}, written in digits only"

    def parse(text: str) -> int | Refused:
        if not _NUMBER.fullmatch(text):
            return Refused(GapRule.NOT_A_NUMBER, accepted)
        if not _WHOLE.fullmatch(text):
            return Refused(GapRule.NOT_WHOLE, f"{accepted}; for a fraction choose a smaller base unit")
        whole = text.partition(".")[0]
        if len(whole) > MOST_DIGITS:
            return Refused(GapRule.OUT_OF_RANGE, accepted)
        value = int(whole)
        if value < 0:
            return Refused(GapRule.NEGATIVE, accepted)
        if not least <= value <= most:
            return Refused(GapRule.OUT_OF_RANGE, accepted)
        return value

    return parse


def as_decimal(
    places: int, least: Decimal = Decimal(0), most: Decimal = LARGEST_AMOUNT, *, positive: bool = False
) -> Parser[Decimal]:
    """A parser of decimal numbers between two limits with at most so many decimals."""
    low = f"above {least:,}" if positive else f"from {least:,}"
    accepted = f"accepted is a number {low} to {most:,} with at most {places} decimals, written as 1234.56"

    def parse(text: str) -> Decimal | Refused:
        if not _NUMBER.fullmatch(text):
            return Refused(GapRule.NOT_A_NUMBER, accepted)
        whole, _, fraction = text.partition(".")
        if text.startswith("-"):
            return Refused(GapRule.NEGATIVE, accepted)
        if len(fraction.rstrip("0")) > places:
            return Refused(GapRule.TOO_PRECISE, accepted)
        if len(whole) > MOST_DIGITS:
            return Refused(GapRule.OUT_OF_RANGE, accepted)
        value = Decimal(f"{whole}.{fraction[:places] or '0'}")
        if not least <= value <= most or (positive and value == least):
            return Refused(GapRule.OUT_OF_RANGE, accepted)
        return value

    return parse


def as_choice(choices: tuple[str, ...]) -> Parser[str]:
    """A parser of one of a few words."""
    accepted = f"accepted is one of {', '.join(choices)}"

    def parse(text: str) -> str | Refused:
        word = text.lower()
        return word if word in choices else Refused(GapRule.NOT_A_CHOICE, accepted)

    return parse


def as_member(kinds: type[E]) -> Parser[E]:
    """A parser of the words of a closed set."""
    member = {kind.value: kind for kind in kinds}
    accepted = f"accepted is one of {', '.join(member)}"

    def parse(text: str) -> E | Refused:
        found = member.get(text.lower())
        return Refused(GapRule.NOT_A_CHOICE, accepted) if found is None else found

    return parse
