"""Lines of an order from the rows of a table; what does not fit its column is unclear, not shifted into place."""

import re
from decimal import Decimal

from agents.order_intake.reading.cells import Cell, Row
from agents.order_intake.reading.columns import settled
from agents.order_intake.reading.grids import Grid
from agents.order_intake.reading.page import Page, is_digit
from agents.order_intake.reading.words import TOTAL
from agents.order_intake.values.numbers import Habits, read_number
from core.domain.intake.transcripts import Said, TranscribedLine, Unclear

_QUANTITY = re.compile(r"(?P<value>\d[\d.,' ]*\d|\d)(?:[ ]*(?:x|\u00d7))?(?:[ ]*(?P<unit>[^\W\d_]+\.?))?")
_PRICE = re.compile(r"[^\d]{0,6}\d[\d.,' ]*(?:,-)?[^\d]{0,12}(?:\d{1,4}[^\d]{0,8})?")
_SUMS = re.compile(
    r"(?:(?:grand |order |sub-?|net )?totals?\b|gesamt|summe\b|zwischensumme|sous-total|montant total|importe total"
    r"|suma\b|totaa?l|sum\b|subtotaal|som\b|nombre total|cantidad total|number of (?:lines|pieces|items)"
    r"|anzahl (?:positionen|stück)|(?:mwst|ust|vat|tva|iva|btw|sales tax|tax)\b"
    r"|(?:freight|shipping|handling|delivery charge|fracht|versand(?:kosten)?|transport|frais de port|portes"
    r"|verzendkosten)\b)",
    re.IGNORECASE,
)
_BESIDE_SUMS = re.compile(
    r"(?:mwst|ust|vat|tva|iva|btw|(?:sales )?tax|freight|shipping|handling|delivery|fracht|versand|transport"
    r"|frais de port|portes|verzendkosten|insurance|versicherung|assurance|seguro|verzekering)",
    re.IGNORECASE,
)
_SUM = re.compile(r"\W*(?:[$€£]|[A-Z]{3})?[ ]?\d[\d.,' ]*[ ]?(?:[^\W\d_]{1,8}\.?|[$€£])?\W*", re.IGNORECASE)
_CENTS = re.compile(r"[.,]\d\d(?!\d)")
_SIGN = re.compile(r"[$€£]|\b(?:USD|EUR|GBP|CHF)\b")


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, page: Page, grid: Grid, habits: Habits, first: int) -> None:
        self._page, self._grid, self._habits = page, grid, habits
        self._roles = settled(page, grid.roles, grid.rows)
        self._first = first
        self.lines: list[TranscribedLine] = []
        self.unclear: list[Unclear] = []
        self.prose: list[tuple[int, int]] = []
        self._extra = Decimal(0)

    def read(self) -> None:
        """Reads every row. Rows that are no line of the order are left for the reader of prose."""
        if self._grid.heading:
            for cell in self._grid.heading:
                self._page.explain(cell.start, cell.end)
        for row in self._grid.rows:
            self._read_row(row)

    def _text(self, cell: Cell) -> str:
        return self._page.text[cell.start : cell.end]

    def _read_row(self, row: Row) -> None:
        start, end = row[0].start, row[-1].end
        if self._is_total(row):
            self._read_total(row)
            return
        item, described = self._get(row, "item"), self._get(row, "description")
        theirs, quantity = self._get(row, "customer_item"), self._get(row, "quantity")
        goods = item or theirs or described
        if goods and not self._names_goods(goods) and not self._counts(quantity):
            self.prose.append((start, end))
            return
        if not goods and not quantity:
            self.prose.append((start, end))
            return
        if not quantity and not item and not theirs:
            self.prose.append((start, end))
            return
        number = self._first + len(self.lines) + 1
        if len(row) != len(self._roles):
            self._unclear("line", "the row has not as many cells as the table has headings", row, number)
        if self._grid.guessed:
            self._unclear("line", "no heading says that the numbers are quantities", row, number)
        if goods and _is_ditto(self._text(goods)):
            self._unclear("item", "the row says only that it is as above", row, number)
        words = self._both_numbers(theirs, described) if item and theirs else described
        coded, said = self._told_apart(item or theirs, words)
        self.lines.append(self._line(row, number, coded, said))
        self._check_row(row, number)

    def _names_goods(self, cell: Cell) -> bool:
        """Whether words may name goods: a label such as "Ship to" has neither a digit nor a word of any item."""
        has_digit = any(map(is_digit, self._text(cell)))
        return has_digit or bool(self._page.between(cell.start, cell.end, "code", "name")) or "-" in self._text(cell)

    def _counts(self, cell: Cell | None) -> bool:
        """Whether anything but a day stands in the cell of the quantity."""
        return cell is not None and not self._page.between(cell.start, cell.end, "day")

    def _both_numbers(self, theirs: Cell, described: Cell | None) -> Cell:
        """The customer's own number with the words beside it, if they are neighbours: both have to mean the item."""
        if described is None:
            return theirs
        start, end = min(theirs.start, described.start), max(theirs.end, described.end)
        between = self._page.text[min(theirs.end, described.end) : max(theirs.start, described.start)]
        return theirs if between.strip(' \t|;,"') else Cell(start, end)

    def _told_apart(self, item: Cell | None, described: Cell | None) -> tuple[Cell | None, Cell | None]:
        """The code and the words of goods, where one cell holds both ("CIM-027 / Valve, gate")."""
        for cell in (item, described):
            codes = self._page.between(cell.start, cell.end, "code") if cell else []
            if cell is None or len(codes) != 1 or (cell is described and item is not None):
                continue
            code = Cell(codes[0].start, codes[0].end)
            before, after = (cell.start, code.start), (code.end, cell.end)
            words = [Cell(*self._page.trimmed(*one, " \t\n,;:.()[]|*-/=\u2013\u2014'")) for one in (before, after)]
            rest = [one for one in words if any(map(str.isalpha, self._page.text[one.start : one.end]))]
            if rest:
                return code, described if cell is item and described else max(rest, key=lambda one: one.end - one.start)
        return item, described

    def _line(self, row: Row, number: int, item: Cell | None, described: Cell | None) -> TranscribedLine:
        quantity, unit = self._quantity(row, number)
        price = self._get(row, "unit_price")
        priced = self._price(row, price, number) if price else None
        day = self._get(row, "requested")
        sign = self._get(row, "currency")
        position = self._get(row, "number")
        return TranscribedLine(
            item=self._said(item),
            description=self._said(described),
            quantity=quantity,
            unit=unit,
            requested=self._day(row, day, number) if day else None,
            unit_price=priced,
            currency=self._said(sign) or self._sign_of(price),
            number=self._said(position),
        )

    def _quantity(self, row: Row, number: int) -> tuple[Said | None, Said | None]:
        cell = self._get(row, "quantity")
        unit = self._get(row, "unit")
        if cell is None:
            self._unclear("quantity", "the row has no quantity", row, number)
            return None, self._said(unit)
        found = _QUANTITY.fullmatch(self._text(cell))
        if not found:
            self._unclear("quantity", f"{self._text(cell)[:40]!r} is no quantity", row, number)
            return self._said(cell), self._said(unit)
        price = self._get(row, "unit_price")
        if re.search(r"[.,]\d{2}$", found["value"]) and price and not re.search(r"[.,]\d{2}", self._text(price)):
            self._unclear("quantity", f"{found['value']!r} looks like the price", row, number)
        first, last = (cell.start + place for place in found.span("value"))
        said = self._page.said(cell.start, cell.end, (first, last))
        if found["unit"] and unit is None:
            start, end = (cell.start + place for place in found.span("unit"))
            return said, self._page.said(start, end)
        return said, self._said(unit)

    def _day(self, row: Row, cell: Cell, number: int) -> Said:
        said = self._page.said(cell.start, cell.end)
        if any(is_digit(char) for char in said.text) and re.fullmatch(r"\d{1,3}", said.text):
            self._unclear("requested", f"{said.text!r} stands where a date should", row, number)
        return said

    def _price(self, row: Row, cell: Cell, number: int) -> Said:
        if not _PRICE.fullmatch(self._text(cell)):
            self._unclear("unit_price", f"{self._text(cell)[:40]!r} is no price", row, number)
        return self._page.said(cell.start, cell.end)

    def _sign_of(self, cell: Cell | None) -> Said | None:
        found = _SIGN.search(self._text(cell)) if cell else None
        return self._page.said(cell.start + found.start(), cell.start + found.end()) if cell and found else None

    def _check_row(self, row: Row, number: int) -> None:
        """What stands in the other cells: sums that have to agree, remarks, and columns nobody knows."""
        for cell, role in zip(row, self._roles, strict=False):
            if cell.end <= cell.start:
                continue
            if role == "amount":
                self._check_amount(row, cell, number)
            if role == "remark":
                self._unclear("notes", "a remark stands beside the line", (cell,), number)
            if role in {"silent", "amount", "remark"}:
                self._page.explain(cell.start, cell.end)

    def _check_amount(self, row: Row, cell: Cell, number: int) -> None:
        values = [self._number(self._get(row, role)) for role in ("quantity", "unit_price")]
        amount = self._number(cell)
        if amount is None or None in values:
            return
        product = (values[0] or Decimal(0)) * (values[1] or Decimal(0))
        if abs(product - amount) > Decimal("0.05") * (1 + (values[0] or Decimal(0)) / 10):
            self._unclear(
                "quantity", f"quantity times price is {product.normalize():f}, not the amount written", row, number
            )

    def _number(self, cell: Cell | None) -> Decimal | None:
        return self._number_in(self._text(cell)) if cell else None

    def _number_in(self, words: str) -> Decimal | None:
        found = re.search(r"\d[\d.,']*", words)
        value = read_number(found[0].rstrip(".,"), "", self._habits) if found else None
        return value if isinstance(value, Decimal) else None

    def _is_total(self, row: Row) -> bool:
        words = [self._text(cell) for cell in row if cell.end > cell.start]
        first = next(iter(words), "")
        if _SUMS.match(first) and not self._page.between(row[0].start, row[-1].end, "code", "name"):
            return True
        return any(TOTAL.fullmatch(one.rstrip(" :")) or TOTAL.fullmatch(f"{one}: ".lower()) for one in words[:4])

    def _read_total(self, row: Row) -> None:
        """A row of totals: every number in it has to be the lines' quantities, their money or their count."""
        counted, money = Decimal(0), Decimal(0)
        for line in self.lines:
            quantity = read_number(line.quantity.text, "", self._habits) if line.quantity else None
            price = self._number_in(line.unit_price.text) if line.unit_price else None
            counted += quantity if isinstance(quantity, Decimal) else 0
            money += quantity * price if isinstance(quantity, Decimal) and price is not None else 0
        beside = bool(_BESIDE_SUMS.match(next((self._text(cell) for cell in row if cell.end > cell.start), "")))
        for cell, role in zip(row, (*self._roles, *([None] * len(row))), strict=False):
            value = self._number(cell) if _SUM.fullmatch(self._text(cell)) else None
            if beside:
                self._extra += value or Decimal(0)
                continue
            sums = (money, money + self._extra)
            known = value in {counted, Decimal(len(self.lines))} or (
                value is not None and any(abs(value - one) <= 1 for one in sums)
            )
            cents = role != "quantity" and _CENTS.search(self._text(cell))
            is_money = _SIGN.search(self._text(cell)) or cents
            if value is not None and not known and (money or not is_money):
                self._unclear("lines", f"the lines come to {counted:f} pieces, not to the total", row, None)
                break
        self._page.explain(row[0].start, row[-1].end)

    def _get(self, row: Row, role: str) -> Cell | None:
        return next(
            (cell for cell, of in zip(row, self._roles, strict=False) if of == role and cell.end > cell.start), None
        )

    def _said(self, cell: Cell | None) -> Said | None:
        return self._page.said(cell.start, cell.end) if cell else None

    def _unclear(self, about: str, why: str, row: Row, number: int | None) -> None:
        quote = self._page.quote(row[0].start, row[-1].end)
        self.unclear.append(Unclear(field=about, why=why, quote=quote, line=number))


def _is_ditto(words: str) -> bool:
    return bool(re.fullmatch(r"(?:\"|''|”|dito|ditto|idem|do\.|same|id\.)+", words.strip(), re.IGNORECASE))
