"""The tools over an application: they read and propose as whoever is served, and read orders by rules."""

from agents.worker.tooling import tools_of
from core.bootstrap.application import application
from core.bootstrap.partners import sandbox_partners
from core.db.roles import RoleUrls
from core.domain.intake.drafts import DraftId, DraftState
from tests.builders import MARIA
from tools.drafting import OrderDrafted
from tools.orders import OrderShown
from tools.provenance import Source


def test_an_order_that_somebody_says_is_drafted_and_waits_for_a_person(company_urls: RoleUrls) -> None:
    with sandbox_partners(()) as partners, application(company_urls, partners) as app:
        tools = tools_of(app, actor=MARIA.name)

        drafted = tools.call(
            "draft_order",
            {"text": "PO 7781\n\n40 pcs VALVE-3\n\nDelivery: 2024-12-02\n\nHarbor Supply"},
            sources={"text": Source.OPERATOR},
        )
        again = tools.call("show_order", {"order": "SO-1"})

        assert isinstance(drafted, OrderDrafted), drafted
        assert [(line.item, line.units, line.requested) for line in drafted.lines] == [("VALVE-3", 40, "2024-12-02")]
        assert (drafted.customer, drafted.customer_po, drafted.order) == ("HARBOR", "7781", None)
        assert isinstance(again, OrderShown)
        with app.open_uow(MARIA.name) as uow:
            assert uow.drafts.get(DraftId(drafted.draft)).state in {DraftState.READY, DraftState.DRAFT}
