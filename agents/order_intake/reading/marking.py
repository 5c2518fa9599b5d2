"""All marks of a document, the surest first: what one of them takes, none after it may take."""

import re
from collections.abc import Iterable

from agents.order_intake.reading import words
from agents.order_intake.reading.dated import mark_days
from agents.order_intake.reading.goods import (
    Goods,
    mark_codes,
    mark_described,
    mark_likely_codes,
    mark_names,
    mark_parties,
    mark_sizes,
    mark_traits,
)
from agents.order_intake.reading.kinds import commands_in
from agents.order_intake.reading.lone_numbers import is_echoed, lone_numbers
from agents.order_intake.reading.order_numbers import mark_again, mark_orders, numbers_said
from agents.order_intake.reading.page import READ_CHARACTERS, Page
from agents.order_intake.reading.told import mark_spans, mark_told
from agents.order_intake.values.prices import AMOUNT, PRICE
from core.domain.intake.letters import Document

_AT_PRICE = re.compile(
    rf"(?:@|\bà|\bat|\bzu je|\bzu|\ba)[ ]?(?P<value>{AMOUNT})[ ]?(?:each|ea\b|/|per|pro|je|pièce|stuk|ud)",
    re.IGNORECASE,
)


def mark(page: Page, goods: Goods, orders: frozenset[str] = frozenset()) -> None:
    """Marks a page."""
    for start, end in commands_in(page.text):
        page.add("command", start, end)
    page.add_all("link", words.LINK, explains=True)
    mark_described(page, goods)
    mark_codes(page, goods)
    mark_orders(page)
    for first, last in lone_numbers(page):
        if page.text[first:last] in orders:
            page.add("lone order", first, last)
    mark_again(page, orders)
    page.add_all("revision", words.REVISION, explains=True)
    mark_told(page, goods)
    _mark_totals(page)
    for found in PRICE.finditer(page.text):
        if page.is_free(*found.span()):
            page.add("price", *found.span())
    page.add_all("price", _AT_PRICE)
    page.add_all("terms", words.TERMS_LABELLED)
    page.add_all("terms", words.TERMS)
    mark_days(page)
    mark_spans(page, goods)
    page.add_all("incoterm", words.INCOTERM, explains=True)
    mark_parties(page, goods)
    mark_sizes(page)
    mark_likely_codes(page, goods)
    mark_traits(page, goods)
    mark_names(page, goods)


def orders_of(documents: Iterable[Document], language: str, goods: Goods) -> frozenset[str]:
    """The order numbers that the documents of a letter say, seen before they are read one by one; where none is called
    so, those that stand alone."""
    said: set[str] = set()
    alone: set[str] = set()
    called = False
    read = list(documents)
    for document in read:
        page = Page(source=document.source, text=document.text[:READ_CHARACTERS], language=language)
        mark_codes(page, goods)
        mark_orders(page)
        called = called or bool(page.between(0, len(page.text), "order", "own reference"))
        said |= numbers_said(page)
        alone |= {page.text[first:last] for first, last in lone_numbers(page)}
    subject = "\n".join(one.text for one in read if one.source == "subject")
    bodies = [one.text for one in read if one.source != "subject"]
    alone = {one for one in alone if one.rpartition("/")[0] not in alone and is_echoed(one, subject, bodies)}
    return frozenset(said if called else alone)


def _mark_totals(page: Page) -> None:
    """A sum and its number; it is read again where the lines are known."""
    for found in words.TOTAL.finditer(page.text):
        number = re.compile(
            r"(?:[$€£]|[A-Z]{3})?[ ]?\d[\d.,']*(?:[ ]\d{3})*(?:[ ]?(?:[$€£]|EUR|USD|GBP|pcs|pieces|stück|stk|ea))?",
            re.IGNORECASE,
        ).match(page.text, found.end())
        if number and page.is_free(found.start(), number.end()):
            page.add("total", found.start(), number.end(), number.span())
