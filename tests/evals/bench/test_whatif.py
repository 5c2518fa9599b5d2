"""The benchmark of what-ifs follows every event as netting as a whole would; its times are not looked at here."""

from evals.bench.book import SMALL
from evals.bench.whatif import QUICK, run


def test_events_drawn_on_the_synthetic_book_are_followed_and_equal_to_a_full_net() -> None:
    measured = {figure.name: figure.value for figure in run(400, QUICK, seed=3, shape=SMALL)}

    assert (measured["equal_to_full"], measured["followed_share"]) == (1, 1)
    assert {"p99_ms_one_event", "whatifs_per_s", "ratio_vs_full_net"} <= measured.keys()
