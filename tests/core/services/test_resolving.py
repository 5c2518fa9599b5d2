"""Ways out of a case: who is asked for what, and the options the answers make possible."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from core.domain.cases import CaseState
from core.domain.errors import ConflictError, NotFoundError, UsageError
from core.domain.evidence import CaseEvidence
from core.domain.ids import CaseId
from core.domain.plans import Transfer
from core.domain.quotes import ExpediteQuote, ExpediteRequest, Quote, QuoteRequest
from core.domain.users import AGENT_NAME
from core.planning.rules import ScanRules
from core.services.proposing import propose
from core.services.resolving import EvidenceNeeds, OptionsReport, evidence_needs, plan_options, record_evidence
from core.services.scanning import ScanCommand, scan
from tests.builders import DELTA, GULF, PO_1, RENO, TODAY, VALVE, day, wait
from tests.desk import Desk, command, detected

ONE = CaseId("CASE-1")


@pytest.fixture
def late(desk: Desk) -> Desk:
    """The late order found by a scan."""
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=ScanRules()))
    return desk


def needs(desk: Desk) -> EvidenceNeeds:
    with desk.open_agent_uow(AGENT_NAME) as uow:
        return evidence_needs(uow, ONE)


def planned(desk: Desk, evidence: CaseEvidence | None = None) -> OptionsReport:
    """As an agent, under its own rights."""
    with desk.open_agent_uow(AGENT_NAME) as uow:
        if evidence is not None:
            record_evidence(uow, ONE, evidence)
        return plan_options(uow, ONE)


QUOTE = Quote(
    quote_id="Q-1",
    supplier=DELTA,
    item=VALVE,
    quantity=25,
    unit_price=Decimal("15.50"),
    currency="USD",
    lead_time_days=4,
    available_quantity=100,
    minimum_order=1,
    multiple=1,
    valid_until=day(7),
)
EXPEDITE = ExpediteQuote(
    quote_id="E-1",
    supplier=GULF,
    purchase_order=PO_1,
    line=1,
    item=VALVE,
    quantity=40,
    fee=Decimal("80.00"),
    currency="USD",
    earliest_date=day(5),
    valid_until=day(7),
)


def test_stock_elsewhere_is_known_at_once_and_suppliers_are_to_be_asked(late: Desk) -> None:
    found = needs(late)

    (stock,) = found.stock
    assert (stock.location, stock.quantity, stock.arrive_on) == (RENO, 30, day(3))
    assert found.quotes == (
        QuoteRequest(
            supplier=DELTA,
            item=VALVE,
            quantity=25,
            needed_by=day(5),
            as_of=TODAY,
            idempotency_key="CASE-1-1-quote-DELTA-25",
        ),
        QuoteRequest(
            supplier=GULF,
            item=VALVE,
            quantity=25,
            needed_by=day(5),
            as_of=TODAY,
            idempotency_key="CASE-1-1-quote-GULF-25",
        ),
    )
    assert found.expedites == (
        ExpediteRequest(
            supplier=GULF,
            purchase_order=PO_1,
            line=1,
            item=VALVE,
            quantity=40,
            new_date=day(5),
            as_of=TODAY,
            idempotency_key="CASE-1-1-expedite-PO-1-1",
        ),
    )


def test_a_new_round_asks_under_new_keys(late: Desk) -> None:
    planned(late)

    assert [request.idempotency_key for request in needs(late).quotes] == [
        "CASE-1-2-quote-DELTA-25",
        "CASE-1-2-quote-GULF-25",
    ]


def test_suppliers_that_may_not_be_bought_from_are_not_asked(late: Desk) -> None:
    late.alter("UPDATE suppliers SET active = false WHERE code = 'GULF'")

    assert [request.supplier for request in needs(late).quotes] == [DELTA]


def test_options_are_planned_on_the_evidence_and_kept(late: Desk) -> None:
    stock = needs(late).stock

    report = planned(late, CaseEvidence(stock=stock, quotes=(QUOTE,), expedites=(EXPEDITE,)))

    assert report.round == 1
    assert [option.id for option in report.options] == [f"CASE-1-1{letter}" for letter in "ABCDE"][
        : len(report.options)
    ]
    moved = [option for option in report.options if [type(action) for action in option.actions] == [Transfer]]
    assert [(option.exposure_before, option.exposure_after) for option in moved] == [(Decimal("812.50"), Decimal(0))]
    with late.open() as uow:
        assert uow.cases.options(ONE) == report.options
        assert uow.cases.rejected(ONE) == report.rejected
        case = uow.cases.get(ONE)
    assert (case.planning_round, case.state) == (1, CaseState.OPEN)
    assert case.deadline == min(option.deadline for option in report.options)


def test_without_evidence_there_is_still_waiting_and_another_promise(late: Desk) -> None:
    report = planned(late)

    kinds = {type(action).__name__ for option in report.options for action in option.actions}
    assert kinds == {"Wait", "RePromise", "SplitLine"}


def test_the_same_books_give_the_same_options_but_for_their_round(late: Desk) -> None:
    first, second = planned(late), planned(late)

    assert second.round == 2
    assert [option.id for option in second.options] == [option.id.replace("-1-1", "-1-2") for option in first.options]
    assert [option.objective for option in second.options] == [option.objective for option in first.options]


def test_a_case_that_waits_for_a_decision_is_not_planned(desk: Desk) -> None:
    desk.proposed(wait())

    with pytest.raises(ConflictError, match="case CASE-1 is proposed; decide on what is proposed first"):
        planned(desk)


def test_a_case_proposed_at_the_same_moment_is_not_planned(desk: Desk) -> None:
    case, (option,) = desk.offered([wait()])
    with ThreadPoolExecutor(1) as pool:
        with desk.open() as uow:
            propose(uow, command(option))
            later = pool.submit(planned, desk)
            desk.until_somebody_waits()
        error = later.exception()

    assert isinstance(error, ConflictError)
    with desk.open() as uow:
        assert uow.cases.get(case.id).state is CaseState.PROPOSED


def test_rounds_planned_at_the_same_moment_are_two(late: Desk) -> None:
    with ThreadPoolExecutor(1) as pool:
        with late.open() as uow:
            first = plan_options(uow, ONE)
            later = pool.submit(planned, late)
            late.until_somebody_waits()
        second = later.result()

    assert (first.round, second.round) == (1, 2)
    assert {option.id[:-1] for option in second.options} == {"CASE-1-2"}


def test_a_case_that_is_over_is_not_planned(late: Desk) -> None:
    with late.open() as uow:
        uow.cases.move(ONE, to=CaseState.AUTO_CLOSED)

    with pytest.raises(ConflictError, match="case CASE-1 is auto-closed; there is nothing to plan"):
        planned(late)


def test_what_was_accepted_may_be_planned_again(late: Desk) -> None:
    with late.open() as uow:
        uow.cases.move(ONE, to=CaseState.ACCEPTED)

    planned(late)

    with late.open() as uow:
        assert uow.cases.get(ONE).state is CaseState.OPEN


def test_before_the_first_scan_there_is_nothing_to_plan(desk: Desk) -> None:
    with desk.open() as uow:
        uow.cases.open(detected(), on=TODAY, deadline=None)

    with pytest.raises(UsageError, match="no scan has run yet; run `expediter scan` first"):
        planned(desk)


@pytest.mark.parametrize(
    "case", ["CASE-99", "case-1", "CASE-", "CASE-1; DROP TABLE cases", "CASE-" + "9" * 30, "CASE-²"]
)
def test_an_unknown_case_is_not_found(late: Desk, case: str) -> None:
    with pytest.raises(NotFoundError, match="there is no case"), late.open() as uow:
        plan_options(uow, CaseId(case))
