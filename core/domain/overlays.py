"""Overlays: declared assumptions laid over the books for one look, never mixed into them."""

from dataclasses import dataclass

from core.domain.ids import SupplierCode


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierOutage:
    """A supplier that delivers nothing for some days."""

    supplier: SupplierCode
    days: int
