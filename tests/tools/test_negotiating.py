"""Negotiations as an agent asks for them: what waits is told, the room never is, whatever tool is asked."""

import re
from collections.abc import Mapping
from decimal import Decimal

import pytest

from core.connectors.sandbox.catalogue import Mood, SandboxOffer, SandboxSupplier
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.suppliers import SandboxSuppliers
from core.connectors.sandbox.trade import SandboxTrade
from core.domain.approval import ApprovalState
from core.domain.ids import CaseId, NegotiationId
from core.domain.negotiating.mandates import Channel, Mandate
from core.domain.negotiating.rounds import Negotiation, NegotiationState
from core.domain.reserve_price import ReservePrice
from core.domain.users import WORKER_NAME
from core.planning.rules import ScanRules
from core.services.dispatching import dispatch
from core.services.negotiating.rounds import advance_negotiation
from core.services.scanning import ScanCommand, scan
from tests.builders import GULF, TODAY, VALVE
from tests.desk import Desk
from tests.tools.fakes import FakeCore
from tests.tools.mandates import SECRETS
from tests.tools.samples import CASE
from tests.tools.test_over_the_books import CALLS
from tools.evidence import QuotesReceived
from tools.negotiating import NegotiationProposed
from tools.provenance import Source
from tools.registry import TOOLS, Toolset, toolset
from tools.service_core import ServiceCore
from tools.spec import NextStep, Refusal, ToolOutput

SHORT = CaseId("CASE-1")
RESERVE = ReservePrice(
    item=VALVE, worth=Decimal("3.13"), usual_price=Decimal("12.00"), units=25, currency="USD", as_of=TODAY
)


def bargained(tools: Toolset, arguments: Mapping[str, object]) -> ToolOutput:
    return tools.call("propose_negotiation", arguments, sources=dict.fromkeys(arguments, Source.OPERATOR))


def office(desk: Desk) -> tuple[Toolset, SandboxSuppliers]:
    """Every tool on the small company after a scan; Gulf sells valves at 15.50 and comes down slowly."""
    offer = SandboxOffer(unit_price=Decimal("15.50"), lead_time_days=4, available=90)
    suppliers = SandboxSuppliers(
        SandboxTrade([SandboxSupplier(code=GULF, items={VALVE: offer}, mood=Mood.NORMAL, lowest_percent=80)])
    )
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=ScanRules()))
        assert uow.cases.get(SHORT).detected.item == VALVE
    return toolset(ServiceCore(open_uow=desk.open_agent_uow, suppliers=suppliers)), suppliers


def secrets_of(mandate: Mandate) -> tuple[str, ...]:
    """What only the people who decide may see, as it would be written."""
    room = (mandate.opening, mandate.target, mandate.ceiling, mandate.largest_step)
    return tuple(f"{amount:.2f}" for amount in (*room, RESERVE.most, RESERVE.worth))


def all_answers(tools: Toolset, approval: str, *then: tuple[str, Mapping[str, object]]) -> str:
    """What every tool says now about the case that is negotiated, refusals included."""
    calls = [(name, {**asked, **({"case": SHORT} if "case" in asked else {})}) for name, asked in CALLS]
    calls += [
        ("show_proposal", {"approval": approval}),
        ("show_option", {"option": "CASE-1-1A"}),
        ("propose_negotiation", {"case": SHORT, "supplier": "GULF"}),
        ("propose_negotiation", {"case": SHORT, "supplier": "GULF", "by": "letter"}),
        ("propose_supplier_letter", {"case": SHORT, "supplier": "GULF"}),
        *then,
    ]
    told = [
        f"{name}: {tools.call(name, asked, sources=dict.fromkeys(asked, Source.OPERATOR)).model_dump_json()}"
        for name, asked in calls
    ]
    return "\n".join(told)


def one_round(desk: Desk, suppliers: SandboxSuppliers, negotiation: NegotiationId) -> Negotiation:
    dispatch(desk.open_uow, suppliers=suppliers, mail=SandboxMailbox(), by=WORKER_NAME)
    with desk.open(WORKER_NAME) as uow:
        return advance_negotiation(uow, negotiation)


