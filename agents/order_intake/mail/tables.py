"""Rows of cells as text: one row a line, cells divided by tabs, so that every cell has a place that can be quoted."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from agents.order_intake.mail.limits import COLUMNS, ROWS

Rows = tuple[tuple[str, ...], ...]


def read_csv(text: str) -> tuple[Rows, tuple[str, ...]]:
    """The rows of a file of separated values, whatever the separator, and what could not be read."""
    delimiter = _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        return (), (f"is no table of separated values ({error})",)
    return bounded(rows)


def bounded(rows: Iterable[Sequence[str]]) -> tuple[Rows, tuple[str, ...]]:
    """Rows with something in them, as many as are read, and a fault where there were more."""
    kept = tuple(tuple(_cell(cell) for cell in row[:COLUMNS]) for row in rows if any(cell.strip() for cell in row))
    faults = (f"has {len(kept)} rows, of which {ROWS} were read",) if len(kept) > ROWS else ()
    return kept[:ROWS], faults


def as_text(rows: Rows) -> str:
    """One row a line, cells divided by tabs."""
    return "\n".join("\t".join(row) for row in rows)


def _cell(cell: str) -> str:
    return re.sub(r"\s+", " ", cell).strip()


def _delimiter(text: str) -> str:
    """The separator that most lines have equally often; a semicolon before a comma, which may stand inside numbers."""
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    counts = {one: [line.count(one) for line in lines] for one in ("\t", ";", "|", ",")}
    alike = {one: sum(1 for count in found if count and count == found[0]) for one, found in counts.items()}
    best = max(alike.values(), default=0)
    return next((one for one in counts if best and alike[one] == best), ",")
