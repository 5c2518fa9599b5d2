"""Whatever comes, is made and is moved, and in whatever order: no unit is lost and none comes from nowhere."""

import itertools
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.errors import DomainError
from core.domain.ids import PurchaseOrderNo, TransferOrderNo, WorkOrderNo
from core.services.supplying.issuing import IssueComponents, IssuedPart, issue_components
from core.services.supplying.producing import CompleteWork, ReleaseWork, complete_work, release_work
from core.services.supplying.receiving import Receive, receive
from core.services.supplying.transferring import ReceiveTransfer, ShipTransfer, receive_transfer, ship_transfer
from tests.builders import HOUSTON, MOTOR, PUMP, RENO, SEAL, VALVE, YARD, day
from tests.core.services.supplying.works import lawful, sent, work_order
from tests.desk import Desk

PLACES = ((VALVE, HOUSTON), (VALVE, RENO), (MOTOR, YARD), (SEAL, YARD), (SEAL, HOUSTON), (PUMP, HOUSTON))
TO_1 = TransferOrderNo("TO-1")
_runs = itertools.count()


@dataclass
class Books:
    """The stock that should be there, counted by hand."""

    desk: Desk
    run: int
    bought: PurchaseOrderNo
    made: WorkOrderNo
    stock: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def move(self, item: str, place: str, units: int) -> None:
        self.stock[item, place] = self.stock.get((item, place), 0) + units

    def arrive(self, units: int, refused: int, step: int) -> None:
        command = Receive(
            key=f"{self.run} {step}",
            number=self.bought,
            line=1,
            reference="DN",
            accepted=units,
            rejected=refused,
            reason="bent" if refused else "",
            received_on=day(0),
        )
        with self.desk.open() as uow:
            receive(uow, command)
        self.move(VALVE, HOUSTON, units)

    def issue(self, units: int, step: int) -> None:
        part = IssuedPart(item=MOTOR, location=YARD, quantity=units)
        command = IssueComponents(
            key=f"{self.run} {step}", number=self.made, parts=(part,), issued_on=day(0), why_more="scrap"
        )
        with self.desk.open() as uow:
            issue_components(uow, command)
        self.move(MOTOR, YARD, -units)

    def finish(self, units: int, step: int) -> None:
        key = f"{self.run} {step}"
        command = CompleteWork(key=key, number=self.made, good=units, completed_on=day(0), backflush=True)
        with self.desk.open() as uow:
            known = len(uow.stock.moves_of(self.made))
            complete_work(uow, command)
            new = uow.stock.moves_of(self.made)[known:]
        for move in new:
            if move.destination == "(production)":
                self.move(move.item, move.origin, -move.quantity)
        self.move(PUMP, HOUSTON, units)

    def ship(self, step: int) -> None:
        with self.desk.open() as uow:
            ship_transfer(uow, ShipTransfer(key=f"{self.run} {step}", number=TO_1, shipped_on=day(0)))
        self.move(VALVE, RENO, -10)

    def reach(self, units: int, lost: int, step: int) -> None:
        command = ReceiveTransfer(
            key=f"{self.run} {step}", number=TO_1, received=units, lost=lost, reason="fell", received_on=day(0)
        )
        with self.desk.open() as uow:
            receive_transfer(uow, command)
        self.move(VALVE, HOUSTON, units)


STEPS = st.lists(
    st.tuples(st.sampled_from(["arrive", "issue", "finish", "ship", "reach"]), st.integers(0, 12), st.integers(0, 3)),
    max_size=12,
)


def do(books: Books, name: str, first: int, second: int, step: int) -> None:
    match name:
        case "arrive":
            books.arrive(first, second, step)
        case "issue":
            books.issue(first, step)
        case "finish":
            books.finish(first, step)
        case "ship":
            books.ship(step)
        case _:
            books.reach(first, second, step)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_stock_is_what_came_less_what_went(desk: Desk, steps: list[tuple[str, int, int]]) -> None:
    # every example goes on in the books of the one before, with orders of its own
    run = next(_runs)
    bought, made = PurchaseOrderNo(f"PO-{run}-N"), WorkOrderNo(f"WO-{run}-N")
    sent(desk, number=bought)
    with desk.open() as uow:
        work_order(uow, made, ordered=4)
        release_work(uow, ReleaseWork(key=f"release {run}", number=made, version=1, why_short="a test"))
        books = Books(desk, run, bought, made, {(i, p): uow.stock.balance(i, p).on_hand for i, p in PLACES})

    for step, (name, first, second) in enumerate(steps):
        try:
            do(books, name, first, second, step)
        except DomainError:
            continue

    with desk.open() as uow:
        assert {(i, p): uow.stock.balance(i, p).on_hand for i, p in PLACES} == books.stock
    assert lawful(desk) == []
