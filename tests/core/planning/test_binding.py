"""What binds a late line is named with its steps: a work centre, a calendar, a lane, another item."""

from dataclasses import replace

import numpy as np

from core.planning.binding import Bind, binding_of
from core.planning.explaining import why
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, Operations, Snapshot, WorkCenters
from tests.core.planning.books import AS_OF, book
from tests.core.planning.test_elsewhere import alternates


def _texts(snapshot: Snapshot, rules: ScanRules, line: int = 0) -> list[str]:
    return [f"{step.subject}: {step.text}" for step in why(snapshot, net(snapshot, rules), line)]


def _with_shop(snapshot: Snapshot, minutes: list[int], *, item: int = 0) -> Snapshot:
    """With a work centre of so many minutes a day that an item takes one of a piece."""
    one, none = np.array([0], dtype=np.int32), np.array([0], dtype=np.int64)
    steps = Operations(
        item=np.array([item], dtype=np.int32),
        sequence=one,
        center=one,
        setup=none,
        unit=np.array([1_000_000]),
        good=np.array([1_000_000]),
    )
    centers = WorkCenters(code=("K1",), location=one, minutes=np.array([minutes], dtype=np.int64))
    return replace(snapshot, operations=steps, work_centers=centers)


def test_a_work_centre_without_room_is_named_with_the_day() -> None:
    snapshot = _with_shop(book(items=[("PUMP", True, 2)], demand=[("SO1", 1, "PUMP", 10, 4)]), [0] * 6 + [10])

    assert _texts(snapshot, ScanRules(capacity=True))[1] == (
        "item PUMP@MAIN: no supply covers 10 units; making them takes 2 days, and work centre K1 has room for them"
        " by 2024-10-10 only"
    )
    assert _texts(_with_shop(snapshot, [0] * 7), ScanRules(capacity=True))[1] == (
        "item PUMP@MAIN: no supply covers 10 units; work centre K1 has no room for them in ten years"
    )


def test_a_work_centre_that_holds_up_what_waits_for_a_component_is_named_on_that_step() -> None:
    plain = book(
        items=[("PUMP", True, 2), ("SEAL",)],
        bom=[("PUMP", "SEAL")],
        demand=[("SO1", 1, "PUMP", 10, 4)],
        sources=[("SEAL", "V1", 5)],
    )

    making, bought = _texts(_with_shop(plain, [0] * 9 + [10]), ScanRules(capacity=True))[1:3]

    assert making == (
        "item PUMP@MAIN: making 10 more needs 10 SEAL by 2024-10-06; all are there on 2024-10-09; then making them"
        " takes 2 days, and work centre K1 has room for them by 2024-10-13 only"
    )
    assert bought == "item SEAL@MAIN: no supply covers 10 units; ordered today they are there on 2024-10-09"


def test_a_calendar_that_makes_it_later_is_told_in_working_days() -> None:
    plain = book(items=[("PUMP", True, 2)], demand=[("SO1", 1, "PUMP", 10, 1)])
    snapshot = replace(plain, working_days=np.array([[True, False, False, True, True]]))

    assert _texts(snapshot, ScanRules(calendars=True))[1] == (
        "item PUMP@MAIN: no supply covers 10 units; making them takes 2 working days: 2024-10-08"
    )


def test_a_receipt_on_a_day_off_comes_on_the_next_working_day() -> None:
    plain = book(items=[("A",)], demand=[("SO1", 1, "A", 5, 1)], supply=[("PO", "P1", "A", 5, 1, "", None, "V1")])
    snapshot = replace(plain, working_days=np.array([[True, False, False, True]]))

    assert _texts(snapshot, ScanRules(calendars=True))[1] == (
        "purchase order P1/1: 5 A from V1 come on 2024-10-07, 2 days after 2024-10-05, as MAIN does not work on"
        " 2024-10-05"
    )


def test_what_could_come_over_a_lane_or_take_its_place_is_told() -> None:
    places = [("A", "SA"), ("B", "SB")]
    moved = book(
        items=[("X",)],
        locations=places,
        demand=[("SO1", 1, "X", 5, 1, "A")],
        stock=[("X", 5, "B")],
        lanes=[("B", "A", 3)],
    )
    replaced = alternates(
        book(
            items=[("X",), ("Y",)],
            demand=[("SO1", 1, "X", 4, 2)],
            stock=[("Y", 3)],
            sources=[("X", "V1", 10)],
        ),
        (0, 1, 1_500_000, False, False),
    )

    assert _texts(moved, ScanRules(lanes=True))[1] == (
        "item X@A: no supply covers 5 units; 5 could come from B by 2024-10-07"
    )
    assert _texts(replaced, ScanRules(alternates=True))[1] == (
        "item X@MAIN: no supply covers 4 units; 3 Y could take the place of 2, there on 2024-10-04; ordered today they"
        " are there on 2024-10-14"
    )


def test_each_kind_of_constraint_is_told_apart() -> None:
    bought = book(items=[("A",)], demand=[("SO1", 1, "A", 5, 1)], sources=[("A", "V1", 4)])
    unknown = book(items=[("A",)], demand=[("SO1", 1, "A", 5, 1)])
    covered = book(items=[("A",)], demand=[("SO1", 1, "A", 5, 1)], supply=[("PO", "P1", "A", 5, 3)])

    assert binding_of(net(bought, ScanRules()), 0, lead_end=AS_OF + 4).kind is Bind.LEAD_TIME
    assert binding_of(net(unknown, ScanRules()), 0, lead_end=NEVER).kind is Bind.NO_SUPPLY
    assert binding_of(net(covered, ScanRules()), 0, lead_end=NEVER).kind is Bind.RECEIPT
