"""What goes wrong with orders: credit, prices, margins, holds, quotas, missing data, changes that come too late."""

from decimal import Decimal

from core.demo.happenings.shipping import released
from core.demo.happenings.world import PLANNER, SHIP, World, wanted
from core.demo.planted import Planted
from core.domain.cases import ExceptionType
from core.domain.holds import HoldKind
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.prices import PriceList, PriceListCode, PriceListKind, PriceListLine
from core.domain.quotas import Quota
from core.domain.signals import Signal, SignalKind
from core.services.allocating.quotas import SetQuota, set_quota
from core.services.costing import KeepCosts, keep_costs
from core.services.holding import HoldOrder, hold_order
from core.services.price_publishing import PublishPrices
from core.services.signalling import RaiseSignal, raise_signal

SPARES = PriceListCode("SPARES-26")
_MARKUP = Decimal("1.9")
_FAR = 120
_UNPRICED = "NP-1"


def spare_prices(world: World) -> tuple[Planted, ...]:
    """Spare parts get prices, so that customers can order them."""
    parts = [one for one in world.company.items if not one.finished_good and not one.list_price]
    lines = tuple(
        PriceListLine(
            list=SPARES,
            line=number,
            item=one.code,
            unit_price=(one.standard_cost * _MARKUP).quantize(Decimal("0.01")),
            valid_from=world.as_of,
        )
        for number, one in enumerate(parts, start=1)
        if one.code != _UNPRICED
    )
    book = PriceList(
        code=SPARES, name="Spare parts 2026", currency=world.company.settings.currency, valid_from=world.as_of
    )
    world.publish(PublishPrices(key=f"publish {SPARES}", lines=lines, price_list=book))
    return ()


def over_the_limit(world: World) -> tuple[Planted, ...]:
    """An order larger than the customer's credit."""
    customer = world.customer(3)
    limit = next(one.credit_limit for one in world.company.customers if one.code == customer)
    price = next(one.list_price for one in world.company.items if one.code == "CP-40")
    units = int((limit or Decimal(0)) / price) + 1
    world.enter("SO-9401", wanted("CP-40", units, world.day(_FAR)), customer=customer)
    return (Planted(type=ExceptionType.CREDIT_HOLD, about="order SO-9401"),)


def prices(world: World) -> tuple[Planted, ...]:
    """A customer states another price than the contract, another order earns too little, a third names no price."""
    customer = world.customer(2)
    _contract(world, customer)
    world.enter("SO-9402", wanted("RK-03", 10, world.day(_FAR), unit_price=Decimal("61.00")), customer=customer)
    cheap = next(one.standard_cost for one in world.company.items if one.code == "RK-04") * Decimal("1.02")
    thin = world.enter("SO-9403", wanted("RK-04", 10, world.day(_FAR), unit_price=cheap.quantize(Decimal("0.01"))))
    world.do(keep_costs, KeepCosts(key="costs SO-9403", order=thin.order, on=world.as_of))
    world.enter("SO-9404", wanted(_UNPRICED, 10, world.day(_FAR), unit_price=Decimal("4.00")))
    return (
        Planted(type=ExceptionType.PRICE_MISMATCH, about="order line SO-9402/1"),
        Planted(type=ExceptionType.PRICE_MISMATCH, about="order line SO-9403/1"),
        Planted(type=ExceptionType.MARGIN_FLOOR, about="order line SO-9403/1"),
        Planted(type=ExceptionType.MASTER_DATA_GAP, about="order SO-9404"),
    )


def _contract(world: World, customer: CustomerCode) -> None:
    code = PriceListCode(f"CONTRACT-{customer}")
    book = PriceList(
        code=code,
        name="Frame contract",
        currency=world.company.settings.currency,
        valid_from=world.as_of,
        kind=PriceListKind.CONTRACT,
        customer=customer,
    )
    line = PriceListLine(list=code, line=1, item=ItemCode("RK-03"), unit_price=Decimal("74.00"), valid_from=world.as_of)
    world.publish(PublishPrices(key=f"publish {code}", lines=(line,), price_list=book))


def held_too_long(world: World) -> tuple[Planted, ...]:
    """Two orders are held by people: one since last week, one since this morning, in time."""
    for number, days, kind, why in (
        ("SO-9405", 6, HoldKind.MANUAL, "the customer's project manager wants to confirm the revision first"),
        ("SO-9406", 0, HoldKind.ADDRESS, "the gate of the site moved; ask for the new one"),
    ):
        world.ago(days)
        world.enter(number, wanted("YK-03", 4, world.day(_FAR)))
        world.do(hold_order, HoldOrder(key=f"hold {number}", order=OrderNo(number), kind=kind, why=why))
    return (Planted(type=ExceptionType.HOLD_UNRESOLVED, about="order SO-9405"),)


def quota_used_up(world: World) -> tuple[Planted, ...]:
    """A customer wants more of a scarce kit than the quota leaves him, though it is in stock."""
    customer = world.customer(3)
    item = max(
        (row for row in world.company.stock if row.location == SHIP and row.item[:2] in {"RK", "YK"}),
        key=lambda row: (row.on_hand - row.reserved, row.item),
    ).item
    quota = Quota(code=f"Q-{item}", item=item, first=world.as_of, last=world.day(90), quantity=2, customer=customer)
    world.do(
        lambda uow, command: set_quota(uow, command, PLANNER),
        SetQuota(key=f"set {quota.code}", quota=quota),
        by=PLANNER,
    )
    world.enter("SO-9407", wanted(item, 6, world.day(30)), customer=customer)
    return (Planted(type=ExceptionType.QUOTA_EXHAUSTED, about=f"quota {quota.code}"),)


def changes_too_late(world: World) -> tuple[Planted, ...]:
    """One customer wants another date, another cancels; the goods of both are released to ship."""
    found: list[Planted] = []
    for number, kind, text, type_ in (
        ("SO-9408", SignalKind.CHANGE, "please deliver two weeks later", ExceptionType.CUSTOMER_CHANGE),
        ("SO-9409", SignalKind.CANCELLATION, "we cancel this order", ExceptionType.CANCEL_AFTER_COMMIT),
    ):
        released(world, number)
        signal = Signal(
            reference=f"MAIL-{number}", kind=kind, subject=f"order {number}", text=text, order=OrderNo(number)
        )
        world.do(raise_signal, RaiseSignal(key=f"signal {number}", signal=signal))
        found.append(Planted(type=type_, about=f"order {number}"))
    return tuple(found)
