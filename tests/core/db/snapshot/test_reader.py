"""The books read back as columns equal the columns written by hand."""

from dataclasses import replace

import pytest

from core.bootstrap.opening import open_books
from core.db.roles import RoleUrls
from core.domain.errors import NotFoundError
from core.planning.snapshot import Snapshot
from tests.builders import MARIA
from tests.columns import differences
from tests.core.planning.books import book
from tests.desk import Desk

ITEMS = [
    ("VALVE-3", False, 30, 0, True, "14.1234"),
    ("MOTOR", False, 30, 2, False, "120"),
    ("PUMP-1", True, 4, 0, True, "400"),
    ("SEAL", False, 30, 0, False, "2.5"),
]
DEMAND = [
    ("SO-1", 1, "VALVE-3", 40, 5, "HOUSTON", -1, 1, 1, "25", 125, "HARBOR", 4),
    ("SO-1", 2, "PUMP-1", 2, 10, "HOUSTON", -1, 1, 1, "900", 125, "HARBOR", 10),
    ("SO-2", 1, "VALVE-3", 20, 6, "RENO", -2, 2, 3, "25.5", 50, "MESA", 6),
]
STOCK = [
    ("MOTOR", 6, "YARD"),
    ("SEAL", 20, "HOUSTON"),
    ("SEAL", 100, "YARD"),
    ("VALVE-3", 5, "HOUSTON"),
    ("VALVE-3", 50, "RENO"),
]
SUPPLY = [
    ("WO", "WO-1", "PUMP-1", 2, 5, "HOUSTON", 1),
    ("PO", "PO-1", "VALVE-3", 40, 20, "HOUSTON", None, "GULF", False, 1),
    ("PO", "PO-1", "SEAL", 10, 9, "HOUSTON", None, "GULF", False, 2),
    ("TO", "TO-1", "VALVE-3", 10, 3, "HOUSTON"),
    ("TO", "TO-2", "SEAL", 5, 1, "HOUSTON"),
]
SOURCES = [
    ("SEAL", "DELTA", 3, "2.5"),
    ("VALVE-3", "DELTA", 6, "15.5", 1, 1, 200),
    ("MOTOR", "GULF", 9, "118"),
    ("VALVE-3", "GULF", 12, "14", 10, 5),
]


def test_a_company_loaded_reads_back_as_the_same_columns(desk: Desk) -> None:
    assert list(differences(desk.snapshot(), written_by_hand())) == []


def test_agents_read_the_same_books(desk: Desk) -> None:
    with desk.open_agent_uow(MARIA.name) as uow:
        assert list(differences(uow.snapshot(), written_by_hand())) == []


def test_an_empty_database_says_that_it_holds_no_company(role_urls: RoleUrls) -> None:
    with (
        pytest.raises(NotFoundError, match="holds no company yet"),
        open_books(role_urls.app) as books,
        books(MARIA.name) as uow,
    ):
        uow.snapshot()


def written_by_hand() -> Snapshot:
    """What tests/builders.py describes, as tests/core/planning/books.py would have it."""
    books = book(
        items=ITEMS,
        locations=[("HOUSTON", "HOUSTON"), ("RENO", "RENO"), ("YARD", "HOUSTON", False)],
        customers=[("HARBOR", 1), ("MESA", 3)],
        suppliers=["DELTA", "GULF", "IDLE", "NEWCO"],
        demand=DEMAND,
        stock=STOCK,
        supply=SUPPLY,
        bom=[("PUMP-1", "MOTOR", "1"), ("PUMP-1", "SEAL", "2.222223")],
        lanes=[("HOUSTON", "RENO", 3, "40", "0.5"), ("RENO", "HOUSTON", 3, "40", "0.5")],
        sources=SOURCES,
    )
    parties = replace(
        books.parties,
        customer_name=("Harbor Supply", "Mesa Water"),
        supplier_name=("Delta Sealing", "Gulf Castings", "Idle Works", "Newcomer"),
    )
    return replace(books, currency="USD", parties=parties)
