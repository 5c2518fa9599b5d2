"""Where what a case lacks is to be delivered: a place of ours, in the words a supplier is told."""

from core.domain.cases import Case
from core.domain.ids import LocationCode
from core.ports.storage import UnitOfWork


def ship_to(uow: UnitOfWork, case: Case) -> str:
    """Name and country of the place that lacks, or of where the company ships from."""
    code = LocationCode(case.detected.location) or uow.company.settings().default_ship_from
    place = uow.costs.location(code)
    return ", ".join(part for part in (place.name, place.country) if part)
