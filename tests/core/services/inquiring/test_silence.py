"""A supplier who says nothing is told to a person once, and nothing is sent again by itself."""

from core.domain.inquiries import InquiryState
from core.services.inquiring.silence import note_silence
from tests.core.services.inquiring.test_letters import a_case, drafted, proposed, state_of
from tests.desk import Desk


def test_a_letter_whose_day_has_passed_is_unanswered_once(desk: Desk) -> None:
    made = drafted(desk, a_case(desk))
    approval = proposed(desk, made.id)
    desk.decide(approval)
    desk.execute(approval)

    with desk.open() as uow:
        early = note_silence(uow)
    desk.alter("UPDATE settings SET as_of = as_of + 60")
    with desk.open() as uow:
        late = note_silence(uow)
    with desk.open() as uow:
        again = note_silence(uow)
        told = [task.text for task in uow.tasks.listed() if task.subject == f"letter {made.id}"]

    assert (early, late, again) == ((), (made.id,), ())
    assert state_of(desk, made.id) is InquiryState.UNANSWERED
    asked = f"GULF did not answer {made.id} (25 EA of VALVE-3 for CASE-1) by {made.facts.reply_by}"
    assert told == [f"{asked}; call them or ask another supplier"]
