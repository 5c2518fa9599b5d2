"""The scans of the benchmark agree with one another, and its figures say so."""

import json

import psycopg
from typer.testing import CliRunner

from core.bootstrap.databases import load_company
from core.bootstrap.opening import open_books
from core.db.roles import RoleUrls, dsn_of
from core.domain.ids import UserName
from core.planning.latelist import late_list
from core.planning.netting import net
from core.planning.rules import ScanRules
from evals.bench.book import SMALL, draw
from evals.bench.book_company import company_of
from evals.bench.row_scan import row_scan
from evals.bench.sql_scan import sql_scan
from evals.commands import bench
from tests.evals.bench.promised import missing


def test_engine_rows_and_sql_find_the_same_late_lines(role_urls: RoleUrls) -> None:
    load_company(role_urls, company_of(draw(400, shape=SMALL)), content_hash="book")

    with open_books(role_urls.app) as books, books(UserName("bench")) as uow:
        snapshot = uow.snapshot()
        late = late_list(snapshot, net(snapshot, ScanRules()))
    with psycopg.connect(dsn_of(role_urls.owner)) as connection:
        by_row, by_sql = row_scan(connection), sql_scan(connection)

    columns = (late.at.tolist(), late.state.tolist(), late.short.tolist(), late.available.tolist())
    expected = list(zip(*columns, strict=True))
    assert len(expected) > 100
    assert [tuple(line) for line in by_row] == expected
    assert [tuple(line) for line in by_sql] == expected


def test_the_quick_benchmark_finds_all_scans_equal_and_every_unit_pegged_once() -> None:
    result = CliRunner().invoke(bench, ["scan", "--quick", "--json"])

    figures = {one["name"]: one["value"] for one in json.loads(result.stdout)["figures"]}
    assert figures["equal_to_oracle"] == 1
    assert figures["pegs_conserved"] == 1
    assert missing("scan", figures) == set()
    assert figures["lines"] == 1_000
