"""The first journey as `expediter demo` tells it: risk, cause, options, decision, execution, verification."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from core.db.embedded import Server
from core.db.roles import dsn_of
from core.domain.items import Item
from core.domain.orders import SalesOrderLine
from core.domain.parties import SupplierItem
from core.services.packs.writing import write_pack
from tests.builders import GULF, PUMP, SO_1, company, day
from tests.core.services.packs.folders import edited, small_pack
from tests.journeys.conftest import Run, alone, environment
from tests.ui.cli.processes import Processes
from tests.ui.cli.terminal import Ran, expediter

DEMO_APPROVERS = {"demo approver", "second demo approver"}
DEMO_PEOPLE = DEMO_APPROVERS | {"demo clerk", "demo controller", "demo finance", "demo planner", "demo quality"}
# Two machines are wanted that only one supplier has, for more money than one person may commit.
DEAR = company(
    items=(Item(code=PUMP, name="Pump", finished_good=True, standard_cost=Decimal(9_000)),),
    stock=(),
    bom=(),
    supplier_items=(SupplierItem(supplier=GULF, item=PUMP, lead_time_days=3, unit_price=Decimal(9_000)),),
    sales_orders=company().sales_orders[:1],
    sales_order_lines=(
        SalesOrderLine(
            order=SO_1, line=1, item=PUMP, ordered=2, unit_price=Decimal(15_000), requested=day(8), promised=day(8)
        ),
    ),
    purchase_orders=(),
    purchase_order_lines=(),
    work_orders=(),
    transfer_orders=(),
)


@pytest.fixture
def stage(postgres_server: Server) -> Iterator[Server]:
    """The demo begins with an empty database, so two of them at once would spoil each other's."""
    with alone("demo"):
        yield postgres_server


def rows(server: Server, question: LiteralString, *, of: str = "demo") -> list[tuple[object, ...]]:
    with psycopg.connect(dsn_of(server.role_urls(of).app)) as connection:
        return connection.execute(question).fetchall()


def too_wide(ran: Ran, folder: Path) -> list[str]:
    """The lines that do not fit a terminal of 80 columns; a path is never broken."""
    return [line for line in ran.out.splitlines() if len(line) > 80 and str(folder) not in line]


def blanked(ran: Ran) -> str:
    """The JSON with the values of the fields it names in `varies` blanked out."""
    varies = "|".join(json.loads(ran.out)["varies"])
    return re.sub(rf'("name": "(?:{varies})",\s+"value": )[^,]+,', r"\1null,", ran.out)


def test_the_story_ends_verified_and_every_record_says_demo_approver(run: Run, stage: Server, tmp_path: Path) -> None:
    ran = run("demo", "--day", 2, "--out", tmp_path)

    assert (ran.code, ran.err) == (0, "")
    told, later = ran.out.split("The next day: a later pack of the ERP")
    assert re.search(r"case CASE-\d+: approved, executed, verified\s*$", told)
    for part in ("1. What will miss", "2. The desk asks", "3. The case,", "4. The decision", "5. Execution and"):
        assert part in told
    # The next day every case that moved has a cause that was planted.
    assert "conflict: purchase:PO-2002/1 due" in later
    assert all(word in later for word in ("opened", "refreshed", "closed"))
    assert "of itself" not in later
    assert [part.count("all 13 invariants of the books hold") for part in (told, later)] == [1, 1]
    assert too_wide(ran, tmp_path) == []
    deciders = rows(stage, "SELECT user_name, demo, channel FROM approval_decisions JOIN users ON name = user_name")
    assert deciders == [("demo approver", True, "demo")]
    people = rows(stage, "SELECT name, demo FROM users WHERE role NOT IN ('agent', 'service')")
    assert set(people) == {(name, True) for name in DEMO_PEOPLE}
    assert rows(stage, "SELECT count(*) FROM effect_ledger") == [(1,)]
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".csv", ".html"]
    check_the_books(stage)


def check_the_books(server: Server) -> None:
    """`expediter check` on what the demo left behind."""
    urls = server.role_urls("demo")
    environment = {"DATABASE_URL": urls.owner, "DATABASE_URL_APP": urls.app}

    found = expediter("check", "--json", environment=environment | {"EXPEDITER_HOME": str(server.data_dir.parent)})

    assert found.code == 0
    names = [result["name"] for result in found.json()]
    assert names == ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11", "I12", "I15"]
    assert [result["broken"] for result in found.json()] == [[]] * 13


