"""A scan that finds nothing new writes nothing but its line in the log."""

import json

from typer.testing import CliRunner

from evals.commands import bench
from tests.evals.bench.promised import missing


def test_an_unchanged_scan_writes_no_row() -> None:
    result = CliRunner().invoke(bench, ["writeback", "--quick", "--json"])

    figures = {one["name"]: one["value"] for one in json.loads(result.stdout)["figures"]}
    assert result.exit_code == 0
    assert figures["cases"] > 100
    assert figures["rows_written_on_unchanged_rescan"] == 0
    assert figures["scan_log_rows"] == 4
    assert missing("writeback", figures) == set()
