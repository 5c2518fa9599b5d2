"""A written number: digits however they are grouped, or words; one that has two readings has two."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from text_to_num import text2num

from agents.order_intake.values.languages import LANGUAGES
from core.domain.intake.readings import Ambiguous, Unreadable

_LONGEST = 18
_PLAIN = re.compile(r"[0-9]+")
_SPACED = re.compile(r"[0-9]{1,3}(?:[ '\u2019][0-9]{3})+(?:[.,][0-9]{1,2})?")
_GROUPED = {
    ".": re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
    ",": re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
}
_DECIMAL = re.compile(r"([0-9]+)([.,])([0-9]+)")
_MONEY = r"(?:[$€£]|\b(?:EUR|USD|GBP|CHF|euros?|dollars?)\b)"
_CENTS = re.compile(r"(?<![\d.,/\-])\d{1,3}(?:([.,' ])\d{3})*([.,])\d{2}(?![\d.,/\-]|\s?(?:in|inch|zoll|\"))")
_DAY_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])")
_NUMERIC_DATE = re.compile(r"(?<![\d/.\-])(\d{1,2})([/.\-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/\-])")

_DOZENS = {
    12: "dozen dozens doz dz dutzend dtzd douzaine douzaines docena docenas dozijn dozijnen",
    144: "gross gruesa gruesas",
    2: "pair pairs paire paires pares",
}
# "Dozen" is Dutch for boxes; German "paar" is a few as often as it is two.
MULTIPLES = {word: count for count, words in _DOZENS.items() for word in words.split()}
_ARTICLES = frozenset(["a", "an", "one", "ein", "eine", "einen", "un", "une", "una", "uno", "één", "een"])
_HALVES = frozenset(["half", "halbes", "halbe", "demi", "demie", "media", "medio", "halve"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a writer writes, as far as the text itself proves it: the decimal mark, and day before month or after it."""

    mark: str | None = None
    day_first: bool | None = None


def habits_of(texts: Iterable[str]) -> Habits:
    """What numbers and dates with one reading only prove about the others. What contradicts itself proves nothing."""
    marks: set[str] = set()
    orders: set[bool] = set()
    for text in texts:
        for found in _CENTS.finditer(text):
            near = text[max(0, found.start() - 6) : found.end() + 8]
            if found[1] == "," or found[1] == "." or re.search(_MONEY, near, re.IGNORECASE):
                marks.add(found[2])
            elif not _DAY_MONTH.fullmatch(found[0]) and found[2] == ",":
                marks.add(",")
        for found in _NUMERIC_DATE.finditer(text):
            first, second = int(found[1]), int(found[3])
            if 12 < first <= 31 and 1 <= second <= 12:
                orders.add(True)
            elif 12 < second <= 31 and 1 <= first <= 12:
                orders.add(False)
    return Habits(mark=marks.pop() if len(marks) == 1 else None, day_first=orders.pop() if len(orders) == 1 else None)


def read_number(text: str, language: str, habits: Habits | None = None) -> Decimal | Ambiguous | Unreadable:
    """The number, at least 0, that digits or words stand for."""
    written = " ".join(text.split())
    if not any(char.isdigit() for char in written):
        return _in_words(written, language)
    if len(written) > _LONGEST or not written.isascii():
        return _in_digits_of_two_kinds(written)
    if _PLAIN.fullmatch(written):
        return Decimal(written)
    if _SPACED.fullmatch(written):
        return Decimal(re.sub(r"[ ']", "", written).replace(",", "."))
    return _marked(written, habits.mark if habits else None)


def _in_digits_of_two_kinds(written: str) -> Decimal | Unreadable:
    plain = written.replace("\u2019", "'")
    if len(plain) <= _LONGEST and plain.isascii() and _SPACED.fullmatch(plain):
        return Decimal(re.sub(r"[ ']", "", plain).replace(",", "."))
    return Unreadable(why=f"{written[:40]!r} is no number written in the digits 0 to 9")


def _marked(written: str, mark: str | None) -> Decimal | Ambiguous | Unreadable:
    """A number with points or commas in it, which divide thousands for some and fractions for others."""
    readings = {one: _without_groups(written, one) for one, form in _GROUPED.items() if form.fullmatch(written)}
    decimal = _DECIMAL.fullmatch(written)
    if decimal:
        readings.setdefault(decimal[2], Decimal(f"{decimal[1]}.{decimal[3]}"))
    if len(readings) == 1:
        return next(iter(readings.values()))
    if mark in readings:
        return readings[mark]
    if readings:
        both = tuple(f"{value.normalize():f}" for value in sorted(set(readings.values())))
        return Ambiguous(readings=both, why=f"{written!r} is {' or '.join(both)}, as the country has it")
    return Unreadable(why=f"{written!r} is no number; 1500, 1 500 or 1,500.00 is")


def _without_groups(written: str, mark: str) -> Decimal:
    return Decimal(written.replace("," if mark == "." else ".", "").replace(mark, "."))


def _in_words(written: str, language: str) -> Decimal | Unreadable:
    words = written.lower().replace("-", " ").split()
    times = Decimal(1)
    while words and (words[-1].strip(".") in MULTIPLES or words[-1] in {"of", "de"}):
        times *= MULTIPLES.get(words.pop().strip("."), 1)
    if words and words[-1] in _HALVES | {"a"} and any(word in _HALVES for word in words) and len(words) <= 2:
        return times / 2 if times > 1 else Unreadable(why=f"{written!r} is no whole number")
    if (not words and times > 1) or (len(words) == 1 and words[0] in _ARTICLES):
        return times
    for one in _tried(language):
        said = _worth(written.lower() if times == 1 else " ".join(words), one)
        if said is not None:
            return said * times
    return Unreadable(why=f"{written!r} is no number")


@lru_cache(maxsize=4096)
def _worth(words: str, language: str) -> Decimal | None:
    try:
        return Decimal(str(text2num(words, language)))
    except ValueError:
        return None


def _tried(language: str) -> Sequence[str]:
    """The language of the text alone; where nobody can tell, all."""
    return (language,) if language in LANGUAGES else LANGUAGES
