"""Every figure that was promised is measured, against the goal it was promised with, by each bench and kept."""

from evals.bench import ctp, repair
from evals.bench.book import SMALL
from evals.bench.results import kept
from tests.architecture.tree import ROOT
from tests.evals.bench.promised import OF_A_MILLION, PROMISED, missing


def test_all_that_is_kept_has_every_figure_and_its_goal() -> None:
    promised = {f"{bench}.{name}": goal for bench, figures in PROMISED.items() for name, goal in figures.items()}

    every = {results.lines: results for results in kept(ROOT / "evals" / "bench" / "results")}

    assert 100_000 in every
    for lines, results in every.items():
        goals = promised | (OF_A_MILLION if lines >= 1_000_000 else {})
        found = {one.name: one.goal for one in results.figures}
        assert {name: found.get(name, "nothing") for name in goals} == goals


def test_promises_on_a_tiny_book_are_those_of_plain_python() -> None:
    size = ctp.Size(lines=400, asks=20, sample=4, shape=SMALL)

    found = {one.name: one.value for one in ctp.run(size, goals=False)}

    assert missing("ctp", found) == set()
    assert found["equal_to_oracle"] == 1


def test_a_choice_over_a_hundred_shortages_breaks_no_limit() -> None:
    found = {one.name: one.value for one in repair.sized(100, runs=1)}

    assert missing("repair", found) == set()
    assert (found["wrong_100"], found["runs_that_differ_100"]) == (0, 0)
