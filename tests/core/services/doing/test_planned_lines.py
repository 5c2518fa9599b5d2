"""A line that rests on planned orders is split, shipped from elsewhere or given another item as it was simulated."""

from dataclasses import replace

from tests.builders import HOUSTON, RENO, day
from tests.core.services.doing.actions import ship_from, split_line, substitute
from tests.core.services.doing.deeds import taken_back
from tests.core.services.doing.test_doing import prepared
from tests.core.services.doing.test_every_way import done
from tests.core.services.promising.orders import NEW, add, confirmed, line
from tests.desk import Desk

PLAN = "PP-SO-77-1.1-1"
SPLIT = replace(split_line(), order=NEW, now_quantity=30, now_on=day(2), rest_quantity=10, old=day(6), new=day(9))
SHIP_FROM = replace(ship_from(), order=NEW, old=RENO, new=HOUSTON)
SUBSTITUTE = replace(substitute(), order=NEW)


def test_what_was_planned_for_the_line_stays_as_simulated(desk: Desk) -> None:
    prepared(desk)
    add(desk, line(1, 40), priority=9, allow_substitution=True)
    assert confirmed(desk).planned == (PLAN,)

    for number, action in enumerate((SPLIT, SHIP_FROM, SUBSTITUTE)):
        approval = done(desk, action, root=f"item {number}")
        assert desk.snapshot().planned.number == (PLAN,)
        taken_back(desk, approval.id)
