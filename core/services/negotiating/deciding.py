"""What a decision on a mandate does: rejected it is withdrawn, approved the negotiation begins with its first offer."""

import hashlib
from dataclasses import replace

from core.domain.approval import Approval
from core.domain.cases import ACTIVE_STATES
from core.domain.negotiating.mandates import mandate_hash
from core.domain.negotiating.rounds import Negotiation, NegotiationState
from core.ports.storage import UnitOfWork
from core.services.negotiating.rounds import make_move, room


def mandate_decided(uow: UnitOfWork, approval: Approval, *, approved: bool) -> None:
    """Keep what people decided; a yes is carried out by the execution that follows."""
    if not approved:
        _withdraw(uow, _locked(uow, approval), why="people rejected the mandate")


def mandate_lapsed(uow: UnitOfWork, approval: Approval, *, why: str) -> None:
    """The approval ended without the negotiation having begun."""
    negotiation = _locked(uow, approval)
    if negotiation.state is NegotiationState.WAITING:
        _withdraw(uow, negotiation, why=why)


def mandate_tampered(uow: UnitOfWork, approval: Approval) -> str | None:
    """Why what is stored is not what was approved, None when it is."""
    proposal = uow.proposals.mandate(approval.proposal)
    negotiation = uow.negotiations.get(proposal.negotiation)
    hashes = {approval.plan_hash, proposal.mandate_hash, hashlib.sha256(proposal.text.encode()).hexdigest()}
    hashes |= {mandate_hash(negotiation.mandate), *(decision.plan_hash for decision in approval.decisions)}
    return None if len(hashes) == 1 else "the mandate stored is not the mandate that was approved"


def mandate_outdated(uow: UnitOfWork, approval: Approval) -> tuple[str, ...]:
    """What has changed since the mandate was approved, so that nothing may be offered under it."""
    assert approval.negotiation is not None, "asked for of a mandate only"
    negotiation, found = uow.negotiations.get(approval.negotiation), list[str]()
    mandate = negotiation.mandate
    supplier, case = uow.company.supplier(mandate.supplier), uow.cases.get(mandate.case)
    if negotiation.state is not NegotiationState.WAITING:
        found.append(f"{negotiation.id} is {negotiation.state}")
    if not supplier.approved or not supplier.active:
        found.append(f"supplier {supplier.code} may not be bought from any more")
    if case.state not in ACTIVE_STATES:
        found.append(f"{case.id} is {case.state}")
    quotes = {one.quote_id: one for one in uow.cases.evidence(case.id).quotes}
    if mandate.quote not in quotes or quotes[mandate.quote].unit_price != mandate.quoted:
        found.append(f"quote {mandate.quote} of {supplier.code} is another one now")
    if room(uow, mandate) < mandate.opening:
        found.append("the goods are worth less than the first offer now")
    return tuple(found)


def begin_negotiation(uow: UnitOfWork, approval: Approval) -> tuple[str, ...]:
    """Make the first offer, in the transaction of the effect; what was done, in words."""
    negotiation = replace(_locked(uow, approval), state=NegotiationState.RUNNING)
    uow.negotiations.save(negotiation)
    after = make_move(uow, negotiation)
    return (f"{after.id} with {after.mandate.supplier} has begun", *((after.note,) if after.note else ()))


def _locked(uow: UnitOfWork, approval: Approval) -> Negotiation:
    assert approval.negotiation is not None, "asked for of a mandate only"
    return uow.negotiations.lock(approval.negotiation)


def _withdraw(uow: UnitOfWork, negotiation: Negotiation, *, why: str) -> None:
    uow.negotiations.save(replace(negotiation, state=NegotiationState.WITHDRAWN, note=why))
