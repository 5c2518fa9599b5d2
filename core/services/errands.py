"""Errands: what people approve besides plans, a letter to a supplier or a mandate to negotiate; the case goes on."""

from core.domain.approval import Approval
from core.ports.storage import UnitOfWork
from core.services.inquiring.sending import (
    letter_decided,
    letter_lapsed,
    letter_outdated,
    letter_tampered,
    post_letter,
)
from core.services.negotiating.deciding import (
    begin_negotiation,
    mandate_decided,
    mandate_lapsed,
    mandate_outdated,
    mandate_tampered,
)


def errand_decided(uow: UnitOfWork, approval: Approval, *, approved: bool) -> None:
    """Keep what people decided."""
    decided = mandate_decided if approval.negotiation is not None else letter_decided
    decided(uow, approval, approved=approved)


def errand_lapsed(uow: UnitOfWork, approval: Approval, *, why: str) -> None:
    """The approval ended without anything having been done."""
    lapsed = mandate_lapsed if approval.negotiation is not None else letter_lapsed
    lapsed(uow, approval, why=why)


def errand_tampered(uow: UnitOfWork, approval: Approval) -> str | None:
    """Why what is stored is not what was approved, None when it is."""
    tampered = mandate_tampered if approval.negotiation is not None else letter_tampered
    return tampered(uow, approval)


def errand_outdated(uow: UnitOfWork, approval: Approval) -> tuple[str, ...]:
    """What has changed since, so that it must not be done any more."""
    outdated = mandate_outdated if approval.negotiation is not None else letter_outdated
    return outdated(uow, approval)


def run_errand(uow: UnitOfWork, approval: Approval) -> tuple[str, ...]:
    """Do it, in the transaction of its effect; what was done, in words."""
    run = begin_negotiation if approval.negotiation is not None else post_letter
    return run(uow, approval)
