"""Gaps: every place where a company pack breaks a rule or leaves something to be assumed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

SHOWN_PER_KIND = 100


class Severity(StrEnum):
    """An error keeps the row (or the pack) out; a warning is loaded as its text says."""

    ERROR = "error"
    WARNING = "warning"


class GapRule(StrEnum):
    """The rule a gap is about."""

    MISSING_FILE = "missing-file"
    UNUSED_FILE = "unused-file"
    TOO_LARGE_FILE = "too-large-file"
    MALFORMED_FILE = "malformed-file"
    ENCODING = "encoding"
    CONTROL_CHARACTER = "control-character"
    RAGGED_ROW = "ragged-row"
    MISSING_COLUMN = "missing-column"
    DUPLICATE_COLUMN = "duplicate-column"
    UNKNOWN_COLUMN = "unknown-column"
    BLANK = "blank"
    TOO_LONG = "too-long"
    NOT_A_CODE = "not-a-code"
    NOT_A_NUMBER = "not-a-number"
    NOT_WHOLE = "not-whole"
    TOO_PRECISE = "too-precise"
    NEGATIVE = "negative"
    OUT_OF_RANGE = "out-of-range"
    NOT_A_DATE = "not-a-date"
    DATE_OUT_OF_RANGE = "date-out-of-range"
    NOT_A_TIME = "not-a-time"
    NOT_A_FLAG = "not-a-flag"
    NOT_A_CHOICE = "not-a-choice"
    NOT_AN_ADDRESS = "not-an-address"
    UNKNOWN_UNIT = "unknown-unit"
    UNIT_FACTOR = "unit-factor"
    OTHER_CURRENCY = "other-currency"
    DUPLICATE_KEY = "duplicate-key"
    DUPLICATE_CUSTOMER_PO = "duplicate-customer-po"
    ORPHAN_REFERENCE = "orphan-reference"
    SET_ASIDE_WITH = "set-aside-with"
    CIRCULAR_BOM = "circular-bom"
    CONTRADICTION = "contradiction"
    MISSING_PRICE = "missing-price"
    OVERDUE_DEMAND = "overdue-demand"
    OVERDUE_SUPPLY = "overdue-supply"
    UNEXPLAINED_RESERVATION = "unexplained-reservation"
    SETTING = "setting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One place in one file. With `rows` above 1 it is the first of that many places of the same kind."""

    severity: Severity
    rule: GapRule
    file: str
    line: int | None = None
    column: str | None = None
    value: str = ""
    accepted: str
    rows: int = 1

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f" line {self.line}"
        if self.column is not None:
            where += f" column {self.column}"
        more = f" ({self.rows:,} rows, this is the first)" if self.rows > 1 else ""
        return f"{where}: {self.rule.value} {self.value!r}{more}; {self.accepted}"


class GapLog:
    """Collects gaps: all are counted, the first hundred of a kind are kept one by one, the rest as one."""

    def __init__(self, *, quarantine: bool = False) -> None:
        self.quarantine = quarantine
        self._kept: list[Gap] = []
        self._seen: Counter[tuple[str, str, str | None]] = Counter()
        self._rest: dict[tuple[str, str, str | None], Gap] = {}
        self.errors = 0
        self.warnings = 0
        self.fatal = False

    def add(self, gap: Gap) -> None:
        """Keeps the gap, or counts it with the others of its kind."""
        if gap.severity is Severity.ERROR:
            self.errors += gap.rows
        else:
            self.warnings += gap.rows
        kind = (gap.file, gap.rule.value, gap.column)
        self._seen[kind] += 1
        if self._seen[kind] <= SHOWN_PER_KIND:
            self._kept.append(gap)
        else:
            first = self._rest.get(kind)
            self._rest[kind] = gap if first is None else replace(first, rows=first.rows + gap.rows)

    def stop(self, gap: Gap) -> None:
        """Keeps an error that no quarantine gets round."""
        self.add(gap)
        self.fatal = True

    def gaps(self) -> tuple[Gap, ...]:
        """All that was kept: errors first, then by file and line."""
        return in_order([*self._kept, *self._rest.values()])


def in_order(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Errors before warnings, then by file, line, column and rule."""
    return tuple(
        sorted(gaps, key=lambda g: (g.severity.value, g.file, g.line or 0, g.column or "", g.rule.value, g.value))
    )
