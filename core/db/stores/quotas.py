"""Quotas: taken and given back by functions that record who did, under the locks of the quotas, in their order."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text

from core.db.rows import CustomerRow, ItemRow, QuotaRow, QuotaUseRow, SalesOrderRow
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, InvalidValueError, QuotaExhaustedError
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.master_data import MasterDataKind
from core.domain.quotas import Quota, QuotaUse, QuotaWish

_TAKE = text("SELECT order_number, line, wanted, available FROM take_quota(CAST(:wishes AS jsonb), :today)")
_GIVE_BACK = text("SELECT give_quota_back(:order, :line, :keep)")
_SUPPLY = text("""
WITH wanted AS (SELECT id, item_id FROM quotas WHERE code = ANY(:codes)), items AS (SELECT DISTINCT item_id FROM wanted)
SELECT COALESCE((SELECT sum(b.on_hand - b.blocked) FROM stock_balances b JOIN items USING (item_id)
                 JOIN locations l ON l.id = b.location_id WHERE NOT l.virtual), 0)
     + COALESCE((SELECT sum(LEAST(COALESCE(x.confirmed, x.ordered), x.ordered) - x.received)
                 FROM purchase_order_lines x JOIN items USING (item_id) JOIN purchase_orders p ON p.id = x.order_id
                 WHERE p.state = 'open' AND x.sales_order_id IS NULL AND x.due <= :until), 0)
     + COALESCE((SELECT sum(w.ordered - w.completed) FROM work_orders w JOIN items USING (item_id)
                 WHERE w.state = 'open' AND w.due <= :until), 0)
     + COALESCE((SELECT sum(t.quantity - t.received - t.lost) FROM transfer_orders t JOIN items USING (item_id)
                 WHERE t.state = 'open' AND t.shipped AND t.due <= :until), 0)
     + COALESCE((SELECT sum(LEAST(x.shipped, u.taken)) FROM sales_order_lines x
                 JOIN (SELECT order_id, line, sum(quantity) AS taken FROM quota_uses
                       WHERE quota_id IN (SELECT id FROM wanted) GROUP BY order_id, line) u USING (order_id, line)), 0)
