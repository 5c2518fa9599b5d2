"""What a night does to the things that happened: limits run out and dates pass, whatever the ERP says."""

from core.demo.fates import Fate, PlantedChange
from core.domain.cases import ExceptionType

BY_THE_CLOCK = (
    PlantedChange(
        fate=Fate.OPENED,
        type=ExceptionType.HOLD_UNRESOLVED,
        root="order SO-9406",
        why="its address was to be found within eight hours",
    ),
    PlantedChange(
        fate=Fate.OPENED,
        type=ExceptionType.HOLD_UNRESOLVED,
        root="order SO-9404",
        why="its price was to be found within eight hours",
    ),
    PlantedChange(
        fate=Fate.CLOSED,
        type=ExceptionType.MASTER_DATA_GAP,
        root="order SO-9404",
        why="the missing price is told of as a hold that lasts too long now",
    ),
    PlantedChange(
        fate=Fate.OPENED,
        type=ExceptionType.DEMAND_SHORTAGE,
        root="item MS-1@HOU-SHIP",
        why="SO-9408 and SO-9409 were released for yesterday and have not left",
    ),
    PlantedChange(
        fate=Fate.REFRESHED,
        type=ExceptionType.SHORT_PICK,
        root="order line SO-9501/1",
        why="what was picked short yesterday is a day late now",
    ),
)
"""Cases by the clock alone; the orders are those of core/demo/happenings/selling.py and shipping.py."""
