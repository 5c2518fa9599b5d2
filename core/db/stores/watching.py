"""Everything detection looks at beside the columns, read in the transaction of the snapshot."""

from dataclasses import dataclass
from datetime import date

from core.db.stores.routings import SqlRoutingStore
from core.db.transaction import Transaction
from core.db.watching import lots, money, orders, outside, purchases, shipping, works
from core.db.watching.reading import Moment
from core.domain.margins import COST_POLICY
from core.domain.watching.facts import Facts


@dataclass(frozen=True, slots=True)
class SqlWatchStore:
    """The facts of this transaction."""

    transaction: Transaction

    def facts(self, *, as_of: date) -> Facts:
        """All of them; what was written in this transaction is seen."""
        session = self.transaction.session
        session.flush()
        moment = Moment(session=session, as_of=as_of, now=self.transaction.now)
        return Facts(
            purchases=purchases.purchases(moment),
            works=works.works(moment, SqlRoutingStore(self.transaction).calendar),
            loads=works.loads(moment),
            lots=lots.lots(moment),
            discrepancies=lots.discrepancies(moment),
            reservations=lots.reservations(moment),
            picks=shipping.picks(moment),
            releases=shipping.releases(moment),
            shipments=shipping.shipments(moment),
            entries=orders.entries(moment),
            quotas=orders.quotas(moment),
            changes=orders.changes(moment),
            holds=money.holds(moment),
            money=money.money(moment, COST_POLICY),
            duplicates=orders.duplicates(moment),
            sets=orders.sets(moment),
            returns=shipping.returns(moment),
            feeds=outside.feeds(moment),
            signals=outside.signals(moment),
            tariffs=purchases.tariffs(moment),
            demands=orders.demands(moment),
            wishes=orders.wishes(moment),
            rushes=orders.rushes(moment),
        )
