"""Putting a negotiation before people: one person, for its supplier, item, quantity and room; nothing goes out."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.approval import Approval, ApprovalState, gate
from core.domain.cases import ACTIVE_STATES, Case
from core.domain.checking_values import checked
from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import ApprovalId, CaseId, NegotiationId, ProposalId, SupplierCode, UserName
from core.domain.negotiating.mandates import (
    MANDATE_TIER,
    Channel,
    Frame,
    Mandate,
    MandateProposal,
    mandate_hash,
    mandate_of,
    mandate_text,
)
from core.domain.negotiating.rounds import OPEN_STATES, Negotiation, NegotiationState
from core.domain.quotes import Quote
from core.domain.reserve_price import ReservePrice
from core.domain.users import Role
from core.ports.storage import UnitOfWork
from core.services.inquiring.proposing import check_may_propose
from core.services.policies import policy_of

APPROVERS = (Role.BUYER, Role.PLANNER, Role.OPERATIONS_MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeNegotiation:
    """Bargain with this supplier over its quote on the case. `ceiling`, a price of a unit, narrows the room the
    policy's bounds give, never widens it."""

    case: CaseId
    supplier: SupplierCode
    proposed_by: UserName
    ceiling: Decimal | None = None
    channel: Channel = Channel.API


def propose_negotiation(uow: UnitOfWork, command: ProposeNegotiation) -> Approval:
    """The approval the mandate now waits for; asked again while it waits it is the same.

    InvalidValueError without a quote of the supplier or a reserve price on the case, or where the bounds leave no room;
    ConflictError for a case that is over, or while the supplier is being negotiated with; NotAuthorisedError for who
    may only look.
    """
    case = uow.cases.hold(checked(command).case)
    check_may_propose(uow.users.get(command.proposed_by))
    if case.state not in ACTIVE_STATES:
        raise ConflictError(f"case {case.id} is {case.state}; there is nothing to negotiate", case=case.id)
    standing = next((one for one in uow.negotiations.of_case(case.id) if _open_with(one, command.supplier)), None)
    mandate = _mandate(uow, command, case, standing.id if standing else uow.negotiations.new_id())
    if standing is not None:
        return _asked_before(uow, standing, mandate)
    negotiation = Negotiation(
        id=mandate.negotiation,
        mandate=mandate,
        state=NegotiationState.WAITING,
        proposed_by=command.proposed_by,
        created_at=uow.now,
    )
    uow.negotiations.add(negotiation)
    proposal = _proposal(uow, negotiation)
    uow.proposals.add_mandate(proposal)
    approval = _approval(uow, proposal)
    uow.approvals.add(approval)
    return approval


def quote_of(uow: UnitOfWork, case: Case, supplier: SupplierCode) -> Quote:
    """The supplier's quote on the case, still valid; InvalidValueError where there is none."""
    today = uow.company.settings().as_of
    for quote in uow.cases.evidence(case.id).quotes:
        if quote.supplier == supplier and quote.item == case.detected.item and quote.valid_until >= today:
            return quote
    raise InvalidValueError(
        f"supplier {supplier!r} has no valid quote on {case.id}; ask for one first", field="supplier"
    )


def reserve_of(uow: UnitOfWork, case: Case) -> ReservePrice:
    """What the goods are worth to the case; InvalidValueError where no plan over all cases was kept."""
    reserve = uow.cases.evidence(case.id).reserve
    if reserve is None:
        raise InvalidValueError(
            f"nobody has worked out what a unit more is worth to {case.id}; `expediter plan --keep` does", field="case"
        )
    return reserve


def _mandate(uow: UnitOfWork, command: ProposeNegotiation, case: Case, negotiation: NegotiationId) -> Mandate:
    supplier = uow.company.supplier(command.supplier)
    if not supplier.approved or not supplier.active:
        raise InvalidValueError(f"supplier {supplier.code!r} may not be bought from", field="supplier")
    today = uow.company.settings().as_of
    frame = Frame(
        negotiation=negotiation,
        case=case.id,
        needed_by=max(case.detected.needed_by, today),
        as_of=today,
        channel=command.channel,
    )
    quote, reserve = quote_of(uow, case, supplier.code), reserve_of(uow, case)
    return mandate_of(frame, quote, reserve=reserve, bounds=policy_of(uow).negotiation, ceiling=command.ceiling)


def _open_with(negotiation: Negotiation, supplier: SupplierCode) -> bool:
    return negotiation.mandate.supplier == supplier and negotiation.state in OPEN_STATES


def _asked_before(uow: UnitOfWork, standing: Negotiation, mandate: Mandate) -> Approval:
    if standing.state is NegotiationState.WAITING and standing.mandate == mandate:
        waiting = (one for one in uow.approvals.of_negotiation(standing.id) if one.state is ApprovalState.PENDING)
        found = next(waiting, None)
        if found is not None:
            return found
    raise ConflictError(
        f"{standing.id} with {mandate.supplier!r} is {standing.state} already; let it end, or reject it",
        negotiation=standing.id,
    )


def _proposal(uow: UnitOfWork, negotiation: Negotiation) -> MandateProposal:
    return MandateProposal(
        id=ProposalId(f"PR-{negotiation.id}"),
        case=negotiation.mandate.case,
        negotiation=negotiation.id,
        text=mandate_text(negotiation.mandate),
        mandate_hash=mandate_hash(negotiation.mandate),
        tier=MANDATE_TIER,
        proposed_by=negotiation.proposed_by,
        created_at=uow.now,
    )


def _approval(uow: UnitOfWork, proposal: MandateProposal) -> Approval:
    policy = policy_of(uow)
    verdict = gate(tier=proposal.tier, money=Decimal(0), policy=policy.approval, roles=APPROVERS)
    return Approval(
        id=ApprovalId(f"AP-{proposal.negotiation}"),
        proposal=proposal.id,
        case=proposal.case,
        plan_hash=proposal.mandate_hash,
        tier=proposal.tier,
        money=Decimal(0),
        approvals_needed=max(1, verdict.approvals_needed),
        roles=verdict.roles,
        rule=verdict.rule,
        policy_version=policy.version,
        proposed_by=proposal.proposed_by,
        state=ApprovalState.PENDING,
        created_at=uow.now,
        expires_at=uow.now + policy.lifetime,
        negotiation=proposal.negotiation,
    )
