"""Track records: how late suppliers, making and moving are, from what has come and what master data says."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.domain.ids import LocationCode
from core.planning.robustness.drawing import Chances
from core.planning.robustness.fitting import deliveries_of, fitted
from core.planning.robustness.lateness import AS_PLANNED, SupplierLateness
from core.planning.robustness.pooled import POOL
from core.planning.snapshot import date_of
from core.ports.storage import UnitOfWork

# By then an old delivery counts for less than a hundredth of a new one.
YEARS_BACK = 2


def supplier_chances(uow: UnitOfWork, *, as_of: int) -> Chances:
    """What scenarios are drawn from on a business date (a day number)."""
    records = uow.receiving.place_records(since=_since(as_of))
    return Chances(
        lateness=supplier_lateness(uow, as_of=as_of),
        making=_of_places({record.location: record.made for record in records}, as_of=as_of),
        moving=_of_places({record.location: record.moved for record in records}, as_of=as_of),
    )


def _of_places(came: Mapping[LocationCode, Sequence[tuple[date, date]]], *, as_of: int) -> SupplierLateness | None:
    """How late orders of each location are: each shrunk to those of all, these to orders that come as planned; None
    where nothing has come."""
    rows = [((place,), due, on) for place, days in came.items() for due, on in days]
    if not rows:
        return None
    model = fitted(deliveries_of(rows), as_of=as_of, prior=AS_PLANNED)
    return SupplierLateness(pool=model.of(()), suppliers={place: model.of((place,)) for place in came})


def supplier_lateness(uow: UnitOfWork, *, as_of: int) -> SupplierLateness:
    """How late suppliers are: each shrunk to those of its country, these to all, all to the pool. Where
    master data says a share on time, a supplier is shrunk to that share instead."""
    records = uow.receiving.track_records(since=_since(as_of))
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


def _since(as_of: int) -> date:
    return date_of(as_of) - timedelta(days=365 * YEARS_BACK)
