"""Facts for people: the key figures of a period, as the ledgers have them."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.domain.checking_values import checked
from core.domain.fact_table import FACTS
from core.domain.facts import FactScope, Kpi, kpis_of
from core.ports.storage import UnitOfWork

USUAL_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsAsked:
    """The period, by default the 90 days up to the business date, and what people say a case takes of their time.

    `as_of` is the day on which it is asked, by default the business date of the books.
    """

    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    minutes_per_case: int = 0
    hourly_cost: Decimal = Decimal(0)
    best: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsReport:
    """The figures, and what they were asked of; money is in `currency` unless a figure names another."""

    scope: FactScope
    currency: str
    kpis: tuple[Kpi, ...]


def facts(uow: UnitOfWork, asked: FactsAsked) -> FactsReport:
    """Every key figure of the period, in a fixed order."""
    checked(asked)
    settings = uow.company.settings()
    as_of = asked.as_of or settings.as_of
    last = asked.last or as_of
    scope = FactScope(
        first=asked.first or last - timedelta(days=USUAL_DAYS - 1),
        last=last,
        as_of=as_of,
        minutes_per_case=asked.minutes_per_case,
        hourly_cost=asked.hourly_cost,
        best=asked.best,
    )
    return FactsReport(scope=scope, currency=settings.currency, kpis=kpis_of(FACTS, uow.facts.measure(scope)))
