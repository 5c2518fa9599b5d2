"""Rows of tables: which column of a header is the quantity's, whatever keeps the columns apart."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from agents.order_intake.second.counts import quantity_of_cell
from agents.order_intake.second.folding import folded
from core.domain.intake.letters import Document

MOST_ROWS_APART = 200
_QUANTITY = re.compile(
    r"(?:order(?:ed)?|bestell|bestel|req(?:uired|\.)?|total)?[ .-]*(?:qty|quantity|quant\.?$|menge|anzahl|stuckzahl"
    r"|cantidad"
    r"|cant\b|cdad|ctd|quantite|qte|aantal|hoeveelheid|nombre\b|nbre)(?![^(]*(?:per|/|pro|por|par)[ ]?(?:box|pack"
    r"|pal|carton|case))"
)
_PIECES = re.compile(r"(?:pcs|pieces|stk|stuck|st|uds|unidades|stuks|units|pzas|piezas|ea|unites)\.?$")
_WANTED = re.compile(
    r"(?:ordered|needed|need|required|requested|wanted|reqd|bestellt|benotigt|bedarf|commande|demande|besoin|pedido"
    r"|solicitado|besteld|gevraagd|nodig)\.?$"
)
_CHUNK = re.compile(r"\S+(?: \S+)*")
_WORD = re.compile(r"\S+")
_MARKS = ("\t", "|", ";", ",")


def quantity_of_table_row(document: Document, start: int, end: int) -> tuple[bool, Decimal | None]:
    """Whether the row from `start` to `end` is one of a table whose header names the quantity, and the quantity."""
    text = document.text[start:end]
    cells = _of_tables(document, text) or _of_marks(document.text, start, text)
    if cells is not None:
        written, at = cells
        return True, quantity_of_cell(folded(written[at])) if at < len(written) else None
    if "\n" in text.strip("\n"):
        return False, None
    return _aligned(document.text, start, text)


def _column_of(header: Sequence[str], cells: Sequence[str]) -> int | None:
    """The column of the quantity, which may also be headed as what is wanted where a row has a number there."""
    named = _column(header)
    if named is not None or len(header) < len(cells) or any(char.isdigit() for name in header for char in name):
        return named
    found = [at for at, name in enumerate(_names(header)) if _WANTED.match(name) and at < len(cells)]
    counts = [at for at in found if quantity_of_cell(folded(cells[at])) is not None]
    return counts[0] if len(counts) == 1 else None


def _names(header: Sequence[str]) -> list[str]:
    return [" ".join(folded(name).split()).strip(" .:*#") for name in header]


def _column(header: Sequence[str]) -> int | None:
    names = _names(header)
    if any(char.isdigit() for name in names for char in name):
        return None
    for pattern in (_QUANTITY, _PIECES):
        found = [at for at, name in enumerate(names) if pattern.match(name)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _of_tables(document: Document, row: str) -> tuple[list[str], int] | None:
    for table in document.tables:
        at: int | None = None
        for cells in table:
            if at is None:
                at = _column(cells)
                continue
            written = [cell.strip() for cell in cells if cell.strip()]
            if len(written) > 1 and all(cell in row for cell in written):
                return list(cells), at
    return None


def _of_marks(text: str, start: int, row: str) -> tuple[list[str], int] | None:
    """The same for a row of text whose cells are kept apart by one character, under a header with as many, or more."""
    if "\n" in row.strip("\n"):
        return None
    for mark in _MARKS:
        cells = _split(row, mark)
        if len(cells) < 2:
            continue
        for line in _above(text, start):
            header = _split(line, mark)
            at = _column_of(header, cells) if len(header) >= max(len(cells), 2) else None
            if at is not None:
                return cells, at
    return None


def _split(row: str, mark: str) -> list[str]:
    if mark == "|":
        row = row.strip().removeprefix("|").removesuffix("|")
    return row.split(mark)


def _aligned(text: str, start: int, row: str) -> tuple[bool, Decimal | None]:
    """A row whose cells stand below the words of a header, kept apart by two spaces or more, or one to a word."""
    for line in _above(text, start):
        for pattern in (_CHUNK if "  " in line.strip() else _WORD,):
            header = [(found.start(), found.end(), found[0]) for found in _chunks(line, pattern)]
            cells = [(found.start(), found.end(), found[0]) for found in _chunks(row, pattern)]
            alike = [cell[2] for cell in cells] if len(cells) == len(header) else []
            at = _column_of([name for _, _, name in header], alike) if len(header) > 1 else None
            if at is None:
                continue
            if len(cells) == len(header):
                return True, quantity_of_cell(folded(cells[at][2]))
            left = header[at - 1][1] if at else 0
            right = header[at + 1][0] if at + 1 < len(header) else len(row) + len(line)
            below = [cell for cell in cells if left <= cell[0] and cell[1] <= right]
            found = [value for cell in below if (value := quantity_of_cell(folded(cell[2]))) is not None]
            return bool(found), found[0] if len(found) == 1 else None
    return False, None


def _chunks(line: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    return pattern.finditer(line)


def _above(text: str, start: int) -> Iterator[str]:
    """The rows above, the nearest first."""
    end = start - 1
    for _ in range(MOST_ROWS_APART):
        if end < 0:
            return
        begin = text.rfind("\n", 0, end) + 1
        yield text[begin:end]
        end = begin - 1
