"""Public holidays of a country or a part of one, from the `holidays` library: the one place that knows it."""

from datetime import date
from functools import lru_cache

import holidays

from core.domain.errors import InvalidValueError


@lru_cache(maxsize=1024)
def public_holidays(region: str, year: int) -> frozenset[date]:
    """The days off of a year in an ISO 3166 country such as 'DE', or a part of one such as 'US-TX'; none for ''."""
    if not region:
        return frozenset()
    country, _, part = region.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=year)
    except NotImplementedError as error:
        raise InvalidValueError(
            f"holidays of {region!r} are not known; accepted is an ISO 3166 country such as 'DE', or a part, 'US-TX'",
            field="holidays",
        ) from error
    return frozenset(found)
