"""`expediter check` proves the invariants, and ends with 1 when one is broken."""

import psycopg

from core.db.roles import dsn_of
from tests.ui.cli.offices import Office

NAMES = ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11", "I12", "I15"]


def test_sound_books_are_said_to_be_sound(here: Office) -> None:
    told, listed = here.run("check"), here.run("check", "--json")

    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[0] == "DATABASE_URL:"
    assert "I1 holds stock on hand equals the moves of the ledger" in told.text
    assert "BROKEN" not in told.out
    assert [(result["name"], result["broken"]) for result in listed.json()] == [(name, []) for name in NAMES]


def test_broken_books_are_an_error_that_says_where(here: Office) -> None:
    with psycopg.connect(dsn_of(here.urls.owner)) as connection:
        connection.execute("UPDATE stock_balances SET on_hand = on_hand + 1 WHERE on_hand = 6")

    told, listed = here.run("check"), here.run("check", "--json")

    assert (told.code, told.err, listed.code) == (1, "", 1)
    assert "I1 BROKEN stock on hand equals the moves of the ledger" in told.text
    assert "MOTOR" in told.out
    assert [result["name"] for result in listed.json() if result["broken"]] == ["I1"]
