"""What a supplier refused is not counted as supply, and no plan that rests on it is called verified."""

from dataclasses import replace

import pytest

from core.connectors.sandbox.catalogue import SandboxSupplier
from core.domain.cases import CaseState
from core.domain.ids import CaseId, PurchaseOrderNo
from core.domain.orders import SupplyState
from core.domain.plans import Action
from core.services.checking import check
from core.services.verifying import verify
from tests.builders import GULF, buy, day, expedite
from tests.core.services.test_dispatching import Partners
from tests.desk import Desk

ONE = CaseId("CASE-1")


def test_a_refused_purchase_order_is_cancelled_and_its_case_is_open_again(desk: Desk) -> None:
    partners, approval = Partners(price="16.00"), desk.executed(buy())

    partners.dispatch(desk)

    with desk.open() as uow:
        assert uow.supply.purchase_order(PurchaseOrderNo("PO-1.1A-2")).state is SupplyState.CANCELLED
        assert uow.cases.get(ONE).state is CaseState.OPEN
        answer = verify(uow, approval.id)
        assert not answer.verified
        assert answer.differences[0] == "DELTA: PO-1.1A-2 is refused"
        assert [result.name for result in check(uow) if result.broken] == []


def test_a_refused_expedite_gives_the_line_its_old_date_back(desk: Desk) -> None:
    partners = Partners()
    desk.executed(expedite())
    partners.trade.change(refusing_to_expedite(partners))

    partners.dispatch(desk)

    with desk.open() as uow:
        assert uow.supply.purchase_line(PurchaseOrderNo("PO-1"), 1).due == day(20)
        assert uow.cases.get(ONE).state is CaseState.OPEN


@pytest.mark.parametrize("action", [buy(), expedite()], ids=["order", "expedite"])
def test_what_a_supplier_confirms_for_later_is_not_verified(desk: Desk, action: Action) -> None:
    partners, approval = Partners(), desk.executed(action)
    partners.dispatch(desk)
    desk.alter(
        """UPDATE outbox SET answer = jsonb_set(answer, '{lines,0,delivery_date}', '"2099-01-01"'::jsonb)
           WHERE answer ? 'lines'"""
    )

    with desk.open() as uow:
        answer = verify(uow, approval.id)

    assert not answer.verified
    assert "is confirmed for 2099-01-01" in answer.differences[0]


def refusing_to_expedite(partners: Partners) -> SandboxSupplier:
    gulf = partners.trade.supplier(GULF)
    offers = {item: replace(offer, expedite_fee=None) for item, offer in gulf.items.items()}
    return replace(gulf, items=offers)
