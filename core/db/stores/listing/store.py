"""Every list of a unit of work."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.db.jobs.store import write_deferred
from core.db.stores.listing import agents, cases, desk, fulfilment, master, orders, records, stock, supply
from core.db.transaction import Transaction
from core.domain.approval import Approval
from core.domain.checking_values import checked
from core.domain.holds import Hold
from core.domain.intake.drafts import DraftOrder
from core.domain.jobs import Job
from core.domain.listing import agents as agents_lists
from core.domain.listing import cases as cases_lists
from core.domain.listing import desk as desk_lists
from core.domain.listing import fulfilment as fulfilment_lists
from core.domain.listing import goods as goods_lists
from core.domain.listing import orders as order_lists
from core.domain.listing import records as records_lists
from core.domain.listing import supply as supply_lists
from core.domain.listing.paging import Page, Reading
from core.domain.overviews import LineOverview
from core.domain.planned_orders import PlannedOrder
from core.domain.runs import Run
from core.domain.tasks import Task


@dataclass(frozen=True, slots=True)
class SqlListingStore:
    """What can be listed in this transaction."""

    transaction: Transaction

    @property
    def _session(self) -> Session:
        return self.transaction.session

    def sales_orders(
        self, wanted: order_lists.OrderFilter, asked: Reading[order_lists.OrderSort], /
    ) -> Page[order_lists.ListedOrder]:
        """Sales orders and quotes."""
        return orders.sales_orders(self._session, checked(wanted), asked)

    def order_lines(
        self, wanted: order_lists.OrderLineFilter, asked: Reading[order_lists.LineSort], /
    ) -> Page[LineOverview]:
        """Lines of orders."""
        return orders.lines(self._session, checked(wanted), asked)

    def promises(
        self, wanted: order_lists.PromiseFilter, asked: Reading[order_lists.PromiseSort], /
    ) -> Page[order_lists.ListedPromise]:
        """The history of promises."""
        return orders.promises(self._session, checked(wanted), asked)

    def holds(self, wanted: order_lists.HoldFilter, asked: Reading[order_lists.HoldSort], /) -> Page[Hold]:
        """Holds of orders and lines."""
        return orders.holds(self._session, checked(wanted), asked)

    def customers(
        self, wanted: order_lists.CustomerFilter, asked: Reading[order_lists.CustomerSort], /
    ) -> Page[order_lists.ListedCustomer]:
        """Customers."""
        return master.customers(self._session, checked(wanted), asked)

    def items(
        self, wanted: goods_lists.ItemFilter, asked: Reading[goods_lists.ItemSort], /
    ) -> Page[goods_lists.ListedItem]:
        """Items."""
        return master.items(self._session, checked(wanted), asked)

    def locations(
        self, wanted: goods_lists.LocationFilter, asked: Reading[goods_lists.LocationSort], /
    ) -> Page[goods_lists.ListedLocation]:
        """Locations."""
        return master.locations(self._session, checked(wanted), asked)

    def balances(
        self, wanted: goods_lists.BalanceFilter, asked: Reading[goods_lists.BalanceSort], /
    ) -> Page[goods_lists.ListedBalance]:
        """What lies where."""
        return stock.balances(self._session, checked(wanted), asked)

    def moves(
        self, wanted: goods_lists.MoveFilter, asked: Reading[goods_lists.MoveSort], /
    ) -> Page[goods_lists.ListedMove]:
        """The ledger of stock."""
        return stock.moves(self._session, checked(wanted), asked)

    def reservations(
        self, wanted: goods_lists.ReservationFilter, asked: Reading[goods_lists.ReservationSort], /
    ) -> Page[goods_lists.ListedReservation]:
        """Claims on stock."""
        return stock.reservations(self._session, checked(wanted), asked)

    def purchases(
        self, wanted: supply_lists.PurchaseFilter, asked: Reading[supply_lists.SupplySort], /
    ) -> Page[supply_lists.ListedPurchase]:
        """Purchase orders."""
        return supply.purchases(self._session, checked(wanted), asked)

    def purchase_lines(
        self, wanted: supply_lists.PurchaseLineFilter, asked: Reading[supply_lists.PurchaseLineSort], /
    ) -> Page[supply_lists.ListedPurchaseLine]:
        """Lines of purchase orders."""
        return supply.purchase_lines(self._session, checked(wanted), asked)

    def works(
        self, wanted: supply_lists.WorkFilter, asked: Reading[supply_lists.SupplySort], /
    ) -> Page[supply_lists.ListedWork]:
        """Work orders."""
        return supply.works(self._session, checked(wanted), asked)

    def transfers(
        self, wanted: supply_lists.TransferFilter, asked: Reading[supply_lists.SupplySort], /
    ) -> Page[supply_lists.ListedTransfer]:
        """Transfer orders."""
        return supply.transfers(self._session, checked(wanted), asked)

    def planned(
        self, wanted: supply_lists.PlannedFilter, asked: Reading[supply_lists.SupplySort], /
    ) -> Page[PlannedOrder]:
        """Planned orders."""
        return supply.planned(self._session, checked(wanted), asked)

    def shipments(
        self, wanted: fulfilment_lists.ShipmentFilter, asked: Reading[fulfilment_lists.ShipmentSort], /
    ) -> Page[fulfilment_lists.ListedShipment]:
        """Shipments."""
        return fulfilment.shipments(self._session, checked(wanted), asked)

    def returns(
        self, wanted: fulfilment_lists.ReturnFilter, asked: Reading[fulfilment_lists.ReturnSort], /
    ) -> Page[fulfilment_lists.ListedReturn]:
        """Returns."""
        return fulfilment.returns(self._session, checked(wanted), asked)

    def tasks(self, wanted: desk_lists.TaskFilter, asked: Reading[desk_lists.TaskSort], /) -> Page[Task]:
        """Tasks of people."""
        return desk.tasks(self._session, checked(wanted), asked)

    def cases(
        self, wanted: cases_lists.CaseFilter, asked: Reading[cases_lists.CaseSort], /
    ) -> Page[cases_lists.ListedCase]:
        """Cases, those that ended too."""
        return cases.cases(self._session, checked(wanted), asked)

    def options(
        self, wanted: cases_lists.OptionFilter, asked: Reading[cases_lists.OptionSort], /
    ) -> Page[cases_lists.ListedOption]:
        """Options of all planning rounds."""
        return cases.options(self._session, checked(wanted), asked)

    def proposals(
        self, wanted: cases_lists.ProposalFilter, asked: Reading[cases_lists.ProposalSort], /
    ) -> Page[cases_lists.ListedProposal]:
        """What was put forward."""
        return cases.proposals(self._session, checked(wanted), asked)

    def approvals(
        self, wanted: cases_lists.ApprovalFilter, asked: Reading[cases_lists.ApprovalSort], /
    ) -> Page[Approval]:
        """Approvals of plans."""
        return cases.approvals(self._session, checked(wanted), asked)

    def runs(self, wanted: agents_lists.RunFilter, asked: Reading[agents_lists.RunSort], /) -> Page[Run]:
        """Runs of the agents."""
        return agents.runs(self._session, checked(wanted), asked)

    def drafts(self, wanted: agents_lists.DraftFilter, asked: Reading[agents_lists.DraftSort], /) -> Page[DraftOrder]:
        """Drafts of orders."""
        return agents.drafts(self._session, checked(wanted), asked)

    def mails(
        self, wanted: agents_lists.MailFilter, asked: Reading[agents_lists.MailSort], /
    ) -> Page[agents_lists.ListedMail]:
        """Mails as they came."""
        return agents.mails(self._session, checked(wanted), asked)

    def conversations(
        self, wanted: agents_lists.ConversationFilter, asked: Reading[agents_lists.ConversationSort], /
    ) -> Page[agents_lists.ListedConversation]:
        """Somebody's conversations."""
        return agents.conversations(self._session, checked(wanted), asked)

    def scans(
        self, wanted: records_lists.ScanFilter, asked: Reading[records_lists.RecordSort], /
    ) -> Page[records_lists.ListedScan]:
        """Scans of the books."""
        return records.scans(self._session, checked(wanted), asked)

    def links(
        self, wanted: records_lists.AuditFilter, asked: Reading[records_lists.AuditSort], /
    ) -> Page[records_lists.ListedLink]:
        """The audit log."""
        return records.links(self._session, checked(wanted), asked)

    def jobs(self, wanted: records_lists.JobFilter, asked: Reading[records_lists.RecordSort], /) -> Page[Job]:
        """Work that was asked for."""
        write_deferred(self._session)
        return records.jobs(self._session, checked(wanted), asked)

    def users(
        self, wanted: records_lists.UserFilter, asked: Reading[records_lists.UserSort], /
    ) -> Page[records_lists.ListedUser]:
        """People and programs that may act."""
        return records.users(self._session, checked(wanted), asked)

    def policies(
        self, wanted: records_lists.PolicyFilter, asked: Reading[records_lists.RecordSort], /
    ) -> Page[records_lists.ListedPolicy]:
        """Versions of the policy."""
        return records.policies(self._session, checked(wanted), asked)

    def imports(
        self, wanted: records_lists.ImportFilter, asked: Reading[records_lists.RecordSort], /
    ) -> Page[records_lists.ListedImport]:
        """Packs that were loaded."""
        return records.imports(self._session, checked(wanted), asked)