""")


@dataclass(frozen=True, slots=True)
class SqlQuotaStore:
    """The quotas of this transaction."""

    transaction: Transaction

    def add(self, quota: Quota) -> None:
        """A new quota nobody has taken from; NotFoundError for an item or customer nobody knows."""
        item = self.transaction.one(ItemRow, ItemRow.code == quota.item, what=f"item {quota.item!r}")
        customer = None
        if quota.customer is not None:
            who = CustomerRow.code == quota.customer
            customer = self.transaction.one(CustomerRow, who, what=f"customer {quota.customer!r}").id
        if quota.consumed:
            raise InvalidValueError(f"a new quota has nothing taken from it, not {quota.consumed!r}", field="consumed")
        told = {"quantity": quota.quantity, "first": quota.first, "last": quota.last}
        self._declare(quota.code, "quota_set", told)
        self.transaction.session.add(
            QuotaRow(
                code=quota.code,
                item_id=item.id,
                channel=quota.channel,
                customer_id=customer,
                region=quota.region,
                first=quota.first,
                last=quota.last,
                quantity=quota.quantity,
                consumed=0,
                borrow=quota.borrow,
                released_on=quota.released_on,
            )
        )
        self.transaction.session.flush()

    def get(self, code: str) -> Quota:
        """A quota by its code."""
        row = self.transaction.one(QuotaRow, QuotaRow.code == code, what=f"quota {code!r}")
        return self._quota(row)

    def listed(self, item: ItemCode | None) -> tuple[Quota, ...]:
        """The quotas of an item, or all, by item and code; those that ended too."""
        query = (
            select(QuotaRow)
            .join(ItemRow, ItemRow.id == QuotaRow.item_id)
            .order_by(ItemRow.code.collate("C"), QuotaRow.code.collate("C"))
            .execution_options(populate_existing=True)
        )
        wanted = query if item is None else query.where(ItemRow.code == item)
        return tuple(self._quota(row) for row in self.transaction.session.scalars(wanted).all())

    def lock_item(self, item: ItemCode) -> tuple[Quota, ...]:
        """The quotas of an item, by code, locked in the order in which lines take from them."""
        query = select(QuotaRow).join(ItemRow, ItemRow.id == QuotaRow.item_id).where(ItemRow.code == item)
        query = query.execution_options(populate_existing=True).order_by(QuotaRow.id).with_for_update(of=QuotaRow)
        found = [self._quota(row) for row in self.transaction.session.scalars(query).all()]
        return tuple(sorted(found, key=lambda quota: quota.code))

    def supply(self, codes: Sequence[str], *, until: date) -> int:
        """What the lines of these quotas had, and what there is and comes for them by a day."""
        values = {"codes": sorted(codes), "until": until}
        return int(self.transaction.session.scalars(_SUPPLY, values).one())

    def resize(self, code: str, *, to: int) -> None:
        """A quota of another size, never less than what is taken of it."""
        row = self.transaction.one(QuotaRow, QuotaRow.code == code, what=f"quota {code!r}", lock=True)
        if to < row.consumed:
            raise ConflictError(f"{row.consumed} units of quota {code!r} are taken; it cannot be of {to!r}")
        self._declare(code, "quota_resized", {"quantity": to})
        row.quantity = to
        self.transaction.session.flush()

    def take(self, wishes: Sequence[QuotaWish], *, as_of: date) -> None:
        """Take units for all the lines, or for none."""
        ordered = sorted(wishes, key=lambda wish: (wish.order, wish.line))
        asked = [
            {"place": n, "order_number": w.order, "line": w.line, "quantity": w.quantity, "day": w.on.isoformat()}
            for n, w in enumerate(ordered)
        ]
        with self.transaction.session.begin_nested():
            rows = self.transaction.session.execute(_TAKE, {"wishes": json.dumps(asked), "today": as_of}).all()
            if rows:
                said = "; ".join(f"{r.order_number}/{r.line} wants {r.wanted}, {r.available} are left" for r in rows)
                lines = [(str(r.order_number), int(r.line), int(r.wanted), int(r.available)) for r in rows]
                raise QuotaExhaustedError(f"the quota is used up: {said}; nothing was taken", lines=lines)
        for wish in wishes:
            self._note_line(wish.order, "quota_taken", {"line": wish.line, "quantity": wish.quantity})

    def give_back(self, order: OrderNo, line: int, *, keep: int) -> int:
        """Give back what the line has beyond `keep` units; the units given back."""
        values = {"order": order, "line": line, "keep": keep}
        given = int(self.transaction.session.scalars(_GIVE_BACK, values).one())
        if given:
            self._note_line(order, "quota_given_back", {"line": line, "quantity": given})
        return given

    def uses(self, order: OrderNo, line: int | None = None) -> tuple[QuotaUse, ...]:
        """What the order, or one of its lines, has of which quota."""
        query = (
            select(QuotaUseRow, QuotaRow.code)
            .join(QuotaRow, QuotaRow.id == QuotaUseRow.quota_id)
            .join(SalesOrderRow, SalesOrderRow.id == QuotaUseRow.order_id)
            .where(SalesOrderRow.number == order, QuotaUseRow.quantity > 0)
            .order_by(QuotaUseRow.line, QuotaRow.code.collate("C"))
            .execution_options(populate_existing=True)
        )
        if line is not None:
            query = query.where(QuotaUseRow.line == line)
        return tuple(
            QuotaUse(quota=code, order=order, line=row.line, quantity=row.quantity)
            for row, code in self.transaction.session.execute(query)
        )

    def release(self, code: str, *, on: date) -> None:
        """What is left of the quota is for everybody from a day on."""
        row = self.transaction.one(QuotaRow, QuotaRow.code == code, what=f"quota {code!r}", lock=True)
        self._declare(code, "quota_released", {"on": on})
        row.released_on = on
        self.transaction.session.flush()

    def _quota(self, row: QuotaRow) -> Quota:
        query = select(ItemRow.code, CustomerRow.code).where(ItemRow.id == row.item_id)
        item, customer = self.transaction.session.execute(
            query.outerjoin(CustomerRow, CustomerRow.id == row.customer_id)
        ).one()
        return Quota(
            code=row.code,
            item=ItemCode(item),
            first=row.first,
            last=row.last,
            quantity=row.quantity,
            channel=row.channel,
            customer=CustomerCode(customer) if customer else None,
            region=row.region,
            consumed=row.consumed,
            borrow=row.borrow,
            released_on=row.released_on,
        )

    def _declare(self, code: str, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.declare(MasterDataKind.QUOTAS, scope=f"quota:{code}", event=event, subject=code, facts=facts)

    def _note_line(self, order: OrderNo, event: str, facts: dict[str, object]) -> None:
        self.transaction.note(scope=f"order:{order}", event=event, subject=order, facts=facts)
