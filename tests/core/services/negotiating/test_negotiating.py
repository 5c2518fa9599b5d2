"""Negotiations: approved as a whole, one offer at a time, resumable, halted at once, and the reserve never told."""

import json
import logging
from dataclasses import replace
from decimal import Decimal

import pytest

from core.connectors.sandbox.catalogue import Bargaining, Mood, SandboxOffer, SandboxSupplier
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.service import running, supplier_endpoints
from core.connectors.sandbox.suppliers import SandboxSuppliers
from core.connectors.sandbox.trade import SandboxTrade
from core.connectors.suppliers import HttpSuppliers
from core.domain.approval import Approval, ApprovalState, DecisionKind
from core.domain.cases import Case
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError, NotFoundError
from core.domain.evidence import CaseEvidence, updated
from core.domain.ids import NegotiationId
from core.domain.inquiries import InquiryState
from core.domain.inquiry_replies import ReplyState
from core.domain.negotiating.mandates import Channel
from core.domain.negotiating.rounds import Negotiation, NegotiationState, Round, RoundState
from core.domain.proposals import MessageState
from core.domain.quotes import Quote, QuoteRequest
from core.domain.reserve_price import ReservePrice
from core.domain.users import AGENT_NAME, WORKER_NAME
from core.ports.suppliers import SupplierPort
from core.services.dispatching import dispatch
from core.services.execution import ExecutionState
from core.services.expiring import expire_due
from core.services.halting import HaltCommand, ResumeCommand, halt, resume
from core.services.looking.business import proposal_found
from core.services.negotiating.proposing import ProposeNegotiation, propose_negotiation
from core.services.negotiating.rounds import advance_negotiation, tend_negotiations
from core.services.resolving import record_evidence
from tests.builders import GULF, MARIA, TODAY, VALVE, buy, day
from tests.core.services.inquiring.test_taking import PLAIN, Post
from tests.desk import Desk

# What a unit is worth: a figure that stands nowhere else.
MOST, WORTH = Decimal("18.73"), Decimal("6.73")


def trade(style: Bargaining = Bargaining.MEETS_HALFWAY, *, mood: Mood = Mood.NORMAL, lowest: int = 80) -> SandboxTrade:
    offer = SandboxOffer(unit_price=Decimal("20.00"), lead_time_days=3, available=1000)
    gulf = SandboxSupplier(code=GULF, items={VALVE: offer}, mood=mood, bargaining=style, lowest_percent=lowest)
    return SandboxTrade([gulf])


def a_case(desk: Desk, suppliers: SupplierPort, *, reserve: bool = True) -> Case:
    """Twenty-five valves are missing; Gulf quoted 20, and a unit is worth 18.73."""
    desk.alter("UPDATE suppliers SET email = 'gulf@gulf.example', country = 'US' WHERE code = 'GULF'")
    case, _ = desk.offered([buy()])
    asked = QuoteRequest(
        supplier=GULF, item=VALVE, quantity=25, needed_by=day(5), as_of=TODAY, idempotency_key="quote-1"
    )
    quote = suppliers.request_quote(asked)
    assert isinstance(quote, Quote)
    with desk.open() as uow:
        uow.cases.save_evidence(case.id, CaseEvidence(quotes=(quote,)))
        uow.cases.save_reserve(case.id, worth() if reserve else None)
    return case


def worth() -> ReservePrice:
    return ReservePrice(item=VALVE, worth=WORTH, usual_price=Decimal("12.00"), units=25, currency="USD", as_of=TODAY)


def proposed(desk: Desk, case: Case, *, channel: Channel = Channel.API, ceiling: Decimal | None = None) -> Approval:
    command = ProposeNegotiation(case=case.id, supplier=GULF, proposed_by=AGENT_NAME, channel=channel, ceiling=ceiling)
    with desk.open_agent_uow(AGENT_NAME) as uow:
        return propose_negotiation(uow, command)


def found(desk: Desk, approval: Approval) -> Negotiation:
    assert approval.negotiation is not None
    with desk.open() as uow:
        return uow.negotiations.get(approval.negotiation)


def one_round(desk: Desk, approval: Approval, suppliers: SupplierPort) -> Negotiation:
    """What a worker's job does: send what waits, then make the next move."""
    dispatch(desk.open_uow, suppliers=suppliers, mail=SandboxMailbox(), by=WORKER_NAME)
    assert approval.negotiation is not None
    with desk.open(WORKER_NAME) as uow:
        return advance_negotiation(uow, approval.negotiation)


