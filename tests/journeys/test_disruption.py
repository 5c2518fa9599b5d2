"""The first journey through the services: motors come too late, and in the end every promise can be kept again.

docs/journeys/disruption.md tells the same story with the commands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from core.bootstrap.application import Application, application
from core.bootstrap.databases import load_company, read_with_overlays
from core.bootstrap.partners import sandbox_partners
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.trade import SandboxTrade
from core.db.roles import RoleUrls
from core.demo.company import write_demo_pack
from core.demo.offers import demo_suppliers
from core.domain.approval import Approval, ApprovalState, DecisionKind
from core.domain.cases import Case, CaseState
from core.domain.errors import NotAuthorisedError
from core.domain.evidence import CaseEvidence
from core.domain.ids import UserName
from core.domain.options import Option
from core.domain.plans import Buy, RePromise
from core.domain.proposals import Advice, AdviceSource
from core.domain.quotes import ExpediteQuote, Quote, QuoteRefusal
from core.domain.users import AGENT_NAME, WORKER_NAME, Role, User
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from core.services.accounts import add_user
from core.services.approvals import DecideCommand, decide, pending
from core.services.change_list import change_list
from core.services.checking import check
from core.services.dispatching import DispatchReport, dispatch
from core.services.execution import ExecutionState, execute
from core.services.packs.overlay_files import read_overlays
from core.services.packs.overlays import suppliers_out
from core.services.proposing import ProposeCommand, propose
from core.services.resolving import evidence_needs, plan_options, record_evidence
from core.services.scanning import ScanCommand, ScanReport, scan
from core.services.undoing import undo
from core.services.verifying import verify
from tests.columns import differences

ROSA = User(name=UserName("rosa"), role=Role.OPERATIONS_MANAGER, limit=None)
VIC = User(name=UserName("vic"), role=Role.VIEWER, limit=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sabine:
    """Sabine Valve and Pump on the morning of its six disruptions, and the sandbox it speaks to."""

    app: Application
    trade: SandboxTrade
    mailbox: SandboxMailbox

    def books(self) -> Snapshot:
        """The books as they are now."""
        with self.app.open_uow(ROSA.name) as uow:
            return uow.snapshot()

    def scan(self) -> ScanReport:
        """Look at the whole book and keep one case a root cause."""
        with self.app.open_uow(WORKER_NAME) as uow:
            return scan(uow, ScanCommand(rules=ScanRules()))

    def ask_around(self, case: Case) -> CaseEvidence:
        """Stock elsewhere is known; the suppliers are asked over HTTP, with no transaction open meanwhile."""
        with self.app.open_agent_uow(AGENT_NAME) as uow:
            needs = evidence_needs(uow, case.id)
        quotes = [self.app.suppliers.request_quote(request) for request in needs.quotes]
        expedites = [self.app.suppliers.quote_expedite(request) for request in needs.expedites]
        evidence = CaseEvidence(
            stock=needs.stock,
            quotes=tuple(answer for answer in quotes if isinstance(answer, Quote)),
            expedites=tuple(answer for answer in expedites if isinstance(answer, ExpediteQuote)),
            refusals=tuple(answer for answer in (*quotes, *expedites) if isinstance(answer, QuoteRefusal)),
        )
        with self.app.open_agent_uow(AGENT_NAME) as uow:
            record_evidence(uow, case.id, evidence)
        return evidence

    def plan(self, case: Case) -> tuple[Option, ...]:
        """The few ways out, each simulated on a copy of the books."""
        with self.app.open_agent_uow(AGENT_NAME) as uow:
            return plan_options(uow, case.id).options

    def propose(self, option: Option) -> Approval:
        """Put one before people; the agent can do no more than that."""
        advice = Advice(source=AdviceSource.RULES, option=option.id, text="It recovers every line for the least money.")
        with self.app.open_agent_uow(AGENT_NAME) as uow:
            command = ProposeCommand(case=option.case, option=option.id, advice=advice, proposed_by=AGENT_NAME)
            return propose(uow, command)

    def approve(self, approval: Approval, user: User) -> Approval:
        """A person says yes to the plan whose hash was shown."""
        said = DecideCommand(
            approval=approval.id,
            plan_hash=approval.plan_hash,
            kind=DecisionKind.APPROVE,
            comment="go ahead",
            channel="console",
        )
        with self.app.open_uow(user.name) as uow:
            return decide(uow, said, user)

    def dispatch(self) -> DispatchReport:
        """Send what the outbox holds."""
        return dispatch(self.app.open_uow, suppliers=self.app.suppliers, mail=self.app.mail, by=WORKER_NAME)

    def broken(self) -> list[str]:
        """What contradicts the laws of the books."""
        with self.app.open_uow(ROSA.name) as uow:
            return [sentence for invariant in check(uow) for sentence in invariant.broken]


@pytest.fixture
def sabine(role_urls: RoleUrls, tmp_path: Path) -> Iterator[Sabine]:
    """The demo company with its disruptions laid over it, loaded, with a manager and a viewer."""
    write_demo_pack(tmp_path)
    reading = read_with_overlays(tmp_path, mapping=None, quarantine=False, overlays=True)
    load_company(role_urls, reading.company, content_hash=reading.content_hash)
    out = suppliers_out(read_overlays(tmp_path))
    with (
        sandbox_partners(demo_suppliers(reading.company, out=out)) as partners,
        application(role_urls, partners) as app,
    ):
        with app.open_uow(UserName("admin")) as uow:
            for person in (ROSA, VIC):
                add_user(uow, person, token=f"token of {person.name}")
        assert partners.trade is not None
        assert partners.mailbox is not None
        yield Sabine(app=app, trade=partners.trade, mailbox=partners.mailbox)


def late_motors(report: ScanReport) -> Case:
    """The case of the motors that slipped by more than three weeks."""
    (case,) = (case for case in report.cases if case.detected.item == "MO-10")
    return case


def buying(options: tuple[Option, ...]) -> Option:
    """The cheapest way out that buys motors and gives order lines new dates."""
    kinds = {Buy, RePromise}
    return next(option for option in options if {type(action) for action in option.actions} == kinds)


def decided(sabine: Sabine) -> tuple[Case, Option, Approval]:
    """The motors' case, the way out taken, and its approval by the operations manager."""
    case = late_motors(sabine.scan())
    sabine.ask_around(case)
    option = buying(sabine.plan(case))
    return case, option, sabine.approve(sabine.propose(option), ROSA)


