"""Price lists, contracts, discounts and overrides, and where the price of each order line comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from core.db.codec import from_json, to_json
from core.db.rows import (
    CustomerRow,
    DiscountRow,
    ItemRow,
    ItemVariantRow,
    LinePriceRow,
    PriceListLineRow,
    PriceListRow,
    PriceOverrideRow,
    SalesOrderRow,
    SettingsRow,
)
from core.db.stores.price_values import discount_of, line_of, list_of
from core.db.transaction import Transaction
from core.domain.configuring.pricing import variant_book
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.master_data import MasterDataKind
from core.domain.price_search import PriceBook
from core.domain.prices import (
    Discount,
    DiscountCode,
    Offer,
    PricedLine,
    PriceList,
    PriceListCode,
    PriceListLine,
    PriceSource,
    PriceStep,
)
from core.domain.users import User


@dataclass(frozen=True, slots=True)
class SqlPriceStore:
    """Prices of this transaction."""

    transaction: Transaction

    def add_list(self, price_list: PriceList, lines: Sequence[PriceListLine], *, agreed: str) -> None:
        """A new list or contract, as was agreed; ConflictError when its code is taken."""
        values = {
            "code": price_list.code,
            "name": price_list.name,
            "kind": price_list.kind.value,
            "currency": price_list.currency,
            "customer_id": self._customer(price_list.customer),
            "tier": price_list.tier,
            "region": price_list.region,
            "priority": price_list.priority,
            "valid_from": price_list.valid_from,
            "valid_to": price_list.valid_to,
        }
        told = {
            "kind": price_list.kind,
            "currency": price_list.currency,
            "customer": price_list.customer,
            "lines": _told(lines),
        }
        self._declare(price_list.code, "price_list_added", told, agreed=agreed)
        added = insert(PriceListRow).values(values).on_conflict_do_nothing().returning(PriceListRow.id)
        key = self.transaction.session.scalars(added).one_or_none()
        if key is None:
            raise ConflictError(f"there is a price list {price_list.code!r} already; add lines to it, or end it")
        self._insert(key, lines)

    def add_lines(self, lines: Sequence[PriceListLine], *, agreed: str) -> None:
        """Further lines of lists that are there; ConflictError when a line number is taken."""
        for code in sorted({line.list for line in lines}):
            more = [line for line in lines if line.list == code]
            key = self._list(code)
            self._declare(code, "price_lines_added", {"lines": _told(more)}, agreed=agreed)
            self._insert(key, more)

    def end_line(self, code: PriceListCode, line: int, *, on: date, agreed: str) -> None:
        """The last day a line holds."""
        key = self._list(code)
        self._declare(code, "price_line_ended", {"line": line, "on": on}, agreed=agreed)
        ended = self.transaction.session.scalars(
            update(PriceListLineRow)
            .where(PriceListLineRow.list_id == key, PriceListLineRow.line == line)
            .values(valid_to=on)
            .returning(PriceListLineRow.line)
        ).one_or_none()
        if ended is None:
            raise NotFoundError(f"there is no line {line!r} of price list {code!r}")

    def add_discount(self, discount: Discount, *, agreed: str) -> None:
        """A new discount; ConflictError when its code is taken."""
        values = to_json(Discount, discount) | {
            "customer_id": self._customer(discount.customer),
            "item_id": None if discount.item is None else self._item(discount.item),
        }
        columns = {key: value for key, value in values.items() if key not in {"customer", "item"}}
        self.transaction.declare(
            MasterDataKind.PRICES,
            scope=f"discount:{discount.code}",
            event="discount_added",
            subject=discount.code,
            facts=to_json(Discount, discount),
            request=agreed,
        )
        added = insert(DiscountRow).values(columns).on_conflict_do_nothing().returning(DiscountRow.id)
        if self.transaction.session.scalars(added).one_or_none() is None:
            raise ConflictError(
                f"there is a discount {discount.code!r} already; end it and give the new one a new code"
            )

    def end_discount(self, code: DiscountCode, *, on: date, agreed: str) -> None:
        """The last day a discount holds."""
        self.transaction.declare(
            MasterDataKind.PRICES,
            scope=f"discount:{code}",
            event="discount_ended",
            subject=code,
            facts={"on": on},
            request=agreed,
        )
        ended = update(DiscountRow).where(DiscountRow.code == code).values(valid_to=on).returning(DiscountRow.id)
        if self.transaction.session.scalars(ended).one_or_none() is None:
            raise NotFoundError(f"there is no discount {code!r}")

    def lists(self) -> tuple[PriceList, ...]:
        """Every list and contract, by code."""
        query = (
            select(PriceListRow, CustomerRow.code)
            .outerjoin(CustomerRow, CustomerRow.id == PriceListRow.customer_id)
            .order_by(PriceListRow.code.collate("C"))
        )
        return tuple(list_of(row, customer) for row, customer in self.transaction.session.execute(query))

    def lines(self, code: PriceListCode) -> tuple[PriceListLine, ...]:
        """The lines of a list, by number."""
        query = (
            select(PriceListLineRow, ItemRow.code)
            .join(ItemRow, ItemRow.id == PriceListLineRow.item_id)
            .where(PriceListLineRow.list_id == self._list(code))
            .order_by(PriceListLineRow.line)
        )
        return tuple(line_of(row, code, ItemCode(item)) for row, item in self.transaction.session.execute(query))

    def book(self, item: ItemCode) -> PriceBook:
        """All there is on the price of an item; a variant's prices are its product's with what its choices cost."""
        product = self._product_of(item)
        if product is not None:
            return variant_book(self.book(product[0]), product=product[0], variant=item, supplement=product[1])
        key = self._item(item)
        offers = (
            select(PriceListRow, PriceListLineRow, CustomerRow.code)
            .join(PriceListLineRow, PriceListLineRow.list_id == PriceListRow.id)
            .outerjoin(CustomerRow, CustomerRow.id == PriceListRow.customer_id)
            .where(PriceListLineRow.item_id == key)
            .order_by(PriceListRow.code.collate("C"), PriceListLineRow.line)
        )
        discounts = (
            select(DiscountRow, CustomerRow.code, ItemRow.code)
            .outerjoin(CustomerRow, CustomerRow.id == DiscountRow.customer_id)
            .outerjoin(ItemRow, ItemRow.id == DiscountRow.item_id)
            .where(or_(DiscountRow.item_id.is_(None), DiscountRow.item_id == key))
            .order_by(DiscountRow.sequence, DiscountRow.code.collate("C"))
        )
        return PriceBook(
            offers=tuple(
                Offer(list=list_of(head, customer), line=line_of(row, PriceListCode(head.code), item))
                for head, row, customer in self.transaction.session.execute(
                    offers.execution_options(populate_existing=True)
                )
            ),
            discounts=tuple(
                discount_of(row, customer, only)
                for row, customer, only in self.transaction.session.execute(
                    discounts.execution_options(populate_existing=True)
                )
            ),
            company_currency=self.transaction.session.scalars(select(SettingsRow.currency)).one(),
        )

    def keep(self, order: OrderNo, line: int, priced: PricedLine) -> None:
        """Write down where the price of an order line comes from; what was written before stays."""
        self.transaction.session.add(
            LinePriceRow(
                order_id=self._order(order),
                line=line,
                item_id=self._item(priced.item),
                quantity=priced.quantity,
                currency=priced.currency,
                source=priced.source.value,
                list_id=None if priced.list is None else self._list(priced.list),
                list_line=priced.list_line,
                override_id=priced.override,
                base=priced.base,
                found=priced.found,
                unit_price=priced.unit_price,
                line_total=priced.total,
                steps=to_json(tuple[PriceStep, ...], priced.steps),
                priced_on=priced.priced_on,
                recorded_at=self.transaction.now,
            )
        )
        self.transaction.session.flush()

    def of_line(self, order: OrderNo, line: int) -> PricedLine | None:
        """What was last written down, None for an order that came with its prices from elsewhere."""
        query = (
            select(LinePriceRow, ItemRow.code, PriceListRow)
            .join(ItemRow, ItemRow.id == LinePriceRow.item_id)
            .outerjoin(PriceListRow, PriceListRow.id == LinePriceRow.list_id)
            .where(LinePriceRow.order_id == self._order(order), LinePriceRow.line == line)
            .order_by(LinePriceRow.id.desc())
            .limit(1)
        )
        found = self.transaction.session.execute(query).one_or_none()
        if found is None:
            return None
        row, item, head = found
        return PricedLine(
            item=ItemCode(item),
            quantity=row.quantity,
            currency=row.currency,
            unit_price=row.unit_price,
            found=row.found,
            base=row.base,
            source=PriceSource(row.source),
            steps=from_json(tuple[PriceStep, ...], row.steps),
            priced_on=row.priced_on,
            list=None if row.list_id is None else PriceListCode(head.code),
            list_line=row.list_line,
            override=row.override_id,
        )

    def add_override(self, order: OrderNo, line: int, priced: PricedLine, *, why: str, user: User) -> int:
        """A decision to sell at the price in `priced` instead of the one found; its number."""
        row = PriceOverrideRow(
            order_id=self._order(order),
            line=line,
            found=priced.found,
            price=priced.unit_price,
            currency=priced.currency,
            reason=why,
            approved_by=user.name,
            role=user.role.value,
            recorded_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()
        self.transaction.note(
            scope=f"order:{order}",
            event="price_overridden",
            subject=f"{order}/{line}",
            facts={"found": priced.found, "price": priced.unit_price, "why": why, "role": user.role.value},
        )
        return row.id

    def _insert(self, key: int, lines: Sequence[PriceListLine]) -> None:
        for line in sorted(lines, key=lambda one: one.line):
            values = {
                "list_id": key,
                "line": line.line,
                "item_id": self._item(line.item),
                "minimum": line.minimum,
                "unit_price": line.unit_price,
                "valid_from": line.valid_from,
                "valid_to": line.valid_to,
            }
            added = insert(PriceListLineRow).values(values).on_conflict_do_nothing().returning(PriceListLineRow.line)
            if self.transaction.session.scalars(added).one_or_none() is None:
                raise ConflictError(
                    f"price list {line.list!r} has a line {line.line!r} already; a new price is a new line"
                )

    def _list(self, code: PriceListCode) -> int:
        return self.transaction.one(PriceListRow, PriceListRow.code == code, what=f"price list {code!r}").id

    def _item(self, code: ItemCode) -> int:
        return self.transaction.one(ItemRow, ItemRow.code == code, what=f"item {code!r}").id

    def _product_of(self, item: ItemCode) -> tuple[ItemCode, Decimal] | None:
        variant = aliased(ItemRow)
        query = (
            select(ItemRow.code, ItemVariantRow.supplement)
            .join(ItemVariantRow, ItemVariantRow.product_id == ItemRow.id)
            .join(variant, variant.id == ItemVariantRow.item_id)
            .where(variant.code == item)
        )
        found = self.transaction.session.execute(query).one_or_none()
        return None if found is None else (ItemCode(found.code), found.supplement)

    def _order(self, number: OrderNo) -> int:
        return self.transaction.one(SalesOrderRow, SalesOrderRow.number == number, what=f"sales order {number!r}").id

    def _customer(self, code: CustomerCode | None) -> int | None:
        if code is None:
            return None
        return self.transaction.one(CustomerRow, CustomerRow.code == code, what=f"customer {code!r}").id

    def _declare(self, code: str, event: str, facts: Mapping[str, object], *, agreed: str) -> None:
        self.transaction.declare(
            MasterDataKind.PRICES, scope=f"prices:{code}", event=event, subject=code, facts=facts, request=agreed
        )


def _told(lines: Sequence[PriceListLine]) -> list[str]:
    return [f"{line.line}: {line.item} from {line.minimum} at {line.unit_price}" for line in lines]
