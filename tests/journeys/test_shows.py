"""What is shown on a real company's books: the late list of the oracle, stock on hand, outages, and a database of the
pack's own."""

import csv
from pathlib import Path
from typing import Any

import psycopg
import pytest

from core.db.embedded import Server
from core.db.roles import dsn_of
from tests.journeys.conftest import Run, alone
from tests.ui.cli.terminal import Ran

FIRST_COME = ("--policy", "first-come", "--no-bom", "--json")
SHIPPING = "Finished Goods Storage"
OUTAGES = {
    "TREYRE0001": (2, 5, 5, 175, 1886),
    "CUSTOMF0001": (1, 10, 0, 199, 1972),
}


def scanned(run: Run, pack: Path, *words: object) -> Ran:
    """A scan of the pack; its database is the same for every worker of the run."""
    with alone("adventureworks"):
        return run("scan", "--pack", pack, *words)


def test_the_late_list_is_the_oracle_s(run: Run, adventureworks: Path, tmp_path: Path) -> None:
    found = tmp_path / "lines.csv"

    ran = scanned(
        run,
        adventureworks,
        *FIRST_COME,
        *("--pool-locations", "--overdue-supply", "as-dated", "--lines-out", found),
    )

    ours, oracle = rows(found), rows(adventureworks.parent / "oracle_2014-05-01.csv")
    assert list(ours[0]) == ["order", "line", "item", "qty", "due_date", "state", "short"]
    assert len(ours) == len(oracle) == 4_143
    assert {(r["order"], int(r["line"])): (state_class(r["state"]), int(r["short"])) for r in ours} == {
        (r["order"], int(r["Line"])): (state_class(r["state"]), int(float(r["short"]))) for r in oracle
    }
    figures = ran.figures()
    assert [figures[name] for name in ("lines_on_time", "lines_late", "lines_uncovered")] == [3_440, 84, 619]
    (timed,) = [figure for figure in ran.json()["figures"] if figure["name"] == "scan_seconds"]
    assert (timed["unit"], timed["goal"]) == ("s", "<= 2")
    assert ran.code == (1 if timed["value"] > 2 else 0)


def test_stock_elsewhere_would_cover_part_of_what_lacks(run: Run, adventureworks: Path) -> None:
    ran = scanned(run, adventureworks, *FIRST_COME, "--ship-from", SHIPPING, "--overdue-supply", "ignore")

    figures = ran.figures()
    assert {name: figures[name] for name in figures if "on_hand" in name or "coverable" in name} == {
        "items_short_on_hand": 103,
        "units_short_on_hand": 4_851,
        "units_coverable_by_transfer": 2_144,
        "items_coverable_by_transfer": 57,
    }
    transfers = ran.json()["transfers"]
    assert sum(transfer["quantity"] for transfer in transfers) == 2_144
    assert len({transfer["item"] for transfer in transfers}) == 57
    assert {transfer["to"] for transfer in transfers} == {SHIPPING}
    assert SHIPPING not in {transfer["from"] for transfer in transfers}


@pytest.mark.parametrize("supplier", OUTAGES)
def test_an_outage_reaches_what_the_bills_of_materials_say(run: Run, adventureworks: Path, supplier: str) -> None:
    ran = scanned(run, adventureworks, "--outage", f"supplier={supplier}", "--json")

    figures = ran.figures()
    names = ("purchase_orders_hit", "items_hit", "items_with_alternative", "parents_reachable", "lines_reachable")
    assert tuple(figures[name] for name in names) == OUTAGES[supplier]
    assert figures["lines_at_risk"] <= figures["lines_reachable"]
    others = ran.json()["alternatives"]
    assert len({other["item"] for other in others}) == figures["items_with_alternative"]
    assert supplier not in {other["supplier"] for other in others}
    assert ran.json()["cases"] == []


def test_two_ways_of_pooling_at_once_are_refused(run: Run, adventureworks: Path) -> None:
    ran = scanned(run, adventureworks, "--pool-locations", "--ship-from", SHIPPING)

    assert (ran.code, ran.out, ran.errors) == (2, "", ["wrong_usage"])
    assert "--pool-locations treats all locations as one" in ran.err


def test_what_was_assumed_is_in_the_report_and_in_the_json(run: Run, adventureworks: Path) -> None:
    shown = scanned(run, adventureworks)
    pack = scanned(run, adventureworks, "--json").json()["pack"]

    assert pack["mapping"] == "AdventureWorks"
    assert "Pack AdventureWorks: read with mapping 'AdventureWorks'." in shown.text
    assert len(pack["assumptions"]) == 29
    assert [sentence for sentence in pack["assumptions"] if f"assumed: {sentence}" not in shown.text] == []
    for word in ("as-of date is 2014-05-01", "currency USD", "orders ship from", "Lane declared", "0.5 percent"):
        assert any(word in sentence for sentence in pack["assumptions"])


def test_an_unchanged_pack_is_loaded_once(run: Run, adventureworks: Path, postgres_server: Server) -> None:
    first = scanned(run, adventureworks, "--json").json()
    before = items_of(postgres_server, database_of(first))
    second = scanned(run, adventureworks, "--json").json()

    assert database_of(second) == database_of(first)
    assert items_of(postgres_server, database_of(second)) == before


def database_of(scan: dict[str, Any]) -> str:
    return f"pack_{scan['pack']['content_hash'][:24]}"


def items_of(server: Server, database: str) -> list[tuple[object, ...]]:
    """The item numbers, with the transactions that wrote them."""
    with psycopg.connect(dsn_of(server.role_urls(database).app)) as connection:
        return connection.execute("SELECT id, xmin::text FROM items ORDER BY id").fetchall()


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def state_class(state: str) -> str:
    """What a state begins with."""
    return next(word for word in ("on time", "late", "uncovered") if state.startswith(word))
