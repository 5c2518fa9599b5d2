"""What work orders are built with instead of a component; a substitute that was taken back is kept, out of force."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from core.db.rows import ItemRow, WorkOrderSubstituteRow
from core.db.transaction import Transaction
from core.domain.ids import ItemCode
from core.domain.production import BuiltWith


def save_instead(transaction: Transaction, order: int, swap: BuiltWith, *, in_force: bool) -> None:
    """The order is built with the alternate, or with the component again."""
    component, alternate = (_item(transaction, code) for code in (swap.component, swap.alternate))
    told = {"alternate_id": alternate, "ratio": swap.ratio, "in_force": in_force}
    statement = insert(WorkOrderSubstituteRow).values(order_id=order, component_id=component, **told)
    transaction.session.execute(statement.on_conflict_do_update(index_elements=["order_id", "component_id"], set_=told))


def read_instead(transaction: Transaction, order: int) -> tuple[BuiltWith, ...]:
    """What is in force for the order, by component."""
    part, other = aliased(ItemRow), aliased(ItemRow)
    query = (
        select(part.code, other.code, WorkOrderSubstituteRow.ratio)
        .join(part, part.id == WorkOrderSubstituteRow.component_id)
        .join(other, other.id == WorkOrderSubstituteRow.alternate_id)
        .where(WorkOrderSubstituteRow.order_id == order, WorkOrderSubstituteRow.in_force)
        .order_by(part.code.collate("C"))
    )
    return tuple(
        BuiltWith(component=ItemCode(component), alternate=ItemCode(alternate), ratio=ratio)
        for component, alternate, ratio in transaction.session.execute(query)
    )


def _item(transaction: Transaction, code: ItemCode) -> int:
    return transaction.one(ItemRow, ItemRow.code == code, what=f"item {code!r}").id
