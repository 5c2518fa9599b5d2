"""Whoever follows the keys meets every row exactly once, in any sort and page size, whatever is added meanwhile."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    create_engine,
    select,
)
from sqlalchemy.orm import Session

from core.db.roles import RoleUrls
from core.db.stores.listing.keyset import Along, along, code, ordered, perhaps, read_page
from core.domain.errors import InvalidValueError
from core.domain.listing.paging import Key, Page, Reading, Sort

THINGS = Table(
    "things",
    MetaData(),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("due", Date),
    Column("worth", Numeric(19, 2)),
    Column("at", DateTime(timezone=True), nullable=False),
    prefixes=["TEMPORARY"],
)


class By(StrEnum):
    """What the things may be sorted by."""

    ID = "id"
    CODE = "code"
    SIZE = "size"
    DUE = "due"
    WORTH = "worth"
    AT = "at"
    MIXED = "mixed"


SORTS: dict[By, tuple[Along, ...]] = {
    By.ID: (),
    By.CODE: (code(THINGS.c.code),),
    By.SIZE: along(THINGS.c.size),
    By.DUE: (perhaps(THINGS.c.due),),
    By.WORTH: (perhaps(THINGS.c.worth), perhaps(THINGS.c.due)),
    By.AT: along(THINGS.c.at),
    By.MIXED: (Along(column=THINGS.c.size, descending=True), *along(THINGS.c.at)),
}
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
# Few different values: ties and gaps everywhere.
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.sampled_from(["a", "B", "É", "Z-1", "", "a 😀", "'; --"]),
            "size": st.integers(min_value=-2, max_value=2),
            "due": st.none() | st.integers(0, 3).map(lambda days: date(2026, 3, 2) + timedelta(days=days)),
            "worth": st.none() | st.sampled_from([Decimal("-0.01"), Decimal("0.00"), Decimal("99999999999999999.99")]),
            "at": st.integers(0, 3).map(lambda micros: NOON + timedelta(microseconds=micros)),
        }
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def things(worker_role_urls: RoleUrls) -> Iterator[Session]:
    """A session with an empty table of its own."""
    engine = create_engine(worker_role_urls.owner)
    with Session(engine) as session:
        session.connection()
        THINGS.metadata.create_all(session.connection())
        yield session
        session.rollback()
    engine.dispose()


def read(session: Session, sort: Sort[By], after: Key | None, limit: int) -> Page[int]:
    """A page of the numbers of the things."""
    asked = Reading(sort=sort, after=after, limit=limit)
    return read_page(session, select(THINGS.c.id), ordered(SORTS, asked, *along(THINGS.c.id)), asked, lambda key: key)


def expected(rows: dict[int, dict[str, Any]], sort: Sort[By]) -> list[int]:
    """The numbers in the order Python sorts them in."""

    def value(key: int, name: str) -> Any:
        found = rows[key][name]
        return found.encode() if isinstance(found, str) else found

    found = sorted(rows, reverse=sort.descending)
    names = {By.ID: (), By.WORTH: ("due", "worth"), By.MIXED: ("at", "size")}.get(sort.by, (sort.by.value,))
    for name in names:  # the last one counts most
        down = sort.descending != (sort.by is By.MIXED and name == "size")
        known = [key for key in found if rows[key][name] is not None]
        known.sort(key=lambda key: value(key, name), reverse=down)
        found = known + [key for key in found if rows[key][name] is None]
    return found


@pytest.mark.slow
@settings(max_examples=150)
@given(first=ROWS, later=ROWS, by=st.sampled_from(By), descending=st.booleans(), limit=st.integers(1, 5))
def test_a_walk_meets_every_row_once_while_others_are_added(
    things: Session, first: list[dict[str, Any]], later: list[dict[str, Any]], by: By, descending: bool, limit: int
) -> None:
    things.execute(THINGS.delete())
    rows = dict(enumerate(first, start=1))
    things.execute(THINGS.insert(), [{"id": key, **row} for key, row in rows.items()])
    # Between two of those there are as well as after them all.
    adding = iter([{"id": key if key % 2 else -key, **row} for key, row in enumerate(later, start=100)])
    sort, met, after = Sort(by=by, descending=descending), list[int](), None

    while True:
        page = read(things, sort, after, limit)
        assert 1 <= len(page.items) <= limit
        met += page.items
        if page.next is None:
            break
        assert len(page.items) == limit
        after = page.next
        if (added := next(adding, None)) is not None:
            things.execute(THINGS.insert(), [added])

    assert [key for key in met if key in rows] == expected(rows, sort)
    assert len(set(met)) == len(met)


@pytest.mark.parametrize("descending", [False, True])
def test_rows_without_a_value_come_last_both_ways(things: Session, descending: bool) -> None:
    things.execute(THINGS.delete())
    days = {1: None, 2: date(2026, 3, 3), 3: date(2026, 3, 2), 4: None}
    things.execute(
        THINGS.insert(),
        [{"id": key, "code": "", "size": 0, "due": due, "worth": None, "at": NOON} for key, due in days.items()],
    )

    page = read(things, Sort(by=By.DUE, descending=descending), None, 3)
    rest = read(things, Sort(by=By.DUE, descending=descending), page.next, 3)

    assert page.items + rest.items == ((2, 3, 4, 1) if descending else (3, 2, 1, 4))
    assert page.next == ((None, "4") if descending else (None, "1"))
    assert rest.next is None


@pytest.mark.parametrize(
    ("by", "key"),
    [
        (By.ID, ()),
        (By.ID, ("1", "2")),
        (By.ID, (None,)),
        (By.ID, ("one",)),
        (By.ID, ("1e3",)),
        (By.ID, ("٣",)),
        (By.ID, ("9" * 19,)),
        (By.CODE, ("a\0", "1")),
        (By.CODE, ("\ud800", "1")),
        (By.CODE, ("x" * 1_001, "1")),
        (By.DUE, ("2026-02-30", "1")),
        (By.WORTH, ("1E+1000000", None, "1")),
        (By.WORTH, ("NaN", None, "1")),
        (By.WORTH, ("9" * 1_000, None, "1")),
        (By.AT, ("2026-03-02T12:00:00", "1")),
        (By.AT, ("noon", "1")),
    ],
)
def test_a_key_no_page_ended_with_is_refused(things: Session, by: By, key: Key) -> None:
    with pytest.raises(InvalidValueError) as refused:
        read(things, Sort(by=by), key, 5)

    assert refused.value.details["field"] == "cursor"


def test_a_whole_number_too_large_for_the_column_is_beyond_all(things: Session) -> None:
    things.execute(THINGS.delete())
    things.execute(THINGS.insert(), [{"id": 1, "code": "", "size": 2, "due": None, "worth": None, "at": NOON}])

    assert read(things, Sort(by=By.SIZE), (str(2**40), "1"), 5) == Page(items=())
    assert read(things, Sort(by=By.SIZE, descending=True), (str(2**40), "1"), 5) == Page(items=(1,))


@pytest.mark.parametrize("limit", [-1, 0, 201])
def test_a_page_is_bounded(things: Session, limit: int) -> None:
    with pytest.raises(InvalidValueError) as refused:
        read(things, Sort(by=By.ID), None, limit)

    assert refused.value.details["field"] == "limit"
