"""Reserve prices: the bound of a negotiation about a case, kept from the last plan over all cases."""

from core.domain.ids import CaseId
from core.domain.reserve_price import ReservePrice
from core.ports.storage import UnitOfWork


def reserve_price(uow: UnitOfWork, case: CaseId) -> ReservePrice | None:
    """What a unit more is worth to the case; None where no plan was kept (`expediter plan --keep`) or nothing lacks.

    It is a bound on the day it was made: as the books move, plan again. NotFoundError for an unknown case.
    """
    uow.cases.get(case)
    return uow.cases.evidence(case).reserve
