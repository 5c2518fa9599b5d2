"""Which locations stand as one place: where lines ship from, and where a site's making takes its
components."""

from dataclasses import dataclass

import numpy as np

from core.domain.errors import UsageError
from core.planning.rules import ScanRules
from core.planning.snapshot import Flags, Ints, Locations


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """`group_of` a location, `production` of a group: the group whose stock making there uses. `ship` is
    the group every line is sent from, -1 when each is sent from its own location."""

    group_of: Ints
    production: Ints
    ship: int


def group_locations(locations: Locations, rules: ScanRules) -> Grouping:
    """A location that ships stands alone, the others of a site together; groups are numbered by first
    location."""
    if rules.pool_locations and rules.ship_from is not None:
        raise UsageError(
            f"pooled locations and shipping from {rules.ship_from!r} exclude each other: give one of the two"
        )
    if rules.pool_locations:
        zeros = np.zeros(len(locations.code), dtype=np.int64)
        return Grouping(group_of=zeros, production=np.zeros(1, dtype=np.int64), ship=-1)
    alone = _shipping_alone(locations, rules.ship_from)
    site = locations.site.astype(np.int64)
    place = np.where(alone, np.arange(site.size), site.size + site)
    _, first, group_of = np.unique(place, return_index=True, return_inverse=True)
    renumber = np.argsort(np.argsort(first))
    group_of = renumber[group_of].astype(np.int64)
    ship = int(group_of[locations.code.index(rules.ship_from)]) if rules.ship_from is not None else -1
    return Grouping(group_of=group_of, production=_production(group_of, site, alone), ship=ship)


def _shipping_alone(locations: Locations, ship_from: str | None) -> Flags:
    if ship_from is None:
        return locations.may_ship
    if ship_from not in locations.code:
        accepted = ", ".join(repr(code) for code in locations.code)
        raise UsageError(f"no location {ship_from!r} to ship from; accepted: {accepted}", accepted=locations.code)
    return np.array([code == ship_from for code in locations.code])


def _production(group_of: Ints, site: Ints, alone: Flags) -> Ints:
    """Of a group: the group of its site's locations that do not ship, or itself where all ship."""
    production = np.arange(int(group_of.max(initial=-1)) + 1)
    together = {int(site[row]): int(group_of[row]) for row in np.flatnonzero(~alone)}
    for row in np.flatnonzero(alone):
        production[group_of[row]] = together.get(int(site[row]), int(group_of[row]))
    return production
