"""The stores of a unit of work, one for each noun, all on its one transaction."""

from core.db.door_stores import DoorStores
from core.db.jobs.store import SqlJobStore
from core.db.stores.allocation import SqlAllocationStore
from core.db.stores.approvals import SqlApprovalStore
from core.db.stores.audit import SqlAuditStore
from core.db.stores.buffers import SqlBufferStore
from core.db.stores.capabilities import SqlCapabilityStore
from core.db.stores.capacity import SqlCapacityStore
from core.db.stores.cases import SqlCaseStore
from core.db.stores.catalogue import SqlCatalogueStore
from core.db.stores.checks import SqlBookCheckStore
from core.db.stores.commands import SqlCommandStore
from core.db.stores.company import SqlCompanyStore
from core.db.stores.configuring import SqlConfigurationStore
from core.db.stores.conversations import SqlConversationStore
from core.db.stores.costs import SqlCostStore
from core.db.stores.counts import SqlCountStore
from core.db.stores.delegations import SqlDelegationStore, SqlSuggestionStore
from core.db.stores.drafts import SqlDraftStore
from core.db.stores.facts import SqlFactStore
from core.db.stores.feeds import SqlFeedStore
from core.db.stores.fulfilment import SqlShipmentStore
from core.db.stores.halting import SqlHaltStore
from core.db.stores.holds import SqlHoldStore
from core.db.stores.inquiries import SqlInquiryStore
from core.db.stores.inquiry_replies import SqlReplyStore
from core.db.stores.listing.store import SqlListingStore
from core.db.stores.lots import SqlLotStore
from core.db.stores.mails import SqlMailStore
from core.db.stores.making import SqlMakingStore
from core.db.stores.master_data import SqlMasterDataStore
from core.db.stores.negotiating import SqlNegotiationStore
from core.db.stores.nodes import SqlNodeStore
from core.db.stores.orders import SqlOrderStore
from core.db.stores.overviews import SqlOverviewStore
from core.db.stores.planned_orders import SqlPlannedOrderStore
from core.db.stores.policies import SqlPolicyStore, SqlRulingStore
from core.db.stores.price_changes import SqlPriceChangeStore
from core.db.stores.prices import SqlPriceStore
from core.db.stores.private_words import SqlPrivateWordStore
from core.db.stores.promises import SqlPromiseStore
from core.db.stores.proposals import SqlProposalStore
from core.db.stores.purchasing import SqlPurchasingStore
from core.db.stores.quotas import SqlQuotaStore
from core.db.stores.receiving import SqlReceivingStore
from core.db.stores.records import SqlEffectStore, SqlOutboxStore
from core.db.stores.recurring import SqlRecurringStore
from core.db.stores.returns import SqlReturnStore
from core.db.stores.routings import SqlRoutingStore
from core.db.stores.runs import SqlModelCallStore, SqlRunStore, SqlSpanStore
from core.db.stores.signals import SqlSignalStore
from core.db.stores.stock import SqlStockStore
from core.db.stores.supply import SqlSupplyStore
from core.db.stores.tasks import SqlTaskStore
from core.db.stores.transferring import SqlTransferringStore
from core.db.stores.users import SqlUserStore
from core.db.stores.watching import SqlWatchStore
from core.db.transaction import Transaction


