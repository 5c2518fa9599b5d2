"""Where a command works: the database of a pack, reused while nothing changed, and never the one that is configured."""

import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from core.db.embedded import Server
from core.db.roles import dsn_of
from tests.core.services.packs.folders import FILES, edited, small_pack
from tests.database import server_home
from tests.ui.cli.offices import Office
from tests.ui.cli.terminal import Ran, expediter

NOWHERE = "postgresql://nobody:nothing@127.0.0.1:9/nowhere"
Run = Callable[..., Ran]


@pytest.fixture
def run(postgres_server: Server) -> Run:
    """Runs a command in the home of the run's server, where the configured database answers nobody."""
    environment = {"EXPEDITER_HOME": str(server_home()), "DATABASE_URL": NOWHERE}
    assert postgres_server.port
    return lambda *words: expediter(*words, environment=environment)


def named(company: str) -> dict[str, str | bytes | None]:
    """A company of another name: its pack has a database of its own."""
    return edited("pack.toml", "Small Valves", company)


def database_of(scan: Ran) -> str:
    """The name of the database that a scan with --json worked on."""
    return f"pack_{scan.json()['pack']['content_hash'][:24]}"


def items_of(server: Server, database: str) -> list[tuple[object, ...]]:
    """The rows of the item table, with the transactions that wrote them."""
    with psycopg.connect(dsn_of(server.role_urls(database).app)) as connection:
        return connection.execute("SELECT code, list_price, xmin::text FROM items ORDER BY code").fetchall()


def test_a_pack_has_a_database_of_its_own_that_is_reused(run: Run, postgres_server: Server, tmp_path: Path) -> None:
    pack = small_pack(tmp_path / "pack", named("Reused Valves"))

    first = run("scan", "--pack", pack, "--json")
    loaded = items_of(postgres_server, database_of(first))
    second = run("scan", "--pack", pack, "--json")
    cases = run("cases", "--pack", pack, "--json").json()
    (pack / "items.csv").write_text(FILES["items.csv"].replace("60,120.5", "60,121.5"), encoding="utf-8")
    changed = run("scan", "--pack", pack, "--json")

    assert first.json()["cases"] == second.json()["cases"] != []
    assert [case["id"] for case in cases] == [case["id"] for case in first.json()["cases"]]
    assert database_of(second) == database_of(first) != database_of(changed)
    assert items_of(postgres_server, database_of(first)) == loaded
    assert [row[1] for row in items_of(postgres_server, database_of(changed))][-1] == Decimal("121.5")


def test_the_configured_database_is_not_touched(here: Office, postgres_server: Server, tmp_path: Path) -> None:
    pack = small_pack(tmp_path / "pack", named("Other Valves"))
    changed = "SELECT count(*), (SELECT count(*) FROM scans) FROM audit_log"
    before = here.rows(changed)

    environment = here.environment | {"EXPEDITER_HOME": str(server_home())}
    ran = expediter("scan", "--pack", pack, "--json", environment=environment)

    assert ran.done == 0
    assert len(items_of(postgres_server, database_of(ran))) == 3
    assert here.rows(changed) == before


def test_a_plan_is_worked_out_and_done_in_a_pack(run: Run, tmp_path: Path) -> None:
    changes = named("Done Valves") | edited("stock.csv", "VALVE,SHIP,40,", "VALVE,SHIP,4,")
    pack, token = small_pack(tmp_path / "pack", changes), tmp_path / "token"
    (case, *_) = run("scan", "--pack", pack, "--json").json()["cases"]
    run("users", "add", "maria", "--role", "operations_manager", "--token-file", token, "--pack", pack)

    asked = run("resolve", case["id"], "--pack", pack)
    (plan_hash,) = [line.removeprefix("plan hash ") for line in asked.out.splitlines() if line.startswith("plan hash")]
    done = run("approve", case["id"], "--hash", plan_hash, "--token-file", token, "--pack", pack)
    sound = run("check", "--pack", pack)

    assert f"Next: `expediter approve {case['id']} --pack {pack}`" in asked.text
    assert (done.code, done.err) == (0, "")
    assert done.last == f"case {case['id']}: approved, executed, verified"
    assert sound.code == 0
    assert f"{pack}: I1 holds" in sound.text


def test_a_mapping_given_overrides_the_pack_s_own(run: Run, tmp_path: Path) -> None:
    pack, mapping = small_pack(tmp_path / "pack"), tmp_path / "ours.toml"
    mapping.write_text(FILES["pack.toml"].replace("Small Valves", "Mapped Valves"), encoding="utf-8")
    assert tomllib.loads(mapping.read_text(encoding="utf-8"))["name"] == "Mapped Valves"

    ran = run("scan", "--pack", pack, "--mapping", mapping)
    listed = run("cases", "--pack", pack, "--mapping", mapping)

    assert "read with mapping 'Mapped Valves'." in ran.text
    assert (ran.done, listed.code, listed.err) == (0, 0, "")


def test_what_is_wrong_is_set_aside_on_demand_and_listed(run: Run, tmp_path: Path) -> None:
    changes = named("Lenient Valves") | edited("sales_order_lines.csv", "SO-2,1,VALVE,20", "SO-2,1,VALVE,1e30")
    pack = small_pack(tmp_path / "pack", changes)

    refused, lenient = run("scan", "--pack", pack), run("scan", "--pack", pack, "--quarantine")
    lines = run("scan", "--pack", pack, "--quarantine", "--json").figures()["lines"]

    assert (refused.code, refused.errors) == (2, ["pack_invalid"])
    assert lenient.done == 0
    assert "set aside: sales_order_lines.csv line 3 column quantity: not-a-number '1e30'" in lenient.text
    assert lines == 2
    assert run("cases", "--pack", pack, "--quarantine").code == 0


def test_how_to_read_a_pack_needs_a_pack(run: Run) -> None:
    for words in (["scan", "--quarantine"], ["cases", "--overlays"], ["demo", "--mapping", "x.toml"]):
        ran = run(*words)

        assert (ran.code, ran.out, ran.errors) == (2, "", ["wrong_usage"])
        assert "name the pack with --pack DIR" in ran.err
