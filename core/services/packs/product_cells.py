"""Cells of configurable products: codes of options, words, conditions such as `power=15|30 and length=500..900`."""

import re
from collections.abc import Iterable
from decimal import Decimal

from core.domain.configuring.products import Condition, Conditions
from core.services.packs.cells import LONGEST_CODE, Refused, as_decimal, as_whole
from core.services.packs.gaps import GapRule

MOST_WORDS = 30
LONGEST_NUMBER = 1_000_000_000
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+/_-]{0,39}")
_SPAN = re.compile(r"([0-9]{0,9})\.\.([0-9]{0,9})")
_FRACTION = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")
_CONDITIONS = "accepted are conditions such as 'power=15|30 and length=500..900'"
_PRICE = as_decimal(4)
_DAYS = as_whole(most=3_650)


def as_option(text: str) -> str | Refused:
    """The code of a feature or of an option."""
    if not _CODE.fullmatch(text) or ".." in text:
        return Refused(GapRule.NOT_A_CODE, "accepted are letters, digits and . + / _ - such as 'ie3' or '5.5'")
    return text


def as_words(text: str) -> tuple[str, ...] | Refused:
    """What something is called, the words apart by `|`."""
    words = tuple(dict.fromkeys(word.strip() for word in text.split("|")))
    if "" in words or len(words) > MOST_WORDS or max(map(len, words)) > LONGEST_CODE:
        accepted = f"accepted are up to {MOST_WORDS} words of up to {LONGEST_CODE} characters, such as 'pump|feed pump'"
        return Refused(GapRule.NOT_A_CHOICE, accepted)
    return words


def as_supplement(text: str) -> Decimal | Refused:
    """What is added to a price; it may be less than nothing."""
    found = _PRICE(text.removeprefix("-"))
    return -found if isinstance(found, Decimal) and text.startswith("-") else found


def as_more_days(text: str) -> int | Refused:
    """Days added to the days to make; they may be less than nothing."""
    found = _DAYS(text.removeprefix("-"))
    return -found if isinstance(found, int) and text.startswith("-") else found


def as_fraction(text: str) -> tuple[int, int] | Refused:
    """A share of each unit of a numeric feature, as numerator and denominator."""
    found = _FRACTION.fullmatch(text)
    if found is None or not int(found[2]):
        return Refused(GapRule.NOT_A_NUMBER, "accepted is a fraction such as '1/1000' or '2/1'")
    return int(found[1]), int(found[2])


def as_conditions(text: str) -> Conditions | Refused:
    """Conditions that hold together."""
    found: list[Condition] = []
    for part in re.split(r"\s+and\s+", text):
        condition = _condition(part.strip())
        if condition is None:
            return Refused(GapRule.NOT_A_CHOICE, _CONDITIONS)
        found.append(condition)
    return tuple(found)


def as_rows(text: str) -> tuple[Conditions, ...] | Refused:
    """Rows of conditions, apart by `or`."""
    rows: list[Conditions] = []
    for part in re.split(r"\s+or\s+", text):
        row = as_conditions(part)
        if isinstance(row, Refused):
            return row
        rows.append(row)
    return tuple(rows)


def written(conditions: Iterable[Condition]) -> str:
    """Conditions as `as_conditions` reads them."""
    return " and ".join(map(str, conditions))


def written_rows(rows: Iterable[Conditions]) -> str:
    """Rows as `as_rows` reads them."""
    return " or ".join(map(written, rows))


def _condition(text: str) -> Condition | None:
    feature, equals, said = text.partition("=")
    if not equals or not _CODE.fullmatch(feature):
        return None
    span = _SPAN.fullmatch(said)
    if span is not None:
        least, most = (int(edge) if edge else None for edge in span.groups())
        return None if least is None and most is None else Condition(feature=feature, least=least, most=most)
    values = tuple(said.split("|"))
    return Condition(feature=feature, values=values) if all(map(_CODE.fullmatch, values)) else None
