"""Deliveries are signed, retried for a day, given up with a question to a person, and sent by one worker at a time."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from core.domain.signing import SignatureStyle, is_signed
from core.domain.webhooks import LEASE, PAUSES, ROTATION, TRIES, Answered, DeliveryState, Topic, WebhookId
from core.services.halting import HaltCommand, halt
from core.services.webhooks.subscribing import NewSecret, disable_webhook, ping, rotate_webhook, send_again
from tests.core.services.webhooks.receiving import (
    DOWN,
    SECRET,
    TAKEN,
    Receiver,
    delivered,
    deliveries,
    gathered,
    hook,
)
from tests.desk import Desk

W1 = WebhookId("w1")


def pinged(desk: Desk, *names: str, webhook: WebhookId = W1) -> None:
    with desk.open() as uow:
        for name in names:
            ping(uow, webhook, name=name)


def test_a_delivery_is_signed_over_its_time_and_its_bytes(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    pinged(desk, "a")
    receiver = Receiver()

    delivered(desk, receiver)

    ((url, headers, body),) = receiver.sent
    given = {"signature": headers["Expediter-Signature"], "time": headers["Expediter-Timestamp"], "now": desk.clock.now}
    assert url == "https://w1.example/hooks"
    assert headers["Expediter-Event"] == "ping"
    assert is_signed(SignatureStyle.OURS, [SECRET], body=body, **given)
    assert not is_signed(SignatureStyle.OURS, [SECRET], body=body + b" ", **given)
    assert not is_signed(SignatureStyle.OURS, ["another"], body=body, **given)
    assert deliveries(desk)[0].state is DeliveryState.DELIVERED


def test_after_a_rotation_both_secrets_sign_for_a_day(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    with desk.open() as uow:
        rotate_webhook(uow, NewSecret(id=W1, secret="whsec_of_tomorrow"))
    pinged(desk, "a")
    receiver = Receiver()

    delivered(desk, receiver)
    desk.clock.now += ROTATION
    pinged(desk, "b")
    delivered(desk, receiver)

    counts = [
        [
            is_signed(
                SignatureStyle.OURS,
                [secret],
                body=body,
                signature=headers["Expediter-Signature"],
                time=headers["Expediter-Timestamp"],
                now=desk.clock.now - ROTATION * (1 - at),
            )
            for secret in (SECRET, "whsec_of_tomorrow")
        ]
        for at, (_, headers, body) in enumerate(receiver.sent)
    ]
    assert counts == [[True, True], [False, True]]


def test_what_failed_is_sent_again_with_the_same_bytes_until_it_is_taken(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    pinged(desk, "a")
    receiver = Receiver(answers=(DOWN, DOWN, TAKEN))

    for pause in (timedelta(0), PAUSES[0], PAUSES[1]):
        desk.clock.now += pause
        delivered(desk, receiver)

    assert len(receiver.sent) == 3
    assert len({body for _, _, body in receiver.sent}) == 1
    assert len({*receiver.numbers}) == 1
    (one,) = deliveries(desk)
    assert (one.state, one.attempts, one.status, one.said) == (DeliveryState.DELIVERED, 3, 200, "thanks")


def test_nothing_is_sent_again_before_its_pause_has_passed(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    pinged(desk, "a")
    receiver = Receiver(answers=(DOWN,))
    delivered(desk, receiver)

    desk.clock.now += PAUSES[0] - timedelta(seconds=1)
    delivered(desk, receiver)

    assert len(receiver.sent) == 1


def test_after_ten_tries_in_a_day_it_is_given_up_and_a_person_asked(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    pinged(desk, "a")
    receiver = Receiver(answers=(DOWN,))

    for pause in (*PAUSES, timedelta(0)):
        delivered(desk, receiver)
        desk.clock.now += pause
    desk.clock.now += timedelta(days=2)
    delivered(desk, receiver)

    assert len(receiver.sent) == TRIES == 10
    assert timedelta(hours=20) < sum(PAUSES, start=timedelta(0)) < timedelta(hours=26)
    assert deliveries(desk)[0].state is DeliveryState.DEAD
    with desk.open() as uow:
        (task,) = uow.tasks.listed()
    assert "did not take delivery" in task.text


def test_what_was_given_up_is_sent_again_when_a_person_says_so(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    pinged(desk, "a")
    receiver = Receiver(answers=(*[DOWN] * TRIES, TAKEN))
    for pause in (*PAUSES, timedelta(0)):
        delivered(desk, receiver)
        desk.clock.now += pause

    with desk.open() as uow:
        send_again(uow, deliveries(desk)[0].id)
    delivered(desk, receiver)

    assert deliveries(desk)[0].state is DeliveryState.DELIVERED
    assert len({*receiver.numbers}) == 1


def test_a_receiver_that_is_gone_is_told_nothing_more(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    pinged(desk, "a", "b")
    receiver = Receiver(answers=(Answered(status=410, said="gone"),))

    delivered(desk, receiver)
    desk.clock.pass_by(hours=1)
    delivered(desk, receiver)

    assert len(receiver.sent) == 1
    with desk.open() as uow:
        assert "410" in uow.webhooks.get(W1).disabled_because


def test_a_webhook_that_is_down_does_not_keep_others_waiting(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED, name="w1")
    hook(desk, Topic.CASE_OPENED, name="w2")
    pinged(desk, "a", "b", "c", webhook=W1)
    pinged(desk, "d", "e", webhook=WebhookId("w2"))
    receiver = Receiver(answers=(DOWN, TAKEN))

    found = delivered(desk, receiver)

    assert (found.waiting, found.delivered) == (1, 2)
    assert [url for url, _, _ in receiver.sent] == ["https://w1.example/hooks", *["https://w2.example/hooks"] * 2]


def test_what_is_disabled_while_it_waits_is_not_sent(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    pinged(desk, "a")
    with desk.open() as uow:
        disable_webhook(uow, W1)
    receiver = Receiver()

    delivered(desk, receiver)

    assert receiver.sent == []


def test_while_everything_is_halted_only_that_is_told(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED, Topic.HALT_CHANGED)
    desk.offered([])
    with desk.open() as uow:
        halt(uow, HaltCommand(reason="a fire drill"))
    gathered(desk)
    receiver = Receiver()

    delivered(desk, receiver)

    assert [one["type"] for one in receiver.told] == ["halt.changed"]
    assert receiver.told[0]["data"] == {"halt": "1", "halted": True}
    assert [one.topic for one in deliveries(desk, state=DeliveryState.WAITING)] == [Topic.CASE_OPENED]


class KilledError(BaseException):
    """The sender's process is gone: nothing of it runs any more."""


def test_a_sender_that_dies_before_it_wrote_that_it_sent_sends_the_same_once_more(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    pinged(desk, "a")
    dying = Receiver(meanwhile=_die)

    with pytest.raises(KilledError):
        delivered(desk, dying)
    desk.clock.now += LEASE
    living = Receiver()
    delivered(desk, living)

    assert dying.numbers == living.numbers
    assert dying.sent[0][2] == living.sent[0][2]
    assert deliveries(desk)[0].state is DeliveryState.DELIVERED


def _die() -> None:
    raise KilledError


def test_two_workers_never_send_the_same_at_once(desk: Desk) -> None:
    hook(desk, Topic.CASE_OPENED)
    pinged(desk, *map(str, range(40)))
    receiver, together = Receiver(), Barrier(4)

    def work() -> None:
        together.wait()
        delivered(desk, receiver)

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(receiver.numbers) == 40
    assert len({*receiver.numbers}) == 40
