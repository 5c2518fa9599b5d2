"""The days plans add to a supplier's word, in versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, select, text

from core.db.rows import SupplierBufferRow, SupplierRow
from core.db.transaction import Transaction
from core.domain.buffers import SupplierBuffer
from core.domain.ids import SupplierCode, UserName

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('expediter:supplier buffers', 0))")


@dataclass(frozen=True, slots=True)
class SqlBufferStore:
    """Buffers as this transaction sees them."""

    transaction: Transaction

    def current(self) -> Mapping[SupplierCode, SupplierBuffer]:
        """The newest of each supplier, by code."""
        query = _versions().order_by(SupplierRow.code.collate("C"), SupplierBufferRow.number)
        found = (_buffer(row, code) for row, code in self.transaction.session.execute(query))
        return {one.supplier: one for one in found}

    def history(self, supplier: SupplierCode) -> tuple[SupplierBuffer, ...]:
        """Every version, newest first."""
        query = _versions().where(SupplierRow.code == supplier).order_by(SupplierBufferRow.number.desc())
        return tuple(_buffer(row, code) for row, code in self.transaction.session.execute(query))

    def add(self, supplier: SupplierCode, *, days: int, percent: int, expected_on_time: Decimal) -> SupplierBuffer:
        """Another version."""
        session = self.transaction.session
        key = self.transaction.key(SupplierRow.id, SupplierRow.code, supplier, what="supplier")
        session.execute(_LOCK)
        before = next(iter(self.history(supplier)), None)
        made = SupplierBuffer(
            supplier=supplier,
            number=1 if before is None else before.number + 1,
            days=days,
            percent=percent,
            expected_on_time=expected_on_time,
            set_by=self.transaction.actor,
            set_at=self.transaction.now,
        )
        row = SupplierBufferRow(
            supplier_id=key,
            number=made.number,
            days=days,
            percent=percent,
            expected_on_time=expected_on_time,
            set_by=made.set_by,
            set_at=made.set_at,
        )
        session.add(row)
        session.flush()
        facts = {
            "days": days,
            "before": 0 if before is None else before.days,
            "percent": percent,
            "version": made.number,
        }
        self.transaction.note(scope=f"supplier:{supplier}", event="buffer_set", subject=supplier, facts=facts)
        return made


def _versions() -> Select[SupplierBufferRow, str]:
    joined = select(SupplierBufferRow, SupplierRow.code).join(SupplierRow)
    return joined.execution_options(populate_existing=True)


def _buffer(row: SupplierBufferRow, code: str) -> SupplierBuffer:
    return SupplierBuffer(
        supplier=SupplierCode(code),
        number=row.number,
        days=row.days,
        percent=row.percent,
        expected_on_time=row.expected_on_time,
        set_by=UserName(row.set_by),
        set_at=row.set_at,
    )
