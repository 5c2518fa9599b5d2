"""Letters nobody answers: one reminder is put before people, then a person is asked. Nothing is sent by itself."""

from dataclasses import dataclass, replace

from core.domain.cases import ACTIVE_STATES
from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import InquiryId
from core.domain.inquiries import Inquiry, InquiryKind, InquiryState
from core.domain.users import AGENT_NAME
from core.ports.storage import UnitOfWork
from core.services.inquiring.letters import DraftLetter, draft_letter
from core.services.inquiring.proposing import ProposeLetter, propose_letter
from core.services.tasks import ask_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Tended:
    """The letters that stay unanswered, and the reminders that now wait for a decision."""

    unanswered: tuple[InquiryId, ...]
    reminders: tuple[InquiryId, ...]


def tend_letters(uow: UnitOfWork) -> Tended:
    """Look after the letters whose day has passed: one reminder a request, and after it a task for a person. Done again
    on the same day it does nothing more."""
    today, silent, reminders = uow.company.settings().as_of, list[InquiryId](), list[InquiryId]()
    for found in reversed(uow.inquiries.listed(InquiryState.SENT)):
        if found.kind is InquiryKind.DECLINE or found.facts.reply_by >= today:
            continue
        held = uow.inquiries.lock(found.id)
        if held.state is not InquiryState.SENT:
            continue  # an answer was quicker
        note = f"no answer by {held.facts.reply_by.isoformat()}"
        uow.inquiries.save(replace(held, state=InquiryState.UNANSWERED, note=note))
        silent.append(held.id)
        if uow.cases.get(held.case).state in ACTIVE_STATES:
            reminders += _reminded(uow, held)
    return Tended(unanswered=tuple(silent), reminders=tuple(reminders))


def _reminded(uow: UnitOfWork, silent: Inquiry) -> list[InquiryId]:
    """The reminder, once a request; else a person is told."""
    if silent.kind is InquiryKind.QUOTE_REQUEST and silent.answers is None:
        wanted = DraftLetter(
            case=silent.case,
            supplier=silent.supplier,
            quantity=silent.facts.quantity,
            needed_by=silent.facts.needed_by,
            answers=silent.id,
            language=silent.letter.language,
        )
        try:
            made = draft_letter(uow, wanted)
            propose_letter(uow, ProposeLetter(inquiry=made, proposed_by=AGENT_NAME))
            return [made]
        except (InvalidValueError, ConflictError) as error:
            _tell(uow, silent, f"no reminder was written: {error.message}")
            return []
    _tell(uow, silent, "ask by telephone, or plan without them")
    return []


def _tell(uow: UnitOfWork, silent: Inquiry, what: str) -> None:
    text = f"{silent.supplier} has not answered {silent.id} about {silent.facts.item} for {silent.case}; {what}"
    ask_person(uow, f"unanswered {silent.id}", text)
