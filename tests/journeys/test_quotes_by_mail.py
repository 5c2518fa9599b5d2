"""Suppliers asked by letter: written, agreed to, sent, answered by mail, read, planned with, ordered.

docs/journeys/supplier-letters.md tells the same story with the commands. With a model and without one.
"""

import json
from collections.abc import Callable

import pytest

from agents.llm.scripted import ScriptedModel
from agents.worker.checkpoints import prepare_checkpoints
from agents.worker.letters import mail_reader
from agents.worker.models import NO_MODEL, ModelSettings
from agents.worker.opening import open_worker
from agents.worker.shift import Shift, perform
from agents.worker.tooling import tools_of
from core.connectors.mailbox import ImapMailbox, Security
from core.domain.approval import Approval, ApprovalState
from core.domain.cases import Case
from core.domain.errors import HaltedError, NotAuthorisedError
from core.domain.ids import ApprovalId, InquiryId, SupplierCode
from core.domain.inquiries import Inquiry, InquiryState
from core.domain.inquiry_replies import Reply, ReplyState
from core.domain.intake.transcripts import ReadBy
from core.domain.jobs import JobName
from core.domain.options import Option
from core.domain.plans import Buy
from core.domain.quotes import Quote
from core.domain.users import WORKER_NAME
from core.services.execution import ExecutionState, execute
from core.services.halting import HaltCommand, ResumeCommand, halt, resume
from core.services.resolving import evidence_needs
from tests.imap import PASSWORD, USER, Mailbox, serving
from tests.journeys.test_disruption import ROSA, VIC, Sabine, late_motors, sabine
from tools.inquiring import LetterProposed
from tools.provenance import Source

__all__ = ["sabine"]

NORDRIVE = SupplierCode("NORDRIVE")
Reading = Callable[[str], ModelSettings]


def by_rules(price: str) -> ModelSettings:
    """No model: rules read the answer."""
    return NO_MODEL


def by_model_too(price: str) -> ModelSettings:
    """A model that copies the words of the answer; each is looked up, and has to say what the rules found."""
    said = {
        "unit_price": [{"row": "R2", "words": f"USD {price}"}],
        "currency": [{"row": "R2", "words": "USD"}],
        "available": [{"row": "R3", "words": "60"}],
        "minimum": [],
        "lead_time_days": [{"row": "R4", "words": "14 days"}],
        "valid_until": [{"row": "R5", "words": "2026-12-24"}],
        "declines": [],
        "beside": [],
    }
    return ModelSettings(model=ScriptedModel([json.dumps(said)]))


@pytest.mark.parametrize("reading", [by_rules, by_model_too])
def test_a_letter_is_sent_on_a_persons_yes_and_its_answer_is_planned_with(sabine: Sabine, reading: Reading) -> None:
    prepare_checkpoints(sabine.app.urls)
    case = late_motors(sabine.scan())
    inquiry, approval = a_letter_waits(sabine, case)
    nothing_leaves_without_a_yes_or_in_a_halt(sabine, approval)
    price = the_usual_price(sabine, case)
    answer = the_answer_comes_by_mail(sabine, inquiry, price, reading(price))
    assert {one.by for one in answer.reads} == ({ReadBy.RULES} if reading is by_rules else set(ReadBy))
    option = it_is_planned_with(sabine, case, answer)
    it_is_bought(sabine, option)
    assert sabine.broken() == []


def a_letter_waits(sabine: Sabine, case: Case) -> tuple[Inquiry, Approval]:
    """The conversation may ask for it: what it gets is an approval that waits for one person."""
    asked = {"case": case.id, "supplier": "NORDRIVE", "quantity": 60}
    sources = dict.fromkeys(asked, Source.OPERATOR)
    with sabine.app.open_uow(WORKER_NAME) as uow:
        told = tools_of(sabine.app).call("propose_supplier_letter", asked, sources=sources)
        assert isinstance(told, LetterProposed)
        inquiry, approval = uow.inquiries.get(InquiryId(told.inquiry)), uow.approvals.get(told.approval)
    assert (approval.tier, approval.approvals_needed, inquiry.state) == (3, 1, InquiryState.WAITING)
    assert "Quantity: 60 EA" in inquiry.letter.body
    return inquiry, approval


