"""Looking up, over the services."""

from collections.abc import Sequence

from core.domain.approval import Approval, ApprovalState
from core.domain.ids import ApprovalId, SupplierCode
from core.domain.overviews import KnownNames, NameKind, ScanSeen
from core.domain.scorecards import Scorecard
from core.services.facts import FactsReport
from core.services.looking import business, dates, goods, naming, orders, parties
from core.services.scorecards import Scoring, scorecards
from tools.serving.served import Served

MOST_KNOWN = 20_000
"""Names of each kind that questions may use; what lies beyond is found by its exact code only."""


class ServedLooking(Served):
    """Fulfils OrderLooking, MasterLooking and DeskLooking."""

    __slots__ = ()

    def order_lines(self, asked: orders.LinesAsked) -> orders.LinesFound:
        """Order lines of a customer, an item, a status, a span of days."""
        with self.open_uow(self.actor) as uow:
            return orders.order_lines(uow, asked)

    def order(self, said: str) -> orders.OrderFound:
        """An order by its number, ours or the customer's."""
        with self.open_uow(self.actor) as uow:
            return orders.order_found(uow, said)

    def explain_line(self, said: str, line: int) -> orders.LineExplained:
        """Why a line's date is what it is, and what it rests on."""
        with self.open_uow(self.actor) as uow:
            return orders.explain_line(uow, said, line)

    def date_for(self, asked: dates.DateAsked) -> dates.DateFound:
        """When units could be there; nothing is kept."""
        with self.open_uow(self.actor) as uow:
            return dates.date_found(uow, asked)

    def customer(self, said: str) -> parties.CustomerFound:
        """A customer by code or name."""
        with self.open_uow(self.actor) as uow:
            return parties.customer_found(uow, said)

    def supplier(self, said: str) -> parties.SupplierFound:
        """A supplier by code or name."""
        with self.open_uow(self.actor) as uow:
            return parties.supplier_found(uow, said)

    def scorecards(self) -> tuple[Scorecard, ...]:
        """How suppliers have done in a year, the worst on time first."""
        with self.open_uow(self.actor) as uow:
            return scorecards(uow, Scoring())

    def item(self, said: str) -> goods.ItemFound:
        """An item by code or name."""
        with self.open_uow(self.actor) as uow:
            return goods.item_found(uow, said)

    def stock(self, said: str, where: str | None) -> goods.StockFound:
        """Where an item lies; all places, or one."""
        with self.open_uow(self.actor) as uow:
            return goods.stock_found(uow, said, where)

    def availability(self, asked: goods.AvailabilityAsked) -> goods.AvailabilityFound:
        """What can be promised of an item, day by day."""
        with self.open_uow(self.actor) as uow:
            return goods.availability_found(uow, asked)

    def open_supply(self, asked: goods.SupplyAsked) -> goods.SupplyFound:
        """Purchase, work and transfer orders that are still to bring something."""
        with self.open_uow(self.actor) as uow:
            return goods.open_supply(uow, asked)

    def code_of(self, kind: NameKind, said: str) -> str:
        """The code of what is called so."""
        with self.open_uow(self.actor) as uow:
            return naming.code_of(uow, kind, said)

    def suppliers_in(self, country: str) -> tuple[SupplierCode, ...]:
        """A country's suppliers; NotFoundError where there are none."""
        with self.open_uow(self.actor) as uow:
            return naming.suppliers_in(uow, country)

    def known_names(self) -> KnownNames:
        """What the books call things."""
        with self.open_uow(self.actor) as uow:
            return uow.overviews.known_names(limit=MOST_KNOWN)

    def kpis(self, names: Sequence[str]) -> FactsReport:
        """Key figures of the last 90 days."""
        with self.open_uow(self.actor) as uow:
            return business.kpis_found(uow, names)

    def waiting(self, state: ApprovalState | None) -> tuple[Approval, ...]:
        """The approvals in a state, or all."""
        with self.open_uow(self.actor) as uow:
            return business.approvals_found(uow, state)

    def proposal(self, approval: ApprovalId) -> business.ProposalFound:
        """What waits, or waited, for a decision."""
        with self.open_uow(self.actor) as uow:
            return business.proposal_found(uow, approval)

    def tasks(self, *, overdue_only: bool) -> business.TasksFound:
        """The open tasks of people."""
        with self.open_uow(self.actor) as uow:
            return business.tasks_found(uow, overdue_only=overdue_only)

    def scan_seen(self) -> ScanSeen:
        """The last scan, and the open cases by type."""
        with self.open_uow(self.actor) as uow:
            return business.scan_seen(uow)
