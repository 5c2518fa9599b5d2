"""Tables in a text: rows of cells with the place of each, however the columns are divided."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agents.order_intake.reading.fitting import fitted, headings_in
from agents.order_intake.reading.headings import column_role, is_heading, role_of
from agents.order_intake.reading.page import Page

_RULE = re.compile(r"[\s|+:=_\-\u2013\u2014]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's place in the text, without spaces around it; an empty one has no length."""

    start: int
    end: int


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of one table, the roles of its columns, and where the heading is, if there is one."""

    roles: tuple[str | None, ...]
    rows: tuple[Row, ...]
    heading: Row | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text."""

    start: int
    end: int


def lines_of(text: str) -> list[Line]:
    """Every line with its place."""
    lines: list[Line] = []
    start = 0
    for words in text.split("\n"):
        lines.append(Line(start, start + len(words)))
        start += len(words) + 1
    return lines


def find_grids(page: Page) -> list[Grid]:
    """Every table that has a heading."""
    lines = lines_of(page.text)
    grids: list[Grid] = []
    at = 0
    while at < len(lines):
        divider = _heading_divider(page.text, lines[at])
        if divider is None:
            bare = _undivided(page, lines, at)
            grids.extend([bare] if bare else [])
            at += len(bare.rows) + 1 if bare else 1
            continue
        heading = cells_of(page.text, lines[at], divider)
        roles = tuple(column_role(page.text[cell.start : cell.end]) for cell in heading)
        rows, after = _rows_below(page.text, lines, at + 1, divider, heading)
        rows = [row if len(row) == len(roles) else _refitted(page, row, roles) for row in rows]
        end = lines[after - 1].end
        grids.append(Grid(roles=roles, rows=tuple(rows), heading=heading, start=lines[at].start, end=end))
        at = max(after, at + 1)
    return grids


def _refitted(page: Page, row: Row, roles: tuple[str | None, ...]) -> Row:
    """The row taken apart by what its columns hold; as it was where that cannot be done."""
    spans = fitted(page, row[0].start, row[-1].end, roles)
    return row if spans is None else tuple(Cell(*span) for span in spans)


def _undivided(page: Page, lines: Sequence[Line], at: int) -> Grid | None:
    """A table whose columns only words divide: a line of nothing but headings, and rows below that fit them."""
    for spans in headings_in(page.text, lines[at].start, lines[at].end):
        if len(spans) < 2 or not is_heading([page.text[slice(*span)] for span in spans]):
            continue
        roles = tuple(role_of(page.text[slice(*span)]) for span in spans)
        rows: list[Row] = []
        for line in lines[at + 1 :]:
            cells = fitted(page, line.start, line.end, roles)
            if cells is None:
                break
            rows.append(tuple(Cell(*span) for span in cells))
        if rows:
            heading = tuple(Cell(*span) for span in spans)
            return Grid(roles=roles, rows=tuple(rows), heading=heading, start=heading[0].start, end=rows[-1][-1].end)
    return None


_DIVIDERS = ("\t", "|", ";", "  ", ",")


def _heading_divider(text: str, line: Line) -> str | None:
    words = text[line.start : line.end]
    for divider in _DIVIDERS:
        if divider in words.strip(" "):
            cells = [text[cell.start : cell.end] for cell in cells_of(text, line, divider)]
            if len(cells) >= 2 and is_heading(cells):
                return divider
    return None


def cells_of(text: str, line: Line, divider: str) -> Row:
    """The cells of a line."""
    pattern = {"  ": r"[ ]{2,}|\t", "|": r"\||\t"}.get(divider, re.escape(divider))
    start, end = line.start, line.end
    if divider in {"|", "  "}:
        start, end = _inner(text, start, end, "| \t" if divider == "|" else " ")
    cells: list[Cell] = []
    at = start
    for found in re.finditer(pattern, text[start:end]):
        cells.append(_cell(text, at, start + found.start()))
        at = start + found.end()
    return (*cells, _cell(text, at, end))


