"""Carriers, what they ask to bring goods to a region, and tariffs on goods that cross a border."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.ids import CarrierCode, LocationCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Who brings goods to customers."""

    code: CarrierCode
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightRate:
    """One service of a carrier from a location to a region: days in transit and what it costs. `carbon` is grams of
    CO2 a kilogram."""

    carrier: CarrierCode
    service: str
    origin: LocationCode
    region: str
    days: int
    shipment_cost: Decimal
    kilogram_cost: Decimal = Decimal(0)
    carbon: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffRule:
    """The duty, in percent of value, on goods of a tariff code from one country into another from a day on."""

    tariff_code: str
    origin: str
    destination: str
    effective: date
    percent: Decimal
