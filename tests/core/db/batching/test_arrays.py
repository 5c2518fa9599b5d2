"""Columns made at once are what PostgreSQL reads, and what it sends is read again."""

from datetime import UTC, datetime, timedelta, timezone

import psycopg
from hypothesis import given, settings
from hypothesis import strategies as st

from core.db.batching.arrays import cell, column, moment, moments, numbers, texts, truth, wholes
from core.db.roles import RoleUrls, dsn_of

TIMES = [
    datetime(2000, 1, 1, tzinfo=UTC),
    None,
    datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=-7))),
]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=9))
def test_whole_numbers_are_read_as_they_were_written(values: list[int]) -> None:
    assert list(numbers(bytes(wholes(values)))) == values


def test_nothing_holds_no_numbers() -> None:
    assert numbers(None) == ()


def test_a_column_of_cells_is_a_column_of_their_texts() -> None:
    values = ["", None, "\u00e4\U0001f4e6", "x" * 600]

    assert column([cell(value) for value in values]) == texts(values)


def test_postgresql_reads_every_column_as_it_was_meant(worker_role_urls: RoleUrls) -> None:
    values = ["", None, "\u00e4\U0001f4e6", "x" * 600]
    asked = b"SELECT $1::text[], $2::bigint[], $3::timestamptz[], $4::timestamptz, $5::boolean, $6::integer[]"
    now = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)
    sent = [texts(values), wholes([1, -2]), moments(TIMES), moment(now), truth(True), None]

    with psycopg.connect(dsn_of(worker_role_urls.app)) as connection:
        pgconn = connection.pgconn
        found = pgconn.exec_params(
            b"SELECT a, b, c, d, e, ARRAY[7, 8] FROM (" + asked + b") q(a, b, c, d, e, f)", sent, None, [1] * 6, 1
        )
        said = connection.execute("SELECT %s::timestamptz[]", [TIMES], binary=True).pgresult

    assert [found.get_value(0, n) for n in range(5)] == [bytes(each) for each in sent[:5] if each is not None]
    assert said is not None
    assert said.get_value(0, 0) == found.get_value(0, 2)
    assert list(numbers(found.get_value(0, 5))) == [7, 8]
