"""What comes back on an offer is kept on its round, in the transaction that settles the message; a job goes on."""

from dataclasses import replace

from core.domain.evidence import updated
from core.domain.ids import NegotiationId
from core.domain.messages import answered_quote
from core.domain.negotiating.rounds import Negotiation, NegotiationState, Round, RoundState
from core.domain.proposals import MessageState, OutboxMessage
from core.domain.quotes import Quote
from core.ports.storage import UnitOfWork
from core.services.deferring import negotiate_soon
from core.services.resolving import record_evidence

_GIVEN_UP = {MessageState.UNKNOWN, MessageState.REFUSED}


def answer_arrived(uow: UnitOfWork, message: OutboxMessage) -> None:
    """Keep what became of an offer that went out over the interface; one that is to be tried again waits. Each price a
    supplier names is evidence at once: it stands whatever comes of the negotiation."""
    if message.state is not MessageState.SENT and message.state not in _GIVEN_UP:
        return
    negotiation = uow.negotiations.lock(NegotiationId(str(message.payload["negotiation"])))
    number = int(str(message.payload["round"]))
    out = next((one for one in negotiation.rounds if one.number == number and one.state is RoundState.OUT), None)
    if out is None or negotiation.state is not NegotiationState.RUNNING:
        return
    if message.state in _GIVEN_UP:
        answered(uow, negotiation, replace(out, state=RoundState.UNANSWERED))
    elif "refused" in (message.answer or {}):
        answered(uow, negotiation, replace(out, state=RoundState.REFUSED))
    else:
        quote = answered_quote(message)
        answered(uow, negotiation, with_quote(out, quote))
        case = negotiation.mandate.case
        record_evidence(uow, case, updated(uow.cases.evidence(case), quotes=(quote,)))


def with_quote(out: Round, quote: Quote) -> Round:
    """The round answered by a quote."""
    return replace(out, state=RoundState.ANSWERED, answer=quote.unit_price, quote=quote.quote_id)


def answered(uow: UnitOfWork, negotiation: Negotiation, one: Round) -> Negotiation:
    """The negotiation with its last round answered; a job makes the next move."""
    after = replace(negotiation, rounds=(*negotiation.rounds[: one.number - 1], one))
    uow.negotiations.save(after)
    negotiate_soon(uow, after.id)
    return after
