"""Numbers under a heading: "Bestellnummer | Datum" and the row below it, in folded text."""

import itertools
import re
from collections.abc import Iterator

_CELL = re.compile(r"[^|\t\n]+?(?=[ ]*(?:\||\t|[ ]{2}|$))")
_ORDERS = re.compile(
    r"(?:(?:our|unsere?|notre|nuestr[oa]|onze?|cust(?:omer)?\.?)[ ])?(?:p\.?[ ]?o\.?|(?:purchase[ ])?order"
    r"|(?:bestell(?:ung)?|auftrags?|inkoop(?:order)?|bestel(?:ling)?|commande|cde|pedido|orden|o\.?c\.?|b\.?c\.?)"
    r"(?:[ ]de[ ]compra)?)[ -]?(?:(?:no|nr|number|nummer|num|numero|id|ref(?:erence)?|#|n[\u00b0\u00ba])\.?)?"
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
    for (_, names), (at, values) in itertools.pairwise(rows):
        if _DIGIT.search(names):
            continue
        heads = [one[0].strip() for one in _CELL.finditer(names) if one[0].strip()]
        cells = [one for one in _CELL.finditer(values) if one[0].strip()]
        orders = [place for place, head in enumerate(heads) if _ORDERS.fullmatch(head.rstrip(".:"))]
        if len(heads) != len(cells) or len(orders) != 1:
            continue
        cell = cells[orders[0]]
        lead = len(cell[0]) - len(cell[0].lstrip())
        found = _NUMBER.fullmatch(cell[0].strip())
        if found is not None and (len(heads) > 1 or len(found["value"]) > _SHORTEST):
            yield at + cell.start() + lead + found.start("value"), at + cell.start() + lead + found.end("value")
