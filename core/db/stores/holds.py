"""Holds on orders, and what customers owe, looked at under a lock on the customer."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, func, select, text
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import CustomerAddressRow, CustomerRow, HoldRow, LocationRow, SalesOrderRow, SettingsRow
from core.db.transaction import Transaction
from core.domain.credit import CreditExposure
from core.domain.errors import ConflictError, NotFoundError
from core.domain.holds import Hold, HoldCause, HoldKind, HoldNo, HoldRelease, HoldRule
from core.domain.ids import CustomerCode, LocationCode, OrderNo, UserName
from core.domain.parties import CustomerAddress
from core.domain.users import Role, User

# Rounded a line, as invoices are. Orders on a credit hold are left out: whether they may go on is the question.
_OWED = text("""
SELECT COALESCE(sum(v.ordered) FILTER (WHERE NOT held.credit AND o.state NOT IN ('draft', 'closed', 'cancelled')), 0),
       COALESCE(sum(greatest(v.invoiced - back.given, 0)), 0)
FROM sales_orders o
CROSS JOIN LATERAL (
    SELECT sum(round(x.unit_price * greatest(x.ordered - x.cancelled - x.invoiced, 0), 2)) AS ordered,
           COALESCE(sum(round(x.unit_price * x.invoiced, 2)), 0) AS invoiced
    FROM sales_order_lines x WHERE x.order_id = o.id) v
CROSS JOIN LATERAL (
    SELECT COALESCE(sum(f.amount), 0) AS given FROM refunds f JOIN returns r ON r.id = f.return_id
    WHERE r.order_id = o.id) back
CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT FROM holds h WHERE h.order_id = o.id AND h.kind = 'credit' AND h.released_at IS NULL) AS credit) held
WHERE o.customer_id = :customer AND o.kind = 'order' AND o.currency = :currency
  AND o.payment_state IN ('open', 'authorised')
  AND o.number IS DISTINCT FROM :besides
""")

_STATED = text("""
SELECT x.line FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
CROSS JOIN LATERAL (SELECT p.source FROM line_prices p WHERE p.order_id = x.order_id AND p.line = x.line
                    ORDER BY p.id DESC LIMIT 1) k
