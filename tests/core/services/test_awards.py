"""An award of several suppliers is one option of a case: proposed, decided and done as one, and checked again."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import CaseState
from core.domain.evidence import CaseEvidence
from core.domain.options import Option
from core.domain.plans import Buy
from core.domain.users import AGENT_NAME
from core.planning.rules import ScanRules
from core.services.execution import ExecutionState
from core.services.resolving import plan_options, record_evidence
from core.services.scanning import ScanCommand, scan
from tests.builders import DELTA, GULF, MARIA, OMAR
from tests.core.services.test_policies import changed
from tests.core.services.test_resolving import ONE, QUOTE
from tests.desk import Desk

SHARES = {"largest_share": "60", "least_share": "20"}
OFFERS = (
    QUOTE,
    replace(QUOTE, quote_id="Q-2", supplier=GULF, unit_price=Decimal("16.00")),
)


@pytest.fixture
def shared(desk: Desk) -> Desk:
    """The policy gives one supplier 20 to 60 of 100 units; two suppliers offer all that a case lacks."""
    changed(desk, SHARES)
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=ScanRules()))
    with desk.open_agent_uow(AGENT_NAME) as uow:
        record_evidence(uow, ONE, CaseEvidence(quotes=OFFERS))
        plan_options(uow, ONE)
    return desk


def award(desk: Desk) -> Option:
    """The option that buys from both."""
    with desk.open() as uow:
        options = uow.cases.options(ONE)
    return next(one for one in options if len(bought(one)) == len(OFFERS))


def bought(option: Option) -> dict[str, tuple[int, str]]:
    return {one.supplier: (one.quantity, one.quote) for one in option.actions if isinstance(one, Buy)}


def approved(desk: Desk) -> Approval:
    approval = desk.propose(award(desk))
    for user in (MARIA, OMAR)[: approval.approvals_needed]:
        approval = desk.decide(approval, user)
    assert approval.state is ApprovalState.APPROVED
    return approval


def test_an_award_within_the_shares_is_one_plan_with_an_order_for_each(shared: Desk) -> None:
    option = award(shared)
    approval = approved(shared)

    outcome = shared.execute(approval)

    assert bought(option) == {DELTA: (15, "Q-1"), GULF: (10, "Q-2")}
    assert (outcome.state, len(outcome.result)) == (ExecutionState.EXECUTED, 2)
    with shared.open() as uow:
        sent = {(one.kind.value, one.payload["supplier"]) for one in uow.outbox.of_approval(approval.id)}
        orders = [uow.supply.purchase_order(one.reference) for one in option.actions if isinstance(one, Buy)]
    assert sent == {("place_order", DELTA), ("place_order", GULF)}
    assert [order.supplier for order in orders] == [DELTA, GULF]


def test_shares_changed_since_make_it_stale_and_nothing_is_bought(shared: Desk) -> None:
    approval = approved(shared)
    changed(shared, {"largest_share": "50"})

    outcome = shared.execute(approval)

    assert outcome.state is ExecutionState.STALE
    (why,) = outcome.differences
    assert why == (
        "policy 2024-3 gives one supplier 20 to 50 of 100 units; the plan buys 15 VALVE-3 from DELTA and 10 VALVE-3"
        " from GULF"
    )
    nothing_was_bought(shared, approval)


def test_another_change_of_the_policy_leaves_the_award_as_it_was(shared: Desk) -> None:
    approval = approved(shared)
    changed(shared, {"daily_count": "9"})

    assert shared.execute(approval).state is ExecutionState.EXECUTED


def test_an_offer_of_a_supplier_barred_since_makes_the_whole_award_stale(shared: Desk) -> None:
    approval = approved(shared)
    shared.alter("UPDATE suppliers SET approved = false WHERE code = 'GULF'")

    outcome = shared.execute(approval)

    assert (outcome.state, outcome.differences) == (
        ExecutionState.STALE,
        ("approved to buy from supplier GULF is no, the plan needs yes",),
    )
    nothing_was_bought(shared, approval)


def test_an_award_of_yesterdays_offers_is_stale(shared: Desk) -> None:
    approval = approved(shared)
    shared.alter("UPDATE settings SET as_of = as_of + 1")

    outcome = shared.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert outcome.differences == ("the business date is 2024-10-05, the plan was made for 2024-10-04",)
    nothing_was_bought(shared, approval)


def nothing_was_bought(desk: Desk, approval: Approval) -> None:
    with desk.open() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.STALE
        assert uow.cases.get(ONE).state is CaseState.OPEN
        assert uow.outbox.of_approval(approval.id) == ()
        assert uow.effects.get(approval.id) is None
