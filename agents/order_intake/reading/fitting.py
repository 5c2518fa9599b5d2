"""Rows whose columns nothing divides: taken apart by what each column holds, if that can be done in one way only."""

import re
from collections.abc import Iterable, Sequence

from agents.order_intake.reading.headings import role_of
from agents.order_intake.reading.page import Page

_PHRASE_WORDS = 4
_MONEY = r"(?:[$€£][ ]?)?\d[\d.,']*(?:[ ]?(?:[$€£]|EUR|USD|GBP|CHF))?"
_HOLDS = {
    "number": r"\d{1,5}[.):]?",
    "item": r"\S*\d\S*|[A-Za-z]+-\S+",
    "customer_item": r"\S*\d\S*|[A-Za-z]+-\S+",
    "quantity": r"\d[\d.,]*",
    "unit": r"[^\W\d_]{1,12}\.?",
    "unit_price": _MONEY,
    "amount": _MONEY,
    "currency": r"[A-Z]{3}|[$€£]",
}
_DESCRIPTION = "description"
Span = tuple[int, int]


def headings_in(text: str, start: int, end: int) -> tuple[tuple[Span, ...], ...]:
    """The ways to take apart a line that has nothing but headings, with the shortest and with the longest that are
    known; none for other lines."""
    words = [found.span() for found in re.compile(r"[^\s|]+").finditer(text, start, end)]
    sizes = range(1, _PHRASE_WORDS + 1)
    ways = [_headings(text, words, order) for order in (sizes, tuple(reversed(sizes)))]
    return tuple(dict.fromkeys(way for way in ways if way))


def _headings(text: str, words: Sequence[Span], sizes: Iterable[int]) -> tuple[Span, ...]:
    cells: list[Span] = []
    at = 0
    while at < len(words):
        for many in sizes:
            last = min(at + many, len(words)) - 1
            span = words[at][0], words[last][1]
            if role_of(text[slice(*span)]) is not None:
                cells.append(span)
                at = last + 1
                break
        else:
            return ()
    return tuple(cells)


def fitted(page: Page, start: int, end: int, roles: Sequence[str | None]) -> tuple[Span, ...] | None:
    """The cells of a row under columns with these roles, or None where it does not fit, or fits in more than one way.

    A description takes the words between its neighbours; the others hold one word, an amount or a date.
    """
    if roles.count(_DESCRIPTION) > 1:
        return None
    dates = [page.text[day.start : day.end] for day in page.between(start, end, "day")]
    parts = [_part(role, dates) for role in roles]
    if None in parts:
        return None
    patterns = [r"[ \t]+".join(f"({part.format(lazy=lazy)})" for part in parts if part) for lazy in ("?", "")]
    found = [re.compile(rf"[ \t]*{one}[ \t]*", re.IGNORECASE).fullmatch(page.text, start, end) for one in patterns]
    shortest, longest = found
    if shortest is None or longest is None or shortest.regs != longest.regs:
        return None
    return tuple(shortest.span(group) for group in range(1, len(parts) + 1))


def _part(role: str | None, dates: Sequence[str]) -> str | None:
    if role == _DESCRIPTION:
        return r"\S(?:.*{lazy}\S)?"
    if role == "requested":
        return "|".join(_literal(re.escape(one)) for one in dates) or None
    held = _HOLDS.get(role or "")
    return None if held is None else _literal(held)


def _literal(pattern: str) -> str:
    return pattern.replace("{", "{{").replace("}", "}}")
