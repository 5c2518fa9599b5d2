"""A company is loaded once, whole or not at all, and its master data reads back."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from core.bootstrap.databases import load_company
from core.bootstrap.opening import open_books
from core.db.roles import RoleUrls
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import CustomerCode, SupplierCode
from core.domain.items import StockBalance
from core.domain.orders import SupplyState
from core.domain.users import AGENT_NAME, WORKER_NAME
from tests.builders import HOUSTON, MARIA, MOTOR, RENO, VALVE, YARD, company
from tests.desk import Desk


def test_master_data_reads_as_it_was_loaded(desk: Desk) -> None:
    with desk.open() as uow:
        assert uow.company.settings() == company().settings
        assert tuple(uow.company.customer(c.code) for c in company().customers) == company().customers
        assert tuple(uow.company.supplier(s.code) for s in company().suppliers) == company().suppliers


def test_sources_are_those_that_may_be_bought_from_the_preferred_first(desk: Desk) -> None:
    offers = {(offer.supplier, offer.item): offer for offer in company().supplier_items}

    with desk.open() as uow:
        assert uow.company.sources(VALVE) == (offers[SupplierCode("GULF"), VALVE], offers[SupplierCode("DELTA"), VALVE])
        assert uow.company.sources(MOTOR) == (offers[SupplierCode("GULF"), MOTOR],)


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    with desk.open() as uow:
        with pytest.raises(NotFoundError, match="there is no customer 'NOBODY'"):
            uow.company.customer(CustomerCode("NOBODY"))
        with pytest.raises(NotFoundError, match="there is no supplier 'NOBODY'"):
            uow.company.supplier(SupplierCode("NOBODY"))


def test_the_same_company_is_loaded_once(company_urls: RoleUrls) -> None:
    assert load_company(company_urls, company(), content_hash="small") is False


def test_another_company_does_not_fit_beside_it(company_urls: RoleUrls) -> None:
    with pytest.raises(ConflictError, match=r"already holds a company \(content small\)"):
        load_company(company_urls, company(), content_hash="other")


def test_an_empty_database_has_no_company(role_urls: RoleUrls) -> None:
    with open_books(role_urls.app) as books, books(MARIA.name) as uow:
        assert uow.company.loaded_hash() is None
        with pytest.raises(NotFoundError, match="holds no company yet"):
            uow.company.settings()


def test_loading_makes_the_programs_known(role_urls: RoleUrls) -> None:
    assert load_company(role_urls, company(), content_hash="x") is True

    with open_books(role_urls.app) as books, books(MARIA.name) as uow:
        assert [user.name for user in uow.users.all()] == [AGENT_NAME, WORKER_NAME]


def test_a_company_that_contradicts_itself_leaves_nothing_behind(role_urls: RoleUrls) -> None:
    negative = company(stock=(StockBalance(item=VALVE, location=HOUSTON, on_hand=-1),))

    with pytest.raises(IntegrityError, match="quantity_positive"):
        load_company(role_urls, negative, content_hash="x")

    with open_books(role_urls.app) as books, books(MARIA.name) as uow:
        assert (uow.company.loaded_hash(), uow.users.all()) == (None, ())


@pytest.mark.parametrize("state", [SupplyState.CANCELLED, SupplyState.RECEIVED])
def test_a_transfer_that_is_over_reserves_nothing(role_urls: RoleUrls, state: SupplyState) -> None:
    waiting, shipped = company().transfer_orders
    load_company(role_urls, company(transfer_orders=(replace(waiting, state=state), shipped)), content_hash="x")

    with open_books(role_urls.app) as books, books(MARIA.name) as uow:
        assert uow.stock.available(VALVE, RENO) == 60
        assert uow.checks.broken("I2") == ()


def test_stock_of_a_place_is_kept_by_place(desk: Desk) -> None:
    with desk.open() as uow:
        assert (uow.stock.available(MOTOR, YARD), uow.stock.available(MOTOR, HOUSTON)) == (6, 0)
