"""Messages reach partners once, whatever happens on the way, and a person is asked when their fate is unknown."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from core.connectors.sandbox.catalogue import Mood, SandboxOffer, SandboxSupplier
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.suppliers import SandboxSuppliers
from core.connectors.sandbox.trade import SandboxTrade
from core.domain.approval import Approval
from core.domain.ids import SupplierCode
from core.domain.proposals import MessageState, OutboxMessage
from core.domain.users import WORKER_NAME
from core.ports.mail import CustomerNotice, LetterOut, MailReceipt, MailUnavailableError
from core.services.dispatching import TRIES, DispatchReport, dispatch
from core.services.undoing import undo
from tests.builders import DELTA, GULF, MARIA, VALVE, buy, expedite, re_promise
from tests.desk import Desk

ORDER, EXPEDITE, NOTICE = "AP-1-1A:PO-1.1A-2", "AP-1-1A:EX-AP-1-1A-PO-1-1", "AP-1-1A:notice:HARBOR"


class Partners:
    """The sandbox in the process."""

    def __init__(self, mood: Mood = Mood.NORMAL, *, idempotent: bool = True, price: str = "15.50") -> None:
        offer = SandboxOffer(unit_price=Decimal(price), lead_time_days=6, available=1000, expedite_fee=Decimal("80.00"))
        self.trade = SandboxTrade(
            SandboxSupplier(code=code, items={VALVE: offer}, mood=mood, idempotent=idempotent) for code in (DELTA, GULF)
        )
        self.suppliers = SandboxSuppliers(self.trade)
        self.mailbox = SandboxMailbox()

    def dispatch(self, desk: Desk) -> DispatchReport:
        """The worker sends what waits."""
        return dispatch(desk.open_uow, suppliers=self.suppliers, mail=self.mailbox, by=WORKER_NAME)

    def journal(self) -> list[tuple[str, str]]:
        """What suppliers did: verb and idempotency key."""
        return [(entry.verb, entry.idempotency_key) for entry in self.trade.journal]


class Crash(BaseException):
    """The worker is killed."""


class CrashingMailbox(SandboxMailbox):
    """Kills the worker when a notice has been sent."""

    def send(
        self, message: CustomerNotice | LetterOut, *, idempotency_key: str, deadline_seconds: float = 1.0
    ) -> MailReceipt:
        super().send(message, idempotency_key=idempotency_key)
        raise Crash


class DeafMailbox(SandboxMailbox):
    """Never answers."""

    def send(
        self, message: CustomerNotice | LetterOut, *, idempotency_key: str, deadline_seconds: float = 1.0
    ) -> MailReceipt:
        raise MailUnavailableError(
            reference=message.reference, reason="no answer", tries=1, seconds=1.0, may_have_acted=True
        )


def messages(desk: Desk, approval: Approval) -> dict[str, OutboxMessage]:
    with desk.open() as uow:
        return {message.key: message for message in uow.outbox.of_approval(approval.id)}


def tasks(desk: Desk, keys: Iterable[str]) -> list[str]:
    """What a person was asked about these messages."""
    with desk.open() as uow:
        trails = [uow.audit.trail(f"task:message {key}") for key in keys]
    return [facts for trail in trails for _, _, event, _, facts in trail if event == "person_asked"]


def test_every_message_is_sent_once_under_its_key(desk: Desk) -> None:
    partners, approval = Partners(), desk.executed(buy(), expedite(), re_promise())

    first, second = partners.dispatch(desk), partners.dispatch(desk)

    assert first == DispatchReport(sent=(ORDER, EXPEDITE, NOTICE), refused=(), waiting=())
    assert second == DispatchReport(sent=(), refused=(), waiting=())
    assert partners.journal() == [("place_order", ORDER), ("expedite_order", EXPEDITE)]
    assert [notice.recipient for notice in partners.mailbox.messages] == ["buyer@harbor.example"]
    sent = messages(desk, approval)
    assert {message.state for message in sent.values()} == {MessageState.SENT}
    assert sent[ORDER].answer == {
        "confirmation": partners.trade.journal[0].acknowledgement.confirmation,
        "state": "accepted",
        "lines": [{"line": 1, "quantity": 25, "delivery_date": "2024-10-10"}],
    }


def test_what_a_supplier_refuses_goes_to_a_person(desk: Desk) -> None:
    partners, approval = Partners(price="16.00"), desk.executed(buy())

    report = partners.dispatch(desk)

    assert report == DispatchReport(sent=(), refused=(ORDER,), waiting=())
    assert messages(desk, approval)[ORDER].answer == {"refused": "price_changed", "text": ""}
    assert partners.journal() == []
    (asked,) = tasks(desk, [ORDER])
    assert "place_order to DELTA ended refused" in asked


def test_a_supplier_that_is_down_is_tried_five_times_then_a_person_is_asked(desk: Desk) -> None:
    partners, approval = Partners(Mood.DOWN), desk.executed(buy())

    reports = [partners.dispatch(desk) for _ in range(TRIES + 1)]

    assert [report.waiting for report in reports] == [*[(ORDER,)] * TRIES, ()]
    message = messages(desk, approval)[ORDER]
    assert (message.state, message.attempts) == (MessageState.UNKNOWN, TRIES)
    (asked,) = tasks(desk, [ORDER])
    assert "place_order to DELTA ended unknown: supplier 'DELTA' did not answer" in asked
    assert partners.journal() == []


def test_a_supplier_that_recovers_gets_the_order_once(desk: Desk) -> None:
    partners, approval = Partners(Mood.DOWN), desk.executed(buy())
    partners.dispatch(desk)
    partners.trade.set_mood(DELTA, Mood.NORMAL)

    assert partners.dispatch(desk).sent == (ORDER,)
    assert messages(desk, approval)[ORDER].attempts == 2
    assert partners.journal() == [("place_order", ORDER)]


def test_an_order_whose_answer_was_lost_is_found_not_sent_again(desk: Desk) -> None:
    partners, approval = Partners(Mood.LOST_REPLY, idempotent=False), desk.executed(buy(), expedite())

    first, second = partners.dispatch(desk), partners.dispatch(desk)

    assert (first.waiting, second.sent) == ((ORDER, EXPEDITE), (ORDER, EXPEDITE))
    assert partners.journal() == [("place_order", ORDER), ("expedite_order", EXPEDITE)]
    assert messages(desk, approval)[ORDER].answer == {
        "confirmation": partners.trade.journal[0].acknowledgement.confirmation,
        "state": "accepted",
        "lines": [{"line": 1, "quantity": 25, "delivery_date": "2024-10-10"}],
    }


def test_an_answer_lost_for_good_ends_unknown_although_the_last_try_only_looked(desk: Desk) -> None:
    partners, approval = Partners(Mood.LOST_REPLY, idempotent=False), desk.executed(buy())
    partners.dispatch(desk)
    partners.trade.set_mood(DELTA, Mood.DOWN)

    for _ in range(TRIES - 1):
        partners.dispatch(desk)

    assert messages(desk, approval)[ORDER].state is MessageState.UNKNOWN


def test_a_supplier_nobody_is_connected_to_ends_refused_because_nothing_was_sent(desk: Desk) -> None:
    approval = desk.executed(buy())
    nobody = SandboxSuppliers(SandboxTrade([]))

    for _ in range(TRIES):
        dispatch(desk.open_uow, suppliers=nobody, mail=SandboxMailbox(), by=WORKER_NAME)

    message = messages(desk, approval)[ORDER]
    assert message.state is MessageState.REFUSED
    assert message.answer == {
        "error": "supplier_not_connected",
        "text": "supplier 'DELTA' is not connected; connected are: none",
        "may_have_acted": False,
    }
    assert len(tasks(desk, [ORDER])) == 1


@pytest.mark.parametrize("idempotent", [True, False])
def test_a_worker_killed_between_sending_and_recording_sends_one_notice(desk: Desk, idempotent: bool) -> None:
    partners, approval = Partners(idempotent=idempotent), desk.executed(buy(), re_promise())
    partners.mailbox = CrashingMailbox()
    with pytest.raises(Crash):
        partners.dispatch(desk)
    states = {key: message.state for key, message in messages(desk, approval).items()}
    assert states == {ORDER: MessageState.SENT, NOTICE: MessageState.CLAIMED}
    partners.mailbox = SandboxMailbox()

    assert partners.dispatch(desk) == DispatchReport(sent=(), refused=(), waiting=())
    desk.clock.pass_by(minutes=2, seconds=1)
    assert partners.dispatch(desk).sent == (NOTICE,)

    assert partners.journal() == [("place_order", ORDER)]
    assert len(partners.mailbox.messages) == 1


def test_a_worker_that_comes_back_late_settles_nothing(desk: Desk) -> None:
    approval = desk.executed(buy())
    with desk.open(WORKER_NAME) as uow:
        (late,) = uow.outbox.claim(limit=1)
    desk.clock.pass_by(minutes=3)
    partners = Partners()
    partners.dispatch(desk)

    with desk.open(WORKER_NAME) as uow:
        uow.outbox.settle(replace(late, state=MessageState.NEW))

    assert messages(desk, approval)[ORDER].state is MessageState.SENT


def test_a_notice_that_cannot_be_sent_ends_with_a_person(desk: Desk) -> None:
    approval, mail = desk.executed(re_promise()), DeafMailbox()

    for _ in range(TRIES):
        dispatch(desk.open_uow, suppliers=Partners().suppliers, mail=mail, by=WORKER_NAME)

    assert messages(desk, approval)[NOTICE].state is MessageState.UNKNOWN
    assert len(tasks(desk, [NOTICE])) == 1


def test_one_message_in_trouble_holds_up_no_other(desk: Desk) -> None:
    partners = Partners()
    partners.trade.set_mood(DELTA, Mood.DOWN)
    desk.executed(buy(), expedite())

    report = partners.dispatch(desk)

    assert (report.sent, report.waiting) == ((EXPEDITE,), (ORDER,))


def test_undo_after_sending_cancels_at_the_supplier(desk: Desk) -> None:
    partners, approval = Partners(), desk.executed(buy(), expedite(), re_promise())
    partners.dispatch(desk)
    with desk.open() as uow:
        undo(uow, approval.id, MARIA)

    partners.dispatch(desk)

    assert [verb for verb, _ in partners.journal()] == ["place_order", "expedite_order", "cancel_order", "cancel_order"]
    for code, reference in ((DELTA, "PO-1.1A-2"), (GULF, "EX-AP-1-1A-PO-1-1")):
        assert held(partners, code, reference) == ["cancelled"]
    assert [notice.subject for notice in partners.mailbox.messages] == [
        "Your delivery dates have changed",
        "Your delivery dates: the earlier dates hold again",
    ]


def test_cancelling_what_never_arrived_is_done_without_a_person(desk: Desk) -> None:
    partners, approval = Partners(Mood.DOWN), desk.executed(buy())
    partners.dispatch(desk)
    with desk.open() as uow:
        undo(uow, approval.id, MARIA)
    partners.trade.set_mood(DELTA, Mood.NORMAL)

    report = partners.dispatch(desk)

    cancellation = f"{approval.id}:cancel:PO-1.1A-2"
    assert report == DispatchReport(sent=(cancellation,), refused=(), waiting=())
    assert messages(desk, approval)[cancellation].answer == {"refused": "unknown_order", "text": ""}
    assert tasks(desk, [cancellation]) == []
    assert partners.journal() == []


def held(partners: Partners, code: SupplierCode, reference: str) -> list[str]:
    return [order.state.value for order in partners.trade.find_orders(code, reference)]
