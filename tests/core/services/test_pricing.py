"""Prices are found in the books, kept with their source, and set by people only as far as their role allows."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from core.domain.errors import (
    AlreadyDecidedError,
    ConflictError,
    HashMismatchError,
    InvalidValueError,
    NotAuthorisedError,
    NotFoundError,
)
from core.domain.ids import CustomerCode, ItemCode, OrderNo, UserName
from core.domain.order_terms import Channel
from core.domain.orders import SalesOrderLine
from core.domain.price_search import NoPrice
from core.domain.prices import (
    Discount,
    DiscountCode,
    DiscountKind,
    PricedLine,
    PriceList,
    PriceListCode,
    PriceListKind,
    PriceListLine,
    PriceSource,
)
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork
from core.services.checking import check
from core.services.price_publishing import (
    DecidePrices,
    EndDiscount,
    EndPrice,
    PricesAsked,
    PublishDiscount,
    PublishPrices,
    decide_prices,
    end_discount,
    end_price,
    publish_discount,
    publish_prices,
)
from core.services.pricing import OverridePrice, accept_stated, keep_prices, override_price, price_line, prices_of
from tests.builders import HARBOR, MARIA, MESA, OMAR, PAUL, SO_1, SO_2, VALVE, VIVIAN, day
from tests.desk import Desk, published

CLARA = User(name=UserName("clara"), role=Role.CUSTOMER_SERVICE, limit=None)
CONTRACT = PriceList(
    code=PriceListCode("C-7"),
    name="Harbor 2024",
    currency="USD",
    valid_from=day(-30),
    kind=PriceListKind.CONTRACT,
    customer=HARBOR,
)
LINES = (
    PriceListLine(list=CONTRACT.code, line=1, item=VALVE, unit_price=Decimal("26.00"), valid_from=day(-30)),
    PriceListLine(list=CONTRACT.code, line=2, item=VALVE, unit_price=Decimal("25.00"), valid_from=day(-30), minimum=40),
)
SPRING = Discount(
    code=DiscountCode("SPRING"),
    name="spring",
    kind=DiscountKind.PERCENT,
    value=Decimal(10),
    valid_from=day(-30),
    customer=MESA,
    item=VALVE,
    channel="portal",
)
CUT = OverridePrice(key="o", order=SO_1, line=1, unit_price=Decimal("24.00"), why="late last time", version=1)


@pytest.fixture(autouse=True)
def _prices(desk: Desk) -> None:
    desk.alter("UPDATE items SET list_price = 30 WHERE code = 'VALVE-3'")
    desk.let_in(CLARA)
    agreed(desk, lambda uow: publish_prices(uow, PublishPrices(key="p", price_list=CONTRACT, lines=LINES)))
    agreed(desk, lambda uow: publish_discount(uow, PublishDiscount(key="d", discount=SPRING)))


def agreed(desk: Desk, ask: Callable[[UnitOfWork], PricesAsked]) -> str:
    """What Maria asks for and Omar agrees to."""
    with desk.open() as uow:
        asked = ask(uow)
    with desk.open(OMAR.name) as uow:
        return published(uow, asked.request, asked.digest)


def price(desk: Desk, customer: CustomerCode = HARBOR, quantity: int = 40, **more: Any) -> PricedLine:
    with desk.open() as uow:
        return price_line(
            uow, **{"customer": customer, "item": VALVE, "quantity": quantity, "on": day(0), "currency": "USD", **more}
        )


def line_and_price(desk: Desk) -> tuple[SalesOrderLine, PricedLine | None]:
    with desk.open() as uow:
        return uow.orders.line(SO_1, 1), uow.prices.of_line(SO_1, 1)


def override(desk: Desk, by: User = MARIA, **more: object) -> PricedLine:
    with desk.open(by.name) as uow:
        return override_price(uow, replace(CUT, **more))


def money_law(desk: Desk) -> tuple[str, ...]:
    with desk.open() as uow:
        return next(result.broken for result in check(uow) if result.name == "I9")


def test_a_price_is_found_in_the_books_with_its_source(desk: Desk) -> None:
    at_break, below = price(desk), price(desk, quantity=39)

    assert (at_break.unit_price, at_break.reference, at_break.total) == (25, "contract C-7 line 2", 1000)
    assert (below.unit_price, below.reference) == (26, "contract C-7 line 1")
    assert [step.words for step in at_break.steps] == ["contract C-7 line 2: 25.0000 USD from 40 units on"]


def test_a_discount_counts_for_its_customer_and_channel(desk: Desk) -> None:
    assert price(desk, MESA).unit_price == 30
    assert [step.words for step in price(desk, MESA, channel=Channel.PORTAL).steps] == [
        "list price of item VALVE-3: 30.0000 USD",
        "discount SPRING (spring), 10 % off: 27.0000 USD",
    ]


def test_a_currency_without_prices_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="prices are not converted"):
        price(desk, currency="EUR")


@pytest.mark.parametrize("wrong", [{"customer": CustomerCode("NOBODY")}, {"item": ItemCode("NOTHING")}])
def test_an_unknown_customer_or_item_is_not_found(desk: Desk, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotFoundError):
        price(desk, **wrong)


def test_what_was_published_reads_as_it_was_given(desk: Desk) -> None:
    with desk.open() as uow:
        assert uow.prices.lists() == (CONTRACT,)
        assert uow.prices.lines(CONTRACT.code) == LINES
        assert uow.prices.book(VALVE).discounts == (SPRING,)


def test_a_new_price_is_a_new_line_and_an_old_one_is_ended(desk: Desk) -> None:
    third = replace(LINES[1], line=3, unit_price=Decimal("24.50"), valid_from=day(1))

    agreed(desk, lambda uow: publish_prices(uow, PublishPrices(key="p2", lines=(third,))))
    agreed(desk, lambda uow: end_price(uow, EndPrice(key="e", price_list=CONTRACT.code, line=2, on=day(0))))
    agreed(desk, lambda uow: end_discount(uow, EndDiscount(key="e2", discount=SPRING.code, on=day(0))))

    assert (price(desk).reference, price(desk, on=day(1)).reference) == ("contract C-7 line 2", "contract C-7 line 3")
    assert price(desk, MESA, channel=Channel.PORTAL, on=day(1)).unit_price == 30


NOTHING = replace(LINES[0], minimum=0)
REFUSED_TO_PUBLISH: tuple[tuple[Callable[[UnitOfWork], PricesAsked], type[Exception]], ...] = (
    (lambda uow: publish_prices(uow, PublishPrices(key="x1", price_list=CONTRACT, lines=LINES)), ConflictError),
    (lambda uow: publish_prices(uow, PublishPrices(key="x2", lines=LINES)), ConflictError),
    (lambda uow: publish_prices(uow, PublishPrices(key="x3", lines=())), InvalidValueError),
    (
        lambda uow: publish_prices(uow, PublishPrices(key="x4", lines=(NOTHING,))),
        InvalidValueError,
    ),
    (lambda uow: publish_discount(uow, PublishDiscount(key="x5", discount=SPRING)), ConflictError),
    (lambda uow: end_price(uow, EndPrice(key="x6", price_list=CONTRACT.code, line=1, on=day(-1))), InvalidValueError),
    (lambda uow: end_price(uow, EndPrice(key="x7", price_list=CONTRACT.code, line=9, on=day(1))), NotFoundError),
    (lambda uow: end_discount(uow, EndDiscount(key="x8", discount=DiscountCode("NO"), on=day(1))), NotFoundError),
)


def test_what_is_taken_or_already_over_is_refused(desk: Desk) -> None:
    for act, error in REFUSED_TO_PUBLISH:
        with pytest.raises(error):
            agreed(desk, act)

    with desk.open() as uow:
        assert uow.prices.lines(CONTRACT.code) == LINES


@pytest.mark.parametrize("person", [CLARA, PAUL, VIVIAN], ids=lambda person: person.role.value)
def test_only_people_who_may_set_prices_publish_them(desk: Desk, person: User) -> None:
    with pytest.raises(NotAuthorisedError, match="may not change prices"), desk.open(person.name) as uow:
        publish_prices(uow, PublishPrices(key="x", lines=(replace(LINES[0], line=9),)))

    with desk.open() as uow:
        assert uow.prices.lines(CONTRACT.code) == LINES


def test_prices_of_an_order_are_kept_with_their_source(desk: Desk) -> None:
    with desk.open() as uow:
        order, line = uow.orders.order(SO_1), uow.orders.line(SO_1, 1)
        (found,) = keep_prices(uow, order, (line,))
        keep_prices(uow, order, (line,))

    kept = line_and_price(desk)[1]
    assert (kept, found) == (found, kept)
    assert kept is not None
    assert (kept.reference, kept.unit_price, kept.priced_on) == ("contract C-7 line 2", 25, day(-1))
    assert money_law(desk) == ()


def test_a_price_of_the_customers_own_is_kept_as_stated_and_does_not_go_on(desk: Desk) -> None:
    with desk.open() as uow:
        order, line = uow.orders.order(SO_2), uow.orders.line(SO_2, 1)
        keep_prices(uow, order, (line,))
        stated = uow.prices.of_line(SO_2, 1)

    assert stated is not None
    assert (stated.source, stated.unit_price, stated.found) == (PriceSource.STATED, Decimal("25.50"), 30)
    assert [step.words for step in stated.steps] == [
        "stated by the customer: 25.5000 USD; list price of item VALVE-3 makes it 30.0000"
    ]
    assert money_law(desk) == ("order line SO-2/1 goes on at the price 25.5000 that the customer states, not agreed",)
    with desk.open() as uow:
        accept_stated(uow, SO_2, None, MARIA, why="agreed on the phone")
    assert money_law(desk) == ()


def test_a_price_within_the_tolerance_is_accepted(desk: Desk) -> None:
    desk.alter("UPDATE items SET list_price = 25.40 WHERE code = 'VALVE-3'")
    with desk.open() as uow:
        keep_prices(uow, uow.orders.order(SO_2), (uow.orders.line(SO_2, 1),))
        kept = uow.prices.of_line(SO_2, 1)

    assert kept is not None
    assert (kept.source, kept.unit_price, kept.found) == (PriceSource.ACCEPTED, Decimal("25.50"), Decimal("25.40"))
    assert [step.words for step in kept.steps] == [
        "stated by the customer: 25.5000 USD; list price of item VALVE-3 makes it 25.4000, within 0.5 %"
    ]
    assert money_law(desk) == ()


def test_a_line_of_an_item_without_a_price_is_kept_as_stated(desk: Desk) -> None:
    with desk.open() as uow:
        (found,) = keep_prices(uow, uow.orders.order(SO_1), (uow.orders.line(SO_1, 2),))
        kept = uow.prices.of_line(SO_1, 2)
        accept_stated(uow, SO_1, 2, MARIA, why="quoted")

    assert isinstance(found, NoPrice)
    assert kept is not None
    assert (kept.source, kept.unit_price) == (PriceSource.STATED, 900)


def test_a_manager_sets_any_price_and_it_is_kept_who_and_why(desk: Desk) -> None:
    priced = override(desk, unit_price=Decimal("10"))
    line, kept = line_and_price(desk)

    assert (line.unit_price, kept) == (10, priced)
    assert (priced.found, priced.source, priced.reference) == (25, PriceSource.OVERRIDE, f"override {priced.override}")
    assert [step.words for step in priced.steps] == [
        "contract C-7 line 2: 25.0000 USD from 40 units on",
        "set to 10.0000 USD by maria (operations_manager): late last time",
    ]
    assert money_law(desk) == ()
    with desk.open() as uow:
        assert "price_overridden" in [event for _, _, event, _, _ in uow.audit.trail("order:SO-1")]
        assert uow.orders.order(SO_1).version == 2


def test_an_override_holds_as_long_as_item_and_quantity_do(desk: Desk) -> None:
    override(desk)

    with desk.open() as uow:
        order, line = uow.orders.order(SO_1), uow.orders.line(SO_1, 1)
        (same,) = keep_prices(uow, order, (line,))
        (other,) = prices_of(uow, order, (replace(line, ordered=41),))

    assert isinstance(same, PricedLine)
    assert isinstance(other, PricedLine)
    assert (same.source, other.source) == (PriceSource.OVERRIDE, PriceSource.CONTRACT)


def test_customer_service_sets_a_price_up_to_its_percent(desk: Desk) -> None:
    assert override(desk, CLARA, unit_price=Decimal("23.75")).unit_price == Decimal("23.75")


REFUSED = [
    (CLARA, {"unit_price": Decimal("23.7499")}, NotAuthorisedError, "more than 5 % off"),
    (CLARA, {"unit_price": Decimal("26.2501")}, NotAuthorisedError, "more than 5 % off"),
    (CLARA, {"line": 2, "unit_price": Decimal(899)}, NotAuthorisedError, "no price was found to compare"),
    (PAUL, {}, NotAuthorisedError, "role 'planner' may not set prices; operations_manager or finance may"),
    (MARIA, {"version": 2}, ConflictError, "SO-1"),
    (MARIA, {"why": " "}, InvalidValueError, "needs a reason"),
    (MARIA, {"unit_price": Decimal(-1)}, InvalidValueError, "is not a number from 0"),
    (MARIA, {"unit_price": Decimal("1.00001")}, InvalidValueError, "at most 4 decimals"),
    (MARIA, {"unit_price": Decimal("NaN")}, InvalidValueError, "unit_price is Decimal"),
    (MARIA, {"unit_price": Decimal(10**12)}, InvalidValueError, "the most a line may be worth"),
    (MARIA, {"line": 9}, NotFoundError, "SO-1/9"),
    (MARIA, {"order": OrderNo("SO-77")}, NotFoundError, "SO-77"),
]


@pytest.mark.parametrize(("by", "change", "error", "why"), REFUSED)
def test_a_refused_override_changes_nothing(
    desk: Desk, by: User, change: dict[str, object], error: type[Exception], why: str
) -> None:
    before = line_and_price(desk)

    with pytest.raises(error, match=why):
        override(desk, by, **change)

    assert line_and_price(desk) == before
    with desk.open() as uow:
        assert uow.orders.order(SO_1).version == 1


def test_an_invoiced_line_keeps_its_price(desk: Desk) -> None:
    with desk.open() as uow:
        uow.orders.count_line(SO_1, 1, shipped=10, invoiced=10)

    with pytest.raises(ConflictError, match="its price is settled"):
        override(desk)


def test_the_same_override_again_is_the_same(desk: Desk) -> None:
    assert override(desk) == override(desk)
    with desk.open() as uow:
        assert uow.orders.order(SO_1).version == 2


def test_prices_hold_when_another_person_agrees_to_what_was_shown(desk: Desk) -> None:
    dearer = PublishPrices(key="dearer", lines=(replace(LINES[1], line=3, unit_price=Decimal(24)),))
    with desk.open() as uow:
        asked = publish_prices(uow, dearer)
    said = DecidePrices(key="decide", request=asked.request, digest=asked.digest, agree=True, comment="as calculated")

    for person, wrong, error in (
        (MARIA, said, NotAuthorisedError),
        (PAUL, said, NotAuthorisedError),
        (OMAR, replace(said, digest="0" * 64), HashMismatchError),
        (OMAR, replace(said, request="nothing"), NotFoundError),
    ):
        with pytest.raises(error), desk.open(person.name) as uow:
            decide_prices(uow, wrong)
        with desk.open() as uow:
            assert uow.prices.lines(CONTRACT.code) == LINES

    with desk.open(OMAR.name) as uow:
        assert decide_prices(uow, said).code == "C-7"
        assert decide_prices(uow, said).code == "C-7"
        assert uow.prices.lines(CONTRACT.code) == (*LINES, *dearer.lines)
        with pytest.raises(AlreadyDecidedError, match="was agreed by 'omar'"):
            decide_prices(uow, replace(said, key="again"))


def test_prices_that_are_refused_are_never_there(desk: Desk) -> None:
    with desk.open() as uow:
        asked = end_price(uow, EndPrice(key="end", price_list=CONTRACT.code, line=1, on=day(3)))

    with desk.open(OMAR.name) as uow:
        no = DecidePrices(key="no", request=asked.request, digest=asked.digest, agree=False, comment="too soon")
        assert decide_prices(uow, no).code == ""

    with desk.open() as uow:
        assert uow.prices.lines(CONTRACT.code) == LINES
        assert [event for _, _, event, _, _ in uow.audit.trail("request:end")] == ["change_asked", "change_refused"]