def leaked(answers: str, secrets: tuple[str, ...]) -> list[str]:
    return [one for one in secrets if re.search(rf"(?<![\d.]){re.escape(one.rstrip('0'))}0*(?!\d)", answers)]


def test_what_waits_is_told_without_a_price() -> None:
    core = FakeCore()

    told = bargained(toolset(core), {"case": CASE, "supplier": "GULF"})
    by_letter = bargained(toolset(core), {"case": CASE, "supplier": "GULF", "by": "letter"})

    assert isinstance(told, NegotiationProposed)
    assert isinstance(by_letter, NegotiationProposed)
    assert told.summary == (
        "negotiation NEG-7 with GULF proposed, approval AP-NEG-7; waits for one person (buyer or planner), nothing is "
        "offered before"
    )
    assert (told.approval, told.negotiation, told.by, by_letter.by) == (
        "AP-NEG-7", "NEG-7", Channel.API, Channel.LETTER,
    )  # fmt: skip
    assert core.calls == ["bargain with GULF by api", "bargain with GULF by letter"]
    assert not [one for one in SECRETS if one in told.model_dump_json() + by_letter.model_dump_json()]


@pytest.mark.parametrize("field", ["ceiling", "target", "opening", "price", "reserve"])
def test_no_price_can_be_asked_for_or_given(field: str) -> None:
    core = FakeCore()
    tool = next(one for one in TOOLS if one.name == "propose_negotiation")

    refusal = bargained(toolset(core), {"case": CASE, "supplier": "GULF", field: "12.00"})

    assert isinstance(refusal, Refusal)
    assert (refusal.next, core.calls) == (NextStep.FIXABLE, [])
    assert not [name for name in (*tool.takes.model_fields, *tool.gives.model_fields) if field in name]


def test_no_tool_tells_the_room_of_a_negotiation_at_any_time(desk: Desk) -> None:
    tools, suppliers = office(desk)
    early = bargained(tools, {"case": SHORT, "supplier": "GULF"})
    quoted = tools.call("request_supplier_quotes", {"case": SHORT})
    unplanned = bargained(tools, {"case": SHORT, "supplier": "GULF"})
    with desk.open() as uow:
        uow.cases.save_reserve(SHORT, RESERVE)

    told = bargained(tools, {"case": SHORT, "supplier": "gulf castings"})
    assert isinstance(told, NegotiationProposed)
    answers = [early.model_dump_json(), unplanned.model_dump_json(), told.model_dump_json()]
    answers.append(all_answers(tools, told.approval))
    with desk.open() as uow:
        approval, mandate = (
            uow.approvals.get(told.approval),
            uow.negotiations.get(NegotiationId(told.negotiation)).mandate,
        )
    desk.decide(approval)
    desk.execute(approval)
    after = one_round(desk, suppliers, NegotiationId(told.negotiation))
    for _ in range(4):
        after = one_round(desk, suppliers, after.id)
        answers.append(all_answers(tools, told.approval))
    bought = ("propose_purchase", {"order": "SO-1", "line": 1, "supplier": "GULF"})
    answers.append(all_answers(tools, told.approval, bought, ("list_proposals", {"state": None})))

    assert isinstance(early, Refusal)
    assert isinstance(unplanned, Refusal)
    assert isinstance(quoted, QuotesReceived)
    assert (approval.state, after.state, len(after.rounds)) == (ApprovalState.PENDING, NegotiationState.AGREED, 4)
    with desk.open() as uow:
        assert [one.unit_price for one in uow.cases.evidence(SHORT).quotes] == [after.price]
    assert '"unit_price":"15.50"' in answers[-1]
    assert '"state":"pending"' in answers[-1]
    secrets = secrets_of(mandate)
    assert secrets == ("13.17", "13.95", "14.67", "0.62", "15.13", "3.13")
    assert leaked(f"{mandate.ceiling}", secrets) == ["14.67"]
    assert leaked("\n".join(answers), secrets) == []
    assert approval.plan_hash not in "\n".join(answers)  # prices few enough to try are found again by their hash
