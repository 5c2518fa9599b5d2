"""What may be looked up in the books: orders, customers, items, stock, supply, suppliers, dates, figures, tasks."""

from collections.abc import Sequence
from typing import Protocol

from core.domain.approval import Approval, ApprovalState
from core.domain.ids import ApprovalId, SupplierCode
from core.domain.overviews import KnownNames, NameKind, ScanSeen
from core.domain.scorecards import Scorecard
from core.services.facts import FactsReport
from core.services.looking.business import ProposalFound, TasksFound
from core.services.looking.dates import DateAsked, DateFound
from core.services.looking.goods import (
    AvailabilityAsked,
    AvailabilityFound,
    ItemFound,
    StockFound,
    SupplyAsked,
    SupplyFound,
)
from core.services.looking.orders import LineExplained, LinesAsked, LinesFound, OrderFound
from core.services.looking.parties import CustomerFound, SupplierFound


class OrderLooking(Protocol):
    """Sales orders, and when something could be there."""

    def order_lines(self, asked: LinesAsked) -> LinesFound:
        """Order lines of a customer, an item, a status, a span of days."""
        ...

    def order(self, said: str) -> OrderFound:
        """An order by its number, ours or the customer's."""
        ...

    def explain_line(self, said: str, line: int) -> LineExplained:
        """Why a line's date is what it is, and what it rests on."""
        ...

    def date_for(self, asked: DateAsked) -> DateFound:
        """When units could be there; nothing is kept."""
        ...


class MasterLooking(Protocol):
    """Customers, suppliers, items, what lies where and what comes."""

    def customer(self, said: str) -> CustomerFound:
        """A customer by code or name."""
        ...

    def supplier(self, said: str) -> SupplierFound:
        """A supplier by code or name."""
        ...

    def scorecards(self) -> tuple[Scorecard, ...]:
        """How suppliers have done in a year, the worst on time first."""
        ...

    def item(self, said: str) -> ItemFound:
        """An item by code or name."""
        ...

    def stock(self, said: str, where: str | None) -> StockFound:
        """Where an item lies; all places, or one."""
        ...

    def availability(self, asked: AvailabilityAsked) -> AvailabilityFound:
        """What can be promised of an item, day by day."""
        ...

    def open_supply(self, asked: SupplyAsked) -> SupplyFound:
        """Purchase, work and transfer orders that are still to bring something."""
        ...

    def code_of(self, kind: NameKind, said: str) -> str:
        """The code of what is called so."""
        ...

    def suppliers_in(self, country: str) -> tuple[SupplierCode, ...]:
        """A country's suppliers; NotFoundError where there are none."""
        ...

    def known_names(self) -> KnownNames:
        """What the books call things, a bounded number of each kind, and the business date."""
        ...


class DeskLooking(Protocol):
    """Key figures, what waits for people, and the last scan."""

    def kpis(self, names: Sequence[str]) -> FactsReport:
        """Key figures of the last 90 days."""
        ...

    def waiting(self, state: ApprovalState | None) -> tuple[Approval, ...]:
        """The approvals in a state, or all."""
        ...

    def proposal(self, approval: ApprovalId) -> ProposalFound:
        """What waits, or waited, for a decision."""
        ...

    def tasks(self, *, overdue_only: bool) -> TasksFound:
        """The open tasks of people."""
        ...

    def scan_seen(self) -> ScanSeen:
        """The last scan, and the open cases by type."""
        ...
