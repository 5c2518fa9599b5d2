"""Parts of a row, declared: which column it is read from, by which parser, and what stands where it is blank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.services.packs.cells import Parser
from core.services.packs.gaps import GapRule
from core.services.packs.sheet import Known, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One column. A `needed` one may not be blank, and `blank` stands only where the cell is refused; one that `refers`
    names a code of that kind."""

    parse: Parser[Any] | None = None
    blank: Any = None
    needed: bool = False
    refers: str | None = None


def read_parts(
    sheet: Sheet, parts: Mapping[str, Part], known: Mapping[str, Known] | None = None
) -> dict[str, list[Any]]:
    """The values of the columns, by column."""
    return {column: _read(sheet, column, part, known or {}) for column, part in parts.items()}


def _read(sheet: Sheet, column: str, part: Part, known: Mapping[str, Known]) -> list[Any]:
    if part.parse is None:
        codes = known[part.refers or ""]
        return sheet.refer(column, codes) if part.needed else list(sheet.refer_optional(column, codes))
    if part.needed:
        return sheet.required(column, part.parse, part.blank)
    return sheet.defaulted(column, part.parse, part.blank)


def refuse_backwards(sheet: Sheet, columns: tuple[str, str], first: Sequence[Any], last: Sequence[Any]) -> None:
    """Refuses rows whose first value comes after their last; one that is not given stands for no limit."""
    for row in sheet.good():
        if first[row] is not None and last[row] is not None and first[row] > last[row]:
            said = f"{last[row]}" if isinstance(last[row], date) else f"{last[row]:,}"
            sheet.reject(row, columns[0], GapRule.CONTRADICTION, f"accepted is nothing above {columns[1]}, {said}")
