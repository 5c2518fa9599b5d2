"""Rows of carriers, freight rates and tariffs."""

from datetime import date

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.closing import Closing
from core.db.rows.root import Price, Row, Share


class CarrierRow(Closing, Row):
    """Who brings goods to customers."""

    __tablename__ = "carriers"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class FreightRateRow(Closing, Row):
    """A carrier's service from a location to a region."""

    __tablename__ = "freight_rates"

    carrier: Mapped[str] = mapped_column(ForeignKey("carriers.code"), primary_key=True)
    service: Mapped[str] = mapped_column(primary_key=True)
    origin_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    region: Mapped[str] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(Integer)
    shipment_cost: Mapped[Price]
    kilogram_cost: Mapped[Price]
    carbon: Mapped[int] = mapped_column(Integer)


class TariffRuleRow(Closing, Row):
    """The duty on goods of a tariff code from one country into another, from a day on."""

    __tablename__ = "tariff_rules"

    tariff_code: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(primary_key=True)
    destination: Mapped[str] = mapped_column(primary_key=True)
    effective: Mapped[date] = mapped_column(primary_key=True)
    percent: Mapped[Share]
