"""The best award is the cheapest of all that can be ordered, and keeps to every bound."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.awarding import FREE, Bounds
from core.planning.awarding.award import Need, Offer, allowed, by_supplier
from core.planning.awarding.solving import best_award
from tests.core.planning.oracles.every_award import cheapest_award


@st.composite
def _offers(draw: st.DrawFn) -> Offer:
    least, multiple = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    first = draw(st.integers(5, 30))
    breaks = draw(st.sampled_from([(), (3,), (2, 4)]))
    prices = tuple((units, first - 3 * n) for n, units in enumerate(breaks, start=1))
    return Offer(
        supplier=draw(st.sampled_from(["A", "B", "C"])),
        arrives=draw(st.integers(0, 4)),
        least=least,
        most=draw(st.integers(1, 5)),
        multiple=multiple,
        prices=((0, first), *prices),
        risk=draw(st.integers(0, 4)),
        fixed=draw(st.integers(0, 10)),
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_offers(), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=2),
    st.sampled_from([FREE, Bounds(largest_share=60), Bounds(least_share=30), Bounds(largest_share=75, least_share=20)]),
    st.tuples(st.integers(0, 6), st.integers(0, 60), st.integers(0, 15), st.sampled_from([0, 25])),
)
def test_no_award_that_can_be_ordered_costs_less(
    offers: list[Offer], days: list[tuple[int, int]], bounds: Bounds, money: tuple[int, int, int, int]
) -> None:
    unit_day, uncovered, usual, excess = money
    need = Need(days=tuple(sorted(days)), unit_day=unit_day, uncovered=uncovered, usual=usual, excess_percent=excess)

    award = best_award(offers, need, bounds)

    nothing = uncovered * sum(units for _, units in days)
    assert (nothing if award is None else award.cost) == cheapest_award(offers, need, bounds)
    assert award is None or allowed(offers, need, bounds, award)
    assert award == best_award(offers, need, bounds)


def offer(supplier: str, price: int, most: int, *, least: int = 1, multiple: int = 1, arrives: int = 2) -> Offer:
    return Offer(
        supplier=supplier, arrives=arrives, least=least, most=most, multiple=multiple, prices=((0, price * 10_000),)
    )


def test_minimums_that_do_not_fit_together_are_seen_over_the_whole_quantity() -> None:
    """100 wanted. By the cheapest unit first, 90 of A leave 10, of which B sells 40 at least, 30 too many."""
    offers = [offer("A", 10, 90), offer("B", 11, 200, least=40), offer("C", 13, 100)]
    need = Need(days=((5, 100),), unit_day=10_000, uncovered=1_000_000, usual=100_000, excess_percent=25)

    award = best_award(offers, need)

    assert award is not None
    assert award.units == (90, 0, 10)
    assert best_award([*offers[:2], offer("C", 17, 100)], need).units == (60, 40, 0)  # type: ignore[union-attr]


def test_a_second_source_has_its_share() -> None:
    offers = [offer("A", 10, 1_000), offer("B", 11, 1_000), offer("B", 10, 5)]
    need = Need(days=((5, 1_000),), unit_day=10_000, uncovered=1_000_000)

    free, bound = best_award(offers, need), best_award(offers, need, Bounds(largest_share=70, least_share=20))

    assert free is not None
    assert free.units == (1_000, 0, 0)
    assert bound is not None
    assert (bound.units, by_supplier(offers, bound.units)) == ((700, 300, 0), (700, 300))


def test_large_quantities_are_awarded_in_lots() -> None:
    offers = [offer("A", 10, 900_000, multiple=500, least=10_000), offer("B", 9, 333_300, multiple=100)]
    need = Need(days=((1, 400_000), (9, 600_000)), unit_day=100, uncovered=10_000_000, excess_percent=25)

    award = best_award(offers, need)

    assert award is not None
    assert award.units == (667_000, 333_000)
    assert sum(award.needed) == 1_000_000


def test_what_costs_more_than_doing_without_is_not_bought() -> None:
    assert best_award([offer("A", 10, 5)], Need(days=((0, 5),), unit_day=0, uncovered=90_000)) is None
    assert best_award([], Need(days=((0, 5),), unit_day=0, uncovered=90_000)) is None
    assert best_award([offer("A", 10, 0)], Need(days=((0, 5),), unit_day=0, uncovered=990_000)) is None
