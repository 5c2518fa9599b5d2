"""Every list of a unit of work."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.db.stores.listing import desk, fulfilment, master, orders, stock, supply
from core.db.transaction import Transaction
from core.domain.checking_values import checked
from core.domain.holds import Hold
from core.domain.listing import desk as desk_lists
from core.domain.listing import fulfilment as fulfilment_lists
from core.domain.listing import goods as goods_lists
from core.domain.listing import orders as order_lists
from core.domain.listing import supply as supply_lists
from core.domain.listing.paging import Page, Reading
from core.domain.overviews import LineOverview
from core.domain.planned_orders import PlannedOrder
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