def _inner(text: str, start: int, end: int, off: str) -> tuple[int, int]:
    if "|" in off:
        # Only the outer bars go: an empty first cell stays a cell.
        while start < end and text[start] in " \t":
            start += 1
        start += text[start:end].startswith("|")
        while end > start and text[end - 1] in " \t":
            end -= 1
        return start, end - text[start:end].endswith("|")
    while start < end and text[start] in off:
        start += 1
    while end > start and text[end - 1] in off:
        end -= 1
    return start, end


def _cell(text: str, start: int, end: int) -> Cell:
    off = ' \t"*'
    while start < end and text[start] in off:
        start += 1
    while end > start and text[end - 1] in " \t*":
        end -= 1
    if end > start and text[end - 1] == '"' and text[start - 1 : start] == '"':
        end -= 1
    return Cell(start, end)


def _rows_below(text: str, lines: Sequence[Line], at: int, divider: str, heading: Row) -> tuple[list[Row], int]:
    """Rows until the table ends: a line that is no row, or an empty line that no row follows."""
    rows: list[Row] = []
    while at < len(lines):
        words = text[lines[at].start : lines[at].end]
        if _RULE.fullmatch(words) and words.strip():
            at += 1
            continue
        following = at + 1 < len(lines) and _is_row(text, lines[at + 1], divider, len(heading))
        if following and not words.strip() and divider == "  " and _is_thin(text, lines[at + 1], len(heading)):
            break
        if following and (not words.strip() or _ends_cell(words, divider)):
            at += 1
            continue
        if not _is_row(text, lines[at], divider, len(heading)):
            break
        cells = cells_of(text, lines[at], divider)
        rows.append(_placed(cells, heading, text, lines[at]) if divider == "  " else cells)
        at += 1
    return rows, at


def _is_thin(text: str, line: Line, width: int) -> bool:
    """Whether a line has not even half as many cells as the table: after an empty line it is no row of it."""
    return sum(cell.end > cell.start for cell in cells_of(text, line, "  ")) * 2 < width


def _ends_cell(words: str, divider: str) -> bool:
    """Whether a line between rows only ends the words of the cell above: it is indented and has no number."""
    indented = words.startswith("   ") if divider == "  " else words.startswith(("\t", "| "))
    return indented and not any(char.isdigit() for char in words) and ":" not in words


def _is_row(text: str, line: Line, divider: str, width: int) -> bool:
    cells = cells_of(text, line, divider)
    filled = sum(cell.end > cell.start for cell in cells)
    return len(cells) >= 2 and filled >= 2 and (divider != "," or len(cells) == width)


def _placed(cells: Row, heading: Row, text: str, line: Line) -> Row:
    """Cells of a row divided by spaces, each under its heading; as they come where there are as many as headings."""
    if len(cells) == len(heading):
        return cells
    top = text.rfind("\n", 0, heading[0].start) + 1
    cut = _cut_below(cells, [head.start - top for head in heading], text, line)
    if cut is not None:
        return cut
    placed: list[Cell] = [Cell(line.end, line.end)] * len(heading)
    for cell in cells:
        left, right = cell.start - line.start, cell.end - line.start
        best = max(range(len(heading)), key=lambda one: (_overlap(left, right, heading[one], top), -one))
        if _overlap(left, right, heading[best], top) <= 0 or placed[best].end > placed[best].start:
            return cells
        placed[best] = cell
    return tuple(placed)


def _cut_below(cells: Row, starts: Sequence[int], text: str, line: Line) -> Row | None:
    """The line cut where its headings begin: a cell that fills its column has but one space after it. None where a
    word of the line reaches over one of these places, or where that makes no cell more."""
    places = [line.start, *(line.start + one for one in starts[1:]), line.end]
    if any(place < line.end and text[place - 1] != " " for place in places[1:-1]):
        return None
    cut = tuple(_cell(text, min(first, line.end), min(last, line.end)) for first, last in itertools.pairwise(places))
    begun = {cell.start for cell in cut if cell.end > cell.start}
    return cut if all(cell.start in begun for cell in cells if cell.end > cell.start) else None


def _overlap(left: int, right: int, head: Cell, top: int) -> int:
    return min(right, head.end - top) - max(left, head.start - top)
