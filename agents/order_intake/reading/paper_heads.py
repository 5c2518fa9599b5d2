"""Heads of forms written as two rows: "Order No.  Date  Buyer", or only "Order No.", and below it what each is."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from agents.order_intake.reading.headings import is_heading
from agents.order_intake.reading.page import Page
from core.domain.intake.item_words import plain_text

_NO = r"(?:no|nr|num|number|nummer|numero|n|n o|id|ref|reference|referenz|referencia|referentie|#)"
_ORDER = (
    r"(?:our |unsere? |notre |nuestr[oa] |onze? |cust(?:omer)? )?(?:p ?o|purchase order|order|bestell(?:ung)?|auftrags?"
    r"|bestellung|commande|cde|bon de commande|b ?c|pedido|orden(?: de compra)?|o ?c|bestelling|bestel|inkooporder)"
)
_CALLED = re.compile(
    rf"{_ORDER}(?: ?{_NO}| (?:line|item|pos|position))?"
    rf"|{_NO} (?:de |du |of )?(?:la |the )?{_ORDER}|bestellnr|bestelnr|ordernr"
)
_JOINED = re.compile(rf"{_ORDER}(?:nummer|nr|no)")
_WANTED = re.compile(r"deliver|due|need|requir|ship|liefer|termin|livr|entreg|lever|want|arriv|request|wunsch|dock")
_VALUE = re.compile(
    r"(?:(?i:p\.?o\.?|no\.|nr\.|n[°º])[ ]?[#:]?[ ]?(?=[A-Za-z]{0,6}[ -]?\d{3})|#[ ]?)?"
    r"(?P<value>(?=[\w./-]*\d)[A-Za-z0-9][\w./-]{1,38}(?<![./-])|[A-Z]{1,5}(?:-[A-Z]{1,3})? \d{2,}(?:[/-]\d+)*)"
)
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}(?:st|nd|rd|th)")
_RULE = re.compile(r"[\s|+=:_-]*")
_SHORTEST, _LONGEST_COUNT = 3, 4
_GAP = re.compile(r"[ ]*[|;][ ]*|\t|[ ]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    start: int
    end: int
    text: str


def mark_paper_heads(page: Page) -> None:
    """Marks the number of the order under its heading, and what stands beside it as numbers of other things."""
    rows = [row for row in _rows(page.text) if not _RULE.fullmatch("".join(cell.text for cell in row))]
    for at, names in enumerate(rows):
        if not any(_calls_order(cell.text) for cell in names):
            continue
        if is_heading([cell.text for cell in names]):
            _mark_column(page, names, rows[at + 1 :])
        values = rows[at + 1] if at + 1 < len(rows) else []
        if not _is_head(names) or len(values) != len(names):
            continue
        for name, value in zip(names, values, strict=True):
            found = _VALUE.fullmatch(value.text)
            if _calls_order(name.text):
                told = found and (len(names) > 1 or len(value.text) > _SHORTEST) and not _DATE.fullmatch(value.text)
                if found and told:
                    _mark(page, value, found)
            elif not _WANTED.search(plain_text(name.text)) and page.add("reference", value.start, value.end):
                page.explain(value.start, value.end)


def _mark_column(page: Page, names: list[_Cell], rows: list[list[_Cell]]) -> None:
    """Marks the numbers of orders in a column of a table of goods."""
    place = next(at for at, cell in enumerate(names) if _calls_order(cell.text))
    for row in itertools.takewhile(lambda row: len(row) == len(names), rows):
        value = row[place]
        found = _VALUE.fullmatch(value.text)
        if found and (not value.text.isdecimal() or len(value.text) > _LONGEST_COUNT):
            _mark(page, value, found)


def _mark(page: Page, cell: _Cell, number: re.Match[str]) -> None:
    first, last = (cell.start + at for at in number.span("value"))
    if page.add("order", cell.start, cell.end, (first, last)):
        page.explain(cell.start, cell.end)


def _is_head(names: list[_Cell]) -> bool:
    """Whether a row names one of its things as the order's number, and no column of goods."""
    cells = [name.text for name in names]
    plain = not any(char.isdigit() for cell in cells for char in cell)
    return plain and sum(map(_calls_order, cells)) == 1 and not is_heading(cells)


def _calls_order(cell: str) -> bool:
    words = re.sub(r"[^\w#]+", " ", plain_text(cell)).strip()
    return _CALLED.fullmatch(words) is not None or _JOINED.fullmatch(words.replace(" ", "")) is not None


def _rows(text: str) -> Iterator[list[_Cell]]:
    """The cells of each line that has any, without empty ones at its ends."""
    start = 0
    for line in text.split("\n"):
        cells: list[_Cell] = []
        at = start
        for found in [*_GAP.finditer(line), None]:
            end = start + (found.start() if found else len(line))
            first, last = at, end
            while first < last and text[first].isspace():
                first += 1
            while last > first and text[last - 1].isspace():
                last -= 1
            cells.append(_Cell(start=first, end=last, text=text[first:last]))
            at = start + found.end() if found else end
        while cells and not cells[0].text:
            cells.pop(0)
        while cells and not cells[-1].text:
            cells.pop()
        if cells:
            yield cells
        start += len(line) + 1
