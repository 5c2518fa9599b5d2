"""Track records: how late each supplier is, from the receipts of its purchase orders and what master data says."""

from datetime import timedelta

from core.planning.robustness.drawing import Chances
from core.planning.robustness.fitting import deliveries_of, fitted
from core.planning.robustness.lateness import SupplierLateness
from core.planning.robustness.pooled import POOL
from core.planning.snapshot import date_of
from core.ports.storage import UnitOfWork

# By then an old delivery counts for less than a hundredth of a new one.
YEARS_BACK = 2


def supplier_chances(uow: UnitOfWork, *, as_of: int) -> Chances:
    """What scenarios are drawn from on a business date (a day number)."""
    return Chances(lateness=supplier_lateness(uow, as_of=as_of))


def supplier_lateness(uow: UnitOfWork, *, as_of: int) -> SupplierLateness:
    """How late suppliers are: each shrunk to those of its country, these to all, all to the pool. Where
    master data says a share on time, a supplier is shrunk to that share instead."""
    records = uow.receiving.track_records(since=date_of(as_of) - timedelta(days=365 * YEARS_BACK))
    came = [((record.country, record.supplier), due, on) for record in records for due, on in record.deliveries]
    model = fitted(
        deliveries_of(came),
        as_of=as_of,
        prior=POOL,
        on_time={(r.country, r.supplier): float(r.reliability) / 100 for r in records if r.reliability < 100},
    )
    return SupplierLateness(
        pool=model.of(()),
        suppliers={record.supplier: model.of((record.country, record.supplier)) for record in records},
    )
