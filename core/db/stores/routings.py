"""How items are made and where, and when work is done there; closed rows are left out."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.db.codec import from_json
from core.db.rows import (
    BomComponentRow,
    CalendarRow,
    DowntimeRow,
    ItemRow,
    LocationRow,
    OperationAlternateRow,
    OperationRow,
    WorkCenterRow,
)
from core.db.transaction import Transaction
from core.domain.calendars import Calendar, CalendarException, Shift
from core.domain.errors import NotFoundError
from core.domain.ids import CalendarCode, ItemCode, LocationCode, WorkCenterCode
from core.domain.items import BomComponent
from core.domain.making import Downtime, Operation, OperationAlternate, WorkCenter

_Part = aliased(ItemRow)
_CENTERS = select(WorkCenterRow, LocationRow.code).join(LocationRow, LocationRow.id == WorkCenterRow.location_id)


@dataclass(frozen=True, slots=True)
class SqlRoutingStore:
    """Routings, bills of materials and calendars of this transaction."""

    transaction: Transaction

    def components(self, item: ItemCode) -> tuple[BomComponent, ...]:
        """What the item is made of, of every validity, by component."""
        query = (
            select(BomComponentRow, _Part.code)
            .join(ItemRow, ItemRow.id == BomComponentRow.parent_id)
            .join(_Part, _Part.id == BomComponentRow.component_id)
            .where(ItemRow.code == item, BomComponentRow.closed.is_(None))
            .order_by(_Part.code.collate("C"))
        )
        return tuple(
            BomComponent(
                parent=item,
                component=ItemCode(component),
                quantity_per=row.quantity_per,
                scrap=row.scrap,
                revision=row.revision,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                operation=row.operation,
            )
            for row, component in self.transaction.session.execute(query)
        )

    def operations(self, item: ItemCode) -> tuple[Operation, ...]:
        """The operations of making the item, in their order."""
        query = (
            select(OperationRow)
            .join(ItemRow, ItemRow.id == OperationRow.item_id)
            .where(ItemRow.code == item, OperationRow.closed.is_(None))
            .order_by(OperationRow.sequence)
        )
        return tuple(
            Operation(
                item=item,
                sequence=row.sequence,
                name=row.name,
                work_center=WorkCenterCode(row.work_center),
                setup_minutes=row.setup_minutes,
                unit_minutes=row.unit_minutes,
                yield_percent=row.yield_percent,
            )
            for row in self.transaction.session.scalars(query)
        )

    def alternates(self, item: ItemCode) -> tuple[OperationAlternate, ...]:
        """Other work centres that may do the operations of an item, by operation, then by priority and code."""
        query = (
            select(OperationAlternateRow)
            .join(ItemRow, ItemRow.id == OperationAlternateRow.item_id)
            .where(ItemRow.code == item, OperationAlternateRow.closed.is_(None))
        )
        found = (
            OperationAlternate(
                item=item,
                sequence=row.sequence,
                work_center=WorkCenterCode(row.work_center),
                priority=row.priority,
                time_factor=row.time_factor,
            )
            for row in self.transaction.session.scalars(query)
        )
        return tuple(sorted(found, key=lambda one: (one.sequence, one.priority, one.work_center)))

    def work_center(self, code: WorkCenterCode) -> WorkCenter:
        """A work centre."""
        found = self.transaction.session.execute(_CENTERS.where(WorkCenterRow.code == code)).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no work centre {code!r}")
        return _work_center(*found)

    def work_centers(self) -> tuple[WorkCenter, ...]:
        """Every work centre, by code."""
        query = _CENTERS.where(WorkCenterRow.closed.is_(None)).order_by(WorkCenterRow.code.collate("C"))
        return tuple(_work_center(*found) for found in self.transaction.session.execute(query))

    def downtimes(self, code: WorkCenterCode) -> tuple[Downtime, ...]:
        """When a work centre makes nothing, oldest first."""
        query = select(DowntimeRow).where(DowntimeRow.work_center == code, DowntimeRow.closed.is_(None))
        return tuple(
            Downtime(work_center=code, first=row.first, last=row.last, reason=row.reason)
            for row in self.transaction.session.scalars(query.order_by(DowntimeRow.first))
        )

    def calendar(self, code: CalendarCode | None) -> Calendar | None:
        """The calendar of the code, None for none."""
        if code is None:
            return None
        row = self.transaction.one(CalendarRow, CalendarRow.code == code, what=f"calendar {code!r}")
        return Calendar(
            code=code,
            name=row.name,
            shifts=from_json(tuple[Shift, ...], row.shifts),
            holidays=row.holidays,
            exceptions=from_json(tuple[CalendarException, ...], row.exceptions),
        )

    def same_site(self, location: LocationCode) -> tuple[LocationCode, ...]:
        """The locations of the site, the one asked for first."""
        here = self.transaction.one(LocationRow, LocationRow.code == location, what=f"location {location!r}")
        query = select(LocationRow.code).where(LocationRow.site == here.site, LocationRow.virtual.is_(False))
        others = sorted(code for code in self.transaction.session.scalars(query) if code != location)
        return (location, *(LocationCode(code) for code in others))


def _work_center(row: WorkCenterRow, location: str) -> WorkCenter:
    return WorkCenter(
        code=WorkCenterCode(row.code),
        name=row.name,
        location=LocationCode(location),
        calendar=CalendarCode(row.calendar) if row.calendar is not None else None,
        stations=row.stations,
        hourly_cost=row.hourly_cost,
        overtime_minutes=row.overtime_minutes,
        overtime_hourly_cost=row.overtime_hourly_cost,
    )
