"""Lists of customers, items and locations."""

from collections.abc import Mapping

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from core.db.rows import CustomerRow, ItemRow, LocationRow
from core.db.stores.listing.filtering import present, said, same
from core.db.stores.listing.keyset import Along, along, code, ordered, read_page
from core.domain.ids import CustomerCode, ItemCode, LocationCode
from core.domain.items import LocationKind
from core.domain.listing.goods import (
    ItemFilter,
    ItemSort,
    ListedItem,
    ListedLocation,
    LocationFilter,
    LocationSort,
)
from core.domain.listing.orders import CustomerFilter, CustomerSort, ListedCustomer
from core.domain.listing.paging import Page, Reading

_CUSTOMERS: Mapping[CustomerSort, tuple[Along, ...]] = {
    CustomerSort.CODE: (),
    CustomerSort.NAME: (code(CustomerRow.name),),
    CustomerSort.TIER: along(CustomerRow.tier),
}
_ITEMS: Mapping[ItemSort, tuple[Along, ...]] = {ItemSort.CODE: (), ItemSort.NAME: (code(ItemRow.name),)}
_LOCATIONS: Mapping[LocationSort, tuple[Along, ...]] = {
    LocationSort.CODE: (),
    LocationSort.SITE: (code(LocationRow.site),),
}


def customers(session: Session, wanted: CustomerFilter, asked: Reading[CustomerSort]) -> Page[ListedCustomer]:
    """Customers."""
    query = select(CustomerRow).where(
        same(CustomerRow.code, wanted.code),
        said(wanted.said, CustomerRow.code, CustomerRow.name),
        same(CustomerRow.tier, wanted.tier),
        same(CustomerRow.region, wanted.region),
        same(CustomerRow.country, wanted.country),
        present(CustomerRow.closed, _closed(wanted.in_use)),
    )
    return read_page(session, query, ordered(_CUSTOMERS, asked, code(CustomerRow.code)), asked, _customer)


def items(session: Session, wanted: ItemFilter, asked: Reading[ItemSort]) -> Page[ListedItem]:
    """Items."""
    query = select(ItemRow).where(
        same(ItemRow.code, wanted.code),
        said(wanted.said, ItemRow.code, ItemRow.name),
        same(ItemRow.make, wanted.make),
        same(ItemRow.finished_good, wanted.finished_good),
        present(ItemRow.closed, _closed(wanted.in_use)),
    )
    return read_page(session, query, ordered(_ITEMS, asked, code(ItemRow.code)), asked, _item)


def locations(session: Session, wanted: LocationFilter, asked: Reading[LocationSort]) -> Page[ListedLocation]:
    """Locations of the company and of those who keep its stock."""
    query = select(LocationRow).where(
        LocationRow.virtual.is_(False),
        same(LocationRow.code, wanted.code),
        same(LocationRow.site, wanted.site),
        true() if wanted.sites is None else LocationRow.site.in_(sorted(wanted.sites)),
        same(LocationRow.kind, wanted.kind),
        same(LocationRow.may_ship, wanted.may_ship),
        present(LocationRow.closed, _closed(wanted.in_use)),
    )
    return read_page(session, query, ordered(_LOCATIONS, asked, code(LocationRow.code)), asked, _location)


def _closed(in_use: bool | None) -> bool | None:
    return None if in_use is None else not in_use


def _customer(row: CustomerRow) -> ListedCustomer:
    return ListedCustomer(
        code=CustomerCode(row.code),
        name=row.name,
        tier=row.tier,
        region=row.region,
        country=row.country,
        ship_complete=row.ship_complete,
        allow_partial=row.allow_partial,
        allow_substitution=row.allow_substitution,
        otif_target=row.otif_target,
        payment_days=row.payment_days,
        in_use=row.closed is None,
    )


def _item(row: ItemRow) -> ListedItem:
    return ListedItem(
        code=ItemCode(row.code),
        name=row.name,
        unit=row.unit,
        make=row.make,
        finished_good=row.finished_good,
        list_price=row.list_price,
        safety_stock=row.safety_stock,
        lead_time_days=row.lead_time_days,
        lot_control=row.lot_control,
        in_use=row.closed is None,
    )


def _location(row: LocationRow) -> ListedLocation:
    return ListedLocation(
        code=LocationCode(row.code),
        site=row.site,
        name=row.name,
        kind=LocationKind(row.kind),
        may_ship=row.may_ship,
        pick_up=row.pick_up,
        takes_returns=row.takes_returns,
        region=row.region,
        country=row.country,
        in_use=row.closed is None,
    )
