"""All benches run apart, their figures kept, drawn and written into the manual."""

import sys
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.domain.errors import InvalidValueError
from core.services.scanning import Figure
from evals.bench.all import ORDER, run
from evals.bench.alone import figures_alone
from evals.bench.documents import BEGIN, END, table, with_table
from evals.bench.figures import figure
from evals.bench.page import charts_of, page, write_page
from evals.bench.results import Results, keep, kept, read
from evals.commands import bench
from tests.architecture.tree import ROOT

_GOOD = """print('{"figures": [{"name": "ratio", "value": 0.5, "unit": "x", "goal": "<= 1.5"}]}')"""
_KEPT = ROOT / "evals" / "bench" / "results"


def _python(code: str) -> tuple[str, ...]:
    return sys.executable, "-c", code


def _results(lines: int = 1_000, *, ratio: str = "0.5", seconds: str = "0.2") -> Results:
    return Results(
        lines=lines,
        taken="2026-11-22",
        machine={"processor": "Any <CPU>", "system": "Linux", "python": "3.11.9"},
        figures=(
            figure("machine.cores", 2, "cores"),
            Figure(name="scan.ratio_vs_raw_read", value=Decimal(ratio), unit="", goal="<= 1.5"),
            Figure(name="scan.scan_s", value=Decimal(seconds), unit="s", goal=None),
        ),
    )


def test_a_bench_runs_apart_and_its_figures_carry_its_name() -> None:
    found = figures_alone("scan", _python(_GOOD))

    assert found[0] == Figure(name="scan.ratio", value=Decimal("0.5"), unit="x", goal="<= 1.5")
    assert [one.name for one in found] == ["scan.ratio", "scan.peak_mib"]
    assert found[1].value > 1


def test_a_bench_that_fails_is_a_figure_that_misses_and_the_others_still_run() -> None:
    commands = {"scan": _python("raise SystemExit('no room')"), "hot": _python(_GOOD)}

    results = run(commands, lambda: [figure("machine.cores", 2, "cores")], lines=10)

    names = [one.name for one in results.figures]
    assert names == [
        "machine.cores", "scan.peak_mib", "scan.failed", "hot.ratio", "hot.peak_mib", "all.seconds"
    ]  # fmt: skip
    failed = results.figures[2]
    assert (failed.value, failed.unit, failed.goal) == (1, "no room", "== 0")


def test_a_bench_that_never_ends_is_ended() -> None:
    found = figures_alone("scan", _python("while True: pass"), limit=0.5)

    assert found[-1] == Figure(name="scan.failed", value=1, unit="it ended with -9", goal="== 0")


def test_results_are_kept_by_size_and_read_back(tmp_path: Path) -> None:
    small, large = _results(1_000), _results(10_000, ratio="1.75")

    for one in (large, small):
        keep(one, tmp_path)

    assert kept(tmp_path) == (small, large)


def test_a_file_that_holds_no_results_is_refused(tmp_path: Path) -> None:
    (tmp_path / "7.json").write_text('{"lines": 7}')

    with pytest.raises(InvalidValueError, match="holds no results"):
        read(tmp_path / "7.json")


def test_the_page_has_every_figure_and_marks_what_missed(tmp_path: Path) -> None:
    results = _results(ratio="1.75")

    written = write_page(results, [results], tmp_path).read_text(encoding="utf-8")

    assert written == page(results, charts_of(results, [results]))
    assert '<tr class="missed"><td>scan.ratio_vs_raw_read</td><td class="n">1.75</td>' in written
    assert "Any &lt;CPU&gt;" in written
    assert "0 goals reached, 1 missed" in written
    assert written.count("<svg") == 3


def test_a_bar_ends_at_the_line_when_the_goal_is_just_reached() -> None:
    reached = charts_of(_results(ratio="1.5"), [])["performance-goals.svg"]

    # The line stands where the goal is: 330 points are 1.6 times the goal.
    assert '<rect x="250" y="36" width="206.2" height="16" rx="2" fill="#15803d"/>' in reached
    assert '<line x1="456.2"' in reached


def test_the_table_has_a_column_for_each_size() -> None:
    text = with_table(f"Before\n{BEGIN}\nold\n{END}\nafter\n", [_results(1_000), _results(100_000, ratio="1.75")])

    assert text.startswith("Before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "| `scan.ratio_vs_raw_read` | <= 1.5 | 0.5 | **1.75** missed |" in text


def test_a_page_without_a_place_for_figures_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="has no place for the figures"):
        with_table("Nothing here", [_results()])


def test_the_manual_shows_the_results_that_are_kept() -> None:
    every, manual = kept(_KEPT), (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")

    assert table(every) in manual
    assert [name for name in ORDER if f"\n## {name}: " not in manual] == []


def test_a_bench_nobody_knows_is_refused() -> None:
    result = CliRunner().invoke(bench, ["all", "--only", "speed"])

    assert result.exit_code == 2
    assert "--only 'speed' is no bench" in result.stderr
