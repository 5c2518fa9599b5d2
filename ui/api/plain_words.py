"""Words for clients that show Markdown: tables as tables, and nothing in them that a client would fetch or run."""

from collections.abc import Iterable, Mapping
from typing import Any

MOST_ROWS = 50


class Unlinked:
    """Lets words through with a space where a link, a picture or a tag would begin; in pieces as they come."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, piece: str) -> str:
        """The piece as it may be shown."""
        shown: list[str] = []
        for character in piece:
            tag = self._last == "<" and not character.isspace() and not character.isdigit() and character != "="
            link = self._last == "]" and character in "([:"
            shown.append(f" {character}" if tag or link else character)
            self._last = character
        return "".join(shown)


def unlinked(text: str) -> str:
    """The same for a whole text."""
    return Unlinked()(text)


def markdown_tables(tables: Iterable[Mapping[str, Any]]) -> str:
    """Tables of an answer, each under its title."""
    return "".join(_table(one) for one in tables)


def _table(one: Mapping[str, Any]) -> str:
    columns, rows = one["columns"], one["rows"]
    lines = [_row(columns), _row(["---"] * len(columns)), *(_row(row) for row in rows[:MOST_ROWS])]
    left_out = one["left_out"] + max(0, len(rows) - MOST_ROWS)
    more = f"\n\n{left_out:,} more" if left_out else ""
    return f"\n\n**{_cell(one['title'])}**\n\n" + "\n".join(lines) + more


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(cell: object) -> str:
    if cell is None:
        return "-"
    text = f"{cell:,}" if isinstance(cell, int) else str(cell)
    return unlinked(" ".join(text.replace("|", "\\|").split()))
