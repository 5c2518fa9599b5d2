"""Numbers under a heading: "Bestellnummer | Datum" and the row below it, in folded text."""

import itertools
import re
from collections.abc import Iterator

_CELL = re.compile(r"[^|;\t\n]+?(?=[ ]*(?:[|;]|\t|[ ]{2}|$))")
_ORDERS = re.compile(
    r"(?:(?:our|unsere?|notre|nuestr[oa]|onze?|cust(?:omer)?\.?)[ ])?(?:p\.?[ ]?o\.?|(?:purchase[ ])?order"
    r"|(?:bestell(?:ung)?|auftrags?|inkoop(?:order)?|bestel(?:ling)?|commande|cde|pedido|orden|o\.?c\.?|b\.?c\.?)"
    r"(?:[ ]de[ ]compra)?)[ /-]?(?:(?:no|nr|number|nummer|num|numero|id|ref(?:erence)?|#|n[\u00b0\u00ba]|line"
    r"|item|pos(?:ition)?)\.?)?"
    r"|(?:n[\u00b0\u00ba]|no|num|numero)\.?[ ]?(?:de[ ])?(?:la[ ])?(?:commande|cde|pedido|orden)"
)
_NUMBER = re.compile(r"#?(?P<value>(?=[\w./-]*\d)[a-z0-9][\w./ -]{1,38})")
_SHORTEST = 3
_DIGIT = re.compile(r"\d")
_NO_ROW = re.compile(r"[\s|+=:_-]*")


def under_headings(folded: str) -> Iterator[tuple[int, int]]:
    """Where values stand under a heading that calls them the order's number, one to a row of headings."""
    rows: list[tuple[int, str]] = []
    start = 0
    for row in folded.split("\n"):
        if not _NO_ROW.fullmatch(row):
            rows.append((start, row))
        start += len(row) + 1
    for place, (_, names) in enumerate(rows):
        heads = [one[0].strip() for one in _CELL.finditer(names) if one[0].strip()]
        orders = [at for at, head in enumerate(heads) if _ORDERS.fullmatch(head.rstrip(".:"))]
        if _DIGIT.search(names) or len(orders) != 1:
            continue
        below = _below(rows[place + 1 :], len(heads), orders[0])
        yield from below if len(heads) > _SHORTEST else itertools.islice(below, 1)


def _below(rows: list[tuple[int, str]], width: int, column: int) -> Iterator[tuple[int, int]]:
    """Where the values of a column stand, in rows of as many cells as it has headings."""
    for at, row in rows:
        cells = [one for one in _CELL.finditer(row) if one[0].strip()]
        if len(cells) != width:
            return
        cell = cells[column]
        lead = len(cell[0]) - len(cell[0].lstrip())
        found = _NUMBER.fullmatch(cell[0].strip())
        if found is None or (width == 1 and len(found["value"]) <= _SHORTEST):
            return
        yield at + cell.start() + lead + found.start("value"), at + cell.start() + lead + found.end("value")
