"""A halt stops what executes and what is sent, at once and for as long as it lasts; nothing is lost by it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest

from core.domain.approval import Approval, ApprovalState
from core.domain.errors import ConflictError, HaltedError, InvalidValueError, NotAuthorisedError
from core.domain.ids import UserName
from core.domain.proposals import Effect
from core.domain.users import AGENT_NAME, WORKER_NAME, Role, User
from core.ports.storage import UnitOfWork
from core.services.execution import ExecutionState, execute
from core.services.halting import HaltCommand, ResumeCommand, halt, is_halted, resume
from tests.builders import MARIA, buy, expedite, transfer
from tests.columns import differences
from tests.core.services.test_dispatching import EXPEDITE, ORDER, Partners
from tests.desk import Desk

WHY = HaltCommand(reason="prices look wrong")
VERA = User(name=UserName("vera"), role=Role.VIEWER, limit=None)


def stop(desk: Desk, by: UserName = MARIA.name) -> None:
    with desk.open(by) as uow:
        halt(uow, WHY)


def go_on(desk: Desk, by: UserName = MARIA.name) -> None:
    with desk.open(by) as uow:
        resume(uow, ResumeCommand(comment="they were right"))


def test_while_halted_people_propose_and_decide_but_nothing_is_executed(desk: Desk) -> None:
    stop(desk)
    approval = desk.approved(transfer())
    books = desk.snapshot()

    with pytest.raises(HaltedError, match="halted since 2024-10-04 09:00 UTC by maria: prices look wrong"):
        desk.execute(approval)

    with desk.open() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.APPROVED
        assert uow.effects.get(approval.id) is None
    assert list(differences(desk.snapshot(), books)) == []
    go_on(desk)
    assert desk.execute(approval).state is ExecutionState.EXECUTED


def test_while_halted_no_message_leaves_and_none_is_lost(desk: Desk) -> None:
    partners = Partners()
    desk.executed(buy(), expedite())
    stop(desk)

    assert partners.dispatch(desk).sent == ()
    assert partners.journal() == []

    go_on(desk)
    assert partners.dispatch(desk).sent == (ORDER, EXPEDITE)


def test_a_claim_made_past_the_program_is_refused_by_the_database(desk: Desk) -> None:
    desk.executed(buy())
    stop(desk)

    with pytest.raises(HaltedError, match="prices look wrong"), desk.open(WORKER_NAME) as uow:
        uow.outbox.claim(limit=1)


def test_a_message_that_was_claimed_before_is_named(desk: Desk) -> None:
    desk.executed(buy())
    with desk.open(WORKER_NAME) as uow:
        uow.outbox.claim(limit=1)

    with desk.open() as uow:
        assert halt(uow, WHY).on_their_way == (ORDER,)


def test_anybody_active_halts_and_only_those_who_may_resume(desk: Desk) -> None:
    desk.let_in(VERA)
    with pytest.raises(NotAuthorisedError, match="an active person may"):
        stop(desk, AGENT_NAME)
    with pytest.raises(InvalidValueError, match="needs a reason"), desk.open(VERA.name) as uow:
        halt(uow, HaltCommand(reason="  "))

    stop(desk, VERA.name)

    with pytest.raises(ConflictError, match="by vera: prices look wrong"):
        stop(desk)
    with pytest.raises(NotAuthorisedError, match="'vera' \\(viewer\\) may not resume"):
        go_on(desk, VERA.name)
    go_on(desk)
    with pytest.raises(ConflictError, match="nothing is halted"):
        go_on(desk)
    with desk.open() as uow:
        (kept,) = uow.halts.listed(limit=5)
        assert is_halted(uow) is None
        assert [event for _, _, event, _, _ in uow.audit.trail("halt")] == ["halted", "resumed"]
    assert (kept.halted_by, kept.resumed_by, kept.comment) == (VERA.name, MARIA.name, "they were right")


def test_a_halt_committed_while_a_plan_is_being_done_wins(desk: Desk) -> None:
    approval = desk.approved(transfer())

    with pytest.raises(HaltedError):
        execute_late(desk, approval)

    with desk.open() as uow:
        assert uow.effects.get(approval.id) is None


def test_a_halt_waits_for_an_effect_that_is_being_committed(desk: Desk) -> None:
    approval, written = desk.approved(transfer()), Event()
    slowly = SlowToCommit(desk, written)

    def stop_then_look() -> bool:
        written.wait(20)
        stop(desk)
        with desk.open() as uow:
            return uow.effects.get(approval.id) is not None

    with ThreadPoolExecutor(2) as pool:
        seen, done = pool.submit(stop_then_look), pool.submit(execute, slowly, approval.id, by=WORKER_NAME)
        assert seen.result() is True
    assert done.result().state is ExecutionState.EXECUTED


@dataclass(frozen=True, slots=True)
class SlowToCommit:
    """Opens a unit of work that is committed only once the halt waits for it."""

    desk: Desk
    written: Event

    def __call__(self, actor: UserName, /) -> UnitOfWork:
        return SlowUnitOfWork(self)  # type: ignore[return-value]  it is entered, nothing else


@dataclass(frozen=True, slots=True)
class SlowUnitOfWork:
    """Gives the unit of work it holds to who enters it, and ends it late."""

    slow: SlowToCommit
    held: list[UnitOfWork] = field(default_factory=list[UnitOfWork])

    def __enter__(self) -> UnitOfWork:
        self.held.append(self.slow.desk.open(WORKER_NAME))
        return self.held[0].__enter__()

    def __exit__(self, *ending: Any) -> None:
        self.slow.written.set()
        self.slow.desk.until_somebody_waits()
        self.held[0].__exit__(*ending)


def execute_late(desk: Desk, approval: Approval) -> None:
    """A halt comes after the look at it, from another connection; it waits for nobody, as no effect is written yet."""
    now, digest = desk.clock.now, approval.plan_hash
    effect = Effect(approval=approval.id, executed_hash=digest, executed_by=WORKER_NAME, executed_at=now, result=())
    with desk.open(WORKER_NAME) as uow:
        uow.approvals.lock(approval.id)
        stop(desk)
        uow.effects.add(effect)
