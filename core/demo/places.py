"""Where Sabine Valve and Pump works: two plants with stores, production and shipping, and a 3PL in Ghent."""

from decimal import Decimal

from core.demo.sizes import Size
from core.domain.ids import LocationCode
from core.domain.items import Lane, Location

HOUSTON, RENO, TULSA, GHENT = "Houston plant", "Reno plant", "Tulsa plant", "Ghent 3PL"
STORE = {HOUSTON: LocationCode("HOU-STORE"), RENO: LocationCode("RNO-STORE"), TULSA: LocationCode("TUL-STORE")}
PRODUCTION = {HOUSTON: LocationCode("HOU-PROD"), RENO: LocationCode("RNO-PROD"), TULSA: LocationCode("TUL-PROD")}
SHIPPING = {
    HOUSTON: LocationCode("HOU-SHIP"),
    RENO: LocationCode("RNO-SHIP"),
    TULSA: LocationCode("TUL-SHIP"),
    GHENT: LocationCode("GHENT"),
}
TRANSIT_DAYS = {RENO: 4, TULSA: 2, GHENT: 12}

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
_MORE_LANES = (
    ("HOU-SHIP", "TUL-SHIP", TRANSIT_DAYS[TULSA], "210", "0.70"),
    ("TUL-SHIP", "HOU-SHIP", TRANSIT_DAYS[TULSA], "210", "0.70"),
    ("TUL-SHIP", "RNO-SHIP", TRANSIT_DAYS[RENO], "340", "1.20"),
    ("HOU-STORE", "TUL-STORE", TRANSIT_DAYS[TULSA], "190", "0.40"),
    ("TUL-STORE", "HOU-STORE", TRANSIT_DAYS[TULSA], "190", "0.40"),
    ("HOU-PROD", "TUL-PROD", TRANSIT_DAYS[TULSA], "190", "0.50"),
    ("TUL-PROD", "HOU-PROD", TRANSIT_DAYS[TULSA], "190", "0.50"),
)


def locations(size: Size = Size.SMALL) -> tuple[Location, ...]:
    """Every location, sorted by code; the plant in Tulsa belongs to the full size."""
    rows = [Location(code=code, site=site, name=f"{site}, stores") for site, code in STORE.items()]
    rows += [Location(code=code, site=site, name=f"{site}, production") for site, code in PRODUCTION.items()]
    rows += [
        Location(
            code=code, site=site, name=f"{site}, shipping" if site != GHENT else "Ghent 3PL warehouse", may_ship=True
        )
        for site, code in SHIPPING.items()
    ]
    there = (row for row in rows if size is Size.FULL or row.site != TULSA)
    return tuple(sorted(there, key=lambda row: row.code))


def lanes(size: Size = Size.SMALL) -> tuple[Lane, ...]:
    """Every lane, sorted by origin and destination."""
    rows = [
        Lane(
            origin=LocationCode(origin),
            destination=LocationCode(destination),
            days=days,
            fixed_cost=Decimal(fixed),
            unit_cost=Decimal(unit),
        )
        for origin, destination, days, fixed, unit in (*_LANES, *(_MORE_LANES if size is Size.FULL else ()))
    ]
    return tuple(sorted(rows, key=lambda row: (row.origin, row.destination)))
