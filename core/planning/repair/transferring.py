"""R02: move stock from a location that can give it up."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.ids import ItemCode, LocationCode, TransferOrderNo
from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea, StockElsewhere
from core.domain.plans import Resolution, Transfer
from core.planning.repair.ideas import Desk, Reach, last_day
from core.planning.repair.wants import Want
from core.planning.simulation import item_position, location_position
from core.planning.snapshot import Snapshot, date_of, day_number


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferIdea:
    """A transfer of stock another location can give up; it ships on the business date."""

    stock: StockElsewhere
    wanted: Want
    reach: Reach
    as_of: int
    resolution: Resolution = Resolution.TRANSFER

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        return f"transfer {quantity:,} {self.wanted.item} from {self.stock.location}"

    @property
    def note(self) -> str:
        """Why it is feasible."""
        left = f"{self.stock.location} can give up {self.stock.quantity:,} {self.wanted.item}"
        return f"{left} and keep what its own orders and safety stock need ({self.stock.id})"

    @property
    def takes(self) -> frozenset[str]:
        """What no other idea of a mix may take from, too."""
        return frozenset({self.stock.id})

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """The freight; units beyond the need are none, a transfer has no lots."""
        return (CostTerm(name=f"freight from {self.stock.location}", amount=self._freight(quantity)),)

    def action(self, quantity: int, *, needed: int, number: str) -> Transfer:
        """The transfer order."""
        return Transfer(
            reference=TransferOrderNo(f"TO-{number}"),
            item=ItemCode(self.wanted.item),
            origin=LocationCode(self.stock.location),
            destination=LocationCode(self.wanted.location),
            quantity=quantity,
            ship_on=date_of(self.as_of),
            arrive_on=self.stock.arrive_on,
            cost=self._freight(quantity),
        )

    def _freight(self, quantity: int) -> Decimal:
        return rounded(self.stock.fixed_cost + self.stock.unit_cost * quantity)


def transfer_idea(desk: Desk, stock: StockElsewhere) -> TransferIdea | RejectedIdea:
    """The idea, or why not."""
    snapshot, wanted = desk.snapshot, desk.want
    most = min(stock.quantity, _available(snapshot, wanted.item, stock.location))
    if most < 1 or stock.location == wanted.location:
        return RejectedIdea(
            resolution=Resolution.TRANSFER.value,
            what=f"transfer {wanted.item} from {stock.location}",
            reason=f"{stock.location} has nothing left beyond its own orders and safety stock",
        )
    arrives = day_number(stock.arrive_on)
    reach = Reach(arrives=arrives, most=most, last_day=last_day(wanted, arrives=arrives, as_of=snapshot.as_of))
    return TransferIdea(stock=stock, wanted=wanted, reach=reach, as_of=snapshot.as_of)


def _available(snapshot: Snapshot, item: str, location: str) -> int:
    stock, code, place = snapshot.stock, item_position(snapshot, item), location_position(snapshot, location)
    return int(stock.available[(stock.item == code) & (stock.location == place)].sum())