def to_the_end(desk: Desk, approval: Approval, suppliers: SupplierPort) -> Negotiation:
    for _ in range(12):
        after = one_round(desk, approval, suppliers)
        if after.state is not NegotiationState.RUNNING:
            return after
    raise AssertionError("it does not end")


def test_an_approved_mandate_is_bargained_over_http_and_the_price_becomes_evidence(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sandbox = trade()
    with running(sandbox) as base:
        suppliers = HttpSuppliers(supplier_endpoints(sandbox, base))
        case = a_case(desk, suppliers)
        approval = proposed(desk, case)
        again = proposed(desk, case)

        before = one_round(desk, approval, suppliers)
        waiting = desk.execute(approval)
        desk.decide(approval)
        done, twice = desk.execute(approval), desk.execute(approval)
        after = to_the_end(desk, approval, suppliers)

    assert (again.id, approval.tier, approval.approvals_needed) == (approval.id, 3, 1)
    assert (before.state, before.rounds) == (NegotiationState.WAITING, ())
    states = [waiting.state, done.state, twice.state]
    assert states == [ExecutionState.WAITING, ExecutionState.EXECUTED, ExecutionState.ALREADY]
    assert (after.state, after.price) == (NegotiationState.AGREED, Decimal("17.96"))
    assert [(one.offer, one.answer) for one in after.rounds] == [
        (Decimal("17.00"), Decimal("18.50")),
        (Decimal("17.58"), Decimal("18.04")),
        (Decimal("17.87"), Decimal("17.96")),
    ]
    with desk.open() as uow:
        (quote,) = uow.cases.evidence(case.id).quotes
        messages = uow.outbox.of_approval(approval.id)
        trail = uow.audit.trail(f"negotiation:{after.id}")
    assert (quote.unit_price, quote.quote_id) == (after.price, after.rounds[-1].quote)
    assert [one.state for one in messages] == [MessageState.SENT] * len(after.rounds)
    told = json.dumps([[dict(one.payload), one.answer, one.key] for one in messages]) + str(trail) + caplog.text
    for secret in (MOST, WORTH, after.mandate.ceiling):
        assert str(secret) not in told


@pytest.mark.parametrize(
    ("style", "state", "rounds"),
    [
        (Bargaining.FIRM, NegotiationState.WALKED_AWAY, 2),
        (Bargaining.EAGER, NegotiationState.AGREED, 1),
        (Bargaining.LEAVES, NegotiationState.WALKED_AWAY, 1),
        (Bargaining.SLOW, NegotiationState.WALKED_AWAY, 4),
    ],
)
def test_each_way_of_bargaining_ends_within_the_bounds(
    desk: Desk, style: Bargaining, state: NegotiationState, rounds: int
) -> None:
    suppliers = SandboxSuppliers(trade(style))
    approval = proposed(desk, a_case(desk, suppliers))
    desk.decide(approval)
    desk.execute(approval)

    after = to_the_end(desk, approval, suppliers)

    assert (after.state, len(after.rounds)) == (state, rounds)
    assert all(one.offer <= after.mandate.ceiling < MOST for one in after.rounds)


def test_a_halt_in_the_middle_lets_no_offer_out_and_it_goes_on_afterwards(desk: Desk) -> None:
    suppliers = SandboxSuppliers(trade())
    approval = proposed(desk, a_case(desk, suppliers))
    desk.decide(approval)
    desk.execute(approval)
    one_round(desk, approval, suppliers)
    with desk.open() as uow:
        halt(uow, HaltCommand(reason="stop"))

    held = [one_round(desk, approval, suppliers) for _ in range(2)]
    with desk.open() as uow:
        out = [one.state for one in uow.outbox.of_approval(approval.id)]
        resume(uow, ResumeCommand(comment="on"))
        assert tend_negotiations(uow) == (approval.negotiation,)

    assert [len(one.rounds) for one in held] == [2, 2]
    assert out == [MessageState.SENT, MessageState.NEW]
    assert to_the_end(desk, approval, suppliers).state is NegotiationState.AGREED


def test_a_lost_answer_is_asked_for_again_under_the_same_key_and_silence_ends_it(desk: Desk) -> None:
    sandbox = trade()
    suppliers = SandboxSuppliers(sandbox)
    approval = proposed(desk, a_case(desk, suppliers))
    desk.decide(approval)
    desk.execute(approval)
    sandbox.set_mood(GULF, Mood.SLOW)
    lost = one_round(desk, approval, suppliers)
    sandbox.set_mood(GULF, Mood.NORMAL)
    heard = one_round(desk, approval, suppliers)
    sandbox.set_mood(GULF, Mood.DOWN)

    after = to_the_end(desk, approval, suppliers)

    assert [one.state for one in lost.rounds] == [RoundState.OUT]
    assert heard.rounds[0].answer == Decimal("18.50")
    assert (after.state, after.rounds[-1].state) == (NegotiationState.WALKED_AWAY, RoundState.UNANSWERED)
    with desk.open() as uow:
        assert uow.cases.evidence(after.mandate.case).quotes[0].unit_price == Decimal("18.50")


def test_who_may_not_approve_what_expired_and_what_moved_begins_nothing(desk: Desk) -> None:
    suppliers = SandboxSuppliers(trade())
    case = a_case(desk, suppliers)
    with desk.open() as uow:
        own = propose_negotiation(uow, ProposeNegotiation(case=case.id, supplier=GULF, proposed_by=MARIA.name))
    with pytest.raises(NotAuthorisedError):
        desk.decide(own)
    desk.clock.pass_by(hours=25)
    with desk.open() as uow:
        assert expire_due(uow).expired == (own.id,)
    refused = proposed(desk, case)
    desk.decide(refused, kind=DecisionKind.REJECT, comment="we call them")
    moved = proposed(desk, case, ceiling=Decimal("17.50"))
    desk.decide(moved)
    with desk.open() as uow:
        uow.cases.save_reserve(case.id, None)

    outcome = desk.execute(moved)

    assert outcome.differences == ("the goods are worth less than the first offer now",)
    assert {found(desk, one).state for one in (own, refused, moved)} == {NegotiationState.WITHDRAWN}
    with desk.open() as uow:
        assert uow.approvals.get(moved.id).state is ApprovalState.STALE


def test_what_cannot_be_negotiated_is_refused_without_telling_the_bounds(desk: Desk) -> None:
    suppliers = SandboxSuppliers(trade())
    case = a_case(desk, suppliers, reserve=False)
    with pytest.raises(InvalidValueError, match="plan --keep"):
        proposed(desk, case)
    with desk.open() as uow:
        uow.cases.save_reserve(case.id, worth())
    with pytest.raises(InvalidValueError) as raised:
        proposed(desk, case, ceiling=Decimal("19.00"))
    assert str(MOST) not in raised.value.message
    proposed(desk, case)
    with pytest.raises(ConflictError, match="waiting already"):
        proposed(desk, case, ceiling=Decimal("17.50"))
    with desk.open() as uow:
        uow.cases.save_evidence(case.id, replace(uow.cases.evidence(case.id), quotes=()))
    with pytest.raises(InvalidValueError, match="no valid quote"):
        proposed(desk, case)


def test_the_database_itself_keeps_offers_within_the_mandate_and_agents_from_beginning(desk: Desk) -> None:
    suppliers = SandboxSuppliers(trade())
    approval = proposed(desk, a_case(desk, suppliers))
    begun = replace(found(desk, approval), state=NegotiationState.RUNNING)
    with pytest.raises(Exception, match=r"permission denied|by people only"), desk.open_agent_uow(AGENT_NAME) as uow:
        uow.negotiations.save(begun)
    desk.decide(approval)
    desk.execute(approval)
    one_round(desk, approval, suppliers)
    first = found(desk, approval)
    heard = replace(first.rounds[1], state=RoundState.ANSWERED, answer=Decimal("18.00"), quote="Q")
    for price in ("18.50", "17.00", "19.99"):
        wrong = Round(number=3, offer=Decimal(price))
        with pytest.raises(Exception, match="within its mandate"), desk.open() as uow:
            uow.negotiations.save(replace(first, rounds=(first.rounds[0], heard, wrong)))


def test_by_letter_each_offer_is_approved_by_itself(desk: Desk) -> None:
    suppliers = SandboxSuppliers(trade())
    approval = proposed(desk, a_case(desk, suppliers), channel=Channel.LETTER)
    desk.decide(approval)
    desk.execute(approval)

    out = found(desk, approval).rounds[0]

    assert out.inquiry is not None
    with desk.open() as uow:
        inquiry = uow.inquiries.get(out.inquiry)
        (letter,) = uow.approvals.letters(ApprovalState.PENDING)
        assert uow.outbox.of_approval(approval.id) == ()
    assert (inquiry.state, inquiry.facts.price) == (InquiryState.WAITING, Decimal("17.00"))
    assert letter.inquiry == inquiry.id
    for secret in (MOST, WORTH, found(desk, approval).mandate.ceiling):
        assert str(secret) not in inquiry.letter.body + inquiry.letter.subject
    desk.decide(letter, kind=DecisionKind.REJECT, comment="not like this")
    after = one_round(desk, approval, suppliers)
    assert (after.state, after.rounds[0].state) == (NegotiationState.WALKED_AWAY, RoundState.UNANSWERED)
    assert after.id == NegotiationId(str(approval.negotiation))


def test_by_letter_the_answer_to_the_letter_counts_and_no_other_quote_of_the_supplier(desk: Desk) -> None:
    suppliers = SandboxSuppliers(trade())
    case = a_case(desk, suppliers)
    approval = proposed(desk, case, channel=Channel.LETTER)
    desk.decide(approval)
    desk.execute(approval)
    with desk.open() as uow:
        (letter,) = uow.approvals.letters(ApprovalState.PENDING)
        assert letter.inquiry is not None
        sent = uow.inquiries.get(letter.inquiry)
    desk.decide(letter)
    desk.execute(letter)

    reply = Post(desk=desk, case=case, sent=sent).comes(PLAIN)
    with desk.open() as uow:
        kept = uow.cases.evidence(case.id)
        newer = replace(kept.quotes[0], quote_id="Q-NEWER", unit_price=Decimal("11.00"))
        uow.cases.save_evidence(case.id, updated(kept, quotes=(newer,)))
    after = one_round(desk, approval, suppliers)

    assert reply.state is ReplyState.USED
    assert (after.rounds[0].answer, after.rounds[0].quote) == (Decimal("12.00"), reply.id)


def test_a_price_named_to_us_stands_until_it_runs_out_or_a_better_one_comes(desk: Desk) -> None:
    suppliers = SandboxSuppliers(trade())
    case = a_case(desk, suppliers)
    with desk.open() as uow:
        (listed,) = uow.cases.evidence(case.id).quotes
    approval = proposed(desk, case)
    desk.decide(approval)
    desk.execute(approval)
    agreed = to_the_end(desk, approval, suppliers)
    asked_again = replace(listed, quote_id="Q-AGAIN", valid_until=day(2))

    kept = [
        recorded(desk, case, *quotes)
        for quotes in ((), (asked_again,), (replace(asked_again, quote_id="Q-LESS", unit_price=Decimal("16.00")),))
    ]
    gone = recorded(desk, case)

    named = (agreed.rounds[-1].quote, Decimal("17.96"))
    assert kept == [[named], [named], [("Q-LESS", Decimal("16.00"))]]
    assert gone == []


def recorded(desk: Desk, case: Case, *quotes: Quote) -> list[tuple[str, Decimal]]:
    """What is kept after the agent found out these quotes."""
    with desk.open_agent_uow(AGENT_NAME) as uow:
        record_evidence(uow, case.id, CaseEvidence(quotes=quotes))
        return [(one.quote_id, one.unit_price) for one in uow.cases.evidence(case.id).quotes]


def test_a_mandate_and_a_letter_are_not_shown_as_plans(desk: Desk) -> None:
    suppliers = SandboxSuppliers(trade())
    approval = proposed(desk, a_case(desk, suppliers), channel=Channel.LETTER)
    desk.decide(approval)
    desk.execute(approval)
    with desk.open() as uow:
        (letter,) = uow.approvals.letters(ApprovalState.PENDING)

        with pytest.raises(NotFoundError, match=f"is a mandate and no plan; .*negotiations {approval.negotiation}`"):
            proposal_found(uow, approval.id)
        with pytest.raises(NotFoundError, match=f"is a letter and no plan; .*inquiry {letter.inquiry}`"):
            proposal_found(uow, letter.id)
