"""docs/performance.md: its table of figures and its pictures, made anew from results that were kept."""

from collections.abc import Sequence
from pathlib import Path

from core.domain.errors import InvalidValueError
from evals.bench.charts import shown_value
from evals.bench.page import charts_of
from evals.bench.results import Results
from ui.cli.figures import misses

PAGE = "performance.md"
BEGIN, END = "<!-- figures: written by expediter bench all --docs -->", "<!-- end of figures -->"
SHOWN_LINES = 100_000


def rewrite_documents(every: Sequence[Results], docs: Path) -> None:
    """Write the pictures into docs/images and the table into docs/performance.md, between its marks."""
    results = shown_of(every)
    for name, drawn in charts_of(results, every).items():
        (docs / "images" / name).write_text(drawn, encoding="utf-8")
    path = docs / PAGE
    path.write_text(with_table(path.read_text(encoding="utf-8"), every), encoding="utf-8")


def shown_of(every: Sequence[Results]) -> Results:
    """The results the pictures show: those of the usual size, else of the largest."""
    return next((one for one in every if one.lines == SHOWN_LINES), every[-1])


def with_table(text: str, every: Sequence[Results]) -> str:
    """The page with the table of these results between its marks; InvalidValueError where it has none."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise InvalidValueError(f"{PAGE!r} has no place for the figures; it needs the lines {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}\n{table(every)}\n{END}{after}"


def table(every: Sequence[Results]) -> str:
    """The figures that have a goal and what the machine does, one column a size."""
    goals = {one.name: one.goal for results in every for one in results.figures if one.goal or _plain(one.name)}
    heads = [f"{results.lines:,} lines" for results in every]
    rows = [f"| figure | goal | {' | '.join(heads)} |", "|---|---|" + "---|" * len(heads)]
    for name, goal in goals.items():
        rows.append(f"| `{name}` | {goal or ''} | {' | '.join(_cell(results, name) for results in every)} |")
    shown = shown_of(every)
    words = ", ".join(shown.machine.values())
    return "\n".join([f"Measured {shown.taken} on: {words}.", "", *rows])


def _plain(name: str) -> bool:
    """Whether it is shown without a goal."""
    return name.startswith("machine.")


def _cell(results: Results, name: str) -> str:
    found = next((one for one in results.figures if one.name == name), None)
    if found is None:
        return ""
    return f"**{shown_value(found)}** missed" if misses([found]) else shown_value(found)
