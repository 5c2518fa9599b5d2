"""The benchmark of reservations runs and finds nothing wrong; how fast it is, is measured elsewhere."""

import json

from typer.testing import CliRunner

from evals.bench.reserve import LINED, MIXED
from evals.commands import bench


def test_the_quick_benchmark_finds_nothing_sold_twice_and_no_deadlock() -> None:
    result = CliRunner().invoke(bench, ["reserve", "--quick", "--json"])

    figures = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {name: figures[name] for name in ("oversold_units", "drift_units", "broken_invariants")} == {
        "oversold_units": 0,
        "drift_units": 0,
        "broken_invariants": 0,
    }
    assert figures["multi_line_deadlocks"] == 0
    assert (figures["decisions"], figures["multi_line_orders"]) == (600, 120)
    assert figures["hot_item_ratio_vs_for_update"] > 0
    assert (len(MIXED), len(LINED)) == (4, 20)
