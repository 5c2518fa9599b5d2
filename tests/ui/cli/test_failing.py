"""Bad input ends in one clear message with a code, the right exit code, and nothing half-written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.db.embedded import Server, create_database, drop_database
from tests.core.services.packs.folders import edited, small_pack
from tests.database import server_home
from tests.ui.cli.offices import Office
from tests.ui.cli.terminal import Ran, expediter

LINES, STOCK = "sales_order_lines.csv", "stock.csv"
Changes = dict[str, str | bytes | None]
Run = Callable[..., Ran]


@pytest.fixture
def run(postgres_server: Server) -> Run:
    """Runs a command in the home of the run's server."""
    assert postgres_server.port
    return lambda *words: expediter(*words, environment={"EXPEDITER_HOME": str(server_home())})


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        (edited(LINES, "VALVE,20,", "VALVE,1e30,"), f"{LINES} line 3 column quantity: not-a-number '1e30'"),
        (edited(STOCK, "VALVE,SHIP,40,", "VALVE,SHIP,-4,"), f"{STOCK} line 2 column on_hand: negative '-4'"),
        (edited(LINES, "SO-2,2,", "SO-2,1,"), f"{LINES} line 4 column order,line: duplicate-key 'SO-2,1'"),
        (edited("bom.csv", "BODY,IRON,2,", "BODY,VALVE,2,"), "circular-bom 'BODY -> VALVE -> BODY'"),
        (edited("items.csv", "item,name,", "thing,name,"), "items.csv line 1 column item: missing-column"),
        (edited("work_orders.csv", "2026-11-06", "2026-11-01"), "work_orders.csv line 2 column start_date"),
        (edited("pack.toml", "as_of = 2026-11-02", 'as_of = "soon"'), "pack.toml line 2 column as_of: setting 'soon'"),
        ({"stock.csv": b"\xff\xfe\x00"}, "stock.csv"),
        ({"items.csv": None}, "items.csv: missing-file 'items.csv'"),
        ({"pack.toml": "name = "}, "pack.toml"),
    ],
    ids=[
        *("quantity of 1e30", "negative stock", "duplicate key", "circular bom", "unknown column", "dates"),
        *("setting", "not text", "missing file", "malformed toml"),
    ],
)
def test_a_bad_pack_is_refused_where_it_is_bad_and_nothing_is_begun(tmp_path: Path, changes: Changes, gap: str) -> None:
    home, pack = tmp_path / "home", small_pack(tmp_path / "pack", changes)

    ran = expediter("scan", "--pack", pack, environment={"EXPEDITER_HOME": str(home)})

    assert (ran.code, ran.out) == (2, "")
    assert ran.errors == ["pack_invalid"]
    assert ran.err.count(gap) == (3 if "circular" in gap else 1)
    assert "nothing was loaded" in ran.err
    assert list(home.iterdir()) == []


def test_every_gap_of_a_bad_pack_is_listed(tmp_path: Path) -> None:
    changes = edited(LINES, "VALVE,20,", "VALVE,1e30,") | edited(STOCK, "VALVE,SHIP,40,", "VALVE,SHIP,-4,")
    pack = small_pack(tmp_path / "pack", changes)

    ran = expediter("scan", "--pack", pack, environment={"EXPEDITER_HOME": str(tmp_path / "home")})

    first, *listed = ran.err.splitlines()
    assert "has 2 errors, nothing was loaded; first, " in first
    assert [line.partition(" line ")[0] for line in listed] == [f"  {LINES}", f"  {STOCK}"]


def test_a_column_nobody_knows_and_a_date_past_are_noted_and_loaded(run: Run, tmp_path: Path) -> None:
    changes = edited("suppliers.csv", "supplier,name,approved,active,email", "supplier,name,approved,active,colour")
    changes |= edited("purchase_order_lines.csv", "2026-11-09", "2026-10-30")
    pack = small_pack(tmp_path / "pack", changes)

    ran = run("scan", "--pack", pack)

    assert ran.done == 0
    assert "noted: suppliers.csv line 1 column colour: unknown-column 'colour'" in ran.text
    assert "noted: purchase_order_lines.csv line 2 column due_date: overdue-supply '2026-10-30'" in ran.text


