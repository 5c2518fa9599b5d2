"""An amendment is foreseen with the days its lines could be promised, and carried out exactly so or not at all."""

from datetime import date

import pytest

from core.domain.amendments import Amendment, CancelOpen, Change, ChangeDate, ChangeQuantity
from core.domain.errors import ConflictError, NotAuthorisedError, ProposalStaleError
from core.domain.order_life import OrderState
from core.domain.stock import Claim
from core.services.ordering.foreseeing import (
    AmendAsForeseen,
    AmendedAndPromised,
    AmendmentForeseen,
    amend_as_foreseen,
    foresee_amendment,
    why_not_amend,
)
from tests.builders import HOUSTON, MARIA, RENO, SO_1, VALVE, VIVIAN, day
from tests.core.services.ordering.entries import counts
from tests.desk import Desk

PRICED = "UPDATE items SET list_price = 25 WHERE code = 'VALVE-3'"
FROZEN = "UPDATE items SET demand_fence_days = 7 WHERE code = 'VALVE-3'"


class _Looked(Exception):  # noqa: N818 - it takes back a transaction in which something was only tried
    def __init__(self, found: AmendmentForeseen) -> None:
        super().__init__()
        self.found = found


def asked(*changes: Change) -> Amendment:
    return Amendment(order=SO_1, changes=changes, reason="the customer called")


def foreseen(desk: Desk, *changes: Change) -> AmendmentForeseen:
    """What it would do; nothing of it is kept."""
    try:
        with desk.open() as uow:
            raise _Looked(foresee_amendment(uow, asked(*changes)))
    except _Looked as looked:
        return looked.found


def carried_out(desk: Desk, shown: AmendmentForeseen, *changes: Change, key: str = "a-1") -> AmendedAndPromised:
    command = AmendAsForeseen(key=key, amendment=asked(*changes), version=shown.preview.version, digest=shown.digest)
    with desk.open(MARIA.name) as uow:
        return amend_as_foreseen(uow, command)


def promised(desk: Desk) -> dict[int, date | None]:
    with desk.open() as uow:
        return {line.line: line.promised for line in uow.orders.lines(SO_1)}


def test_what_is_foreseen_has_a_day_for_every_line_to_promise_and_changes_nothing(desk: Desk) -> None:
    before = counts(desk)

    shown = foreseen(desk, ChangeDate(line=1, requested=day(60)))

    (line,) = shown.lines
    assert (line.line, line.item, line.units) == (1, VALVE, 40)
    assert line.promised == promised(desk)[1]
    assert line.day is not None
    assert counts(desk) == before


def test_what_was_foreseen_is_what_comes(desk: Desk) -> None:
    change = ChangeDate(line=1, requested=day(60))
    shown = foreseen(desk, change)

    done = carried_out(desk, shown, change)

    assert done.promised == tuple((line.line, line.day) for line in shown.lines)
    assert promised(desk)[1] == shown.lines[0].day
    assert done.state is OrderState.CONFIRMED


def test_a_line_nobody_can_date_is_amended_and_stays_to_be_promised(desk: Desk) -> None:
    desk.alter(PRICED)
    desk.alter("DELETE FROM price_breaks")
    desk.alter("DELETE FROM supplier_items")
    change = ChangeQuantity(line=1, quantity=2000)
    shown = foreseen(desk, change)

    done = carried_out(desk, shown, change)

    assert (shown.lines[0].day, shown.lines[0].without > 0) == (None, True)
    assert (done.promised, done.state) == ((), OrderState.VALIDATED)


def test_what_would_put_the_order_on_hold_says_so_first(desk: Desk) -> None:
    change = ChangeQuantity(line=1, quantity=45)
    shown = foreseen(desk, change)

    done = carried_out(desk, shown, change)

    assert (shown.state, shown.lines) == (OrderState.ON_HOLD, ())
    assert any("price" in why for why in shown.holds)
    assert (done.state, done.promised) == (OrderState.ON_HOLD, ())


def test_when_the_books_have_moved_it_is_refused_and_nothing_is_done(desk: Desk) -> None:
    change = ChangeDate(line=1, requested=day(3))
    shown = foreseen(desk, change)
    with desk.open() as uow:
        gone = {place: uow.stock.available(VALVE, place) for place in (HOUSTON, RENO)}
        uow.stock.reserve_many(
            [
                Claim(item=VALVE, location=place, quantity=units, reference=f"T-{place}")
                for place, units in gone.items()
                if units
            ]
        )
    before = counts(desk)

    with pytest.raises(ProposalStaleError, match="come out otherwise"):
        carried_out(desk, shown, change)

    assert counts(desk) == before


def test_an_order_that_was_changed_meanwhile_is_refused(desk: Desk) -> None:
    desk.alter(PRICED)
    change = ChangeQuantity(line=1, quantity=45)
    shown = foreseen(desk, change)
    other = ChangeDate(line=2, requested=day(40))
    carried_out(desk, foreseen(desk, other), other, key="a-0")

    with pytest.raises(ConflictError):
        carried_out(desk, shown, change)


def test_the_same_key_amends_once(desk: Desk) -> None:
    change = ChangeDate(line=1, requested=day(60))
    shown = foreseen(desk, change)

    assert carried_out(desk, shown, change) == carried_out(desk, shown, change)


def test_cancelling_needs_no_new_promise(desk: Desk) -> None:
    shown = foreseen(desk, CancelOpen(line=1))

    done = carried_out(desk, shown, CancelOpen(line=1))

    assert all(line.line != 1 for line in shown.lines)
    assert 1 not in dict(done.promised)


def test_inside_the_fence_it_says_who_may_and_refuses_the_others(desk: Desk) -> None:
    desk.alter(FROZEN)
    desk.alter(PRICED)
    shown = foreseen(desk, ChangeQuantity(line=1, quantity=30))
    assert (why_not_amend(shown, MARIA), shown.preview.needs_person) == (None, True)
    assert "planner or an operations manager" in (why_not_amend(shown, VIVIAN) or "")

    command = AmendAsForeseen(
        key="a-1",
        amendment=asked(ChangeQuantity(line=1, quantity=30)),
        version=shown.preview.version,
        digest=shown.digest,
    )
    with pytest.raises(NotAuthorisedError), desk.open(VIVIAN.name) as uow:
        amend_as_foreseen(uow, command)
