"""The order in which rows come in is irrelevant: with its tables shuffled a company that has everything is the same."""

from collections.abc import Iterator
from dataclasses import fields, replace
from random import Random
from typing import Any

import pytest

from core.bootstrap.databases import load_company
from core.bootstrap.opening import open_books
from core.db.embedded import Server, drop_database
from core.db.roles import RoleUrls
from core.demo.company import demo_company
from core.demo.sizes import Size
from core.domain.company import Company
from core.domain.ids import ItemCode, UserName
from core.domain.promising import Ask, Promise
from core.planning.detection import detect
from core.planning.netting import net
from core.planning.promising import PromisingRules, open_book, promise
from core.planning.rules import Policy, ScanRules
from core.planning.snapshot import Snapshot, date_of
from tests.columns import differences
from tests.database import copy_database

ALL_ON = ScanRules(calendars=True, capacity=True, lanes=True, alternates=True)
SECOND = "t_shuffled_company"


@pytest.fixture
def second_urls(postgres_server: Server, template_database: str) -> Iterator[RoleUrls]:
    """Another empty database beside that of the test."""
    copy_database(postgres_server, SECOND, template_database)
    yield postgres_server.role_urls(SECOND)
    drop_database(postgres_server, SECOND)


def test_the_order_of_the_rows_that_are_loaded_is_irrelevant(role_urls: RoleUrls, second_urls: RoleUrls) -> None:
    company = demo_company(size=Size.FULL)
    first = books_of(role_urls, company)
    second = books_of(second_urls, shuffled(company, Random(7)))

    assert list(differences(second, first)) == []
    assert (first.operation_alternates.center.size, first.alternates.item.size, first.lanes.days.size) == (260, 7, 16)
    for policy in (Policy.PRIORITY, Policy.FAIR_SHARE):
        rules = replace(ALL_ON, policy=policy)
        found = detect(first, net(first, rules))
        assert len(found) > 10
        assert detect(second, net(second, rules)) == found
    assert promised(second) == promised(first)


def shuffled(company: Company, dice: Random) -> Company:
    """Each table in another order."""
    tables = {one.name: getattr(company, one.name) for one in fields(company) if one.name != "settings"}
    return replace(company, **{name: tuple(dice.sample(rows, len(rows))) for name, rows in tables.items()})


def books_of(urls: RoleUrls, company: Company) -> Snapshot:
    """The company as it is read after it was loaded."""
    load_company(urls, company, content_hash="any order")
    with open_books(urls.app) as books, books(UserName("reader")) as uow:
        return uow.snapshot()


def promised(snapshot: Snapshot) -> list[Promise]:
    """Answers for some of every item, one after the other."""
    books, place = open_book(snapshot, PromisingRules(calendars=True, borrow=True)), snapshot.locations
    asks: list[dict[str, Any]] = [
        {"item": ItemCode(code), "location": place.code[0], "quantity": 7, "requested": date_of(snapshot.as_of + 5)}
        for code in snapshot.items.code
    ]
    return [promise(books, Ask(**ask)) for ask in asks]
