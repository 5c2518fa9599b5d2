"""Count sheets and their lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from core.db.rows import (
    CountLineRow,
    CountSheetRow,
    ItemRow,
    LocationRow,
    LotRow,
    SalesOrderRow,
    StockLossRow,
)
from core.db.transaction import Transaction
from core.domain.counting import CountLine, CountSheet, CountState, StockLoss
from core.domain.errors import ConflictError
from core.domain.ids import ItemCode, LocationCode, LotCode, UserName


@dataclass(frozen=True, slots=True)
class SqlCountStore:
    """The count sheets of this transaction."""

    transaction: Transaction

    def add(self, sheet: CountSheet) -> None:
        """A new sheet; ConflictError when there is one of this code."""
        one, session = self.transaction.one, self.transaction.session
        place = one(LocationRow, LocationRow.code == sheet.location, what=f"location {sheet.location!r}")
        row = CountSheetRow(
            code=sheet.code,
            location_id=place.id,
            state=sheet.state.value,
            tolerance_percent=sheet.tolerance_percent,
            opened_by=sheet.opened_by,
            opened_at=sheet.opened_at,
            version=sheet.version,
        )
        session.add(row)
        session.flush()
        for line in sheet.lines:
            item = one(ItemRow, ItemRow.code == line.item, what=f"item {line.item!r}")
            lot = one(LotRow, LotRow.code == line.lot, what=f"lot {line.lot!r}") if line.lot else None
            lot_id = lot.id if lot else None
            session.add(
                CountLineRow(sheet_id=row.id, line=line.line, item_id=item.id, lot_id=lot_id, reason=line.reason)
            )
        session.flush()
        self._note(sheet.code, "count_opened", {"location": sheet.location, "lines": len(sheet.lines)})

    def get(self, code: str, *, lock: bool = False) -> CountSheet:
        """A sheet by its code, with `lock` for this transaction alone."""
        row = self.transaction.one(CountSheetRow, CountSheetRow.code == code, what=f"count sheet {code!r}", lock=lock)
        place = self.transaction.one(LocationRow, LocationRow.id == row.location_id, what="location")
        query = (
            select(CountLineRow, ItemRow.code, LotRow.code)
            .join(ItemRow, ItemRow.id == CountLineRow.item_id)
            .outerjoin(LotRow, LotRow.id == CountLineRow.lot_id)
            .where(CountLineRow.sheet_id == row.id)
            .order_by(CountLineRow.line)
            .execution_options(populate_existing=True)
        )
        return CountSheet(
            code=code,
            location=LocationCode(place.code),
            state=CountState(row.state),
            tolerance_percent=row.tolerance_percent,
            opened_by=UserName(row.opened_by),
            opened_at=row.opened_at,
            counted_by=UserName(row.counted_by) if row.counted_by else None,
            approved_by=UserName(row.approved_by) if row.approved_by else None,
            version=row.version,
            lines=tuple(_line(line, item, lot) for line, item, lot in self.transaction.session.execute(query)),
        )

    def waiting(self, item: ItemCode, location: LocationCode) -> tuple[CountSheet, ...]:
        """The sheets that were counted and wait to be posted, with the item at the location, by code."""
        query = (
            select(CountSheetRow.code)
            .join(CountLineRow, CountLineRow.sheet_id == CountSheetRow.id)
            .join(ItemRow, ItemRow.id == CountLineRow.item_id)
            .join(LocationRow, LocationRow.id == CountSheetRow.location_id)
            .where(CountSheetRow.state == CountState.COUNTED.value, ItemRow.code == item, LocationRow.code == location)
            .distinct()
        )
        return tuple(self.get(code) for code in sorted(self.transaction.session.scalars(query)))

    def enter(self, code: str, found: Mapping[int, tuple[int, int]], *, version: int) -> None:
        """What was expected and counted, by line; the sheet is then counted, by the actor of the transaction."""
        sheet = self._move(code, CountState.COUNTED, version, counted_by=self.transaction.actor)
        for line, (expected, counted) in sorted(found.items()):
            here = (CountLineRow.sheet_id == sheet, CountLineRow.line == line)
            self.transaction.session.execute(
                update(CountLineRow).where(*here).values(expected=expected, counted=counted)
            )
        self._note(code, "count_entered", {str(line): list(pair) for line, pair in sorted(found.items())})

    def close(self, code: str, *, to: CountState, approved_by: UserName | None, version: int) -> None:
        """The sheet is posted or cancelled."""
        posted = self.transaction.now if to is CountState.POSTED else None
        self._move(code, to, version, approved_by=approved_by, posted_at=posted)
        self._note(code, f"count_{to.value}", {"approved_by": approved_by})

    def keep_losses(self, losses: Sequence[StockLoss]) -> None:
        """Order lines lost units they had reserved; the end of each reservation is noted where it is given back."""
        one = self.transaction.one
        values = [
            {
                "document": loss.document,
                "item_id": one(ItemRow, ItemRow.code == loss.item, what=f"item {loss.item!r}").id,
                "location_id": one(LocationRow, LocationRow.code == loss.location, what=f"{loss.location!r}").id,
                "order_id": one(SalesOrderRow, SalesOrderRow.number == loss.order, what=f"order {loss.order!r}").id,
                "line": loss.line,
                "units": loss.units,
                "recorded_at": self.transaction.now,
            }
            for loss in losses
        ]
        if values:
            self.transaction.session.execute(insert(StockLossRow).values(values))

    def _move(self, code: str, to: CountState, version: int, **values: object) -> int:
        moved = (
            update(CountSheetRow)
            .where(CountSheetRow.code == code, CountSheetRow.version == version)
            .values(state=to.value, version=version + 1, **values)
            .returning(CountSheetRow.id)
        )
        sheet = self.transaction.session.scalars(moved).one_or_none()
        if sheet is None:
            there = self.get(code).version
            raise ConflictError(f"count sheet {code!r} is at version {there}, not {version}; read it again")
        return sheet

    def _note(self, code: str, event: str, facts: dict[str, object]) -> None:
        self.transaction.note(scope=f"count:{code}", event=event, subject=code, facts=facts)


def _line(row: CountLineRow, item: str, lot: str | None) -> CountLine:
    return CountLine(
        line=row.line,
        item=ItemCode(item),
        lot=LotCode(lot) if lot else None,
        expected=row.expected,
        counted=row.counted,
        reason=row.reason,
    )
