"""Which day: dates that can be read one way only, and whether they say when goods are wanted or when a letter was
written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "jan(?:uary|uar|uari|vier)?|enero|ene|jän(?:ner)?",
    "feb(?:ruary|ruar|ruari|rero)?|févr?(?:ier)?|fevr?(?:ier)?",
    "mar(?:ch|zo|s)?|märz|maerz|maart|mrt|mär",
    "apr(?:il)?|abr(?:il)?|avr(?:il)?",
    "may|mai|mayo|mei",
    "june?|juni?|junio|juin",
    "july?|juli?|julio|juil(?:let)?",
    "aug(?:ust|ustus)?|ago(?:sto)?|août|aout",
    "sept?(?:ember|iembre|embre)?",
    "o[ck]t(?:ober|obre|ubre)?",
    "nov(?:ember|iembre|embre)?",
    "de[cz](?:ember|iembre)?|dic(?:iembre)?|déc(?:embre)?",
)
_MONTH = "|".join(f"(?P<m{at}>{names})" for at, names in enumerate(_MONTHS, start=1))
_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)")
_DOTS = re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}|\d{2})(?!\d|\.\d)")
_SLASHES = re.compile(r"(?<![\d/-])(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>\d{4}|\d{2})(?![\d/])")
_DAY_FIRST = re.compile(
    rf"(?<!\w)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s*(?:of\s|de\s)?[- ]?(?:{_MONTH})\b\.?,?"
    r"(?:\s*(?:de\s)?[- ]?(?P<y>20\d\d))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?:{_MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s*(?P<y>20\d\d))?", re.IGNORECASE
)
_WANTED = re.compile(
    r"need|deliver|requir|ship|due|\bby\b|want|arriv|dock|eta\b|request|liefer|benötig|brauch|termin|bis\b|wunsch|"
    r"entreg|necesit|para el|antes del|livr|besoin|souhait|avant le|pour le|lever|nodig|uiterlijk|voor\b|gewenst",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"date|datum|fecha|dated|vom\b|issued|sent:|gesendet|envoyé|verzonden|of order", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenDay:
    """A date in a text, where it stands, and whether its row says that goods are wanted then, or only that it is the
    letter's own date."""

    day: date
    start: int
    end: int
    wanted: bool
    written: bool


def days_seen(text: str, *, language: str, as_of: date) -> tuple[SeenDay, ...]:
    """The dates of a text that have one reading. A date without a year is the next one; 03/04 is one only in languages
    that never write the month first."""
    found: list[SeenDay] = []
    for start, end, day in _found(text, language, as_of):
        if any(one.start < end and start < one.end for one in found):
            continue
        begin = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", end)
        row = text[begin : stop if stop >= 0 else len(text)]
        wanted = bool(_WANTED.search(row))
        written = not wanted and bool(_WRITTEN.search(row))
        found.append(SeenDay(day=day, start=start, end=end, wanted=wanted, written=written))
    return tuple(sorted(found, key=lambda one: one.start))


def _found(text: str, language: str, as_of: date) -> Iterator[tuple[int, int, date]]:
    for pattern in (_ISO, _DOTS, _SLASHES, _DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(text):
            day = _day(match, ambiguous=pattern is _SLASHES and language not in {"de", "es", "fr", "nl"}, as_of=as_of)
            if day is not None:
                yield match.start(), match.end(), day


def _day(match: re.Match[str], *, ambiguous: bool, as_of: date) -> date | None:
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else next((n for n in range(1, 13) if parts.get(f"m{n}")), 0)
    day = int(parts["d"])
    if ambiguous:
        if month > 12 >= day:
            day, month = month, day
        elif day <= 12 and day != month:
            return None
    year = int(parts["y"]) if parts.get("y") else 0
    try:
        if not year:
            this = date(as_of.year, month, day)
            return this if this >= as_of else date(as_of.year + 1, month, day)
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
