"""Commands of ordering, pricing, holding, promising and allocating that are accepted as they are."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.db.stores.master_data import SqlMasterDataStore
from core.domain.amendments import Amendment, ChangeDate, ChangeQuantity
from core.domain.backorders import Override
from core.domain.holds import HoldKind
from core.domain.ids import OrderNo
from core.domain.master_data import MasterDataKind
from core.domain.order_terms import Channel, OrderKind, SetRule, Strategy
from core.domain.placing import PlacedLine, PlaceOrder
from core.domain.prices import (
    Discount,
    DiscountCode,
    DiscountKind,
    PriceList,
    PriceListCode,
    PriceListKind,
    PriceListLine,
)
from core.domain.promising import Ask
from core.domain.quotas import Quota
from core.domain.recurring import Every, OrderTemplate, TemplateLine
from core.domain.timeline import Direction
from core.services.allocating.locking import Decommit, LockLine, decommit, lock_line
from core.services.allocating.quotas import FitQuotas, ReleaseQuota, SetQuota, fit_quotas, release_quota, set_quota
from core.services.allocating.running import CommitRun, SimulateRun, commit_run, simulate_run
from core.services.costing import KeepCosts, keep_costs
from core.services.holding import HoldOrder, ReleaseHold, hold_order, release_hold
from core.services.ordering.amending import AmendOrder, CancelOrder, amend, cancel_order
from core.services.ordering.contacting import RecordContact, record_contact
from core.services.ordering.entering import ValidateOrder, enter_order, validate_order
from core.services.ordering.foreseeing import AmendAsForeseen, amend_as_foreseen, foresee_amendment
from core.services.ordering.placing import place_order
from core.services.ordering.previewing import preview_amendment
from core.services.ordering.quoting import PlaceQuote, place_quote
from core.services.ordering.recurring import AddRecurring, EndRecurring, add_recurring, end_recurring
from core.services.price_publishing import (
    DecidePrices,
    EndDiscount,
    EndPrice,
    PublishDiscount,
    PublishPrices,
    decide_prices,
    end_discount,
    end_price,
    publish_discount,
    publish_prices,
)
from core.services.pricing import OverridePrice, override_price
from core.services.promising import (
    ConfirmOrder,
    InquirePromise,
    QuotePromise,
    WithdrawQuote,
    confirm,
    inquire,
    quote,
    withdraw_quote,
)
from tests.builders import HARBOR, HOUSTON, MARIA, OMAR, RENO, SO_1, VALVE, day
from tests.core.services.corpus.sitting import Service, Sitting
from tests.core.services.ordering.entries import entry, wanted
from tests.core.services.promising.orders import NEW, add, confirmed, line

KEY = "the key of the case"
QUOTA = Quota(code="Q-1", item=VALVE, first=day(0), last=day(9), quantity=30, customer=HARBOR, region="US")
PRICES = PriceList(
    code=PriceListCode("L-1"),
    name="Spring",
    currency="USD",
    valid_from=day(0),
    kind=PriceListKind.CONTRACT,
    customer=HARBOR,
    valid_to=day(90),
)
PRICE = PriceListLine(
    list=PRICES.code, line=1, item=VALVE, unit_price=Decimal("23.50"), valid_from=day(0), valid_to=day(60)
)
DISCOUNT = Discount(
    code=DiscountCode("D-1"),
    name="May",
    kind=DiscountKind.PERCENT,
    value=Decimal(5),
    valid_from=day(0),
    customer=HARBOR,
    item=VALVE,
    channel="portal",
    valid_to=day(30),
)
ASKS = (Ask(item=VALVE, location=RENO, quantity=5, requested=day(2), max_lateness=30),)


def _entered(kind: OrderKind = OrderKind.ORDER, **values: Any) -> Any:
    full = wanted(
        latest_acceptable=day(40), cancel_after=day(50), line_set="A", set_rule=SetRule.SHIP, node=RENO, unit="ea"
    )
    lines = (replace(full, unit=None),)
    return entry(
        *lines, key=KEY, number=OrderNo("SO-90"), ship_from=RENO, address="DOCK", priority=2, kind=kind, currency="USD",
        minimum_value=Decimal("10.00"), payment_terms="net 30 days", source="portal", contact="Ann", **values,
    )  # fmt: skip


def _validate(at: Sitting) -> ValidateOrder:
    made = enter_order(at.uow, entry(key="draft", number=OrderNo("SO-91"), draft=True))
    return ValidateOrder(key=KEY, order=made.order, version=made.version)


def _place(at: Sitting) -> PlaceQuote:
    given = entry(key="quote", number=OrderNo("SO-92"), kind=OrderKind.QUOTE, quote_expires_on=day(9))
    made = enter_order(at.uow, given)
    return PlaceQuote(key=KEY, quote=made.order, version=made.version, customer_po="PO-1")


def _paid() -> PlaceOrder:
    line = PlacedLine(item=VALVE, quantity=2, unit_price=Decimal("19.5"), day=day(3))
    return PlaceOrder(
        key=KEY,
        number=OrderNo("SO-93"),
        customer=HARBOR,
        channel=Channel.STOREFRONT,
        ship_from=RENO,
        lines=(line,),
        recipient="buyer@example.com",
    )


def _amendment() -> Amendment:
    changes = (ChangeDate(line=1, requested=day(30)), ChangeQuantity(line=2, quantity=3))
    return Amendment(order=SO_1, changes=changes, reason="asked by the customer")


def _amend(at: Sitting) -> AmendOrder:
    seen = preview_amendment(at.uow, _amendment())
    version = at.uow.orders.order(SO_1).version
    return AmendOrder(key=KEY, amendment=_amendment(), version=version, preview_digest=seen.digest)


def _amend_as_foreseen(at: Sitting) -> AmendAsForeseen:
    """What was foreseen in a part of the transaction that is taken back."""
    session = at.uow.cases.transaction.session
    trial = session.begin_nested()
    seen = foresee_amendment(at.uow, _amendment())
    trial.rollback()
    session.expire_all()
    return AmendAsForeseen(key=KEY, amendment=_amendment(), version=seen.preview.version, digest=seen.digest)


def _recurring() -> AddRecurring:
    of = TemplateLine(item=VALVE, quantity=5, days_ahead=7, unit_price=Decimal(25))
    template = OrderTemplate(customer=HARBOR, customer_po="STANDING", channel=Channel.EDI, lines=(of,), address="DOCK")
    return AddRecurring(
        key=KEY, code="EVERY-WEEK", every=1, unit=Every.WEEKS, first_on=day(3), template=template, until=day(90)
    )


def _end_recurring(at: Sitting) -> EndRecurring:
    add_recurring(at.uow, replace(_recurring(), key="add"))
    return EndRecurring(key=KEY, code="EVERY-WEEK")


def _decide_prices(at: Sitting) -> DecidePrices:
    asking = PublishPrices(key="p", price_list=PRICES, lines=(PRICE,))
    store = at.uow.master_data
    assert isinstance(store, SqlMasterDataStore)
    asked = SqlMasterDataStore(replace(store.transaction, actor=OMAR.name)).ask(
        code="p", kind=MasterDataKind.PRICES, subject="p", command=asking
    )
    return DecidePrices(key=KEY, request=asked.code, digest=asked.digest, agree=True, comment="as calculated")


def _release_hold(at: Sitting) -> ReleaseHold:
    held = hold_order(at.uow, HoldOrder(key="h", order=SO_1, kind=HoldKind.MANUAL, why="to be looked at"))
    return ReleaseHold(key=KEY, hold=held.number, why="looked at")


def _confirm(at: Sitting) -> ConfirmOrder:
    add(at, line(1, 5))
    return ConfirmOrder(key=KEY, order=NEW, version=1)


def _decommit(at: Sitting) -> Decommit:
    add(at, line(1, 5))
    confirmed(at)
    return Decommit(key=KEY, order=NEW, line=1, reason="another needs it more")


def _withdraw(at: Sitting) -> WithdrawQuote:
    given = quote(at.uow, QuotePromise(key="q", asks=ASKS, customer=HARBOR, minutes=30))
    return WithdrawQuote(key=KEY, quote=given.quote)


def _release_quota(at: Sitting) -> ReleaseQuota:
    set_quota(at.uow, SetQuota(key="q", quota=QUOTA), MARIA)
    return ReleaseQuota(key=KEY, quota=QUOTA.code, on=day(1))


def _fit_quotas(at: Sitting) -> FitQuotas:
    set_quota(at.uow, SetQuota(key="q", quota=QUOTA), MARIA)
    return FitQuotas(key=KEY, item=QUOTA.item, on=QUOTA.first)


def _commit(at: Sitting) -> CommitRun:
    run = simulate_run(at.uow, SimulateRun(key="r", code="R-1", item=VALVE, location=HOUSTON))
    return CommitRun(key=KEY, code="R-1", digest=run.digest)


def _contact(_: Sitting) -> RecordContact:
    return RecordContact(
        key=KEY, order=SO_1, who="Ann", channel=Channel.PHONE, direction=Direction.IN, text="asked when", line=1
    )


def _simulate(_: Sitting) -> SimulateRun:
    override = Override(order=SO_1, line=1, reason="the plant stands still", strategy=Strategy.WIN, at_most=10)
    return SimulateRun(key=KEY, code="R-1", item=VALVE, location=HOUSTON, overrides=(override,))


def _override(at: Sitting) -> OverridePrice:
    version = at.uow.orders.order(SO_1).version
    return OverridePrice(
        key=KEY, order=SO_1, line=1, unit_price=Decimal("24.50"), why="late last time", version=version
    )


def _hold(_: Sitting) -> HoldOrder:
    return HoldOrder(key=KEY, order=SO_1, kind=HoldKind.MANUAL, why="to be looked at", line=1, until=day(3))


def _cancel(at: Sitting) -> CancelOrder:
    return CancelOrder(key=KEY, order=SO_1, version=at.uow.orders.order(SO_1).version, reason="not wanted", line=2)


SELLING = (
    Service(name="enter_order", call=enter_order, command=lambda _: _entered()),
    Service(name="validate_order", call=validate_order, command=_validate),
    Service(name="place_quote", call=place_quote, command=_place),
    Service(name="place_order", call=place_order, command=lambda _: _paid()),
    Service(name="amend", call=amend, command=_amend),
    Service(name="amend_as_foreseen", call=amend_as_foreseen, command=_amend_as_foreseen),
    Service(name="preview_amendment", call=preview_amendment, command=lambda _: _amendment()),
    Service(name="cancel_order", call=cancel_order, command=_cancel),
    Service(name="record_contact", call=record_contact, command=_contact),
    Service(name="add_recurring", call=add_recurring, command=lambda _: _recurring()),
    Service(name="end_recurring", call=end_recurring, command=_end_recurring),
    Service(
        name="publish_prices",
        call=publish_prices,
        command=lambda _: PublishPrices(key=KEY, price_list=PRICES, lines=(PRICE,)),
    ),
    Service(
        name="publish_discount",
        call=publish_discount,
        command=lambda _: PublishDiscount(key=KEY, discount=DISCOUNT),
    ),
    Service(
        name="end_price",
        call=end_price,
        command=lambda _: EndPrice(key=KEY, price_list=PRICES.code, line=1, on=day(20)),
    ),
    Service(
        name="end_discount",
        call=end_discount,
        command=lambda _: EndDiscount(key=KEY, discount=DISCOUNT.code, on=day(20)),
    ),
    Service(name="decide_prices", call=decide_prices, command=_decide_prices),
    Service(name="override_price", call=override_price, command=_override),
    Service(name="hold_order", call=hold_order, command=_hold),
    Service(name="release_hold", call=release_hold, command=_release_hold),
    Service(name="inquire", call=inquire, command=lambda _: InquirePromise(asks=ASKS)),
    Service(
        name="quote",
        call=quote,
        command=lambda _: QuotePromise(key=KEY, asks=ASKS, customer=HARBOR, minutes=30),
    ),
    Service(name="withdraw_quote", call=withdraw_quote, command=_withdraw),
    Service(name="confirm", call=confirm, command=_confirm),
    Service(
        name="lock_line",
        call=lock_line,
        command=lambda _: LockLine(key=KEY, order=SO_1, line=1, locked=True, reason="agreed with the customer"),
    ),
    Service(name="decommit", call=decommit, command=_decommit),
    Service(name="set_quota", call=set_quota, with_user=True, command=lambda _: SetQuota(key=KEY, quota=QUOTA)),
    Service(name="release_quota", call=release_quota, with_user=True, command=_release_quota),
    Service(name="fit_quotas", call=fit_quotas, with_user=True, command=_fit_quotas),
    Service(name="simulate_run", call=simulate_run, command=_simulate),
    Service(name="commit_run", call=commit_run, with_user=True, command=_commit),
    Service(name="keep_costs", call=keep_costs, command=lambda _: KeepCosts(key=KEY, order=SO_1, on=day(0))),
)
