"""Opening the books of a database under one role, for as long as a block lasts."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime

from core.db.snapshot.resident import ResidentBooks
from core.db.unit_of_work import SqlOpener, SqlVisitorOpener, open_engine


@contextmanager
def open_books(
    url: str, *, frozen: Callable[[], datetime] | None = None, resident: ResidentBooks | None = None
) -> Generator[SqlOpener]:
    """Units of work on a database; its connections are closed when the block ends. `resident` is where the process
    keeps the columns that planning reads: worth it where they are looked at more than once or twice."""
    engine = open_engine(url)
    try:
        yield SqlOpener(engine, frozen, resident)
    finally:
        engine.dispose()


@contextmanager
def open_to_visitors(url: str, *, frozen: Callable[[], datetime] | None = None) -> Generator[SqlVisitorOpener]:
    """The same for visitors limited to a scope, under their own role."""
    engine = open_engine(url)
    try:
        yield SqlVisitorOpener(engine, frozen)
    finally:
        engine.dispose()
