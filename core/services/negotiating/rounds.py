"""Rounds: the next move under the mandate, made in one transaction; after a crash all of it is found stored."""

from dataclasses import replace
from decimal import Decimal

from core.domain.cases import ACTIVE_STATES, CaseState
from core.domain.ids import ApprovalId, InquiryId, NegotiationId
from core.domain.inquiries import InquiryKind, InquiryState
from core.domain.inquiry_replies import ReplyState
from core.domain.messages import counter_message
from core.domain.negotiating.mandates import Channel, Mandate, walk_away
from core.domain.negotiating.moves import Accept, Offer, next_move
from core.domain.negotiating.rounds import Negotiation, NegotiationState, Round, RoundState
from core.domain.users import AGENT_NAME
from core.ports.storage import UnitOfWork
from core.services.deferring import advance_soon, negotiate_soon
from core.services.halting import is_halted
from core.services.inquiring.letters import DraftLetter, draft_letter
from core.services.inquiring.proposing import ProposeLetter, propose_letter
from core.services.policies import policy_of

_LOST = frozenset({InquiryState.UNANSWERED, InquiryState.WITHDRAWN, InquiryState.SUPERSEDED})


def advance_negotiation(uow: UnitOfWork, negotiation: NegotiationId) -> Negotiation:
    """Make the next move if everything that went out was answered; done again it changes nothing. While everything is
    halted nothing is offered, and the negotiation goes on where it stood afterwards."""
    found = uow.negotiations.lock(negotiation)
    if found.state is not NegotiationState.RUNNING:
        return found
    found = _heard_by_letter(uow, found)
    if (found.rounds and found.rounds[-1].state is RoundState.OUT) or is_halted(uow):
        return found
    return make_move(uow, found)


def tend_negotiations(uow: UnitOfWork) -> tuple[NegotiationId, ...]:
    """Have every negotiation that runs looked after: a letter was answered, a halt is over, or a day has passed."""
    running = uow.negotiations.listed(NegotiationState.RUNNING)
    for one in reversed(running):
        negotiate_soon(uow, one.id)
    return tuple(one.id for one in reversed(running))


def make_move(uow: UnitOfWork, negotiation: Negotiation) -> Negotiation:
    """The negotiation after its next move: an offer in the outbox or before people as a letter, or its end."""
    mandate, today = negotiation.mandate, uow.company.settings().as_of
    if uow.cases.get(mandate.case).state not in ACTIVE_STATES:
        return _ended(uow, negotiation, NegotiationState.WALKED_AWAY, note=f"{mandate.case} is over")
    move = next_move(mandate, negotiation.rounds, today=today, ceiling=room(uow, mandate))
    match move:
        case Offer():
            return _offered(uow, negotiation, move.price)
        case Accept():
            agreed = replace(negotiation, price=move.price)
            return _ended(uow, agreed, NegotiationState.AGREED, note=move.why)
        case _:
            return _ended(uow, negotiation, NegotiationState.WALKED_AWAY, note=move.why)


def room(uow: UnitOfWork, mandate: Mandate) -> Decimal:
    """The most a unit may cost now: what the goods are worth may have fallen since people approved. 0 where nobody
    knows any more."""
    reserve = uow.cases.evidence(mandate.case).reserve
    if reserve is None:
        return Decimal(0)
    worth = walk_away(
        reserve,
        item=mandate.item,
        currency=mandate.currency,
        quoted=mandate.quoted,
        bounds=policy_of(uow).negotiation,
    )
    return min(mandate.ceiling, worth)


def _offered(uow: UnitOfWork, negotiation: Negotiation, price: Decimal) -> Negotiation:
    one = Round(number=len(negotiation.rounds) + 1, offer=price)
    mandate = negotiation.mandate
    if mandate.channel is Channel.LETTER:
        one = replace(one, inquiry=_letter(uow, negotiation, price))
    after = replace(negotiation, rounds=(*negotiation.rounds, one))
    uow.negotiations.save(after)
    if mandate.channel is Channel.API:
        approval = ApprovalId(f"AP-{negotiation.id}")
        quote = negotiation.rounds[-1].quote if negotiation.rounds else mandate.quote
        today = uow.company.settings().as_of
        uow.outbox.add(counter_message(mandate, one, quote=quote, approval=approval, on=today))
    return after


def _letter(uow: UnitOfWork, negotiation: Negotiation, price: Decimal) -> InquiryId:
    """The offer as a letter in the template's words, put before people by itself: the mandate alone sends no letter."""
    mandate = negotiation.mandate
    before = next((one.inquiry for one in reversed(negotiation.rounds) if one.inquiry), None)
    command = DraftLetter(
        case=mandate.case,
        supplier=mandate.supplier,
        kind=InquiryKind.COUNTER_OFFER,
        quantity=mandate.quantity,
        needed_by=mandate.needed_by,
        price=price,
        currency=mandate.currency,
        answers=before,
        their_quote=negotiation.rounds[-1].quote if negotiation.rounds else mandate.quote,
    )
    inquiry = draft_letter(uow, command)
    propose_letter(uow, ProposeLetter(inquiry=inquiry, proposed_by=AGENT_NAME))
    return inquiry


def _heard_by_letter(uow: UnitOfWork, negotiation: Negotiation) -> Negotiation:
    """The negotiation with what came of its last letter, if that is known."""
    last = negotiation.rounds[-1] if negotiation.rounds else None
    if last is None or last.inquiry is None or last.state is not RoundState.OUT:
        return negotiation
    state = uow.inquiries.get(last.inquiry).state
    heard = last
    if state is InquiryState.ANSWERED:
        replies = uow.replies.of_inquiry(last.inquiry)
        named = next((one.quote for one in reversed(replies) if one.state is ReplyState.USED and one.quote), None)
        if named is not None and named.currency == negotiation.mandate.currency:
            heard = replace(last, state=RoundState.ANSWERED, answer=named.unit_price, quote=named.quote_id)
        else:
            heard = replace(last, state=RoundState.UNANSWERED)
    elif state is InquiryState.REFUSED:
        heard = replace(last, state=RoundState.REFUSED)
    elif state in _LOST:
        heard = replace(last, state=RoundState.UNANSWERED)
    if heard is last:
        return negotiation
    after = replace(negotiation, rounds=(*negotiation.rounds[:-1], heard))
    uow.negotiations.save(after)
    return after


def _ended(uow: UnitOfWork, negotiation: Negotiation, state: NegotiationState, *, note: str) -> Negotiation:
    """It is over. What was named last stands as evidence already; the case is planned anew with it."""
    after = replace(negotiation, state=state, note=note)
    uow.negotiations.save(after)
    if uow.cases.get(after.mandate.case).state is CaseState.OPEN:
        advance_soon(uow, after.mandate.case, begin=True)
    return after
