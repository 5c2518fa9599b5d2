"""How goods of the full-size company reach customers: addresses, carriers and their rates, and tariffs."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.demo.more_partners import MORE_CUSTOMERS
from core.demo.partners import CUSTOMERS, customer_code
from core.demo.places import GHENT, HOUSTON, RENO, SHIPPING, TULSA
from core.domain.freight import Carrier, FreightRate, TariffRule
from core.domain.ids import CarrierCode
from core.domain.parties import Customer, CustomerAddress

REGIONS = {HOUSTON: ("TX", "US"), RENO: ("NV", "US"), TULSA: ("OK", "US"), GHENT: ("VOV", "BE")}
ADDRESSES_OF = {customer_code(name): site for name, _, site in (*CUSTOMERS, *MORE_CUSTOMERS)}
_CITIES = {HOUSTON: ("Houston", "77029"), RENO: ("Reno", "89502"), TULSA: ("Tulsa", "74107"), GHENT: ("Gent", "9042")}
_CARRIERS = {"LONGHORN": "Longhorn Freight", "SIERRA-X": "Sierra Express", "NOORD": "Noord Cargo"}
# Carrier, service, days within the region and outside it, a shipment, a kilogram, grams of CO2 a kilogram.
_SERVICES = (
    ("LONGHORN", "ground", 2, 5, "42.00", "0.18", 70),
    ("SIERRA-X", "express", 1, 2, "118.00", "0.55", 210),
)
_TARIFFS = (
    ("7325.99", "CN", "US", date(2025, 3, 4), "25"),
    ("8501.52", "TW", "US", date(2025, 4, 9), "10"),
    ("8481.80", "US", "BE", date(2025, 1, 1), "2.2"),
    ("8413.70", "US", "BE", date(2025, 1, 1), "1.7"),
)


def addresses(customers: Sequence[Customer]) -> tuple[CustomerAddress, ...]:
    """Where customers are shipped to: a main address each, and a yard for the important ones."""
    rows: list[CustomerAddress] = []
    for at, customer in enumerate(customers, start=1):
        site = ADDRESSES_OF[customer.code]
        city, postcode = _CITIES[site]
        region, country = REGIONS[site]
        places = (("MAIN", customer.name), ("YARD", f"{customer.name}, yard"))
        for code, name in places[: 2 if customer.tier == 1 else 1]:
            rows.append(
                CustomerAddress(
                    customer=customer.code,
                    code=code,
                    name=name,
                    street=f"{100 + 7 * at} {'Dock' if code == 'YARD' else 'Industrial'} Road",
                    city=city,
                    postcode=postcode,
                    region=region,
                    country=country,
                )
            )
    return tuple(sorted(rows, key=lambda row: (row.customer, row.code)))


def carriers() -> tuple[Carrier, ...]:
    """Who brings the goods."""
    return tuple(Carrier(code=CarrierCode(code), name=_CARRIERS[code]) for code in sorted(_CARRIERS))


def freight_rates() -> tuple[FreightRate, ...]:
    """Two services within the country, one across the sea."""
    rows = [
        _rate(carrier, service, site, region, near if region == REGIONS[site][0] else far, shipment, kilogram, carbon)
        for carrier, service, near, far, shipment, kilogram, carbon in _SERVICES
        for site in (HOUSTON, RENO, TULSA)
        for region in ("NV", "OK", "TX")
    ]
    rows += [_rate("NOORD", "road", GHENT, "VOV", 1, "36.00", "0.14", 60)]
    rows += [_rate("NOORD", "sea", site, "VOV", 21, "640.00", "0.38", 25) for site in (HOUSTON, RENO, TULSA)]
    return tuple(sorted(rows, key=lambda row: (row.carrier, row.service, row.origin, row.region)))


def tariffs() -> tuple[TariffRule, ...]:
    """What crossing a border costs."""
    rows = [
        TariffRule(tariff_code=code, origin=origin, destination=to, effective=on, percent=Decimal(percent))
        for code, origin, to, on, percent in _TARIFFS
    ]
    return tuple(sorted(rows, key=lambda row: (row.tariff_code, row.origin, row.destination, row.effective)))


def _rate(
    carrier: str, service: str, site: str, region: str, days: int, shipment: str, kilogram: str, carbon: int
) -> FreightRate:
    return FreightRate(
        carrier=CarrierCode(carrier),
        service=service,
        origin=SHIPPING[site],
        region=region,
        days=days,
        shipment_cost=Decimal(shipment),
        kilogram_cost=Decimal(kilogram),
        carbon=carbon,
    )