WHERE o.number = :order AND (:line IS NULL OR x.line = :line) AND k.source = 'stated' AND x.state <> 'cancelled'
ORDER BY x.line
""").bindparams(bindparam("line", type_=Integer))


@dataclass(frozen=True, slots=True)
class SqlHoldStore:
    """Holds of this transaction."""

    transaction: Transaction

    def add(self, order: OrderNo, cause: HoldCause, rule: HoldRule, *, until: date | None = None) -> Hold:
        """Set a hold. Of one kind an order, or line of it, has one open at a time: the open one is given back."""
        key = self.transaction.one(SalesOrderRow, SalesOrderRow.number == order, what=f"sales order {order!r}").id
        values = {
            "order_id": key,
            "line": cause.line,
            "kind": cause.kind.value,
            "reason": cause.why,
            "set_by": self.transaction.actor,
            "set_at": self.transaction.now,
            "until": until,
            "due_at": self.transaction.now + rule.lasts,
            "release_roles": [role.value for role in rule.release_roles],
        }
        added = insert(HoldRow).values(values).on_conflict_do_nothing().returning(HoldRow.id)
        number = self.transaction.session.scalars(added).one_or_none()
        if number is None:
            same = HoldRow.line.is_(None) if cause.line is None else HoldRow.line == cause.line
            query = _HOLDS.where(HoldRow.order_id == key, HoldRow.kind == cause.kind.value, same, _OPEN)
            return self._all(query)[0]
        self.transaction.note(
            scope=f"order:{order}",
            event="hold_set",
            subject=_number(number),
            facts={"kind": cause.kind, "line": cause.line, "why": cause.why, "until": until},
        )
        return self.get(_number(number))

    def get(self, number: HoldNo) -> Hold:
        """A hold by number."""
        return self._one(_HOLDS.where(HoldRow.id == _key(number)), number)

    def lock(self, number: HoldNo) -> Hold:
        """A hold by number, kept from others until the transaction ends."""
        return self._one(_HOLDS.where(HoldRow.id == _key(number)).with_for_update(of=HoldRow), number)

    def release(self, number: HoldNo, user: User, *, why: str) -> Hold:
        """Let go; ConflictError when it was released before, or is about a price that nobody has agreed to."""
        hold = self.lock(number)
        if hold.released is not None:
            raise ConflictError(f"{number} was released by {hold.released.by!r} before; nothing was changed")
        if hold.is_about_a_price:
            stated = self.transaction.session.scalars(_STATED, {"order": hold.order, "line": hold.line}).all()
            if stated:
                raise ConflictError(
                    f"{number} is about prices that the customer states and nobody has agreed to, on line"
                    f" {', '.join(map(str, stated))} of {hold.order}; agree to them or set others first"
                )
        row = self.transaction.one(HoldRow, HoldRow.id == _key(number), what=f"hold {number!r}")
        row.released_by, row.released_role = user.name, user.role.value
        row.released_at, row.release_reason = self.transaction.now, why
        self.transaction.session.flush()
        self.transaction.note(
            scope=f"order:{hold.order}",
            event="hold_released",
            subject=number,
            facts={"kind": hold.kind, "by": user.name, "role": user.role.value, "why": why},
        )
        return self.get(number)

    def of_order(self, order: OrderNo, *, open_only: bool = False) -> tuple[Hold, ...]:
        """The holds of an order, oldest first."""
        query = _HOLDS.where(SalesOrderRow.number == order)
        return self._all(query.where(_OPEN) if open_only else query)

    def overdue(self, now: datetime) -> tuple[Hold, ...]:
        """The open holds that should have been settled, the longest overdue first."""
        query = _HOLDS.where(_OPEN, HoldRow.due_at < now).order_by(None).order_by(HoldRow.due_at, HoldRow.id)
        return self._all(query)

    def lapsed(self, today: date) -> tuple[Hold, ...]:
        """The open manual holds whose last day has passed, oldest first."""
        return self._all(_HOLDS.where(_OPEN, HoldRow.until < today, HoldRow.kind == HoldKind.MANUAL.value))

    def lock_customer(self, customer: CustomerCode) -> None:
        """Until this transaction ends nobody else looks at this customer's credit.

        The lock lets orders of the customer be inserted, which hold a weaker one: two entries cannot wait for
        each other.
        """
        query = select(CustomerRow.id).where(CustomerRow.code == customer).with_for_update(key_share=True)
        if self.transaction.session.scalars(query).one_or_none() is None:
            raise NotFoundError(f"there is no customer {customer!r}")

    def exposure(self, customer: CustomerCode, *, besides: OrderNo | None = None) -> CreditExposure:
        """What the customer owes and has on order, one order left out if so wished."""
        self.transaction.session.flush()
        row = self.transaction.one(CustomerRow, CustomerRow.code == customer, what=f"customer {customer!r}")
        currency = self.transaction.session.scalars(select(SettingsRow.currency)).one()
        values = {"customer": row.id, "currency": currency, "besides": besides}
        ordered, unpaid = self.transaction.session.execute(_OWED, values).one()
        return CreditExposure(
            customer=customer,
            currency=currency,
            ordered=_cents(ordered),
            unpaid=_cents(unpaid),
            limit=row.credit_limit,
        )

    def orders_of(self, customer: CustomerCode, *, besides: OrderNo | None = None) -> int:
        """How many orders the customer has that went beyond a draft, one left out if so wished."""
        query = (
            select(func.count())
            .select_from(SalesOrderRow)
            .join(CustomerRow, CustomerRow.id == SalesOrderRow.customer_id)
            .where(
                CustomerRow.code == customer,
                SalesOrderRow.kind == "order",
                SalesOrderRow.number != (besides or ""),
                SalesOrderRow.state.not_in(["draft", "on hold", "cancelled"]),
            )
        )
        return self.transaction.session.scalars(query).one()

    def addresses(self, customer: CustomerCode) -> tuple[CustomerAddress, ...]:
        """The places a customer wants goods sent to, by code."""
        query = (
            select(CustomerAddressRow)
            .join(CustomerRow, CustomerRow.id == CustomerAddressRow.customer_id)
            .where(CustomerRow.code == customer, CustomerAddressRow.closed.is_(None))
            .order_by(CustomerAddressRow.code.collate("C"))
        )
        return tuple(
            CustomerAddress(
                customer=customer,
                code=row.code,
                name=row.name,
                street=row.street,
                city=row.city,
                postcode=row.postcode,
                region=row.region,
                country=row.country,
            )
            for row in self.transaction.session.scalars(query)
        )

    def country_of(self, location: LocationCode) -> str:
        """The country a location is in, empty when nobody said."""
        return self.transaction.one(LocationRow, LocationRow.code == location, what=f"location {location!r}").country

    def keeps_addresses(self) -> bool:
        """Whether this company keeps addresses of customers here at all."""
        return self.transaction.session.scalars(select(exists().select_from(CustomerAddressRow))).one()

    def _one(self, query: Select[HoldRow, str], number: HoldNo) -> Hold:
        found = self._all(query)
        if not found:
            raise NotFoundError(f"there is no hold {number!r}")
        return found[0]

    def _all(self, query: Select[HoldRow, str]) -> tuple[Hold, ...]:
        rows = self.transaction.session.execute(query.execution_options(populate_existing=True))
        return tuple(hold_of(row, order) for row, order in rows)


_OPEN: ColumnElement[bool] = HoldRow.released_at.is_(None)
_HOLDS = (
    select(HoldRow, SalesOrderRow.number).join(SalesOrderRow, SalesOrderRow.id == HoldRow.order_id).order_by(HoldRow.id)
)


def hold_of(row: HoldRow, order: str) -> Hold:
    """The hold of a row."""
    released = None
    if row.released_by is not None and row.released_role is not None and row.released_at is not None:
        released = HoldRelease(
            by=UserName(row.released_by),
            role=Role(row.released_role),
            at=row.released_at,
            why=row.release_reason or "",
        )
    return Hold(
        number=_number(row.id),
        order=OrderNo(order),
        line=row.line,
        kind=HoldKind(row.kind),
        why=row.reason,
        set_by=UserName(row.set_by),
        set_at=row.set_at,
        until=row.until,
        due_at=row.due_at,
        release_roles=tuple(Role(role) for role in row.release_roles),
        released=released,
    )


def _number(key: int) -> HoldNo:
    return HoldNo(f"HOLD-{key}")


def _key(number: HoldNo) -> int:
    digits = number.removeprefix("HOLD-")
    if digits == number or not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise NotFoundError(f"there is no hold {number!r}; holds are called HOLD-1, HOLD-2, ...")
    return int(digits)


def _cents(amount: Decimal | int) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))