def nothing_leaves_without_a_yes_or_in_a_halt(sabine: Sabine, approval: Approval) -> None:
    """One person agrees to exactly the letter; what is halted waits, and then it goes out once."""
    sabine.dispatch()
    assert sabine.mailbox.letters == ()
    with pytest.raises(NotAuthorisedError):
        sabine.approve(approval, VIC)
    sabine.approve(approval, ROSA)
    with sabine.app.open_uow(ROSA.name) as uow:
        halt(uow, HaltCommand(reason="a fire drill"))
    with pytest.raises(HaltedError):
        execute(sabine.app.open_uow, approval.id, by=WORKER_NAME)
    with sabine.app.open_uow(ROSA.name) as uow:
        resume(uow, ResumeCommand(comment="over"))
    with open_worker(sabine.app) as worker:
        for _ in range(2):
            perform(Shift(app=sabine.app, worker=worker), JobName.LETTER_SEND, {"approval": approval.id})
    assert len(sabine.mailbox.letters) == 1


def the_usual_price(sabine: Sabine, case: Case) -> str:
    """What the supplier's own system would take the order at."""
    with sabine.app.open_uow(WORKER_NAME) as uow:
        (wanted,) = (one for one in evidence_needs(uow, case.id).quotes if one.supplier == NORDRIVE)
    quote = sabine.app.suppliers.request_quote(wanted)
    assert isinstance(quote, Quote)
    return str(quote.unit_price)


def the_answer_comes_by_mail(sabine: Sabine, inquiry: Inquiry, price: str, models: ModelSettings) -> Reply:
    """The mailbox is polled; what answers a letter of ours is no order."""
    (sent,) = sabine.mailbox.letters
    raw = (
        f"From: Nordrive <{sent.recipient}>\nTo: buying@sabine.example\nSubject: Re: {sent.subject}\n"
        f"Message-ID: <1@nordrive>\nIn-Reply-To: <{sent.message_id}>\nContent-Type: text/plain; charset=utf-8\n\n"
        f"Unit price and currency: USD {price}\nQuantity available: 60\nLead time: 14 days\n"
        f"Offer valid until: 2026-12-24\n\n> {sent.subject}\n> Quantity: 999\n"
    ).encode()
    with open_worker(sabine.app) as worker, serving(Mailbox({1: raw, 2: raw})) as port:
        box = ImapMailbox(host="127.0.0.1", port=port, user=USER, password=PASSWORD, security=Security.NONE, timeout=5)
        shift = Shift(app=sabine.app, worker=worker, mailbox=box, take_in=mail_reader(sabine.app, models=models))
        perform(shift, JobName.MAILBOX_POLL, {})
        with sabine.app.open_uow(WORKER_NAME) as uow:
            (mail,) = {str(job.args["mail"]) for job in uow.jobs.listed(limit=50) if job.name is JobName.TAKE_IN}
        for _ in range(2):
            perform(shift, JobName.TAKE_IN, {"mail": mail})
    with sabine.app.open_uow(WORKER_NAME) as uow:
        (reply,) = uow.replies.listed()
        assert (reply.state, reply.why) == (ReplyState.USED, ())
        assert uow.drafts.listed() == ()
        assert uow.inquiries.get(inquiry.id).state is InquiryState.ANSWERED
    return reply


def it_is_planned_with(sabine: Sabine, case: Case, answer: Reply) -> Option:
    """An option buys at the terms of the mail, beside what is in stock elsewhere."""
    options = sabine.plan(case)
    return next(
        option
        for option in options
        if any(isinstance(action, Buy) and action.quote == answer.id for action in option.actions)
    )


def it_is_bought(sabine: Sabine, option: Option) -> None:
    """As any other plan: approved by a person, executed once, ordered from the supplier."""
    approval = sabine.approve(sabine.propose(option), ROSA)
    assert approval.state is ApprovalState.APPROVED
    done = execute(sabine.app.open_uow, ApprovalId(approval.id), by=WORKER_NAME)
    assert done.state is ExecutionState.EXECUTED, done
    report = sabine.dispatch()
    assert (report.refused, report.waiting) == ((), ())
    assert "place_order" in {entry.verb for entry in sabine.trade.journal}
