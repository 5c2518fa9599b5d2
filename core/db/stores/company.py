"""Master data: loading a company in one go, and reading what services ask of it."""

from dataclasses import dataclass

from sqlalchemy import select

from core.db.loading import insert_company
from core.db.loading.keeping import keep_pack
from core.db.loading.tables import TABLES
from core.db.rows import CustomerRow, ItemRow, PriceBreakRow, SettingsRow, SupplierItemRow, SupplierRow
from core.db.transaction import Transaction
from core.domain.company import Company, Settings
from core.domain.errors import ConflictError, NotFoundError
from core.domain.feeds import FeedReport, TableReport
from core.domain.ids import CustomerCode, ItemCode, LocationCode, SupplierCode
from core.domain.items import Item, LotControl
from core.domain.master_data import MasterDataKind
from core.domain.parties import Customer, PriceBreak, Supplier, SupplierItem


@dataclass(frozen=True, slots=True)
class SqlCompanyStore:
    """The company of this database: there is one, loaded once."""

    transaction: Transaction

    def load(self, company: Company, *, content_hash: str) -> None:
        """Store the whole company; ConflictError when one is there already."""
        held = self.loaded_hash()
        if held is not None:
            raise ConflictError(f"this database already holds a company (content {held[:12]}); load into an empty one")
        self.transaction.declare(
            MasterDataKind.PACK,
            scope="company",
            event="company_loaded",
            subject=company.settings.name,
            facts={"content_hash": content_hash, "order_lines": len(company.sales_order_lines)},
        )
        insert_company(self.transaction.session, company, content_hash=content_hash, now=self.transaction.now)
        keep_pack(
            self.transaction.session, company, _first(company, content_hash=content_hash), now=self.transaction.now
        )

    def loaded_hash(self) -> str | None:
        """The hash of the pack this database was loaded from, None while empty."""
        return self.transaction.session.scalars(select(SettingsRow.content_hash)).one_or_none()

    def settings(self) -> Settings:
        """The company's settings; NotFoundError while the database is empty."""
        row = self.transaction.session.scalars(select(SettingsRow)).one_or_none()
        if row is None:
            raise NotFoundError("this database holds no company yet; `expediter load DIR` puts one there")
        return Settings(
            name=row.name,
            as_of=row.as_of,
            currency=row.currency,
            time_zone=row.time_zone,
            default_ship_from=LocationCode(row.default_ship_from),
            default_late_penalty_percent=row.late_penalty_percent,
            buffer_days=row.buffer_days,
            assumptions=tuple(row.assumptions),
        )

    def customer(self, code: CustomerCode) -> Customer:
        """A customer by code."""
        row = self.transaction.one(CustomerRow, CustomerRow.code == code, what=f"customer {code!r}")
        return Customer(
            code=CustomerCode(row.code),
            name=row.name,
            tier=row.tier,
            email=row.email,
            late_penalty_percent=row.late_penalty_percent,
            ship_complete=row.ship_complete,
            region=row.region,
            country=row.country,
            allow_partial=row.allow_partial,
            allow_substitution=row.allow_substitution,
            shelf_life_days=row.shelf_life_days,
            otif_target=row.otif_target,
            credit_limit=row.credit_limit,
            payment_days=row.payment_days,
        )

    def item(self, code: ItemCode) -> Item:
        """An item by code."""
        row = self.transaction.one(ItemRow, ItemRow.code == code, what=f"item {code!r}")
        return Item(
            code=ItemCode(row.code),
            name=row.name,
            unit=row.unit,
            make=row.make,
            finished_good=row.finished_good,
            standard_cost=row.standard_cost,
            list_price=row.list_price,
            safety_stock=row.safety_stock,
            lead_time_days=row.lead_time_days,
            lot_control=LotControl(row.lot_control),
            shelf_life_days=row.shelf_life_days,
            minimum_lot=row.minimum_lot,
            lot_multiple=row.lot_multiple,
            maximum_lot=row.maximum_lot,
            safety_days=row.safety_days,
            planning_fence_days=row.planning_fence_days,
            demand_fence_days=row.demand_fence_days,
            made_to_order=row.made_to_order,
            phantom=row.phantom,
            weight=row.weight,
            tariff_code=row.tariff_code,
            origin=row.origin,
        )

    def supplier(self, code: SupplierCode) -> Supplier:
        """A supplier by code."""
        row = self.transaction.one(SupplierRow, SupplierRow.code == code, what=f"supplier {code!r}")
        return Supplier(
            code=SupplierCode(row.code),
            name=row.name,
            approved=row.approved,
            active=row.active,
            email=row.email,
            country=row.country,
            reliability=row.reliability,
            acknowledges_within_hours=row.acknowledges_within_hours,
            drop_ships=row.drop_ships,
        )

    def sources(self, item: ItemCode) -> tuple[SupplierItem, ...]:
        """What approved and active suppliers offer for an item, best priority first."""
        query = (
            select(SupplierItemRow, SupplierRow.code)
            .join(SupplierRow, SupplierRow.id == SupplierItemRow.supplier_id)
            .join(ItemRow, ItemRow.id == SupplierItemRow.item_id)
            .where(ItemRow.code == item, SupplierRow.approved, SupplierRow.active, SupplierItemRow.closed.is_(None))
            .order_by(SupplierItemRow.priority, SupplierRow.code.collate("C"))
        )
        return tuple(
            SupplierItem(
                supplier=SupplierCode(code),
                item=item,
                lead_time_days=row.lead_time_days,
                unit_price=row.unit_price,
                minimum_order=row.minimum_order,
                multiple=row.multiple,
                maximum_order=row.maximum_order,
                priority=row.priority,
            )
            for row, code in self.transaction.session.execute(query)
        )

    def price_breaks(self, item: ItemCode) -> tuple[PriceBreak, ...]:
        """The prices agreed for larger quantities of an item, by supplier, the smallest quantity first."""
        query = (
            select(PriceBreakRow, SupplierRow.code)
            .join(SupplierRow, SupplierRow.id == PriceBreakRow.supplier_id)
            .join(ItemRow, ItemRow.id == PriceBreakRow.item_id)
            .where(ItemRow.code == item, PriceBreakRow.closed.is_(None))
            .order_by(SupplierRow.code.collate("C"), PriceBreakRow.minimum)
        )
        return tuple(
            PriceBreak(supplier=SupplierCode(code), item=item, minimum=row.minimum, unit_price=row.unit_price)
            for row, code in self.transaction.session.execute(query)
        )


def _first(company: Company, *, content_hash: str) -> FeedReport:
    """The report of a pack loaded into an empty database: every row is new."""
    return FeedReport(
        name=company.settings.name,
        as_of=company.settings.as_of,
        content_hash=content_hash,
        applied=True,
        tables=tuple(TableReport(table=name, new=len(getattr(company, name))) for name in (*TABLES, "stock")),
        conflicts=(),
        awaiting=(),
    )
