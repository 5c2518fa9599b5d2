"""A long day: plan after plan is done as simulated, then taken back one by one to where the day began."""

import random
from dataclasses import replace
from datetime import timedelta

from core.domain.ids import OrderNo, PurchaseOrderNo, TransferOrderNo
from core.domain.plans import Action, Expedite, RePromise
from core.planning.simulation import apply
from core.planning.snapshot import PURCHASE_ORDER, Snapshot, date_of
from core.services.checking import check
from core.services.execution import ExecutionState
from core.services.undoing import undo
from tests.builders import MARIA, RENO, VALVE, buy, day, expedite, transfer
from tests.columns import differences
from tests.desk import Desk

PLANS = 12


def test_whatever_was_done_as_simulated_is_undone_to_the_last_unit(desk: Desk) -> None:
    dice, before, done = random.Random(7), [desk.snapshot()], []
    for number in range(1, PLANS + 1):
        actions = some_actions(before[-1], number, dice)
        approval = desk.decide(desk.proposed(*actions, root=f"cause {number}"))

        assert desk.execute(approval).state is ExecutionState.EXECUTED
        assert list(differences(desk.snapshot(), apply(before[-1], actions))) == []
        before.append(desk.snapshot())
        done.append(approval)

    for approval, books in zip(reversed(done), reversed(before[:-1]), strict=True):
        with desk.open() as uow:
            undo(uow, approval.id, MARIA)
        assert list(differences(desk.snapshot(), books)) == []
    with desk.open() as uow:
        assert [result for result in check(uow) if result.broken] == []


def some_actions(books: Snapshot, number: int, dice: random.Random) -> tuple[Action, ...]:
    """A few actions that are possible on these books."""
    stock = {
        (books.items.code[item], books.locations.code[place]): int(units)
        for item, place, units in zip(books.stock.item, books.stock.location, books.stock.available, strict=True)
    }
    possible: list[Action] = [replace(buy(dice.randint(1, 40)), reference=PurchaseOrderNo(f"PO-{number}.1A-1"))]
    spare = stock[VALVE, RENO]
    if spare:
        moved = transfer(dice.randint(1, spare))
        possible.append(replace(moved, reference=TransferOrderNo(f"TO-{number}.1A-2")))
    possible.extend(_promises(books, dice))
    possible.extend(_expedites(books, dice))
    return tuple(dice.sample(possible, dice.randint(1, len(possible))))


def _promises(books: Snapshot, dice: random.Random) -> list[Action]:
    demand = books.demand
    return [
        RePromise(
            order=OrderNo(demand.order[at]),
            line=int(demand.line[at]),
            old=date_of(int(demand.due[at])),
            new=date_of(int(demand.due[at])) + timedelta(days=dice.randint(1, 9)),
            quantity=int(demand.quantity[at]),
        )
        for at in range(len(demand.order))
    ]


def _expedites(books: Snapshot, dice: random.Random) -> list[Action]:
    supply = books.supply
    rows = [at for at in range(len(supply.number)) if supply.kind[at] == PURCHASE_ORDER and supply.number[at] == "PO-1"]
    return [_expedite(books, at, new=dice.randint(1, 30)) for at in rows]


def _expedite(books: Snapshot, at: int, *, new: int) -> Expedite:
    supply = books.supply
    return replace(
        expedite(),
        line=int(supply.line[at]),
        quantity=int(supply.quantity[at]),
        old_due=date_of(int(supply.due[at])),
        new_due=day(new),
    )
