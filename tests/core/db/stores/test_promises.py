"""Promises are kept with all that explains them, once, and quotes end once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.errors import ConflictError, NotFoundError
from core.domain.promises import PromiseMade, PromiseQuote, PromiseQuoteState, PromiseReason, QuotedPart
from core.domain.promising import (
    Constraint,
    ConstraintCode,
    DatedQuantity,
    Peg,
    PegKind,
    TrialKind,
    TrialOrder,
)
from tests.builders import DELTA, HARBOR, RENO, SO_2, VALVE, day
from tests.desk import Desk

MADE = PromiseMade(
    order=SO_2,
    line=1,
    old=None,
    new=day(9),
    code=PromiseReason.LATER_THAN_ASKED,
    reason="too late",
    schedule=(DatedQuantity(on=day(9), quantity=20, location=RENO),),
    constraints=(Constraint(code=ConstraintCode.LEAD_TIME, text="too late"),),
    pegs=(Peg(kind=PegKind.NEW_PURCHASE, reference="DELTA", item=VALVE, location=RENO, quantity=20, on=day(6)),),
    commands=(
        TrialOrder(
            kind=TrialKind.BUY, item=VALVE, location=RENO, quantity=20, begin=day(0), due=day(6), supplier=DELTA
        ),
    ),
    rule_versions={"promising": "1"},
)


def given(desk: Desk) -> PromiseQuote:
    part = QuotedPart(item=VALVE, location=RENO, quantity=4, held=0, due=day(3))
    return PromiseQuote(quote="PQ-1", customer=HARBOR, parts=(part,), expires_at=desk.clock.now + timedelta(hours=1))


def test_a_promise_is_read_back_with_what_explains_it(desk: Desk) -> None:
    with desk.open() as uow:
        uow.promises.keep(SO_2, [MADE])

    with desk.open() as uow:
        assert uow.promises.made(SO_2, 1) == (MADE,)
        line = uow.orders.line(SO_2, 1)
    assert (line.first_promised, line.promised) == (day(9), day(9))


def test_a_later_promise_leaves_the_first_date_alone(desk: Desk) -> None:
    with desk.open() as uow:
        uow.promises.keep(SO_2, [MADE])
        uow.promises.keep(SO_2, [replace(MADE, old=day(9), new=day(11))])

        line = uow.orders.line(SO_2, 1)
        uow.orders.set_schedule(SO_2, 1, uow.orders.schedule(SO_2, 1))
    assert (line.first_promised, line.promised) == (day(9), day(11))


def test_a_promise_that_moved_meanwhile_is_not_overwritten(desk: Desk) -> None:
    with desk.open() as uow:
        uow.promises.keep(SO_2, [MADE])

    with desk.open() as uow, pytest.raises(ConflictError, match=f"promised for {day(9)}, not for None"):
        uow.promises.keep(SO_2, [MADE])


def test_a_quote_is_read_back_and_ends_once(desk: Desk) -> None:
    quote = given(desk)
    with desk.open() as uow:
        uow.promises.add_quote(quote)

    with desk.open() as uow:
        assert uow.promises.quote("PQ-1") == quote
        uow.promises.close_quote("PQ-1", to=PromiseQuoteState.CONFIRMED)

    with desk.open() as uow, pytest.raises(ConflictError, match="is 'confirmed'; accepted is one that is 'open'"):
        uow.promises.close_quote("PQ-1", to=PromiseQuoteState.WITHDRAWN)


def test_an_unknown_quote_is_not_found(desk: Desk) -> None:
    with desk.open() as uow, pytest.raises(NotFoundError, match="no quote of a promise 'PQ-9'"):
        uow.promises.quote("PQ-9")
