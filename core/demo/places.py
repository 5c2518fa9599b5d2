"""Where Sabine Valve and Pump works: two plants with stores, production and shipping, and a 3PL in Ghent."""

from decimal import Decimal

from core.domain.ids import LocationCode
from core.domain.items import Lane, Location

HOUSTON, RENO, GHENT = "Houston plant", "Reno plant", "Ghent 3PL"
STORE = {HOUSTON: LocationCode("HOU-STORE"), RENO: LocationCode("RNO-STORE")}
PRODUCTION = {HOUSTON: LocationCode("HOU-PROD"), RENO: LocationCode("RNO-PROD")}
SHIPPING = {HOUSTON: LocationCode("HOU-SHIP"), RENO: LocationCode("RNO-SHIP"), GHENT: LocationCode("GHENT")}
TRANSIT_DAYS = {RENO: 4, GHENT: 12}

_LANES = (
    ("HOU-SHIP", "RNO-SHIP", TRANSIT_DAYS[RENO], "320", "1.10"),
    ("RNO-SHIP", "HOU-SHIP", TRANSIT_DAYS[RENO], "320", "1.10"),
    ("HOU-STORE", "RNO-STORE", TRANSIT_DAYS[RENO], "280", "0.60"),
    ("RNO-STORE", "HOU-STORE", TRANSIT_DAYS[RENO], "280", "0.60"),
    ("HOU-PROD", "RNO-PROD", TRANSIT_DAYS[RENO], "280", "0.80"),
    ("RNO-PROD", "HOU-PROD", TRANSIT_DAYS[RENO], "280", "0.80"),
    ("HOU-SHIP", "GHENT", TRANSIT_DAYS[GHENT], "950", "4.20"),
    ("RNO-SHIP", "GHENT", TRANSIT_DAYS[GHENT] + 3, "1150", "4.90"),
    ("GHENT", "HOU-SHIP", TRANSIT_DAYS[GHENT], "950", "4.20"),
)


def locations() -> tuple[Location, ...]:
    """Every location, sorted by code."""
    rows = [Location(code=code, site=site, name=f"{site}, stores") for site, code in STORE.items()]
    rows += [Location(code=code, site=site, name=f"{site}, production") for site, code in PRODUCTION.items()]
    rows += [
        Location(
            code=code, site=site, name=f"{site}, shipping" if site != GHENT else "Ghent 3PL warehouse", may_ship=True
        )
        for site, code in SHIPPING.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.code))


def lanes() -> tuple[Lane, ...]:
    """Every lane, sorted by origin and destination."""
    rows = [
        Lane(
            origin=LocationCode(origin),
            destination=LocationCode(destination),
            days=days,
            fixed_cost=Decimal(fixed),
            unit_cost=Decimal(unit),
        )
        for origin, destination, days, fixed, unit in _LANES
    ]
    return tuple(sorted(rows, key=lambda row: (row.origin, row.destination)))
