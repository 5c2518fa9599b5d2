"""Prices, lots and quotas of a pack: loaded whole, and reconciled with a later one."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import psycopg

from core.bootstrap.databases import LOADER
from core.bootstrap.feeding import feed_company
from core.bootstrap.opening import open_books
from core.db.roles import RoleUrls, dsn_of
from core.domain.company import Company
from core.domain.feeds import ConflictKind, FeedReport
from core.domain.ids import ItemCode, LocationCode, LotCode, UserName
from core.domain.lots import LotStatus
from core.domain.master_data import MasterDataKind
from core.domain.prices import PriceListCode, PriceListLine
from core.domain.stock import StockMove, VirtualPlace
from core.services.accounts import add_user
from core.services.checking import check
from core.services.packs.reading import read_pack
from tests.builders import MARIA, OMAR
from tests.core.services.packs.folders import FILES, small_pack
from tests.desk import agreed_request

IRON, VALVE, SHOP, STANDARD = ItemCode("IRON"), ItemCode("VALVE"), LocationCode("SHOP"), PriceListCode("STD-26")
TODAY = date(2026, 11, 3)


def told(folder: Path, **files: tuple[str, str]) -> Company:
    """The small pack, or the same a day later with one text of a file replaced by another."""
    changes: dict[str, str | bytes | None] = {}
    for name, (old, new) in files.items():
        assert FILES[f"{name}.csv"].count(old) == 1
        changes[f"{name}.csv"] = FILES[f"{name}.csv"].replace(old, new)
    if files:
        changes["pack.toml"] = FILES["pack.toml"].replace("2026-11-02", str(TODAY))
    return read_pack(small_pack(folder, changes)).company


def fed(urls: RoleUrls, company: Company, name: str, *, by: UserName = LOADER) -> FeedReport | None:
    return feed_company(urls, company, content_hash=name, by=by)


def moved_in(lot: LotCode, units: int) -> StockMove:
    return StockMove(
        item=IRON,
        origin=VirtualPlace.SUPPLIER.location,
        destination=SHOP,
        quantity=units,
        reason="receipt",
        reference="DN-1",
        moved_on=TODAY,
        lot=lot,
    )


def held(urls: RoleUrls) -> Company:
    """Our books, which hold together."""
    with open_books(urls.app) as books, books(UserName("maria")) as uow:
        assert [sentence for law in check(uow) for sentence in law.broken] == []
        return uow.feeds.books()


def test_prices_lots_and_quotas_are_loaded_with_the_company(role_urls: RoleUrls, tmp_path: Path) -> None:
    company = told(tmp_path)
    fed(role_urls, company, "first")

    found = held(role_urls)

    assert set(found.price_lists) == set(company.price_lists)
    assert set(found.price_list_lines) == set(company.price_list_lines)
    assert set(found.discounts) == set(company.discounts)
    assert (set(found.quotas), set(found.lots)) == (set(company.quotas), set(company.lots))
    assert set(found.lot_stock) == set(company.lot_stock)
    with psycopg.connect(dsn_of(role_urls.owner)) as connection:
        (counted,) = connection.execute("SELECT reltuples FROM pg_class WHERE relname = 'items'").fetchone() or (-1,)
    assert counted == 3
    with open_books(role_urls.app) as books, books(UserName("maria")) as uow:
        # Of 100 on hand 20 are on hold, 60 in a good lot and 20 in none; 10 wait for a transfer.
        assert uow.stock.available(IRON, SHOP) == 70


def test_a_later_pack_ends_prices_and_counts_lot_by_lot(role_urls: RoleUrls, tmp_path: Path) -> None:
    fed(role_urls, told(tmp_path / "first"), "first")
    later = told(
        tmp_path / "later",
        price_list_lines=("STD-26,20,VALVE,110.5,2026-01-01,,50", "STD-26,30,VALVE,112,2026-11-03,,50"),
        discounts=("WEB,Portal orders,percent,2.5,2026-01-01,,,,,,,portal,1,stackable,1,no\n", ""),
        lots=("CAST-2,IRON,hold,", "CAST-3,IRON,available,2026-11-03,,GULF,,,,,\nCAST-2,IRON,available,"),
        lot_stock=("CAST-1,SHOP,60", "CAST-1,SHOP,45\nCAST-3,SHOP,5"),
        stock=("IRON,SHOP,100,10", "IRON,SHOP,80,10"),
        quotas=("25,,LAKE", "9,,LAKE"),
    )

    report = fed(role_urls, later, "later")

    assert report is not None
    assert report.conflicts == ()
    found = held(role_urls)
    lines = [(x.line, x.minimum, x.unit_price, x.valid_to) for x in found.price_list_lines if x.list == STANDARD]
    assert sorted(lines) == [
        (10, 1, Decimal(118), None),
        (20, 50, Decimal("110.5"), TODAY),
        (21, 50, Decimal(112), None),
    ]
    assert {x.code: x.valid_to for x in found.discounts} == {"WEB": TODAY, "PALLET": date(2026, 12, 31)}
    assert {x.code: x.status for x in found.lots}[LotCode("CAST-2")] is LotStatus.AVAILABLE
    assert {x.lot: x.on_hand for x in found.lot_stock} == {"CAST-1": 45, "CAST-2": 20, "CAST-3": 5}
    assert [x.on_hand for x in found.stock if x.item == IRON] == [80]
    assert [x.quantity for x in found.quotas] == [25]
    again = fed(role_urls, later, "later again")
    assert again is not None
    assert {one.table for one in again.tables if one.new or one.changed or one.closed} == set()


def test_what_was_done_here_stays_and_a_price_that_was_told_is_not_changed(role_urls: RoleUrls, tmp_path: Path) -> None:
    fed(role_urls, told(tmp_path / "first"), "first")
    here = PriceListLine(
        list=STANDARD, line=21, item=VALVE, unit_price=Decimal(105), valid_from=date(2026, 11, 2), minimum=80
    )
    with open_books(role_urls.app) as books, books(MARIA.name) as uow:
        for person in (MARIA, OMAR):
            add_user(uow, person, token=f"token of {person.name}")
        agreed = agreed_request(uow.master_data.transaction, MasterDataKind.PRICES, asking=MARIA)
        uow.prices.add_lines((here,), agreed=agreed)
        uow.lots.set_status(LotCode("CAST-1"), old=LotStatus.AVAILABLE, new=LotStatus.HOLD, why="cracks")
    later = told(
        tmp_path / "later",
        price_list_lines=("STD-26,10,VALVE,118", "STD-26,10,VALVE,121"),
        stock=("IRON,SHOP,100,10", "IRON,SHOP,75,10"),
        lot_stock=("CAST-2,SHOP,20", "CAST-2,SHOP,15"),
    )

    report = fed(role_urls, later, "later", by=MARIA.name)

    assert report is not None
    assert [(one.kind, one.subject, one.said, one.held) for one in report.conflicts] == [
        (ConflictKind.TAKEN_BACK, "price_list_lines:STD-26/VALVE/1/2026-01-01 unit_price", "121.0", "118.0000")
    ]
    found = held(role_urls)
    assert here in found.price_list_lines
    assert {x.code: x.status for x in found.lots}[LotCode("CAST-1")] is LotStatus.HOLD
    assert {x.lot: x.on_hand for x in found.lot_stock} == {"CAST-1": 60, "CAST-2": 15}


def test_a_count_of_a_pack_without_lots_is_taken_from_the_lots_here(role_urls: RoleUrls, tmp_path: Path) -> None:
    plain = {"lots": None, "lot_stock": None}
    small = read_pack(small_pack(tmp_path / "first", {f"{name}.csv": text for name, text in plain.items()})).company
    fed(role_urls, small, "first")
    with open_books(role_urls.app) as books, books(UserName("maria")) as uow:
        for lot in told(tmp_path / "lots").lots:
            uow.lots.add(lot)
        uow.stock.move([moved_in(LotCode("CAST-1"), 30), moved_in(LotCode("CAST-2"), 10)])
    later = {"stock.csv": FILES["stock.csv"].replace("IRON,SHOP,100,10", "IRON,SHOP,35,10")}
    later["pack.toml"] = FILES["pack.toml"].replace("2026-11-02", str(TODAY))
    gone = {f"{name}.csv": text for name, text in plain.items()}

    report = fed(role_urls, read_pack(small_pack(tmp_path / "later", {**gone, **later})).company, "later")

    assert report is not None
    found = held(role_urls)
    assert [x.on_hand for x in found.stock if x.item == IRON] == [35]
    assert {x.lot: x.on_hand for x in found.lot_stock} == {"CAST-1": 25, "CAST-2": 10}
