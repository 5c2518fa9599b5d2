"""Margins: the floor under them, and what a change of a tariff does across the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal

from core.domain.freight import TariffRule
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.items import BomComponent, Item
from core.domain.landed_cost import LandedCost, duty, percent_of
from core.domain.money import PRICE_STEP, rounded
from core.domain.prices import line_total, priced


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPolicy:
    """The margin in percent of price that a line should leave, for an item of its own where one is named."""

    floor_percent: Decimal = Decimal(15)
    floors: Mapping[ItemCode, Decimal] = field(default_factory=dict[ItemCode, Decimal])

    def floor(self, item: ItemCode) -> Decimal:
        """The floor of an item."""
        return self.floors.get(item, self.floor_percent)


COST_POLICY = CostPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginCheck:
    """A line's landed cost against the floor; the least price that reaches it, None where none does."""

    cost: LandedCost
    floor_percent: Decimal
    price_at_floor: Decimal | None

    @property
    def below(self) -> bool:
        """Whether the margin is under the floor; goods given away are."""
        margin = self.cost.margin_percent
        return margin is None or self.cost.margin * 100 < self.cost.revenue * self.floor_percent


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldLine:
    """An open order line as a change of tariffs sees it: what it sells for and where it goes."""

    order: OrderNo
    line: int
    customer: CustomerCode
    item: ItemCode
    quantity: int
    unit_price: Decimal
    country: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What a change of tariffs is worked out on. `made_in` are the countries where we make things."""

    items: tuple[Item, ...]
    bom: tuple[BomComponent, ...]
    tariffs: tuple[TariffRule, ...]
    made_in: frozenset[str]
    open_lines: tuple[SoldLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemImpact:
    """What a change does to an item: the cost of a unit before and after, and the margin at its list price."""

    item: ItemCode
    cost_before: Decimal
    cost_after: Decimal
    list_price: Decimal
    through_components: bool = False

    @property
    def margin_before(self) -> Decimal | None:
        """Percent of the list price, None without one."""
        return percent_of(self.list_price - self.cost_before, self.list_price)

    @property
    def margin_after(self) -> Decimal | None:
        """Percent of the list price, None without one."""
        return percent_of(self.list_price - self.cost_after, self.list_price)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineImpact:
    """What a change does to an open line: margins in percent of its price, and whether it falls under its floor."""

    order: OrderNo
    line: int
    customer: CustomerCode
    item: ItemCode
    added_cost: Decimal
    margin_before: Decimal | None
    margin_after: Decimal | None
    falls_below: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffImpact:
    """What a rule would do: the percent it replaces, the items whose cost it changes, the open lines it touches."""

    rule: TariffRule
    percent_before: Decimal
    items: tuple[ItemImpact, ...]
    lines: tuple[LineImpact, ...]

    @property
    def added_cost(self) -> Decimal:
        """What the open lines cost more in all; below zero where they get cheaper."""
        return sum((line.added_cost for line in self.lines), Decimal("0.00"))

    @property
    def under_the_floor(self) -> tuple[LineImpact, ...]:
        """The open lines that the change takes under their floor."""
        return tuple(line for line in self.lines if line.falls_below)


def margin_check(cost: LandedCost, policy: CostPolicy) -> MarginCheck:
    """A line's margin against its floor."""
    floor = policy.floor(cost.item)
    left = 100 - floor
    price = _up(cost.total * 100 / left / cost.quantity) if left > 0 else None
    return MarginCheck(cost=cost, floor_percent=floor, price_at_floor=price)


