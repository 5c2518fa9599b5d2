"""A line that rests on planned orders is split, shipped from elsewhere or given another item as it was simulated."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import HOUSTON
from tests.core.services.doing.actions import ship_from, split_line, substitute
from tests.core.services.doing.deeds import taken_back
from tests.core.services.doing.test_doing import prepared
from tests.core.services.doing.test_every_way import done
from tests.core.services.promising.orders import NEW, add, confirmed, line
from tests.desk import Desk


def test_what_was_planned_for_the_line_stays_as_simulated(desk: Desk) -> None:
    prepared(desk)
    add(desk, line(1, 25), priority=9, ship_from=HOUSTON, allow_substitution=True)
    answer = confirmed(desk)
    (promised,) = [one.promised for one in answer.lines]
    new = promised + timedelta(days=3)
    assert answer.planned == ("PP-SO-77-1.1-1",)

    for number, action in enumerate(
        (
            replace(split_line(), order=NEW, rest_quantity=20, now_on=promised, old=promised, new=new),
            replace(ship_from(), order=NEW, quantity=25),
            replace(substitute(), order=NEW, quantity=25, new_quantity=50),
        )
    ):
        approval = done(desk, action, root=f"item {number}")
        assert desk.snapshot().planned.number == answer.planned
        taken_back(desk, approval.id)
