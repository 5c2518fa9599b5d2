"""What was simulated is what is committed, and what is taken back is gone: any actions together, on books at random."""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from core.db.unit_of_work import open_engine
from core.domain.approval import Approval
from core.domain.errors import ConflictError, DomainError
from core.domain.plans import (
    AcceptPrice,
    Action,
    AnswerChange,
    ApplyChange,
    AskCredit,
    AskData,
    AskDisposition,
    AskRecount,
    AskWaiver,
    Buy,
    CancelPurchase,
    CancelWork,
    CorrectLedger,
    DecideChange,
    Expedite,
    Make,
    MoveOperation,
    NegotiatePrice,
    OfferCustomer,
    Overtime,
    Reallocate,
    ReleaseHold,
    RePromise,
    ReschedulePurchase,
    RescheduleWork,
    Reship,
    ShipFrom,
    ShipQuicker,
    SplitLine,
    SplitPurchase,
    Substitute,
    SubstitutePart,
    TopUp,
    Transfer,
    UseSafetyStock,
    Wait,
)
from core.domain.plans.asking import AskPerson
from core.domain.resolutions import OFFERED
from core.planning.simulation import apply
from core.services.execution import ExecutionState
from core.services.undoing import undo
from core.services.verifying import verify
from tests.builders import MARIA, OMAR
from tests.columns import differences
from tests.core.services.doing import drawn_lines as of_lines
from tests.core.services.doing import drawn_supply as of_supply
from tests.core.services.doing.drawing import Draw
from tests.core.services.doing.works_at_work import at_work, busier
from tests.core.services.machine.books import Books
from tests.desk import Desk

EXAMPLES = int(os.environ.get("ANY_PLANS", "2"))
PROMISED_AS_PROJECTED = "I4"  # the days drawn for promises are not those that planning would name
ASKED: tuple[type[AskPerson], ...] = (
    OfferCustomer,
    AskWaiver,
    NegotiatePrice,
    AskData,
    AskRecount,
    AskCredit,
    AskDisposition,
    DecideChange,
)
DRAWN: Mapping[type[Any], Callable[[Draw], Action | None]] = {
    Wait: lambda draw: Wait(until=draw.later()),
    **{shape: of_lines.asking(shape) for shape in ASKED},
    Transfer: of_supply.transfer,
    UseSafetyStock: of_supply.use_safety_stock,
    Reallocate: of_supply.reallocate,
    Expedite: of_supply.expedite,
    Buy: of_supply.buy,
    SplitPurchase: of_supply.split_purchase,
    ReschedulePurchase: of_supply.reschedule_purchase,
    CancelPurchase: of_supply.cancel_purchase,
    AcceptPrice: of_supply.accept_price,
    Make: of_supply.make,
    TopUp: of_supply.top_up,
    RescheduleWork: of_supply.reschedule_work,
    CancelWork: of_supply.cancel_work,
    MoveOperation: of_lines.move_operation,
    SubstitutePart: of_lines.substitute_part,
    Overtime: of_lines.overtime,
    RePromise: of_lines.re_promise,
    SplitLine: of_lines.split_line,
    ShipFrom: of_lines.ship_from,
    Substitute: of_lines.substitute,
    ReleaseHold: of_lines.release_hold,
    CorrectLedger: of_lines.correct_ledger,
    Reship: of_lines.reship,
    ShipQuicker: of_lines.ship_quicker,
    ApplyChange: of_lines.apply_change,
    AnswerChange: of_lines.answer_change,
}


def test_what_is_simulated_is_what_is_committed(desk: Desk) -> None:
    assert DRAWN.keys() == OFFERED
    at_work(desk)
    seen, engine = Counter[tuple[str, str]](), open_engine(desk.urls.app)

    @settings(max_examples=EXAMPLES, phases=[Phase.generate])
    @given(st.integers(0, 2**32 - 1))
    def on_random_books(seed: int) -> None:
        with engine.connect() as connection:
            books = Books(connection, desk.urls, desk.clock)
            try:
                _any_plans(books.desk, Random(seed), seen)
                assert books.broken().keys() <= {PROMISED_AS_PROJECTED}
            finally:
                books.end()

    try:
        on_random_books()
    finally:
        engine.dispose()
    assert {kind for kind, state in seen if state == ExecutionState.EXECUTED} == {shape.kind for shape in OFFERED}


def _any_plans(desk: Desk, dice: Random, seen: Counter[tuple[str, str]]) -> None:
    """Plans of one to three actions until every kind has had its turn, and another one alone where it was in vain."""
    busier(desk, dice)
    kinds = dice.sample(sorted(DRAWN, key=lambda shape: shape.kind), len(DRAWN))
    plans, done = list[list[type[Any]]](), set[type[Any]]()
    while kinds:
        together = dice.choice([1, 1, 2, 3])
        plans.append(kinds[:together])
        kinds = kinds[together:]
    for number, shapes in enumerate([*plans, *([shape] for plan in plans for shape in plan)], start=1):
        if done.issuperset(shapes):
            continue
        actions = _drawn(desk, shapes, dice, number)
        if actions:
            state = _carried_out(desk, actions, number, back=dice.random() < 0.5)
            seen.update((action.kind, state) for action in actions)
            done.update(type(action) for action in actions if state == ExecutionState.EXECUTED)


def _drawn(desk: Desk, kinds: Sequence[type[Any]], dice: Random, number: int) -> tuple[Action, ...]:
    with desk.open() as uow:
        books = uow.snapshot()
        found = [
            DRAWN[kind](Draw(uow=uow, books=books, dice=dice, name=f"{number}.1A-{at}"))
            for at, kind in enumerate(kinds)
        ]
    return tuple(action for action in found if action is not None)


def _carried_out(desk: Desk, actions: tuple[Action, ...], number: int, *, back: bool) -> str:
    """Proposed, approved by as many as it takes, and executed; how it ended. What was done is what was simulated, what
    is refused or taken back has changed nothing that planning sees."""
    before = desk.snapshot()
    try:
        approval = desk.proposed(*actions, root=f"item {number}")
    except DomainError as error:
        return error.code
    for user in (MARIA, OMAR)[: approval.approvals_needed]:
        approval = desk.decide(approval, user)

    outcome = desk.execute(approval)

    done = outcome.state is ExecutionState.EXECUTED
    expected = apply(before, actions) if done else before
    told = [action.sentence for action in actions]
    assert list(differences(desk.snapshot(), expected)) == [], (told, outcome)
    if not done:
        assert outcome.state is ExecutionState.STALE, (told, outcome)
        return outcome.state
    with desk.open() as uow:
        assert verify(uow, approval.id).differences == (), told
    again = any(isinstance(action, ApplyChange) for action in actions)  # changed back, it is to be confirmed again
    if back and not again and _taken_back(desk, approval):
        assert list(differences(desk.snapshot(), before)) == [], told
    return outcome.state


def _taken_back(desk: Desk, approval: Approval) -> bool:
    try:
        with desk.open() as uow:
            undo(uow, approval.id, MARIA)
    except ConflictError:
        return False
    return True
