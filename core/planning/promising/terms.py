"""What a snapshot says about getting things, looked up by item and place: suppliers, lanes, parts, lots, work."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from core.planning.grouping import group_locations
from core.planning.lowlevel import read_structure
from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, Snapshot

UNLIMITED = 10**12


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A supplier of an item; `row` is the place in the snapshot's sources. Sorted as they are tried."""

    priority: int
    lead: int
    price: int
    supplier: int
    row: int
    safety: int
    minimum: int
    multiple: int
    maximum: int
    weekly: int
    valid_from: int
    valid_to: int
    location: int


@dataclass(frozen=True, slots=True, order=True)
class Lane:
    """A way into a place: from a location of another group in so many days. Sorted as they are tried."""

    priority: int
    days: int
    origin: int
    group: int
    destination: int
    item: int


@dataclass(frozen=True, slots=True)
class Lots:
    """Sizes of made lots, safety lead time and planning fence of an item."""

    minimum: int = 1
    multiple: int = 1
    maximum: int = UNLIMITED
    safety_days: int = 0
    fence: int = 0
    phantom: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """An operation: where it can be done (centre, millionths of the time), best first, and how long it takes."""

    centers: tuple[tuple[int, int], ...]
    setup: int
    unit: int
    good: int


@dataclass(frozen=True, slots=True)
class Substitute:
    """`ratio` millionths of another item for one."""

    item: int
    ratio: int
    component: bool
    approval: bool