def test_the_same_seed_twice_gives_the_same_bytes(run: Run, stage: Server, tmp_path: Path) -> None:
    first = run("demo", "--size", "small", "--json", "--out", tmp_path / "first")
    second = run("demo", "--size", "small", "--json", "--yes", "--out", tmp_path / "second")

    assert first.json()["ending"].endswith(": approved, executed, verified")
    assert first.json()["varies"] == ["scan_seconds"]
    assert first.json()["approvers"] == ["demo approver"]
    assert {figure["name"] for figure in first.json()["figures"]} >= {"lines", "exposure", "scan_seconds"}
    assert blanked(first) == blanked(second)
    assert blanked(first).count('"value": null') == 1
    assert [f.read_bytes() for f in sorted((tmp_path / "first").iterdir())] == [
        f.read_bytes() for f in sorted((tmp_path / "second").iterdir())
    ]


def test_at_a_terminal_a_no_changes_nothing(run: Run, stage: Server, tmp_path: Path) -> None:
    ran = run("demo", "--size", "small", "--out", tmp_path, typed="n\n")

    assert (ran.code, ran.err) == (0, "")
    assert "Do exactly this? [y/N]:" in ran.out
    assert re.fullmatch(r"case CASE-\d+: rejected; the case is open again", ran.last)
    assert rows(stage, "SELECT kind, user_name FROM approval_decisions") == [("reject", "demo approver")]
    assert rows(stage, "SELECT count(*) FROM effect_ledger") == [(0,)]
    assert list(tmp_path.iterdir()) == []


def test_at_a_terminal_a_yes_of_another_seed_is_executed(run: Run, stage: Server, tmp_path: Path) -> None:
    ran = run("demo", "--size", "small", "--seed", 11, "--out", tmp_path, typed="y\n")

    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(r"case CASE-\d+: approved, executed, verified", ran.last)


def test_of_two_demos_at_once_each_has_its_story(stage: Server, processes: Processes, tmp_path: Path) -> None:
    folders = (tmp_path / "one", tmp_path / "other")

    both = processes.at_once(
        environment(), *(("demo", "--size", "small", "--json", "--out", folder) for folder in folders)
    )

    assert [one.code for one in both] == [0, 0]
    assert [json.loads(one.out)["ending"] for one in both] == ["case CASE-1: approved, executed, verified"] * 2
    waited = "Another demo is under way here; this one begins when it ends. Ctrl-C gives up.\n"
    assert sorted(one.err for one in both) == ["", waited]
    assert all(sorted(file.suffix for file in folder.iterdir()) == [".csv", ".html"] for folder in folders)


def test_the_next_day_is_told_of_the_full_size_company_only(run: Run) -> None:
    ran = run("demo", "--day", 2, "--size", "small")

    assert ran.code == 2
    assert "--day 2 is told of the full-size demo company" in ran.err


def test_where_nothing_is_at_risk_nothing_has_to_be_decided(run: Run, tmp_path: Path) -> None:
    pack = small_pack(tmp_path / "pack", edited("stock.csv", "VALVE,SHIP,40,", "VALVE,SHIP,400,\nBODY,SHIP,50,"))

    told, found = run("demo", "--pack", pack, "--out", tmp_path / "out"), run("demo", "--pack", pack, "--json").json()

    assert (told.code, told.err) == (0, "")
    assert told.last == "Every order line is covered in time; nothing has to be decided."
    assert (found["case"], found["approval"], found["approvers"]) == (None, None, [])
    assert found["ending"] == "nothing to decide"
    assert not (tmp_path / "out").exists()


def test_a_plan_of_much_money_has_two_demo_approvers(run: Run, postgres_server: Server, tmp_path: Path) -> None:
    write_pack(tmp_path / "pack", DEAR)

    ran = run("demo", "--pack", tmp_path / "pack", "--json", "--out", tmp_path)

    assert ran.json()["ending"] == "case CASE-1: approved, executed, verified"
    assert ran.json()["approvers"] == ["demo approver", "second demo approver"]
    name = f"demo_{ran.json()['pack']['content_hash'][:16]}"
    question = "SELECT user_name, demo FROM approval_decisions JOIN users ON name = user_name ORDER BY name"
    assert rows(postgres_server, question, of=name) == [("demo approver", True), ("second demo approver", True)]
    assert rows(
        postgres_server,
        "SELECT tier, approvals_needed FROM approvals JOIN proposals ON proposals.id = proposal_id",
        of=name,
    ) == [(4, 2)]


def test_the_story_on_a_real_company_ends_verified(run: Run, adventureworks: Path, tmp_path: Path) -> None:
    with alone("adventureworks-demo"):
        ran = run("demo", "--pack", adventureworks, "--out", tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(r"case CASE-\d+: approved, executed, verified", ran.last)
    assert "504 items, 14 locations, 104 suppliers, 650 open orders with 4143 lines." in ran.text
    assert "assumed: customers.csv: the penalty for lateness is 0.5 percent" in ran.text
    assert too_wide(ran, tmp_path) == []
