"""A supplier who says nothing is reminded once, if people agree, and then is a person's; nothing is sent by itself."""

from core.domain.approval import ApprovalState
from core.domain.ids import InquiryId
from core.domain.inquiries import InquiryState
from core.services.inquiring.tending import Tended, tend_letters
from tests.builders import MARIA
from tests.core.services.inquiring.test_letters import a_case, drafted, proposed, state_of
from tests.core.services.test_dispatching import Partners
from tests.desk import Desk


def tended(desk: Desk) -> Tended:
    with desk.open() as uow:
        return tend_letters(uow)


def sent(desk: Desk, inquiry: InquiryId) -> None:
    """A person agrees, and it goes into the outbox."""
    approval = proposed(desk, inquiry)
    desk.decide(approval, MARIA)
    desk.execute(approval)


def test_one_reminder_is_put_before_people_and_then_they_are_asked_themselves(desk: Desk) -> None:
    partners, made = Partners(), drafted(desk, a_case(desk))
    sent(desk, made.id)
    partners.dispatch(desk)

    early = tended(desk)
    desk.alter("UPDATE settings SET as_of = as_of + 4")
    late, again = tended(desk), tended(desk)

    (reminder,) = late.reminders
    assert (early, again) == (Tended(unanswered=(), reminders=()),) * 2
    assert late.unanswered == (made.id,)
    with desk.open() as uow:
        letter = uow.inquiries.get(reminder).letter
        (waiting,) = uow.approvals.letters(ApprovalState.PENDING)
    partners.dispatch(desk)
    assert (waiting.inquiry, letter.in_reply_to) == (reminder, made.letter.message_id)
    assert "we have not had your answer" in letter.body
    assert len(partners.mailbox.letters) == 1

    sent(desk, reminder)
    desk.alter("UPDATE settings SET as_of = as_of + 10")
    last = tended(desk)

    assert last == Tended(unanswered=(reminder,), reminders=())
    assert (state_of(desk, made.id), state_of(desk, reminder)) == (InquiryState.UNANSWERED,) * 2
    with desk.open() as uow:
        texts = [task.text for task in uow.tasks.listed() if task.subject == f"unanswered {reminder}"]
    assert texts == [
        f"GULF has not answered {reminder} about VALVE-3 for CASE-1; ask by telephone, or plan without them"
    ]
