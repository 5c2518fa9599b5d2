"""The benchmark of the HTTP door runs and finds nothing sold twice or failed; how fast, is measured elsewhere."""

import json

from typer.testing import CliRunner

from evals.commands import bench


def test_the_quick_benchmark_over_http_loses_and_doubles_nothing() -> None:
    result = CliRunner().invoke(bench, ["http", "--quick", "--json"])

    figures = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {name: figures[name] for name in ("oversold_units", "lost_or_doubled", "failed")} == {
        "oversold_units": 0,
        "lost_or_doubled": 0,
        "failed": 0,
    }
    assert figures["requests_per_s_32_clients"] > 0
    assert figures["requests_per_s_128_clients"] > 0
