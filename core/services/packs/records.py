"""Records: files of which each row is one value, read column by column as their parts declare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.services.packs.parts import Part, read_parts
from core.services.packs.sheet import Known, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A kind of file: the type of its rows, its columns in order, those called otherwise in the type, and its key."""

    kind: str
    shape: type[Any]
    parts: Mapping[str, Part]
    called: Mapping[str, str] = field(default_factory=dict[str, str])
    key: tuple[str, ...]

    def attribute(self, column: str) -> str:
        """What a column is called in the type."""
        return self.called.get(column, column)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRows:
    """The rows of such a file before they become values, so that they can be looked at together first."""

    sheet: Sheet
    records: Records
    columns: Mapping[str, list[Any]]

    def named(self) -> list[tuple[Any, ...]]:
        """The key of each row."""
        return list(zip(*(self.columns[column] for column in self.records.key), strict=True))

    def known(self) -> Known:
        """The codes of the rows, where the key is one column."""
        return self.sheet.known(self.columns[self.records.key[0]])

    def values(self, **more: Sequence[Any]) -> tuple[Any, ...]:
        """The values of the good rows by key; `more` holds attributes that are in no column, by row."""
        called = {self.records.attribute(column): values for column, values in self.columns.items()}
        keys = self.named()
        good = sorted(self.sheet.good(), key=lambda row: keys[row])
        return tuple(
            self.records.shape(**{name: values[row] for name, values in {**called, **more}.items()}) for row in good
        )


def read_records(sheet: Sheet, records: Records, known: Mapping[str, Known]) -> RecordRows:
    """The columns of the file; of rows with one key only the first stays."""
    rows = RecordRows(sheet=sheet, records=records, columns=read_parts(sheet, records.parts, known))
    keys = rows.named() if records.parts and sheet.size else []
    sheet.unique([key[0] if len(key) == 1 else key for key in keys], ",".join(records.key))
    return rows
