"""Which letter of ours a mail answers, if any: an answer to a supplier's inquiry is no order."""

from dataclasses import dataclass

from core.domain.ids import InquiryId
from core.domain.inquiries import tokens_in
from core.domain.intake.letters import Letter
from core.domain.intake.parties_named import address_of
from core.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The inquiry a mail answers; None with `among` where it may be any of several, or none of them."""

    inquiry: InquiryId | None
    among: tuple[InquiryId, ...] = ()


def inquiry_meant(uow: UnitOfWork, letter: Letter) -> Meant | None:
    """By the Message-ID it answers, the token in its subject, or who sent it; None where it is no reply of a supplier.

    What names two letters of ours, or comes from an address several letters are out to, is a person's to place.
    """
    named = inquiries_named(uow, letter)
    if not named:
        sender = address_of(letter.sender)
        named = tuple(one.id for one in uow.inquiries.at_address(sender)) if sender else ()
    if not named:
        return None
    return Meant(inquiry=named[0]) if len(named) == 1 else Meant(inquiry=None, among=named)


def inquiries_named(uow: UnitOfWork, letter: Letter) -> tuple[InquiryId, ...]:
    """The letters of ours a mail names itself, whoever sent it."""
    return _by_message(uow, letter) or _by_token(uow, letter)


def _by_message(uow: UnitOfWork, letter: Letter) -> tuple[InquiryId, ...]:
    """The nearest mail before it that is a letter of ours."""
    for message in (letter.in_reply_to, *reversed(letter.references)):
        found = uow.inquiries.of_message(message.strip().strip("<>")) if message.strip() else None
        if found is not None:
            return (found,)
    return ()


def _by_token(uow: UnitOfWork, letter: Letter) -> tuple[InquiryId, ...]:
    found = (uow.inquiries.of_token(token) for token in tokens_in(letter.subject))
    return tuple(dict.fromkeys(one for one in found if one is not None))
