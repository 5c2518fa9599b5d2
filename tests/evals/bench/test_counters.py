"""The benches of hot items, many items and orders find nothing wrong; how fast they are is measured elsewhere."""

from decimal import Decimal

import pytest
from sqlalchemy.engine import make_url

from core.bootstrap.databases import load_company
from core.db.embedded import Server
from core.db.roles import RoleUrls
from core.services.scanning import Figure
from evals.bench import hot, place, uniform
from evals.bench.stockroom import Stockroom, company
from tests.evals.bench.promised import missing

SHORT = 0.05
ITEMS = 40


@pytest.fixture
def room(postgres_server: Server, role_urls: RoleUrls) -> Stockroom:
    """A room with all that the benches take, on the server of this run."""
    plenty = {uniform.item_of(number, ITEMS): uniform.PLENTY for number in range(ITEMS)}
    load_company(role_urls, company(hot.STOCK | plenty, customers=(place.CUSTOMER,)), content_hash="room")
    return Stockroom(server=postgres_server, urls=role_urls, database=str(make_url(role_urls.app).database))


def by_name(figures: tuple[Figure, ...]) -> dict[str, Decimal | int]:
    return {one.name: one.value for one in figures}


def test_nothing_of_a_hot_item_is_sold_twice_by_two_processes_and_by_orders_that_name_it_twice(room: Stockroom) -> None:
    found = by_name(hot.measured(room, hot.Size(seconds=SHORT, rounds=1, connections=4)))

    assert {name: found[name] for name in ("oversold_units", "counter_minus_rows", "two_processes_granted_units")} == {
        "oversold_units": 0,
        "counter_minus_rows": 0,
        "two_processes_granted_units": hot.FEW,
    }
    assert missing("hot", found) == set()


def test_reservations_of_many_items_leave_the_books_whole(room: Stockroom) -> None:
    found = by_name(uniform.measured(room, seconds=SHORT, rounds=1, items=ITEMS))

    assert (found["broken_invariants"], missing("uniform", found)) == (0, set())
    assert found["per_s"] > 0


def test_orders_placed_leave_the_books_whole(room: Stockroom) -> None:
    found = by_name(place.measured(room, seconds=SHORT, rounds=1, items=ITEMS))

    assert (found["broken_invariants"], missing("place", found)) == (0, set())
    assert found["orders_per_s"] > 0
