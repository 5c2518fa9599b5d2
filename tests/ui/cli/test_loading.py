"""A company is put into the database commands work on, a later pack reconciled; another company never replaces it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.db.embedded import Server, drop_database
from core.services.accounts import add_user
from tests.builders import MARIA, PAUL
from tests.core.services.packs.folders import edited, small_pack
from tests.database import WORKER, copy_database
from tests.ui.cli.offices import Office, office

WRONG = edited("sales_order_lines.csv", "SO-2,1,VALVE,20", "SO-2,1,VALVE,1e30")


@pytest.fixture
def empty(postgres_server: Server, template_database: str, tmp_path: Path) -> Iterator[Office]:
    """An office whose database holds nobody and nothing."""
    name = f"empty_{WORKER}"
    copy_database(postgres_server, name, template_database)
    with office(postgres_server.role_urls(name), tmp_path) as found:
        yield found
    drop_database(postgres_server, name)


def test_a_company_is_loaded_where_commands_work_without_a_pack(empty: Office, tmp_path: Path) -> None:
    before = empty.run("scan")

    ran = empty.run("load", small_pack(tmp_path / "pack"))
    scanned = empty.run("scan", "--json")
    again = empty.run("load", tmp_path / "pack")

    assert (before.code, before.errors) == (2, ["not_found"])
    assert "`expediter load DIR` puts one there" in before.err
    assert (ran.code, ran.err) == (0, "")
    assert "Pack Small Valves: read with mapping" in ran.text
    assert "Loaded: 3 items, 2 open orders with 3 lines, as of 2026-11-02." in ran.text
    assert "`expediter users add NAME --role ROLE --token-file FILE` adds who decides" in ran.text
    assert scanned.figures()["lines"] == 3
    assert (again.code, "It was loaded before, nothing was changed" in again.text) == (0, True)
    assert empty.rows("SELECT name FROM users ORDER BY name") == [("exception-desk",), ("expediter-worker",)]


def test_another_company_does_not_replace_it(here: Office, tmp_path: Path) -> None:
    before = here.rows("SELECT name, content_hash FROM settings")

    nobody = here.run("load", small_pack(tmp_path / "pack"))
    ran = here.run("load", tmp_path / "pack", by=MARIA)

    assert nobody.errors == ["authentication_failed"]

    assert (ran.code, ran.out, ran.errors) == (2, "", ["conflict"])
    assert here.rows("SELECT name, content_hash FROM settings") == before


def test_what_is_wrong_is_refused_or_set_aside_and_listed(empty: Office, tmp_path: Path) -> None:
    pack = small_pack(tmp_path / "pack", WRONG)

    refused, lenient = empty.run("load", pack), empty.run("load", pack, "--quarantine", "--json")

    assert (refused.code, refused.errors) == (2, ["pack_invalid"])
    assert lenient.json()["loaded"] is True
    assert any("not-a-number" in gap for gap in lenient.json()["pack"]["gaps"])
    assert empty.rows("SELECT count(*) FROM sales_order_lines") == [(2,)]


def test_a_later_pack_is_reconciled_and_told_table_by_table(empty: Office, tmp_path: Path) -> None:
    empty.run("load", small_pack(tmp_path / "first"))
    changes = edited("pack.toml", "2026-11-02", "2026-11-03") | edited("stock.csv", "VALVE,SHIP,40", "VALVE,SHIP,37")
    later = small_pack(tmp_path / "later", changes | {"purchase_orders.csv": None, "purchase_order_lines.csv": None})

    with empty.desk() as desk, desk.open() as uow:
        for person in (MARIA, PAUL):
            add_user(uow, person, token=f"token of {person.name}")

    planner = empty.run("load", later, by=PAUL)
    ran = empty.run("load", later, by=MARIA)
    again = empty.run("load", later, "--json", by=MARIA)

    assert (planner.code, planner.errors) == (2, ["not_authorised"])

    assert (ran.code, ran.err) == (0, "")
    assert "Reconciled with what was there: 3 items, 2 open orders with 3 lines, as of 2026-11-03." in ran.text
    assert "purchase orders" in ran.text
    assert again.json()["reconciled"] == {
        "applied": False,
        "as_of": "2026-11-03",
        "tables": {},
        "conflicts": [],
        "awaiting": [],
    }
    assert empty.rows("SELECT state FROM purchase_orders") == [("cancelled",)]
    assert empty.rows("SELECT reason, quantity FROM stock_moves WHERE reason <> 'opening balance'") == [
        ("reconciled with the pack of 2026-11-03", 3)
    ]
