"""Letters to suppliers: drafted from facts, approved exactly as they go out, sent once, and never telling too much."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.approval import Approval, ApprovalState, DecisionKind
from core.domain.cases import Case, CaseState
from core.domain.errors import (
    ConflictError,
    DomainError,
    HaltedError,
    HashMismatchError,
    InvalidValueError,
    NotAuthorisedError,
)
from core.domain.evidence import CaseEvidence
from core.domain.ids import InquiryId
from core.domain.inquiries import Inquiry, InquiryKind, InquiryState, letter_hash, tokens_in
from core.domain.proposals import MessageKind, MessageState
from core.domain.reserve_price import ReservePrice
from core.domain.users import AGENT_NAME, Role
from core.services.execution import ExecutionState
from core.services.expiring import expire_due
from core.services.halting import HaltCommand, halt
from core.services.inquiring.letters import DraftLetter, EditLetter, draft_letter, edit_letter
from core.services.inquiring.proposing import ProposeLetter, propose_letter
from core.services.undoing import undo
from tests.builders import DELTA, GULF, MARIA, OMAR, PAUL, VALVE, VIVIAN, buy, day
from tests.core.services.test_dispatching import Partners
from tests.desk import Desk


def a_case(desk: Desk) -> Case:
    """Twenty-five valves are missing at Houston, and both suppliers have an address."""
    desk.alter("UPDATE suppliers SET email = lower(code) || '@' || lower(code) || '.example', country = 'US'")
    case, _ = desk.offered([buy()])
    return case


def drafted(desk: Desk, case: Case, **wanted: object) -> Inquiry:
    """A letter to Gulf about what the case lacks."""
    command = replace(DraftLetter(case=case.id, supplier=GULF), **wanted)
    with desk.open_agent_uow(AGENT_NAME) as uow:
        return uow.inquiries.get(draft_letter(uow, command))


def proposed(desk: Desk, inquiry: InquiryId) -> Approval:
    """The letter before people."""
    with desk.open(AGENT_NAME) as uow:
        return propose_letter(uow, ProposeLetter(inquiry=inquiry, proposed_by=AGENT_NAME))


def state_of(desk: Desk, inquiry: InquiryId) -> InquiryState:
    with desk.open() as uow:
        return uow.inquiries.get(inquiry).state


def test_a_letter_says_the_facts_and_how_to_answer(desk: Desk) -> None:
    made = drafted(desk, a_case(desk))

    assert (made.state, made.version, made.supplier, made.kind) == (
        InquiryState.DRAFT,
        1,
        GULF,
        InquiryKind.QUOTE_REQUEST,
    )
    assert tokens_in(made.letter.subject) == (made.token,)
    assert made.letter.recipient == "gulf@gulf.example"
    assert made.letter.body.splitlines()[:8] == [
        "Dear Gulf Castings,",
        "",
        "please send us your quotation for:",
        "",
        "  Item: VALVE-3 (3-inch valve)",
        "  Quantity: 25 EA",
        f"  Needed by: {day(5)}",
        "  Deliver to: Houston",
    ]
    assert "This is not an order." in made.letter.body


def test_the_same_asked_again_is_the_same_letter_and_other_facts_are_another(desk: Desk) -> None:
    case = a_case(desk)
    first = drafted(desk, case)

    again, other = drafted(desk, case), drafted(desk, case, quantity=30)

    assert again.id == first.id
    assert other.id != first.id
    assert (state_of(desk, first.id), state_of(desk, other.id)) == (InquiryState.SUPERSEDED, InquiryState.DRAFT)
    proposed(desk, other.id)
    with pytest.raises(ConflictError, match="waits already"):
        drafted(desk, case, quantity=31)


def test_nothing_leaves_before_a_person_says_yes_and_then_exactly_what_was_shown_does_once(desk: Desk) -> None:
    case, partners = a_case(desk), Partners()
    made = drafted(desk, case)
    approval = proposed(desk, made.id)

    partners.dispatch(desk)
    before = partners.mailbox.letters
    waiting = desk.execute(approval)
    with pytest.raises(HashMismatchError):
        desk.decide(approval, plan_hash="0" * 64)
    desk.decide(approval)
    done, again = desk.execute(approval), desk.execute(approval)
    partners.dispatch(desk)
    partners.dispatch(desk)

    assert before == ()
    assert (approval.tier, approval.money, approval.approvals_needed) == (3, Decimal(0), 1)
    assert approval.plan_hash == letter_hash(made.letter)
    assert [one.state for one in (waiting, done, again)] == [
        ExecutionState.WAITING,
        ExecutionState.EXECUTED,
        ExecutionState.ALREADY,
    ]
    (sent,) = partners.mailbox.letters
    assert (sent.recipient, sent.subject, sent.body) == (made.letter.recipient, made.letter.subject, made.letter.body)
    assert sent.message_id == made.letter.message_id
    assert state_of(desk, made.id) is InquiryState.SENT
    with desk.open() as uow:
        (message,) = uow.outbox.of_approval(approval.id)
        assert (message.kind, message.state) == (MessageKind.SUPPLIER_LETTER, MessageState.SENT)
        assert uow.cases.get(case.id).state is CaseState.OPEN
        with pytest.raises(ConflictError, match="cannot be taken back"):
            undo(uow, approval.id, MARIA)


def test_a_case_takes_its_course_while_its_letters_wait(desk: Desk) -> None:
    case = a_case(desk)
    letters = [proposed(desk, drafted(desk, case, supplier=supplier).id) for supplier in (GULF, DELTA)]
    with desk.open() as uow:
        (option,) = uow.cases.options(case.id)

    plan = desk.propose(option)

    with desk.open() as uow:
        assert uow.approvals.of_case(case.id) == (plan,)
        assert uow.approvals.listed(ApprovalState.PENDING) == (plan,)
        assert [one.id for one in uow.approvals.letters(ApprovalState.PENDING)] == [one.id for one in letters]


def test_who_edits_a_letter_has_proposed_it_and_its_old_approval_is_over(desk: Desk) -> None:
    case = a_case(desk)
    made = drafted(desk, case)
    old = proposed(desk, made.id)

    with desk.open(PAUL.name) as uow:
        edited = edit_letter(uow, EditLetter(inquiry=made.id, version=1, text="Dear Gulf,\nhow soon?\n"), PAUL)
        new = propose_letter(uow, ProposeLetter(inquiry=made.id, proposed_by=PAUL.name))

    assert (edited.version, edited.letter.body) == (2, "Dear Gulf,\nhow soon?\n")
    assert edited.letter.message_id != made.letter.message_id
    assert new.plan_hash != old.plan_hash
    with desk.open() as uow:
        assert uow.approvals.get(old.id).state is ApprovalState.SUPERSEDED
    with pytest.raises(NotAuthorisedError):
        desk.decide(new, PAUL)
    assert desk.decide(new, OMAR).state is ApprovalState.APPROVED
    with desk.open() as uow, pytest.raises(NotAuthorisedError):
        edit_letter(uow, EditLetter(inquiry=made.id, version=2, text="hello"), VIVIAN)
    desk.execute(new)


def test_who_only_looks_or_left_puts_no_letter_before_people(desk: Desk) -> None:
    made = drafted(desk, a_case(desk))
    desk.become(replace(PAUL, role=Role.VIEWER))
    gone = "UPDATE users SET active = false WHERE name = 'omar'"

    with desk.open(VIVIAN.name) as uow, pytest.raises(NotAuthorisedError, match="may not propose"):
        propose_letter(uow, ProposeLetter(inquiry=made.id, proposed_by=VIVIAN.name))
    with desk.open(PAUL.name) as uow, pytest.raises(NotAuthorisedError):
        propose_letter(uow, ProposeLetter(inquiry=made.id, proposed_by=PAUL.name))
    desk.alter(gone)
    with desk.open(OMAR.name) as uow, pytest.raises(NotAuthorisedError):
        propose_letter(uow, ProposeLetter(inquiry=made.id, proposed_by=OMAR.name))

    assert state_of(desk, made.id) is InquiryState.DRAFT
    with desk.open() as uow:
        assert uow.approvals.of_inquiry(made.id) == ()


def test_agents_draft_and_propose_under_their_own_rights_and_cannot_send(desk: Desk) -> None:
    made = drafted(desk, a_case(desk))

    with desk.open_agent_uow(AGENT_NAME) as uow:
        approval = propose_letter(uow, ProposeLetter(inquiry=made.id, proposed_by=AGENT_NAME))

    assert approval.inquiry == made.id
    for state in (InquiryState.APPROVED, InquiryState.SENT):
        with pytest.raises(Exception, match="by people only"), desk.open_agent_uow(AGENT_NAME) as uow:
            uow.inquiries.save(replace(made, state=state))


def test_a_halt_holds_letters_back(desk: Desk) -> None:
    approval = proposed(desk, drafted(desk, a_case(desk)).id)
    desk.decide(approval)
    with desk.open() as uow:
        halt(uow, HaltCommand(reason="stop"))

    with pytest.raises(HaltedError):
        desk.execute(approval)


def test_an_approval_ends_with_a_no_by_time_or_when_the_world_moves(desk: Desk) -> None:
    case = a_case(desk)
    refused, moved = proposed(desk, drafted(desk, case).id), proposed(desk, drafted(desk, case, supplier=DELTA).id)
    desk.decide(refused, kind=DecisionKind.REJECT, comment="we call them")
    desk.decide(moved)
    desk.alter("UPDATE suppliers SET email = 'new@delta.example' WHERE code = 'DELTA'")

    outcome = desk.execute(moved)

    assert outcome.state is ExecutionState.STALE
    assert outcome.differences == ("the address of DELTA on file is another one now",)
    late = proposed(desk, drafted(desk, case, supplier=DELTA).id)
    desk.clock.pass_by(hours=25)
    with desk.open() as uow:
        assert expire_due(uow).expired == (late.id,)
    for approval in (refused, moved, late):
        assert approval.inquiry is not None
        assert state_of(desk, approval.inquiry) is InquiryState.WITHDRAWN


def test_no_letter_tells_what_a_unit_is_worth_or_what_others_ask(desk: Desk) -> None:
    case = a_case(desk)
    secret = ReservePrice(
        item=VALVE,
        worth=Decimal("873.19"),
        usual_price=Decimal("12.00"),
        units=25,
        currency="USD",
        as_of=day(0),
    )
    with desk.open() as uow:
        uow.cases.save_evidence(case.id, CaseEvidence(reserve=secret))
    made = drafted(desk, case)

    assert "873" not in made.letter.body
    for told in ("we pay up to 885.19", "for 873,19 each", "1,000.00 is at stake", "Delta Sealing is cheaper"):
        with desk.open(PAUL.name) as uow, pytest.raises(InvalidValueError, match="leave it out"):
            edit_letter(uow, EditLetter(inquiry=made.id, version=1, text=told), PAUL)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"supplier": "NOBODY"}, "there is no supplier"),
        ({"quantity": -1}, "cannot be asked for|not accepted"),
        ({"needed_by": day(0)}, "cannot be asked for"),
        ({"price": Decimal(3)}, "a counter offer names a price"),
        ({"kind": InquiryKind.COUNTER_OFFER}, "a counter offer names a price"),
        ({"language": "tlh"}, "is none of en"),
    ],
)
def test_what_cannot_be_asked_is_refused(desk: Desk, wanted: dict[str, object], why: str) -> None:
    case = a_case(desk)

    with pytest.raises(DomainError, match=why):
        drafted(desk, case, **wanted)
