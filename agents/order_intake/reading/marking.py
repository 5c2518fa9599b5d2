"""All marks of a document, the surest first: what one of them takes, none after it may take."""

import re

from agents.order_intake.reading import words
from agents.order_intake.reading.goods import (
    Goods,
    mark_codes,
    mark_described,
    mark_likely_codes,
    mark_names,
    mark_sizes,
)
from agents.order_intake.reading.kinds import commands_in
from agents.order_intake.reading.page import Page
from agents.order_intake.values.dates import find_days
from agents.order_intake.values.prices import AMOUNT, PRICE

_AT_PRICE = re.compile(
    rf"(?:@|\bà|\bat|\bzu je|\bzu|\ba)[ ]?(?P<value>{AMOUNT})[ ]?(?:each|ea\b|/|per|pro|je|pièce|stuk|ud)",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(r"20\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}[./](?:0?[1-9]|1[0-2])")


def mark(page: Page, goods: Goods) -> None:
    """Marks a page."""
    for start, end in commands_in(page.text):
        page.add("command", start, end)
    page.add_all("link", words.LINK, explains=True)
    mark_described(page, goods)
    mark_codes(page, goods)
    _mark_orders(page)
    page.add_all("revision", words.REVISION, explains=True)
    for found in words.REFERENCE.finditer(page.text):
        group = next(name for name in ("value", "bare", "place") if found[name])
        if not _ISO_DATE.fullmatch(found[group]) and page.add("reference", *found.span(), found.span(group)):
            page.explain(*found.span())
    page.add_all("phone", words.PHONE, explains=True)
    _mark_totals(page)
    for found in PRICE.finditer(page.text):
        if page.is_free(*found.span()):
            page.add("price", *found.span())
    page.add_all("price", _AT_PRICE)
    page.add_all("terms", words.TERMS_LABELLED)
    page.add_all("terms", words.TERMS)
    page.add_all("clock", words.CLOCK, explains=True)
    for day in find_days(page.text):
        page.add("day", day.start, day.end)
    page.add_all("incoterm", words.INCOTERM, explains=True)
    mark_sizes(page)
    mark_likely_codes(page)
    mark_names(page, goods)


def _mark_orders(page: Page) -> None:
    for pattern in (words.PO_JOINED, words.PO_SPACED, words.PO_STRONG, words.PO_WEAK, words.PO_REFERENCE):
        for found in pattern.finditer(page.text):
            first, last = found.span("value")
            if _ISO_DATE.fullmatch(found["value"]) or re.match(
                r"[ ]?(?:x|\u00d7|pcs|stück|stk|units|pieces)\b", page.text[last:]
            ):
                continue
            page.add(
                "order" if pattern is not words.PO_REFERENCE else "own reference", found.start(), last, (first, last)
            )


def _mark_totals(page: Page) -> None:
    """A sum and its number; it is read again where the lines are known."""
    for found in words.TOTAL.finditer(page.text):
        number = re.compile(
            r"(?:[$€£]|[A-Z]{3})?[ ]?\d[\d.,']*(?:[ ]\d{3})*(?:[ ]?(?:[$€£]|EUR|USD|GBP|pcs|pieces|stück|stk|ea))?",
            re.IGNORECASE,
        ).match(page.text, found.end())
        if number and page.is_free(found.start(), number.end()):
            page.add("total", found.start(), number.end(), number.span())