def impact_of(rule: TariffRule, catalogue: Catalogue, policy: CostPolicy) -> TariffImpact:
    """What a tariff rule does from its day on, compared with the rules that are in force on that day without it.

    An item is touched when it has the rule's tariff code and origin. One we make in the rule's country is touched
    through its components, level by level. An open line is touched when it is due on the rule's day or later and
    either takes a touched item into the rule's country, or sells what is made there of touched components.
    """
    change = _Change(
        rule=rule,
        before=duty(
            catalogue.tariffs, rule.tariff_code, origin=rule.origin, destination=rule.destination, on=rule.effective
        ),
        policy=policy,
        items={item.code: item for item in catalogue.items},
        built_in={},
    )
    if rule.destination in catalogue.made_in:
        change.built_in.update(_built_in(change, catalogue.bom))
    return TariffImpact(
        rule=rule,
        percent_before=change.before,
        items=tuple(
            change.on_item(change.items[code]) for code in sorted(change.items) if change.touches(change.items[code])
        ),
        lines=tuple(
            change.on_line(line)
            for line in sorted(catalogue.open_lines, key=lambda one: (one.order, one.line))
            if line.due >= rule.effective and change.added(line)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A rule beside what was in force before; `built_in` is what a unit costs more through its components."""

    rule: TariffRule
    before: Decimal
    policy: CostPolicy
    items: Mapping[ItemCode, Item]
    built_in: dict[ItemCode, Decimal]

    def own(self, item: Item) -> Decimal:
        """What a unit brought in itself costs more."""
        if (item.tariff_code, item.origin) != (self.rule.tariff_code, self.rule.origin):
            return Decimal(0)
        return (self.rule.percent - self.before) * item.standard_cost / 100

    def touches(self, item: Item) -> bool:
        """Whether a unit costs more or less in any way."""
        return bool(self.own(item) or self.built_in.get(item.code))

    def cost_before(self, item: Item) -> Decimal:
        """Standard cost, and the duty of before where it was owed on the item itself."""
        owed = self.before if (item.tariff_code, item.origin) == (self.rule.tariff_code, self.rule.origin) else 0
        return item.standard_cost * (100 + owed) / 100

    def on_item(self, item: Item) -> ItemImpact:
        """The change of a unit in the rule's country."""
        before = self.cost_before(item)
        added = self.own(item) + self.built_in.get(item.code, Decimal(0))
        return ItemImpact(
            item=item.code,
            cost_before=priced(before),
            cost_after=priced(before + added),
            list_price=item.list_price,
            through_components=bool(self.built_in.get(item.code)),
        )

    def added(self, line: SoldLine) -> Decimal:
        """What a unit of an open line costs more."""
        item = self.items[line.item]
        crossing = self.own(item) if line.country == self.rule.destination else Decimal(0)
        return crossing + self.built_in.get(line.item, Decimal(0))

    def on_line(self, line: SoldLine) -> LineImpact:
        """The change of an open line."""
        item, revenue = self.items[line.item], line_total(line.unit_price, line.quantity)
        crossing = line.country == self.rule.destination
        before = rounded((self.cost_before(item) if crossing else item.standard_cost) * line.quantity)
        added = rounded(self.added(line) * line.quantity)
        floor = self.policy.floor(line.item)
        return LineImpact(
            order=line.order,
            line=line.line,
            customer=line.customer,
            item=line.item,
            added_cost=added,
            margin_before=percent_of(revenue - before, revenue),
            margin_after=percent_of(revenue - before - added, revenue),
            falls_below=not _below(revenue - before, revenue, floor)
            and _below(revenue - before - added, revenue, floor),
        )


def _built_in(change: _Change, bom: Iterable[BomComponent]) -> dict[ItemCode, Decimal]:
    """What a unit of each made item costs more through its components; an item that leads to itself adds nothing."""
    parts: dict[ItemCode, list[BomComponent]] = {}
    for part in bom:
        if (part.valid_from or date.min) <= change.rule.effective <= (part.valid_to or date.max):
            parts.setdefault(part.parent, []).append(part)
    known: dict[ItemCode, Decimal] = {}

    def added(code: ItemCode) -> Decimal:
        if code not in known:
            known[code] = Decimal(0)
            known[code] = sum((_of_part(part) for part in parts.get(code, ())), Decimal(0))
        return known[code]

    def _of_part(part: BomComponent) -> Decimal:
        of_one = change.own(change.items[part.component]) + added(part.component)
        return of_one * part.quantity_per / (1 - part.scrap)

    for code in sorted(parts):
        added(code)
    return known


def _up(price: Decimal) -> Decimal:
    return price.quantize(PRICE_STEP, rounding=ROUND_CEILING)


def _below(margin: Decimal, revenue: Decimal, floor: Decimal) -> bool:
    return not revenue or margin * 100 < revenue * floor
