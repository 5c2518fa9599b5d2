"""An answer before it is shown: plain sentences, tables and charts as data, and the things it cites."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from tools.spec import Chart

Cell: TypeAlias = str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under column names; days are ISO dates, money has two places, None is nothing known. `amounts` are the
    columns that hold money and the like, for whoever shows them. `left_out` rows more there are."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    amounts: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def data(self) -> dict[str, Any]:
        """The same as JSON values."""
        return {
            "title": self.title,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "amounts": list(self.amounts),
            "left_out": self.left_out,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The first sentence answers the question. `cites` are things that can be opened, as kind:id; `listed` are those
    that were listed, so that the next question can point at one."""

    sentences: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    cites: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    code: str = ""
    named: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The sentences, and how many rows no table shows."""
        left_out = sum(table.left_out for table in self.tables)
        more = (f"{left_out:,} more {'row is' if left_out == 1 else 'rows are'} left out.",) if left_out else ()
        return " ".join((*self.sentences, *more))


def told(
    *sentences: str,
    tables: Sequence[Table | None] = (),
    charts: Sequence[Chart] = (),
    cites: Sequence[str] = (),
    listed: Sequence[str] = (),
) -> Told:
    """An answer; empty sentences and tables without rows are left out, and nothing is cited twice."""
    return Told(
        sentences=tuple(sentence for sentence in sentences if sentence),
        tables=tuple(table for table in tables if table is not None and table.rows),
        charts=tuple(charts),
        cites=tuple(dict.fromkeys(cites)),
        listed=tuple(dict.fromkeys(listed)),
    )


def table(title: str, columns: str, rows: Sequence[Sequence[object]], *, left_out: int = 0) -> Table:
    """A table of values of the core; the names of its columns are parted by bars."""
    names = tuple(columns.split("|"))
    return Table(
        title=title,
        columns=names,
        rows=tuple(tuple(_cell(value) for value in row) for row in rows),
        amounts=tuple(name for at, name in enumerate(names) if any(isinstance(row[at], Decimal) for row in rows)),
        left_out=left_out,
    )


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, bool):
        return None if value is None else ("yes" if value else "no")
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, datetime):
        return minute(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def count(number: int, one: str, many: str = "") -> str:
    """A number of things: `1 line`, `2 lines`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def money(amount: Decimal, currency: str = "") -> str:
    """An amount with thousands and cents."""
    return f"{amount:,.2f} {currency}".strip()


def day(on: date | None, *, none: str = "no known day") -> str:
    """A date, or words for none."""
    return none if on is None else on.isoformat()


def minute(at: datetime) -> str:
    """A moment to the minute."""
    return at.strftime("%Y-%m-%d %H:%M")


def line_of(order: str, line: int) -> str:
    """How a line is named."""
    return f"{order}/{line}"


def supply_cites(supplies: Sequence[str]) -> list[str]:
    """Open orders among what something rests on, such as 'work order WO-1', as they are opened; stock is not one."""
    numbers = [name.rpartition(" ")[2] for name in supplies]
    return [f"supply:{number}" for number in numbers if any(character.isdigit() for character in number)]