def test_a_disruption_becomes_a_plan_that_a_person_decides_on(sabine: Sabine) -> None:
    # What will miss its promise, and why?
    case = late_motors(sabine.scan())
    assert case.detected.title.startswith("Component MO-10 at HOU-PROD lacks 6 units: work orders WO-5104, WO-5146")
    assert all(impact.why for impact in case.detected.impacts)

    # What can be done? Two suppliers sell this motor; each way out has been run on a copy of the books.
    evidence = sabine.ask_around(case)
    assert sorted(quote.supplier for quote in evidence.quotes) == ["BRAZOS", "NORDRIVE"]
    option = buying(sabine.plan(case))
    assert (option.exposure_before, option.exposure_after) == (case.detected.exposure, Decimal(0))

    # The decision: the agent proposes; a viewer may not approve, the operations manager may.
    approval = sabine.propose(option)
    with sabine.app.open_uow(ROSA.name) as uow:
        assert pending(uow) == (approval,)
    with pytest.raises(NotAuthorisedError):
        sabine.approve(approval, VIC)
    assert sabine.approve(approval, ROSA).state is ApprovalState.APPROVED


def test_what_was_approved_happens_once_and_is_proved(sabine: Sabine) -> None:
    case, option, approval = decided(sabine)

    # Everything in one transaction, once, however often it is asked for.
    outcomes = [execute(sabine.app.open_uow, approval.id, by=WORKER_NAME) for _ in range(2)]
    assert [outcome.state for outcome in outcomes] == [ExecutionState.EXECUTED, ExecutionState.ALREADY]
    assert len(outcomes[0].result) == len(option.actions)

    # The supplier gets the order and the customers their new dates; the buyer a list of what to key in.
    report = sabine.dispatch()
    assert (report.refused, report.waiting) == ((), ())
    (order,) = (action for action in option.actions if isinstance(action, Buy))
    assert [(entry.verb, entry.reference) for entry in sabine.trade.journal] == [("place_order", order.reference)]
    moved = {change.customer for change in option.changes if change.due_after != change.due_before}
    assert sorted(notice.customer for notice in sabine.mailbox.messages) == sorted(moved)
    with sabine.app.open_uow(ROSA.name) as uow:
        assert len(change_list(uow, approval.id).changes) == len(option.actions)

    # Did it work? The books scanned again are what the plan said they would be.
    with sabine.app.open_uow(WORKER_NAME) as uow:
        verification = verify(uow, approval.id)
        assert uow.cases.get(case.id).state is CaseState.RESOLVED
    assert (verification.verified, verification.realised) == (True, option.forecast)
    assert "MO-10" not in {case.detected.item for case in sabine.scan().cases}
    assert sabine.broken() == []


def test_what_was_put_right_can_be_taken_back(sabine: Sabine) -> None:
    before = sabine.books()
    case, _, approval = decided(sabine)
    execute(sabine.app.open_uow, approval.id, by=WORKER_NAME)
    sabine.dispatch()

    with sabine.app.open_uow(ROSA.name) as uow:
        undo(uow, approval.id, ROSA)
    sabine.dispatch()

    assert list(differences(sabine.books(), before)) == []
    assert [entry.verb for entry in sabine.trade.journal] == ["place_order", "cancel_order"]
    assert sabine.mailbox.messages[-1].subject == "Your delivery dates: the earlier dates hold again"
    assert late_motors(sabine.scan()).id == case.id
    assert sabine.broken() == []
