"""The catalogue of a sandbox as a JSON file, read strictly."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from core.connectors.sandbox.catalogue import Bargaining, Mood, SandboxOffer, SandboxSupplier
from core.connectors.strict import (
    Amount,
    Code,
    Currency,
    Days,
    Outbound,
    Price,
    SomeUnits,
    Units,
    UnreadableError,
    fault_of,
    parse_json,
)
from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, SupplierCode


class OfferEntry(Outbound):
    """The terms for one item."""

    unit_price: Price
    lead_time_days: Days
    available: Units
    minimum_order: SomeUnits = 1
    multiple: SomeUnits = 1
    expedite_fee: Amount | None = None
    fastest_days: Days = 1


class SupplierEntry(Outbound):
    """One supplier."""

    code: Code
    currency: Currency = "USD"
    items: dict[Code, OfferEntry]
    mood: Mood = Mood.NORMAL
    bargaining: Bargaining = Bargaining.MEETS_HALFWAY
    lowest_percent: Annotated[int, Field(strict=True, ge=1, le=100)] = 88
    idempotent: Annotated[bool, Field(strict=True)] = True


class CatalogueFile(Outbound):
    """The file: {"suppliers": [...]}."""

    suppliers: tuple[SupplierEntry, ...]


def read_catalogue(path: Path) -> tuple[SandboxSupplier, ...]:
    """The suppliers of the file, or InvalidValueError naming the place."""
    try:
        found = CatalogueFile.model_validate(parse_json(path.read_bytes()))
    except (UnreadableError, ValidationError) as error:
        fault = fault_of(error) if isinstance(error, ValidationError) else error
        raise InvalidValueError(f"catalogue {path.name!r}: {fault}", field=fault.field) from error
    return tuple(_supplier(entry) for entry in found.suppliers)


def _supplier(entry: SupplierEntry) -> SandboxSupplier:
    return SandboxSupplier(
        code=SupplierCode(entry.code),
        currency=entry.currency,
        items={ItemCode(code): SandboxOffer(**offer.model_dump()) for code, offer in entry.items.items()},
        mood=entry.mood,
        bargaining=entry.bargaining,
        lowest_percent=entry.lowest_percent,
        idempotent=entry.idempotent,
    )
