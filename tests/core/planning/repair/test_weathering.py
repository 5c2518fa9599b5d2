"""Options over many scenarios of late suppliers."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.evidence import CaseEvidence
from core.domain.options import Option
from core.domain.robustness import OptionOdds
from core.planning.detection import detect
from core.planning.donors import stock_elsewhere
from core.planning.netting import net
from core.planning.repair import plan_case
from core.planning.robustness.drawing import Chances
from core.planning.robustness.lateness import SupplierLateness, lateness_of
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.books import book
from tests.core.planning.repair.cases import case_of, quote

# Half of the deliveries come on the day, the others twenty days later.
_HALF = lateness_of([(-1, 0), (0, 500_000), (19, 500_000), (20, 1_000_000)])
_PUNCTUAL = lateness_of([(-1, 0), (0, 1_000_000)])


def _short() -> Snapshot:
    """A line lacks 10 of 10 in four days: a supplier has them in three, another place in one, for more."""
    return book(
        items=[("A",)],
        locations=[("MAIN",), ("RENO",)],
        demand=[("SO-1", 1, "A", 10, 4, "MAIN", 0, 0, 1, "100", 100, "BIG")],
        stock=[("A", 10, "RENO")],
        lanes=[("RENO", "MAIN", 1, "100", "0.5")],
        sources=[("A", "S1", 9, "4")],
        customers=[("BIG", 1)],
        suppliers=["S1"],
    )


def _options(books: Snapshot, chances: Chances) -> dict[str, Option]:
    result = net(books, ScanRules())
    case = case_of(detect(books, result)[0])
    evidence = CaseEvidence(stock=stock_elsewhere(books, result, case), quotes=(quote("S1", 3, "4.40"),))
    plan = plan_case(books, result, case, evidence, chances=chances)
    return {type(option.actions[0]).__name__: option for option in plan.options}


def _odds(option: Option) -> OptionOdds:
    assert option.odds is not None
    return option.odds


def test_a_purchase_that_is_often_late_falls_behind_a_transfer() -> None:
    found = _options(_short(), Chances(lateness=SupplierLateness(pool=_HALF), scenarios=400))
    buy, transfer = found["Buy"], found["Transfer"]

    assert buy.objective < transfer.objective
    assert 45 < _odds(buy).holds < 55
    assert _odds(transfer).holds == Decimal("100.0")
    assert (_odds(transfer).expected, _odds(transfer).worst) == (transfer.objective, transfer.objective)
    assert (_odds(transfer).expected_rank, _odds(buy).expected_rank) == (1, 2)
    assert _odds(buy).worst > _odds(buy).expected > buy.objective


def test_the_worst_case_is_twenty_days_at_the_penalty_of_the_line() -> None:
    buy = _options(_short(), Chances(lateness=SupplierLateness(pool=_HALF), scenarios=400))["Buy"]

    # There on the third day, two before the buffer of two days begins to count: 3 + 20 - 4 = 19 days at 1 % of 1,000,
    # less the day a thin promise counts for, and 40 for missing it unannounced.
    assert _odds(buy).worst - buy.objective == Decimal("220.00")


def test_where_all_suppliers_are_punctual_odds_are_as_netted() -> None:
    found = _options(_short(), Chances(lateness=SupplierLateness(pool=_PUNCTUAL), scenarios=20))

    assert {(_odds(one).holds, _odds(one).expected - one.objective) for one in found.values()} == {
        (Decimal("100.0"), Decimal("0.00"))
    }


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**31), scenarios=st.integers(1, 60))
def test_the_worst_case_is_never_better_than_the_mean_and_ranks_are_a_permutation(seed: int, scenarios: int) -> None:
    chances = Chances(lateness=SupplierLateness(pool=_HALF), seed=seed, scenarios=scenarios)

    found = [_odds(one) for one in _options(_short(), chances).values()]

    assert all(one.worst >= one.expected and 0 <= one.holds <= 100 for one in found)
    assert sorted(one.expected_rank for one in found) == list(range(1, len(found) + 1))
    assert sorted(one.worst_rank for one in found) == list(range(1, len(found) + 1))
