"""Playing what goes wrong, in order, in a world whose time is given."""

from collections.abc import Iterator
from datetime import datetime

from core.bootstrap.opening import open_books
from core.demo.happenings.buying import (
    announced,
    asked_too_early,
    cut_and_dearer,
    just_in_time,
    orphan,
    rushed,
    silence,
    slipped,
)
from core.demo.happenings.making import fed, moved_to_a_day_off, scrapped
from core.demo.happenings.outside import said_from_outside
from core.demo.happenings.selling import (
    changes_too_late,
    held_too_long,
    over_the_limit,
    prices,
    quota_used_up,
    spare_prices,
)
from core.demo.happenings.shipping import missed_cut_off, never_sent_back, shippable, short_and_lost
from core.demo.happenings.storing import below_safety_stock, lots_of_a_shutdown, reserved_for_nothing
from core.demo.happenings.world import CLERK, PEOPLE, Clock, Happening, World
from core.demo.planted import Planted
from core.domain.company import Company

HAPPENINGS: tuple[Happening, ...] = (
    spare_prices,
    cut_and_dearer,
    silence,
    slipped,
    rushed,
    asked_too_early,
    just_in_time,
    orphan,
    announced,
    lots_of_a_shutdown,
    reserved_for_nothing,
    below_safety_stock,
    shippable,
    short_and_lost,
    never_sent_back,
    missed_cut_off,
    changes_too_late,
    over_the_limit,
    prices,
    held_too_long,
    quota_used_up,
    moved_to_a_day_off,
    scrapped,
    fed,
    said_from_outside,
)
"""Everything that happens, what is needed before what needs it."""


def play(url: str, company: Company, *, now: datetime) -> tuple[Planted, ...]:
    """Let everything happen to the books of the full-size company that was loaded; the exceptions it brings about."""
    clock = Clock(now=now)
    with open_books(url, frozen=lambda: clock.now) as books:
        world = World(open_uow=books, company=company, clock=clock, morning=now)
        with books(CLERK.name) as uow:
            for person in PEOPLE:
                uow.users.add(person, password_hash=None, token_hash=None)
        return tuple(_played(world))


def _played(world: World) -> Iterator[Planted]:
    for happening in HAPPENINGS:
        yield from happening(world)
        world.ago(0)
