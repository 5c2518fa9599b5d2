"""What hangs on a supply, and what order lines rest on, as people and agents are told."""

from dataclasses import dataclass
from datetime import date

from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactAsked:
    """`reference` names an open order, such as 'PO-17' or its line 'PO-17/1', 'WO-3' or 'TO-5', or an open order line
    such as 'SO-1042/1'. What happens if the supply comes `later` by so many days; None asks what if it never comes."""

    reference: str
    later: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeggedLine:
    """An order line that so many units of rest on the supply, through all levels; `projected` is when all of the line
    is there, None where that is not known."""

    order: OrderNo
    line: int
    customer: CustomerCode
    item: ItemCode
    units: int
    due: date
    projected: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorsenedLine:
    """An order line that is worse off: so many more units short, all there so many days later (None: no day is known
    any more)."""

    order: OrderNo
    line: int
    customer: CustomerCode
    item: ItemCode
    more_short: int
    before: date | None
    after: date | None
    days_later: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyImpact:
    """What hangs on open supply: who is pegged to it, and who is worse off when the books are netted again."""

    supplies: tuple[str, ...]
    later: int | None
    pegged: tuple[PeggedLine, ...]
    worsened: tuple[WorsenedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpstreamSupply:
    """Supply, or stock, that order lines rest on: units used, and the day they come. Level 0 is what the lines
    themselves take, level 1 what that is made of, and so on."""

    level: int
    supply: str
    item: ItemCode
    location: LocationCode
    units: int
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """What open order lines rest on."""

    lines: tuple[str, ...]
    upstream: tuple[UpstreamSupply, ...]
