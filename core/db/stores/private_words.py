"""The words of master data that name somebody, in one statement."""

from dataclasses import dataclass

from sqlalchemy import text

from core.db.transaction import Transaction
from core.domain.private_words import PrivateKind, PrivateWord

_ALL = text("""
SELECT DISTINCT kind, btrim(word) FROM (
    SELECT 'customer', name FROM customers UNION ALL SELECT 'email', email FROM customers
    UNION ALL SELECT 'supplier', name FROM suppliers UNION ALL SELECT 'email', email FROM suppliers
    UNION ALL SELECT 'address', street FROM customer_addresses
    UNION ALL SELECT 'address', name FROM customer_addresses
    UNION ALL SELECT 'address', postcode || ' ' || city FROM customer_addresses WHERE postcode <> ''
    UNION ALL SELECT 'address', city || ', ' || region || ' ' || postcode FROM customer_addresses WHERE postcode <> ''
    UNION ALL SELECT 'person', name FROM users WHERE role NOT IN ('agent', 'service')
) AS found (kind, word) WHERE btrim(word) <> '' ORDER BY 1, 2""")
_VERSION = text("SELECT COALESCE(max(id), 0) FROM master_data_origins")


@dataclass(frozen=True, slots=True)
class SqlPrivateWordStore:
    """The words as this transaction sees them."""

    transaction: Transaction

    def all(self) -> tuple[PrivateWord, ...]:
        """Every one of them, by kind and text."""
        rows = self.transaction.session.execute(_ALL)
        return tuple(PrivateWord(kind=PrivateKind(kind), text=word) for kind, word in rows)

    def version(self) -> int:
        """The number of the last change of master data that was declared."""
        return self.transaction.session.scalars(_VERSION).one()
