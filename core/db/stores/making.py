"""Work orders as they are worked on: operations, components, reports, issues, completions and their cost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from core.db.rows import (
    ItemRow,
    LocationRow,
    WorkOrderCompletionRow,
    WorkOrderComponentRow,
    WorkOrderCostRow,
    WorkOrderIssueRow,
    WorkOrderOperationRow,
    WorkOrderProgressRow,
    WorkOrderRow,
)
from core.db.stores.built_instead import read_instead, save_instead
from core.db.transaction import Transaction
from core.domain.errors import ConflictError
from core.domain.ids import ItemCode, LocationCode, WorkCenterCode, WorkOrderNo
from core.domain.production import BuiltWith, Making, MakingPart, MakingStep, OperationState, WorkCost
from core.domain.supply_life import WorkStage, require_step, state_of

_TAKE = text("""
    UPDATE work_order_components SET issued = issued + :quantity
    WHERE order_id = :order AND item_id = :item AND issued + :quantity <= :most RETURNING issued
""")
_FINISH = text("""
    UPDATE work_orders SET completed = completed + :good, scrapped = scrapped + :scrapped
    WHERE id = :order AND completed + :good <= ordered RETURNING completed
""")
_COSTS = (
    "good",
    "scrapped",
    "standard_material",
    "actual_material",
    "standard_labour",
    "actual_labour",
    "scrap_cost",
)
_STEP = ("name", "setup_minutes", "unit_minutes", "good", "scrapped", "minutes", "started_at", "finished_at")


@dataclass(frozen=True, slots=True)
class SqlMakingStore:
    """Work orders of this transaction."""

    transaction: Transaction

    def order(self, number: WorkOrderNo) -> Making:
        """A work order."""
        return self._making(self._row(number))

    def lock(self, number: WorkOrderNo, *, version: int | None = None) -> Making:
        """The order, held until the transaction ends; ConflictError when it is not at the version any more."""
        found = self._making(self._row(number, lock=True))
        if version is not None and found.version != version:
            raise ConflictError(
                f"work order {number!r} is at version {found.version}, not at {version!r}; read it again",
                version=found.version,
            )
        return found

    def add(self, order: Making) -> None:
        """A new work order; ConflictError when the number is taken."""
        row = WorkOrderRow(
            number=order.number,
            item_id=self._item(order.item).id,
            location_id=self._location(order.location).id,
            ordered=order.ordered,
            completed=order.completed,
            scrapped=order.scrapped,
            start=order.start,
            due=order.due,
            components_issued=order.components_issued,
            state=state_of(order.stage).value,
            stage=order.stage.value,
        )
        try:
            with self.transaction.session.begin_nested():
                self.transaction.session.add(row)
        except IntegrityError as error:
            raise ConflictError(f"there is a work order {order.number!r} already") from error
        facts = {"item": order.item, "quantity": order.ordered, "start": order.start, "due": order.due}
        self._note(order.number, "work_order_added", facts)

    def advance(self, number: WorkOrderNo, *, to: WorkStage, why: str) -> None:
        """A step in the life of an order; to where it is already changes nothing."""
        row = self._row(number, lock=True)
        old = WorkStage(row.stage)
        if old is to:
            return
        require_step(f"work order {number!r}", old, to)
        row.stage, row.state = to.value, state_of(to).value
        row.version += 1
        if to is WorkStage.RELEASED:
            row.released_at = self.transaction.now
        self.transaction.session.flush()
        self._note(number, "work_order_advanced", {"from": old.value, "to": to.value, "why": why})

    def reschedule(self, number: WorkOrderNo, *, start: date, due: date) -> None:
        """Another start and due date, and the next version."""
        row = self._row(number, lock=True)
        facts = {"old_start": row.start, "old_due": row.due, "start": start, "due": due}
        row.start, row.due = start, due
        row.version += 1
        self.transaction.session.flush()
        self._note(number, "work_order_rescheduled", facts)

    def resize(self, number: WorkOrderNo, *, ordered: int) -> None:
        """So many units from now on, and the next version."""
        row = self._row(number, lock=True)
        if ordered <= row.completed:
            raise ConflictError(f"{row.completed} of work order {number!r} are finished; {ordered!r} are too few")
        facts = {"old": row.ordered, "ordered": ordered}
        row.ordered = ordered
        row.version += 1
        self.transaction.session.flush()
        self._note(number, "work_order_resized", facts)

    def plan(self, number: WorkOrderNo, *, steps: Sequence[MakingStep], parts: Sequence[MakingPart]) -> None:
        """The operations and components of an order that is released; known ones are put in place again."""
        order = self._row(number).id
        for step in steps:
            values = {**_step_values(step), "order_id": order, "sequence": step.sequence}
            statement = insert(WorkOrderOperationRow).values(values)
            self.transaction.session.execute(
                statement.on_conflict_do_update(index_elements=["order_id", "sequence"], set_=_step_values(step))
            )
        for part in parts:
            known = {"per_unit": part.per_unit, "required": part.required, "operation": part.operation}
            values = {**known, "order_id": order, "item_id": self._item(part.item).id, "issued": part.issued}
            statement = insert(WorkOrderComponentRow).values(values)
            self.transaction.session.execute(
                statement.on_conflict_do_update(index_elements=["order_id", "item_id"], set_=known)
            )
        self.transaction.session.expire_all()

    def steps(self, number: WorkOrderNo) -> tuple[MakingStep, ...]:
        """The operations of a released order, in their order."""
        query = (
            select(WorkOrderOperationRow)
            .where(WorkOrderOperationRow.order_id == self._row(number).id)
            .order_by(WorkOrderOperationRow.sequence)
            .execution_options(populate_existing=True)
        )
        return tuple(
            MakingStep(
                sequence=row.sequence,
                work_center=WorkCenterCode(row.work_center),
                state=OperationState(row.state),
                **{name: getattr(row, name) for name in _STEP},
            )
            for row in self.transaction.session.scalars(query)
        )

    def parts(self, number: WorkOrderNo) -> tuple[MakingPart, ...]:
        """The components of a released order, by code."""
        query = (
            select(WorkOrderComponentRow, ItemRow.code)
            .join(ItemRow, ItemRow.id == WorkOrderComponentRow.item_id)
            .where(WorkOrderComponentRow.order_id == self._row(number).id)
            .order_by(ItemRow.code.collate("C"))
            .execution_options(populate_existing=True)
        )
        return tuple(
            MakingPart(
                item=ItemCode(item),
                per_unit=row.per_unit,
                required=row.required,
                issued=row.issued,
                operation=row.operation,
            )
            for row, item in self.transaction.session.execute(query)
        )

    def build_with(self, number: WorkOrderNo, swap: BuiltWith, *, in_force: bool, why: str) -> None:
        """From now on the order is built with the alternate, or with the component again."""
        save_instead(self.transaction, self._row(number, lock=True).id, swap, in_force=in_force)
        facts = {"component": swap.component, "alternate": swap.alternate, "ratio": swap.ratio}
        self._note(number, "component_substituted" if in_force else "component_restored", {**facts, "why": why})

    def built_with(self, number: WorkOrderNo) -> tuple[BuiltWith, ...]:
        """What the order is built with instead of components of its bill of materials, by component."""
        return read_instead(self.transaction, self._row(number).id)

    def report(
        self,
        number: WorkOrderNo,
        step: MakingStep,
        *,
        good: int,
        scrapped: int,
        minutes: int,
        hourly_cost: Decimal,
        reason: str,
    ) -> None:
        """Add a report to an operation, which is from now on as `step` says."""
        order = self._row(number).id
        self.plan(number, steps=(step,), parts=())
        self.transaction.session.add(
            WorkOrderProgressRow(
                order_id=order,
                sequence=step.sequence,
                good=good,
                scrapped=scrapped,
                minutes=minutes,
                hourly_cost=hourly_cost,
                reason=reason,
                **self._stamp(),
            )
        )
        facts = {"operation": step.sequence, "good": good, "scrapped": scrapped, "minutes": minutes}
        self._note(number, "operation_reported", {**facts, "state": step.state.value, "reason": reason})

    def issue(
        self,
        number: WorkOrderNo,
        item: ItemCode,
        *,
        location: LocationCode,
        quantity: int,
        lot: str,
        unit_cost: Decimal,
        backflushed: bool,
        most: int,
    ) -> None:
        """Count units of a component as taken; ConflictError beyond `most` in all."""
        order, part = self._row(number).id, self._item(item).id
        values = {"order": order, "item": part, "quantity": quantity, "most": most}
        if self.transaction.session.execute(_TAKE, values).one_or_none() is None:
            raise ConflictError(
                f"{quantity} more of {item!r} for work order {number!r} would be more than the {most} that it may take"
            )
        self.transaction.session.add(
            WorkOrderIssueRow(
                order_id=order,
                item_id=part,
                location_id=self._location(location).id,
                quantity=quantity,
                lot=lot,
                unit_cost=unit_cost,
                backflushed=backflushed,
                **self._stamp(),
            )
        )
        self._note(number, "component_issued", {"item": item, "from": location, "quantity": quantity, "lot": lot})

    def components_taken(self, number: WorkOrderNo) -> None:
        """From now on planning counts no component for the order."""
        row = self._row(number, lock=True)
        row.components_issued = True
        self.transaction.session.flush()

    def complete(
        self, number: WorkOrderNo, *, good: int, scrapped: int, reason: str, lot: str, expires_on: date | None, on: date
    ) -> None:
        """Count finished and scrapped units; ConflictError when more are finished than were ordered."""
        row = self._row(number, lock=True)
        values = {"order": row.id, "good": good, "scrapped": scrapped}
        if self.transaction.session.execute(_FINISH, values).one_or_none() is None:
            raise ConflictError(
                f"{good} more of work order {number!r} would be more than the {row.ordered} ordered, {row.completed}"
                f" are made; accepted is up to {row.ordered - row.completed}",
                open=row.ordered - row.completed,
            )
        self.transaction.session.add(
            WorkOrderCompletionRow(
                order_id=row.id,
                good=good,
                scrapped=scrapped,
                reason=reason,
                lot=lot,
                expires_on=expires_on,
                completed_on=on,
                **self._stamp(),
            )
        )
        self._note(number, "work_order_made", {"good": good, "scrapped": scrapped, "lot": lot, "reason": reason})

    def spent(self, number: WorkOrderNo) -> tuple[tuple[tuple[int, Decimal], ...], tuple[tuple[int, Decimal], ...]]:
        """Units taken, each with what one cost; minutes worked, each with what an hour cost."""
        order, session = self._row(number).id, self.transaction.session
        session.flush()
        issues = select(WorkOrderIssueRow).where(WorkOrderIssueRow.order_id == order).order_by(WorkOrderIssueRow.id)
        work = select(WorkOrderProgressRow).where(WorkOrderProgressRow.order_id == order)
        return (
            tuple((row.quantity, row.unit_cost) for row in session.scalars(issues)),
            tuple((row.minutes, row.hourly_cost) for row in session.scalars(work.order_by(WorkOrderProgressRow.id))),
        )

    def unit_costs(self, items: Iterable[ItemCode]) -> Mapping[ItemCode, Decimal]:
        """The standard cost of items."""
        query = select(ItemRow.code, ItemRow.standard_cost).where(ItemRow.code.in_(list(items)))
        return {ItemCode(code): cost for code, cost in self.transaction.session.execute(query)}

    def close(self, cost: WorkCost) -> None:
        """Keep what the order cost."""
        values = {name: getattr(cost, name) for name in _COSTS}
        order = self._row(cost.order).id
        self.transaction.session.add(WorkOrderCostRow(order_id=order, closed_at=self.transaction.now, **values))
        self.transaction.session.flush()
        self._note(cost.order, "work_order_cost", values)

    def cost(self, number: WorkOrderNo) -> WorkCost:
        """What a closed order cost."""
        order = self._row(number).id
        row = self.transaction.one(
            WorkOrderCostRow, WorkOrderCostRow.order_id == order, what=f"cost of work order {number!r}"
        )
        return WorkCost(order=number, **{name: getattr(row, name) for name in _COSTS})

    def _row(self, number: WorkOrderNo, *, lock: bool = False) -> WorkOrderRow:
        self.transaction.session.flush()
        return self.transaction.one(
            WorkOrderRow, WorkOrderRow.number == number, what=f"work order {number!r}", lock=lock
        )

    def _making(self, row: WorkOrderRow) -> Making:
        get = self.transaction.session.get_one
        return Making(
            number=WorkOrderNo(row.number),
            item=ItemCode(get(ItemRow, row.item_id).code),
            location=LocationCode(get(LocationRow, row.location_id).code),
            ordered=row.ordered,
            completed=row.completed,
            scrapped=row.scrapped,
            start=row.start,
            due=row.due,
            components_issued=row.components_issued,
            stage=WorkStage(row.stage),
            version=row.version,
            released_at=row.released_at,
        )

    def _stamp(self) -> dict[str, Any]:
        return {"recorded_at": self.transaction.now, "recorded_by": self.transaction.actor}

    def _item(self, code: ItemCode) -> ItemRow:
        return self.transaction.one(ItemRow, ItemRow.code == code, what=f"item {code!r}")

    def _location(self, code: LocationCode) -> LocationRow:
        return self.transaction.one(LocationRow, LocationRow.code == code, what=f"location {code!r}")

    def _note(self, number: WorkOrderNo, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"work:{number}", event=event, subject=number, facts=facts)


def _step_values(step: MakingStep) -> dict[str, Any]:
    values = {name: getattr(step, name) for name in _STEP}
    return {**values, "work_center": step.work_center, "state": step.state.value}
