"""The process that reads one Excel or PDF file from its standard input and answers in JSON; see apart.py."""

import io
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

import pdfplumber
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from agents.order_intake.mail.limits import PDF_PAGES, SHEETS, TEXT_CHARACTERS
from agents.order_intake.mail.tables import Rows, as_text, bounded

if sys.platform != "win32":
    import resource

_MEMORY = 1_500_000_000


def main() -> None:
    """Reads `sheet` or `pdf`; a damaged file ends this process with an error, which is its answer."""
    _bound_memory()
    content = sys.stdin.buffer.read()
    text, tables, faults = {"sheet": read_sheets, "pdf": read_pdf}[sys.argv[1]](content)
    sys.stdout.write(json.dumps({"text": text, "tables": tables, "faults": faults}))


def read_sheets(content: bytes) -> tuple[str, list[Rows], list[str]]:
    """Every visible sheet of a workbook as a table; numbers and dates in forms that have one reading."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    tables: list[Rows] = []
    faults: list[str] = []
    for sheet in book.sheets_metadata[:SHEETS]:
        if sheet.visible != SheetVisibleEnum.Visible:
            faults.append(f"has a hidden sheet {sheet.name!r} that was not read")
            continue
        rows, said = bounded([_written(cell) for cell in row] for row in book.get_sheet_by_name(sheet.name).to_python())
        faults.extend(f"sheet {sheet.name!r} {fault}" for fault in said)
        if rows:
            tables.append(rows)
    if len(book.sheets_metadata) > SHEETS:
        faults.append(f"has {len(book.sheets_metadata)} sheets, of which {SHEETS} were read")
    return "\n\n".join(as_text(rows) for rows in tables), tables, faults


def read_pdf(content: bytes) -> tuple[str, list[Rows], list[str]]:
    """The text of every page, ruled tables as rows after the text around them; unruled ones keep their columns."""
    parts: list[str] = []
    tables: list[Rows] = []
    faults: list[str] = []
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages[:PDF_PAGES]:
            ruled = page.find_tables()
            boxes = [table.bbox for table in ruled]
            around = page.filter(lambda one, boxes=boxes: not _inside(one, boxes)) if boxes else page
            text = around.extract_text(layout=not boxes) or ""
            parts.append("\n".join(line.rstrip().lstrip() for line in text.split("\n") if line.strip()))
            for table in ruled:
                rows, said = bounded([cell or "" for cell in row] for row in table.extract())
                faults.extend(said)
                tables.append(rows)
                parts.append(as_text(rows))
        if len(pdf.pages) > PDF_PAGES:
            faults.append(f"has {len(pdf.pages)} pages, of which {PDF_PAGES} were read")
    whole = "\n\n".join(part for part in parts if part)
    if not whole.strip():
        faults.append("has no text, only pictures")
    return whole[:TEXT_CHARACTERS], tables, faults


def _inside(one: dict[str, object], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    middle_x, middle_y = _middle(one, "x0", "x1"), _middle(one, "top", "bottom")
    return any(left <= middle_x <= right and top <= middle_y <= bottom for left, top, right, bottom in boxes)


def _middle(one: dict[str, object], first: str, last: str) -> float:
    low, high = one.get(first, 0), one.get(last, 0)
    return (float(str(low)) + float(str(high))) / 2


def _written(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        # Sheets hold 40 as 40.0; a repr would show the noise of binary fractions only beyond 15 digits.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(Decimal(repr(round(cell, 6))), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _bound_memory() -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
