"""Taking a revision back: what older books have no place for is counted before it goes.

Revisions that were released use this, so it is added to and never changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from alembic import context, op
from sqlalchemy import text

FUNCTIONS = Path(__file__).parents[1] / "functions"
LOSSES = "losses"
"""Attribute of the configuration: the list that takes what goes. Who gives it decides whether that is agreed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a step down takes away: rows of a table, values of a column, or what `what` says."""

    revision: str
    what: str
    count: int

    def __str__(self) -> str:
        return f"{self.what}: {self.count:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What a revision brought, and so takes along when it goes.

    `tables`: a loss as soon as they hold a row (of those in the condition, for one the revision filled itself).
    `columns`: what a row has there that never used the column, as SQL; a loss where it is anything else.
    `rows`: sentence and `FROM ... WHERE ...` of rows that stay and are brought into the words of older books.
    `forgotten`: tables that hold no records; they go without a word.
    """

    tables: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    rows: Mapping[str, str] = field(default_factory=dict[str, str])
    forgotten: Sequence[str] = ()

    def found(self, revision: str) -> Iterator[Loss]:
        """What would go of the books as they are."""
        for table in self.tables:
            yield from _counted(revision, {f"rows of {table.partition(' ')[0]}": "count(*)"}, f"FROM {table}")
        for table, columns in self._by_table().items():
            counts = {
                f"values of {table}.{name}": f"count(*) FILTER (WHERE {table}.{name} IS DISTINCT FROM ({unused}))"
                for name, unused in columns.items()
            }
            yield from _counted(revision, counts, f"FROM {table}")
        for said, source in self.rows.items():
            yield from _counted(revision, {said: "count(*)"}, source)

    def _by_table(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for column, unused in self.columns.items():
            table, _, name = column.partition(".")
            found.setdefault(table, {})[name] = unused
        return found


NOTHING = Lost()


def step_down(revision: str, lost: Lost, *files: str) -> None:
    """Tell what goes with a revision, then run the frozen statements that take it back."""
    tell_losses(revision, lost)
    for name in files:
        op.execute((FUNCTIONS / name).read_text(encoding="utf-8"))


def tell_losses(revision: str, lost: Lost) -> None:
    """Tell what goes with a revision to whoever takes it back."""
    cast("list[Loss]", context.config.attributes[LOSSES]).extend(lost.found(revision))


def _counted(revision: str, counts: Mapping[str, str], source: str) -> Iterator[Loss]:
    found = op.get_bind().execute(text(f"SELECT {', '.join(counts.values())} {source}")).one()
    for what, count in zip(counts, found, strict=True):
        if count:
            yield Loss(revision=revision, what=what, count=count)
