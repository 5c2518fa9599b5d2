"""The effect ledger, the outbox and the audit trail keep each thing once and in order."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from core.domain.errors import ConflictError
from core.domain.ids import ApprovalId
from core.domain.proposals import Effect, MessageKind, MessageState, OutboxMessage
from core.domain.users import WORKER_NAME
from tests.builders import MARIA, transfer
from tests.desk import Desk


def message(key: str) -> OutboxMessage:
    return OutboxMessage(
        key=key, partner="mail", kind=MessageKind.CUSTOMER_NOTICE, payload={"n": [1, {"ü": None}]}, approval=None
    )


def queued(desk: Desk, *keys: str) -> None:
    with desk.open() as uow:
        for key in keys:
            uow.outbox.add(message(key))


def claimed(desk: Desk, limit: int = 10) -> list[tuple[str, int]]:
    with desk.open() as uow:
        return [(taken.key, taken.attempts) for taken in uow.outbox.claim(limit=limit)]


@pytest.mark.breaks_laws("rows are changed by hand")
def test_an_effect_is_added_once(desk: Desk) -> None:
    approval = desk.approved(transfer())
    effect = Effect(
        approval=approval.id,
        executed_hash=approval.plan_hash,
        executed_by=WORKER_NAME,
        executed_at=desk.clock.now,
        result=("done",),
    )

    with desk.open() as uow:
        assert uow.effects.get(approval.id) is None
        assert uow.effects.add(effect) is True
        assert uow.effects.add(effect) is False
        assert uow.effects.get(approval.id) == effect


def test_an_effect_is_undone_once(desk: Desk) -> None:
    approval = desk.executed(transfer())

    with desk.open() as uow:
        assert uow.effects.undone(approval.id, by=MARIA.name) is True
        assert uow.effects.undone(approval.id, by=MARIA.name) is False
        assert uow.effects.undone(ApprovalId("AP-9"), by=MARIA.name) is False


def test_messages_are_given_out_oldest_first_and_once(desk: Desk) -> None:
    queued(desk, "c", "a", "b")

    assert claimed(desk, limit=2) == [("c", 0), ("a", 0)]
    assert claimed(desk) == [("b", 0)]
    assert claimed(desk) == []


def test_two_workers_never_get_the_same_message(desk: Desk) -> None:
    queued(desk, *(f"m{n:02}" for n in range(20)))

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(lambda _: claimed(desk, limit=5), range(4)))

    given = [key for share in shares for key, _ in share]
    assert len(given) == len(set(given))
    assert len(given) + len(claimed(desk, limit=20)) == 20


def test_a_worker_skips_what_another_is_taking(desk: Desk) -> None:
    queued(desk, "a", "b")

    with desk.open() as uow:
        assert [taken.key for taken in uow.outbox.claim(limit=1)] == ["a"]
        assert claimed(desk) == [("b", 0)]


def test_a_claim_is_forgotten_after_two_minutes(desk: Desk) -> None:
    queued(desk, "a")
    claimed(desk)

    desk.clock.pass_by(minutes=2)
    assert claimed(desk) == []
    desk.clock.pass_by(seconds=1)
    assert claimed(desk) == [("a", 1)]


def test_what_became_of_a_message_is_kept(desk: Desk) -> None:
    queued(desk, "a")
    with desk.open() as uow:
        (taken,) = uow.outbox.claim(limit=1)
    assert taken == message("a")

    with desk.open() as uow:
        uow.outbox.settle(
            OutboxMessage(
                key="a",
                partner="mail",
                kind=taken.kind,
                payload=taken.payload,
                approval=None,
                state=MessageState.SENT,
                answer={"message_id": "M-1"},
            )
        )

    assert claimed(desk) == []
    with desk.open() as uow:
        events = [event for _, _, event, _, _ in uow.audit.trail("outbox:a")]
        assert uow.outbox.withdraw("a") is False
    assert events == ["message_queued", "message_sent"]


def test_a_key_is_used_once(desk: Desk) -> None:
    queued(desk, "a")

    with pytest.raises(ConflictError, match=r"Key \(key\)=\(a\) already exists"):
        queued(desk, "a")


def test_there_is_nothing_to_withdraw_under_an_unknown_key(desk: Desk) -> None:
    with desk.open() as uow:
        assert uow.outbox.withdraw("nothing") is False


def test_the_audit_trail_of_a_scope_is_in_order_and_of_that_scope_alone(desk: Desk) -> None:
    with desk.open() as uow:
        for number in range(3):
            uow.audit.note(scope="x", event=f"e{number}", subject="s", facts={"n": number, "text": "é\n"})
            uow.audit.note(scope="y", event="other", subject="s", facts={})

    with desk.open() as uow:
        assert [(event, facts) for _, _, event, _, facts in uow.audit.trail("x")] == [
            (f"e{number}", f'{{"n": {number}, "text": "é\\n"}}') for number in range(3)
        ]
        assert uow.audit.trail("nothing") == ()
        assert uow.checks.broken("I11") == ()


def test_many_at_once_write_one_whole_chain(desk: Desk) -> None:
    def note(number: int) -> None:
        with desk.open() as uow:
            uow.audit.note(scope="busy", event="e", subject=str(number), facts={})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(note, range(24)))

    with desk.open() as uow:
        assert sorted(int(subject) for _, _, _, subject, _ in uow.audit.trail("busy")) == list(range(24))
        assert uow.checks.broken("I11") == ()
