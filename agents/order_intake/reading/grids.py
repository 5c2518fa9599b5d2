"""Tables in a text: rows of cells with the place of each, however the columns are divided."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from agents.order_intake.reading.cells import Cell, Line, Row, lines_of
from agents.order_intake.reading.columns import counted_among
from agents.order_intake.reading.fitting import fitted, headings_in
from agents.order_intake.reading.headings import column_role, is_heading, may_head, role_of
from agents.order_intake.reading.page import Page, is_digit

# Cells that may be left out at the end of a row: nothing of the order is in them.
_MAY_LACK = frozenset({"unit_price", "amount", "currency", "remark", "silent"})
_RULE = re.compile(r"[\s|+:=_\-\u2013\u2014]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of one table, the roles of its columns, and where the heading is, if there is one. The quantities are
    `guessed` where no heading says that they are such."""

    roles: tuple[str | None, ...]
    rows: tuple[Row, ...]
    heading: Row | None
    start: int
    end: int
    guessed: bool = False


def find_grids(page: Page) -> list[Grid]:
    """Every table that has a heading."""
    lines = lines_of(page.text)
    grids: list[Grid] = []
    at = 0
    while at < len(lines):
        grid, after = _grid_at(page, lines, at)
        grids.extend([grid] if grid else [])
        at = max(after, at + 1)
    return grids


def _grid_at(page: Page, lines: Sequence[Line], at: int) -> tuple[Grid | None, int]:
    """The table whose heading is this line, if it is one, and the line after it."""
    for divider in _dividers(page.text, lines[at], is_heading):
        return _divided(page, lines, at, divider)
    bare = _undivided(page, lines, at)
    if bare:
        return bare, at + len(bare.rows) + 1
    for divider in _dividers(page.text, lines[at], may_head):
        grid, after = _divided(page, lines, at, divider)
        names = [page.text[cell.start : cell.end] for cell in grid.heading or ()]
        counted = counted_among(page, names, grid.roles, grid.rows)
        if counted is not None:
            roles = tuple("quantity" if one == counted.at else role for one, role in enumerate(grid.roles))
            return replace(grid, roles=roles, guessed=counted.guessed), after
    return None, at + 1


def _divided(page: Page, lines: Sequence[Line], at: int, divider: str) -> tuple[Grid, int]:
    """The table below a heading. Two headings a space apart are one cell, unless the quantities say otherwise."""
    cells = cells_of(page.text, lines[at], divider)
    apart = _apart(page.text, cells) if divider == "  " else cells
    grid, after = _under(page, lines, at, divider, cells)
    if apart != cells and not _counts_in(page, grid):
        other, last = _under(page, lines, at, divider, apart)
        if _counts_in(page, other):
            return other, last
    return grid, after


def _under(page: Page, lines: Sequence[Line], at: int, divider: str, heading: Row) -> tuple[Grid, int]:
    roles = tuple(column_role(page.text[cell.start : cell.end]) for cell in heading)
    first = at + 1
    if first < len(lines) and divider == "  ":
        second = _second_heading(page, lines[first], heading)
        if second is not None:
            roles, first = second, first + 1
            page.explain(lines[at + 1].start, lines[at + 1].end)
    rows, after, below = _rows_below(page, lines, first, divider, heading)
    rows = [_whole(page, row, roles) for row in rows]
    if below and "description" not in roles:
        end = Cell(heading[-1].end, heading[-1].end)
        roles, heading = (*roles, "description"), (*heading, end)
        rows = [(*row, below.get(one, Cell(row[-1].end, row[-1].end))) for one, row in enumerate(rows)]
    end = lines[after - 1].end
    return Grid(roles=roles, rows=tuple(rows), heading=heading, start=lines[at].start, end=end), after


def _counts_in(page: Page, grid: Grid) -> bool:
    """Whether the cells of the column of quantities are numbers, as far as they are filled."""
    if "quantity" not in grid.roles or not grid.rows:
        return False
    at = grid.roles.index("quantity")
    cells = [page.text[row[at].start : row[at].end] for row in grid.rows if at < len(row) and row[at].filled]
    return bool(cells) and all(cell[0].isdigit() for cell in cells)