class UnitStores(DoorStores):
    """What a unit of work has for each noun; it says which transaction they write in once it is open."""

    @property
    def _noted(self) -> Transaction:
        raise NotImplementedError

    @property
    def company(self) -> SqlCompanyStore:
        """Master data and settings."""
        return SqlCompanyStore(self._open)

    @property
    def stock(self) -> SqlStockStore:
        """Balances and reservations."""
        return SqlStockStore(self._open)

    @property
    def orders(self) -> SqlOrderStore:
        """Sales orders and promises."""
        return SqlOrderStore(self._open)

    @property
    def nodes(self) -> SqlNodeStore:
        """Locations as places to ship from."""
        return SqlNodeStore(self._open)

    @property
    def shipments(self) -> SqlShipmentStore:
        """Shipments, picking and tracking."""
        return SqlShipmentStore(self._open)

    @property
    def returns(self) -> SqlReturnStore:
        """Returns and refunds."""
        return SqlReturnStore(self._open)

    @property
    def supply(self) -> SqlSupplyStore:
        """Purchase and transfer orders."""
        return SqlSupplyStore(self._open)

    @property
    def capacity(self) -> SqlCapacityStore:
        """Minutes of work centres, booked."""
        return SqlCapacityStore(self._open)

    @property
    def making(self) -> SqlMakingStore:
        """Work orders as they are worked on."""
        return SqlMakingStore(self._open)

    @property
    def planned_orders(self) -> SqlPlannedOrderStore:
        """Planned orders."""
        return SqlPlannedOrderStore(self._open)

    @property
    def price_changes(self) -> SqlPriceChangeStore:
        """Prices that differ from what was ordered at."""
        return SqlPriceChangeStore(self._open)

    @property
    def purchasing(self) -> SqlPurchasingStore:
        """Purchase orders as they are worked on."""
        return SqlPurchasingStore(self._open)

    @property
    def receiving(self) -> SqlReceivingStore:
        """Notices of suppliers and receipts."""
        return SqlReceivingStore(self._open)

    @property
    def routings(self) -> SqlRoutingStore:
        """How items are made, and when work is done."""
        return SqlRoutingStore(self._open)

    @property
    def transferring(self) -> SqlTransferringStore:
        """Transfer orders on their way."""
        return SqlTransferringStore(self._open)

    @property
    def promises(self) -> SqlPromiseStore:
        """Promises with their reasons, and quotes."""
        return SqlPromiseStore(self._open)

    @property
    def cases(self) -> SqlCaseStore:
        """Cases, evidence, options, scans."""
        return SqlCaseStore(self._open)

    @property
    def proposals(self) -> SqlProposalStore:
        """Proposals."""
        return SqlProposalStore(self._open)

    @property
    def approvals(self) -> SqlApprovalStore:
        """Approvals and decisions."""
        return SqlApprovalStore(self._open)

    @property
    def effects(self) -> SqlEffectStore:
        """The effect ledger."""
        return SqlEffectStore(self._open)

    @property
    def outbox(self) -> SqlOutboxStore:
        """Messages to partners."""
        return SqlOutboxStore(self._open)

    @property
    def users(self) -> SqlUserStore:
        """Users."""
        return SqlUserStore(self._open)

    @property
    def master_data(self) -> SqlMasterDataStore:
        """Requests for changes of master data."""
        return SqlMasterDataStore(self._open)

    @property
    def audit(self) -> SqlAuditStore:
        """The audit chain."""
        return SqlAuditStore(self._open)

    @property
    def checks(self) -> SqlBookCheckStore:
        """The invariants."""
        return SqlBookCheckStore(self._noted)

    @property
    def commands(self) -> SqlCommandStore:
        """Commands carried out once."""
        return SqlCommandStore(self._open)

    @property
    def jobs(self) -> SqlJobStore:
        """Work to be done soon."""
        return SqlJobStore(self._open)

    @property
    def mails(self) -> SqlMailStore:
        """Mails as they came."""
        return SqlMailStore(self._open)

    @property
    def inquiries(self) -> SqlInquiryStore:
        """Letters to suppliers."""
        return SqlInquiryStore(self._open)

    @property
    def negotiations(self) -> SqlNegotiationStore:
        """Negotiations with suppliers."""
        return SqlNegotiationStore(self._open)

    @property
    def replies(self) -> SqlReplyStore:
        """What came back to letters to suppliers."""
        return SqlReplyStore(self._open)

    @property
    def lots(self) -> SqlLotStore:
        """Lots and serial numbers."""
        return SqlLotStore(self._open)

    @property
    def counts(self) -> SqlCountStore:
        """Count sheets."""
        return SqlCountStore(self._open)

    @property
    def feeds(self) -> SqlFeedStore:
        """Packs loaded, and what they are reconciled with."""
        return SqlFeedStore(self._open)

    @property
    def prices(self) -> SqlPriceStore:
        """Price lists, discounts, and where prices come from."""
        return SqlPriceStore(self._open)

    @property
    def costs(self) -> SqlCostStore:
        """Landed costs and what they are worked out from."""
        return SqlCostStore(self._open)

    @property
    def halts(self) -> SqlHaltStore:
        """Halts."""
        return SqlHaltStore(self._open)

    @property
    def buffers(self) -> SqlBufferStore:
        """The days plans add to a supplier's word."""
        return SqlBufferStore(self._open)

    @property
    def policies(self) -> SqlPolicyStore:
        """Versions of the policy."""
        return SqlPolicyStore(self._open)

    @property
    def rulings(self) -> SqlRulingStore:
        """What rules decided."""
        return SqlRulingStore(self._open)

    @property
    def delegations(self) -> SqlDelegationStore:
        """Who decides in whose stead."""
        return SqlDelegationStore(self._open)

    @property
    def suggestions(self) -> SqlSuggestionStore:
        """Changes of the policy that decisions suggest."""
        return SqlSuggestionStore(self._open)

    @property
    def holds(self) -> SqlHoldStore:
        """Holds and credit."""
        return SqlHoldStore(self._open)

    @property
    def tasks(self) -> SqlTaskStore:
        """Tasks of people."""
        return SqlTaskStore(self._open)

    @property
    def quotas(self) -> SqlQuotaStore:
        """Sales quotas."""
        return SqlQuotaStore(self._open)

    @property
    def allocation(self) -> SqlAllocationStore:
        """Backorder runs."""
        return SqlAllocationStore(self._open)

    @property
    def signals(self) -> SqlSignalStore:
        """What is said from outside."""
        return SqlSignalStore(self._open)

    @property
    def watch(self) -> SqlWatchStore:
        """What detection reads beside the columns."""
        return SqlWatchStore(self._noted)

    @property
    def catalogue(self) -> SqlCatalogueStore:
        """Items by the names people use."""
        return SqlCatalogueStore(self._open)

    @property
    def recurring(self) -> SqlRecurringStore:
        """Recurring orders."""
        return SqlRecurringStore(self._open)

    @property
    def facts(self) -> SqlFactStore:
        """Key figures."""
        return SqlFactStore(self._noted)

    @property
    def overviews(self) -> SqlOverviewStore:
        """What is looked up."""
        return SqlOverviewStore(self._open)

    @property
    def lists(self) -> SqlListingStore:
        """What is listed page by page."""
        return SqlListingStore(self._noted)

    @property
    def runs(self) -> SqlRunStore:
        """Runs of the agents."""
        return SqlRunStore(self._open)

    @property
    def model_calls(self) -> SqlModelCallStore:
        """What was asked of models."""
        return SqlModelCallStore(self._open)

    @property
    def private_words(self) -> SqlPrivateWordStore:
        """Words that name somebody."""
        return SqlPrivateWordStore(self._open)

    @property
    def capabilities(self) -> SqlCapabilityStore:
        """What models' servers honour."""
        return SqlCapabilityStore(self._open)

    @property
    def spans(self) -> SqlSpanStore:
        """The steps of runs."""
        return SqlSpanStore(self._open)

    @property
    def conversations(self) -> SqlConversationStore:
        """Conversations with the chat."""
        return SqlConversationStore(self._open)

    @property
    def configurations(self) -> SqlConfigurationStore:
        """Configurable products and their variants."""
        return SqlConfigurationStore(self._open)

    @property
    def drafts(self) -> SqlDraftStore:
        """Letters and drafts of orders."""
        return SqlDraftStore(self._open)
