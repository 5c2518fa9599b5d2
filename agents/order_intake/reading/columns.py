"""What the columns of a table hold: told by their headings, and by the cells where a heading says nothing or something
else."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agents.order_intake.reading.cells import Row
from agents.order_intake.reading.headings import wants
from agents.order_intake.reading.page import Page, is_digit
from agents.order_intake.values.units import UNIT_WORDS

_OWN_NUMBER = re.compile(r"(?=\S*[^\W\d_])\S*\d\S*")
# A code without a digit is one only in a column of codes ("AC-S" below "AV-03").
_LETTERED = re.compile(r"[A-Z]{1,4}-[A-Z]{1,3}")


def settled(page: Page, of: Sequence[str | None], rows: Sequence[Row]) -> tuple[str | None, ...]:
    """The roles of the columns. An "item" column that only counts is the position, and a role is given once."""
    roles = list(of)
    held = {"number": _only_counts, "item": _only_codes, "unit": _only_units}
    for at, role in enumerate(roles):
        for name, holds in held.items():
            if role is None and name not in roles and holds(page, rows, at):
                roles[at] = name
        if (
            role == "item"
            and _only_counts(page, rows, at)
            and any(one in {"item", "description"} for one in roles[at + 1 :])
        ):
            roles[at] = "number"
    roles = _goods_by_content(page, rows, roles)
    for at, role in enumerate(roles):
        if role in {"item", "customer_item", "description"} and role in roles[:at]:
            roles[at] = "description" if "description" not in roles else None
        elif role == "quantity" and role in roles[:at] and _has_no_number(page, rows, at):
            roles[at] = "unit" if "unit" not in roles else None
        elif role is None and _is_beside(page, rows, at):
            roles[at] = "silent"
        elif role in roles[:at] and role not in {"silent", "remark", "amount", None}:
            roles[at] = "remark" if role != "requested" else None
    return tuple(roles)


@dataclass(frozen=True, slots=True)
class Counted:
    """The column of the quantity; it is `guessed` where only its being whole numbers speaks for it."""

    at: int
    guessed: bool = False


def counted_among(
    page: Page, headings: Sequence[str], roles: Sequence[str | None], rows: Sequence[Row]
) -> Counted | None:
    """The column of the quantity, if there are goods in the rows: the one whose heading says so, else the only one with
    whole numbers in every row whose heading says that they are wanted, or that come to the amounts at their prices."""
    body = [row for row in rows if len(row) == len(roles) and _goods_in(page, row)]
    if not body or len(body) * 2 < len(rows):
        return None
    if "quantity" in roles:
        return Counted(roles.index("quantity"))
    free = [at for at, role in enumerate(roles) if role in {None, "requested"}]
    counts = [at for at in free if _only_whole_numbers(page, body, at)]
    wanted = [at for at in counts if wants(headings[at])]
    priced = [at for at in counts if _come_to_amounts(page, body, at, roles)]
    sure = next((found[0] for found in (wanted, priced) if len(found) == 1), None)
    if sure is not None:
        return Counted(sure)
    return Counted(counts[0], guessed=True) if len(counts) == 1 else None


def _come_to_amounts(page: Page, rows: Sequence[Row], at: int, roles: Sequence[str | None]) -> bool:
    if not {"unit_price", "amount"} <= set(roles):
        return False
    price, amount = roles.index("unit_price"), roles.index("amount")
    for row in rows:
        cells = [page.text[row[one].start : row[one].end] for one in (at, price, amount)]
        pence = [re.sub(r"\D", "", cell) for cell in cells]
        cents = [len(re.findall(r"[.,]\d\d(?!\d)", cell)) for cell in cells[1:]]
        if not all(pence) or cents != [1, 1] or int(pence[0]) * int(pence[1]) != int(pence[2]):
            return False
    return True


def _goods_in(page: Page, row: Row) -> bool:
    return any(cell.filled and page.between(cell.start, cell.end, "code", "name") for cell in row)


def _only_whole_numbers(page: Page, rows: Sequence[Row], at: int) -> bool:
    cells = [page.text[row[at].start : row[at].end] for row in rows]
    return all(re.fullmatch(r"[1-9]\d{0,4}(?:[ ]?[^\W\d_]{1,5}\.?)?", cell) for cell in cells)


def _goods_by_content(page: Page, rows: Sequence[Row], roles: list[str | None]) -> list[str | None]:
    """The roles, with the columns for goods told apart by what they hold: codes are of the item, words describe it,
    numbers nobody knows beside known codes are of the customer's own books. Of two columns of codes the one with more
    of them is of the item."""
    goods = [at for at, role in enumerate(roles) if role in {"item", "description"}]
    coded = [at for at in goods if _only_codes(page, rows, at)]
    if len(goods) == 2 and len(coded) == 1:
        roles = [("item" if at in coded else "description") if at in goods else role for at, role in enumerate(roles)]
    elif len(goods) > 2 and len(coded) == 1 and roles[coded[0]] == "item":
        own = [at for at in goods if at not in coded and roles[at] == "item" and _only_unknown(page, rows, at)]
        roles = ["silent" if at in own else role for at, role in enumerate(roles)]
    elif len(coded) == 2 and "customer_item" not in roles and all(roles[at] == "item" for at in coded):
        fewer = min(coded, key=lambda at: sum(at < len(row) and row[at].filled for row in rows))
        roles[fewer] = "customer_item"
    if "item" in roles and "customer_item" not in roles:
        own = [at for at, role in enumerate(roles) if role in {None, "number"} and _only_codes(page, rows, at)]
        roles = ["customer_item" if own == [at] else role for at, role in enumerate(roles)]
    if "description" not in roles:
        named = [at for at, role in enumerate(roles) if role is None and _only_names(page, rows, at)]
        roles = ["description" if named == [at] else role for at, role in enumerate(roles)]
    return roles


def _only_names(page: Page, rows: Sequence[Row], at: int) -> bool:
    cells = [row[at] for row in rows if at < len(row) and _goods_in(page, row)]
    return (
        bool(cells)
        and all(page.between(one.start, one.end, "name") for one in cells if one.filled)
        and any(one.filled for one in cells)
    )


def _only_unknown(page: Page, rows: Sequence[Row], at: int) -> bool:
    """Whether a column holds numbers of one word each, none of them of goods, and no days."""
    width = max(map(len, rows), default=0)
    full = [row for row in rows if at < len(row) and sum(cell.filled for cell in row) * 2 > width]
    cells = [row[at] for row in full if row[at].filled]
    return bool(cells) and all(
        re.fullmatch(r"\S*\d\S*", page.text[one.start : one.end])
        and not page.between(one.start, one.end, "code", "name", "day")
        for one in cells
    )


def _only_counts(page: Page, rows: Sequence[Row], at: int) -> bool:
    cells = [page.text[row[at].start : row[at].end] for row in rows if at < len(row)]
    numbers = [int(cell) for cell in cells if re.fullmatch(r"\d{1,5}", cell)]
    steps = {after - before for before, after in itertools.pairwise(numbers)}
    return bool(numbers) and len(steps) <= 1 and all(step > 0 for step in steps) and numbers[0] in {1, 10, 100, 1000}


def _only_codes(page: Page, rows: Sequence[Row], at: int) -> bool:
    cells = [row[at] for row in rows if at < len(row) and row[at].filled and _goods_in(page, row)]
    known = [cell for cell in cells if page.between(cell.start, cell.end, "code")]
    others = [page.text[cell.start : cell.end] for cell in cells if cell not in known]
    return bool(known) and all(_LETTERED.fullmatch(one) for one in others)


def _only_units(page: Page, rows: Sequence[Row], at: int) -> bool:
    cells = [page.text[row[at].start : row[at].end].lower() for row in rows if at < len(row)]
    return any(cells) and all(cell.rstrip(".") in UNIT_WORDS | {"un", "u", "st"} for cell in cells if cell)


def _has_no_number(page: Page, rows: Sequence[Row], at: int) -> bool:
    cells = [page.text[row[at].start : row[at].end] for row in rows if at < len(row)]
    return bool(cells) and not any(is_digit(char) for cell in cells for char in cell)


def _is_beside(page: Page, rows: Sequence[Row], at: int) -> bool:
    """Whether a column nobody knows holds only numbers of the customer's own books: letters and digits in one, and
    nothing that could be goods, a day or a count."""
    cells = [row[at] for row in rows if at < len(row) and row[at].end > row[at].start]
    return bool(cells) and all(
        _OWN_NUMBER.fullmatch(page.text[cell.start : cell.end])
        and not page.between(cell.start, cell.end, "code", "name", "day")
        for cell in cells
    )
