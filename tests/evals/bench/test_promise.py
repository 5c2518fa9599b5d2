"""The benchmark of promising runs and breaks nothing; its times are not looked at here."""

from evals.bench.promise import QUICK, run
from tests.builders import company


def test_promises_are_measured_and_leave_the_books_whole() -> None:
    measured = {figure.name: figure.value for figure in run(company(), QUICK)}

    assert (measured["ctp_asks"], measured["confirmed_orders"]) == (QUICK.asks, QUICK.orders)
    assert measured["broken_invariants"] == 0
    assert {"ctp_p50_ms", "ctp_p99_ms", "promises_per_s_8_clients", "baseline_sort_ms"} <= measured.keys()
