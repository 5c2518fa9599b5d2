"""Master data changes only in a transaction that has said so; nobody forges where a change comes from."""

from typing import LiteralString

import psycopg
import pytest
from psycopg.errors import CheckViolation, RestrictViolation
from sqlalchemy.exc import IntegrityError

from core.db.laws.master_data import MASTER_DATA
from core.db.roles import dsn_of
from core.db.rows import Row
from core.db.rows.closing import Closing
from core.db.transaction import Transaction
from core.domain.errors import ConflictError
from core.domain.master_data import MAY_CHANGE, MasterDataKind, RequestState
from tests.builders import HARBOR, MARIA, OMAR
from tests.desk import Desk

UNDECLARED: list[LiteralString] = [
    "UPDATE customers SET credit_limit = 1",
    "UPDATE customers SET payment_days = 90",
    "UPDATE suppliers SET email = 'evil@example.com'",
    "UPDATE supplier_items SET unit_price = 0",
    "UPDATE users SET role = 'administrator'",
    "UPDATE settings SET buffer_days = 99",
    "UPDATE items SET list_price = 1",
    "INSERT INTO customer_addresses SELECT id, 'X', '', '', '', '', '', '' FROM customers",
    "INSERT INTO feed_limits VALUES ('x', 1)",
    (
        "INSERT INTO quotas (code, item_id, first, last, quantity, consumed, borrow)"
        " SELECT 'Q', id, '2024-01-01', '2024-02-01', 5, 0, false FROM items LIMIT 1"
    ),
]


@pytest.mark.parametrize("statement", UNDECLARED)
def test_master_data_changes_only_where_that_was_declared(desk: Desk, statement: LiteralString) -> None:
    for url in (desk.urls.app, desk.urls.owner):
        with psycopg.connect(dsn_of(url)) as connection, pytest.raises(RestrictViolation, match="has not declared"):
            connection.execute(statement)


def test_a_statement_that_changes_nothing_needs_nothing_declared(desk: Desk) -> None:
    with psycopg.connect(dsn_of(desk.urls.app)) as app:
        app.execute("UPDATE customers SET credit_limit = credit_limit; UPDATE items SET name = '' WHERE false")


def test_a_door_opens_nothing_else(desk: Desk) -> None:
    with pytest.raises(RestrictViolation, match="users is master data: this transaction has not declared"):
        declared(desk, "UPDATE users SET role = 'administrator'", MasterDataKind.PACK)


def declared(desk: Desk, statement: LiteralString, kind: MasterDataKind) -> None:
    """What the application does after it declared a change of a kind."""
    with desk.open() as uow:
        transaction = uow.master_data.transaction  # type: ignore[attr-defined]  the store of the database
        assert isinstance(transaction, Transaction)
        transaction.declare(kind, scope="company", event="changed", subject="x", facts={})
        raw = transaction.session.connection().connection.driver_connection
        assert isinstance(raw, psycopg.Connection)
        raw.execute(statement)


def test_each_row_is_kept_as_it_was_and_became(desk: Desk) -> None:
    declared(desk, "UPDATE customers SET credit_limit = 7 WHERE code = 'HARBOR'", MasterDataKind.PACK)

    with psycopg.connect(dsn_of(desk.urls.app)) as app:
        found = app.execute(
            "SELECT o.kind, o.actor, o.role, c.key, c.before ->> 'credit_limit', c.after ->> 'credit_limit'"
            " FROM master_data_changes c JOIN master_data_origins o ON o.id = c.origin_id WHERE c.operation = 'update'"
        ).fetchall()
    assert found == [("pack", "maria", "operations_manager", HARBOR, None, "7.00")]


def test_no_secret_is_in_the_record(desk: Desk) -> None:
    with desk.open() as uow:
        uow.users.set_password(OMAR.name, password_hash="salted")

    with psycopg.connect(dsn_of(desk.urls.app)) as app:
        ((told,),) = app.execute("SELECT string_agg(c::text, '') FROM master_data_changes c").fetchall()
    assert "salted" not in told
    assert "password_hash" not in told


FORGED: list[tuple[str, LiteralString]] = [
    (
        "only the owner of the schema migrates",
        (
            "INSERT INTO master_data_origins (kind, actor, recorded_at, began, transaction)"
            " VALUES ('migration', 'x', now(), now(), 0)"
        ),
    ),
    ("it stays as it is", "UPDATE master_data_requests SET state = 'pending'"),
    (
        "begins pending",
        (
            "INSERT INTO master_data_requests SELECT 'R', kind, 'R', command, asked, digest, asked_by, asked_role,"
            " asked_at, state, decided_by, decided_role, decided_at, comment FROM master_data_requests"
        ),
    ),
]


@pytest.mark.parametrize(("why", "statement"), FORGED, ids=[why for why, _ in FORGED])
def test_nobody_forges_where_a_change_comes_from(desk: Desk, why: str, statement: LiteralString) -> None:
    desk.agreed_prices()

    with psycopg.connect(dsn_of(desk.urls.app)) as app, pytest.raises(RestrictViolation, match=why):
        app.execute(statement)


def test_prices_are_declared_only_with_a_request(desk: Desk) -> None:
    with pytest.raises((IntegrityError, CheckViolation), match="prices_agreed"), desk.open() as uow:
        uow.master_data.transaction.declare(  # type: ignore[attr-defined]  the store of the database
            MasterDataKind.PRICES, scope="prices:US", event="x", subject="x", facts={}
        )


def test_nobody_decides_on_what_they_asked_for(desk: Desk) -> None:
    with desk.open() as uow:
        uow.master_data.ask(code="R", kind=MasterDataKind.PRICES, subject="R", command=MARIA)

    with pytest.raises((IntegrityError, CheckViolation), match="by_another"), desk.open() as uow:
        uow.master_data.decide("R", to=RequestState.AGREED, comment="me")


def test_the_same_is_asked_for_once(desk: Desk) -> None:
    with desk.open() as uow:
        uow.master_data.ask(code="R", kind=MasterDataKind.PEOPLE, subject="nina", command=MARIA)
        for code, subject in (("R", "other"), ("S", "nina")):
            with pytest.raises(ConflictError, match="is asked for as"):
                uow.master_data.ask(code=code, kind=MasterDataKind.PEOPLE, subject=subject, command=MARIA)


def test_every_table_of_packs_is_watched(desk: Desk) -> None:
    packs = {mapper.local_table.name for mapper in Row.registry.mappers if issubclass(mapper.class_, Closing)}  # type: ignore[attr-defined]  tables have names

    with psycopg.connect(dsn_of(desk.urls.app)) as app:
        watched = {row[0] for row in app.execute("SELECT DISTINCT table_name FROM master_data_now").fetchall()}
        told = app.execute("SELECT pg_get_viewdef('master_data_now'::regclass)").fetchone()
    assert told is not None
    assert [table for table in sorted(packs) if f"FROM {table} t" not in told[0]] == []
    assert watched >= {"settings", "users", "items", "customers"}


def test_the_law_knows_the_roles_of_the_domain() -> None:
    text = " ".join(MASTER_DATA.queries)

    for kind in (
        MasterDataKind.PACK,
        MasterDataKind.PRICES,
        MasterDataKind.QUOTAS,
        MasterDataKind.FEEDS,
        MasterDataKind.POLICY,
    ):
        roles = ", ".join(f"'{role.value}'" for role in MAY_CHANGE[kind])
        assert f"WHEN '{kind.value}' THEN ARRAY[{roles}]" in text
