"""The terminal: one console, tables with few lines, money and dates as people write them."""

import json
import os
import textwrap
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

console = Console(highlight=False, soft_wrap=False)


def print_json(value: object) -> None:
    """One JSON object on standard output, keys in the order given, and a line end."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def table(title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]]) -> Table:
    """A table; each column is a heading and how it is set: "left" (text, may wrap), "code" (kept on one line) or
    "right" (numbers, kept on one line). Cells are plain text, never markup."""
    made = Table(
        title=escape(title),
        box=box.SIMPLE_HEAD,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        padding=(0, 1),
        collapse_padding=True,
    )
    for heading, side in columns:
        made.add_column(
            heading,
            justify="right" if side == "right" else "left",
            no_wrap=side != "left",
            overflow="fold" if side == "left" else "ellipsis",
        )
    for row in rows:
        made.add_row(*(escape(str(cell)) for cell in row))
    return made


def money(amount: Decimal, currency: str = "") -> str:
    """An amount with thousands and cents."""
    return f"{amount:,.2f} {currency}".strip()


def day(on: date | None) -> str:
    """A date, or a dash when none is known."""
    return "-" if on is None else on.isoformat()


def count(number: int, one: str, many: str = "") -> str:
    """A number of things: `1 line`, `2 lines`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say(text: str = "", *, style: str = "") -> None:
    """A line of plain text; what does not fit hangs below it, indented a little more."""
    margin = len(text) - len(text.lstrip())
    lines = textwrap.wrap(
        text,
        console.width,
        subsequent_indent=" " * (margin + 2 if margin else 0),
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print(escape("\n".join(lines)), style=style, soft_wrap=True)


@contextmanager
def quiet(wanted: bool) -> Generator[None]:
    """While the block lasts nothing but JSON is printed, if so wanted."""
    before, console.quiet = console.quiet, wanted
    try:
        yield
    finally:
        console.quiet = before


def heading(text: str) -> None:
    """A line that begins a part of the story."""
    console.print()
    console.print(escape(text), style="bold cyan")


class Outlet:
    """Standard output that turns silent when its reader has gone, such as `head`: the command still does all its
    work."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, to nobody if nobody reads."""
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._silence()
            return len(text)

    def flush(self) -> None:
        """Send what is held back."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._silence()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _silence(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
