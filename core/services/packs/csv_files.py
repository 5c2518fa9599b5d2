"""CSV files: bytes turned into a header and rows, with the line each row starts on and what cannot be read."""

import csv
import io
import re
from dataclasses import dataclass, replace

from core.services.packs.gaps import Gap, GapLog, GapRule, Severity

LARGEST_FILE = 512 * 1024 * 1024

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """The cells of a file as text. Rows in `unreadable` are there, cut or filled to the header's width."""

    name: str
    header: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    unreadable: frozenset[int]


def read_rows(name: str, content: bytes, log: GapLog) -> RawFile | None:
    """The rows of a CSV file; None when it has no header or its quotes do not match."""
    text, suspect = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    unreadable: set[int] = set()
    header: list[str] = []
    start = 1
    try:
        for row in reader:
            line, start = start, reader.line_num + 1
            if not row or row == [""]:
                continue
            if not header:
                bad = _row_gap(name, line, row, len(row), suspect=suspect)
                if bad is not None:
                    log.stop(bad)
                    return None
                header = [cell.strip() for cell in row]
                continue
            gap = _row_gap(name, line, row, len(header), suspect=suspect)
            if gap is not None:
                log.add(gap)
                unreadable.add(len(rows))
            rows.append(_squared(row, len(header)))
            lines.append(line)
    except csv.Error as problem:
        log.stop(_malformed(name, start, str(problem)))
        return None
    if not header:
        log.stop(_malformed(name, 1, "no header"))
        return None
    return RawFile(name=name, header=tuple(header), rows=rows, lines=lines, unreadable=frozenset(unreadable))


def each_different(raw: RawFile, column: str) -> RawFile:
    """The rows that are the first with their text in a column; all of them where there is no such column."""
    if column not in raw.header:
        return raw
    position, seen = raw.header.index(column), set[str]()
    first = [at for at, row in enumerate(raw.rows) if not (row[position] in seen or seen.add(row[position]))]
    return replace(
        raw,
        rows=[raw.rows[at] for at in first],
        lines=[raw.lines[at] for at in first],
        unreadable=frozenset(new for new, at in enumerate(first) if at in raw.unreadable),
    )


def _decoded(content: bytes) -> tuple[str, bool]:
    """The text, and whether some row has to be looked at for bad bytes or control characters."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("utf-8-sig", errors="surrogateescape"), True
    return text, _CONTROL.search(text) is not None


def _row_gap(name: str, line: int, row: list[str], width: int, *, suspect: bool) -> Gap | None:
    if suspect:
        for cell in row:
            if _UNDECODED.search(cell):
                shown = cell.encode("utf-8", errors="surrogateescape").decode("latin-1")
                return _gap(name, line, GapRule.ENCODING, shown, "accepted is text in UTF-8")
            if _CONTROL.search(cell):
                return _gap(
                    name, line, GapRule.CONTROL_CHARACTER, cell, "accepted is text without NUL or control characters"
                )
    if len(row) != width:
        return _gap(
            name, line, GapRule.RAGGED_ROW, f"{len(row)} cells", f"accepted are {width} cells, as in the header"
        )
    return None


def _squared(row: list[str], width: int) -> list[str]:
    return row if len(row) == width else (row + [""] * width)[:width]


def _malformed(name: str, line: int, problem: str) -> Gap:
    accepted = 'accepted is a header row, then rows of comma-separated cells with " doubled inside quotes'
    return _gap(name, line, GapRule.MALFORMED_FILE, problem, accepted)


def _gap(name: str, line: int, rule: GapRule, value: str, accepted: str) -> Gap:
    return Gap(severity=Severity.ERROR, rule=rule, file=name, line=line, value=value[:80], accepted=accepted)