@pytest.mark.parametrize("command", ["scan", "cases", "demo", "check"])
def test_a_folder_that_is_no_pack_is_missing(run: Run, tmp_path: Path, command: str) -> None:
    ran = run(command, "--pack", tmp_path / "nowhere")

    assert (ran.code, ran.out.strip(), ran.errors) == (2, "", ["pack_missing"])
    assert f"'{tmp_path}/nowhere' is not a folder; accepted is a folder with a company pack" in ran.err


def test_a_folder_with_other_files_is_no_pack(run: Run, tmp_path: Path) -> None:
    ran = run("scan", "--pack", tmp_path)

    assert (ran.code, ran.errors) == (2, ["pack_missing"])
    assert "accepted is a folder with pack.toml, see docs/company-pack.md" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        *(["scan"], ["cases"], ["case", "CASE-1"], ["resolve", "CASE-1"], ["check"], ["users", "list"]),
        *(["approve", "CASE-1"], ["db", "status"], ["db", "migrate"]),
    ],
    ids=" ".join,
)
def test_a_database_that_is_down_is_said(here: Office, words: list[str]) -> None:
    nowhere = "postgresql://nobody:nothing@127.0.0.1:9/nowhere"
    environment = {name: value for name, value in here.environment.items() if "DATABASE" not in name}
    here.folder.joinpath("token").touch(mode=0o600)

    ran = expediter(*words, environment=environment | {"DATABASE_URL": nowhere})

    assert (ran.code, ran.out, ran.errors) == (3, "", ["database_unavailable"])
    assert "nothing@" not in ran.err


def test_an_address_that_is_none_is_not_shown(tmp_path: Path) -> None:
    for address in ("mysql://me:secret@localhost/books", "secret"):
        ran = expediter("cases", environment={"EXPEDITER_HOME": str(tmp_path), "DATABASE_URL": address})

        assert (ran.code, ran.out, ran.errors) == (2, "", ["database_url_refused"])
        assert "secret" not in ran.err


def test_a_database_without_our_tables_is_to_be_migrated(here: Office, postgres_server: Server) -> None:
    create_database(postgres_server, "without_tables")
    urls = postgres_server.role_urls("without_tables")
    environment = here.environment | {"DATABASE_URL": urls.owner, "DATABASE_URL_APP": urls.app}

    ran = expediter("cases", environment=environment)
    drop_database(postgres_server, "without_tables")

    assert (ran.code, ran.out, ran.errors) == (3, "", ["schema_mismatch"])
    assert "run `expediter db migrate`" in ran.err


def test_a_database_without_a_company_is_to_be_loaded(here: Office, postgres_server: Server) -> None:
    create_database(postgres_server, "without_company", "template_of_tests")
    urls = postgres_server.role_urls("without_company")
    environment = here.environment | {"DATABASE_URL": urls.owner, "DATABASE_URL_APP": urls.app}

    ran = expediter("scan", environment=environment)
    drop_database(postgres_server, "without_company")

    assert (ran.code, ran.out, ran.errors) == (2, "", ["not_found"])
    assert "`expediter load DIR` puts one there" in ran.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["scan", "--outage", "DELTA"], "wrong_usage"),
        (["scan", "--outage", "supplier=NOBODY"], "not_found"),
        (["scan", "--ship-from", "MOON"], "wrong_usage"),
        (["scan", "--pool-locations", "--ship-from", "HOUSTON"], "wrong_usage"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_options_that_mean_nothing_keep_nothing(here: Office, words: list[str], code: str) -> None:
    before = here.rows("SELECT count(*) FROM scans")

    ran = here.run(*words)

    assert (ran.code, ran.out, ran.errors) == (2, "", [code])
    assert here.rows("SELECT count(*) FROM scans") == before


@pytest.mark.parametrize("words", [["nonsense"], ["scan", "--policy", "foo"], ["case"], ["resolve", "--limit", "0"]])
def test_words_that_are_no_command_are_wrong_usage(here: Office, words: list[str]) -> None:
    ran = here.run(*words)

    assert (ran.code, ran.out) == (2, "")
    assert "Usage: expediter" in ran.err


def test_a_file_that_cannot_be_written_is_named(here: Office) -> None:
    ran = here.run("scan", "--lines-out", here.folder / "no" / "such" / "lines.csv")

    assert (ran.code, ran.errors) == (2, ["wrong_usage"])
    assert f"'{here.folder}/no/such/lines.csv' cannot be used: No such file or directory" in ran.err
