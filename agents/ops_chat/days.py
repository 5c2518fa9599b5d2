"""Days in a question: "2026-12-14", "14 December", "the 14th", "next Friday", "end of next week", "tomorrow"."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from babel.dates import get_day_names, get_month_names

from agents.ops_chat.names import Kind, Mention, plain

_LANGUAGES = ("en", "de", "es", "fr", "nl")


def _named(get: Callable[..., Any], *widths: str) -> Mapping[str, int]:
    """Names of months or weekdays in every language to their number."""
    found: dict[str, int] = {}
    for width in widths:
        for language in _LANGUAGES:
            for number, name in get(width, locale=language).items():
                bare = plain(name).rstrip(".")
                if len(bare) >= 3:
                    found[bare] = number
    return found


_MONTHS = _named(get_month_names, "abbreviated", "wide")
_WEEKDAYS = _named(get_day_names, "wide")
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_OF = r"(?:\s+(?:of|de|del)\s+|[\s.\-]+)"
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DAY_MONTH = re.compile(
    rf"\b(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th|er|\.)?{_OF}({_MONTH})\b\.?(?:,?\s+(?:de\s+)?(\d{{4}}))?"
)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\b\.?\s+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?")
_ORDINAL = re.compile(r"\bthe\s+(\d{1,2})(?:st|nd|rd|th)\b")
_GERMAN = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})?(?!\d)")
_NEXT_WEEKDAY = re.compile(rf"\b(?:(next|nachsten?|proximo|prochain|volgende)\s+)?({_WEEKDAY})\b(?:\s+(prochain))?")
_ENDS = re.compile(r"\bend of (?:the |this )?(next )?(week|month|year)\b")
_MONTH_END = re.compile(
    r"\b(?:the )?(?:end of|ende|fin(?:ales)? de|fin|eind(?:e van)?)\s+" + rf"({_MONTH})\b(?:\s+(?:de\s+)?(\d{{4}}))?"
)
_TOMORROW = {"tomorrow": 1, "morgen": 1, "manana": 1, "demain": 1, "today": 0, "heute": 0, "hoy": 0, "vandaag": 0}
_SIMPLE = re.compile(r"\b(" + "|".join(_TOMORROW) + r")\b")


def days_in(text: str, today: date) -> Iterator[Mention]:
    """The days the text (lower case, no accents) mentions; a day without a year is the next one there is.

    A combination that is no day ("31 June") is not mentioned: whoever asks is then told what was missing.
    """
    taken: list[tuple[int, int]] = []
    for shape, read in _SHAPES:
        for match in shape.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            found = read(match, today)
            if found is not None:
                taken.append((start, end))
                yield Mention(kind=Kind.DATE, value=found.isoformat(), start=start, end=end)


def _iso(match: re.Match[str], today: date) -> date | None:
    return _made(int(match.group(1)), int(match.group(2)), int(match.group(3)))


def _day_month(match: re.Match[str], today: date) -> date | None:
    return _coming(_MONTHS[match.group(2)], int(match.group(1)), match.group(3), today)


def _month_day(match: re.Match[str], today: date) -> date | None:
    return _coming(_MONTHS[match.group(1)], int(match.group(2)), match.group(3), today)


def _german(match: re.Match[str], today: date) -> date | None:
    return _coming(int(match.group(2)), int(match.group(1)), match.group(3), today)


def _ordinal(match: re.Match[str], today: date) -> date | None:
    number = int(match.group(1))
    for months in range(13):
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        found = _made(year, month + 1, number)
        if found is not None and found >= today:
            return found
    return None


def _weekday(match: re.Match[str], today: date) -> date | None:
    """The next such day after today; "next Friday" said in an earlier week is that of the week after."""
    ahead = (_WEEKDAYS[match.group(2)] - today.weekday() - 1) % 7 + 1
    found = today + timedelta(days=ahead)
    this_week = found.isocalendar()[:2] == today.isocalendar()[:2]
    return found + timedelta(days=7) if (match.group(1) or match.group(3)) and this_week else found


def _ending(match: re.Match[str], today: date) -> date | None:
    after, unit = bool(match.group(1)), match.group(2)
    if unit == "week":
        return today + timedelta(days=4 - today.weekday() + 7 * after)
    if unit == "month":
        year, month = divmod(today.year * 12 + today.month - 1 + after, 12)
        return date(year, month + 1, monthrange(year, month + 1)[1])
    return date(today.year + after, 12, 31)


def _month_end(match: re.Match[str], today: date) -> date | None:
    month = _MONTHS[match.group(1)]
    year = int(match.group(2)) if match.group(2) else today.year + (month < today.month)
    return date(year, month, monthrange(year, month)[1]) if date.min.year <= year <= date.max.year else None


def _simple(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=_TOMORROW[match.group(1)])


def _coming(month: int, day: int, year: str | None, today: date) -> date | None:
    if year:
        return _made(int(year), month, day)
    found = _made(today.year, month, day)
    return _made(today.year + 1, month, day) if found is None or found < today else found


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_SHAPES = (
    (_ISO, _iso),
    (_MONTH_END, _month_end),
    (_GERMAN, _german),
    (_DAY_MONTH, _day_month),
    (_MONTH_DAY, _month_day),
    (_ORDINAL, _ordinal),
    (_ENDS, _ending),
    (_NEXT_WEEKDAY, _weekday),
    (_SIMPLE, _simple),
)
