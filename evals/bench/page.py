"""The page: all figures of a run with their goals, and the charts, in one HTML file that needs no other."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from core.services.scanning import Figure
from evals.bench.charts import goals_chart, pairs_chart, scale_chart, shown_value
from evals.bench.results import Results
from ui.cli.figures import misses

GROWING = ("scan.scan_s", "whatif.resident_s")
PAIRS = (
    ("one hot item, 32 callers", "hot.per_s_32", "hot.row_lock_per_s_32"),
    ("one hot item, 128 callers", "hot.per_s_128", "hot.row_lock_per_s_128"),
    ("many items, 32 callers", "uniform.per_s", "uniform.single_statement_per_s"),
    ("orders of four lines", "place.orders_per_s", "place.bare_driver_per_s"),
)
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;color:#1f2933;max-width:860px;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:left;border-bottom:1px solid #e3e8ee}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}.missed{color:#b91c1c;font-weight:600}svg{max-width:100%}"
)


def charts_of(results: Results, every: Sequence[Results]) -> Mapping[str, str]:
    """The pictures by file name, as SVG."""
    return {
        "performance-goals.svg": goals_chart(results),
        "performance-scale.svg": scale_chart(every, GROWING),
        "performance-pairs.svg": pairs_chart(results, PAIRS),
    }


def write_page(results: Results, every: Sequence[Results], folder: Path) -> Path:
    """Write index.html and the pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    charts = charts_of(results, every)
    for name, drawn in charts.items():
        (folder / name).write_text(drawn, encoding="utf-8")
    path = folder / "index.html"
    path.write_text(page(results, charts), encoding="utf-8")
    return path


def page(results: Results, charts: Mapping[str, str]) -> str:
    """The page as HTML."""
    missed = misses(results.figures)
    reached = sum(one.goal is not None for one in results.figures) - len(missed)
    rows = "\n".join(_row(one, missed=one in missed) for one in results.figures)
    words = ", ".join(escape(part) for part in results.machine.values())
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Expediter: benchmarks</title>'
        f"<style>{_STYLE}</style></head><body>\n<h1>Benchmarks</h1>\n"
        f"<p>{results.lines:,} order lines, measured {escape(results.taken)} on: {words}. "
        f"{reached} goals reached, {len(missed)} missed.</p>\n"
        + "\n".join(charts.values())
        + f"\n<table><tr><th>figure</th><th>value</th><th>goal</th></tr>\n{rows}\n</table></body></html>\n"
    )


def _row(one: Figure, *, missed: bool) -> str:
    kind = ' class="missed"' if missed else ""
    cells = f'<td>{escape(one.name)}</td><td class="n">{escape(shown_value(one))}</td><td>{escape(one.goal or "")}</td>'
    return f"<tr{kind}>{cells}</tr>"