_ANY_LOTS = Lots()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The lookups. A group is a location that ships, or the other locations of a site together; `place` is the
    location a group receives at, `production` the group whose stock making there takes."""

    group_of: Sequence[int]
    production: Sequence[int]
    site: Sequence[int]
    place: Sequence[int]
    alone: Sequence[bool]
    sources: dict[int, list[Source]]
    lanes: dict[int, list[Lane]]
    parts: dict[int, list[tuple[int, int]]]
    lots: Sequence[Lots]
    steps: dict[int, list[Step]]
    substitutes: dict[int, list[Substitute]]

    def lot(self, item: int) -> Lots:
        """Lot sizes of an item; the usual ones where the snapshot has none."""
        return self.lots[item] if self.lots else _ANY_LOTS


def terms_of(snapshot: Snapshot) -> Terms:
    """Look everything up once; a bill of materials that leads back to itself is refused."""
    grouping = group_locations(snapshot.locations, ScanRules())
    group_of: list[int] = _list(grouping.group_of)
    place = [-1] * len(grouping.production)
    members = [0] * len(place)
    for location in range(len(group_of) - 1, -1, -1):
        place[group_of[location]] = location
        members[group_of[location]] += 1
    return Terms(
        group_of=group_of,
        production=_list(grouping.production),
        site=[int(snapshot.locations.site[location]) for location in place],
        place=place,
        alone=[count == 1 for count in members],
        sources=_sources(snapshot),
        lanes=_lanes(snapshot, group_of),
        parts=_parts(snapshot),
        lots=_lots(snapshot),
        steps=_steps(snapshot),
        substitutes=_substitutes(snapshot),
    )


def _sources(snapshot: Snapshot) -> dict[int, list[Source]]:
    rows, terms = snapshot.sources, snapshot.source_terms
    count = rows.item.size
    priority = _column(terms.priority, count, 1)
    safety, weekly = _column(terms.safety_days, count, 0), _column(terms.weekly_capacity, count, UNLIMITED)
    opens, closes = _column(terms.valid_from, count, 0), _column(terms.valid_to, count, NEVER)
    where = _column(terms.location, count, -1)
    found: defaultdict[int, list[Source]] = defaultdict(list)
    items, suppliers, leads, prices = map(_list, (rows.item, rows.supplier, rows.lead_days, rows.price))
    least, step, most = map(_list, (rows.minimum, rows.multiple, rows.maximum))
    for n in range(count):
        source = Source(
            priority=priority[n],
            lead=leads[n],
            price=prices[n],
            supplier=suppliers[n],
            row=n,
            safety=safety[n],
            minimum=max(1, least[n]),
            multiple=max(1, step[n]),
            maximum=most[n],
            weekly=weekly[n],
            valid_from=opens[n],
            valid_to=closes[n],
            location=where[n],
        )
        found[items[n]].append(source)
    return {item: sorted(these) for item, these in found.items()}


def _lanes(snapshot: Snapshot, group_of: Sequence[int]) -> dict[int, list[Lane]]:
    rows, count = snapshot.lanes, snapshot.lanes.origin.size
    priority, only = _column(snapshot.lane_terms.priority, count, 1), _column(snapshot.lane_terms.item, count, -1)
    found: defaultdict[int, list[Lane]] = defaultdict(list)
    origins: list[int] = _list(rows.origin)
    ends: list[int] = _list(rows.destination)
    days: list[int] = _list(rows.days)
    for n in range(count):
        start, end = group_of[origins[n]], group_of[ends[n]]
        if start != end:
            found[end].append(Lane(priority[n], days[n], origins[n], start, ends[n], only[n]))
    return {group: sorted(these) for group, these in found.items()}


def _parts(snapshot: Snapshot) -> dict[int, list[tuple[int, int]]]:
    read_structure(snapshot.bom, snapshot.items.code)
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = zip(*map(_list, (snapshot.bom.parent, snapshot.bom.component, snapshot.bom.per_parent)), strict=True)
    for parent, component, per_parent in rows:
        if per_parent > 0:
            found[parent].append((component, per_parent))
    return dict(found)


def _lots(snapshot: Snapshot) -> list[Lots]:
    terms = snapshot.item_terms
    columns = (terms.minimum, terms.multiple, terms.maximum, terms.safety_days, terms.fence, terms.phantom)
    return [Lots(*values) for values in zip(*map(_list, columns), strict=True)]


def _steps(snapshot: Snapshot) -> dict[int, list[Step]]:
    rows, others = snapshot.operations, snapshot.operation_alternates
    more: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    columns = (others.operation, others.priority, others.center, others.factor)
    for operation, priority, center, factor in zip(*map(_list, columns), strict=True):
        more[operation].append((priority, center, factor))
    found: defaultdict[int, list[tuple[int, Step]]] = defaultdict(list)
    steps = zip(*map(_list, (rows.item, rows.sequence, rows.center, rows.setup, rows.unit, rows.good)), strict=True)
    for n, (item, sequence, center, setup, unit, good) in enumerate(steps):
        choices = ((center, 1_000_000), *((c, factor) for _, c, factor in sorted(more[n])))
        found[item].append((sequence, Step(choices, setup, unit, good)))
    return {item: [step for _, step in sorted(these, key=lambda one: one[0])] for item, these in found.items()}


def _substitutes(snapshot: Snapshot) -> dict[int, list[Substitute]]:
    rows, today = snapshot.alternates, snapshot.as_of
    found: defaultdict[int, list[tuple[int, int, Substitute]]] = defaultdict(list)
    columns = (rows.item, rows.alternate, rows.component, rows.ratio, rows.priority, rows.valid_from, rows.valid_to)
    for n, (item, other, component, ratio, priority, opens, closes) in enumerate(
        zip(*map(_list, columns), strict=True)
    ):
        if opens <= today <= closes:
            known = Substitute(other, ratio, component, bool(rows.approval[n]))
            found[item].append((priority, other, known))
    return {item: [one for _, _, one in sorted(these, key=lambda t: t[:2])] for item, these in found.items()}


def _column(values: NDArray[Any], count: int, otherwise: int) -> list[int]:
    """A column of terms, or as many usual values where the snapshot has no such table."""
    found = _list(values)
    return found if found else [otherwise] * count


def _list(values: NDArray[Any]) -> list[Any]:
    return values.tolist()
