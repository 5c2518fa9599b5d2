"""An inquiry holds nothing; a quote holds supply until it expires, is withdrawn or its customer orders."""

import pytest

from core.domain.errors import ConflictError, InvalidValueError, NotFoundError, QuoteExpiredError
from core.domain.ids import ItemCode
from core.domain.promises import PromiseQuoteState
from core.domain.promising import Ask, Promise
from core.domain.stock import ReservationKind
from core.services.promising import (
    InquirePromise,
    QuoteGiven,
    QuotePromise,
    WithdrawQuote,
    inquire,
    prepare,
    quote,
    withdraw_quote,
)
from core.services.reserving import expire_reservations
from tests.builders import HARBOR, MESA, RENO, VALVE, day
from tests.core.services.promising.orders import add, confirmed, line
from tests.desk import Desk


def ask(quantity: int) -> Ask:
    return Ask(item=VALVE, location=RENO, quantity=quantity, requested=day(2))


def dates(promise: Promise) -> list[tuple[str, int]]:
    return [(part.on.isoformat(), part.quantity) for part in promise.dates]


def asked(desk: Desk, quantity: int) -> list[tuple[str, int]]:
    with desk.open() as uow:
        (answer,) = inquire(uow, InquirePromise(asks=(ask(quantity),)))
    return dates(answer)


def quoted(desk: Desk, quantity: int, key: str = "quote 1") -> QuoteGiven:
    with desk.open() as uow:
        return quote(uow, QuotePromise(key=key, asks=(ask(quantity),), customer=HARBOR, minutes=30))


def test_an_inquiry_answers_and_changes_nothing(desk: Desk) -> None:
    before = desk.snapshot()

    first, second = asked(desk, 40), asked(desk, 40)

    assert first == second == [(str(day(2)), 30), (str(day(6)), 10)]
    assert desk.snapshot().stock.available.tolist() == before.stock.available.tolist()


def test_books_prepared_for_the_first_who_asks_answer_the_same(desk: Desk) -> None:
    with desk.open() as uow:
        prepare(uow)

    assert asked(desk, 40) == [(str(day(2)), 30), (str(day(6)), 10)]


def test_the_asks_of_an_inquiry_do_not_share_units(desk: Desk) -> None:
    with desk.open() as uow:
        answers = inquire(uow, InquirePromise(asks=(ask(20), ask(20))))

    assert [dates(answer) for answer in answers] == [[(str(day(2)), 20)], [(str(day(2)), 10), (str(day(6)), 10)]]


def test_the_asks_of_an_inquiry_can_leave_together(desk: Desk) -> None:
    with desk.open() as uow:
        answers = inquire(uow, InquirePromise(asks=(ask(20), ask(20)), together=True))

    assert [dates(answer) for answer in answers] == [[(str(day(6)), 20)], [(str(day(6)), 20)]]


def test_a_quote_holds_stock_until_it_expires(desk: Desk) -> None:
    given = quoted(desk, 30)

    with desk.open() as uow:
        (held,) = uow.stock.claims_on(VALVE, RENO)[-1:]
    assert (held.kind, held.quantity, held.reference) == (ReservationKind.TIME_BOXED, 30, f"{given.quote}/1")
    assert asked(desk, 5) == [(str(day(6)), 5)]

    desk.clock.pass_by(minutes=31)
    with desk.open() as uow:
        expire_reservations(uow)
    assert asked(desk, 5) == [(str(day(2)), 5)]


def test_what_a_quote_has_not_in_stock_counts_as_promised_until_it_expires(desk: Desk) -> None:
    quoted(desk, 40)

    assert desk.snapshot().claims.quantity.tolist() == [10]

    desk.clock.pass_by(minutes=31)
    assert desk.snapshot().claims.quantity.tolist() == []


def test_an_order_takes_up_its_quote(desk: Desk) -> None:
    given = quoted(desk, 30)
    add(desk, line(1, 30))

    answer = confirmed(desk, quote=given.quote)

    assert [(part.on, part.quantity) for part in answer.lines[0].dates] == [(day(2), 30)]
    with desk.open() as uow:
        assert uow.promises.quote(given.quote).state is PromiseQuoteState.CONFIRMED


def test_an_expired_quote_is_not_taken_up(desk: Desk) -> None:
    given = quoted(desk, 30)
    add(desk, line(1, 30))
    desk.clock.pass_by(minutes=31)

    with pytest.raises(QuoteExpiredError, match="was good until 2024-10-04 09:30 UTC"):
        confirmed(desk, quote=given.quote)

    with desk.open() as uow:
        assert uow.promises.quote(given.quote).state is PromiseQuoteState.OPEN


def test_a_quote_of_another_customer_is_not_taken_up(desk: Desk) -> None:
    given = quoted(desk, 30)
    add(desk, line(1, 30), customer=MESA)

    with pytest.raises(InvalidValueError, match="was given to 'HARBOR', not to 'MESA'"):
        confirmed(desk, quote=given.quote)


def test_a_withdrawn_quote_holds_nothing_and_is_withdrawn_once(desk: Desk) -> None:
    given = quoted(desk, 30)

    with desk.open() as uow:
        withdraw_quote(uow, WithdrawQuote(key="w1", quote=given.quote))

    assert asked(desk, 30) == [(str(day(2)), 30)]
    with desk.open() as uow, pytest.raises(ConflictError, match="is 'withdrawn'; accepted is one that is 'open'"):
        withdraw_quote(uow, WithdrawQuote(key="w2", quote=given.quote))


def test_the_same_quote_is_given_once(desk: Desk) -> None:
    assert quoted(desk, 20) == quoted(desk, 20)

    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 30


@pytest.mark.parametrize("minutes", [0, -5, 60 * 24 * 90 + 1])
def test_a_quote_is_for_a_sensible_time(desk: Desk, minutes: int) -> None:
    with desk.open() as uow, pytest.raises(InvalidValueError, match="accepted are 1 to 129600"):
        quote(uow, QuotePromise(key="q", asks=(ask(1),), minutes=minutes))


@pytest.mark.parametrize("quantity", [0, -1, 10**15])
def test_an_impossible_quantity_is_refused(desk: Desk, quantity: int) -> None:
    with desk.open() as uow, pytest.raises(InvalidValueError, match=r"cannot be promised|accepted is a whole number"):
        inquire(uow, InquirePromise(asks=(ask(quantity),)))


def test_an_unknown_item_and_no_ask_are_refused(desk: Desk) -> None:
    unknown = Ask(item=ItemCode("NO-SUCH"), location=RENO, quantity=1, requested=day(2))

    with desk.open() as uow, pytest.raises(NotFoundError, match="'NO-SUCH' is not in the books"):
        inquire(uow, InquirePromise(asks=(unknown,)))
    with desk.open() as uow, pytest.raises(InvalidValueError, match="0 asks at once; accepted are 1 to 1000"):
        inquire(uow, InquirePromise(asks=()))
