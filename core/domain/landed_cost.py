"""Landed cost: what an order line costs when it reaches the customer, term by term, and what is left of its price."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.freight import FreightRate, TariffRule
from core.domain.ids import ItemCode, OrderNo
from core.domain.items import Item, Location
from core.domain.money import CENT, rounded
from core.domain.prices import line_total

_GRAMS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Units of a line with one origin, and what one of them cost."""

    quantity: int
    unit_cost: Decimal
    origin: str
    lot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostedLine:
    """What is to be costed: the units of a line at their price, split by where their material comes from."""

    line: int
    item: Item
    unit_price: Decimal
    portions: tuple[Portion, ...]

    @property
    def quantity(self) -> int:
        """All units."""
        return sum(portion.quantity for portion in self.portions)

    @property
    def grams(self) -> int:
        """What they weigh."""
        return self.item.weight * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class CostAsk:
    """Lines of one order that leave one location together for one country. Without a freight rate nothing is asked
    for freight."""

    order: OrderNo
    currency: str
    location: Location
    country: str
    on: date
    lines: tuple[CostedLine, ...]
    rate: FreightRate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LandedCost:
    """The landed cost of a line and its margin, every term in words. `origins` are units by country of material."""

    order: OrderNo
    line: int
    item: ItemCode
    quantity: int
    currency: str
    revenue: Decimal
    goods: Decimal
    freight: Decimal
    tariff: Decimal
    handling: Decimal
    costed_on: date
    origins: tuple[tuple[str, int], ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """The landed cost."""
        return self.goods + self.freight + self.tariff + self.handling

    @property
    def margin(self) -> Decimal:
        """What is left of the price."""
        return self.revenue - self.total

    @property
    def margin_percent(self) -> Decimal | None:
        """The margin in percent of the price, to two places; None for goods that are given away."""
        return percent_of(self.margin, self.revenue)


def landed_costs(ask: CostAsk, tariffs: Sequence[TariffRule]) -> tuple[LandedCost, ...]:
    """The landed cost of each line; what is charged a shipment is shared out by weight, to the cent."""
    lines = sorted(ask.lines, key=lambda line: line.line)
    weights = [line.grams for line in lines]
    freight_base = shared(ask.rate.shipment_cost if ask.rate else Decimal(0), weights)
    handling_base = shared(ask.location.shipment_cost, weights)
    return tuple(
        _landed(ask, line, tariffs, freight_base=carried, handling_base=handled)
        for line, carried, handled in zip(lines, freight_base, handling_base, strict=True)
    )


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part in percent of the whole, to two places; None of nothing."""
    return rounded(part * 100 / whole) if whole else None


def duty_on(
    tariffs: Iterable[TariffRule], item: Item, *, origin: str, ships_from: str, destination: str, on: date
) -> Decimal:
    """Percent of cost that goods bear in a country: the rule is that of where their material is from (`origin`), else
    of where the item is from, else of the country they leave."""
    origin = origin or item.origin or ships_from
    return duty(tariffs, item.tariff_code, origin=origin, destination=destination, on=on)


def duty(tariffs: Iterable[TariffRule], tariff_code: str, *, origin: str, destination: str, on: date) -> Decimal:
    """The percent in force on a day: that of the latest rule that took effect by then, 0 where there is none."""
    known = (
        rule
        for rule in tariffs
        if (rule.tariff_code, rule.origin, rule.destination) == (tariff_code, origin, destination)
        and rule.effective <= on
    )
    latest = max(known, key=lambda rule: rule.effective, default=None)
    return latest.percent if latest is not None else Decimal(0)


def shared(amount: Decimal, weights: Sequence[int]) -> tuple[Decimal, ...]:
    """An amount rounded to cents and shared out by weight, evenly where nothing weighs anything; the parts add up.

    Cents that are left over go to those who lost most by rounding down, the first of equals first.
    """
    if not weights:
        return ()
    parts = list(weights) if sum(weights) else [1] * len(weights)
    cents, whole = int(rounded(amount) / CENT), sum(parts)
    down = [cents * part // whole for part in parts]
    lost = sorted(range(len(parts)), key=lambda n: (-(cents * parts[n] % whole), n))
    for n in lost[: cents - sum(down)]:
        down[n] += 1
    return tuple(one * CENT for one in down)


def _landed(
    ask: CostAsk, line: CostedLine, tariffs: Sequence[TariffRule], *, freight_base: Decimal, handling_base: Decimal
) -> LandedCost:
    goods, goods_words = _goods(line)
    freight, freight_words = _freight(ask, line, freight_base)
    tariff, tariff_words = _tariff(ask, line, tariffs)
    handling = handling_base + rounded(ask.location.line_cost + ask.location.handling_cost * line.quantity)
    origins: dict[str, int] = {}
    for portion in line.portions:
        origins[portion.origin] = origins.get(portion.origin, 0) + portion.quantity
    return LandedCost(
        order=ask.order,
        line=line.line,
        item=line.item.code,
        quantity=line.quantity,
        currency=ask.currency,
        revenue=line_total(line.unit_price, line.quantity),
        goods=goods,
        freight=freight,
        tariff=tariff,
        handling=handling,
        costed_on=ask.on,
        origins=tuple(sorted(origins.items())),
        steps=(
            *goods_words,
            freight_words,
            *tariff_words,
            _handled(ask, line, handling_base, handling),
        ),
    )


def _handled(ask: CostAsk, line: CostedLine, base: Decimal, handling: Decimal) -> str:
    at = ask.location
    return (
        f"handling at {at.code}: {base:.2f} of the shipment, {at.line_cost:.2f} a line,"
        f" {line.quantity} x {at.handling_cost:.4f}: {handling:.2f}"
    )


def _goods(line: CostedLine) -> tuple[Decimal, tuple[str, ...]]:
    goods, words = Decimal(0), list[str]()
    for portion in line.portions:
        cost = rounded(portion.unit_cost * portion.quantity)
        goods += cost
        of = f"lot {portion.lot}" if portion.lot else "standard cost"
        words.append(f"goods, {of}: {portion.quantity} x {portion.unit_cost:.4f} = {cost:.2f}")
    return goods, tuple(words)


def _freight(ask: CostAsk, line: CostedLine, base: Decimal) -> tuple[Decimal, str]:
    if ask.rate is None:
        return Decimal("0.00"), "freight: no rate to this region, nothing is asked"
    by_weight = rounded(ask.rate.kilogram_cost * line.grams / _GRAMS)
    kilograms = Decimal(line.grams) / _GRAMS
    words = (
        f"freight with {ask.rate.carrier} {ask.rate.service}: {base:.2f} of the shipment,"
        f" {kilograms.normalize():f} kg x {ask.rate.kilogram_cost:.4f}: {base + by_weight:.2f}"
    )
    return base + by_weight, words


def _tariff(ask: CostAsk, line: CostedLine, tariffs: Sequence[TariffRule]) -> tuple[Decimal, tuple[str, ...]]:
    """The duty of each portion on what it cost, rounded a portion."""
    owed, words = Decimal("0.00"), list[str]()
    for portion in line.portions:
        here = ask.location.country
        percent = duty_on(
            tariffs, line.item, origin=portion.origin, ships_from=here, destination=ask.country, on=ask.on
        )
        if not percent:
            continue
        cost = rounded(portion.unit_cost * portion.quantity)
        tariff = rounded(cost * percent / 100)
        owed += tariff
        words.append(
            f"tariff {line.item.tariff_code} from {portion.origin or here} into {ask.country} on {ask.on}:"
            f" {percent.normalize():f} % of {cost:.2f} = {tariff:.2f}"
        )
    return owed, tuple(words) or ("tariff: none is in force",)
