"""Moves: never above the ceiling, never down again, no concession without one of theirs, and always an end."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.errors import InvalidValueError
from core.domain.ids import CaseId, ItemCode, NegotiationId, SupplierCode
from core.domain.negotiating.bounds import NegotiationBounds, bounds_broken
from core.domain.negotiating.mandates import Frame, Mandate, mandate_hash, mandate_of, mandate_text
from core.domain.negotiating.moves import Accept, Move, Offer, WalkAway, next_move
from core.domain.negotiating.rounds import Round, RoundState
from core.domain.quotes import Quote
from core.domain.reserve_price import ReservePrice

TODAY = date(2024, 10, 4)
FRAME = Frame(
    negotiation=NegotiationId("NEG-1"), case=CaseId("CASE-1"), needed_by=TODAY + timedelta(days=9), as_of=TODAY
)


def quote(price: Decimal = Decimal("20.00")) -> Quote:
    return Quote(
        quote_id="Q-1",
        supplier=SupplierCode("GULF"),
        item=ItemCode("VALVE-3"),
        quantity=25,
        unit_price=price,
        currency="USD",
        lead_time_days=3,
        available_quantity=100,
        minimum_order=1,
        multiple=1,
        valid_until=TODAY + timedelta(days=14),
    )


def reserve(most: Decimal = Decimal("19.00"), currency: str = "USD") -> ReservePrice:
    return ReservePrice(
        item=ItemCode("VALVE-3"),
        worth=most - Decimal(1),
        usual_price=Decimal(1),
        units=25,
        currency=currency,
        as_of=TODAY,
    )


def mandate(*, most: str = "19.00", bounds: NegotiationBounds | None = None) -> Mandate:
    return mandate_of(FRAME, quote(), reserve=reserve(Decimal(most)), bounds=bounds or NegotiationBounds())


def told(prices: Sequence[tuple[str, str]]) -> tuple[Round, ...]:
    """Rounds of these offers and answers."""
    return tuple(
        Round(number=number, offer=Decimal(ours), state=RoundState.ANSWERED, answer=Decimal(theirs))
        for number, (ours, theirs) in enumerate(prices, start=1)
    )


def move(rounds: tuple[Round, ...] = (), *, on: date = TODAY, ceiling: str | None = None) -> Move:
    return next_move(mandate(), rounds, today=on, ceiling=Decimal(ceiling) if ceiling else None)


def test_a_mandate_is_cut_from_the_quote_and_stays_below_what_the_goods_are_worth() -> None:
    made = mandate()

    assert (made.opening, made.target, made.ceiling, made.largest_step) == (
        Decimal("17.00"),
        Decimal("18.00"),
        Decimal("18.43"),
        Decimal("0.80"),
    )
    assert (made.most_rounds, made.until) == (4, TODAY + timedelta(days=5))
    assert mandate(most="500.00").ceiling == Decimal("20.00")
    assert mandate_hash(made) != mandate_hash(mandate(most="18.99"))
    assert '"ceiling":"18.43"' in mandate_text(made)


@pytest.mark.parametrize(("ceiling", "currency"), [("18.44", "USD"), ("0", "USD"), (None, "EUR")])
def test_nothing_above_the_bounds_and_nothing_in_another_currency_is_negotiated(
    ceiling: str | None, currency: str
) -> None:
    with pytest.raises(InvalidValueError) as raised:
        mandate_of(
            FRAME,
            quote(),
            reserve=reserve(currency=currency),
            bounds=NegotiationBounds(),
            ceiling=Decimal(ceiling) if ceiling else None,
        )

    assert "19" not in raised.value.message
    assert "18.43" not in raised.value.message


def test_a_negotiation_step_by_step() -> None:
    assert move() == Offer(price=Decimal("17.00"), why="the first offer")
    assert move(told([("17.00", "19.50")])) == Offer(price=Decimal("17.50"), why="the supplier came down by 0.50")
    assert move(told([("17.00", "20.00")])) == Offer(
        price=Decimal("17.00"), why="the same again: the supplier did not come down"
    )
    assert isinstance(move(told([("17.00", "20.00"), ("17.00", "20.00")])), WalkAway)
    assert move(told([("17.00", "17.00")])) == Accept(price=Decimal("17.00"), why="the price is what was aimed at")
    assert move(told([("17.00", "18.20")]), on=TODAY + timedelta(days=6)) == Accept(
        price=Decimal("18.20"), why=f"it was to end by {TODAY + timedelta(days=5)}"
    )
    assert isinstance(move(told([("17.00", "19.50")]), on=TODAY + timedelta(days=6)), WalkAway)
    refused = Round(number=1, offer=Decimal("17.00"), state=RoundState.REFUSED)
    assert isinstance(move((refused,)), WalkAway)


def test_a_ceiling_that_fell_meanwhile_binds_what_comes_next() -> None:
    assert isinstance(move(ceiling="16.00"), WalkAway)
    assert isinstance(move(told([("17.00", "19.00")]), ceiling="16.99"), WalkAway)
    assert isinstance(move(told([("17.00", "17.90")]), ceiling="17.50"), Offer)


def test_bounds_that_cannot_be_are_said() -> None:
    assert bounds_broken(NegotiationBounds()) == ()
    assert bounds_broken(NegotiationBounds(most_rounds=11)) == ("negotiation.most_rounds 11 is not between 1 and 10",)
    assert len(bounds_broken(NegotiationBounds(target_percent=20, opening_percent=10))) == 1


bounds_of = st.builds(
    NegotiationBounds,
    most_rounds=st.integers(1, 10),
    opening_percent=st.integers(20, 50),
    target_percent=st.integers(1, 20),
    step_percent=st.integers(1, 25),
    margin_percent=st.integers(1, 50),
    days=st.integers(1, 30),
)


@settings(max_examples=60)
@given(
    bounds=bounds_of,
    cents=st.integers(100, 100_000),
    worth=st.integers(100, 200_000),
    replies=st.lists(st.integers(0, 120), min_size=12, max_size=12),
)
def test_whatever_the_supplier_says_offers_keep_to_the_bounds_and_it_ends(
    bounds: NegotiationBounds, cents: int, worth: int, replies: list[int]
) -> None:
    asked, most = quote(Decimal(cents) / 100), Decimal(worth) / 100
    made = mandate_of(FRAME, asked, reserve=reserve(most), bounds=bounds)
    rounds: tuple[Round, ...] = ()
    for percent in replies:
        done = next_move(made, rounds, today=TODAY)
        if not isinstance(done, Offer):
            break
        answer = (asked.unit_price * percent / 100).quantize(Decimal("0.01"))
        rounds = (
            *rounds,
            Round(number=len(rounds) + 1, offer=done.price, state=RoundState.ANSWERED, answer=answer),
        )
    else:
        pytest.fail("it does not end")

    offers = [one.offer for one in rounds]
    assert offers == sorted(offers)
    assert len(offers) <= bounds.most_rounds
    assert all(0 < one <= made.ceiling < most for one in offers)
    named = [asked.unit_price, *(one.answer or Decimal(0) for one in rounds)]
    for index in range(1, len(offers)):
        step = offers[index] - offers[index - 1]
        assert step <= made.largest_step
        assert step <= max(Decimal(0), named[index - 1] - named[index])
    if isinstance(done, Accept):
        assert done.price == named[-1]
        assert done.price <= made.ceiling
