"""A transfer order on its way: what left, what arrived and what was lost."""

from dataclasses import dataclass
from datetime import date

from core.domain.ids import ItemCode, LocationCode, TransferOrderNo
from core.domain.supply_life import TransferStage


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferring:
    """A transfer order as it is worked on."""

    number: TransferOrderNo
    item: ItemCode
    origin: LocationCode
    destination: LocationCode
    quantity: int
    received: int = 0
    lost: int = 0
    ship_on: date
    due: date
    stage: TransferStage = TransferStage.OPEN
    version: int = 1

    @property
    def on_the_way(self) -> int:
        """Units that left and neither arrived nor were lost."""
        if self.stage not in {TransferStage.SHIPPED, TransferStage.PARTLY_RECEIVED}:
            return 0
        return self.quantity - self.received - self.lost
