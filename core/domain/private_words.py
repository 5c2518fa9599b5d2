"""Words of master data that name somebody: what a model outside the company need not know."""

from dataclasses import dataclass
from enum import StrEnum


class PrivateKind(StrEnum):
    """Whom or what the words name."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    PERSON = "person"
    ADDRESS = "address"
    EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateWord:
    """A name, a street or an address for mail, as the books have it."""

    kind: PrivateKind
    text: str
