"""Items not worth keeping: slow, unsold for long or sold for too little, as a report with its criteria."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.ids import ItemCode
from core.domain.landed_cost import percent_of
from core.domain.money import rounded


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecord:
    """What an item did: stock and its value, units and value sold and their cost within the window, its last sale."""

    item: ItemCode
    on_hand: int
    stock_value: Decimal
    sold: int
    revenue: Decimal
    cost_of_sales: Decimal
    last_sale: date | None

    @property
    def turns(self) -> Decimal | None:
        """How often the stock was sold within the window, at cost; None without stock."""
        return rounded(self.cost_of_sales / self.stock_value) if self.stock_value else None

    @property
    def margin_percent(self) -> Decimal | None:
        """What was left of the price of what was sold; None where nothing was."""
        return percent_of(self.revenue - self.cost_of_sales, self.revenue)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingCriteria:
    """When an item is put up for a decision. Turns are those of the window."""

    window_days: int = 365
    turns_below: Decimal = Decimal(1)
    no_sale_days: int = 180
    dead_after_days: int = 365
    margin_below: Decimal = Decimal(15)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInDoubt:
    """An item for the decision whether to keep it, with the criteria it fails; `dead_stock` is the value of stock that
    nobody has bought for long."""

    record: ItemRecord
    reasons: tuple[str, ...]
    dead_stock: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rationalisation:
    """The items in doubt, the most stock value first, under the criteria and for the day they were worked out for."""

    as_of: date
    criteria: KeepingCriteria
    items: tuple[ItemInDoubt, ...]

    @property
    def dead_stock(self) -> Decimal:
        """What lies there dead in all."""
        return sum((item.dead_stock for item in self.items), Decimal("0.00"))


def rationalisation(records: Sequence[ItemRecord], criteria: KeepingCriteria, *, as_of: date) -> Rationalisation:
    """Which items are slow, unsold for long or sold for too little, each with its reasons."""
    doubtful = (_in_doubt(record, criteria, as_of) for record in records)
    found = [item for item in doubtful if item.reasons]
    found.sort(key=lambda item: (-item.record.stock_value, item.record.item))
    return Rationalisation(as_of=as_of, criteria=criteria, items=tuple(found))


def _in_doubt(record: ItemRecord, criteria: KeepingCriteria, as_of: date) -> ItemInDoubt:
    reasons = list[str]()
    unsold = None if record.last_sale is None else (as_of - record.last_sale).days
    if record.on_hand and unsold is None:
        reasons.append(f"{record.on_hand} on hand and never sold")
    elif record.on_hand and unsold is not None and unsold >= criteria.no_sale_days:
        reasons.append(f"last sold {unsold} days ago, on {record.last_sale}")
    if record.turns is not None and record.turns < criteria.turns_below:
        reasons.append(f"turned {record.turns} times in {criteria.window_days} days, wanted are {criteria.turns_below}")
    margin = record.margin_percent
    if margin is not None and margin < criteria.margin_below:
        reasons.append(f"sold at a margin of {margin} %, wanted are {criteria.margin_below} %")
    dead = record.on_hand and (unsold is None or unsold >= criteria.dead_after_days)
    return ItemInDoubt(
        record=record, reasons=tuple(reasons), dead_stock=record.stock_value if dead else Decimal("0.00")
    )
