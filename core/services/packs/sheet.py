"""A sheet: one file of the pack by our column names, parsed column by column, with the rows that may not be loaded."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias, TypeVar

from core.services.packs.cells import Refused, as_code
from core.services.packs.csv_files import RawFile
from core.services.packs.formats import FORMATS
from core.services.packs.gaps import Gap, GapLog, GapRule, Severity
from core.services.packs.mapping import FileMapping, Fill

T = TypeVar("T")
Key: TypeAlias = str | int | tuple[str | int, ...]

_NUMBER = re.compile(r"[0-9]{1,20}(\.[0-9]{1,10})?")
_BLANK = Refused(GapRule.BLANK, "a value is needed here")
_FILE_OF = {
    "item": "items",
    "customer": "customers",
    "supplier": "suppliers",
    "location": "locations",
    "order": "sales_orders",
    "purchase_order": "purchase_orders",
    "calendar": "calendars",
    "work_center": "work_centers",
    "carrier": "carriers",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The codes a reference may name, those set aside, and whether all that could be known is known."""

    codes: frozenset[str]
    aside: frozenset[str] = frozenset()
    complete: bool = True


class Sheet:
    """The rows of one file. `bad` holds the positions of the rows that break a rule."""

    def __init__(self, raw: RawFile | None, *, kind: str, mapping: FileMapping, log: GapLog) -> None:
        self.file = mapping.file
        self.size = 0 if raw is None else len(raw.rows)
        self.bad: set[int] = set() if raw is None else set(raw.unreadable)
        self._raw = raw
        self._mapping = mapping
        self._log = log
        self._cells: dict[str, list[str]] = {}
        self._hollow: set[str] = set()
        self._filled = {fill.column for fill in mapping.fills}
        if raw is not None:
            self._open(raw, kind)

    @property
    def complete(self) -> bool:
        """Whether the file is there with every column it needs."""
        return self._raw is not None and not self._hollow

    def cells(self, column: str) -> list[str]:
        """The texts of one of our columns, or of a header of the file; blank where there is none."""
        if column not in self._cells:
            self._cells[column] = self._column_of(column)
        return self._cells[column]

    def given(self, column: str) -> bool:
        """Whether the file has anything in the column."""
        return any(self.cells(column))

    def blank(self, column: str) -> int:
        """How many rows have nothing in the column."""
        return sum(not text for text in self.cells(column))

    def fill(self, fill: Fill, sheets: "Mapping[str, Sheet]", as_of: date) -> str | None:
        """Puts the declared value where the column is blank; a sentence that says so, if it was anywhere."""
        cells = list(self.cells(fill.column))
        blank = [row for row, text in enumerate(cells) if not text]
        if not blank:
            return None
        value_of = self._filler(fill, sheets, as_of)
        for row in blank:
            cells[row] = value_of(row)
        self._cells[fill.column] = cells
        return f"{self.file}: {fill.column} {fill} ({len(blank):,} of {self.size:,} rows)."

    def required(self, column: str, parse: Callable[[str], T | Refused], bad: T) -> list[T]:
        """The values of a column that may not be blank; `bad` stands where there is none."""
        return self._parsed(column, parse, bad, _BLANK)

    def defaulted(self, column: str, parse: Callable[[str], T | Refused], default: T) -> list[T]:
        """The values of a column; `default` where it is blank."""
        return self._parsed(column, parse, default, default)

    def optional(self, column: str, parse: Callable[[str], T | Refused]) -> list[T | None]:
        """The values of a column; None where it is blank."""
        return self._parsed(column, parse, None, None)

    def refer(self, column: str, known: Known, *, default: str = "") -> list[str]:
        """The codes of a column, each of them known; `default` where it is blank."""
        codes = self.defaulted(column, as_code, default) if default else self.required(column, as_code, "")
        if not known.complete:
            return codes
        for row, code in enumerate(codes):
            named = code and self.cells(column)[row]
            if named and code not in known.codes and row not in self._unread:
                self._orphan(row, column, code, known)
        return codes

    def refer_optional(self, column: str, known: Known) -> list[str | None]:
        """The codes of a column, each of them known; None where it is blank."""
        codes = self.optional(column, as_code)
        for row, code in enumerate(codes):
            if known.complete and code and code not in known.codes and row not in self._unread:
                self._orphan(row, column, code, known)
        return codes

    def unique(self, keys: Sequence[Key], columns: str) -> None:
        """Refuses every row whose key an earlier row has."""
        if self._hollow.intersection(columns.split(",")):
            return
        first: dict[Key, int] = {}
        for row, key in enumerate(keys):
            earlier = first.setdefault(key, row)
            if earlier != row and row not in self.bad:
                accepted = f"accepted is one row for each {columns}; the first is on line {self.line(earlier)}"
                text = ",".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
                self.reject(row, columns, GapRule.DUPLICATE_KEY, accepted, value=text)

    def known(self, codes: Sequence[str]) -> Known:
        """The codes of the rows that may be loaded and of those that may not."""
        good = frozenset(code for row, code in enumerate(codes) if row not in self.bad)
        aside = frozenset(codes[row] for row in self.bad) - good
        return Known(codes=good, aside=aside, complete=self.complete)

    def good(self) -> list[int]:
        """The positions of the rows that break no rule; none where a column to judge by is missing."""
        return [row for row in range(self.size) if row not in self.bad] if self.complete else []

    def line(self, row: int) -> int:
        """The line of the file on which a row starts."""
        return 0 if self._raw is None else self._raw.lines[row]

    def reject(self, row: int, column: str, rule: GapRule, accepted: str, *, value: str | None = None) -> None:
        """Sets a row aside and logs why."""
        self.bad.add(row)
        self._log.add(self._gap(Severity.ERROR, row, column, rule, accepted, value=value, rows=1))

    def follow(self, row: int, column: str) -> None:
        """Sets a row aside with the one it rests on; said only where rows are set aside, else the cause says it all."""
        self.bad.add(row)
        if self._log.quarantine:
            self.reject(row, column, GapRule.SET_ASIDE_WITH, "set aside together with the row it refers to")

    def warn(self, rows: Sequence[int], column: str, rule: GapRule, accepted: str, *, value: str | None = None) -> None:
        """Logs one warning for several rows, if there are any."""
        if rows:
            gap = self._gap(Severity.WARNING, rows[0], column, rule, accepted, value=value, rows=len(rows))
            self._log.add(gap)

    @property
    def _unread(self) -> frozenset[int]:
        return frozenset() if self._raw is None else self._raw.unreadable

    def _open(self, raw: RawFile, kind: str) -> None:
        shape = FORMATS[kind]
        wanted = {column: self._mapping.source_of(column) for column in shape.columns}
        for column, header in wanted.items():
            mapped = column in self._mapping.columns or column in shape.required
            if header not in raw.header and mapped and column not in self._filled:
                self._hollow.add(column)
                self._stop(GapRule.MISSING_COLUMN, header, f"accepted is a file with the column {header!r}")
        for header in sorted({header for header in raw.header if raw.header.count(header) > 1}):
            self._stop(GapRule.DUPLICATE_COLUMN, header, "accepted is each column once")
        accepted = f"it is not read; known here are {', '.join(wanted.values())}"
        for header in raw.header:
            if header not in wanted.values() and header not in self._mapping.ignored:
                self._log.add(self._file_gap(Severity.WARNING, GapRule.UNKNOWN_COLUMN, header, accepted))

    def _column_of(self, column: str) -> list[str]:
        header = self._mapping.source_of(column)
        if self._raw is None or header not in self._raw.header:
            return [""] * self.size
        position = self._raw.header.index(header)
        factor = self._mapping.factors.get(column)
        texts = [row[position].strip() for row in self._raw.rows]
        return texts if factor is None else [_times(text, factor) for text in texts]

    def _filler(self, fill: Fill, sheets: "Mapping[str, Sheet]", as_of: date) -> Callable[[int], str]:
        if fill.constant is not None:
            constant = fill.constant
            return lambda row: constant
        if fill.before_as_of is not None:
            dates, today = self.cells(fill.before_as_of), as_of.isoformat()
            return lambda row: "true" if dates[row] < today else "false"
        source = self._source_texts(fill.source or "", sheets)
        return lambda row: fill.values.get(source[row], fill.otherwise) if fill.values else source[row]

    def _source_texts(self, source: str, sheets: "Mapping[str, Sheet]") -> list[str]:
        reference, _, column = source.rpartition(".")
        if not reference:
            return self.cells(source)
        other = sheets.get(_FILE_OF.get(reference, ""))
        if other is None:
            return [""] * self.size
        text_of = dict(zip(other.cells(reference), other.cells(column), strict=True))
        return [text_of.get(code, "") for code in self.cells(reference)]

    def _parsed(self, column: str, parse: Callable[[str], T | Refused], bad: T, blank: T | Refused) -> list[T]:
        seen: dict[str, T | Refused] = {"": blank}
        values: list[T] = []
        silent = column in self._hollow
        for row, text in enumerate(self.cells(column)):
            if text not in seen:
                seen[text] = parse(text)
            value = seen[text]
            if isinstance(value, Refused):
                # A fill that follows a reference finds nothing where the reference is wrong: said once is enough.
                follows = not text and column in self._filled and row in self.bad
                if not silent and not follows and row not in self._unread:
                    self.reject(row, column, value.rule, value.accepted, value=text)
                value = bad
            values.append(value)
        return values

    def _orphan(self, row: int, column: str, code: str, known: Known) -> None:
        if code not in known.aside:
            accepted = f"accepted is {_article(column)} of the pack"
            self.reject(row, column, GapRule.ORPHAN_REFERENCE, accepted, value=code)
        else:
            self.follow(row, column)

    def _gap(
        self,
        severity: Severity,
        row: int,
        column: str,
        rule: GapRule,
        accepted: str,
        *,
        value: str | None,
        rows: int,
    ) -> Gap:
        header = ",".join(self._mapping.source_of(part) for part in column.split(","))
        text = self.cells(column)[row] if value is None else value
        return Gap(
            severity=severity,
            rule=rule,
            file=self.file,
            line=self.line(row),
            column=header,
            value=text[:80],
            accepted=accepted,
            rows=rows,
        )

    def _file_gap(self, severity: Severity, rule: GapRule, header: str, accepted: str) -> Gap:
        return Gap(severity=severity, rule=rule, file=self.file, line=1, column=header, value=header, accepted=accepted)

    def _stop(self, rule: GapRule, header: str, accepted: str) -> None:
        self._log.stop(self._file_gap(Severity.ERROR, rule, header, accepted))


def _times(text: str, factor: int) -> str:
    """A number times a factor; what is not a number stays as it is, to be refused where it is read."""
    return f"{(Decimal(text) * factor).normalize():f}" if _NUMBER.fullmatch(text) else text


def _article(column: str) -> str:
    name = {"parent": "item", "component": "item", "origin": "location", "destination": "location"}.get(column, column)
    name = {"ship_from": "location", "alternate": "item"}.get(name, name).replace("_", " ")
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
