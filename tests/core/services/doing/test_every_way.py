"""Every way out goes its whole way: priced, tiered, approved by who may, simulated, executed once and undone."""

from collections.abc import Callable, Mapping

import pytest

from core.domain.approval import Approval, why_not
from core.domain.errors import ConflictError
from core.domain.ids import UserName
from core.domain.plans import (
    Action,
    AnswerChange,
    ApplyChange,
    AskCredit,
    AskData,
    AskDisposition,
    AskRecount,
    AskWaiver,
    CorrectLedger,
    DecideChange,
    MoveOperation,
    NegotiatePrice,
    OfferCustomer,
    Overtime,
    ReleaseHold,
    Reship,
    Resolution,
    ShipQuicker,
    SubstitutePart,
)
from core.domain.resolutions import OFFERED, RESOLUTIONS
from core.domain.tiers import MONEY_LIMIT
from core.domain.users import Role, User
from core.planning.simulation import apply
from core.services.checking import check
from core.services.execution import ExecutionState
from core.services.undoing import undo
from core.services.verifying import verify
from tests.builders import MARIA, OMAR, buy, day, expedite, re_promise, transfer, wait
from tests.columns import differences
from tests.core.services.doing import (
    test_centers,
    test_changing,
    test_doing,
    test_hurrying,
    test_ledger,
    test_parts,
    test_reshipping,
)
from tests.core.services.doing.actions import (
    accept_price,
    cancel_purchase,
    cancel_work,
    make,
    reallocate,
    reschedule_purchase,
    reschedule_work,
    ship_from,
    split_line,
    split_purchase,
    substitute,
    top_up,
    use_safety_stock,
)
from tests.core.services.doing.test_doing import prepared
from tests.desk import Desk

UNDONE: tuple[Action, ...] = (
    wait(),
    make(),
    top_up(),
    reschedule_work(),
    buy(),
    split_purchase(),
    expedite(),
    reschedule_purchase(),
    accept_price(),
    transfer(reference="TO-1.1A-9"),
    use_safety_stock(),
    reallocate(),
    re_promise(),
    split_line(),
    ship_from(),
    substitute(),
    *(
        shape(subject=f"{shape.kind} 1.1A", about="order:SO-1", due=day(2), text="what shall it be?")
        for shape in (
            OfferCustomer,
            AskWaiver,
            NegotiatePrice,
            AskData,
            AskRecount,
            AskCredit,
            AskDisposition,
            DecideChange,
        )
    ),
)
FOR_GOOD: tuple[Action, ...] = (cancel_work(), cancel_purchase())
ELSEWHERE: Mapping[type[Action], Callable[..., None]] = {
    Overtime: test_doing.test_overtime_makes_a_day_long_enough_and_stays_while_it_is_booked,
    ReleaseHold: test_doing.test_a_hold_is_released_in_the_name_of_an_approver_who_may,
    CorrectLedger: test_ledger.test_a_count_is_posted_and_taken_back_by_the_opposite,
    MoveOperation: test_centers.test_it_is_done_there_booked_there_and_brought_back,
    Reship: test_reshipping.test_it_is_sent_again_with_its_exact_cost_and_called_off,
    ShipQuicker: test_hurrying.test_it_is_released_by_the_quicker_service_with_its_exact_cost_and_called_off,
    ApplyChange: test_changing.test_a_change_is_applied_as_it_was_shown_answered_and_changed_back,
    AnswerChange: test_changing.test_a_declined_change_leaves_the_order_and_tells_the_customer_once,
    SubstitutePart: test_parts.test_a_work_order_is_built_with_the_alternate_as_simulated_and_with_the_component_again,
}
"""What needs a scene of its own goes the same way there."""


def test_every_kind_of_action_goes_its_whole_way_here_or_in_its_own_scene() -> None:
    here = {type(action) for action in (*UNDONE, *FOR_GOOD)}

    assert here | {*ELSEWHERE} == OFFERED
    assert not here & {*ELSEWHERE}
    assert {shape.resolution for shape in OFFERED} == {*Resolution}


def test_every_way_out_is_approved_by_who_may_executed_once_as_simulated_and_undone(desk: Desk) -> None:
    prepared(desk)
    books = desk.snapshot()

    for number, action in enumerate(UNDONE):
        approval = done(desk, action, root=f"item {number}")
        with desk.open() as uow:
            undo(uow, approval.id, MARIA)
        assert list(differences(desk.snapshot(), books)) == [], action.kind
    for number, action in enumerate(FOR_GOOD, start=len(UNDONE)):
        approval = done(desk, action, root=f"item {number}")
        after = desk.snapshot()
        with desk.open() as uow, pytest.raises(ConflictError, match="cannot be undone"):
            undo(uow, approval.id, MARIA)
        assert list(differences(desk.snapshot(), after)) == [], action.kind

    with desk.open() as uow:
        assert [result for result in check(uow) if result.broken] == []


def done(desk: Desk, action: Action, *, root: str) -> Approval:
    """Proposed, judged and executed; the books are as simulated, and a second execution does nothing."""
    before, approval = desk.snapshot(), desk.proposed(action, root=root)
    decided_by_who_may(approval, action)
    for user in (MARIA, OMAR)[: approval.approvals_needed]:
        approval = desk.decide(approval, user)

    outcome = desk.execute(approval)

    assert (outcome.state, outcome.differences) == (ExecutionState.EXECUTED, ()), action.kind
    assert list(differences(desk.snapshot(), apply(before, (action,)))) == [], action.kind
    with desk.open() as uow:
        assert verify(uow, approval.id).differences == (), action.kind
    told = messages(desk, approval)
    assert desk.execute(approval).state is ExecutionState.ALREADY
    assert (messages(desk, approval), list(differences(desk.snapshot(), apply(before, (action,))))) == (told, [])
    return approval


def decided_by_who_may(approval: Approval, action: Action) -> None:
    """The tier and the roles are those of the table, two people where it says so or much money is committed."""
    way = RESOLUTIONS[action.resolution]
    tier = 4 if action.commits > MONEY_LIMIT else way.tier
    assert (approval.tier, approval.approvals_needed) == (tier, 2 if tier == 4 else 1), action.kind
    refused = {role for role in Role if why_not(person(role), approval) is not None}
    assert refused == {*Role} - {*way.approvers}, action.kind


def person(role: Role) -> User:
    """Somebody of a role with any limit."""
    return User(name=UserName("somebody"), role=role, limit=None)


def messages(desk: Desk, approval: Approval) -> list[str]:
    """What partners and customers are told of it."""
    with desk.open() as uow:
        return [message.key for message in uow.outbox.of_approval(approval.id)]
