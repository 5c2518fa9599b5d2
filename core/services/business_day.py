"""The company's day at the time of a transaction, on its own clock."""

from datetime import date

from core.domain.working_time import zone_of
from core.ports.storage import UnitOfWork


def business_day(uow: UnitOfWork) -> date:
    """The day it is where the company is."""
    return uow.now.astimezone(zone_of(uow.company.settings().time_zone)).date()
