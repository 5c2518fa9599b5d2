"""Letters whose day has passed without an answer: told to a person once; nothing is sent again by itself."""

from dataclasses import replace

from core.domain.ids import InquiryId
from core.domain.inquiries import InquiryKind, InquiryState
from core.ports.storage import UnitOfWork
from core.services.tasks import ask_person


def note_silence(uow: UnitOfWork) -> tuple[InquiryId, ...]:
    """Letters that asked for an answer by a day before the business date are unanswered from now on, and a person is
    asked what to do; a mail that comes later still answers them. Which ones, in the order of their numbers."""
    today, found = uow.company.settings().as_of, list[InquiryId]()
    for seen in reversed(uow.inquiries.listed(InquiryState.SENT)):
        if seen.kind is InquiryKind.DECLINE or seen.facts.reply_by >= today:
            continue
        inquiry = uow.inquiries.lock(seen.id)
        if inquiry.state is not InquiryState.SENT:
            continue
        why = f"no answer by {inquiry.facts.reply_by}"
        uow.inquiries.save(replace(inquiry, state=InquiryState.UNANSWERED, note=why))
        wanted = f"{inquiry.facts.quantity} {inquiry.facts.unit} of {inquiry.facts.item} for {inquiry.case}"
        ask_person(
            uow,
            f"letter {inquiry.id}",
            f"{inquiry.supplier} did not answer {inquiry.id} ({wanted}) by {inquiry.facts.reply_by}; call them or ask"
            " another supplier",
        )
        found.append(inquiry.id)
    return tuple(found)
