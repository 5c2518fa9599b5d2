"""Days on which people and partners say that something happened: not in the future, and not long ago."""

from datetime import date, timedelta

from core.domain.errors import InvalidValueError
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day

LONGEST_AGO = timedelta(days=366)
"""Goods that moved before that are settled with a count, which says what is there now."""


def check_happened(uow: UnitOfWork, on: date, *, field: str) -> None:
    """InvalidValueError for a day that is still to come, or too long ago to be meant."""
    today, books = business_day(uow), uow.company.settings().as_of
    first, last = min(today, books) - LONGEST_AGO, max(today, books)
    if not first <= on <= last:
        raise InvalidValueError(f"{field} {on} is no day this happened on; accepted are {first} to {last}", field=field)
