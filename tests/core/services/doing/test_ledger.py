"""R22: only what was counted corrects the ledger, in the name of somebody who did not count."""

from decimal import Decimal

import pytest

from core.domain.counting import CountState
from core.domain.errors import ConflictError
from core.domain.plans import CorrectLedger
from core.services.counted_stock import counted_stock
from core.services.stocking.counting import EnterCount, OpenCount, PostCount, enter_count, open_count, post_count
from core.services.undoing import undo
from tests.builders import MARIA, OMAR, PAUL, RENO, SEAL, VALVE
from tests.core.services.doing.deeds import carried_out, left_alone, taken_back
from tests.desk import Desk


def counted(desk: Desk, found: int, *, by: str = "paul") -> tuple[CorrectLedger, str]:
    """Reno's valves (60, of which 10 reserved) counted; what a plan would do with it."""
    with desk.open(PAUL.name if by == "paul" else MARIA.name) as uow:
        sheet = OpenCount(key="c-1", code="CC-1", location=RENO, items=((VALVE, None),))
        open_count(uow, sheet)
        enter_count(uow, EnterCount(key="c-2", code="CC-1", version=1, found={1: found}))
    with desk.open() as uow:
        [one] = counted_stock(uow, VALVE, RENO)
        assert counted_stock(uow, SEAL, RENO) == ()
        return one.action, one.why_not


@pytest.mark.parametrize(("found", "value"), [(57, "42.37"), (66, "-84.74")])
def test_a_count_is_posted_and_taken_back_by_the_opposite(desk: Desk, found: int, value: str) -> None:
    correct, why_not = counted(desk, found)
    assert (why_not, correct.on_hand, correct.free, correct.change) == ("", 60, 50, found - 60)
    assert correct.value == Decimal(value)

    approval = carried_out(desk, correct)

    with desk.open() as uow:
        sheet = uow.counts.get("CC-1")
        assert (sheet.state, sheet.approved_by) == (CountState.POSTED, MARIA.name)
        assert uow.stock.balance(VALVE, RENO).on_hand == found
    taken_back(desk, approval)
    with desk.open() as uow:
        assert uow.stock.balance(VALVE, RENO).on_hand == 60


def test_units_that_are_reserved_are_not_written_off_by_a_plan(desk: Desk) -> None:
    _, why_not = counted(desk, 5)

    assert why_not == "5 of the units that go are reserved: they are given back first"


def test_whoever_counted_does_not_post_it(desk: Desk) -> None:
    correct, _ = counted(desk, 57, by="maria")

    assert left_alone(desk, correct).startswith("nobody who approved may post count CC-1: accepted is somebody other")


def test_a_count_posted_meanwhile_makes_the_plan_stale(desk: Desk) -> None:
    correct, _ = counted(desk, 57)
    approval = desk.approved(correct)
    with desk.open() as uow:
        post_count(uow, PostCount(key="c-3", code="CC-1", version=2), OMAR)

    outcome = desk.execute(approval)

    assert outcome.differences[0] == "what is to be posted of count CC-1 is posted, the plan needs VALVE-3@RENO by -3"


def test_found_units_that_somebody_reserved_stay(desk: Desk) -> None:
    correct, _ = counted(desk, 66)
    approval = carried_out(desk, correct)
    with desk.open() as uow:
        uow.stock.reserve(VALVE, RENO, quantity=54, reference="R-9")

    with desk.open() as uow, pytest.raises(ConflictError, match="4 of the units found of VALVE-3 at RENO are reserved"):
        undo(uow, approval, MARIA)
