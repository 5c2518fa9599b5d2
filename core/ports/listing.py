"""Lists of the books, read a page at a time: small protocols, one for each part of the company."""

from typing import Protocol

from core.domain.approval import Approval
from core.domain.holds import Hold
from core.domain.intake.drafts import DraftOrder
from core.domain.jobs import Job
from core.domain.listing import agents, desk, fulfilment, goods, orders, records, supply
from core.domain.listing import cases as case_lists
from core.domain.listing.paging import Page, Reading
from core.domain.overviews import LineOverview
from core.domain.planned_orders import PlannedOrder
from core.domain.runs import Run
from core.domain.tasks import Task


class OrderLists(Protocol):
    """Sales orders and what belongs to them."""

    def sales_orders(
        self, wanted: orders.OrderFilter, asked: Reading[orders.OrderSort], /
    ) -> Page[orders.ListedOrder]: ...
    def order_lines(self, wanted: orders.OrderLineFilter, asked: Reading[orders.LineSort], /) -> Page[LineOverview]: ...
    def promises(
        self, wanted: orders.PromiseFilter, asked: Reading[orders.PromiseSort], /
    ) -> Page[orders.ListedPromise]: ...
    def holds(self, wanted: orders.HoldFilter, asked: Reading[orders.HoldSort], /) -> Page[Hold]: ...
    def customers(
        self, wanted: orders.CustomerFilter, asked: Reading[orders.CustomerSort], /
    ) -> Page[orders.ListedCustomer]: ...


class GoodsLists(Protocol):
    """Items, places and stock."""

    def items(self, wanted: goods.ItemFilter, asked: Reading[goods.ItemSort], /) -> Page[goods.ListedItem]: ...
    def locations(
        self, wanted: goods.LocationFilter, asked: Reading[goods.LocationSort], /
    ) -> Page[goods.ListedLocation]: ...
    def balances(
        self, wanted: goods.BalanceFilter, asked: Reading[goods.BalanceSort], /
    ) -> Page[goods.ListedBalance]: ...
    def moves(self, wanted: goods.MoveFilter, asked: Reading[goods.MoveSort], /) -> Page[goods.ListedMove]: ...
    def reservations(
        self, wanted: goods.ReservationFilter, asked: Reading[goods.ReservationSort], /
    ) -> Page[goods.ListedReservation]: ...


class SupplyLists(Protocol):
    """Orders on supply."""

    def purchases(
        self, wanted: supply.PurchaseFilter, asked: Reading[supply.SupplySort], /
    ) -> Page[supply.ListedPurchase]: ...
    def purchase_lines(
        self, wanted: supply.PurchaseLineFilter, asked: Reading[supply.PurchaseLineSort], /
    ) -> Page[supply.ListedPurchaseLine]: ...
    def works(self, wanted: supply.WorkFilter, asked: Reading[supply.SupplySort], /) -> Page[supply.ListedWork]: ...
    def transfers(
        self, wanted: supply.TransferFilter, asked: Reading[supply.SupplySort], /
    ) -> Page[supply.ListedTransfer]: ...
    def planned(self, wanted: supply.PlannedFilter, asked: Reading[supply.SupplySort], /) -> Page[PlannedOrder]: ...


class FulfilmentLists(Protocol):
    """What leaves for customers and comes back."""

    def shipments(
        self, wanted: fulfilment.ShipmentFilter, asked: Reading[fulfilment.ShipmentSort], /
    ) -> Page[fulfilment.ListedShipment]: ...
    def returns(
        self, wanted: fulfilment.ReturnFilter, asked: Reading[fulfilment.ReturnSort], /
    ) -> Page[fulfilment.ListedReturn]: ...


class DeskLists(Protocol):
    """What waits for people."""

    def tasks(self, wanted: desk.TaskFilter, asked: Reading[desk.TaskSort], /) -> Page[Task]: ...


class CaseLists(Protocol):
    """Cases and what was put forward for them."""

    def cases(
        self, wanted: case_lists.CaseFilter, asked: Reading[case_lists.CaseSort], /
    ) -> Page[case_lists.ListedCase]: ...
    def options(
        self, wanted: case_lists.OptionFilter, asked: Reading[case_lists.OptionSort], /
    ) -> Page[case_lists.ListedOption]: ...
    def proposals(
        self, wanted: case_lists.ProposalFilter, asked: Reading[case_lists.ProposalSort], /
    ) -> Page[case_lists.ListedProposal]: ...
    def approvals(
        self, wanted: case_lists.ApprovalFilter, asked: Reading[case_lists.ApprovalSort], /
    ) -> Page[Approval]: ...


class AgentLists(Protocol):
    """What agents read and do."""

    def runs(self, wanted: agents.RunFilter, asked: Reading[agents.RunSort], /) -> Page[Run]: ...
    def drafts(self, wanted: agents.DraftFilter, asked: Reading[agents.DraftSort], /) -> Page[DraftOrder]: ...
    def mails(self, wanted: agents.MailFilter, asked: Reading[agents.MailSort], /) -> Page[agents.ListedMail]: ...
    def conversations(
        self, wanted: agents.ConversationFilter, asked: Reading[agents.ConversationSort], /
    ) -> Page[agents.ListedConversation]: ...


class RecordLists(Protocol):
    """Records. Audit records are `links`: links of the chains of their scopes."""

    def scans(self, wanted: records.ScanFilter, asked: Reading[records.RecordSort], /) -> Page[records.ListedScan]: ...
    def links(self, wanted: records.AuditFilter, asked: Reading[records.AuditSort], /) -> Page[records.ListedLink]: ...
    def jobs(self, wanted: records.JobFilter, asked: Reading[records.RecordSort], /) -> Page[Job]: ...
    def users(self, wanted: records.UserFilter, asked: Reading[records.UserSort], /) -> Page[records.ListedUser]: ...
    def policies(
        self, wanted: records.PolicyFilter, asked: Reading[records.RecordSort], /
    ) -> Page[records.ListedPolicy]: ...
    def imports(
        self, wanted: records.ImportFilter, asked: Reading[records.RecordSort], /
    ) -> Page[records.ListedImport]: ...


class ListingStore(
    OrderLists, GoodsLists, SupplyLists, FulfilmentLists, DeskLists, CaseLists, AgentLists, RecordLists, Protocol
):
    """Every list. InvalidValueError for a limit that is none, and for a key no page of the list ended with."""