def _second_heading(page: Page, line: Line, heading: Row) -> tuple[str | None, ...] | None:
    """The roles, where the line below a heading goes on with its words ("Order" above "qty")."""
    words = page.text[line.start : line.end]
    if not words.strip() or any(map(is_digit, words)) or _RULE.fullmatch(words):
        return None
    placed = _placed(cells_of(page.text, line, "  "), heading, page.text, line)
    if len(placed) != len(heading):
        return None
    joined = [
        (page.text[a.start : a.end] + " " + page.text[b.start : b.end]).strip()
        for a, b in zip(heading, placed, strict=True)
    ]
    if any(b.filled and column_role(name) is None for b, name in zip(placed, joined, strict=True)):
        return None
    return tuple(map(column_role, joined)) if is_heading(joined) else None


def _apart(text: str, heading: Row) -> Row:
    """The cells of a heading, those that hold two headings a single space apart as two."""
    cells: list[Cell] = []
    for cell in heading:
        ways = headings_in(text, cell.start, cell.end)
        cells.extend([Cell(*span) for span in ways[0]] if ways else [cell])
    return tuple(cells)


def _whole(page: Page, row: Row, roles: tuple[str | None, ...]) -> Row:
    """The row, taken apart by what its columns hold where its cells are not as many, or the quantity's is empty."""
    if len(row) < len(roles) and all(role in _MAY_LACK for role in roles[len(row) :]):
        row = (*row, *[Cell(row[-1].end, row[-1].end)] * (len(roles) - len(row)))
    if len(row) != len(roles):
        return _refitted(page, row, roles)
    short = any(role == "quantity" and not cell.filled for cell, role in zip(row, roles, strict=True))
    return _refitted(page, row, roles) if short else row


def _refitted(page: Page, row: Row, roles: tuple[str | None, ...]) -> Row:
    """The row taken apart by what its columns hold; as it was where that cannot be done."""
    filled = [cell for cell in row if cell.filled] or row
    spans = fitted(page, filled[0].start, filled[-1].end, roles)
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


def _dividers(text: str, line: Line, heads: Callable[[list[str]], bool]) -> Iterator[str]:
    """What may divide the columns of a line that is a heading."""
    words = text[line.start : line.end]
    for divider in _DIVIDERS:
        if divider in words.strip(" "):
            cells = [text[cell.start : cell.end] for cell in cells_of(text, line, divider)]
            if len(cells) >= 2 and heads(cells):
                yield divider


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


def _rows_below(
    page: Page, lines: Sequence[Line], at: int, divider: str, heading: Row
) -> tuple[list[Row], int, dict[int, Cell]]:
    """Rows until the table ends: a line that is no row, or an empty line that no row follows; and what goods are called
    on a line of its own below a row."""
    rows: list[Row] = []
    below: dict[int, Cell] = {}
    text = page.text
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
            name = _name_below(page, lines[at]) if rows else None
            if name is None or len(rows) - 1 in below:
                break
            below[len(rows) - 1] = name
            at += 1
            continue
        cells = cells_of(text, lines[at], divider)
        rows.append(_placed(cells, heading, text, lines[at]) if divider == "  " else cells)
        at += 1
    return rows, at, below


def _name_below(page: Page, line: Line) -> Cell | None:
    """The words of an indented line that is only a name of goods."""
    cell = _cell(page.text, *_inner(page.text, line.start, line.end, "| \t"))
    words = page.text[cell.start : cell.end]
    named = page.between(cell.start, cell.end, "name")
    if (
        not page.text[line.start : cell.start].strip(" ")
        and cell.start - line.start < 2
        and "\t" not in page.text[line.start : cell.start]
    ):
        return None
    other = page.between(cell.start, cell.end, "code", "day", "price") or re.search(r"[:|\t;]| {2}", words)
    loose = any(is_digit(page.text[one]) and page.is_free(one, one + 1) for one in range(cell.start, cell.end))
    return cell if named and not other and not loose else None


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
