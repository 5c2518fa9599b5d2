"""An item at a place with every way to get it there, looked up once for as long as the master data stay."""

from enum import IntEnum
from typing import NamedTuple, TypeAlias

from core.domain.ids import ItemCode, LocationCode
from core.planning.promising.sizes import rounded_down
from core.planning.promising.terms import Lane, Lots, Source, Step, Substitute, Terms
from core.planning.snapshot import Snapshot


class Way(IntEnum):
    """How something is got; of ways of equal priority the first is tried first."""

    MAKE = 0
    BUY = 1
    MOVE = 2


Choice: TypeAlias = tuple[Way, Lane | None]
"""A way, and the lane of a move."""


class Offer(NamedTuple):
    """What a supplier can bring: `first` is the earliest day it arrives, `earliest` the day it can then be used, with
    its safety lead time and not before the `fence`. Without an `order_size` there is none to order."""

    source: Source
    valid: bool
    order_size: bool
    first: int
    earliest: int
    fence: int


class Spot(NamedTuple):
    """`place` is the location the group receives at, `production` the group making takes components from; `lead` is
    days of making. `offers` are of suppliers that deliver here. `choices` are tried in this order, after the stock of
    other places and before what may take the item's place: `sold` where it is asked for, `built_in` as a component.
    With `only_bought` the suppliers are all there is."""

    item: int
    group: int
    code: ItemCode
    name: str
    where: str
    site: LocationCode
    place: int
    production: int
    alone: bool
    safety_stock: int
    lead: int
    lot: Lots
    steps: list[Step]
    parts: list[tuple[int, int]]
    offers: list[Offer]
    lanes: list[Lane]
    choices: tuple[Choice, ...]
    sold: tuple[Substitute, ...]
    built_in: tuple[Substitute, ...]
    only_bought: bool


class Spots:
    """The spots of one reading of the master data; every book on them shares these."""

    def __init__(self, snapshot: Snapshot, terms: Terms) -> None:
        self._codes, self._places = snapshot.items.code, snapshot.locations.code
        self._make: list[bool] = snapshot.items.make.tolist()
        self._lead: list[int] = snapshot.items.lead_days.tolist()
        self._safety: list[int] = snapshot.items.safety_stock.tolist()
        self._terms = terms
        self._today = snapshot.as_of
        self._found: dict[tuple[int, int], Spot] = {}

    def at(self, item: int, group: int) -> Spot:
        """The spot of an item at a place."""
        spot = self._found.get((item, group))
        if spot is None:
            spot = self._found[item, group] = self._spot(item, group)
        return spot

    def _spot(self, item: int, group: int) -> Spot:
        terms, lot = self._terms, self._terms.lot(item)
        lanes = [lane for lane in terms.lanes.get(group, ()) if lane.item in (-1, item)]
        sources = terms.sources.get(item, [])
        group_of, instead = terms.group_of, terms.substitutes.get(item, ())
        place = terms.place[group]
        choices = self._choices(item, group, lanes, sources)
        return Spot(
            item=item,
            group=group,
            code=ItemCode(self._codes[item]),
            name=repr(self._codes[item]),
            where=repr(self._places[place]),
            site=LocationCode(self._places[place]),
            place=place,
            production=terms.production[group],
            alone=terms.alone[group],
            safety_stock=self._safety[item],
            lead=0 if lot.phantom else self._lead[item],
            lot=lot,
            steps=[] if lot.phantom else terms.steps.get(item, []),
            parts=terms.parts.get(item, []),
            offers=[self._offer(one, lot) for one in sources if one.location < 0 or group_of[one.location] == group],
            lanes=lanes,
            choices=choices,
            sold=tuple(one for one in instead if not one.component),
            built_in=tuple(one for one in instead if one.component and not one.approval),
            only_bought=choices == ((Way.BUY, None),) and not lanes and not instead,
        )

    def _offer(self, source: Source, lot: Lots) -> Offer:
        ordered, fence = max(self._today, source.valid_from), self._today + lot.fence
        return Offer(
            source=source,
            valid=ordered <= source.valid_to,
            order_size=rounded_down(source.maximum, source.minimum, source.multiple) > 0,
            first=ordered + source.lead,
            earliest=max(ordered + source.lead + source.safety, fence),
            fence=fence,
        )

    def _choices(self, item: int, group: int, lanes: list[Lane], sources: list[Source]) -> tuple[Choice, ...]:
        """By priority making, buying, what other sites get for it."""
        site = self._terms.site
        ways: list[tuple[int, Way, Lane | None]] = [
            (lane.priority, Way.MOVE, lane) for lane in lanes if site[lane.group] != site[group]
        ]
        if self._make[item]:
            ways.append((1, Way.MAKE, None))
        elif sources:
            ways.append((sources[0].priority, Way.BUY, None))
        return tuple((way, lane) for _, way, lane in sorted(ways, key=lambda one: one[:2]))
