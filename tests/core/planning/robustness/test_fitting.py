"""The model of deliveries: shrinking, ageing, shapes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.robustness.fitting import Deliveries, Fit, Shape, fitted
from core.planning.robustness.lateness import LATEST
from core.planning.robustness.pooled import POOL

_EVEN = Fit(weight=10, half_life=0, shape=Shape.COUNTED)


def _deliveries(*rows: tuple[tuple[str, ...], int, int]) -> Deliveries:
    return Deliveries(
        path=tuple(path for path, _, _ in rows),
        late=np.array([late for _, late, _ in rows], dtype=np.int64),
        on=np.array([on for _, _, on in rows], dtype=np.int64),
    )


def test_a_supplier_with_few_deliveries_is_mostly_as_its_country() -> None:
    rows = [(("DE", "V1"), 5, 0)] * 5 + [(("DE", "V2"), 0, 0)] * 5

    model = fitted(_deliveries(*rows), as_of=0, fit=_EVEN)

    # All and the country are on time in half; V1 keeps 10 deliveries' worth of that beside its own 5 late ones.
    assert round(model.of(("DE", "V1")).within(0), 9) == round(5 / 15, 9)
    assert round(model.of(("DE", "V2")).within(0), 9) == round(10 / 15, 9)


def test_an_unknown_supplier_is_as_its_country_and_an_unknown_country_as_all() -> None:
    model = fitted(_deliveries((("DE", "V1"), 5, 0), (("FR", "V3"), 0, 0)), as_of=0, fit=_EVEN)

    assert model.of(("DE", "V9")) is model.of(("DE",))
    assert model.of(("IT", "V1")) is model.of(())


def test_a_delivery_counts_half_after_a_half_life() -> None:
    rows = _deliveries(((), 5, 0), ((), 0, 90))

    model = fitted(rows, as_of=90, fit=Fit(half_life=90, shape=Shape.COUNTED))

    assert round(model.of(()).within(0), 9) == round(1 / 1.5, 9)


def test_without_deliveries_the_prior_is_all_there_is() -> None:
    model = fitted(_deliveries(), as_of=0, fit=_EVEN, prior=POOL)

    assert np.allclose(model.of(("DE", "V1")).chance, POOL.chance, atol=1e-12)


def test_a_share_on_time_that_is_said_stands_for_the_country() -> None:
    model = fitted(_deliveries(), as_of=0, fit=_EVEN, prior=POOL, on_time={("DE", "V1"): 0.5})

    assert round(model.of(("DE", "V1")).within(0), 9) == 0.5
    assert round(model.of(("DE", "V2")).within(0), 6) == 0.885122


def test_the_smooth_shape_keeps_the_chances_of_early_punctual_and_late_and_has_a_tail() -> None:
    rows = [((), -3, 0)] * 2 + [((), 0, 0)] * 5 + [((), 4, 0), ((), 9, 0), ((), 30, 0)]

    late = fitted(_deliveries(*rows), as_of=0, fit=Fit(half_life=0, shape=Shape.SMOOTH)).of(())

    assert [round(late.within(day), 9) for day in (-1, 0, LATEST)] == [0.2, 0.7, 1.0]
    assert 0 < 1 - late.within(60) < 0.02


@settings(max_examples=30)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from([("A", "V1"), ("A", "V2"), ("B", "V3")]), st.integers(-99, 299), st.integers(0, 400)),
        min_size=1,
        max_size=12,
    ),
    shape=st.sampled_from(Shape),
)
def test_order_of_deliveries_is_irrelevant_and_chances_are_chances(
    rows: list[tuple[tuple[str, ...], int, int]], shape: Shape
) -> None:
    fit = Fit(shape=shape)

    one, other = (fitted(_deliveries(*some), as_of=400, fit=fit) for some in (rows, rows[::-1]))

    for path in (("A", "V1"), ("A", "V2"), ("B", "V3"), ()):
        assert np.allclose(one.of(path).chance, other.of(path).chance, atol=1e-12)
        assert one.of(path).within(LATEST) > 0.999999
